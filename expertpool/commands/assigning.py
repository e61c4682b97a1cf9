"""``match``, ``check``, ``appoint``, ``assignments``: from a case to the person who serves."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from expertpool.commands.frame import answer, opened, say, table
from expertpool.foundation.json_values import JsonObject, as_json
from expertpool.foundation.language import _
from expertpool.foundation.sentences import sentence
from expertpool.foundation.text import is_number
from expertpool.rules import vocabulary

assignments = typer.Typer(no_args_is_help=True, help="Who serves in which case (指派).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Role = Annotated[str, typer.Option(help="Role wanted, as code or word; by default the case's.")]


def role_code(text: str) -> str:
    """The code of a role given as code or word."""
    return vocabulary.code_of("role", text) or text


def match(
    number: Annotated[str, typer.Argument(help="Case number in any spelling.")] = "",
    role: Role = "", top: Annotated[int, typer.Option(help="At most so many candidates; 0 for all.")] = 10,
    all_open: Annotated[bool, typer.Option("--all-open", help="Every open case that lacks people.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Also how many each rule removes, and what would help.")] = False,
    json: Json = False,
) -> None:
    """Who may serve in a case and why, who must be verified, who may not and under which law."""
    from expertpool.matching.ranking import open_case_numbers, rank
    from expertpool.matching.relaxations import in_words, relaxations

    if not number and not all_open:
        raise typer.BadParameter(sentence("match.which"))
    with opened(create=False) as pool:
        numbers = open_case_numbers(pool) if all_open else [number]
        found = [ranking_json(rank(pool, one, role_code(role), top or None)) for one in numbers]
        for one in found if why else ():
            relaxed = relaxations(pool, one["case"], one["role"])
            one["why"] = asdict(relaxed) | {"words": in_words(relaxed)}
    answer(found if all_open else found[0], json, lambda: "\n\n".join(_in_words(one) for one in found))


def ranking_json(ranking: Any) -> JsonObject:
    """A ranking as the command line says it."""
    def person(one: Any) -> JsonObject:
        return {"uid": one.uid, "name": one.name, "employer": one.employer, "title": one.title,
                "score": one.score, "parts": one.parts, "reasons": list(one.reasons),
                "open_cases": one.open_cases, "cap": one.cap,
                "findings": [finding.as_json() for finding in one.findings]}

    def barred(one: Any) -> JsonObject:
        first = one.findings[0].as_json()
        return {"uid": one.uid, "name": one.name, "employer": one.employer,
                **{key: first[key] for key in ("rule", "severity", "text", "source", "facts")},
                "findings": [finding.as_json() for finding in one.findings]}

    return {"case": ranking.number, "role": ranking.role, "fields": list(ranking.fields),
            "rules": ranking.rules_version, "candidates": [person(one) for one in ranking.candidates],
            "to_verify": [person(one) for one in ranking.to_verify],
            "excluded": [barred(one) for one in ranking.excluded],
            "notes": [finding.as_json() for finding in ranking.notes], "counts": dict(ranking.counts)}


def panel(number: str, size: Annotated[int, typer.Argument(help="People wanted.")],
          need: Annotated[list[str] | None, typer.Option(
              help="CODE or CODE:COUNT: at least so many of a field or a title level.")] = None,
          together: Annotated[bool, typer.Option("--together", help="Two of one employer are allowed.")] = False,
          verify: Annotated[bool, typer.Option("--verify", help="Also those who must be verified.")] = False,
          role: Role = "", json: Json = False) -> None:
    """The best panel of several people for a case, or the needs that contradict each other."""
    from expertpool.matching.panels import Demand
    from expertpool.matching.panels import panel as best_panel

    demands = []
    for text in need or ():
        code, sign, count = text.partition(":")
        if sign and not (is_number(count) and len(count) < 4):
            raise typer.BadParameter(text)
        demands.append(Demand(code.strip(), int(count) if count else 1))
    with opened(create=False) as pool:
        found = best_panel(pool, number, size, demands, role=role_code(role), apart=not together, verify=verify)
    rows: list[JsonObject] = [{"uid": one.uid, "name": one.name, "employer": one.employer, "score": one.score,
                                   "reasons": list(one.reasons)} for one in found.people]
    answer({"case": number, "people": rows, "covered": list(found.covered), "missing": list(found.missing),
            "contradiction": list(found.contradiction)}, json, lambda: "\n".join(
        [f"{row['score']:>5}  {row['name']}  {row['employer']}  —  {'；'.join(row['reasons'])}" for row in rows]
        or [_("No such panel exists. These cannot hold together:"), *found.contradiction]))


def check(number: str, uid: str, role: Role = "", json: Json = False) -> None:
    """What stands between one person and one case."""
    from expertpool.checks.check import check as check_person

    with opened(create=False) as pool:
        found = [finding.as_json() for finding in check_person(pool, number, uid, role_code(role))]
    verdict = "block" if any(f["severity"] == "block" for f in found) else (
        "warn" if any(f["severity"] == "warn" for f in found) else "clear")
    answer({"case": number, "uid": uid, "verdict": verdict, "findings": found}, json, lambda: "\n".join(
        f"[{f['rule']} {vocabulary.word('level', f['severity'])}] {f['text']}  —  {f['source']}" for f in found)
        or _("Nothing stands against it."))


def appoint(number: str, uid: str, role: Role = "",
            reason: Annotated[str, typer.Option(help="Required where something must be verified.")] = "",
            override: Annotated[str, typer.Option(help="Ground on which a block that may be lifted is.")] = "",
            replaces: Annotated[str, typer.Option(help="uid of the assignment whose place is filled.")] = "",
            json: Json = False) -> None:
    """Appoint a person to a case; checks again at writing."""
    from expertpool.assignments.service import assignment_rows
    from expertpool.matching.appoint import appoint as appoint_person

    with opened(create=False) as pool:
        appoint_person(pool, number, uid, role_code(role), reason=reason, override=override, replaces=replaces)
        row = assignment_rows(pool, person=uid)[0]
    answer(row, json, lambda: _("{person} appointed to {case}").format(
        person=row.person, case=row.case))


@assignments.callback()
def _group() -> None:
    """Who serves in which case (指派)."""


@assignments.command("list")
def list_assignments(case: str = "", json: Json = False) -> None:
    """List assignments, newest first."""
    from expertpool.assignments.service import ONLY_OF_ONE, assignment_rows
    from expertpool.cases.details import case_detail

    with opened(create=False) as pool:
        rows = assignment_rows(pool, case=case_detail(pool, case).uid if case else "")
    unread = () if case else ONLY_OF_ONE
    said = [{name: value for name, value in as_json(row).items() if name not in unread} for row in rows]
    answer(said, json, lambda: table(
        [(r.case, r.person, vocabulary.word("role", r.role),
          vocabulary.word("assignment_state", r.state), r.appointed_on) for r in rows],
        [_("Case number"), _("Name"), _("Role"), _("State"), _("Appointed")]))
    say(_("{count} assignments").format(count=len(rows)))


@assignments.command("step")
def take_step(uid: Annotated[str, typer.Argument(help="uid of the assignment, see `assignments list --json`.")],
              state: Annotated[str, typer.Argument(help="notified, accepted, serving, completed, withdrawn …")],
              note: Annotated[str, typer.Option(help="Reason; required where a rule warns.")] = "",
              json: Json = False) -> None:
    """Take an assignment one step on; telling the parties needs the declaration for the case."""
    from expertpool.assignments.service import assignment_rows
    from expertpool.checks.next_step import change_assignment

    code = vocabulary.code_of("assignment_state", state) or state
    with opened(create=False) as pool:
        change_assignment(pool, uid, code, note=note)
        row = next(one for one in assignment_rows(pool) if one.uid == uid)
    answer(asdict(row), json, lambda: _("{name}: {state}").format(name=row.person,
                                                          state=vocabulary.word("assignment_state", row.state)))


def _in_words(ranking: JsonObject) -> str:
    lines = [f"{ranking['case']}  {vocabulary.word('role', ranking['role'])}"]
    for place, one in enumerate(ranking["candidates"], 1):
        lines.append(f"{place:>3}  {one['score']:>5}  {one['name']}  {one['employer']}  —  "
                     + "；".join(one["reasons"]))
    for one in ranking["to_verify"]:
        lines.append(f"  ?  {one['score']:>5}  {one['name']}  —  {one['findings'][0]['text']}")
    for one in ranking["excluded"]:
        if not one["rule"].startswith("E-"):
            lines.append(f"  ×         {one['name']}  —  {one['text']}  {one['source']}")
    counts = ranking["counts"]
    lines.append(_("{fit} may serve, {verify} to verify, {barred} may not").format(
        fit=counts["candidates"], verify=counts["to_verify"], barred=counts["excluded"]))
    return "\n".join([*lines, *ranking.get("why", {}).get("words", ())])
