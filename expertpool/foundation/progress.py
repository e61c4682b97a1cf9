"""How long work reports its progress, and how it is asked to stop."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

T = TypeVar("T")


class Cancelled(Exception):
    """The user asked to stop; the transaction was rolled back and nothing written."""


@dataclass
class Progress:
    """Passed to long verbs. ``report(done, total, what)`` is called from the working thread."""

    report: Callable[[int, int, str], None] = lambda done, total, what: None
    stop: Event = field(default_factory=Event)

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report, and raise :class:`Cancelled` when the user asked to stop."""
        if self.stop.is_set():
            raise Cancelled
        self.report(done, total, what)

    def over(self, items: Iterable[T], total: int, what: str = "", every: int = 200) -> Iterator[T]:
        """Pass items through, reporting after every ``every`` items."""
        for count, item in enumerate(items):
            if count % every == 0:
                self.step(count, total, what)
            yield item
        self.step(total, total, what)


SILENT = Progress()
