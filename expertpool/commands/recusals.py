"""``recusals``: applications that somebody step aside (回避申请), decided and reconsidered."""

from typing import Annotated

import typer

from expertpool.accounts.pool_protocol import Pool
from expertpool.assignments.recusal_rows import RecusalRow
from expertpool.commands.frame import answer, opened, say, table
from expertpool.foundation.json_values import as_json
from expertpool.foundation.language import _
from expertpool.rules import vocabulary

app = typer.Typer(no_args_is_help=True, help="Recusal applications (回避申请).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Day = Annotated[str, typer.Option(help="Day as YYYY-MM-DD; by default today.")]
By = Annotated[str, typer.Option(help="Presiding or sole judge who decides.")]
Reason = Annotated[str, typer.Option(help="Reasons of the decision.")]


def _code(kind: str, text: str) -> str:
    return vocabulary.code_of(kind, text) or text


@app.command("apply")
def apply(
    assignment: Annotated[str, typer.Argument(help="Uid of the assignment.")],
    applicant: Annotated[str, typer.Option(help="Who asks.")] = "",
    side: Annotated[str, typer.Option(help="Position in the case, as code or word.")] = "",
    form: Annotated[str, typer.Option(help="written, oral, self or own_motion.")] = "written",
    ground: Annotated[str, typer.Option(help="Ground, as code or word of the list.")] = "",
    text: Annotated[str, typer.Option(help="The ground in the applicant's words.")] = "",
    on: Day = "",
    urgent: Annotated[str, typer.Option(help="Why urgent measures go on meanwhile.")] = "",
    later_known: Annotated[str, typer.Option(help="When and how the ground became known after the hearing.")] = "",
    json: Json = False,
) -> None:
    """File an application; the person is suspended from the work."""
    from expertpool.assignments.recusals import RecusalDraft, apply_for_recusal, recusal_rows

    with opened(create=False) as pool:
        apply_for_recusal(pool, assignment, RecusalDraft(
            applicant, _code("party_side", side), _code("recusal_form", form), _code("recusal_ground", ground), text,
            on, urgent, later_known))
        row = next(one for one in recusal_rows(pool) if one.assignment == assignment)
    answer(row, json, lambda: _in_words(row))


@app.command("decide")
def decide(uid: Annotated[str, typer.Argument(help="Uid of the application.")],
           outcome: Annotated[str, typer.Argument(help="granted or dismissed.")],
           by: By, reason: Reason, on: Day = "", json: Json = False) -> None:
    """Decide an application; what is left to do is said."""
    from expertpool.assignments.recusals import decide_recusal, follow_up

    with opened(create=False) as pool:
        decide_recusal(pool, uid, _code("recusal_decision", outcome), by=by, reason=reason, on=on)
        row = _row(pool, uid)
        after = follow_up(pool, uid)
    answer(as_json(row) | {"replaces": after.replaces, "notices": list(after.notices)}, json,
           lambda: "\n".join([_in_words(row), *after.notices]))


@app.command("reconsider")
def reconsider(uid: Annotated[str, typer.Argument(help="Uid of the application.")],
               outcome: Annotated[str, typer.Argument(help="Nothing to ask for it; upheld or changed.")] = "",
               by: Annotated[str, typer.Option(help="Who decides.")] = "", reason: Reason = "", on: Day = "",
               json: Json = False) -> None:
    """Ask for reconsideration, or decide it."""
    from expertpool.assignments.recusals import ask_reconsideration, decide_reconsideration

    if outcome not in ("", "upheld", "changed"):
        raise typer.BadParameter("upheld / changed")
    with opened(create=False) as pool:
        if outcome:
            decide_reconsideration(pool, uid, outcome == "upheld", by=by, reason=reason, on=on)
        else:
            ask_reconsideration(pool, uid, on)
        row = _row(pool, uid)
    answer(row, json, lambda: _in_words(row))


@app.command("list")
def listing(case: Annotated[str, typer.Option(help="Case number in any spelling.")] = "",
            person: Annotated[str, typer.Option(help="Uid of the person.")] = "",
            state: Annotated[str, typer.Option(help="open, pending, granted, dismissed, reconsidering …")] = "",
            json: Json = False) -> None:
    """List applications, newest first, with the days left."""
    from expertpool.assignments.recusals import recusal_rows
    from expertpool.cases.details import case_detail

    with opened(create=False) as pool:
        rows = recusal_rows(pool, case_detail(pool, case).uid if case else "", person, state)
    answer(rows, json, lambda: table(
        [(r.case, r.person, r.applicant, vocabulary.word("recusal_stage", r.stage), r.due,
          "" if r.days_left is None else r.days_left) for r in rows],
        [_("Case number"), _("Name"), _("Applicant"), _("State"), _("Due"), _("Days left")]))
    say(_("{count} applications").format(count=len(rows)))


def _row(pool: Pool, uid: str) -> "RecusalRow":
    from expertpool.assignments.recusals import recusal_rows

    return next(one for one in recusal_rows(pool) if one.uid == uid)


def _in_words(row: "RecusalRow") -> str:
    said = _("{person} in {case}: {state}").format(
        person=row.person, case=row.case, state=vocabulary.word("recusal_stage", row.stage))
    return said + (_(", due on {day}").format(day=row.due) if row.due else "")
