"""Signing in, opening a locked window, choosing a password, adding an account."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from expertpool.foundation.language import _
from ui.widgets.ask_dialog import AskDialog, PasswordField, again_check
from ui.widgets.fields import ChoiceField, Field, TextField


class SignInDialog(AskDialog):
    """Asks for account and password. ``locked_by`` names the account whose window is locked: then the dialog stays
    until somebody unlocks it."""

    other_wanted = Signal()

    def __init__(self, parent: QWidget, locked_by: str = "") -> None:
        title = _("The window is locked") if locked_by else _("Sign in")
        explained = _("What was open is underneath as it was. {name} or an administrator opens it.").format(
            name=locked_by) if locked_by else _("This pool is open only to those who have an account.")
        fields: list[Field] = [TextField("name", _("Account"), longest=80, needed=True),
                               PasswordField("password", _("Password"), needed=True)]
        super().__init__(parent, title, explained, fields, _("Unlock") if locked_by else _("Sign in"),
                         leaving=_("Close the program") if locked_by else "", held=bool(locked_by))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.fields["name"].show(locked_by)
        if locked_by:
            self.fields["password"].setFocus()
        else:
            other = QPushButton(_("Open another pool …"))
            other.setProperty("role", "link")
            other.setAutoDefault(False)
            other.clicked.connect(self.other_wanted)
            self.links.addWidget(other)


class PasswordDialog(AskDialog):
    """Asks for a new password, twice. ``own``: also for the old one; ``must``: the only other way out is to sign
    out."""

    def __init__(self, parent: QWidget, name: str, *, own: bool = True, must: bool = False) -> None:
        old = PasswordField("old", _("Old password"), needed=True)
        new = PasswordField("new", _("New password"), needed=True)
        again = PasswordField("again", _("New password once more"), needed=True, check=again_check(new))
        if must:
            explained = _("This password was given to you by somebody else. Choose one that only you know.")
        elif own:
            explained = ""
        else:
            explained = _("Tell it to {name} personally. At the next sign-in {name} chooses another one.").format(
                name=name)
        fields: list[Field] = [old, new, again] if own else [new, again]
        super().__init__(parent, _("Password of {name}").format(name=name), explained, fields, _("Save"),
                         leaving=_("Sign out") if must else "", held=must)
        self.setWindowModality(Qt.WindowModality.WindowModal)


class AccountDialog(AskDialog):
    """Asks for a new account. The ``first`` one is an administrator; from then on signing in is required."""

    def __init__(self, parent: QWidget, offices: list[tuple[str, str]], *, first: bool) -> None:
        office = ChoiceField("office", _("Office"), offices, empty=None)
        office.show(offices[0][0] if first else offices[-1][0])
        office.setEnabled(not first)
        password = PasswordField("password", _("Password"), needed=True)
        again = PasswordField("again", _("Password once more"), needed=True, check=again_check(password))
        explained = _("The first account is an administrator. From then on everybody signs in to this pool.") if (
            first) else _("Tell the password personally; at the first sign-in another one is chosen.")
        fields: list[Field] = [TextField("name", _("Account"), longest=80, needed=True),
                               TextField("display_name", _("Name"), longest=80), office, password, again]
        super().__init__(parent, _("New account"), explained, fields, _("Add"))
        self.setWindowModality(Qt.WindowModality.WindowModal)


def told(error: BaseException, dialog: AskDialog | None) -> bool:
    """Show an expected error in the dialog that asked; returns whether it was shown."""
    from expertpool.foundation.problems import ExpectedError

    expected = isinstance(error, ExpectedError)
    if dialog is not None:
        dialog.refused(str(error) if expected else "")
    return expected


def draft_of(values: dict[str, Any]) -> Any:
    """What was entered, as the core's draft."""
    from expertpool.accounts.accounts import AccountDraft

    return AccountDraft(values["name"], values.get("display_name", ""), values["office"],
                        tuple(values.get("courts", ())), values.get("os_user", ""), values.get("active", True))
