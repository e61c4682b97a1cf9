"""Reading declaration forms back (读回声明表): who signed them, what they would change, applying them all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.case_number import parse
from expertpool.declarations.comparing import Steps, kept_where_unread
from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.form import form_number
from expertpool.declarations.form_reading import ReadForm, read_form
from expertpool.declarations.questions import form_data
from expertpool.declarations.recording import INTERESTS, case_id, declare_in, interests_of, steps_of
from expertpool.declarations.tables import Declaration
from expertpool.experts.tables import Person, PersonListing
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Problem, Severity, UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.foundation.text import clean_name, fold
from expertpool.organisations.names import normalise
from expertpool.spreadsheets.reading import read_workbook

DECISIONS = ("apply", "unchanged", "unsigned", "refused")


@dataclass(slots=True)
class PlannedDeclaration:
    """One form read. ``decision``: apply, unchanged (recorded before), unsigned, refused (see ``problems``).

    ``known`` is the name in the pool, ``name`` the one written on the form. ``steps`` are the changes it makes; an
    unsigned form also shows what it would change.
    """

    file: str
    sheet: str
    uid: str = ""
    person: int = 0
    known: str = ""
    name: str = ""
    employer: str = ""
    number: str = ""
    signer: str = ""
    signed_on: str = ""
    decision: str = "refused"
    draft: DeclarationDraft | None = None
    steps: Steps = field(default_factory=Steps)
    problems: list[Problem] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many interests are added, changed, kept, ended."""
        return {"added": len(self.steps.added), "changed": len(self.steps.changed), "kept": len(self.steps.kept),
                "ended": len(self.steps.ended)}


