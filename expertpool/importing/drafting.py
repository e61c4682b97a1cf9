"""From what a row says to drafts: a person for the register, a case for the docket."""

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError

from expertpool.cases.drafts import AgentDraft, CaseDraft, CaseFieldDraft, PartyDraft, PatentDraft
from expertpool.cases.party_text import read_agent, read_parties
from expertpool.experts.drafts import (
    AchievementDraft,
    EmploymentDraft,
    FieldDraft,
    InterestDraft,
    LicenceDraft,
    PersonDraft,
    PhoneDraft,
    RoleDraft,
)
from expertpool.experts.titles import title_level
from expertpool.fields.recognise import recognise
from expertpool.fields.tree import tree
from expertpool.foundation import vocabulary
from expertpool.foundation.places import resource
from expertpool.foundation.problems import Problem
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.fields import CaseValues, PersonValues
from expertpool.importing.rows import read_case, read_person
from expertpool.spreadsheets.tables import Record
from expertpool.spreadsheets.workbook import Sheet

SAME = ("name", "name_note", "former_name", "gender", "birth", "ethnicity", "party", "id_kind", "id_number",
        "email", "address", "postcode", "wechat", "qq", "title", "title_date", "education", "degree", "school",
        "major", "graduated", "work_since", "expert_no", "hired", "recommended_by", "bank_account", "bank_name",
        "experience", "remark", "more")


@cache
def _settings() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resource("rules", "import.json").read_text(encoding="utf-8"))
    return content


def person_row(record: Record, columns: Sequence[ColumnChoice],
               sheet: Sheet) -> tuple[PersonDraft | None, list[Problem]]:
    """The person of one row, or None where the row names nobody, and every problem with its cells."""
    reading = read_person(record, columns, hidden_rows=sheet.hidden_rows)
    if not reading.values.name:
        return None, reading.problems
    return person_draft(reading.values), reading.problems


def person_draft(values: PersonValues) -> PersonDraft:
    """A draft of what the row says; technical fields are recognised from specialities and the group row."""
    same = {name: getattr(values, name) for name in SAME}
    level = values.title_level or (title_level(values.title) or "" if values.title else "")
    return PersonDraft(
        **same, title_level=level, secrecy=values.secret,
        phones=[PhoneDraft(kind=kind, number=number) for kind, number in values.phones],
        roles=[RoleDraft(role=role.role, mode=role.mode, start=role.start, end=role.end, term_text=role.term_text,
                         state=role.state or "active", certificate_no=values.certificate_no)
               for role in values.roles if role.role],
        employments=[EmploymentDraft(employer=values.employer, employer_kind=values.employer_kind,
                                     department=values.department, position=values.position,
                                     retired=values.retired)] if values.employer or values.position else [],
        fields_=_fields(values), specialties=values.specialties,
        licences=[LicenceDraft(kind=values.licence_kind, number=values.licence_number, body=values.licence_body,
                               issued=values.licence_issued, until=values.licence_until)]
        if values.licence_number or values.licence_until else [],
        interests=[InterestDraft(kind="avoid_unit", unit=unit) for unit in values.avoid_units]
        + [InterestDraft(kind="avoid_person", name=name) for name in values.avoid_persons],
        achievements=[AchievementDraft(text=values.achievements)] if values.achievements else [])


def _fields(values: PersonValues) -> list[FieldDraft]:
    """Codes as written first, then what the specialities and the group row speak of; the first is the main one."""
    given = [code for text in values.field_codes if (code := tree().resolve(text))]
    found: dict[str, str] = dict.fromkeys(given, "")
    for text in (*values.specialties, values.group):
        code = _recognised(text) if text else ""
        if code and len(found) < len(given) + _settings()["fields_most"]:
            found.setdefault(code, text)
    return [FieldDraft(code=code, main=place == 0, origin="recognised" if text else "given", words=text)
            for place, (code, text) in enumerate(found.items())]


@lru_cache(maxsize=65536)
def _recognised(text: str) -> str:
    """The surest field of a speciality, or "" where nothing is sure enough."""
    guesses = recognise(text, 1)
    return guesses[0].code if guesses and guesses[0].value >= _settings()["field_certainty"] else ""


def case_row(record: Record, columns: Sequence[ColumnChoice], sheet: Sheet) -> tuple[CaseDraft | None, list[Problem]]:
    """The case of one row, or None where it has no number, and every problem."""
    reading = read_case(record, columns)
    if not reading.values.case_number:
        return None, reading.problems
    try:
        return case_draft(reading.values), reading.problems
    except ValidationError as error:
        return None, [*reading.problems, Problem("import.case", value=str(error.errors()[0]["loc"]))]


def case_draft(values: CaseValues) -> CaseDraft:
    """A draft of what the row says; symbols among fields and patents become codes."""
    patents = [PatentDraft(number=text, ipc=values.ipc if place == 0 else []) for place, text in
               enumerate(values.patents)] or ([PatentDraft(ipc=values.ipc)] if values.ipc else [])
    codes = [code for text in values.fields if (code := tree().resolve(text) or _recognised(text))]
    return CaseDraft(
        number=values.case_number, cause=values.cause, issue=values.issue, filed_on=values.filed_on,
        hearing_on=values.hearing_on, judge=values.judge, city=values.city,
        procedure=vocabulary.code_of("procedure", values.procedure) or "",
        state=vocabulary.code_of("case_state", values.state) or "open",
        original_number=values.original_number, remark=values.remark, more=dict(values.more),
        parties=_parties(values), patents=patents,
        fields_=[CaseFieldDraft(code=code, main=place == 0) for place, code in enumerate(dict.fromkeys(codes))])


def _parties(values: CaseValues) -> list[PartyDraft]:
    parties = []
    for side, names in (("plaintiff", values.plaintiffs), ("defendant", values.defendants),
                        ("third_party", values.third_parties)):
        for name in names:
            parties += [_party(pasted, side) for pasted in read_parties(name, side)]
    for side, text in values.agents:
        holder = next((party for party in parties if party.side == side or not side), None)
        if holder is not None:
            agent = read_agent(text)
            holder.agents.append(AgentDraft(name=agent.name, kind=agent.kind, firm=agent.firm))
    return parties


def _party(pasted: Any, side: str) -> PartyDraft:
    return PartyDraft(side=pasted.side or side, name=pasted.name, kind=pasted.kind, credit_code=pasted.credit_code,
                      legal_representative=pasted.legal_representative, address=pasted.address,
                      agents=_agents(pasted.agents))


def _agents(pasted: Iterable[Any]) -> list[AgentDraft]:
    return [AgentDraft(name=agent.name, kind=agent.kind, firm=agent.firm) for agent in pasted]
