"""The recusal checks that compare units (单位): R2, R3, R4, R6, R9, R12."""

from collections.abc import Iterator

from expertpool.matching.desk import Desk, declaration, declared, long_past, named, near, post, unit_of
from expertpool.matching.facts import EmploymentFact, InterestFact, over
from expertpool.matching.findings import Finding
from expertpool.matching.organisation_book import UnitName
from expertpool.matching.people import current, names_match


def unit(desk: Desk) -> Iterator[Finding]:
    """R2: the present unit is a party (or patentee), its branch, or of its group."""
    rule = desk.rules.rule("R2")
    for job in desk.employments():
        if not current(job, desk.day):
            continue
        for other, relation in desk.parties(_unit(job)):
            if relation.kind != "alike":
                same = "office" if job.kind == "office" else "same_unit"
                outcome = same if relation.kind == "same" else relation.kind
                yield desk.unit_finding(rule, outcome, post(job), _unit(job), other, "party", relation,
                                        name=desk.person.name, **_days(job))


def former_unit(desk: Desk) -> Iterator[Finding]:
    """R3: a unit left less than so many years ago is a party, its branch, or of its group."""
    rule = desk.rules.rule("R3")
    for job in desk.employments():
        if current(job, desk.day) or long_past(job.end, rule.parameters["years"], desk.day):
            continue
        for other, relation in desk.parties(_unit(job)):
            if relation.kind in ("same", "branch"):
                outcome = ("left_unknown" if not job.end else
                           "office_ended" if job.kind == "office" else "left_recently")
            elif relation.kind == "group":
                outcome = "group"
            else:
                continue
            yield desk.unit_finding(rule, outcome, post(job, "former_employment"), _unit(job), other, "party",
                                    relation, name=desk.person.name, date=job.end,
                                    years=rule.parameters["years"], **_days(job))


def avoided(desk: Desk) -> Iterator[Finding]:
    """R4: a declared unit or person to avoid is a party, a representative, an agent or an agents' firm."""
    rule = desk.rules.rule("R4")
    for interest in desk.interests("avoid_unit", "avoid_person"):
        if over(interest.end, desk.day):
            continue
        for participant in desk.participants:
            if names_match(interest, participant):
                yield desk.finding(rule, "person", declared(interest), participant, name=interest.name,
                                   **declaration(interest))
        for other, kind, relation in desk.units_in_case(unit_of(interest)):
            if relation.kind != "alike":
                outcome = "group" if relation.kind == "group" else "unit"
                yield desk.unit_finding(rule, outcome, declared(interest), unit_of(interest), other, kind, relation,
                                        **declaration(interest))


def firms(desk: Desk) -> Iterator[Finding]:
    """R6: the agents' firm is or lately was the person's unit; a party gave the person a mandate."""
    rule = desk.rules.rule("R6")
    years = rule.parameters["years"]
    for job in desk.employments():
        here = current(job, desk.day)
        if not here and long_past(job.end, years, desk.day):
            continue
        for other, kind, relation in desk.units_in_case(_unit(job)):
            if kind != "firm" or relation.kind == "alike" or long_past(other.ended, years, desk.day):
                continue
            if here:
                outcome = relation.kind if relation.kind != "same" else "firm"
            elif relation.kind == "group":
                continue  # a former post at a firm that is only linked with the agents' firm
            else:
                outcome = "former_firm" if job.end else "former_unknown"
            yield desk.unit_finding(rule, outcome, post(job), _unit(job), other, kind, relation,
                                    name=desk.person.name, date=job.end, years=years, **_days(job))
    yield from _mandates(desk)


def _mandates(desk: Desk) -> Iterator[Finding]:
    """R6: mandates from a party or against it, running or ended less than so many years ago."""
    rule = desk.rules.rule("R6")
    years, against = rule.parameters["years"], rule.parameters["against"]
    for interest in desk.interests("mandate"):
        if long_past(interest.end, years, desk.day):
            continue
        for other, kind, relation in desk.units_in_case(unit_of(interest)):
            if kind == "party" and relation.kind != "alike":
                opposed = any(word in interest.detail for word in against)
                outcome = "mandate_group" if relation.kind == "group" else "against" if opposed else "mandate"
                yield desk.unit_finding(rule, outcome, declared(interest, "mandate"), unit_of(interest), other, kind,
                                        relation, years=years, **_ended(interest), **declaration(interest))


def holdings(desk: Desk) -> Iterator[Finding]:
    """R9: the person or a near relative holds shares of a party."""
    rule = desk.rules.rule("R9")
    for interest in desk.interests("holding"):
        if over(interest.end, desk.day) or not near(interest):
            continue
        for other, kind, relation in desk.units_in_case(unit_of(interest)):
            if kind != "party" or relation.kind == "alike":
                continue
            outcome = "group" if relation.kind == "group" else (
                "listed" if _listed(desk, interest, named(other, kind)) else "unlisted")
            if other.kind == "patentee" and outcome == "unlisted":
                outcome = "patentee"
            holder = interest.name if interest.relation else ""
            yield desk.unit_finding(rule, outcome, declared(interest, "holding"), unit_of(interest), other, kind,
                                    relation, holder=holder, **declaration(interest))


def _listed(desk: Desk, interest: InterestFact, party: UnitName) -> bool:
    return (not interest.unlisted or desk.book.key(unit_of(interest)) in desk.book.listed
            or desk.book.key(party) in desk.book.listed)


def alike_units(desk: Desk) -> Iterator[Finding]:
    """R12: a unit of the person or of a declaration has a name like that of a unit in the case."""
    units = [(_unit(job), post(job)) for job in desk.employments() if current(job, desk.day)]
    units += [(unit_of(interest), declared(interest)) for interest in
              desk.interests("avoid_unit", "holding", "mandate") if not over(interest.end, desk.day)]
    for one, fact in units:
        for other, kind, relation in desk.units_in_case(one):
            if relation.kind == "alike":
                yield desk.unit_finding(desk.rules.rule("R12"), "alike", fact, one, other, kind, relation)


def _unit(job: EmploymentFact) -> UnitName:
    return UnitName(job.name, job.organisation_id)


def _days(job: EmploymentFact) -> dict[str, str]:
    return {name: value for name, value in (("start", job.start), ("end", job.end)) if value}


def _ended(interest: InterestFact) -> dict[str, str]:
    return {name: value for name, value in (("start", interest.start), ("end", interest.end)) if value}
