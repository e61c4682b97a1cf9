"""Recording declarations of interests (利益冲突声明), and whose yearly declaration is due."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.declarations.comparing import Steps, compare
from expertpool.declarations.drafts import DeclarationDraft, DeclarationState, DueDeclaration, SignedDeclaration
from expertpool.declarations.questions import form_data, question, questions
from expertpool.declarations.tables import Declaration
from expertpool.experts.tables import Interest, Person, PersonListing
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import PartialDate, add_months, today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.text import normal
from expertpool.organisations.register import ensure_units
from expertpool.rules.book import RuleBook
from expertpool.storage.queries import id_of, table_of
from expertpool.storage.records import METADATA
from expertpool.storage.transaction import Transaction

RULE = "D-DECLARATION"
INTERESTS = "interests"  # key under which a declaration's answers hold the uids of the interests it named
STATES = ("never", "overdue", "soon", "valid")


def declare(pool: Pool, uid: str, draft: DeclarationDraft, *, on_file: JsonMapping | None = None) -> Changes:
    """Record a signed declaration and update the person's interests accordingly.

    New interests are added; interests on file that are named again are kept with the new day; those of an answered
    question that are no longer named end on the day of the declaration. A declaration for one case (``draft.number``)
    ends only what an earlier one for that case had named.

    ``on_file``: the interests that whoever enters the paper saw (uid → version); raises ``record.changed`` where they
    are others by now, because what is not named again ends. Raises ``case.unknown``, ``declarations.future`` and
    ``declarations.question``.
    """
    with pool.write("declare") as transaction:
        person = transaction.by_uid(Person, uid)
        transaction.words |= {"name": person.name, "day": draft.signed_on, "number": draft.number}
        if on_file is not None and dict(on_file) != interest_versions(transaction.session, int(person.id or 0)):
            raise UserProblem("record.changed", uid=uid)
        declare_in(transaction, person, draft, pool.rules)
    return transaction.result()


def declare_in(transaction: Transaction, person: Person, draft: DeclarationDraft, rules: RuleBook) -> Steps:
    """:func:`declare` inside an open transaction. Returns the steps it took.

    Raises ``declarations.future`` and ``declarations.question``.
    """
    _check(draft)
    number = int(person.id or 0)
    case = case_id(transaction.session, draft.number)
    steps = steps_of(transaction.session, number, case, draft)
    named = _write_steps(transaction, number, steps, draft)
    record = transaction.session.scalars(select(Declaration).where(
        col(Declaration.person_id) == number, col(Declaration.signed_on) == draft.signed_on,
        col(Declaration.court_case_id).is_(None) if case is None else col(Declaration.court_case_id) == case)).first()
    valid = "" if case is not None else valid_until(rules, draft.signed_on)
    content: dict[str, object] = {
        "valid_until": valid, "content": draft.content, "form": draft.form,
        "source": draft.source or (record.source if record else ""), "answers": {**draft.answers, INTERESTS: named}}
    new = record or Declaration(person_id=number, court_case_id=case, signed_on=draft.signed_on)
    for name, value in content.items():
        if getattr(new, name) != value:
            setattr(new, name, value)
    if record is None:
        transaction.add(new)
    return steps


def steps_of(session: Session, person: int, case: int | None, draft: DeclarationDraft) -> Steps:
    """What the draft would change of the person's interests, compared with what the pool holds now."""
    known = interests_of(session, person)
    answered = [question(code).kind for code, said in draft.answers.items() if said]
    endable = None if case is None else _named_before(session, person, case)
    return compare(known, draft.interests, answered, draft.signed_on, endable)


def interest_versions(session: Session, person: int) -> dict[str, int]:
    """The person's interests on file by uid, each with its version."""
    return {row["uid"]: row["version"] for row in interests_of(session, person)}


def interests_of(session: Session, person: int) -> list[JsonObject]:
    """The person's interests on file as mappings."""
    columns = table_of(Interest).c
    return [dict(row) for row in session.execute(
        select(table_of(Interest)).where(columns.person_id == person).order_by(columns.id)).mappings()]


def valid_until(rules: RuleBook, signed_on: str) -> str:
    """The last day on which a yearly declaration is valid, by the rule book's period."""
    return str(add_months(date.fromisoformat(signed_on), rules.figure(RULE, "valid_months", signed_on)))


@numbers_hidden
def declaration_state(pool: Pool, uid: str) -> DeclarationState:
    """How old the person's yearly declaration is, until when it is valid, and the declarations for single cases.

    Raises ``record.missing``.
    """
    with pool.read() as session:
        row = session.execute(select(id_of(Person), col(Person.name)).where(col(Person.uid) == uid)).one_or_none()
        if row is None:
            raise UserProblem("record.missing", uid=uid)
        signed = _signed(session, row.id)
    yearly = tuple(one for one in signed if not one.number and not one.case_uid)
    cases = tuple(one for one in signed if one.number or one.case_uid)
    last = yearly[0] if yearly else None
    return DeclarationState(uid, row.name, **_yearly_state(pool.rules, last.signed_on if last else "",
                                                       last.valid_until if last else ""),
                            yearly=yearly, cases=cases)


