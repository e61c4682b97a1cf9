"""Deadlines in words."""

import re
from datetime import date, datetime
from typing import Any

from expertpool.foundation.dates import today
from expertpool.foundation.language import N_, _

DUE = {
    "notice": N_("Tell the parties about {person}"),
    "opinion": N_("Technical opinion before the deliberation, {person}"),
    "appraisal": N_("Appraisal by {person}, in complex matters by {latest}"),
    "appraisal_plan": N_("Plan of the appraisal by {person}"),
    "term": N_("Term ends"),
    "licence": N_("Licence ends"),
    "recusal": N_("Decision on the recusal of {person}"),
    "recusal.reconsidering": N_("Reconsideration of the recusal of {person}"),
}


def due_words(row: dict[str, Any]) -> str:
    """What is due."""
    template = DUE.get(f"{row['what']}.{row.get('stage', '')}") or DUE[row["what"]]
    return _(template).format(**row)


def short_ground(source: str) -> str:
    """The number and article of a provision without its long title; other texts unchanged."""
    found = re.search(r"[（(]([^（()）]*?〔\d{4}〕\d+号)[）)],?\s*(.*)$", source)
    return f"{found[1]} {found[2]}".strip() if found else source


def day_words(iso: str) -> tuple[str, str]:
    """A deadline's day as words and tone of a pill: today, tomorrow, overdue or month and day."""
    day = date.fromisoformat((iso + "-01-01")[:10] if len(iso) == 4 else (iso + "-01")[:10])
    left = (day - today()).days
    if left < 0:
        return _("{count} days late").format(count=-left), "danger"
    if left < 2:
        return (_("Tomorrow") if left else _("Today")), "danger"
    return iso[5:] if day.year == today().year else iso, "warning" if left <= 7 else "accent"


def moment(stamp: str) -> str:
    """A stored UTC time stamp in local time: today's only as hour and minute, earlier ones with the day."""
    at = datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone()
    now = datetime.now().astimezone()
    return at.strftime("%H:%M") if at.date() == now.date() else at.strftime("%m-%d %H:%M")
