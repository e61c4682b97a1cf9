"""R7 and R10: earlier service in the same dispute (法释〔2019〕2号 art. 5) and in related cases.

The table of procedures is data: ``resources/rules/procedures.json``; the first row that fits applies. A dispute may
be sent back more than once: a first instance after a second instance or a retrial opens a new *round*, which case
numbers do not show.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from expertpool.cases.case_number import parse
from expertpool.checks.facts import CaseFacts, InterestFact, LinkFact, PersonFacts, ServiceFact
from expertpool.checks.findings import FactReference, Finding, found
from expertpool.foundation.json_values import JsonObject
from expertpool.rules import vocabulary
from expertpool.rules.book import LEVELS, LawSource, RuleBook

# roles whose earlier service art. 5 judges by the procedure
COURT_ROLES = ("technical_investigator", "technical_consultant")
RECUSED = "recused"  # the state of service that a recusal decision ended
# the same procedure, but in a round after a remand
_SECOND = {"first_instance": "remand_first", "second_instance": "remand_second"}
_FIRST = ("first_instance", "remand_first")
_ABOVE = ("second_instance", "remand_second", "retrial", "retrial_first", "retrial_second")
_BESIDE = ("counterclaim", "transferred")  # links that do not begin a new round


@dataclass(frozen=True)
class Stage:
    """A procedure with its round: 0 before any remand, 1 after the first remand; None where unknown."""

    procedure: str
    round: int | None = None


def earlier_service(person: PersonFacts, case: CaseFacts, rules: RuleBook) -> Iterator[Finding]:
    """R7: each service and declared role of the person in this dispute, judged by the tables for roles and
    procedures."""
    rule = rules.rule("R7")
    for service in person.service:
        took_part = vocabulary.value("assignment_state", service.state, "took_part") or "yes"
        if took_part == "no" or not in_dispute(service, case):
            continue
        if service.case_id == case.id and service.state == RECUSED:
            yield found(rule, "recused", _facts(service, case), nature=case.nature, number=case.number,
                        role=service.role)
            continue
        if service.case_id == case.id and service.role == case.role:
            if vocabulary.flag("assignment_state", service.state, "open"):
                yield found(rule, "already", _facts(service, case), nature=case.nature, number=case.number,
                            role=service.role)
                continue
            if not _cross_row(service.role, case.role, rules.table("procedures")):
                continue  # serving again in the same procedure is not barred by art. 5
        finding = _judge(service, case, rules)
        if took_part == "perhaps" and finding.blocks:
            finding = found(rule, "perhaps", finding.facts, level="warn", source=finding.source,
                            **finding.parameters)
        yield finding
    yield from _declared_roles(person, case, rules)


def related_service(person: PersonFacts, case: CaseFacts, rules: RuleBook) -> Iterator[Finding]:
    """R10: service in a linked case of another dispute, e.g. in the invalidation of the patent in suit (by analogy
    法释〔2019〕2号 arts. 4, 5)."""
    rule = rules.rule("R10")
    links = {link.case_id: link for link in case.links if link.kind in rules.parameter("R10", "kinds")}
    for service in person.service:
        link = links.get(service.case_id)
        if link and not in_dispute(service, case) and (
                vocabulary.value("assignment_state", service.state, "took_part") != "no"):
            yield found(rule, "related", _facts(service, case), nature=case.nature, number=service.number,
                        role=service.role, link=link.kind)


def in_dispute(service: ServiceFact, case: CaseFacts) -> bool:
    """Whether the service was in this case or in another procedure of its dispute."""
    if service.case_id == case.id or (case.dispute_id is not None and service.dispute_id == case.dispute_id):
        return True
    link = _link(case, service.case_id)
    if link and link.kind:
        return vocabulary.flag("case_link", link.kind, "family")
    return link is not None


def procedure_here(case: CaseFacts) -> str:
    """The procedure of the case; first instances after a remand (发回重审) are told from the original one.

    A case number does not show this: after a remand the case gets an ordinary first-instance number. A first instance
    opens another round if the dispute has an earlier second instance or retrial, or if it is linked as a remand.
    """
    return stage_of(case, None).procedure


def stage_of(case: CaseFacts, case_id: int | None, procedure: str = "") -> Stage:
    """Procedure and round of this case (``case_id`` None) or of another case of its dispute.

    A preservation counts in the round of the case it belongs to. A case outside this case's chain gets the given
    ``procedure`` and an unknown round.
    """
    own = LinkFact(case.id, case.number, "", case.procedure, case.dispute_id)
    line = [*(link for link in case.links if link.earlier and _in_line(link)), own,
            *(link for link in case.links if not link.earlier and _in_line(link))]
    wanted = case.id if case_id is None else case_id
    number, passed = 0, False
    for member in line:
        if _opens_round(member, case, passed):
            number, passed = number + 1, False
        if member.procedure.startswith("remand"):
            number = max(number, 1)
        passed = passed or member.procedure in _ABOVE
        if member.case_id == wanted:
            known = procedure or member.procedure
            return Stage(_SECOND.get(known, known) if number else known, number)
    return Stage(procedure, 1 if procedure.startswith("remand") else None)


def _opens_round(member: LinkFact, case: CaseFacts, passed: bool) -> bool:
    """Whether a case of the chain begins another round; ``passed`` if a higher procedure came before it."""
    if member.procedure not in _FIRST:
        return False
    if member.case_id == case.id:
        kinds = {link.kind for link in case.links if link.direct and link.earlier}
        return "remand" in kinds or (passed and not kinds & set(_BESIDE))
    if member.kind == "remand" and not (member.direct and member.earlier):
        return True
    return passed and not (member.kind in _BESIDE and not member.direct)


def served_row(earlier: Stage, later: Stage, table: JsonObject) -> JsonObject:
    """The row of the art. 5 table for an earlier and a later procedure.

    A row may require the ``same round``, or the later procedure in a ``later round``; where a round is unknown, only
    ``same round`` is taken as met.
    """
    known = earlier.round is not None and later.round is not None
    for row in table["served"]:
        needs = row.get("needs", "")
        met = not needs or (needs == "same round" and (not known or earlier.round == later.round)) or (
            needs == "later round" and known and int(later.round or 0) > int(earlier.round or 0))
        if met and row["earlier"] in (earlier.procedure, "*") and row["later"] in (later.procedure, "*"):
            return dict(row)
    raise LookupError((earlier, later))  # the last row of the table fits everything


def _judge(service: ServiceFact, case: CaseFacts, rules: RuleBook) -> Finding:
    """The stricter of two judgements: by the change of role, and by the change of procedure."""
    table = rules.table("procedures")
    rule, nature = rules.rule("R7"), case.nature
    words: JsonObject = {"number": service.number, "role": service.role, "wanted": case.role}
    choices: list[Finding] = []
    if row := _cross_row(service.role, case.role, table):
        choices.append(found(rule, row["code"], _facts(service, case), nature=nature, level=row["level"],
                             source=LawSource(**row["source"]), **words))
    if service.case_id != case.id and service.role in COURT_ROLES:
        choices.append(_by_procedure(service.case_id, service.procedure, _facts(service, case), case, rules, words))
    if not choices:
        choices.append(found(rule, "role_changed", _facts(service, case), nature=nature, level="warn",
                             **words))
    return max(choices, key=lambda one: LEVELS.index(one.level))


def _by_procedure(case_id: int, procedure: str, facts: tuple[FactReference, ...], case: CaseFacts, rules: RuleBook,
                  words: JsonObject) -> Finding:
    """What art. 5 says of service in another case of the dispute. A preservation counts as the case it belongs to."""
    table, rule = rules.table("procedures"), rules.rule("R7")
    there, here = stage_of(case, case_id, procedure), stage_of(case, None)
    main_there, main_here = _main_stage(case, case_id, there), _main_stage(case, case.id, here)
    row = served_row(main_there, main_here, table)
    if "preservation" in (there.procedure, here.procedure) and row["code"] in ("same_procedure", "preservation"):
        row = next(one for one in table["served"] if one["code"] == "preservation")
    return found(rule, row["code"], facts, nature=case.nature, level=row["level"],
                 source=LawSource(**table["sources"][row["part"]]),
                 **words, earlier=there.procedure, later=here.procedure)


def _main_stage(case: CaseFacts, case_id: int, stage: Stage) -> Stage:
    """The stage of the case to which a preservation belongs; a preservation before the suit (诉前) counts as first
    instance."""
    if stage.procedure != "preservation":
        return stage
    if case_id == case.id:
        main = next((link.case_id for link in case.links if link.direct and link.kind == "preservation"), None)
    else:
        link = _link(case, case_id)
        main = link.main if link else None
        if main is None and link and link.direct and link.kind == "preservation":
            main = case.id
    if main is None or main == case_id:
        return Stage("first_instance", 0)
    found = stage_of(case, None if main == case.id else main)
    return found if found.procedure else Stage("first_instance", 0)


def _cross_row(earlier: str, wanted: str, table: JsonObject) -> JsonObject | None:
    return next((row for row in table["cross"]
                 if row["earlier"] == earlier and row["later"] in (wanted, "*")), None)


def _declared_roles(person: PersonFacts, case: CaseFacts, rules: RuleBook) -> Iterator[Finding]:
    """Roles that the person declared (证人、代理人、专家辅助人 …) in a case of this dispute, given by its number.

    Declared service of the kind that art. 5 judges, e.g. at another court, is judged like service recorded in the
    pool.
    """
    cases = {parse(link.number).normalised: link for link in case.links if _in_line(link)}
    own = parse(case.number).normalised
    for interest in person.interests:
        number = parse(interest.name).normalised if interest.kind == "case_role" else ""
        if not number or (number != own and number not in cases):
            continue
        role = vocabulary.code_of("case_role", interest.relation or interest.detail) or "other"
        facts = (FactReference("interest", interest.name, interest.source), FactReference("participant", case.number))
        words = {"number": interest.name, "role": role, "wanted": case.role}
        choices = list(_declared_choices(role, cases.get(number), facts, case, rules, words, interest))
        if choices:
            yield max(choices, key=lambda one: LEVELS.index(one.level))


def _declared_choices(role: str, link: LinkFact | None, facts: tuple[FactReference, ...], case: CaseFacts,
                      rules: RuleBook, words: JsonObject, interest: InterestFact) -> Iterator[Finding]:
    if row := _cross_row(role, case.role, rules.table("procedures")):
        yield found(rules.rule("R7"), row["code"], facts, nature=case.nature, level=row["level"],
                    source=LawSource(**row["source"]), **words)
    if link is not None and role in COURT_ROLES:
        yield _by_procedure(link.case_id, link.procedure, facts, case, rules, words)


def _link(case: CaseFacts, case_id: int) -> LinkFact | None:
    return next((link for link in case.links if link.case_id == case_id), None)


def _in_line(link: LinkFact) -> bool:
    return not link.kind or vocabulary.flag("case_link", link.kind, "family")


def _facts(service: ServiceFact, case: CaseFacts) -> tuple[FactReference, ...]:
    return (FactReference("service", service.number, service.source), FactReference("participant", case.number))