@numbers_hidden
def due_declarations(pool: Pool, *, soon: bool = False) -> list[DueDeclaration]:
    """Active people whose yearly declaration is missing or expired (with ``soon``, also about to expire), most urgent
    first."""
    rules = pool.rules
    with pool.read() as session:
        last: dict[int, tuple[str, str]] = {}
        for row in session.execute(select(col(Declaration.person_id), col(Declaration.signed_on),
            col(Declaration.valid_until))
                                   .where(col(Declaration.court_case_id).is_(None)).order_by(col(Declaration.signed_on))):
            if row.signed_on:
                last[row.person_id] = (row.signed_on, row.valid_until)
        people = session.execute(select(col(PersonListing.person_id), col(PersonListing.uid), col(PersonListing.name),
                                        col(PersonListing.employer)).where(col(PersonListing.state) == "active")
                                 .order_by(col(PersonListing.sort_name), col(PersonListing.person_id))).all()
    found = [DueDeclaration(row.person_id, row.uid, row.name, row.employer,
                            **_yearly_state(rules, *last.get(row.person_id, ("", "")))) for row in people]
    wanted = ("never", "overdue", "soon") if soon else ("never", "overdue")
    return sorted((one for one in found if one.state in wanted), key=lambda one: STATES.index(one.state))


def case_id(session: Session, number: str) -> int | None:
    """The id of the case with this 案号 (or uid), None for ""; raises ``case.unknown``."""
    if not number:
        return None
    cases, plain = _cases(), "".join(normal(number).split())
    found = session.execute(select(cases.c.id).where((cases.c.number == plain) | (cases.c.uid == number))).scalar()
    if found is None:
        raise UserProblem("case.unknown", number=number)
    return int(found)


def _cases() -> Table:
    """The docket's table, imported late because its room is above this one."""
    return METADATA.tables["courtcase"]


def _check(draft: DeclarationDraft) -> None:
    if draft.signed_on > str(today()):
        raise UserProblem("declarations.future", day=draft.signed_on)
    known = {one.code for one in questions()}
    if unknown := [code for code, said in draft.answers.items() if code not in known or said not in ("some", "none")]:
        raise UserProblem("declarations.question", question=unknown[0])


def _write_steps(transaction: Transaction, person: int, steps: Steps, draft: DeclarationDraft) -> list[str]:
    """Write the steps; returns the uids of all interests named by the declaration."""
    day = draft.signed_on
    source = form_data()["source_words"][draft.form].format(day=day)
    named = [one.unit for one in steps.added] + [values.get("unit", "") for _known, values in steps.changed]
    units = ensure_units(transaction, [(name, "") for name in named if name])
    changed = {int(known["id"]): {**values, **_unit_id(values, units), "declared_on": day}
               for known, values in steps.changed}
    changed |= {int(known["id"]): {"declared_on": day} for known in steps.kept if known["declared_on"] < day}
    changed |= {int(known["id"]): {"end": day} for known in steps.ended}
    transaction.update_many(Interest, changed)
    ids = transaction.insert_many(Interest, [
        {**one.model_dump(), "person_id": person, "organisation_id": units.get(one.unit), "declared_on": day,
         "source": one.source or source} for one in steps.added])
    new = transaction.session.scalars(select(col(Interest.uid)).where(id_of(Interest).in_(ids))).all()
    again = [*steps.kept, *(known for known, _values in steps.changed)]
    return sorted([*(known["uid"] for known in again), *new])


def _unit_id(values: JsonMapping, units: Mapping[str, int]) -> JsonObject:
    return {"organisation_id": units.get(values["unit"])} if "unit" in values else {}


def _named_before(session: Session, person: int, case: int) -> frozenset[str]:
    """Uids of the interests named by earlier declarations for this case and by no other declaration."""
    here: set[str] = set()
    elsewhere: set[str] = set()
    for row in session.execute(select(col(Declaration.court_case_id), col(Declaration.answers))
                               .where(col(Declaration.person_id) == person)):
        named = (row.answers or {}).get(INTERESTS, [])
        (here if row.court_case_id == case else elsewhere).update(named)
    return frozenset(here - elsewhere)


def named_for_case(session: Session, person: int, case: int) -> frozenset[str]:
    """Uids of the interests that the person's declarations for this case named."""
    rows = session.scalars(select(col(Declaration.answers)).where(
        col(Declaration.person_id) == person, col(Declaration.court_case_id) == case)).all()
    return frozenset(uid for answers in rows for uid in (answers or {}).get(INTERESTS, []))


def _signed(session: Session, person: int) -> list[SignedDeclaration]:
    """The person's signed declarations, newest first."""
    records: Sequence[Declaration] = session.scalars(select(Declaration).where(
        col(Declaration.person_id) == person, col(Declaration.signed_on) != "")
        .order_by(col(Declaration.signed_on).desc(), id_of(Declaration).desc())).all()
    cases = _cases()
    numbers: dict[int, tuple[str, str]] = defaultdict(lambda: ("", ""))
    wanted = [record.court_case_id for record in records if record.court_case_id]
    if wanted:
        numbers |= {row.id: (row.number, row.uid) for row in session.execute(
            select(cases.c.id, cases.c.number, cases.c.uid).where(cases.c.id.in_(wanted)))}
    return [SignedDeclaration(
        record.uid, record.signed_on, record.valid_until, *numbers[record.court_case_id or 0], form=record.form,
        content=record.content, source=record.source,
        answers={code: str(said) for code, said in (record.answers or {}).items() if code != INTERESTS})
        for record in records]


def _yearly_state(rules: RuleBook, signed_on: str, until: str) -> JsonObject:
    """State, age and remaining days of a yearly declaration; of a partly known day the last possible one counts."""
    if not signed_on:
        return {"state": "never"}
    signed = PartialDate.parse(signed_on).last_day
    end = PartialDate.parse(until).last_day if until else date.fromisoformat(valid_until(rules, str(signed)))
    left = (end - today()).days
    soon = rules.figure(RULE, "remind_days", today())
    state = "overdue" if left < 0 else "soon" if left <= soon else "valid"
    return {"state": state, "signed_on": signed_on, "valid_until": str(end), "left": left,
            "age": (today() - signed).days}
