"""The one window: assembles rail, pages, status line, messages and the Ctrl+K box. Pages do the work."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from expertpool.foundation import language
from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui import theme
from ui.accounts.gate import Gate
from ui.actions import ACTIONS, action
from ui.allowed import allowed
from ui.command_box import CommandBox
from ui.feedback import Feedback
from ui.jobs import Jobs
from ui.languages import use_language
from ui.live import Live
from ui.page import Surroundings
from ui.page_stack import PageStack
from ui.pages import PAGES, PAST_DAY, PAST_WINDOW, PageEntry, load
from ui.pool_opening import Identity, Opener, PoolOpening
from ui.prompts import Prompts, dropped_files
from ui.rail import Rail
from ui.recovery import ask_code
from ui.remembered import Remembered
from ui.status_line import HEIGHT, StatusLine
from ui.widgets.toast import ToastLayer

LEAST = QSize(960, 600)


class MainWindow(QWidget):
    """Show it, then :meth:`open_pool`; everything heavy happens in a worker after the first paint."""

    def __init__(self, opener: Opener, pages: tuple[PageEntry, ...] = PAGES) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(LEAST)
        self.setAcceptDrops(True)
        self.setWindowIcon(theme.icon("application", "accent", 64))
        self._entries, self._closing = pages, False
        self.pasts: list[QWidget] = []  # windows that show the pool as it was
        self.remembered, self.feedback = Remembered(), Feedback()
        self.prompts = Prompts(self.remembered)
        self.jobs = Jobs(self.feedback, self)
        self.surroundings = Surroundings(
            self.jobs, self.feedback, self.prompts, self.remembered, self.navigate, window=self
        )
        self.feedback.layer = ToastLayer(self, HEIGHT + theme.PAD)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.door = PoolOpening(opener, self.surroundings, self)
        self.door.opened.connect(self.pool_ready)
        self.door.failed.connect(self._pool_failed)
        self.door.keyless.connect(self._keyless)
        self.door.told.connect(self.show_identity)
        self.gate = Gate(self)
        self.live = Live(self.jobs, self)
        self.live.written.connect(self._written_elsewhere)
        self.live.lost.connect(lambda sentence: self.status.show_trouble(sentence))
        self.live.found.connect(self._found_again)
        self.live.unkept.connect(self.feedback.warning)
        self._assemble()
        self.jobs.changed.connect(self._changed)
        self.jobs.resting.connect(self._rested)
        self._bind_shortcuts()
        self._restore()

    @property
    def pool(self) -> Any:
        """The open pool, None while there is none."""
        return self.surroundings.pool

    def open_pool(self, target: str | None = None) -> None:
        """Open a pool in a worker; the pages follow when it is there."""
        self.door.open(target)

    def navigate(self, page: str, **arguments: Any) -> bool:
        """Go to a page. ``kind`` and ``uid`` open a record there; the rest goes to the page's ``shown``."""
        if (self.pool is None or self.gate.shut or page not in self.stack.entries
                or not self.stack.go(page, arguments)):
            self.rail.choose(self.stack.current_name() or self._first_page())
            return False
        return True

    def act(self, name: str) -> None:
        """Run an action of the table, on its page."""
        entry = action(name)
        if not allowed(self.pool, entry.asks):
            return
        if not entry.page:
            entry.run(self)
        elif self.navigate(entry.page):
            entry.run(self.stack.page(entry.page))

    # -- actions of the window (see ui.actions)
    def undo_last(self) -> None:
        self.jobs.undo()

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
        """Open the pool as it was at the end of a day (ISO), or after a journal entry, in a window of its own."""
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
        self._fold(not self.rail.narrow)

    def set_look(self, mode: str) -> None:
        """``auto``, ``light`` or ``dark``, kept for the next start."""
        self.remembered.put("look", mode)
        theme.apply(mode)

    def set_language(self, name: str) -> None:
        """Switch the language: the window is put together anew, on the same page."""
        page = self.stack.current()
        if name == language.language() or (page is not None and not page.may_leave()):
            return
        self.remembered.put("language", name)
        shown = self.stack.current_name()
        use_language(name)
        self.feedback.clear()
        for part in (self.rail, self.right, self.box):
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._assemble()
        self._fold(bool(self.remembered.get("rail", False)))
        if self.pool is not None:
            self.door.tell()
            self.navigate(shown or self._first_page())

    # -- putting together
    def _assemble(self) -> None:
        self.setWindowTitle(_("Judicial expert pool"))
        self.rail, self.status = Rail(self._entries), StatusLine()
        self.stack = PageStack(self.surroundings, self._entries)
        self.right = QWidget()
        column = self.column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        self._row.addWidget(self.rail)
        self._row.addWidget(self.right, 1)
        self.box = CommandBox(self, self.navigate, self.act, self.door.find,
                              lambda operation: allowed(self.pool, operation), self._entries)
        self.rail.chosen.connect(self.navigate)
        self.rail.narrowed.connect(self._fold)
        self.rail.account_menu.aboutToShow.connect(lambda: self.gate.menu(self.rail.account_menu))
        self.stack.came.connect(self._came)
        self.stack.status_changed.connect(self.status.page.setText)
        self.status.cancel_wanted.connect(self.jobs.cancel)
        self.jobs.shown.connect(self.status.show_work)

    def _bind_shortcuts(self) -> None:
        for entry in ACTIONS:
            if entry.shortcut and not entry.page:
                QShortcut(QKeySequence(entry.shortcut), self).activated.connect(
                    lambda name=entry.id: self.act(name)
                )
        for place, page in enumerate(self._entries[:9], start=1):
            QShortcut(QKeySequence(f"Ctrl+{place}"), self).activated.connect(
                lambda name=page.name: self.navigate(name)
            )

    def _restore(self) -> None:
        if not self.restoreGeometry(self.remembered.bytes("geometry")):
            room = self.screen().availableSize()
            self.resize(min(1360, room.width() - 40), min(860, room.height() - 60))
        self._fold(bool(self.remembered.get("rail", False)))
        self.rail.choose(self._first_page())

    def _fold(self, narrow: bool) -> None:
        self.rail.set_narrow(narrow)
        self.remembered.put("rail", narrow)

    def _first_page(self) -> str:
        kept = self.remembered.get("page", "")
        return kept if kept in self.stack.entries else self._entries[0].name

    # -- what happens
    def pool_ready(self) -> None:
        """A pool was opened, or somebody else acts in it: the pages are built anew, once somebody is signed in."""
        self.leave_pasts()
        self.stack.drop_pages()
        self.follow()
        if self.gate.shut:
            self.gate.ask()
        else:
            self.navigate(self._first_page())

    def follow(self) -> None:
        """Show what others write while the window is open, and keep the daily backup."""
        self.live.follow(self.pool)

    def _pool_failed(self, sentence: str, target: str) -> None:
        self.stack.say(
            "pool",
            _("The expert pool could not be opened"),
            [
                (_("Try again"), lambda: self.open_pool(target or None)),
                (_("Open another pool …"), self.other_pool),
            ],
            sentence,
        )

    def _keyless(self, sentence: str, target: str) -> None:
        """The pool is there, its key is not: the recovery code opens it."""
        if self.pool is not None:
            ask_code(self, target)
            return
        self.stack.say("lock", _("The key of this pool is not on this computer"), [
            (_("Enter the recovery code …"), lambda: ask_code(self, target)),
            (_("Open another pool …"), self.other_pool)], sentence)

    def other_pool(self) -> None:
        """Choose another pool's file."""
        if chosen := self.prompts.open_file(self, _("Open another pool"), ["expertpool"]):
            self.open_pool(str(chosen))

    def show_identity(self, identity: Identity) -> None:
        """Say whose pool it is, who acts in it, and how much there is."""
        self.gate.show_signed_in(identity.signed_in)
        self.jobs.undo_last = self.pool.undo_last if allowed(self.pool, "undo") else None
        self.jobs.undo_entry = getattr(self.pool, "undo", None) if allowed(self.pool, "undo") else None
        self.rail.show_who(identity.name, identity.actor, identity.office, account=self.gate.signs_in)
        self.rail.show_badges(identity.badges)
        if self.gate.shut and not self.gate.locked and self.stack.pages:  # the account was closed meanwhile
            self.pool_ready()
        self.status.show_pool(identity.place, identity.counts)

    def _changed(self, changes: Changes) -> None:
        self.stack.broadcast(changes)
        self.door.tell()

    def _written_elsewhere(self, changes: Changes, who: str) -> None:
        """Somebody else wrote: the pages show it as after a write of our own."""
        self._changed(changes)
        self.status.page.setText(_("{who} changed something just now.").format(who=who))

    def _found_again(self) -> None:
        """The server is back: everything is read anew."""
        self.status.show_trouble("")
        self._changed(Changes(0, "", {}, many=True))

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
        page = self.stack.current()
        may = self.gate.may_close() if self.gate.locked else page is None or page.may_leave()
        if not self._closing and not may:
            event.ignore()
            return
        if self.jobs.writing() and not self._wait_or_stop():
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

    def _wait_or_stop(self) -> bool:
        """Something is being written: True to close now (nothing of it stays), False to stay or wait."""
        answer = (
            "wait"
            if self._closing
            else self.prompts.choose(
                self,
                _("Something is still being written."),
                [("wait", _("Close when it is done")), ("stop", _("Stop it and close")), ("stay", _("Stay"))],
            )
        )
        self._closing = answer == "wait"
        return answer == "stop"

    def _rested(self) -> None:
        if self._closing:
            self.close()
