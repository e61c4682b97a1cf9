"""``sweep``, ``alerts``, ``dismissals``: what came up after appointments, and what was found to be a false alarm."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from expertpool.checks.alerts import AlertRow
from expertpool.commands.frame import answer, opened, table
from expertpool.foundation.language import _
from expertpool.rules import vocabulary

alerts = typer.Typer(no_args_is_help=True, help="What came up after an appointment (警示).")
dismissals = typer.Typer(no_args_is_help=True, help="False alarms that were looked into (误报排除).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept and printed.")]


@alerts.callback()
def _alerts() -> None:
    """What came up after an appointment (警示)."""


@dismissals.callback()
def _dismissals() -> None:
    """False alarms that were looked into (误报排除)."""


def sweep(json: Json = False) -> None:
    """Check every open and recent appointment again; what is new becomes an alert."""
    from expertpool.checks.alerts import alert_rows
    from expertpool.checks.recheck import sweep as check_again

    with opened(create=False) as pool:
        report, rows = asdict(check_again(pool)), alert_rows(pool)
    answer(report | {"open": rows}, json, lambda: "\n".join(_in_words(report, rows)))


def _in_words(report: dict[str, int], rows: "list[AlertRow]") -> Iterator[str]:
    yield _("{appointments} appointments, {judged} touched by their case: {alerts} new alerts, "
            "{settled} settled").format(**report)
    for row in rows:
        yield (f"[{row.rule} {vocabulary.word('level', row.level)}] {row.case} {row.person}: "
               f"{row.text}")


@alerts.command("list")
def list_alerts(state: Annotated[str, typer.Option(help="open, answered, settled or empty for all.")] = "open",
                json: Json = False) -> None:
    """List alerts, blocks first."""
    from expertpool.checks.alerts import alert_rows

    with opened(create=False) as pool:
        rows = alert_rows(pool, state=state)
    answer(rows, json, lambda: table(
        [(row.uid, row.case, row.person, row.rule, row.text) for row in rows],
        [_("Alert"), _("Case number"), _("Name"), _("Rule"), _("Found")]))


@alerts.command("answer")
def answer_alert(uid: str, reason: Reason, json: Json = False) -> None:
    """Let the person go on, with a reason, where the rule allows."""
    from expertpool.checks.alerts import answer_alert as answered

    with opened(create=False) as pool:
        answered(pool, uid, reason)
    answer({"uid": uid, "answer": reason}, json, lambda: _("Answered."))


@alerts.command("notice")
def notice(uid: str, json: Json = False) -> None:
    """The draft of the notice to the judge."""
    from expertpool.documents.alert_notice import alert_notice
    from expertpool.documents.paper_text import paper_text

    with opened(create=False) as pool:
        text = paper_text(alert_notice(pool, uid))
    answer({"uid": uid, "notice": text}, json, lambda: text)


@dismissals.command("list")
def list_dismissals(person: Annotated[str, typer.Option(help="uid of a person.")] = "", json: Json = False) -> None:
    """List dismissed findings, newest first."""
    from expertpool.checks.dismissals import dismissal_rows

    with opened(create=False) as pool:
        rows = dismissal_rows(pool, person)
    answer(rows, json, lambda: table(
        [(row.uid, row.person, row.case, row.rule, row.text, row.reason) for row in rows],
        [_("Dismissal"), _("Name"), _("Case number"), _("Rule"), _("Found"), _("Reason")]))


@dismissals.command("add")
def add(number: str, uid: str, key: Annotated[str, typer.Argument(help="Key of the finding, as check --json says.")],
        reason: Reason, json: Json = False) -> None:
    """Dismiss a finding between a case and a person as a false alarm."""
    from expertpool.checks.dismissals import dismiss

    with opened(create=False) as pool:
        dismiss(pool, number, uid, key, reason)
    answer({"case": number, "uid": uid, "key": key}, json, lambda: _("Dismissed."))


@dismissals.command("undo")
def undo(uid: str, reason: Reason = "", json: Json = False) -> None:
    """Let a dismissed finding stand again."""
    from expertpool.checks.dismissals import take_back

    with opened(create=False) as pool:
        take_back(pool, uid, reason)
    answer({"uid": uid}, json, lambda: _("The finding stands again."))
