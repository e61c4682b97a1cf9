"""What a restore would change of accounts, rules and key, in words (恢复前的提示)."""

from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import N_, _
from ui import texts
from ui.texts import moment

if TYPE_CHECKING:
    from expertpool.storage.restore import Preview

MOST = 8  # most accounts listed by name

_TABLES = {"person": N_("Experts"), "courtcase": N_("Cases"), "assignment": N_("Appointments"),
           "organisation": N_("Units"), "importbatch": N_("Imports")}


def guard_words(preview: "Preview") -> list[str]:
    """One paragraph each for accounts, settings and the recovery code, if they would change."""
    said = []
    if preview.accounts:
        lines = [_("{name}: {then} in the backup, {now} today").format(
            name=one.name, then=one.then or "—", now=one.now or "—") for one in preview.accounts[:MOST]]
        lines += ["…"] * (len(preview.accounts) > MOST)
        said.append("\n".join([
            _("The accounts of today stay as they are. These are not those of the backup:"), *lines]))
    if preview.settings:
        said.append(_("Settings and rules that would be those of the backup: {names}").format(
            names="、".join(preview.settings)))
    if preview.key:
        said.append(_("The recovery code was changed since; the one of today goes on opening the pool."))
    return said



def restore_question(preview: Any) -> str:
    """The question before a backup replaces the content of the pool."""
    counts = "\n".join(_("{what}: {now} now, {then} in the backup").format(
        what=_(words), now=texts.number(preview.now[name]), then=texts.number(preview.then[name]))
        for name, words in _TABLES.items() if preview.now[name] != preview.then[name])
    said = [_("Restore the backup of {moment}?").format(moment=moment(preview.made)),
            _("{count} operations that came later would be gone. What is there now is backed up first.").format(
                count=texts.number(len(preview.lost))), counts]
    if not preview.kept:
        said.append(_("The pool no longer holds the state of this backup: it went another way since."))
    said += guard_words(preview)
    return "\n\n".join(filter(None, said))
