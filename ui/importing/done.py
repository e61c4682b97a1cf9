"""Step 5: what was written (完成), undoing it, and where to go from here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import texts, theme
from ui.importing.journey import Journey
from ui.widgets.cards import Card
from ui.widgets.labels import label, restyle

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage

_FIGURES = (("created", N_("New")), ("updated", N_("Updated")), ("unchanged", N_("Unchanged")),
            ("waiting", N_("Wait for an answer")), ("repeated", N_("Repeat another row")),
            ("rejected", N_("Not imported")))


class DoneStep(QWidget):
    """Figures, a sentence, buttons."""

    def __init__(self, page: "ImportingPage") -> None:
        super().__init__()
        self.picture = QLabel()
        self.said = label("", "title", wrap=True)
        self.second = label("", "second", wrap=True)
        for part in (self.picture, self.said, self.second):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.figures: dict[str, QLabel] = {}
        self._columns: dict[str, QWidget] = {}
        figures = QHBoxLayout()
        figures.setSpacing(40)
        figures.addStretch(1)
        for name, words in _FIGURES:
            self.figures[name] = label("0", "figure")
            named = label(_(words), "small")
            self._columns[name] = QWidget()
            column = QVBoxLayout(self._columns[name])
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for part in (self.figures[name], named):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(part)
            figures.addWidget(self._columns[name])
        figures.addStretch(1)
        self._batch, self._entry, self._files = "", 0, ""
        self.undo = self._button(_("Undo this import"),
                                 lambda: page.undo_import(self._batch, self._entry, self._files))
        self.answer = self._button(_("Answer the waiting rows"), page.answer_waiting)
        self.experts = self._button(_("Go to the experts"), page.go_on, primary=True)
        self.again = self._button(_("Import something else"), page.start_again)
        self.report = self._button(_("Save the rows with problems …"), page.save_report)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addStretch(1)
        for button in (self.experts, self.answer, self.again, self.report, self.undo):
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

    def _button(self, words: str, call: Callable[[], object], primary: bool = False) -> QPushButton:
        made = QPushButton(words)
        if primary:
            made.setProperty("role", "primary")
        made.clicked.connect(lambda: call())
        return made

    def show_done(self, journey: Journey, counts: dict[str, int], waiting: int, batch: str, entry: int) -> None:
        """Show what an import did. ``batch`` is its uid, ``entry`` its journal entry, 0 if nothing was written."""
        self._entry, self._files = entry, "、".join(path.name for path in journey.paths)
        self._batch = batch if journey.kind == "experts" else ""
        written = counts.get("created", 0) + counts.get("updated", 0)
        said = written or waiting
        theme.dress(self.picture, "ok" if said else "info", "ok" if said else "accent", 48)
        self.said.setText(_("{count} rows are in the pool").format(count=texts.number(written)) if written
                          else _("{count} rows wait for an answer").format(count=texts.number(waiting)) if waiting
                          else _("Nothing had to be written"))
        lost = _("{count} rows wait until somebody says who they are; nothing of them is lost.").format(
            count=texts.number(waiting)) if waiting and written else ""
        self.second.setText("\n".join(part for part in (self._files, lost) if part))
        shown = {**counts, "waiting": waiting, "repeated": max(0, counts.get("duplicates", 0) - waiting)}
        for name, figure in self.figures.items():
            figure.setText(texts.number(shown.get(name, 0)))
            self._columns[name].setVisible(bool(shown.get(name)) or name not in ("waiting", "repeated"))
        self.answer.setVisible(bool(waiting))
        self.undo.setVisible(bool(entry))
        self.undo.setEnabled(bool(entry))
        self.report.setVisible(bool(journey.problems()) and journey.kind != "workbook")
        self.experts.setText(_("Go to the cases") if journey.kind == "cases" else _("Go to the experts"))

    def show_undone(self, spared: int) -> None:
        """The import was undone; ``spared`` people stay because they were edited since."""
        theme.dress(self.picture, "undo", "accent", 48)
        self.said.setText(_("The import was undone"))
        self.second.setText(_("{count} people stay because they were edited since.").format(
            count=texts.number(spared)) if spared else self._files)
        self.answer.hide()
        for figure in self.figures.values():
            figure.setText("0")
        self.undo.setEnabled(False)
        restyle(self.undo)
