"""R7 and R10: earlier service in the same dispute (法释〔2019〕2号 art. 5) and in related cases.

The table of procedures is data: ``resources/rules/procedures.json``, the first row that fits counts.
"""

from collections.abc import Iterator
from typing import Any

from expertpool.cases.case_number import parse
from expertpool.foundation import vocabulary
from expertpool.foundation.rulebook import LEVELS, LawSource, RuleBook
from expertpool.matching.facts import CaseFacts, LinkFact, PersonFacts, ServiceFact
from expertpool.matching.findings import FactReference, Finding, found


def earlier_service(person: PersonFacts, case: CaseFacts, rules: RuleBook) -> Iterator[Finding]:
    """R7: every service and declared role of the person in this dispute, judged by the two tables."""
    rule = rules.rule("R7")
    for service in person.service:
        took_part = vocabulary.value("assignment_state", service.state, "took_part") or "yes"
        if took_part == "no" or not in_dispute(service, case):
            continue
        if service.case_id == case.id and service.role == case.role:
            if vocabulary.flag("assignment_state", service.state, "open"):
                yield found(rule, "already", _facts(service, case), nature=case.nature, number=case.number,
                            role=service.role)
                continue
            if not _cross_row(service.role, case.role, rules.table("procedures")):
                continue  # back into the same procedure: art. 5 has nothing against it
        finding = _judge(service, case, rules)
        if took_part == "perhaps" and finding.blocks:
            finding = found(rule, "perhaps", finding.facts, level="warn", source=finding.source,
                            **finding.parameters)
        yield finding
    yield from _declared_roles(person, case, rules)


def related_service(person: PersonFacts, case: CaseFacts, rules: RuleBook) -> Iterator[Finding]:
    """R10: service in a linked case of another dispute, e.g. the invalidation of the patent in suit."""
    rule = rules.rule("R10")
    links = {link.case_id: link for link in case.links if link.kind in rule.parameters["kinds"]}
    for service in person.service:
        link = links.get(service.case_id)
        if link and vocabulary.value("assignment_state", service.state, "took_part") != "no":
            yield found(rule, "related", _facts(service, case), nature=case.nature, number=service.number,
                        role=service.role, link=link.kind)


def in_dispute(service: ServiceFact, case: CaseFacts) -> bool:
    """Whether the service was in this case or in another procedure of its dispute."""
    if service.case_id == case.id:
        return True
    link = next((link for link in case.links if link.case_id == service.case_id), None)
    if link and link.kind:
        return vocabulary.flag("case_link", link.kind, "family")
    return link is not None or (case.dispute_id is not None and service.dispute_id == case.dispute_id)


def procedure_here(case: CaseFacts) -> str:
    """The case's procedure, with the second round after a remand (发回重审) told from the first.

    Numbers do not show it: after a remand the case gets an ordinary first-instance number. A first
    instance with a second instance before it in the dispute is the second round; so is a second
    instance with one before it.
    """
    before = {link.procedure for link in case.links if link.earlier}
    if "second_instance" in before or "remand_first" in before:
        return {"first_instance": "remand_first", "second_instance": "remand_second"}.get(
            case.procedure, case.procedure)
    return case.procedure


def served_row(earlier: str, later: str, case: CaseFacts, link_kind: str,
               table: dict[str, Any]) -> dict[str, Any]:
    """The row of the art. 5 table for two procedures."""
    remand = later.startswith("remand") or any(
        link.kind == "remand" or link.procedure.startswith("remand") for link in case.links)
    for row in table["served"]:
        needs = row.get("needs", "")
        met = not needs or (needs == "remand" and remand) or needs == f"linked {link_kind}"
        if met and row["earlier"] in (earlier, "*") and row["later"] in (later, "*"):
            return dict(row)
    raise LookupError((earlier, later))  # the last row of the table takes everything


def _judge(service: ServiceFact, case: CaseFacts, rules: RuleBook) -> Finding:
    """The stricter of the two tables: change of role, and change of procedure."""
    table = rules.table("procedures")
    rule, nature = rules.rule("R7"), case.nature
    words: dict[str, Any] = {"number": service.number, "role": service.role, "wanted": case.role}
    choices: list[Finding] = []
    if row := _cross_row(service.role, case.role, table):
        choices.append(found(rule, row["code"], _facts(service, case), nature=nature, level=row["level"],
                             source=LawSource(**row["source"]), **words))
    if service.case_id != case.id and service.role in ("technical_investigator", "technical_consultant"):
        link = next((link.kind for link in case.links if link.case_id == service.case_id), "")
        later = procedure_here(case)
        row = served_row(service.procedure, later, case, link, table)
        choices.append(found(rule, row["code"], _facts(service, case), nature=nature, level=row["level"],
                             source=LawSource(**table["sources"][row["part"]]),
                             **words, earlier=service.procedure, later=later))
    if not choices:
        choices.append(found(rule, "role_changed", _facts(service, case), nature=nature, level="warn",
                             **words))
    return max(choices, key=lambda one: LEVELS.index(one.level))


def _cross_row(earlier: str, wanted: str, table: dict[str, Any]) -> dict[str, Any] | None:
    return next((row for row in table["cross"]
                 if row["earlier"] == earlier and row["later"] in (wanted, "*")), None)


def _declared_roles(person: PersonFacts, case: CaseFacts, rules: RuleBook) -> Iterator[Finding]:
    """Roles declared by the person (证人、代理人、专家辅助人 …) in a case of this dispute, by its number."""
    numbers = {parse(number).normalised for number in (case.number, *_family_numbers(case.links))}
    for interest in person.interests:
        if interest.kind != "case_role" or parse(interest.name).normalised not in numbers:
            continue
        role = vocabulary.code_of("case_role", interest.relation or interest.detail) or "other"
        row = _cross_row(role, case.role, rules.table("procedures"))
        if row is None:
            continue  # the same role again: its service, not its declaration, is what art. 5 judges
        declared = f"{interest.name} {vocabulary.word('case_role', role)}"
        facts = (FactReference("interest", declared, interest.source),
                 FactReference("participant", case.number))
        yield found(rules.rule("R7"), row["code"], facts, nature=case.nature, level=row["level"],
                    source=LawSource(**row["source"]), number=interest.name, role=role, wanted=case.role)


def _family_numbers(links: tuple[LinkFact, ...]) -> list[str]:
    return [link.number for link in links
            if not link.kind or vocabulary.flag("case_link", link.kind, "family")]


def _facts(service: ServiceFact, case: CaseFacts) -> tuple[FactReference, ...]:
    served = f"{service.number} {vocabulary.word('case_role', service.role)}"
    return (FactReference("service", served, service.source), FactReference("participant", case.number))
