"""From a case to people (匹配): who may serve and how well they fit, who must be verified, who may not serve and
why."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.details import CaseDetail, load_case
from expertpool.cases.docket import case_by_number
from expertpool.cases.tables import CourtCase
from expertpool.checks.findings import Finding
from expertpool.checks.recusal import check_case
from expertpool.checks.screening_index import Screening, screened, screening_index
from expertpool.experts.browse import codes_of
from expertpool.experts.tables import PersonListing
from expertpool.fields.recognise import recognise
from expertpool.fields.symbols import find_symbols
from expertpool.fields.tree import tree
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.uids import now_stamp
from expertpool.relevance.profiles import Profiles
from expertpool.relevance.scores import field_match, points, reasons
from expertpool.relevance.text_parts import TextParts, text_parts
from expertpool.relevance.texts import case_text
from expertpool.rules.stages import Stage
from expertpool.storage.queries import FoundRow, rows_where_in, table_of

RECOGNISED = 3  # most fields taken from the text if a case names none
WARN = 2  # the level that a screening gives


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
    """Somebody who may not serve, with every finding, gravest first."""

    id: int
    uid: str
    name: str
    employer: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Ranking:
    """The answer for one case, best first; ``state`` is the state of the pool for which it was computed.

    ``counts``: the full numbers of candidates, to_verify and excluded, however many are listed.
    """

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
    counts: dict[str, int] = field(default_factory=dict)


def rank(pool: Pool, number: str, role: str = "", top: int | None = None, progress: Progress = SILENT) -> Ranking:
    """Check and rank everybody in the pool for one case; at most ``top`` in each list.

    Of those who may not serve, people barred by recusal come first. Raises ``case.unknown`` if the number is not in
    the docket.
    """
    progress.step(0, 3)
    with screening_index(pool) as (session, kept):
        screening = screened(pool, session, kept, number, role)
        record = case_by_number(session, number)
        case = load_case(session, record)
        fields = case_fields(case)
        progress.step(1, 3)
        weighed = Weighed.of(pool, session, kept.profiles, screening, fields, case_text(case))
        progress.step(2, 3)
        lists = _lists(screening, weighed)
        shown = {name: places[:top] for name, places in lists.items()}
        ids = [int(screening.ids[place]) for places in shown.values() for place in places]
        people = _listed(session, ids)
        rows = {name: [people[int(screening.ids[place])] for place in places if int(screening.ids[place]) in people]
                for name, places in shown.items()}
        fitting = ("candidates", "to_verify")
        words = weighed.near.words(session, {int(screening.ids[place]): place for name in fitting
                                             for place in shown[name]})
        found = {name: [weighed.candidate(row, words.get(row.person_id, ())) for row in rows[name]]
                 for name in fitting}
    progress.step(3, 3)
    return Ranking(
        record.number, record.uid, screening.role, screening.rules.version, now_stamp(), screening.moment.entry,
        tuple(fields.codes), **found,
        excluded=[Excluded(row.person_id, row.uid, row.name, row.employer,
                           tuple(sorted(screening.of(row.person_id), key=lambda hit: not hit.blocks)))
                  for row in rows["excluded"]],
        notes=tuple(check_case(screening.case, screening.rules, screening.day, stage=Stage.MATCH)),
        counts={name: len(places) for name, places in lists.items()})


@dataclass(frozen=True)
class CaseFields:
    """The field codes of a case; ``given`` by hand or by its patents, else guessed from its text."""

    codes: list[str]
    given: bool


def case_fields(case: CaseDetail) -> CaseFields:
    """The field codes of a case: those given, the IPC symbols of its patents, else those recognised in its text."""
    given = [row["code"] for row in case.fields]
    symbols = [symbol for patent in case.patents for text in patent["ipc"] for symbol in find_symbols(text)]
    codes = [code for code in dict.fromkeys([*symbols, *given]) if tree().knows(code)]
    if codes:
        return CaseFields(codes, given=True)
    guesses = recognise(case_text(case))[:RECOGNISED]
    return CaseFields([guess.code for guess in guesses if tree().knows(guess.code)], given=False)


def _lists(screening: Screening, weighed: "Weighed") -> dict[str, list[int]]:
    """Positions in the screening: who may serve and who must be verified, best first; who may not serve."""
    found = {}
    for name, chosen in (("candidates", screening.levels < WARN), ("to_verify", screening.levels == WARN)):
        places = np.flatnonzero(chosen)
        order = np.lexsort((screening.ids[places], weighed.load[places], -weighed.score[places]))
        found[name] = places[order].tolist()
    barred = np.flatnonzero(screening.levels > WARN).tolist()
    found["excluded"] = sorted(barred, key=lambda place: (*_ground(screening, int(screening.ids[place])), place))
    return found


def _ground(screening: Screening, person: int) -> tuple[bool, str]:
    """Whether eligibility alone bars the person, and the rule that does."""
    hits = screening.of(person) if person in screening.recusal else screening.eligibility[person]
    rule = next(hit.rule for hit in hits if hit.blocks)
    return rule.startswith("E-"), rule


def _listed(session: Session, ids: list[int]) -> dict[int, FoundRow]:
    """Listing rows of these people."""
    columns = table_of(PersonListing).c
    wanted = select(*(columns[name] for name in ("person_id", "uid", "name", "employer", "title", "title_level",
                                                 "open_cases", "case_cap", "fields")))
    return {row.person_id: row for row in rows_where_in(session, wanted, columns.person_id, ids)}


@dataclass
class Weighed:
    """Everybody's score parts for one case, in the order of the screening's ids; words are computed only for people
    shown."""

    screening: Screening
    fields: CaseFields
    parts: dict[str, NDArray[np.float32]]
    score: NDArray[np.float32]
    load: NDArray[np.int32]
    caps: NDArray[np.int32]
    experience: NDArray[np.int32]
    near: TextParts

    @classmethod
    def of(cls, pool: Pool, session: Session, profiles: Profiles, screening: Screening, fields: CaseFields,
           text: str) -> "Weighed":
        """Weigh all people of the screening."""
        rules = screening.rules
        weights = rules.figures("ranking", screening.day)
        at = profiles.at(screening.ids)
        here = at >= 0

        def beside(values: NDArray[Any]) -> NDArray[Any]:
            return np.where(here, values[at], 0) if len(values) else np.zeros(len(at), values.dtype)

        load, caps = beside(profiles.load), beside(profiles.caps)
        caps = np.where(caps < 0, rules.figure("E-LOAD", "cap", screening.day), caps)
        experience = beside(profiles.experience(session, fields.codes, screening.case.id))
        ratings = beside(profiles.ratings)
        near = text_parts(pool, text, fields.codes if fields.given else (), screening.ids, weights)
        raw = {
            "field": beside(profiles.field_part(fields.codes, weights["other_field"])) * (
                1.0 if fields.given else weights["guessed_field"]),
            "text": near.text, "vote": near.vote,
            "experience": experience / weights["cases_full"],
            "evaluation": np.where(ratings < 0, weights["unrated"], ratings),
            "load": np.where(caps > 0, 1 - load / np.maximum(caps, 1), 0.0)}
        parts = points(raw, weights)
        total = np.round(np.sum(list(parts.values()), axis=0), 1)
        return cls(screening, fields, parts, total, load, caps, experience, near)

    def candidate(self, row: FoundRow, words: tuple[str, ...]) -> Candidate:
        """A person's listing row as a candidate, with the reasons in words; ``words`` are those that both texts
        share."""
        place = int(np.searchsorted(self.screening.ids, row.person_id))
        weights = self.screening.rules.figures("ranking", self.screening.day)
        held = codes_of(row.fields)
        match = field_match(self.fields.codes, held, weights["other_field"])
        parts = {name: round(float(values[place]), 1) for name, values in self.parts.items()}
        cap, cases = int(self.caps[place]), int(self.experience[place])
        said = reasons(match, words, cases, row.open_cases, cap)
        return Candidate(row.person_id, row.uid, row.name, row.employer, row.title, row.title_level,
                         round(sum(parts.values()), 1), parts, said, row.open_cases, cap,
                         self.screening.of(row.person_id), tuple(held))


def open_case_numbers(pool: Pool) -> list[str]:
    """Numbers of the open cases that still lack people, oldest first."""
    from expertpool.cases.tables import CaseListing

    with pool.read() as session:
        return list(session.scalars(select(col(CourtCase.number)).join(
            CaseListing, col(CaseListing.court_case_id) == CourtCase.id).where(
            col(CaseListing.state) == "open", col(CaseListing.serving) < CaseListing.people_needed)
            .order_by(col(CourtCase.filed_on), col(CourtCase.number))))
