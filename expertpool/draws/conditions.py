"""Who takes part in a draw (抽取条件): its conditions, and everybody sorted by whether they meet them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.states import open_states
from expertpool.assignments.tables import Assignment
from expertpool.cases.courts import court, court_code
from expertpool.checks.screening_index import Screening, screened, screening_index
from expertpool.draws.tables import Draw, DrawAnswer
from expertpool.experts.browse import codes_of
from expertpool.experts.tables import Employment, Person, PersonListing, RoleTerm
from expertpool.fields.closeness import LEVELS, closeness
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import Problem, Severity
from expertpool.organisations.tables import Organisation
from expertpool.rules.book import RuleBook
from expertpool.rules.stages import Stage
from expertpool.storage.queries import id_of, table_of

RULE = "draw"
WARN, BLOCK = 2, 3  # levels of a screening, as whole numbers
# codes of conditions that somebody may fail to meet
OUTSIDE = ("C-FIELD", "C-COURT", "C-LEVEL", "C-TITLE", "C-REGION", "C-UNIT")
NARROWING = ("fields", "closeness", "courts", "court_levels", "title_levels", "regions", "unit_kinds", "doubtful",
             "refused_before")
REFUSED = ("decline", "no_answer", "barred")  # after these answers a person is left out of the next draw for the case


@dataclass(frozen=True)
class DrawConditions:
    """Conditions frozen before a draw. ``fields`` with the least ``closeness`` (a level of fields.closeness);
    ``courts`` are appointing courts by name, ``court_levels`` their levels; ``title_levels``; ``regions`` (beginning
    of the unit's region); ``unit_kinds``; ``exclude``: (uid, reason). ``doubtful``: whether people with a warning
    take part.

    ``hands``: ``two``, or ``public`` with ``public_source`` naming the value that will be read. ``open_at``: local
    time (ISO, minutes) from which one officer may open a blind draw. An empty list sets no condition.
    """

    role: str = ""
    fields: tuple[str, ...] = ()
    closeness: str = "wipo"
    courts: tuple[str, ...] = ()
    court_levels: tuple[str, ...] = ()
    title_levels: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    exclude: tuple[tuple[str, str], ...] = ()
    doubtful: bool = True
    refused_before: bool = False
    mains: int = 1
    reserves: int = 2
    weighting: str = "none"
    purpose: str = ""
    place: str = ""
    operator: str = ""
    witness: str = ""
    witness_unit: str = ""
    hands: str = "two"
    public_source: str = ""
    blind: bool = False
    open_at: str = ""

    def as_record(self) -> JsonObject:
        """The conditions as the frozen record holds them. People excluded by name are listed there as excluded, with
        their reasons."""
        return {name: list(value) if isinstance(value := getattr(self, name), tuple) else value for name in NARROWING}


@dataclass(frozen=True)
class Ground:
    """Why somebody takes no part, or what is to be verified: a rule of the book or a condition (``C-…``). ``key``
    identifies the finding, ``text`` is its sentence; for an exclusion by name, the reason given."""

    rule: str
    key: str = ""
    text: str = ""


@dataclass(frozen=True)
class Candidate:
    """One person before the draw; ``out`` holds the grounds for which the person takes no part."""

    id: int
    uid: str
    name: str
    expert_no: str
    unit: str
    open_cases: int
    out: tuple[Ground, ...] = ()
    notes: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class DrawField:
    """Everybody sorted by the conditions, with the warnings to show before freezing."""

    case_id: int
    case_uid: str
    number: str
    court: str
    role: str
    rules: RuleBook
    earlier: tuple[Draw, ...]
    eligible: tuple[Candidate, ...]
    excluded: tuple[Candidate, ...]
    warnings: tuple[Problem, ...] = field(default=())

    def by_rule(self) -> dict[str, int]:
        """How many people each rule or condition excludes, the largest number first; somebody excluded twice is
        counted under both."""
        counts = Counter(rule for one in self.excluded for rule in {ground.rule for ground in one.out})
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@numbers_hidden
def preview(pool: Pool, number: str, conditions: DrawConditions) -> DrawField:
    """Who would take part if the draw were frozen now. Raises ``case.unknown``."""
    with screening_index(pool) as (session, kept):
        screening = screened(pool, session, kept, number, conditions.role, Stage.DRAW)
        return sort_people(session, screening, conditions)


def sort_people(session: Session, screening: Screening, conditions: DrawConditions) -> DrawField:
    """:func:`preview` for a caller that already has a screening (of stage ``draw``)."""
    from expertpool.cases.tables import CourtCase

    case = session.get_one(CourtCase, screening.case.id)
    earlier = tuple(session.scalars(select(Draw).where(
        col(Draw.court_case_id) == case.id, col(Draw.role) == screening.role).order_by(col(Draw.number))))
    people = _People.of(session, conditions, screening, earlier)
    eligible: list[Candidate] = []
    excluded: list[Candidate] = []
    levels = dict(zip(screening.ids.tolist(), screening.levels.tolist(), strict=True))
    for row in people.rows:
        level = levels.get(row["person_id"])
        if level is None:
            continue  # no expert of this pool
        candidate = people.candidate(row, level)
        (excluded if candidate.out else eligible).append(candidate)
    return DrawField(int(case.id or 0), case.uid, case.number, case.court, screening.role, screening.rules, earlier,
                     tuple(eligible), tuple(excluded), tuple(warnings_of(len(eligible), conditions, screening.rules)))


def warnings_of(eligible: int, conditions: DrawConditions, rules: RuleBook) -> Iterable[Problem]:
    """What the operator must know before freezing: nobody takes part, too few do, or so few that the result can be
    guessed."""
    needed, factor = conditions.mains + conditions.reserves, rules.figure(RULE, "pool_factor", today())
    if eligible == 0:
        yield Problem("draw.nobody", Severity.ERROR)
    elif eligible < conditions.mains:
        yield Problem("draw.too_few", Severity.WARNING, parameters={"eligible": eligible, "mains": conditions.mains})
    elif eligible < factor * needed:
        yield Problem("draw.small", Severity.WARNING, parameters={
            "eligible": eligible, "needed": needed, "factor": factor, "least": factor * needed})
    least = rules.figure(RULE, "reserves_least", today())
    if conditions.reserves < least:
        yield Problem("draw.few_reserves", Severity.NOTE, parameters={
            "reserves": conditions.reserves, "least": least})


@dataclass
class _People:
    """Everything about people that the conditions look at, read in bulk."""

    conditions: DrawConditions
    screening: Screening
    rows: list[JsonObject]
    units: Mapping[int, list[tuple[str, str]]]  # person → (kind, region) of present units
    bodies: Mapping[int, list[str]]
    numbers: Mapping[int, str]
    serving: set[int]
    refused: set[int]

    @classmethod
    def of(cls, session: Session, conditions: DrawConditions, screening: Screening,
           earlier: Sequence[Draw]) -> "_People":
        columns = table_of(PersonListing).c
        shown = ("person_id", "uid", "name", "employer", "title_level", "fields", "groups", "open_cases")
        rows = [dict(row) for row in session.execute(select(*(columns[name] for name in shown)).where(
            columns.state != "merged").order_by(columns.person_id)).mappings()]
        units: dict[int, list[tuple[str, str]]] = defaultdict(list)
        if conditions.regions or conditions.unit_kinds:
            for person, kind, region in session.execute(
                    select(col(Employment.person_id), col(Organisation.kind), col(Organisation.region)).join(
                        Organisation, id_of(Organisation) == Employment.organisation_id).where(
                        col(Employment.current))):
                units[person].append((kind, region))
        bodies: dict[int, list[str]] = defaultdict(list)
        if conditions.courts or conditions.court_levels:
            for person, body in session.execute(select(col(RoleTerm.person_id), col(RoleTerm.body)).where(
                    col(RoleTerm.role) == screening.role)):
                bodies[person].append(body)
        numbers = {key: number for key, number in session.execute(
            select(id_of(Person), col(Person.expert_no)).where(col(Person.expert_no) != ""))}
        serving = set(session.scalars(select(col(Assignment.person_id)).where(
            col(Assignment.court_case_id) == screening.case.id, col(Assignment.state).in_(open_states()))))
        refused = set(session.scalars(select(col(DrawAnswer.person_id)).where(
            col(DrawAnswer.draw_id).in_([one.id for one in earlier]), col(DrawAnswer.answer).in_(REFUSED))))
        return cls(conditions, screening, rows, units, bodies, numbers, serving, refused)

    def candidate(self, row: JsonMapping, level: int) -> Candidate:
        """One person with the grounds that apply."""
        person, wanted = int(row["person_id"]), self.conditions
        findings = self.screening.of(person) if level >= WARN else ()
        barred = [Ground(hit.rule, hit.key, hit.text) for hit in findings if hit.blocks]
        notes = tuple(Ground(hit.rule, hit.key, hit.text) for hit in findings if hit.level == "warn")
        out = [*barred, *(Ground(rule) for rule in OUTSIDE if not self._meets(rule, row))]
        if notes and not wanted.doubtful:
            out += notes
        if person in self.serving:
            out.append(Ground("C-SERVING"))
        if person in self.refused and not wanted.refused_before:
            out.append(Ground("C-REFUSED"))
        out += [Ground("C-NAMED", text=reason.strip()) for uid, reason in wanted.exclude if uid == row["uid"]]
        return Candidate(person, row["uid"], row["name"], self.numbers.get(person, ""), row["employer"],
                         int(row["open_cases"] or 0), tuple(out), () if out else notes)

    def _meets(self, rule: str, row: JsonMapping) -> bool:
        wanted, person = self.conditions, int(row["person_id"])
        if rule == "C-FIELD":
            return not wanted.fields or self._near(codes_of(row["fields"]) or codes_of(row["groups"]))
        if rule == "C-TITLE":
            return not wanted.title_levels or row["title_level"] in wanted.title_levels
        if rule == "C-COURT":
            return not wanted.courts or any(body in wanted.courts for body in self.bodies.get(person, ()))
        if rule == "C-LEVEL":
            return not wanted.court_levels or any(_level(body) in wanted.court_levels
                                                  for body in self.bodies.get(person, ()))
        if rule == "C-REGION":
            return not wanted.regions or any(region.startswith(wanted.regions) for _kind, region in
                                             self.units.get(person, ()) if region)
        return not wanted.unit_kinds or any(kind in wanted.unit_kinds for kind, _region in self.units.get(person, ()))

    def _near(self, held: Sequence[str]) -> bool:
        least = LEVELS.index(self.conditions.closeness)  # finest level first
        return any(LEVELS.index(closeness(wanted, code).level) <= least
                   for wanted in self.conditions.fields for code in held)


def _level(body: str) -> str:
    known = court(court_code(body))
    return known.level if known else ""
