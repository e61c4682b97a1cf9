"""The docket's verbs (立案登记): open a case, change it, link it to the case it came from."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.cases.case_number import parse
from expertpool.cases.causes import find_cause
from expertpool.cases.chains import follow_original, link_waiting
from expertpool.cases.chains import link_cases as link_cases
from expertpool.cases.courts import court_name
from expertpool.cases.drafts import OWN, CaseDraft
from expertpool.cases.procedures import nature_of, procedure_of
from expertpool.cases.tables import Agent, CaseField, CourtCase, Party, Patent
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.masking import kept_back
from expertpool.foundation.problems import UserProblem
from expertpool.organisations.register import ensure_units
from expertpool.storage.queries import id_of
from expertpool.storage.transaction import Transaction


def open_case(pool: Pool, draft: CaseDraft) -> Changes:
    """Enter a case. Raises ``case.known`` if its number is in the docket already."""
    with pool.write("open case", number=draft.number) as transaction:
        enter(transaction, [draft])
    return transaction.result()


def enter(transaction: Transaction, drafts: Sequence[CaseDraft]) -> list[int]:
    """Enter cases with their parties, patents and fields; link each to its original case, and to cases that name it
    as theirs.

    Raises ``case.known``.
    """
    units = ensure_units(transaction, _unit_names(drafts))
    ids = []
    for draft in drafts:
        number = parse(draft.number)
        if transaction.session.scalars(select(id_of(CourtCase)).where(
            col(CourtCase.number) == number.normalised)).first():
            raise UserProblem("case.known", number=number.normalised)
        case = CourtCase(number=number.normalised, number_raw=draft.number)
        _fill(case, draft)
        transaction.add(case)
        _write_parts(transaction, case, draft, units)
        ids.append(int(case.id or 0))
    cases = [transaction.get(CourtCase, key) for key in ids]
    for case, draft in zip(cases, drafts, strict=True):
        if draft.original_number:
            follow_original(transaction, case, draft.original_number, draft.link_kind)
    link_waiting(transaction, cases)
    return ids


def edit_case(pool: Pool, uid: str, draft: CaseDraft, version: int | None = None) -> Changes:
    """Replace the values of a case by the draft's; raises ``record.changed`` if somebody saved it meanwhile.

    A number that the editor saw only masked keeps its stored value.
    """
    with pool.write("edit case", number=draft.number) as transaction:
        case = transaction.by_uid(CourtCase, uid, version)
        overwrite(transaction, case, kept_back(draft, stored_texts(transaction.session, case)))
    return transaction.result()


def overwrite(transaction: Transaction, case: CourtCase, draft: CaseDraft) -> None:
    """Replace the values of a loaded case, with its parties, patents and fields, by the draft's."""
    case.number, case.number_raw = parse(draft.number).normalised, draft.number
    _fill(case, draft)
    for table in (Agent, Party, Patent, CaseField):
        transaction.delete_many(
            table, transaction.session.scalars(select(id_of(table)).where(col(table.court_case_id) == case.id)).all()
        )
    _write_parts(transaction, case, draft, ensure_units(transaction, _unit_names([draft])))
    transaction.session.flush()
    follow_original(transaction, case, draft.original_number, draft.link_kind)
    link_waiting(transaction, [case])


def stored_texts(session: Session, case: CourtCase) -> list[JsonObject]:
    """All stored texts of a case: of its own columns and of its parties, patents and fields."""
    parts = [part for table in (Party, Agent, Patent) for part in session.scalars(
        select(table).where(col(table.court_case_id) == case.id).order_by(id_of(table)))]
    return [one.model_dump() for one in (case, *parts)]


def close_case(pool: Pool, uid: str, on: str) -> Changes:
    """Close a case on a day. Raises ``case.closed_before`` where it is closed: its day would be replaced."""
    with pool.write("edit case", closed_on=on) as transaction:
        case = transaction.by_uid(CourtCase, uid)
        transaction.words["number"] = case.number
        if case.state == "closed":
            raise UserProblem("case.closed_before", number=case.number, day=case.closed_on or "—")
        case.state, case.closed_on = "closed", on
    return transaction.result()


def case_by_number(session: Session, number: str) -> CourtCase:
    """The case with this 案号 in any spelling. Raises ``case.unknown`` if it is not in the docket."""
    wanted = parse(number).normalised
    found = session.scalars(select(CourtCase).where(col(CourtCase.number) == wanted)).one_or_none()
    if found is None:
        found = session.scalars(select(CourtCase).where(col(CourtCase.uid) == number)).one_or_none()
    if found is None:
        raise UserProblem("case.unknown", number=number)
    return found


def _fill(case: CourtCase, draft: CaseDraft) -> None:
    number = parse(draft.number)
    for name in OWN:
        setattr(case, name, getattr(draft, name))
    case.year, case.court_code = number.year, number.court_code
    case.type_code, case.serial, case.suffix = number.type_code, number.serial, number.suffix
    case.recognised = number.recognised
    case.court = draft.court or court_name(number.court_code)
    case.procedure = draft.procedure or procedure_of(number)
    case.nature = draft.nature or nature_of(number)
    if draft.cause and (cause := find_cause(draft.cause)):
        case.cause_code, case.cause_version = cause.code, cause.version


def _write_parts(transaction: Transaction, case: CourtCase, draft: CaseDraft, units: dict[str, int]) -> None:
    key = int(case.id or 0)
    for place, party in enumerate(draft.parties):
        row: JsonObject = party.model_dump(exclude={"agents"})
        record = Party(court_case_id=key, place=place, organisation_id=units.get(party.name)
                       if party.kind == "organisation" else None, **row)
        transaction.add(record)
        transaction.insert_many(Agent, [agent.model_dump() | {"court_case_id": key, "party_id": record.id,
                                                              "firm_id": units.get(agent.firm)}
                                        for agent in party.agents])
    transaction.insert_many(Patent, [patent.model_dump() | {"court_case_id": key} for patent in draft.patents])
    transaction.insert_many(CaseField, [field.model_dump() | {"court_case_id": key} for field in draft.fields_])


def _unit_names(drafts: Sequence[CaseDraft]) -> set[tuple[str, str]]:
    names: set[tuple[str, str]] = set()
    for draft in drafts:
        for party in draft.parties:
            if party.kind == "organisation":
                names.add((party.name, ""))
            names |= {(agent.firm, "patent_agency" if agent.kind == "patent_attorney" else "law_firm")
                      for agent in party.agents if agent.firm}
    return names
