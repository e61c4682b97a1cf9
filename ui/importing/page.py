"""The page 导入 with its five steps: files, columns, data, duplicates, done. Nothing is written before the last
step."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from expertpool.foundation.progress import Cancelled, Progress
from ui import texts
from ui.importing import clipboard, papers
from ui.importing.checking import CheckingStep
from ui.importing.choosing import ChoosingStep
from ui.importing.columns import ColumnsStep
from ui.importing.done import DoneStep
from ui.importing.duplicates import DuplicatesStep
from ui.importing.journey import Journey
from ui.importing.reading import read, wish_of, write
from ui.importing.recent import tally
from ui.importing.rework import Rework
from ui.importing.step_buttons import CHECKING, CHOOSING, COLUMNS, DONE, DUPLICATES, UNDOING, StepButtons
from ui.importing.undoing import UndoStep
from ui.job import changes_of
from ui.page import Page
from ui.prompts import dropped_files
from ui.saving import save_template
from ui.widgets.notes import StepBar


class ImportingPage(Page):
    """Leads through the five steps; the state of the import is a :class:`Journey`."""

    def build(self) -> None:
        self.journey, self.busy = Journey(), 0
        self.rework = Rework(self)
        self.bar = StepBar([_("Choose files"), _("Check columns"), _("Check data"), _("Duplicates"), _("Done")])
        self.bar.chosen.connect(self.go)
        self.add_to_title(self.bar)
        self.buttons = StepButtons(self)
        self.next, self.back, self.reporting = self.buttons.next, self.buttons.back, self.buttons.reporting
        self._right.addWidget(self.buttons)
        self.choosing, self.columns = ChoosingStep(self), ColumnsStep(self)
        self.checking, self.duplicates, self.done = CheckingStep(self), DuplicatesStep(self), DoneStep(self)
        self.undoing = UndoStep(self)
        self.steps = QStackedWidget()
        for step in (self.choosing, self.columns, self.checking, self.duplicates, self.done, self.undoing):
            self.steps.addWidget(step)
        self.body.addWidget(self.steps, 1)
        self.choosing.kind_chosen.connect(self._kind_chosen)
        self.choosing.dropped.connect(self.add_files)
        self.choosing.file_removed.connect(self._remove_file)
        self.columns.changed.connect(self._look)
        self.duplicates.answered.connect(self._answered)
        self.setAcceptDrops(True)
        self.go(CHOOSING)

    # -- opening the page
    def shown(self, files: Sequence[Path] = (), what: str = "", **_rest: object) -> None:
        """``files`` are read at once; ``what`` is experts, cases or workbook."""
        if files or what:
            self.start_again()
        if what:
            self.choosing.show_kind(what)
            self.journey.kind = what
        if files:
            self.add_files(files)
        self.choosing.recent.read()
        self._look()

    def refresh(self, changes: Changes) -> None:
        self.choosing.recent.read()
        if self.journey.plan is not None and (changes.many or changes.touches("person", "courtcase")):
            self.journey.stale = True

    # -- actions (see ui.actions)
    def choose_files(self) -> None:
        """Choose spreadsheets with experts."""
        self._choose_as("experts")

    def choose_case_files(self) -> None:
        """Choose spreadsheets with cases."""
        self._choose_as("cases")

    def _choose_as(self, kind: str) -> None:
        self.start_again()
        self.choosing.show_kind(kind)
        self.journey.kind = kind
        self.choose_more()

    def choose_more(self) -> None:
        """Pick files of the chosen kind."""
        if self.journey.kind == "workbook":
            chosen = self.prompts.open_file(self, _("Choose a pool workbook"), ["xlsx"])
            files = [chosen] if chosen else []
        else:
            files = self.prompts.open_files(self, _("Choose spreadsheets"))
        if files:
            self.add_files(files)

    def paste_table(self) -> None:
        """Import a table that was copied in Excel or WPS."""
        copied = QApplication.clipboard().mimeData()
        path = clipboard.save_pasted(copied.text(), copied.html())
        if path is None:
            self.feedback.warning(_("There is no table in the clipboard. Copy the rows together with their heading "
                                    "in Excel or WPS, then paste again."))
            return
        kind = self.journey.kind if self.journey.kind != "workbook" else "experts"
        self.start_again()
        self.choosing.show_kind(kind)
        self.journey.kind = kind
        self.add_files([path])

    def load_samples(self) -> None:
        """Make and open the pool of invented samples."""
        from ui.samples import open_samples

        open_samples(self)

    def save_template(self) -> None:
        """Write the empty workbook that is sent to recommending offices."""
        save_template(self)

    def save_report(self) -> None:
        """Write the rows with problems, for the sender of the file."""
        papers.save_report(self, self.journey)

    # -- files
    def add_files(self, files: Sequence[Path]) -> None:
        """Add files and read all of them."""
        if self.steps.currentIndex() != CHOOSING:
            kind = self.journey.kind
            self.start_again()
            self.choosing.show_kind(kind)
            self.journey.kind = kind
        self.journey.add_files(files)
        self.choosing.show_files(self.journey.paths)
        self.read_files(COLUMNS if self.journey.kind != "workbook" else CHECKING)

    def _remove_file(self, path: Path) -> None:
        self.journey.paths.remove(path)
        self.journey.forget_plan()
        self.choosing.show_files(self.journey.paths)
        self.choosing.show_problem("")
        self._give_up()
        self._look()

    def _give_up(self) -> None:
        """Stop reading; what was read so far is dropped."""
        self.rework.give_up()
        if self.busy:
            self.jobs.cancel(self.busy)
            self.busy = 0

    def _kind_chosen(self, kind: str) -> None:
        self._give_up()
        self.journey.kind = kind
        self.journey.paths = []
        self.journey.forget_plan()
        self.choosing.show_files([])
        self.choosing.show_problem("")
        self._look()

    def read_files(self, then: int) -> None:
        """Read the files and compare them with the pool, then go to a step."""
        pool, wish = self.pool, wish_of(self.journey)
        self.choosing.show_problem("")

        def work(progress: Progress) -> object:
            return read(pool, wish, progress)

        def ready(result: Any) -> None:
            self.busy = 0
            self.journey.take(result)
            self._show_plan()
            if self.journey.uncompared:
                self.rework.compare(lambda: self.go(then))
            else:
                self.go(then)

        self.busy = self.jobs.read(self, work, ready, key="files", failed=self._not_read,
                                   words=_("Reading the files …"))
        self._look()

    def _not_read(self, error: BaseException) -> bool:
        if not self.busy:
            return True  # stopped by the user
        self.busy = 0
        if not isinstance(error, Cancelled | ExpectedError):
            self._look()
            return False
        self.go(CHOOSING)
        self.choosing.show_problem(str(error) if isinstance(error, ExpectedError)
                                   else _("Reading was stopped. Nothing was written."))
        return True

    def _show_plan(self) -> None:
        if self.journey.kind != "workbook":
            self.columns.show_journey(self.journey)
            self.duplicates.show_journey(self.journey)
        self.checking.show_journey(self.journey)

    def write_whole(self, whole: bool) -> None:
        """Whether nothing is written while a row cannot be imported."""
        self.journey.whole = whole
        self._look()

    def read_hidden_sheet(self, path: Path, name: str) -> None:
        """A hidden sheet was ticked: read it as well."""
        self.journey.sheets_in.setdefault(path, []).append(name)
        self.read_files(COLUMNS)

    def forgotten(self, known: object) -> None:
        """A remembered layout was removed: it is no longer offered."""
        found = self.journey.found
        self.journey.found = replace(found, known=[one for one in found.known if one != known],
                                     offers=[one for one in found.offers if one[1] != known])
        for part in (self.columns.offer, self.columns.memory):
            part.show_journey(self.journey)

    def plan_changed(self, compared: bool = False) -> None:
        """Rows were corrected or left out, or compared with the pool again."""
        if compared:
            self.duplicates.show_journey(self.journey)
        self.checking.refresh_rows()
        self._look()

    # -- steps
    def go(self, step: int) -> None:
        """Show a step."""
        self.bar.setVisible(step != UNDOING)
        self.bar.show_step(step)
        self.steps.setCurrentIndex(step)
        self._look()
        if self.isVisible():
            self._first_part(step).setFocus()

    def _first_part(self, step: int) -> QWidget:
        """The widget that gets the keyboard focus on a step."""
        lines = self.columns.lines
        return (self.choosing.choose, lines[0].box if lines else self.next, self.checking.grid,
                self.duplicates.table.view, self.done.experts, self.undoing.undo)[step]

    def go_back(self) -> None:
        """One step back; a pool workbook has no columns and no duplicates."""
        here = self.steps.currentIndex()
        self.go(CHOOSING if self.journey.kind == "workbook" else max(CHOOSING, here - 1))

    def go_next(self) -> None:
        """One step on; the last one writes."""
        here = self.steps.currentIndex()
        if here == CHOOSING:
            self.read_files(COLUMNS if self.journey.kind != "workbook" else CHECKING)
        elif here == COLUMNS and self.journey.corrected():
            self.read_files(CHECKING)
        elif self.journey.uncompared:
            self.rework.compare(lambda: self.go(CHECKING))
        elif here == CHECKING and self.journey.questions:
            self.go(DUPLICATES)
        elif here in (CHECKING, DUPLICATES):
            self._write()
        else:
            self.go(here + 1)

    def start_again(self) -> None:
        """Discard what was read and start again."""
        self._give_up()
        self.journey = Journey(kind=self.journey.kind)
        self.choosing.show_files([])
        self.choosing.show_problem("")
        self.go(CHOOSING)

    # -- writing
    def _write(self) -> None:
        if self.journey.stale:
            self.feedback.info(_("The pool was changed meanwhile. The rows were compared with it again; please look "
                                 "once more before writing."))
            self.rework.compare(lambda: self.go(CHECKING)) if self.journey.plan else self.read_files(CHECKING)
            return
        pool, journey = self.pool, self.journey

        def work(progress: Progress) -> object:
            return write(pool, journey, progress)

        self.busy = self.jobs.change(self, work, self._written, failed=self._not_written,
                                     words=lambda result: _("Import finished: {what}.").format(
                                         what=tally(_counts_of(result))))
        self._look()

    def _not_written(self, _error: BaseException) -> bool:
        self.busy = 0
        self._look()
        return False

    def _written(self, result: Any) -> None:
        self.busy = 0
        changes = changes_of(result)
        self.done.show_done(self.journey, _counts_of(result), result.waiting, result.batch,
                            changes.entry if changes else 0)
        clipboard.forget_pasted()
        self.go(DONE)
        self.choosing.recent.read()

    def undo_import(self, batch: str, entry: int, files: str) -> None:
        """Undo a whole import: for a batch, first show what is spared; any other is undone by its journal entry."""
        if not batch:
            self.jobs.change(self, lambda: self.pool.undo(entry), lambda _changes: self._undone(0),
                             words=_("The import was undone"), undoable=False)
            return
        self.undoing.ask(batch, files, self.steps.currentIndex())

    def _undone(self, spared: int) -> None:
        self.done.show_undone(spared)

    def go_on(self) -> None:
        """Go to the list that was filled."""
        self.navigate("cases" if self.journey.kind == "cases" else "experts")

    def answer_waiting(self) -> None:
        """Go to the rows that wait for an answer."""
        self.navigate("merging", which="rows")

    def _answered(self) -> None:
        self.journey.recount()
        self.checking.refresh_rows()
        self._look()

    def _look(self) -> None:
        """Update buttons and status line."""
        here, counts = self.steps.currentIndex(), self.journey.counts()
        self.buttons.show_state(here, self.journey, bool(self.busy or self.rework.comparing))
        self.steps.setEnabled(not (self.busy and self.jobs.writing()))
        unwritten = here in (COLUMNS, CHECKING, DUPLICATES) and counts.get("rows")
        self.set_status(texts.joined(_("Nothing is in the pool yet"), _(
            "everything is written at once when you confirm, and can be undone as a whole")) if unwritten else "")

    # -- files dragged anywhere onto the page
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.add_files(files)


def _counts_of(result: Any) -> dict[str, int]:
    counts = getattr(result, "counts", result)
    return {name: int(counts.get(name, 0)) for name in ("rows", "created", "updated", "unchanged", "duplicates",
                                                         "rejected")}
