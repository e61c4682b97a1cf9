"""The recovery paper (恢复单): the code that opens the pool's key, to be printed and locked away."""

from html import escape
from pathlib import Path
from typing import Any

from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from ui.printing import table, write_pdf


def save_recovery_paper(paper: Any, court: str, target: Path) -> None:
    """Write the paper as PDF; raises OSError where the file cannot be written."""
    write_pdf(recovery_html(paper, court), _("Recovery paper"), target)


def recovery_html(paper: Any, court: str) -> str:
    """One page: what it is for, the code in large groups, how to use it."""
    code = escape(paper.code.replace("-", "  ")) if paper.code else escape(_("A passphrase was chosen in its place."))
    purpose = _("Personal data and the whole pool are encrypted. When the computer or its user account is lost, this "
                "code is the only way to open the pool and its backups. Keep it locked away, apart from the "
                "computer. Whoever holds it together with a copy of the pool can read everything.")
    steps = (_("Copy the pool's file, or a backup, to the other computer and install the program."),
             _("Open it. The program asks for the recovery code. Enter it with or without the gaps; capital "
               "and small letters are the same."),
             _("Where a new code is made, this paper opens nothing any more. Destroy it then."))
    rows = [(_("Court"), court), (_("Pool"), paper.place), (_("Key"), paper.vault), (_("Printed"), str(today()))]
    return (f"<h2 align='center'>{escape(_('Recovery paper of the expert pool'))}</h2>"
            f"<p>{escape(purpose)}</p>{table(rows)}<p></p>"
            f"<p align='center' style='font-size:17pt; font-family:monospace'><b>{code}</b></p>"
            f"<ol>{''.join(f'<li>{escape(step)}</li>' for step in steps)}</ol>"
            f"<p></p><p>{escape(_('Received and locked away by'))}: ____________________　　"
            f"{escape(_('Date'))}: ____________________</p>")
