"""From a case to people (匹配): who may serve and how well each fits, who must be verified, who may not and why."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.assignments.tables import Assignment
from expertpool.cases.details import CaseDetail, load_case
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CaseField, CourtCase
from expertpool.experts.browse import codes_of
from expertpool.experts.tables import PersonListing
from expertpool.fields.recognise import recognise
from expertpool.fields.symbols import find_symbols
from expertpool.fields.tree import tree
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.rulebook import RuleBook
from expertpool.foundation.uids import now_stamp
from expertpool.matching.findings import Finding
from expertpool.matching.recusal import check_case
from expertpool.matching.roll import everybody, screen
from expertpool.matching.scores import field_match, reasons, score
from expertpool.matching.texts import case_text, text_index

RECOGNISED = 3  # fields taken from the text where a case names none


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may serve. ``parts`` are points, ``score`` their sum (0 to 100)."""

    id: int
    uid: str
    name: str
    employer: str
    title: str
    title_level: str
    score: float
    parts: dict[str, float]
    reasons: tuple[str, ...]
    open_cases: int
    cap: int
    findings: tuple[Finding, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who may not serve, with every finding, the gravest first."""

    id: int
    uid: str
    name: str
    employer: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Ranking:
    """The answer for one case: best first; ``state`` is the pool's state it was computed on."""

    number: str
    case_uid: str
    role: str
    rules_version: str
    checked_at: str
    state: int
    fields: tuple[str, ...]
    candidates: list[Candidate] = field(default_factory=list)
    to_verify: list[Candidate] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    notes: tuple[Finding, ...] = ()


def rank(pool: Pool, number: str, role: str = "", top: int | None = None, progress: Progress = SILENT) -> Ranking:
    """Check and rank everybody in the pool for one case.

    Raises ``case.unknown`` if the number is not in the docket.
    """
    screening = screen(pool, number, role)
    rules, wanted_role = screening.rules, screening.role
    findings = dict(everybody(screening))
    with pool.read() as session:
        record = case_by_number(session, number)
        case = load_case(session, record)
        listings = session.execute(select(PersonListing.__table__)).all()
        fields = case_fields(case)
        experience = _experience(session, fields, record.id or 0)
    points = _Points(pool, case, fields, experience, rules)
    result = Ranking(record.number, record.uid, wanted_role, rules.version, now_stamp(), screening.moment.entry,
                     tuple(fields), notes=tuple(check_case(screening.case, rules, screening.day)))
    for row in listings:
        if row.person_id not in findings:
            continue
        hits = findings[row.person_id]
        if any(hit.blocks for hit in hits):
            result.excluded.append(Excluded(row.person_id, row.uid, row.name, row.employer, hits))
        else:
            verify = any(hit.level == "warn" for hit in hits)
            (result.to_verify if verify else result.candidates).append(points.candidate(row, hits))
    for group in (result.candidates, result.to_verify):
        group.sort(key=lambda one: (-one.score, one.open_cases, one.name, one.uid))
        group[:] = [points.explained(one) for one in group[:top]]
    result.excluded.sort(key=lambda one: (one.findings[0].rule.startswith("E-"), one.findings[0].rule, one.name))
    return result


def case_fields(case: CaseDetail) -> list[str]:
    """The codes a case asks for: those given, the patents' IPC symbols, else what its text speaks of."""
    given = [row["code"] for row in case.fields]
    symbols = [symbol for patent in case.patents for text in patent["ipc"] for symbol in find_symbols(text)]
    codes = list(dict.fromkeys([*symbols, *given]))
    if not codes:
        codes = [guess.code for guess in recognise(case_text(case))[:RECOGNISED]]
    return [code for code in codes if tree().knows(code)]


class _Points:
    """Scores a person of the listing for one case; the words of the reason are found only for those shown."""

    def __init__(self, pool: Pool, case: CaseDetail, fields: list[str], experience: Counter[int],
                 rules: RuleBook) -> None:
        self.fields, self.experience, self.rules = fields, experience, rules
        self.index, self.text = text_index(pool), case_text(case)
        known = self.text and self.index.ids
        likeness = self.index.query(self.text).tolist() if known else []
        self.likeness: dict[int, float] = dict(zip(self.index.ids, likeness, strict=True)) if known else {}
        self.usual = int(rules.parameter("E-LOAD", "cap"))
        self.ranking = rules.rule("ranking").parameters

    def candidate(self, row: Any, hits: tuple[Finding, ...]) -> Candidate:
        """The person's points; reasons are still empty."""
        held = codes_of(row.fields)
        cap = self.usual if row.case_cap is None else row.case_cap
        parts = score({
            "field": field_match(self.fields, held, self.ranking["other_field"]).value,
            "text": self.likeness.get(row.person_id, 0.0) / self.ranking["text_full"],
            "experience": self.experience[row.person_id] / self.ranking["cases_full"],
            "load": 1 - row.open_cases / cap if cap else 0.0}, self.rules)
        return Candidate(row.person_id, row.uid, row.name, row.employer, row.title, row.title_level,
                         round(sum(parts.values()), 1), parts, (), row.open_cases, cap, hits, tuple(held))

    def explained(self, one: Candidate) -> Candidate:
        """The same with its reasons in words."""
        match = field_match(self.fields, one.fields, self.ranking["other_field"])
        alike = self.likeness.get(one.id, 0.0) > self.ranking["text_least"]
        words = tuple(self.index.shared_terms(self.text, one.id, 3)) if alike else ()
        return replace(one, reasons=reasons(match, words, self.experience[one.id], one.open_cases, one.cap))


def _experience(session: Session, fields: list[str], case_id: int) -> Counter[int]:
    """Person id → earlier cases that share a WIPO field with this one."""
    wanted = {w for code in fields for w in tree().wipo_fields(code)}
    if not wanted:
        return Counter()
    served = session.execute(select(Assignment.person_id, Assignment.court_case_id, CaseField.code).join(
        CaseField, CaseField.court_case_id == Assignment.court_case_id).where(
        Assignment.court_case_id != case_id,
        Assignment.state.not_in(["proposed", "declined", "cancelled"])))
    pairs = {(person, case) for person, case, code in served
             if tree().knows(code) and wanted & set(tree().wipo_fields(code))}
    return Counter(person for person, _case in pairs)


def open_case_numbers(pool: Pool) -> list[str]:
    """Numbers of the open cases that still lack people, oldest first."""
    from expertpool.cases.tables import CaseListing

    with pool.read() as session:
        return list(session.scalars(select(CourtCase.number).join(
            CaseListing, CaseListing.court_case_id == CourtCase.id).where(
            CaseListing.state == "open", CaseListing.serving < CaseListing.people_needed)
            .order_by(CourtCase.filed_on, CourtCase.number)))
