"""Opening the pool in a worker, and what the window's frame says of it: court, actor, place, counts."""

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
class Identity:
    """What rail and status line say of a pool. ``badges``: page name → things to do."""

    name: str
    actor: str
    place: str
    counts: dict[str, int]
    badges: dict[str, int] = field(default_factory=dict)
    office: str = ""  # in words, where accounts have offices
    signed_in: Any = None


class PoolOpening(QObject):
    """Opens pools and reads their identity, always in a worker."""

    opened = Signal()
    failed = Signal(str, str)  # sentence ("" for a bug, which is told by itself), target
    keyless = Signal(str, str)  # sentence, target: the pool's key is not on this computer
    told = Signal(object)  # an Identity

    def __init__(self, opener: Opener, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._opener, self._around = opener, surroundings

    def open(self, target: str | None) -> None:
        """Open a pool; the one before is closed once the new one is there."""

        def work() -> tuple[object, Identity]:
            pool = self._opener(target)
            try:
                getattr(pool, "hold", lambda: None)()  # no other window shows an embedded pool meanwhile
                return pool, identity_of(pool)
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
        """Begin anew with the pool that is open: whoever acts in it has changed."""
        if pool := self._around.pool:

            def ready(identity: Identity) -> None:
                self.told.emit(identity)
                self.opened.emit()

            self._around.jobs.read(self, lambda: identity_of(pool), ready, key="identity")

    def tell(self) -> None:
        """Read the identity again: something was written, or the language changed."""
        if pool := self._around.pool:
            self._around.jobs.read(self, lambda: identity_of(pool), self.told.emit, key="identity")

    def find(self, typed: str, show: Callable[[Sequence[Finding]], None]) -> None:
        """Records for the Ctrl+K box: ``pool.find(text, limit)`` gives (kind, uid, text, second)."""
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

    def _ready(self, opened: tuple[Any, Identity]) -> None:
        before, (pool, identity) = self._around.pool, opened
        self._around.pool = pool
        self.told.emit(identity)
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


def identity_of(pool: "ExpertPool") -> Identity:
    """Read a pool's identity; in a worker, because it asks the database."""
    actor = pool.actor
    if hasattr(pool, "moment"):  # the past: whoever opened it reads it
        return Identity(pool.name, actor.name, pool.place, dict(pool.counts()), dict(pool.badges()))
    if not hasattr(actor, "office"):
        return Identity(pool.name, str(actor), pool.place, dict(pool.counts()), dict(pool.badges()))
    from expertpool.accounts.permissions import office_word
    from expertpool.accounts.signed_in import signed_in

    found = signed_in(pool)
    if not found.name:
        return Identity(pool.name, "", pool.place, {}, signed_in=found)
    return Identity(pool.name, found.display_name or found.name, pool.place, dict(pool.counts()),
                    dict(pool.badges()), office_word(found.office) if found.closed else "", found)
