"""The only way anything is reported to the user: short messages with Undo, and three kinds of errors.

If the user can put it right: its sentence; if the machine failed: its sentence; if the program has a bug: a dialog
with a report file that can be read before it is sent. No traceback is shown.
"""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from expertpool.foundation.crash_report import crash_report
from expertpool.foundation.files import write_whole
from expertpool.foundation.language import _
from expertpool.foundation.machine import disk_problem
from expertpool.foundation.places import data_folder
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.widgets.toast import Toast, ToastLayer

Action = tuple[str, Callable[[], object]]


class Feedback:
    """Messages over a window. ``seen`` keeps (tone, text) of the last ones, newest last."""

    def __init__(self) -> None:
        self.layer: ToastLayer | None = None
        self.seen: deque[tuple[str, str]] = deque(maxlen=100)
        self.dialog: BugDialog | None = None
        self._held: list[tuple[str, str, Action | None]] | None = None

    def hold(self) -> None:
        """Show nothing for now, because the window is locked."""
        self._held = []
        if self.layer is not None:
            self.layer.clear()

    def clear(self) -> None:
        """Take away what is shown."""
        if self.layer is not None:
            self.layer.clear()

    def release(self) -> None:
        """Show the messages that were held back."""
        held, self._held = self._held or [], None
        for tone, text, action in held:
            if self.layer is not None:
                self.layer.show_toast(tone, text, action)

    def info(self, text: str, action: Action | None = None) -> Toast | None:
        """Information; disappears by itself."""
        return self._say("accent", text, action)

    def ok(self, text: str, action: Action | None = None) -> Toast | None:
        """Something was done; with an Undo button if it can be undone."""
        return self._say("ok", text, action)

    def warning(self, text: str, action: Action | None = None) -> Toast | None:
        """Something needs attention; disappears a little later."""
        return self._say("warning", text, action)

    def error(self, text: str, action: Action | None = None) -> Toast | None:
        """Something could not be done; stays until closed."""
        return self._say("danger", text, action)

    def trouble(self, error: BaseException) -> None:
        """Report an exception: a sentence for expected ones, the bug dialog for all others."""
        known = error if isinstance(error, ExpectedError) else disk_problem(error)
        if known is not None:
            self.error(known.text)
        else:
            self.bug(error)

    def bug(self, error: BaseException) -> Path | None:
        """Write a report and say where it is. Returns its path, None if it could not be written."""
        report = report_text(error)
        path = _written(report)
        self.seen.append(("bug", str(path or "")))
        if self._held is not None:
            self._held.append(("danger", _("The program made a mistake"), None))
        elif self.layer is not None:
            if self.dialog is not None:
                self.dialog.deleteLater()
            self.dialog = BugDialog(self.layer.parentWidget(), path, report)
            self.dialog.open()
        return path

    def _say(self, tone: str, text: str, action: Action | None) -> Toast | None:
        self.seen.append((tone, text))
        if self._held is not None:
            self._held.append((tone, text, action))
            return None
        return self.layer.show_toast(tone, text, action) if self.layer is not None else None


class BugDialog(QDialog):
    """What happened, what it means for the data, what to do, and the report to read."""

    def __init__(self, parent: Any, path: Path | None, report: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("An error in the program"))
        self.setMinimumWidth(520)
        self.path = path
        heading = QLabel(_("The program made a mistake"))
        heading.setProperty("role", "section")
        said = QLabel(
            _(
                "What you were doing was not completed; a change that was not completed is not in the "
                "pool. You can go on working. If it happens again, send the report to those who look "
                "after the program. It says where the mistake lies and nothing of any record; read it first."
            )
        )
        said.setWordWrap(True)
        where = QLabel(str(path) if path else _("The report could not be written to the disk."))
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setProperty("role", "small")
        where.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        self.report.setMinimumHeight(220)
        self.report.hide()
        read = QPushButton(_("Read the report"))
        read.clicked.connect(self._read)
        folder = QPushButton(_("Open its folder"))
        folder.setEnabled(path is not None)
        folder.clicked.connect(self._open_folder)
        copied = QPushButton(_("Copy"))
        copied.clicked.connect(self._copy)
        closing = QPushButton(_("Close"))
        closing.setProperty("role", "primary")
        closing.setDefault(True)
        closing.clicked.connect(self.accept)
        row = QHBoxLayout()
        for button in (read, folder, copied):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        for part in (heading, said, where, self.report):
            column.addWidget(part)
        column.addLayout(row)

    def _read(self) -> None:
        self.report.setVisible(not self.report.isVisible())
        self.adjustSize()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())

    def _open_folder(self) -> None:
        if self.path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))


def report_text(error: BaseException) -> str:
    """The report: what failed and where, versions, system; nothing from any record."""
    return crash_report(error, f"Qt {qVersion()}")


def _written(report: str) -> Path | None:
    folder = data_folder() / "reports"
    path = folder / f"report-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, report)
    except OSError:
        return None
    return path
