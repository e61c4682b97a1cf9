"""Journal entries and deadlines in words."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from expertpool.foundation.dates import today
from expertpool.foundation.language import N_, _

OPERATIONS = {
    "register": N_("New expert {name}"),
    "edit person": N_("Changed {name}"),
    "change standing": N_("Changed the standing of {name}"),
    "import experts": N_("Imported “{files}”: {created} new, {updated} updated"),
    "import cases": N_("Imported “{files}”: {created} new, {updated} updated"),
    "import workbook": N_("Imported the pool workbook “{file}”"),
    "open case": N_("New case {number}"),
    "edit case": N_("Changed {number}"),
    "appoint": N_("Appointed {name} to {number}"),
    "change assignment": N_("Next step for {name} in {number}"),
    "export roster": N_("Exported “{title}”, {people} people"),
    "export workbook": N_("Exported the pool workbook “{file}”"),
    "reveal": N_("Full numbers shown: {reason}"),
    "edit organisation": N_("Changed the unit {name}"),
    "change setting": N_("Changed a setting"),
    "merge people": N_("Merged {other} into {name}"),
    "declare": N_("Recorded the declaration of {name} of {day}"),
    "read declarations": N_("Recorded {count} declarations from “{files}”"),
    "unmerge people": N_("Separated {other} from {name}"),
    "answer duplicate": N_("Answered whether {name} and {other} are one person"),
    "settle waiting row": N_("Settled the waiting row of {name}"),
    "apply plan": N_("Appointed {people} people to {cases} cases as planned"),
    "sweep": N_("Checked appointments again: {alerts} new alerts, {settled} settled"),
    "answer alert": N_("{name} goes on in {number}: {reason}"),
    "dismiss finding": N_("False alarm {rule} for {name}: {reason}"),
    "undo import": N_("Took the import of “{files}” back: {removed} removed, {restored} restored"),
    "draw.open": N_("Froze draw {count} for {number}"),
    "draw.complete": N_("Drew for {number}, check code {code}"),
    "draw.answer": N_("Answer of {name}, drawn for {number}"),
    "draw.void": N_("Declared a draw for {number} void: {ground}"),
    "draw.names": N_("Opened the names of a blind draw for {number}"),
    "recusal application.apply": N_("Application that {name} step aside from {number}"),
    "recusal application.decide": N_("Decided on the recusal of {name} in {number}"),
    "recusal application.ask": N_("Reconsideration asked for: recusal of {name} in {number}"),
    "recusal application.reconsider": N_("Reconsidered the recusal of {name} in {number}"),
}
DUE = {
    "notice": N_("Tell the parties about {person}"),
    "opinion": N_("Technical opinion before the deliberation, {person}"),
    "term": N_("Term ends"),
    "licence": N_("Licence ends"),
    "recusal": N_("Decision on the recusal of {person}"),
    "recusal.reconsidering": N_("Reconsideration of the recusal of {person}"),
}


class _Given(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def operation_words(entry: dict[str, Any]) -> str:
    """An entry of the journal as a sentence; an unknown operation shows its name."""
    if entry["operation"] == "undo":
        what = str(entry["words"].get("what", ""))
        return _("Undone: {what}").format(what=operation_name(what))
    step = f"{entry['operation']}.{entry['words'].get('step', '')}"
    template = OPERATIONS.get(step) or OPERATIONS.get(entry["operation"])
    return _(template).format_map(_Given(entry["words"])) if template else str(entry["operation"])


def operation_name(operation: str) -> str:
    """The bare name of an operation."""
    names: dict[str, Callable[[], str]] = {
        "register": lambda: _("new expert"), "edit person": lambda: _("change of an expert"),
        "import experts": lambda: _("import of experts"), "import cases": lambda: _("import of cases"),
        "open case": lambda: _("new case"), "edit case": lambda: _("change of a case"),
        "appoint": lambda: _("appointment"), "change assignment": lambda: _("step of an assignment"),
        "change standing": lambda: _("change of standing"), "import workbook": lambda: _("import of a workbook"),
        "change setting": lambda: _("change of a setting"),
        "declare": lambda: _("declaration of interests"),
        "read declarations": lambda: _("reading of declarations"),
        "merge people": lambda: _("merge of two people"), "unmerge people": lambda: _("separation of two people"),
        "answer duplicate": lambda: _("answer about a duplicate"),
        "settle waiting row": lambda: _("settling of a waiting row"),
        "apply plan": lambda: _("plan for many cases"), "sweep": lambda: _("check of appointments"),
        "answer alert": lambda: _("answer to an alert"),
        "dismiss finding": lambda: _("dismissal of a false alarm"),
        "edit organisation": lambda: _("change of a unit"),
        "undo import": lambda: _("taking back of an import"),
        "draw": lambda: _("answer after a draw"),
        "recusal application": lambda: _("recusal application"),
    }
    return names[operation]() if operation in names else operation


def due_words(row: dict[str, Any]) -> str:
    """What is due."""
    template = DUE.get(f"{row['what']}.{row.get('stage', '')}") or DUE[row["what"]]
    return _(template).format(**row)


def short_ground(source: str) -> str:
    """The number and article of a provision without its long title; other texts as they are."""
    found = re.search(r"[（(]([^（()）]*?〔\d{4}〕\d+号)[）)],?\s*(.*)$", source)
    return f"{found[1]} {found[2]}".strip() if found else source


def day_words(iso: str) -> tuple[str, str]:
    """A deadline's day as a pill: today, tomorrow, overdue or month and day; and its tone."""
    day = date.fromisoformat((iso + "-01-01")[:10] if len(iso) == 4 else (iso + "-01")[:10])
    left = (day - today()).days
    if left < 0:
        return _("{count} days late").format(count=-left), "danger"
    if left < 2:
        return (_("Tomorrow") if left else _("Today")), "danger"
    return iso[5:] if day.year == today().year else iso, "warning" if left <= 7 else "accent"


def moment(stamp: str) -> str:
    """A stored UTC stamp as local time: the hour today, the day before that."""
    at = datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone()
    now = datetime.now().astimezone()
    return at.strftime("%H:%M") if at.date() == now.date() else at.strftime("%m-%d %H:%M")
