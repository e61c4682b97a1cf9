"""Step 1: kind and files (选择文件), pasting, the template; beside it recent imports, with undo."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import theme
from ui.importing.journey import KINDS
from ui.importing.recent import RecentImports
from ui.prompts import dropped_files
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChips
from ui.widgets.labels import Elided, icon_button, label
from ui.widgets.notes import Banner

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage

_SAID = {
    "experts": N_("People from rosters that universities, institutes and offices send, several files at once."),
    "cases": N_("Cases from a docket: number, cause, parties, agents, patents."),
    "workbook": N_("A workbook that this program exported: everything of a pool, people and cases together."),
}


class DropArea(QWidget):
    """An area with a dashed border: files dropped on it are chosen."""

    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._over = False
        picture = QLabel()
        theme.dress(picture, "import", "accent", 40)
        self.said = label(_("Drag spreadsheets here, or choose files"), "section")
        self.second = label(_("Files of Excel and WPS of every age, csv and text, tables of Word. "
                              "Nothing is written before the last step."),
                            "second", wrap=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.GAP)
        self.buttons.addStretch(1)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.PAD)
        column.addStretch(1)
        for part in (picture, self.said, self.second):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addLayout(self.buttons)
        column.addStretch(1)

    def add_button(self, words: str, call: Callable[[], object], primary: bool = False) -> QPushButton:
        """A button under the words."""
        made = QPushButton(words)
        if primary:
            made.setProperty("role", "primary")
        made.clicked.connect(lambda: call())
        self.buttons.insertWidget(self.buttons.count() - 1, made)
        return made

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.qcolour("accent" if self._over else "edge"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.qcolour("accent_soft" if self._over else "header"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


class FileRow(QWidget):
    """A chosen file: name, folder, size, a button to remove it."""

    removed = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        picture = QLabel()
        theme.dress(picture, "table", "accent", 18)
        size = path.stat().st_size if path.is_file() else 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(picture)
        row.addWidget(label(path.name, "strong"))
        row.addWidget(Elided(str(path.parent), "small"), 1)
        row.addWidget(label(f"{max(1, size // 1024):,} KB", "small"))
        cross = icon_button("close", _("Remove {what}").format(what=path.name), size=14)
        cross.clicked.connect(lambda: self.removed.emit(path))
        row.addWidget(cross)


class ChoosingStep(QWidget):
    """Chips for the kind, the drop area, the chosen files; at the right recent imports."""

    kind_chosen = Signal(str)
    dropped = Signal(list)
    file_removed = Signal(object)

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__()
        self.kinds = FilterChips(_("What is imported"), [(code, _(word)) for code, word in KINDS])
        self.kinds.chosen.connect(self._kind_pressed)
        self.said = label("", "second", wrap=True)
        self.area = DropArea()
        self.area.dropped.connect(self.dropped)
        self.choose = self.area.add_button(_("Choose files …"), page.choose_more, primary=True)
        self.paste = self.area.add_button(_("Paste a table"), page.paste_table)
        self.template = self.area.add_button(_("Save the template …"), page.save_template)
        self.banner = Banner("danger", "")
        self.banner.hide()
        self.files = QVBoxLayout()
        self.files.setSpacing(theme.STEP)
        left = Card(padding=16)
        left.body.setSpacing(theme.PAD)
        left.add(self.kinds)
        left.add(self.said)
        left.add(self.area, 1)
        left.add(self.banner)
        left.body.addLayout(self.files)
        self.recent = RecentImports(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(left, 3)
        row.addWidget(self.recent, 2)
        self.show_kind("experts")

    def show_kind(self, kind: str) -> None:
        """Press the chip of a kind and describe that kind."""
        self.kinds.choose(kind)
        self.said.setText(_(_SAID[kind]))
        self.paste.setVisible(kind != "workbook")

    def show_files(self, paths: Sequence[Path]) -> None:
        """List the chosen files."""
        while part := self.files.takeAt(0):
            if (widget := part.widget()) is not None:
                widget.deleteLater()
        for path in paths:
            row = FileRow(path)
            row.removed.connect(self.file_removed)
            self.files.addWidget(row)

    def show_problem(self, sentence: str) -> None:
        """Show why the files could not be read; an empty sentence hides that."""
        if sentence:
            self.banner.show_text("danger", sentence)
        self.banner.setVisible(bool(sentence))

    def _kind_pressed(self, kind: str) -> None:
        self.show_kind(kind)
        self.kind_chosen.emit(kind)
