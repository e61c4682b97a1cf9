"""``vault``: the key of the pool's personal data on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from expertpool.commands.frame import SETTINGS, answer, opened
from expertpool.foundation.language import _

app = typer.Typer(no_args_is_help=True, help="The key that protects personal data (密钥).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.callback()
def _group() -> None:
    """The key that protects personal data (密钥)."""


@app.command("status")
def status(json: Json = False) -> None:
    """How the key is kept on this computer, and whether the recovery paper was printed."""
    from expertpool.safekeeping.key_keeping import key_state

    with opened(create=False) as pool:
        state = key_state(pool)
    answer({"vault": state.vault, "device": state.device, "recovery": state.recovery, "made": state.made,
            "printed": state.printed, "file": str(state.path)}, json,
           lambda: _("Key {vault}, kept by {device}; recovery paper printed: {printed}").format(
               vault=state.vault, device=state.device, printed=state.printed or _("never")))


@app.command("paper")
def paper(json: Json = False) -> None:
    """Show the recovery code, to be written down or printed and locked away."""
    from expertpool.documents.paper_text import paper_text
    from expertpool.documents.recovery import sheet_of
    from expertpool.safekeeping.key_keeping import recovery_paper

    with opened(create=False) as pool:
        found, court = recovery_paper(pool), pool.name
    answer({"vault": found.vault, "pool": found.place, "code": found.code, "made": found.made}, json,
           lambda: paper_text(sheet_of(found, court)))


@app.command("renew")
def renew(passphrase: Annotated[bool, typer.Option("--passphrase", help="Ask for a passphrase of your own.")] = False,
          json: Json = False) -> None:
    """Make a new recovery code; papers printed before open nothing any more."""
    from expertpool.safekeeping.key_keeping import renew_recovery

    words = typer.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True) if passphrase else ""
    with opened(create=False) as pool:
        code = renew_recovery(pool, words)
    answer({"code": code}, json, lambda: code or _("The passphrase was set."))


@app.command("hand-over")
def hand_over_(file: Path, json: Json = False) -> None:
    """Write the key file for another workstation, which opens it with the recovery code."""
    from expertpool.safekeeping.key_keeping import hand_over

    with opened(create=False) as pool:
        hand_over(pool, file)
    answer({"file": str(file)}, json, lambda: _("The key file was written to {file}").format(file=file))


@app.command("recover")
def recover(code: Annotated[str, typer.Option(prompt=True, help="Recovery code or passphrase.")],
            key_file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
            json: Json = False) -> None:
    """Let this computer open the pool, by the code on the recovery paper."""
    from expertpool.foundation.places import default_database
    from expertpool.safekeeping.key_keeping import take_over

    vault = take_over(SETTINGS.database or str(default_database()), code, key_file)
    answer({"vault": vault}, json, lambda: _("This computer can open the pool now."))
