"""The page 导入: files, columns, data, duplicates, done. Nothing is written before the last step."""

from collections.abc import Sequence
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
from ui.importing.journey import Journey, read, write
from ui.importing.recent import tally
from ui.importing.step_buttons import CHECKING, CHOOSING, COLUMNS, DONE, DUPLICATES, StepButtons
from ui.jobs import changes_of
from ui.page import Page
from ui.prompts import dropped_files
from ui.widgets.notes import StepBar


class ImportingPage(Page):
    """Leads through the five steps; the state of the import is a :class:`Journey`."""

    def build(self) -> None:
        self.journey, self.busy, self.entry = Journey(), 0, 0
        self.bar = StepBar([_("Choose files"), _("Check columns"), _("Check data"), _("Duplicates"), _("Done")])
        self.bar.chosen.connect(self.go)
        self.add_to_title(self.bar)
        self.buttons = StepButtons(self)
        self.next, self.back, self.reporting = self.buttons.next, self.buttons.back, self.buttons.reporting
        self._right.addWidget(self.buttons)
        self.choosing, self.columns = ChoosingStep(self), ColumnsStep()
        self.checking, self.duplicates, self.done = CheckingStep(), DuplicatesStep(self), DoneStep(self)
        self.steps = QStackedWidget()
        for step in (self.choosing, self.columns, self.checking, self.duplicates, self.done):
            self.steps.addWidget(step)
        self.body.addWidget(self.steps, 1)
        self.choosing.kind_chosen.connect(self._kind_chosen)
        self.choosing.dropped.connect(self.add_files)
        self.choosing.file_removed.connect(self._remove_file)
        self.columns.changed.connect(self._look)
        self.duplicates.answered.connect(self._answered)
        self.setAcceptDrops(True)
        self.go(CHOOSING)

    # -- coming here
    def shown(self, files: Sequence[Path] = (), what: str = "", **_rest: Any) -> None:
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
        """Experts from spreadsheets."""
        self._choose_as("experts")

    def choose_case_files(self) -> None:
        """Cases from spreadsheets."""
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
        """Import what was copied in Excel or WPS."""
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
        from ui.settings.samples import open_samples

        open_samples(self)

    def save_template(self) -> None:
        """Write the empty workbook that is sent to whoever recommends experts."""
        papers.save_template(self)

    def save_report(self) -> None:
        """Write the rows with problems, for whoever sent the file."""
        papers.save_report(self, self.journey)

    # -- files
    def add_files(self, files: Sequence[Path]) -> None:
        """Take further files and read all of them."""
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
        pool, kind = self.pool, self.journey.kind
        paths, columns = list(self.journey.paths), dict(self.journey.columns)
        self.choosing.show_problem("")

        def work(progress: Progress) -> Any:
            return read(pool, kind, paths, columns, progress)

        def ready(result: Any) -> None:
            self.busy = 0
            self.journey.take(result)
            self._show_plan()
            self.go(then)

        self.busy = self.jobs.read(self, work, ready, key="files", failed=self._not_read,
                                   words=_("Reading the files …"))
        self._look()

    def _not_read(self, error: BaseException) -> bool:
        if not self.busy:
            return True  # given up by the user
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

    # -- steps
    def go(self, step: int) -> None:
        """Show a step."""
        self.bar.show_step(step)
        self.steps.setCurrentIndex(step)
        self._look()
        if self.isVisible():
            self._first_part(step).setFocus()

    def _first_part(self, step: int) -> QWidget:
        """Where the keyboard starts on a step."""
        lines = self.columns.lines
        return (self.choosing.choose, lines[0].box if lines else self.next, self.checking.grid,
                self.duplicates.table.view, self.done.experts)[step]

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
        elif here == CHECKING and self.journey.questions:
            self.go(DUPLICATES)
        elif here in (CHECKING, DUPLICATES):
            self._write()
        else:
            self.go(here + 1)

    def start_again(self) -> None:
        """Give up what was read and begin anew."""
        self._give_up()
        self.journey, self.entry = Journey(kind=self.journey.kind), 0
        self.choosing.show_files([])
        self.choosing.show_problem("")
        self.go(CHOOSING)

    # -- writing
    def _write(self) -> None:
        if self.journey.stale:
            self.feedback.info(_("The pool was changed meanwhile. The rows were compared with it again; please look "
                                 "once more before writing."))
            self.read_files(CHECKING)
            return
        pool, journey = self.pool, self.journey

        def work(progress: Progress) -> Any:
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
        self.entry = changes.entry if changes else 0
        files = "、".join(path.name for path in self.journey.paths)
        self.done.show_done(self.journey.kind, files, _counts_of(result), self.entry, bool(self.journey.problems()))
        clipboard.forget_pasted()
        self.go(DONE)
        self.choosing.recent.read()

    def undo_import(self) -> None:
        """Take the whole import back."""
        entry = self.entry
        self.jobs.change(self, lambda: self.pool.undo(entry), lambda _changes: self.done.show_undone(),
                         words=_("The import was undone"), undoable=False)

    def go_on(self) -> None:
        """To the list that was filled."""
        self.navigate("cases" if self.journey.kind == "cases" else "experts")

    def _answered(self) -> None:
        self.checking.refresh_counts()
        self._look()

    def _look(self) -> None:
        """Buttons and status line follow the state."""
        here, counts = self.steps.currentIndex(), self.journey.counts()
        self.buttons.show_state(here, self.journey, bool(self.busy))
        self.steps.setEnabled(not (self.busy and self.jobs.writing()))
        unwritten = here in (COLUMNS, CHECKING, DUPLICATES) and counts.get("rows")
        self.set_status(texts.joined(_("Nothing is in the pool yet"), _(
            "everything is written at once when you confirm, and can be undone as a whole")) if unwritten else "")

    # -- dragging files anywhere onto the page
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
