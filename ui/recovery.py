"""Opens a pool whose key is not on this computer (恢复密钥), with the code on the recovery paper."""

from typing import TYPE_CHECKING

from expertpool.foundation.language import _

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def ask_code(window: "MainWindow", target: str) -> None:
    """Ask for the recovery code (for a server, first for the key file), store the key here, and open the pool."""
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


def say_failed(window: "MainWindow", sentence: str, target: str) -> None:
    """Say why the pool could not be opened, and offer what can be done."""
    window.stack.say("pool", _("The expert pool could not be opened"), [
        (_("Try again"), lambda: window.open_pool(target or None)),
        (_("Open another pool …"), window.other_pool)], sentence)


def say_keyless(window: "MainWindow", sentence: str, target: str) -> None:
    """The pool's key is not on this computer: offer to enter the recovery code."""
    if window.pool is not None:
        ask_code(window, target)
        return
    window.stack.say("lock", _("The key of this pool is not on this computer"), [
        (_("Enter the recovery code …"), lambda: ask_code(window, target)),
        (_("Open another pool …"), window.other_pool)], sentence)
