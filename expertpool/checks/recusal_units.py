"""The recusal checks that compare units (单位): R2, R3, R4, R6, R9, R12."""

from collections.abc import Iterator

from expertpool.checks.facts import EmploymentFact, InterestFact
from expertpool.checks.findings import Finding
from expertpool.checks.namesakes import current, names_match
from expertpool.checks.recusal_context import (
    RecusalContext,
    declaration,
    declared,
    long_past,
    named,
    near,
    post,
    unit_of,
)
from expertpool.foundation.dates import over
from expertpool.organisations.book import UnitName


def unit(context: RecusalContext) -> Iterator[Finding]:
    """R2: the present unit is a party (or patentee), a branch of it, or in its group (民事诉讼法(2023) art.
    47(1)(2)(3))."""
    rule = context.rules.rule("R2")
    for job in context.employments():
        if not current(job, context.day):
            continue
        for other, relation in context.parties(_unit(job)):
            if relation.kind != "alike":
                same = "office" if job.kind == "office" else "same_unit"
                outcome = same if relation.kind == "same" else relation.kind
                yield context.unit_finding(rule, outcome, post(job), _unit(job), other, "party", relation,
                                           name=context.person.name, **_days(job))


def former_unit(context: RecusalContext) -> Iterator[Finding]:
    """R3: a unit left less than the set number of years ago is a party, a branch of it, or in its group (民事诉讼法
    art. 47(1)(3); by analogy 政府采购法实施条例 art. 9)."""
    rule, years = context.rules.rule("R3"), context.rules.parameter("R3", "years")
    for job in context.employments():
        if current(job, context.day) or long_past(job.end, years, context.day):
            continue
        for other, relation in context.parties(_unit(job)):
            if relation.kind in ("same", "branch"):
                outcome = ("left_unknown" if not job.end else
                           "office_ended" if job.kind == "office" else "left_recently")
            elif relation.kind == "group":
                outcome = "group"
            else:
                continue
            yield context.unit_finding(rule, outcome, post(job, "former_employment"), _unit(job), other, "party",
                                       relation, name=context.person.name, date=job.end,
                                       years=years, **_days(job))


def avoided(context: RecusalContext) -> Iterator[Finding]:
    """R4: a declared unit or person to avoid is a party, a representative, an agent or an agents' firm (民事诉讼法
    art. 47(1)(3); 法释〔2019〕2号 art. 4)."""
    rule = context.rules.rule("R4")
    for interest in context.interests("avoid_unit", "avoid_person"):
        if over(interest.end, context.day):
            continue
        for participant in context.participants:
            if names_match(interest, participant):
                yield context.finding(rule, "person", declared(interest), participant, name=interest.name,
                                      **declaration(interest))
        for other, kind, relation in context.units_in_case(unit_of(interest)):
            if relation.kind != "alike":
                outcome = "group" if relation.kind == "group" else "unit"
                yield context.unit_finding(
                    rule,
                    outcome,
                    declared(interest),
                    unit_of(interest),
                    other,
                    kind,
                    relation,
                    **declaration(interest),
                )


def firms(context: RecusalContext) -> Iterator[Finding]:
    """R6: the agents' firm is or lately was the person's unit; or a party gave the person a mandate (by analogy
    北京知识产权法院 回避实施细则 art. 2(2)–(4); 民事诉讼法 art. 47(1)(3))."""
    rule = context.rules.rule("R6")
    years = context.rules.parameter("R6", "years")
    for job in context.employments():
        here = current(job, context.day)
        if not here and long_past(job.end, years, context.day):
            continue
        for other, kind, relation in context.units_in_case(_unit(job)):
            if kind != "firm" or relation.kind == "alike" or long_past(other.ended, years, context.day):
                continue
            if here:
                outcome = relation.kind if relation.kind != "same" else "firm"
            elif relation.kind == "group":
                continue  # a former post at a firm that is only linked with the agents' firm does not bar
            else:
                outcome = "former_firm" if job.end else "former_unknown"
            yield context.unit_finding(rule, outcome, post(job), _unit(job), other, kind, relation,
                                       name=context.person.name, date=job.end, years=years, **_days(job))
    yield from _mandates(context)


def _mandates(context: RecusalContext) -> Iterator[Finding]:
    """R6: mandates from a party or against it, still running or ended less than the set number of years ago."""
    rule = context.rules.rule("R6")
    years, against = context.rules.parameter("R6", "years"), context.rules.parameter("R6", "against")
    for interest in context.interests("mandate"):
        if long_past(interest.end, years, context.day):
            continue
        for other, kind, relation in context.units_in_case(unit_of(interest)):
            if kind == "party" and relation.kind != "alike":
                opposed = any(word in interest.detail for word in against)
                outcome = "mandate_group" if relation.kind == "group" else "against" if opposed else "mandate"
                yield context.unit_finding(
                    rule,
                    outcome,
                    declared(interest, "mandate"),
                    unit_of(interest),
                    other,
                    kind,
                    relation,
                    years=years,
                    **_ended(interest),
                    **declaration(interest),
                )


def holdings(context: RecusalContext) -> Iterator[Finding]:
    """R9: the person or a near relative holds shares in a party (民诉法解释(2022) art. 43(5); 民事诉讼法 art.
    47(1)(2))."""
    rule = context.rules.rule("R9")
    for interest in context.interests("holding"):
        if over(interest.end, context.day) or not near(interest):
            continue
        for other, kind, relation in context.units_in_case(unit_of(interest)):
            if kind != "party" or relation.kind == "alike":
                continue
            outcome = "group" if relation.kind == "group" else (
                "listed" if _listed(context, interest, named(other, kind)) else "unlisted")
            if other.kind == "patentee" and outcome == "unlisted":
                outcome = "patentee"
            holder = interest.name if interest.relation else ""
            yield context.unit_finding(rule, outcome, declared(interest, "holding"), unit_of(interest), other, kind,
                                       relation, holder=holder, **declaration(interest))


def _listed(context: RecusalContext, interest: InterestFact, party: UnitName) -> bool:
    return (not interest.unlisted or context.book.key(unit_of(interest)) in context.book.listed
            or context.book.key(party) in context.book.listed)


def alike_units(context: RecusalContext) -> Iterator[Finding]:
    """R12: a unit of the person or of a declaration has a name like that of a unit in the case; it asks for
    verification of R2 and R3, on the same provisions."""
    units = [(_unit(job), post(job)) for job in context.employments() if current(job, context.day)]
    units += [(unit_of(interest), declared(interest)) for interest in
              context.interests("avoid_unit", "holding", "mandate") if not over(interest.end, context.day)]
    for one, fact in units:
        for other, kind, relation in context.units_in_case(one):
            if relation.kind == "alike":
                yield context.unit_finding(context.rules.rule("R12"), "alike", fact, one, other, kind, relation)


def _unit(job: EmploymentFact) -> UnitName:
    return UnitName(job.name, job.organisation_id)


def _days(job: EmploymentFact) -> dict[str, str]:
    return {name: value for name, value in (("start", job.start), ("end", job.end)) if value}


def _ended(interest: InterestFact) -> dict[str, str]:
    return {name: value for name, value in (("start", interest.start), ("end", interest.end)) if value}