@dataclass(slots=True)
class DeclarationPlan:
    """What reading some files would do. ``problems`` concern whole files."""

    forms: list[PlannedDeclaration] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Number of forms by decision, and of interests that applying would change."""
        found = {name: sum(one.decision == name for one in self.forms) for name in DECISIONS}
        for name in ("added", "changed", "kept", "ended"):
            found[name] = sum(one.counts()[name] for one in self.forms if one.decision == "apply")
        return found


@dataclass(frozen=True, slots=True)
class DeclarationReport:
    """What applying the forms did."""

    declared: int
    added: int
    changed: int
    kept: int
    ended: int
    changes: Changes


def preview_declarations(pool: Pool, paths: Iterable[Path], *, progress: Progress = SILENT) -> DeclarationPlan:
    """Read forms and show what they would change; nothing is written."""
    plan = DeclarationPlan()
    read: list[tuple[str, ReadForm]] = []
    for path in map(Path, paths):
        try:
            book = read_workbook(path, progress=progress)
        except UserProblem as error:
            plan.problems.append(Problem(error.code, Severity.ERROR, file=path.name, parameters=error.parameters))
            continue
        forms = [form for sheet in book.sheets if sheet.visible and (form := read_form(sheet))]
        if not forms:
            plan.problems.append(Problem("declarations.no_form", Severity.ERROR, file=book.name,
                                         parameters={"file": book.name}))
        read += [(book.name, form) for form in forms]
    with pool.read() as session:
        plan.forms = [_planned(session, file, form) for file, form in read]
    return plan


def apply_declarations(pool: Pool, plan: DeclarationPlan, *, source: str = "") -> DeclarationReport:
    """Record every valid form in one transaction, earliest signature first.

    The forms are compared with the pool once more, so that changes made since the preview are not lost.
    """
    wanted = sorted((one for one in plan.forms if one.decision == "apply" and one.draft),
                    key=lambda one: (one.signed_on, one.uid))
    totals = dict.fromkeys(("added", "changed", "kept", "ended"), 0)
    rules = pool.rules
    files = "、".join(dict.fromkeys(one.file for one in wanted))
    with pool.write("read declarations", count=len(wanted), files=source or files) as transaction:
        for one in wanted:
            if one.draft is None:
                continue
            steps = declare_in(transaction, transaction.by_uid(Person, one.uid), one.draft, rules)
            for name in totals:
                totals[name] += len(getattr(steps, name))
    return DeclarationReport(len(wanted), **totals, changes=transaction.result())


def _planned(session: Session, file: str, form: ReadForm) -> PlannedDeclaration:
    """One form compared with the pool."""
    found = PlannedDeclaration(file, form.sheet, name=form.name, number=parse(form.number).normalised
                               if form.number else "", signer=form.signer, signed_on=form.signed_on)
    found.problems = [replace(problem, file=file) for problem in form.problems]
    person = _person(session, form.uid)
    if person is not None:
        found.uid, found.person, found.known = person.uid, int(person.id or 0), person.name
        listed = session.get(PersonListing, person.id)
        found.employer = listed.employer if listed else ""
    _whose(found, form, person)
    _signature(found, form)
    case = _case(session, found, form)
    if any(problem.severity is Severity.ERROR for problem in found.problems):
        found.decision = "refused"
        return found
    day = form.signed_on or str(today())
    held = interests_of(session, found.person) if form.unread else []
    interests = [kept_where_unread(held, draft, form.unread.get(place, ()))
                 for place, draft in enumerate(form.interests)]
    found.draft = DeclarationDraft(signed_on=day, number=found.number, form="spreadsheet",
                                   source=f"{file} · {form.sheet}", answers=form.answers, interests=interests)
    found.steps = steps_of(session, found.person, case, found.draft)
    if not form.signer or not form.signed_on:
        found.decision = "unsigned"
    else:
        found.decision = "unchanged" if not found.steps and _recorded(session, found, case) else "apply"
    return found


def _person(session: Session, uid: str) -> Person | None:
    """The person with this uid; for somebody merged away, the person kept."""
    person = session.scalars(select(Person).where(col(Person.uid) == uid)).first() if uid else None
    while person is not None and person.state == "merged" and person.merged_into_id:
        person = session.get(Person, person.merged_into_id)
    return person


def _whose(found: PlannedDeclaration, form: ReadForm, person: Person | None) -> None:
    """Check that the form number is consistent and belongs to the person and the name written."""
    if not form.uid or form.form_number not in (form_number(form.uid), form_number(form.uid, found.number)):
        code = "case" if form.uid and found.number else "no_number"
        _refuse(found, form, code, "number" if code == "case" else "", form.number)
        return
    if found.number and form.form_number == form_number(form.uid):
        _refuse(found, form, "case", "number", form.number)
    if person is None:
        _refuse(found, form, "stranger", "", form.uid)
        return
    if _plain(form.name) not in {_plain(person.name), *([_plain(person.former_name)] if person.former_name else [])}:
        _refuse(found, form, "name", "person", form.name, known=person.name)
        return
    if form.unit and found.employer and normalise(form.unit) != normalise(found.employer):
        row, column = form.places.get("unit", (0, 0))
        found.problems.append(Problem("declarations.unit", Severity.WARNING, value=form.unit, file=found.file,
                                      sheet=form.sheet, row=row, column=column, parameters={"known": found.employer}))


def _signature(found: PlannedDeclaration, form: ReadForm) -> None:
    """Check who signed and when; without a signature the form is not applied."""
    if not form.signer or not form.signed_on:
        if any(problem.code == "declarations.signed_on" for problem in found.problems):
            return
        labels = form_data()["labels"]
        missing = "、".join(labels[name] for name in ("signer", "signed_on") if not getattr(form, name))
        row, column = form.places.get("signer", (0, 0))
        found.problems.append(Problem("declarations.unsigned", Severity.WARNING, file=found.file, sheet=form.sheet,
                                      row=row, column=column, parameters={"missing": missing}))
        return
    if found.known and _plain(form.signer) != _plain(found.known) and _plain(form.signer) != _plain(form.name):
        _refuse(found, form, "signer", "signer", form.signer, known=found.known)
    if form.signed_on > str(today()):
        _refuse(found, form, "signed_later", "signed_on", form.signed_on)


def _case(session: Session, found: PlannedDeclaration, form: ReadForm) -> int | None:
    try:
        return case_id(session, found.number)
    except UserProblem:
        _refuse(found, form, "case_unknown", "number", form.number)
        return None


def _recorded(session: Session, found: PlannedDeclaration, case: int | None) -> bool:
    """Whether this same declaration is already recorded."""
    records: Sequence[JsonObject | None] = session.scalars(select(col(Declaration.answers)).where(
        col(Declaration.person_id) == found.person, col(Declaration.signed_on) == found.signed_on,
        col(Declaration.court_case_id).is_(None) if case is None else col(Declaration.court_case_id) == case)).all()
    said = found.draft.answers if found.draft else {}
    return any({code: answer for code, answer in (one or {}).items() if code != INTERESTS} == said for one in records)


def _refuse(found: PlannedDeclaration, form: ReadForm, code: str, place: str, value: str,
    **parameters: object) -> None:
    row, column = form.places.get(place, (0, 0))
    found.problems.append(Problem(f"declarations.{code}", Severity.ERROR, value=value, file=found.file,
                                  sheet=form.sheet, row=row, column=column, parameters=parameters))


def _plain(name: str) -> str:
    return fold(clean_name(name)[0])
