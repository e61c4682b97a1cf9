"""Codes → words and tones for the screen; the words themselves are the core's vocabulary (词表)."""

from datetime import datetime

from expertpool.foundation.dates import local_time as clock
from expertpool.foundation.language import _
from expertpool.foundation.text import joined

__all__ = ["choices", "clock", "joined", "lasting", "number", "state", "tone", "word"]

TONES = {
    "role_state": {
        "active": "ok",
        "candidate": "accent",
        "suspended": "warning",
        "expired": "warning",
        "ended": "neutral",
        "removed": "danger",
    },
    "case_state": {"open": "accent", "closed": "neutral"},
    "assignment_state": {
        "proposed": "neutral",
        "appointed": "accent",
        "notified": "accent",
        "accepted": "accent",
        "serving": "ok",
        "challenged": "warning",
        "declined": "neutral",
        "withdrawn": "neutral",
        "recused": "danger",
        "replaced": "neutral",
        "completed": "ok",
        "finished": "ok",
    },
    "severity": {"error": "danger", "warning": "warning", "note": "accent"},
    "verdict": {"eligible": "ok", "verify": "warning", "excluded": "danger"},
}


def word(kind: str, code: str | None) -> str:
    """The word for a stored code in the language in force; an unknown code is shown as it is."""
    from expertpool.rules import vocabulary

    try:
        return vocabulary.word(kind, code)
    except KeyError:
        return code or ""


def choices(kind: str) -> list[tuple[str, str]]:
    """(code, word) pairs of a vocabulary, in its order."""
    from expertpool.rules import vocabulary

    return vocabulary.choices(kind)


def tone(kind: str, code: str | None) -> str:
    """The tone in which a state is shown: ``ok``, ``warning``, ``danger``, ``accent`` or ``neutral``."""
    return TONES.get(kind, {}).get(code or "", "neutral")


def state(kind: str, code: str | None) -> tuple[str, str]:
    """(word, tone) of a state, as tables and :class:`~ui.widgets.chips.StatePill` take it."""
    return word(kind, code), tone(kind, code)


def number(value: int | float) -> str:
    """A number with thousands grouped; fractions with at most one digit."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


def moment(stamp: str) -> str:
    """A stored UTC time stamp as local day and minute; "" for none."""
    return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M") if stamp else ""


def lasting(seconds: float) -> str:
    """A remaining time in words, rounded to useful precision."""
    if seconds < 60:
        return _("about {seconds} s left").format(seconds=max(1, round(seconds)))
    return _("about {minutes} min left").format(minutes=round(seconds / 60))
