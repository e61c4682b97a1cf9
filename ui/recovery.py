"""Opening a pool whose key is not on this computer (恢复密钥): the code on the recovery paper lets it in."""

from typing import Any

from expertpool.foundation.language import _


def ask_code(window: Any, target: str) -> None:
    """Ask for the recovery code (on a server for the key file first), keep the key here, and open the pool."""
    key_file = None
    if "://" in target:
        key_file = window.prompts.open_file(window, _("Key file that the administrator handed over"), ["key"])
        if key_file is None:
            return
    code = window.prompts.text(window, _("Recovery code"), _("As it stands on the recovery paper, with or without "
                                                             "gaps; or the passphrase chosen in its place."))
    if not code:
        return

    def work() -> str:
        from expertpool.foundation.places import default_database
        from expertpool.safekeeping.key_keeping import take_over

        return take_over(target or str(default_database()), code, key_file)

    window.jobs.read(window, work, lambda _vault: window.open_pool(target or None), words=_("Opening the pool …"))
