"""Accounts (账户): who works with the pool and in which office; list at the left, the chosen account at the right."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _, n_
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.account_dialogs import AccountDialog, PasswordDialog, draft_of, told
from ui.settings.accounts_card import AccountCard, codes_in
from ui.texts import moment
from ui.widgets.labels import label
from ui.widgets.notes import EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.page import Page

KINDS = ("account",)


class AccountsTab(QWidget):
    """Reads when it is shown; every change goes through the core, which checks the permission."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page = page
        self.rows: list[Any] = []
        self.offices: list[tuple[str, str]] = []
        self.dialog: AccountDialog | PasswordDialog | None = None
        self._wanted = ""
        self.adding = QPushButton(_("Add an account …"))
        self.adding.setProperty("role", "primary")
        self.adding.clicked.connect(self.add)
        self.counted = label("", "second")
        self.empty = EmptyState("person", _("This pool has no accounts yet."), [(_("Add an account …"), self.add)], _(
            "Whoever opens it on this computer acts as administrator. With the first account, an administrator with "
            "a password, everybody has to sign in."))
        self.table = RecordTable(
            [Column("name", N_("Account"), 150, kind="strong", stretch=True, second="display_name", below=True),
             Column("office", N_("Office"), 132), Column("courts", N_("Courts"), 110),
             Column("state", N_("Standing"), 104, kind="state"), Column("seen", N_("Last signed in"), 130)],
            self._ids, self._given, accessible=_("Accounts"), empty=self.empty, sort=("name", False), row_height=44)
        self.table.current_changed.connect(self._turn)
        self.card = AccountCard(page.prompts)
        self.card.form.saved.connect(self.change)
        self.card.guarded.nothing_left.connect(self.read)
        self.card.password.clicked.connect(self.set_password)
        self.card.unlock.clicked.connect(self.unlock)
        self._arrange()

    def _arrange(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 12, 1, 1)
        column.setSpacing(theme.PAD)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 0)
        bar.addWidget(self.counted, 1)
        bar.addWidget(self.adding)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(16)
        halves.addWidget(left, 3)
        halves.addWidget(self.card, 2)

    # -- reading
    def read(self) -> None:
        """Read the accounts again."""
        pool = self._page.pool
        self._page.jobs.read(self, lambda: accounts_of(pool), self._show, key="accounts")

    def _show(self, found: tuple[list[Any], list[tuple[str, str]]]) -> None:
        self.rows, self.offices = found
        current = self._wanted or self.card.name
        self._wanted = ""
        self.counted.setText(n_("{count} account", "{count} accounts", len(self.rows)).format(count=len(self.rows))
                             if self.rows else "")
        self.adding.setVisible(bool(self.rows))
        self.card.setVisible(bool(self.rows))
        self.table.reload(keep=False)
        if self.rows:
            place = next((i for i, row in enumerate(self.rows) if row.name == current), 0)
            self.table.select(place)
            self._turn(place)

    def _ids(self, key: str, descending: bool) -> Sequence[int]:
        keys: dict[str, Callable[[Any], Any]] = {
                "name": lambda row: row.name, "office": lambda row: (row.office, row.name),
                "seen": lambda row: row.last_signed_in_at, "state": lambda row: (row.active, row.locked_until)}
        if key not in keys:
            return range(len(self.rows))
        return sorted(range(len(self.rows)), key=lambda number: keys[key](self.rows[number]), reverse=descending)

    def _given(self, ids: Sequence[int]) -> list[Row]:
        offices = dict(self.offices)
        return [{"id": number, "name": row.name, "display_name": row.display_name,
                 "office": offices.get(row.office, row.office), "courts": "、".join(row.courts) or _("every court"),
                 "state": state_of(row), "seen": moment(row.last_signed_in_at) or "—"}
                for number, row in ((number, self.rows[number]) for number in ids)]

    def _turn(self, number: int | None) -> None:
        if number is None or number >= len(self.rows):
            return
        row = self.rows[number]
        if row.name != self.card.name and self.card.is_changed:
            self._leave(row.name)
            return
        self.card.show_account(row, self.offices)

    def _leave(self, wanted: str) -> None:
        """Another account is wanted while something is typed for this one: it comes when that is saved or dropped."""
        self.table.view.selectionModel().blockSignals(True)
        self.table.select(next((i for i, row in enumerate(self.rows) if row.name == self.card.name), 0))
        self.table.view.selectionModel().blockSignals(False)
        options = [("drop", _("Do not save")), ("stay", _("Go on editing"))]
        if self.card.form.is_valid():
            options.insert(0, ("save", _("Save")))
        answer = self._page.prompts.choose(self, _("What was entered is not saved yet."), options)
        if answer == "save":
            self._wanted = wanted
            self.card.form.save()
        elif answer == "drop":
            self.card.name, self._wanted = "", wanted
            self.read()

    # -- writing
    def add(self) -> None:
        """Ask for a new account."""
        dialog = AccountDialog(self, self.offices, first=not self.rows)
        dialog.wanted.connect(self._add)
        self._open(dialog)

    def _add(self, values: dict[str, Any]) -> None:
        pool, first = self._page.pool, not self.rows

        def work() -> object:
            from expertpool.accounts.accounts import add_account, sign_out

            changes = add_account(pool, draft_of(values), values["password"])
            if first:
                sign_out(pool)
            return changes

        self._wanted = values["name"]
        words = _("The account {name} was added.").format(name=values["name"])
        self._change(work, words, lambda: self._now_closed() if first else self.read())

    def _now_closed(self) -> None:
        """After the first account signing in is required, also for the person who created it."""
        window = self._page.surroundings.window
        if window is not None:
            window.opening.enter()

    def change(self, values: dict[str, Any]) -> None:
        """Save office, courts, names and active state of the chosen account."""
        pool, draft = self._page.pool, draft_of(
            {**values, "name": self.card.name, "courts": codes_in(values["courts"]),
             "os_user": self.card.row.os_user if values["comes_by_itself"] else ""})
        before = self.card.row.draft()
        self.card.form.hold(_("Saving …"))

        def work() -> Any:
            from expertpool.accounts.accounts import change_account

            return change_account(pool, draft, before)

        self._page.jobs.change(self, work, lambda _changes: self._changed(), undoable=False, failed=self._refused,
                               words=_("The account {name} was changed.").format(name=self.card.name))

    def _changed(self) -> None:
        self.card.form.hold()
        self.card.form.accept_saved()
        self.read()

    def _refused(self, error: BaseException) -> bool:
        self.card.form.hold()
        self._wanted = ""
        if not isinstance(error, ExpectedError) or error.code != "record.changed":
            return False
        pool, name = self._page.pool, self.card.name

        def show(found: tuple[list[Any], object]) -> None:
            now = next((row for row in found[0] if row.name == name), None)
            if now is not None and self.card.name == name:
                self.card.show_now(now)

        self._page.jobs.read(self, lambda: accounts_of(pool), show, key="now")
        return True

    def set_password(self) -> None:
        """Give the chosen account another password."""
        dialog = PasswordDialog(self, self.card.name, own=self.card.name == self._page.pool.actor.name)
        dialog.wanted.connect(self._set_password)
        self._open(dialog)

    def _set_password(self, values: dict[str, Any]) -> None:
        pool, name = self._page.pool, self.card.name

        def work() -> object:
            from expertpool.accounts.accounts import set_password

            return set_password(pool, name, values["new"], values.get("old", ""))

        self._change(work, _("The password was changed."), self.read)

    def unlock(self) -> None:
        """Unlock the chosen account."""
        pool, name = self._page.pool, self.card.name

        def work() -> object:
            from expertpool.accounts.accounts import unlock_account

            return unlock_account(pool, name)

        self._page.jobs.change(self, work, lambda _changes: self.read(), undoable=False,
                               words=_("The account {name} can sign in again.").format(name=name))

    def _open(self, dialog: AccountDialog | PasswordDialog) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = dialog
        dialog.open()

    def _change(self, work: Any, words: str, after: Any) -> None:
        """Write; the dialog stays open until that has succeeded."""
        dialog = self.dialog
        if dialog is None:
            return

        def done(_changes: object) -> None:
            dialog.accept()
            after()

        self._page.jobs.change(self, work, done, words=words, undoable=False,
                               failed=lambda error: told(error, dialog))


def accounts_of(pool: "ExpertPool") -> tuple[list[Any], list[tuple[str, str]]]:
    """(accounts, offices with their words)."""
    from expertpool.accounts.accounts import accounts
    from expertpool.accounts.permissions import office_word, offices

    return accounts(pool), [(office, office_word(office)) for office in offices()]


def state_of(row: Any) -> tuple[str, str]:
    """Whether an account is active, closed or locked: word and tone."""
    if not row.active:
        return _("closed"), "neutral"
    if row.locked_until:
        return _("locked"), "danger"
    if not row.has_password and not row.os_user:
        return _("no password"), "warning"
    return _("active"), "ok"

