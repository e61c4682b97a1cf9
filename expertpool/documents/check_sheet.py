"""The check sheet (核对表) of one person and one case: every rule, findings with facts, answers, fingerprint."""

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.checks.check_sheet import CheckSheet, SheetAnswer, SheetHit, SheetRule, check_sheet, live_sheet
from expertpool.documents.paper import Block, Facts, Heading, Paper, Span, Table
from expertpool.foundation.dates import local_time
from expertpool.foundation.language import _
from expertpool.foundation.text import joined
from expertpool.rules import vocabulary

RULE_WIDTH, FOOT_WIDTH = 24, 16  # widths in per cent


@numbers_hidden
def appointment_sheet(pool: Pool, assignment: str) -> Paper:
    """The sheet of an appointment (uid of the assignment), from its stored check. Raises ``sheet.none``."""
    return paper_of(check_sheet(pool, assignment), pool.name)


@numbers_hidden
def person_sheet(pool: Pool, number: str, uid: str, role: str = "") -> Paper:
    """The sheet of a check made now, of a person (uid) for a case, before any appointment."""
    return paper_of(live_sheet(pool, number, uid, role), pool.name)


def paper_of(sheet: CheckSheet, court: str) -> Paper:
    """The paper of a sheet that was already read."""
    blocks: list[Block] = [Facts(tuple(_head(sheet))), Heading(_verdict(sheet)), _rules(sheet)]
    lifted = [one for one in sheet.answers if one.level == "block"]
    rest = [one for one in sheet.answers if one.level != "block"]
    for title, answers in ((_("Blocks lifted by special approval"), lifted),
                           (_("Reasons given for what had to be verified"), rest)):
        if answers:
            blocks += [Heading(title), Facts(tuple(map(_answer, answers)), FOOT_WIDTH)]
    return Paper(_("Check sheet: recusal and eligibility"), (*blocks, Facts(tuple(_foot(sheet)), FOOT_WIDTH)), court,
                 sheet.number)


def _head(sheet: CheckSheet) -> list[tuple[str, str]]:
    rows = [(_("Case"), "\n".join([sheet.number, *(f"{name}：{value}" for name, value in sheet.case)])),
            (_("Expert"), joined(sheet.person, sheet.unit)), (_("Role"), vocabulary.word("case_role", sheet.role)),
            *sheet.person_facts]
    if sheet.stored:
        rows.append((_("Appointment"), joined(sheet.appointed_on, vocabulary.word("assignment_state", sheet.state))))
    return rows


def _verdict(sheet: CheckSheet) -> str:
    levels = [hit.level for rule in sheet.rules for hit in rule.hits]
    return _("{rules} rules checked: {blocks} forbid, {warnings} to verify, {hints} hints").format(
        rules=len(sheet.rules), blocks=levels.count("block"), warnings=levels.count("warn"),
        hints=levels.count("inform"))


def _rules(sheet: CheckSheet) -> Table:
    lifted = {key for one in sheet.answers if one.level == "block" for key in one.rules}
    rows = tuple(((Span(rule.rule, "strong"), Span(f" {rule.title}")), _found(rule, rule.rule in lifted))
                 for rule in sheet.rules)
    return Table((_("Rule"), _("Result, facts and provision")), rows, (RULE_WIDTH, 0))


def _found(rule: SheetRule, lifted: bool) -> tuple[Span, ...]:
    if not rule.hits:
        return Span(_("nothing found") + "\n"), Span(rule.source, "small")
    spans: list[Span] = []
    for hit in rule.hits:
        spans += [*([Span("\n")] if spans else []), *_hit(hit, lifted)]
    return tuple(spans)


def _hit(hit: SheetHit, lifted: bool) -> list[Span]:
    level = vocabulary.word("level", hit.level) if not hit.dismissed else _("dismissed as a false alarm")
    if lifted and hit.level == "block":
        level = joined(level, _("lifted"))
    said = [f" {hit.text}"]
    if hit.dismissed:
        said.append(_("Why dismissed: {reason}").format(reason=hit.dismissed))
    said += [f"  {what}“{value}”" + (f"（{source}）" if source else "") for what, value, source in hit.facts]
    return [Span(f"[{level}]", "strong"), Span("\n".join(said) + "\n"), Span(hit.source, "small")]


def _answer(one: SheetAnswer) -> tuple[str, str]:
    return "、".join(one.rules), f"{one.reason}\n{joined(one.by, one.office, local_time(one.at))}"


def _foot(sheet: CheckSheet) -> list[tuple[str, str]]:
    rows = [(_("Checked at"), local_time(sheet.checked_at)), (_("Rule book"), sheet.rules_version)]
    if sheet.other_rules:
        rows.append(("", _("The rule book has changed since. Findings and provisions are those of the check; the "
                           "list of rules and their titles are today's as in force on that day.")))
    agrees = _("agrees: worked out again from the stored record") if sheet.intact else _(
        "DOES NOT AGREE: the stored record is not as it was written")
    said = agrees if sheet.stored else _("of a check without an appointment; nothing is stored")
    rows.append((_("Fingerprint"), f"{sheet.fingerprint[:32]}\n{sheet.fingerprint[32:]}\n{said}"))
    rows.append((_("Signatures"), _("Checked by:                    Approved by:                    Date:")))
    return rows
