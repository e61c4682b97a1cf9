"""The only place with file pickers and questions. Tests give the answers beforehand."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from expertpool.foundation.language import _
from ui import theme
from ui.remembered import Remembered

SPREADSHEETS = ("xlsx", "xls", "et", "xlsm", "xlsb", "ods", "csv", "tsv", "txt", "docx", "htm", "html")


class UnexpectedPrompt(AssertionError):
    """A question came up for which no answer was prepared."""


class Prompts:
    """Asks the user. With ``answers`` set, takes the next prepared answer instead of showing anything; ``asked``
    keeps the questions."""

    def __init__(self, remembered: Remembered | None = None) -> None:
        self.answers: deque[object] | None = None
        self.asked: list[str] = []
        self._remembered = remembered

    def prepare(self, *answers: object) -> None:
        """From now on answer with these, in order; a question without a prepared answer raises."""
        self.answers = deque(answers)

    def open_files(self, parent: QWidget, title: str, kinds: Sequence[str] = SPREADSHEETS) -> list[Path]:
        """Files that the user picked; empty if the picker was closed."""
        if self._scripted(title):
            return [Path(one) for one in self._next(title) or []]
        found, _filter = QFileDialog.getOpenFileNames(parent, title, self._folder(), _filters(kinds))
        self._keep_folder(found[0] if found else "")
        return [Path(one) for one in found]

    def open_file(self, parent: QWidget, title: str, kinds: Sequence[str] = SPREADSHEETS) -> Path | None:
        """One file, or None."""
        if self._scripted(title):
            return _path(self._next(title))
        found, _filter = QFileDialog.getOpenFileName(parent, title, self._folder(), _filters(kinds))
        self._keep_folder(found)
        return _path(found)

    def save_file(self, parent: QWidget, title: str, suggested: str, kind: str = "xlsx") -> Path | None:
        """Where to write a file (a missing ending is added), or None. The picker asks before replacing."""
        if self._scripted(title):
            return _path(self._next(title))
        start = str(Path(self._folder()) / suggested)
        found, _filter = QFileDialog.getSaveFileName(parent, title, start, _filters([kind]))
        self._keep_folder(found)
        chosen = _path(found)
        return chosen.with_name(f"{chosen.name}.{kind}") if chosen and not chosen.suffix else chosen

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder, or None."""
        if self._scripted(title):
            return _path(self._next(title))
        found = QFileDialog.getExistingDirectory(parent, title, self._folder())
        self._keep_folder(found and str(Path(found) / "x"))
        return _path(found)

    def question(
        self, parent: QWidget, text: str, *, yes: str = "", no: str = "", danger: bool = False
    ) -> bool:
        """Ask yes or no; only for what cannot be undone. ``text`` says what will happen. Returns whether the answer
        was yes."""
        return (
            self.choose(
                parent,
                text,
                [("yes", yes or _("Yes")), ("no", no or _("Cancel"))],
                danger="yes" if danger else "",
            )
            == "yes"
            if not self._scripted(text)
            else bool(self._next(text))
        )

    def choose(
        self, parent: QWidget, text: str, options: Sequence[tuple[str, str]], *, danger: str = ""
    ) -> str:
        """One of several (code, label) answers; the first is the default, the last is taken for Esc."""
        if self._scripted(text):
            return str(self._next(text))
        box = QMessageBox(QMessageBox.Icon.NoIcon, _("Judicial expert pool"), text, parent=parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        buttons: dict[QAbstractButton, str] = {}
        for code, label in options:
            button = box.addButton(label, QMessageBox.ButtonRole.ActionRole)
            if code == danger:
                button.setProperty("role", "danger")
            if not buttons:
                box.setDefaultButton(button)
            box.setEscapeButton(button)
            buttons[button] = code
        box.exec()
        pressed = box.clickedButton()
        return buttons[pressed] if pressed in buttons else options[-1][0]

    def text(
        self, parent: QWidget, title: str, label: str, initial: str = "", *, long: bool = False
    ) -> str | None:
        """One line of text, stripped; None if the user cancelled."""
        if self._scripted(title):
            return _words(self._next(title))
        return _TextDialog(parent, title, label, initial, long=long, needed=False).ask()

    def reason(self, parent: QWidget, what: str) -> str | None:
        """Why personal data is to be shown (查看理由): never empty; None if the user cancelled. The reason is noted
        in the journal."""
        title = _("Why do you need {what}?").format(what=what)
        if self._scripted(title):
            return _words(self._next(title))
        label = _("The reason is kept in the access log together with your name and the time.")
        return _TextDialog(parent, title, label, "", long=False, needed=True).ask()

    def _scripted(self, asked: str) -> bool:
        self.asked.append(asked)
        return self.answers is not None

    def _next(self, asked: str) -> Any:
        if not self.answers:
            raise UnexpectedPrompt(asked)
        return self.answers.popleft()

    def _folder(self) -> str:
        standard = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = self._remembered.get("folder", standard) if self._remembered else standard
        return kept if Path(kept).is_dir() else standard

    def _keep_folder(self, chosen: str) -> None:
        if chosen and self._remembered:
            self._remembered.put("folder", str(Path(chosen).parent))


class _TextDialog(QDialog):
    """A title, an explaining line, one field, two buttons."""

    def __init__(
        self, parent: QWidget, title: str, label: str, initial: str, *, long: bool, needed: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        heading, explained = QLabel(title), QLabel(label)
        heading.setProperty("role", "section")
        explained.setProperty("role", "second")
        for part in (heading, explained):
            part.setWordWrap(True)
            part.setTextFormat(Qt.TextFormat.PlainText)
        self.field: QPlainTextEdit | QLineEdit = QPlainTextEdit(initial) if long else QLineEdit(initial)
        self.field.setAccessibleName(title)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._confirm = buttons.button(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._needed = needed
        self.field.textChanged.connect(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        parts: tuple[QWidget, ...] = (heading, explained, self.field, buttons)
        for one in parts:
            column.addWidget(one)
        explained.setVisible(bool(label))
        self._check()

    def written(self) -> str:
        return (
            self.field.toPlainText() if isinstance(self.field, QPlainTextEdit) else self.field.text()
        ).strip()

    def _check(self) -> None:
        self._confirm.setEnabled(bool(self.written()) or not self._needed)

    def ask(self) -> str | None:
        """Show; the text, or None."""
        self.field.setFocus()
        accepted = self.exec() == QDialog.DialogCode.Accepted
        found = self.written()
        self.deleteLater()
        return found if accepted else None


def dropped_files(data: QMimeData) -> list[Path]:
    """The spreadsheet files in dragged or pasted data."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower().lstrip(".") in SPREADSHEETS]


def _filters(kinds: Sequence[str]) -> str:
    if tuple(kinds) == SPREADSHEETS:
        named = _("Spreadsheets")
    else:
        named = {
            "xlsx": _("Excel workbook"),
            "docx": _("Word document"),
            "pdf": "PDF",
            "txt": _("Text"),
            "expertpool": _("Expert pool"),
        }.get(kinds[0], kinds[0])
    return f"{named} ({' '.join(f'*.{kind}' for kind in kinds)});;" + _("All files") + " (*)"


def _words(found: object) -> str | None:
    return None if found is None else str(found)


def _path(found: Any) -> Path | None:
    return Path(found) if found else None
