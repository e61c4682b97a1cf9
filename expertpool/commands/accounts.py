"""``account``: who works with the pool, on the command line."""

from dataclasses import asdict
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, password, table
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="Accounts and offices (账户与权限).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
NEW = "EXPERTPOOL_NEW_PASSWORD"


@app.callback()
def _group() -> None:
    """Accounts and offices (账户与权限)."""


@app.command("list")
def listing(json: Json = False) -> None:
    """All accounts."""
    from expertpool.accounts.accounts import accounts
    from expertpool.accounts.permissions import office_word

    with opened(create=False) as pool:
        rows = accounts(pool)
    answer([asdict(row) for row in rows], json, lambda: table(
        [(row.name, row.display_name, office_word(row.office), "、".join(row.courts),
          _("active") if row.active else _("closed"), row.locked_until[:16]) for row in rows],
        (_("Account"), _("Name"), _("Office"), _("Courts"), _("Standing"), _("Locked until"))))


@app.command("add")
def add(name: str, office: str = "administrator", display_name: str = "",
        court: Annotated[list[str] | None, typer.Option(help="Code of a court; repeat for several.")] = None,
        no_password: Annotated[bool, typer.Option("--no-password")] = False, json: Json = False) -> None:
    """Add an account; the first one is an administrator, and closes the pool to everybody else."""
    from expertpool.accounts.accounts import AccountDraft, add_account

    with opened(create=False) as pool:
        given = "" if no_password else password(_("Password of the new account"), NEW, twice=True)
        add_account(pool, AccountDraft(name, display_name, office, tuple(court or ())), given)
    answer({"name": name, "office": office}, json, lambda: _("The account {name} was added.").format(name=name))


@app.command("change")
def change(name: str, office: str = "", display_name: str = "",
           court: Annotated[list[str] | None, typer.Option(help="Code of a court; repeat for several.")] = None,
           every_court: Annotated[bool, typer.Option("--every-court")] = False,
           close: Annotated[bool | None, typer.Option("--close/--reopen")] = None, json: Json = False) -> None:
    """Change office, courts or standing of an account."""
    from expertpool.accounts.accounts import AccountDraft, accounts, change_account
    from expertpool.foundation.problems import UserProblem

    with opened(create=False) as pool:
        found = next((row for row in accounts(pool) if row.name == name), None)
        if found is None:
            raise UserProblem("account.missing", name=name)
        draft = AccountDraft(name, display_name or found.display_name, office or found.office,
                             () if every_court else tuple(court) if court else found.courts, found.os_user,
                             found.active if close is None else not close)
        change_account(pool, draft)
    answer(asdict(draft), json, lambda: _("The account {name} was changed.").format(name=name))


@app.command("password")
def password_(name: str, json: Json = False) -> None:
    """Set a password: one's own, or somebody else's as administrator."""
    from expertpool.accounts.accounts import set_password

    with opened(create=False, any_password=True) as pool:
        old = password(_("Old password")) if pool.actor.name == name else ""
        set_password(pool, name, password(_("New password"), NEW, twice=True), old)
    answer({"name": name}, json, lambda: _("The password was set."))


@app.command("unlock")
def unlock(name: str, json: Json = False) -> None:
    """Let an account that was locked out try again."""
    from expertpool.accounts.accounts import unlock_account

    with opened(create=False) as pool:
        unlock_account(pool, name)
    answer({"name": name}, json, lambda: _("The account {name} can sign in again.").format(name=name))
