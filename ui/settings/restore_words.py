"""What a restore would change of accounts, rules and key, in words (恢复前的提示)."""

from typing import TYPE_CHECKING

from expertpool.foundation.language import _

if TYPE_CHECKING:
    from expertpool.storage.restore import Preview

MOST = 8  # accounts that are named one by one


def guard_words(preview: "Preview") -> list[str]:
    """One paragraph each for accounts, settings and the recovery code; none where nothing would change."""
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
