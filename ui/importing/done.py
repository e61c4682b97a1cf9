"""Step 5: what was written (完成), the way back, and where to go from here."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import texts, theme
from ui.widgets.cards import Card
from ui.widgets.labels import label, restyle

_FIGURES = (("created", N_("New")), ("updated", N_("Updated")), ("unchanged", N_("Unchanged")),
            ("duplicates", N_("Left out as possible duplicates")), ("rejected", N_("Not imported")))


class DoneStep(QWidget):
    """Figures, a sentence, buttons."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self.picture = QLabel()
        self.said = label("", "title", wrap=True)
        self.second = label("", "second", wrap=True)
        for part in (self.picture, self.said, self.second):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.figures: dict[str, QLabel] = {}
        figures = QHBoxLayout()
        figures.setSpacing(40)
        figures.addStretch(1)
        for name, words in _FIGURES:
            self.figures[name] = label("0", "figure")
            named = label(_(words), "small")
            column = QVBoxLayout()
            column.setSpacing(0)
            for part in (self.figures[name], named):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(part)
            figures.addLayout(column)
        figures.addStretch(1)
        self.undo = self._button(_("Undo this import"), page.undo_import)
        self.experts = self._button(_("Go to the experts"), page.go_on, primary=True)
        self.again = self._button(_("Import something else"), page.start_again)
        self.report = self._button(_("Save the rows with problems …"), page.save_report)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addStretch(1)
        for button in (self.experts, self.again, self.report, self.undo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card = Card(padding=24)
        card.body.setSpacing(18)
        card.body.addStretch(2)
        for part in (self.picture, self.said, self.second):
            card.add(part)
        card.body.addLayout(figures)
        card.body.addSpacing(theme.PAD)
        card.body.addLayout(buttons)
        card.body.addStretch(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _button(self, words: str, call: Callable[[], Any], primary: bool = False) -> QPushButton:
        made = QPushButton(words)
        if primary:
            made.setProperty("role", "primary")
        made.clicked.connect(lambda: call())
        return made

    def show_done(self, kind: str, files: str, counts: dict[str, int], entry: int, problems: bool) -> None:
        """Show what an import did. ``entry`` is its journal entry, 0 if nothing was written."""
        written = counts.get("created", 0) + counts.get("updated", 0)
        theme.dress(self.picture, "ok" if written else "info", "ok" if written else "accent", 48)
        self.said.setText(_("{count} rows are in the pool").format(count=texts.number(written)) if written
                          else _("Nothing had to be written"))
        self.second.setText(files)
        for name, figure in self.figures.items():
            figure.setText(texts.number(counts.get(name, 0)))
        self.undo.setVisible(bool(entry))
        self.undo.setEnabled(bool(entry))
        self.report.setVisible(problems and kind != "workbook")
        self.experts.setText(_("Go to the cases") if kind == "cases" else _("Go to the experts"))

    def show_undone(self) -> None:
        """The import was taken back."""
        theme.dress(self.picture, "undo", "accent", 48)
        self.said.setText(_("The import was undone"))
        for figure in self.figures.values():
            figure.setText("0")
        self.undo.setEnabled(False)
        restyle(self.undo)
