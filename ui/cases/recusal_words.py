"""Words for a recusal on the screen: the pill of the current application, the actions it allows, the history."""


from expertpool.assignments.recusal_rows import RecusalRow
from expertpool.assignments.service import AssignmentRow
from expertpool.foundation.language import _, n_
from ui.texts import joined, word

SETTLED = {"granted": "danger", "dismissed": "neutral", "upheld": "neutral", "changed": "warning"}
DECIDED = ("granted", "dismissed", "upheld", "changed", "reconsidering")


def newest(row: AssignmentRow) -> RecusalRow | None:
    """The application that needs action, else the newest one; None without any."""
    found = row.recusals
    return next((one for one in found if one.open), found[-1] if found else None)


def recusal_pill(row: AssignmentRow) -> tuple[str, str, str] | None:
    """(words, tone, second line) of the current application; None without one."""
    one = newest(row)
    if one is None:
        return None
    if one.stage == "granted" and row.state == "recused" and not lateness(one):
        return None  # already said by the state of the assignment
    stage, second = _("Recusal application · {stage}").format(stage=word("recusal_stage", one.stage)), ""
    if one.stage == "pending" and row.state == "suspended":
        stage = _("Suspended · waits for the decision")
    if one.urgent and one.stage == "pending":
        second = _("Urgent work goes on: {reason}").format(reason=one.urgent)
    if not one.open:
        return stage, SETTLED.get(one.stage, "neutral"), lateness(one)
    left = one.days_left
    if left is None:
        return stage, "warning", second or _("The law sets no period for this decision.")
    return f"{stage}{days_words(left)}", "danger" if left <= 0 else "warning", second


def told_by_pill(row: AssignmentRow) -> bool:
    """Whether the application's pill already tells the assignment's state."""
    one = newest(row)
    return bool(one and one.stage == "pending" and row.state == "suspended")


def days_words(left: int) -> str:
    """Days left, in brackets behind a state."""
    if left < 0:
        return _(" ({count} days late)").format(count=-left)
    if not left:
        return _(" (due today)")
    return n_(" ({count} day left)", " ({count} days left)", left).format(count=left)


def lateness(one: RecusalRow) -> str:
    """What was late about an application; "" if nothing was."""
    return joined(
        _("decided {count} days late").format(count=one.late) if one.late else "",
        _("reconsideration asked {count} days after the decision").format(count=one.asked_late)
        if one.asked_late else "",
        _("reconsidered {count} days late").format(count=one.reconsideration_late)
        if one.reconsideration_late else "")


def actions(row: AssignmentRow, challengeable: bool, lacking: bool) -> list[str]:
    """The possible actions, the urgent ones first."""
    one, found = newest(row), []
    vacant = lacking and not row.replaced_by
    if one and one.open:
        found.append("reconsider" if one.stage == "reconsidering" else "decide")
    elif vacant and row.state == "recused":
        found.append("replace")
    if challengeable:
        found.append("apply")
    if vacant and row.state in ("withdrawn", "declined", "replaced"):
        found.append("replace")
    if one and one.stage in ("granted", "dismissed") and one.by_party:
        found.append("ask")
    if one:
        found.append("register_paper")
    if one and one.stage in DECIDED:
        found.append("decision_paper")
    if row.check_id:
        found.append("sheet")
    if row.open or row.state == "completed":
        found += ["opinion_in", "opinion_out"]
    return found


def action_words(code: str) -> str:
    """The words on an action's button."""
    return {
        "apply": _("Recusal application…"), "decide": _("Decide…"), "ask": _("Ask for reconsideration…"),
        "reconsider": _("Reconsider…"), "replace": _("Appoint another"),
        "register_paper": _("Register form (PDF)…"), "decision_paper": _("Decision, draft (PDF)…"),
        "sheet": _("Check sheet (PDF)…"), "opinion_in": _("Keep the technical opinion…"),
        "opinion_out": _("Take the technical opinion out…"),
    }[code]


def told(row: AssignmentRow) -> list[tuple[str, str]]:
    """(day, words) of every step, oldest first."""
    lines = []
    for event in row.events:
        before, after = (word("assignment_state", event[name]) for name in ("from", "to"))
        moved = f"{before} → {after}" if before and before != after else "" if before == after else after
        lines.append((event["on"], joined(moved, event["note"], event["actor"])))
    return lines
