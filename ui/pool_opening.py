"""Opens the pool in a worker, and reads what the window's frame shows of it: court, actor, place, counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui.command_box import Finding
from ui.page import Surroundings

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

Opener = Callable[[str | None], Any]


@dataclass(frozen=True)
class PoolHeading:
    """What rail and status line show of a pool. ``badges``: page name → number of things to do."""

    name: str
    actor: str
    place: str
    counts: dict[str, int]
    badges: dict[str, int] = field(default_factory=dict)
    office: str = ""  # the office in words, if the pool has accounts
    signed_in: Any = None


class PoolOpening(QObject):
    """Opens pools and reads their headings, always in a worker."""

    opened = Signal()
    failed = Signal(str, str)  # carries the sentence ("" for a bug, which is reported separately) and the target
    keyless = Signal(str, str)  # carries sentence and target: the pool's key is not on this computer
    told = Signal(object)  # a PoolHeading

    def __init__(self, opener: Opener, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._opener, self._around = opener, surroundings

    def open(self, target: str | None) -> None:
        """Open a pool; the one before is closed as soon as the new one is open."""

        def work() -> tuple[object, PoolHeading]:
            pool = self._opener(target)
            try:
                getattr(pool, "hold", lambda: None)()  # other windows must not show an embedded pool meanwhile
                return pool, heading_of(pool)
            except BaseException:
                pool.close()
                raise

        self._around.jobs.read(
            self,
            work,
            self._ready,
            failed=lambda error: self._failed(error, target),
            words=_("Opening the pool …"),
        )

    def enter(self) -> None:
        """Start again with the open pool, because another person acts in it now."""
        if pool := self._around.pool:

            def ready(heading: PoolHeading) -> None:
                self.told.emit(heading)
                self.opened.emit()

            self._around.jobs.read(self, lambda: heading_of(pool), ready, key="heading")

    def tell(self) -> None:
        """Read the heading again: something was written, or the language changed."""
        if pool := self._around.pool:
            self._around.jobs.read(self, lambda: heading_of(pool), self.told.emit, key="heading")

    def find(self, typed: str, show: Callable[[Sequence[Finding]], None]) -> None:
        """Records for the Ctrl+K box: ``pool.find(text, limit)`` gives (kind, uid, text, second text)."""
        find = getattr(self._around.pool, "find", None)
        if find is not None:
            self._around.jobs.read(
                self,
                lambda: find(typed, 6),
                lambda found: show([self._finding(*one) for one in found]),
                key="find",
            )

    def _finding(self, kind: str, uid: str, text: str, second: str) -> Finding:
        page, icon = ("cases", "gavel") if kind == "case" else ("experts", "person")
        return Finding(icon, text, second, lambda: self._around.navigate(page, kind=kind, uid=uid))

    def _ready(self, opened: tuple[Any, PoolHeading]) -> None:
        before, (pool, heading) = self._around.pool, opened
        self._around.pool = pool
        self.told.emit(heading)
        self.opened.emit()
        if before is not None:
            before.close()

    def _failed(self, error: BaseException, target: str | None) -> bool:
        expected = isinstance(error, ExpectedError)
        if isinstance(error, ExpectedError) and error.code == "vault.no_key":
            self.keyless.emit(str(error), target or "")
            return True
        if self._around.pool is None:
            self.failed.emit(str(error) if expected else "", target or "")
            return expected
        return False


def heading_of(pool: "ExpertPool") -> PoolHeading:
    """Read a pool's heading; only in a worker, because it asks the database."""
    actor = pool.actor
    if hasattr(pool, "moment"):  # a pool of the past can be read by whoever opened it
        return PoolHeading(pool.name, actor.name, pool.place, dict(pool.counts()), dict(pool.badges()))
    if not hasattr(actor, "office"):
        return PoolHeading(pool.name, str(actor), pool.place, dict(pool.counts()), dict(pool.badges()))
    from expertpool.accounts.permissions import office_word
    from expertpool.accounts.signed_in import signed_in

    found = signed_in(pool)
    if not found.name:
        return PoolHeading(pool.name, "", pool.place, {}, signed_in=found)
    return PoolHeading(pool.name, found.display_name or found.name, pool.place, dict(pool.counts()),
                    dict(pool.badges()), office_word(found.office) if found.closed else "", found)
