"""Verdicts about two unit names in words (单位名称判断)."""

from expertpool.foundation.language import _


def verdict_word(verdict: str) -> str:
    """same, group, perhaps or no, in the language in force."""
    return {"same": _("the same unit"), "group": _("one group"), "perhaps": _("perhaps the same"),
            "no": _("different units"), "different": _("different units")}.get(verdict, verdict)
