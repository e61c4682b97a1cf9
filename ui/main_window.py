"""The main window: assembles rail, pages, status line, messages and the Ctrl+K box. Pages do the work."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui import theme
from ui.accounts.gate import Gate
from ui.actions import action
from ui.allowed import allowed
from ui.closing import may_close
from ui.command_box import CommandBox
from ui.feedback import Feedback
from ui.jobs import Jobs
from ui.live import follow_others
from ui.page import Surroundings
from ui.page_stack import PageStack
from ui.pages import PAGES, PAST_DAY, PAST_WINDOW, PageEntry, load
from ui.pool_opening import Opener, PoolHeading, PoolOpening
from ui.prompts import Prompts, dropped_files
from ui.rail import Rail
from ui.recovery import say_failed, say_keyless
from ui.remembered import Remembered
from ui.shortcuts import bind
from ui.status_line import HEIGHT, StatusLine
from ui.switching import switch_language
from ui.undoing import Undoing
from ui.widgets.toast import ToastLayer

LEAST = QSize(960, 600)


class MainWindow(QWidget):
    """Show it, then call :meth:`open_pool`; everything slow happens in a worker after the first paint."""

    def __init__(self, opener: Opener, pages: tuple[PageEntry, ...] = PAGES) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(LEAST)
        self.setAcceptDrops(True)
        self.setWindowIcon(theme.icon("application", "accent", 64))
        self._entries, self.closing = pages, False
        self.pasts: list[QWidget] = []  # windows that show the pool as it was on a day
        self.remembered, self.feedback = Remembered(), Feedback()
        self.prompts = Prompts(self.remembered)
        self.jobs = Jobs(self.feedback, self)
        self.surroundings = Surroundings(
            self.jobs, self.feedback, self.prompts, self.remembered, self.navigate, window=self
        )
        self.feedback.layer = ToastLayer(self, HEIGHT + theme.PAD)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.opening = PoolOpening(opener, self.surroundings, self)
        self.opening.opened.connect(self.pool_ready)
        self.opening.failed.connect(lambda sentence, target: say_failed(self, sentence, target))
        self.opening.keyless.connect(lambda sentence, target: say_keyless(self, sentence, target))
        self.opening.told.connect(self.show_heading)
        self.gate = Gate(self)
        self.live = follow_others(self)
        self.undoing = Undoing(self)
        self.assemble()
        self.jobs.changed.connect(self.show_changed)
        self.jobs.resting.connect(self._rested)
        bind(self, pages)
        self._restore()

    @property
    def pool(self) -> Any:
        """The open pool, None if there is none."""
        return self.surroundings.pool

    def open_pool(self, target: str | None = None) -> None:
        """Open a pool in a worker; the pages are built when it is open."""
        self.opening.open(target)

    def navigate(self, page: str, **arguments: Any) -> bool:
        """Go to a page. ``kind`` and ``uid`` open a record there; other arguments go to the page's ``shown``."""
        if (self.pool is None or self.gate.shut or page not in self.stack.entries
                or not self.stack.go(page, arguments)):
            self.rail.choose(self.stack.current_name() or self.first_page())
            return False
        return True

    def act(self, name: str) -> None:
        """Run an action of the table on its page."""
        entry = action(name)
        if not allowed(self.pool, entry.asks):
            return
        if not entry.page:
            entry.run(self)
        elif self.navigate(entry.page):
            entry.run(self.stack.page(entry.page))

    # -- actions of the window (see ui.actions)
    def undo_last(self) -> None:
        self.undoing.ask()

    def open_command_box(self) -> None:
        if not self.gate.shut:
            self.box.open()

    def change_password(self) -> None:
        self.gate.change_password()

    def lock(self) -> None:
        self.gate.lock()

    def sign_out(self) -> None:
        self.gate.sign_out()

    def ask_past(self) -> None:
        if self.pool is not None and not self.gate.shut:
            load(PAST_DAY)(self)

    def show_past(self, moment: str) -> None:
        """Open the pool as it was at the end of a day (ISO), or after a journal entry, in a separate window."""
        load(PAST_WINDOW)(self, moment)

    def leave_pasts(self) -> None:
        """Close the windows that show the past."""
        for made in self.pasts[:]:
            made.close()
        self.pasts.clear()

    def reload_page(self) -> None:
        if page := self.stack.current():
            page.reload()

    def toggle_rail(self) -> None:
        self.fold(not self.rail.narrow)

    def set_look(self, mode: str) -> None:
        """``auto``, ``light`` or ``dark``, kept for the next start."""
        self.remembered.put("look", mode)
        theme.apply(mode)

    def set_language(self, name: str) -> None:
        """Switch the language: all parts of the window are made again, on the same page."""
        switch_language(self, name)

    # -- putting together
    def assemble(self) -> None:
        self.setWindowTitle(_("Judicial expert pool"))
        self.rail, self.status = Rail(self._entries), StatusLine()
        self.stack = PageStack(self.surroundings, self._entries)
        self.right = QWidget()
        column = self.column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        self.row.addWidget(self.rail)
        self.row.addWidget(self.right, 1)
        self.box = CommandBox(self, self.navigate, self.act, self.opening.find,
                              lambda operation: allowed(self.pool, operation), self._entries)
        self.rail.chosen.connect(self.navigate)
        self.rail.narrowed.connect(self.fold)
        self.rail.account_menu.aboutToShow.connect(lambda: self.gate.menu(self.rail.account_menu))
        self.stack.came.connect(self._came)
        self.stack.status_changed.connect(self.status.page.setText)
        self.status.cancel_wanted.connect(self.jobs.cancel)
        self.jobs.shown.connect(self.status.show_work)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.remembered.bytes("geometry")):
            room = self.screen().availableSize()
            self.resize(min(1360, room.width() - 40), min(860, room.height() - 60))
        self.fold(bool(self.remembered.get("rail", False)))
        self.rail.choose(self.first_page())

    def fold(self, narrow: bool) -> None:
        self.rail.set_narrow(narrow)
        self.remembered.put("rail", narrow)

    def first_page(self) -> str:
        kept = self.remembered.get("page", "")
        return kept if kept in self.stack.entries else self._entries[0].name

    # -- what happens
    def pool_ready(self) -> None:
        """A pool was opened, or another person acts in it: once somebody is signed in, the pages are built again."""
        self.leave_pasts()
        self.stack.drop_pages()
        self.follow()
        if self.gate.shut:
            self.gate.ask()
        else:
            self.navigate(self.first_page())

    def follow(self) -> None:
        """Show what others write while the window is open, and keep the daily backup."""
        self.live.follow(self.pool)

    def other_pool(self) -> None:
        """Choose another pool's file and open it."""
        if chosen := self.prompts.open_file(self, _("Open another pool"), ["expertpool"]):
            self.open_pool(str(chosen))

    def show_heading(self, heading: PoolHeading) -> None:
        """Show whose pool it is, who acts in it, and the counts."""
        self.gate.show_signed_in(heading.signed_in)
        self.jobs.undo_last = self.pool.undo_last if allowed(self.pool, "undo") else None
        self.jobs.undo_entry = getattr(self.pool, "undo", None) if allowed(self.pool, "undo") else None
        self.rail.show_who(heading.name, heading.actor, heading.office, account=self.gate.signs_in)
        self.rail.show_badges(heading.badges)
        if self.gate.shut and not self.gate.locked and self.stack.pages:  # the account was closed meanwhile
            self.pool_ready()
        self.status.show_pool(heading.place, heading.counts)

    def show_changed(self, changes: Changes) -> None:
        self.stack.broadcast(changes)
        self.opening.tell()

    def _came(self, name: str) -> None:
        self.rail.choose(name)
        self.remembered.put("page", name)

    # -- a spreadsheet dragged onto the window is an import
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.navigate("importing", files=files)

    # -- the end
    def closeEvent(self, event: QCloseEvent) -> None:
        if not may_close(self):
            event.ignore()
            return
        self.leave_pasts()
        self.gate.leave()
        self.remembered.put_bytes("geometry", self.saveGeometry())
        self.remembered.save()
        self.jobs.close()
        if self.pool is not None:
            self.pool.close()
            self.surroundings.pool = None
        event.accept()

    def _rested(self) -> None:
        if self.closing:
            self.close()
