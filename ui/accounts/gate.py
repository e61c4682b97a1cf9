"""Controls who may use the window (登录关口): signing in and out, the idle lock, one's own password."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from expertpool.foundation.language import _
from ui import theme
from ui.account_dialogs import PasswordDialog, SignInDialog, told
from ui.accounts.cover import Cover, cover_all
from ui.accounts.idle import IdleWatch
from ui.widgets.form import Form

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Gate(QObject):
    """Knows from the pool's heading who is signed in, and asks to sign in where that is required."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.signed_in: Any = None
        self.dialog: SignInDialog | PasswordDialog | None = None
        self.covers: list[Cover] = []
        self.idle = IdleWatch(self)
        self.idle.idled.connect(self.lock)
        self._due = False
        window.jobs.resting.connect(lambda: self.lock() if self._due else None)

    # -- state
    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return bool(self.covers)

    @property
    def shut(self) -> bool:
        """Whether nobody may use the pages now."""
        signed_in = self.signed_in
        return self.locked or (signed_in is not None and signed_in.closed and (
            not signed_in.name or signed_in.must_change))

    @property
    def signs_in(self) -> bool:
        """Whether somebody is signed in to a pool that requires it."""
        return bool(self.signed_in is not None and self.signed_in.closed and self.signed_in.name)

    def show_signed_in(self, signed_in: object) -> None:
        """The pool was opened, somebody signed in, or an account was changed."""
        self.signed_in = signed_in
        if not self.locked:
            self._count()

    def ask(self) -> None:
        """Ask what is needed before pages are shown: to sign in, or to choose a new password."""
        if self.signed_in is not None and self.signed_in.name:
            self.change_password()
            return
        self._window.stack.say("lock", _("Nobody is signed in"), [
            (_("Sign in"), self._ask_who), (_("Open another pool …"), self._window.other_pool)])
        self._ask_who()

    def leave(self) -> None:
        """The window closes."""
        self.idle.watch(0)
        self._lift()
        if self.dialog is not None:
            self.dialog.held = False
            self.dialog.done(0)

    # -- signing in and out
    def _ask_who(self) -> None:
        dialog = SignInDialog(self._window)
        dialog.wanted.connect(self._sign_in)
        dialog.other_wanted.connect(dialog.reject)
        dialog.other_wanted.connect(self._window.other_pool)
        self._open(dialog)

    def _sign_in(self, values: dict[str, Any]) -> None:
        pool, dialog = self._window.pool, self.dialog

        def work() -> object:
            from expertpool.accounts.accounts import sign_in
            from ui.pool_opening import heading_of

            sign_in(pool, values["name"], values["password"])
            return heading_of(pool)

        self._window.jobs.read(self, work, self._came, failed=lambda error: told(error, dialog))

    def _came(self, heading: Any) -> None:
        self._close()
        self._window.show_heading(heading)
        self._window.pool_ready()

    def sign_out(self) -> None:
        """Sign out; the pages are discarded."""
        page = self._window.stack.current()
        if not self.signs_in or (page is not None and not self.signed_in.must_change and not page.may_leave()):
            return
        pool = self._window.pool

        def work() -> object:
            from expertpool.accounts.accounts import sign_out
            from ui.pool_opening import heading_of

            sign_out(pool)
            return heading_of(pool)

        self._window.jobs.read(self, work, self._came)

    # -- the idle lock
    def lock(self) -> None:
        """Cover everything; not while something is still being written."""
        if not self.signs_in or not self.signed_in.has_password or self.shut:
            return
        self._due = self._window.jobs.writing()
        if self._due:
            return
        self.idle.watch(0)
        self._window.leave_pasts()
        self._window.box.hide()
        self._window.feedback.hold()
        self.covers = cover_all(self._window)
        dialog = SignInDialog(self._window, self.signed_in.name)
        dialog.wanted.connect(self._reopen)
        dialog.leaving.clicked.connect(self._window.close)
        self._open(dialog)

    def _reopen(self, values: dict[str, Any]) -> None:
        pool, dialog = self._window.pool, self.dialog

        def work() -> object:
            from expertpool.accounts.signed_in import reopen
            from ui.pool_opening import heading_of

            reopen(pool, values["name"], values["password"])
            return heading_of(pool)

        self._window.jobs.read(self, work, self._opened, failed=lambda error: told(error, dialog))

    def _opened(self, heading: Any) -> None:
        self._close()
        self._lift()
        self._window.show_heading(heading)

    def may_close(self) -> bool:
        """Whether a locked window may be closed: unsaved input in its forms would be lost."""
        page = self._window.stack.current()
        if page is None or not any(form.is_changed() for form in page.findChildren(Form)):
            return True
        return self._window.prompts.question(
            self.dialog or self._window, _("What was entered and not saved will be lost."),
            yes=_("Close the program"), danger=True)

    # -- one's own account
    def change_password(self) -> None:
        """Choose another password for the signed-in account."""
        if not self.signs_in or self.locked:
            return
        signed_in = self.signed_in
        dialog = PasswordDialog(self._window, signed_in.name, must=signed_in.must_change)
        dialog.wanted.connect(self._set_password)
        if signed_in.must_change:
            dialog.leaving.clicked.connect(self.sign_out)
        self._open(dialog)

    def _set_password(self, values: dict[str, Any]) -> None:
        pool, dialog, name = self._window.pool, self.dialog, self.signed_in.name
        must = self.signed_in.must_change

        def work() -> object:
            from expertpool.accounts.accounts import set_password
            from ui.pool_opening import heading_of

            changes = set_password(pool, name, values["new"], values["old"])
            return changes, heading_of(pool)

        def done(result: Any) -> None:
            self._close()
            self._window.show_heading(result[1])
            if must:
                self._window.pool_ready()

        self._window.jobs.change(self, work, done, words=_("The password was changed."), undoable=False,
                                 failed=lambda error: told(error, dialog))

    def come_by_itself(self, on: bool) -> None:
        """Whether the user of this computer is signed in without a password."""
        pool = self._window.pool

        def work() -> object:
            from expertpool.accounts.accounts import remember_os_user

            return remember_os_user(pool, on)

        self._window.jobs.change(
            self, work, lambda _changes: self._window.opening.tell(), undoable=False,
            words=_("On this computer you are signed in by yourself from now on.") if on else _(
                "On this computer you enter your password from now on."))

    def menu(self, menu: QMenu) -> None:
        """Fill the menu of the account: password, lock, sign out."""
        menu.clear()
        for icon, words, call in (("edit", _("Change the password …"), self.change_password),
                                  ("lock", _("Lock the window"), self.lock),
                                  ("close", _("Sign out"), self.sign_out)):
            menu.addAction(theme.icon(icon), words).triggered.connect(partial(_call, call))
        if self.signed_in is not None and self.signed_in.may_come_by_itself:
            own = QAction(_("Sign in by itself on this computer"), menu)
            own.setCheckable(True)
            own.setChecked(self.signed_in.comes_by_itself)
            own.triggered.connect(self.come_by_itself)
            menu.addSeparator()
            menu.addAction(own)

    # -- small parts
    def _count(self) -> None:
        self.idle.watch(self.signed_in.idle_minutes if self.signs_in else 0)

    def _open(self, dialog: SignInDialog | PasswordDialog) -> None:
        self._close()
        self.dialog = dialog
        dialog.open()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.held = False
            self.dialog.done(0)
            self.dialog.deleteLater()
            self.dialog = None

    def _lift(self) -> None:
        for cover in self.covers:
            cover.lift()
        if self.covers:
            self.covers = []
            self._window.feedback.release()


def _call(call: Callable[[], None], _on: bool = False) -> None:
    call()
