"""The recovery paper (恢复单): the code that opens the pool's key, to be printed and locked away."""

from expertpool.documents.paper import Code, Facts, Paper, Signature, Signatures, Steps, Text
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.safekeeping.key_keeping import RecoveryPaper, recovery_paper
from expertpool.safekeeping.pool_protocol import KeptPool


def recovery_sheet(pool: KeptPool) -> Paper:
    """The paper with the code. The journal notes who asked for it, and the paper counts as printed."""
    return sheet_of(recovery_paper(pool), pool.name)


def sheet_of(found: RecoveryPaper, court: str) -> Paper:
    """One page: its purpose, the code in large groups, how to use it."""
    purpose = _("Personal data and the whole pool are encrypted. When the computer or its user account is lost, this "
                "code is the only way to open the pool and its backups. Keep it locked away, apart from the "
                "computer. Whoever holds it together with a copy of the pool can read everything.")
    steps = (_("Copy the pool's file, or a backup, to the other computer and install the program."),
             _("Open it. The program asks for the recovery code. Enter it with or without the gaps; capital "
               "and small letters are the same."),
             _("Where a new code is made, this paper opens nothing any more. Destroy it then."))
    facts = ((_("Court"), court), (_("Pool"), found.place), (_("Key"), found.vault), (_("Printed"), str(today())))
    code = found.code.replace("-", "  ") or _("A passphrase was chosen in its place.")
    return Paper(_("Recovery paper of the expert pool"), (
        Text(purpose), Facts(facts), Code(code), Steps(steps),
        Signatures((Signature(_("Received and locked away by")), Signature(_("Date"))))))
