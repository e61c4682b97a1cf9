"""Changes to an import before it is written (就地更正): editing a cell, leaving out rows or tables, hidden rows; then
comparing again.

The plan is changed only in the window's thread and while no worker compares it; changes that come meanwhile are held
back.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import _
from expertpool.foundation.progress import Cancelled, Progress
from ui.importing import reading

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage

AT_ONCE = 3000  # up to this many rows, every correction is compared with the pool immediately


class Rework:
    """Changes the page's import and has it compared with the pool again."""

    def __init__(self, page: "ImportingPage") -> None:
        self._page = page
        self._held: list[Callable[[], None]] = []
        self.comparing = 0

    # -- what the user does
    def correct(self, row: object, index: int, text: str) -> None:
        """A cell of the grid was edited."""
        from expertpool.importing.reading import read_again

        self._do(lambda: self._page.journey.correct(row, index, text, read_again))

    def leave_out(self, rows: Sequence[Any], out: bool) -> None:
        """Leave rows out of the import, or include them again."""
        journey = self._page.journey
        for row in rows:
            (journey.rows_out.add if out else journey.rows_out.discard)(row.place)
        self._do(journey.put_in_or_out)

    def hidden_rows(self, answer: str) -> None:
        """Include the rows that are hidden in their file (``in``), or leave them out (``out``)."""
        self._page.journey.hidden_answer = answer
        self._do(self._page.journey.put_in_or_out)

    def table(self, key: Any, wanted: bool) -> None:
        """Import a whole table or not."""
        journey = self._page.journey
        (journey.tables_out.discard if wanted else journey.tables_out.add)(key)
        self._do(journey.put_in_or_out)

    def _do(self, change: Callable[[], None]) -> None:
        if self.comparing:
            self._held.append(change)
            return
        change()
        self._page.plan_changed()
        if sum(len(sheet.rows) for _file, sheet in self._page.journey.sheets()) <= AT_ONCE:
            self.compare()

    # -- comparing
    def compare(self, then: Callable[[], Any] | None = None) -> None:
        """Compare the rows with the pool again; ``then`` follows if nothing else was changed meanwhile."""
        page = self._page
        pool, journey = page.pool, page.journey
        plan = journey.plan

        def work(progress: Progress) -> None:
            reading.compare(pool, plan, progress)

        def ready(_none: None) -> None:
            self.comparing = 0
            if page.journey is not journey or journey.plan is not plan:
                self._held.clear()
                return
            journey.take_compared()
            held, self._held = self._held, []
            for change in held:
                change()
            page.plan_changed(compared=True)
            if held:
                self.compare(then)
            elif then:
                then()

        def failed(error: BaseException) -> bool:
            self.comparing = 0
            self._held.clear()
            page.plan_changed()
            return isinstance(error, Cancelled)

        self.comparing = page.jobs.read(page, work, ready, failed=failed, words=_("Comparing with the pool …"))
        page.plan_changed()

    def give_up(self) -> None:
        """The import ended: discard what was held back."""
        if self.comparing:
            self._page.jobs.cancel(self.comparing)
        self._held.clear()
