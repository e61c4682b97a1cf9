"""Shows what others write while the window is open (实时刷新), a lost connection, and the daily backup."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui.jobs import Jobs

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.main_window import MainWindow

ASKED = 3.0  # seconds between two looks at a file; a server announces writes itself
PATIENCE = 60.0  # seconds to wait for a server's announcement before looking all the same
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds between tries to reach a server again
TENDED = 1800.0  # seconds between two checks whether the daily backup is due
FIRST = 20.0  # seconds after opening the pool until the first of these checks
OWN = 200  # how many of this window's own journal entries are remembered


class Live(QObject):
    """Follows one pool. ``written`` carries others' Changes and who wrote, ``lost`` the sentence, ``unkept`` the
    reason why today's backup failed."""

    written = Signal(object, str)
    lost = Signal(str)
    found = Signal()
    kept = Signal()
    unkept = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._own: list[int] = []
        jobs.changed.connect(self._remember)

    def follow(self, pool: "ExpertPool") -> None:
        """Follow this pool from now on; a pool that nobody else can write is not followed."""
        followed = hasattr(pool, "watch")
        self._jobs.watch(lambda stopped: self._loop(pool, stopped) if followed else None)

    def _remember(self, changes: Any) -> None:
        self._own = [*self._own[-OWN:], changes.entry]

    # -- in the worker
    def _loop(self, pool: "ExpertPool", stopped: Callable[[], bool]) -> None:
        """Wait, look, report; after a loss of connection try again at growing intervals."""
        tries, tended = 0, time.monotonic() - TENDED + FIRST
        watch: Any = None
        while not stopped():
            try:
                if watch is None:
                    watch = pool.watch()
                if tries:
                    tries = 0
                    self.found.emit()
                news = watch.wait(ASKED if pool.is_local else PATIENCE, stopped)
                if news is not None and not stopped():
                    self._tell(news)
            except Exception as error:  # whatever the error is, go on and look again
                if tries == 0:
                    self.lost.emit(error.text if isinstance(error, ExpectedError) else type(error).__name__)
                _rest(PAUSES[min(tries, len(PAUSES) - 1)], stopped)
                tries += 1
            if time.monotonic() - tended > TENDED and not stopped():
                tended = time.monotonic()
                self._keep(pool)
        if watch is not None:
            watch.close()

    def _tell(self, news: Any) -> None:
        if not news.entries or news.entries - set(self._own):
            self.written.emit(news.changes, news.who)

    def _keep(self, pool: "ExpertPool") -> None:
        """Make the daily backup if it is due."""
        from expertpool.safekeeping.backups import keep_daily

        try:
            if keep_daily(pool) is not None:
                self.kept.emit()
        except ExpectedError as error:
            self.unkept.emit(error.text)


def follow_others(window: "MainWindow") -> Live:
    """Make the follower of the window's pool: pages show what others write, the status line shows a lost server."""
    live = Live(window.jobs, window)

    def written(changes: Changes, who: str) -> None:
        window.show_changed(changes)
        window.status.page.setText(_("{who} changed something just now.").format(who=who))

    def found() -> None:
        window.status.show_trouble("")
        window.show_changed(Changes(0, "", {}, many=True))  # read everything again

    live.written.connect(written)
    live.lost.connect(lambda sentence: window.status.show_trouble(sentence))
    live.found.connect(found)
    live.unkept.connect(window.feedback.warning)
    return live


def _rest(seconds: float, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stopped():
        time.sleep(0.1)
