"""Makes drafts from what a row says: a person for the register, a case for the docket."""

import marshal
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError

from expertpool.cases.drafts import AgentDraft, CaseDraft, CaseFieldDraft, PartyDraft, PatentDraft
from expertpool.cases.party_text import read_agent, read_parties
from expertpool.experts.catalogue import PERSON
from expertpool.experts.drafts import PersonDraft, Plain
from expertpool.experts.titles import title_level
from expertpool.fields.recognise import recognise
from expertpool.fields.tree import tree
from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Problem
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.fields import CaseValues, PersonValues
from expertpool.importing.rows import read_case, read_person
from expertpool.rules import vocabulary
from expertpool.rules.field_checks import as_written
from expertpool.rules.schemas.people import ImportSettings
from expertpool.spreadsheets.found_tables import Record

# fields read under their own names
SAME = (*(field.key for field in PERSON.fields if field.target == field.key), "name_note", "more")


@cache
def _settings() -> JsonObject:
    return plain_of(read(ImportSettings))


class ExpertRows:
    """Rows of a roster. The small form is a person's plain values, serialised by marshal."""

    kind = "experts"

    def read(self, record: Record, columns: Sequence[ColumnChoice],
             hidden: frozenset[int]) -> tuple[bytes | None, list[Problem]]:
        """The person of one row, or None if it names nobody, and every problem with its cell."""
        reading = read_person(record, columns, hidden_rows=hidden)
        return marshal.dumps(person_plain(reading.values)) if reading.values.name else None, reading.problems

    def draft(self, said: bytes) -> PersonDraft:
        """The draft of what a row said."""
        return as_written(PersonDraft, self.plain(said))

    @staticmethod
    def plain(said: bytes) -> Plain:
        """The plain values of what a row said."""
        content: Plain = marshal.loads(said)
        return content


def person_plain(values: PersonValues) -> Plain:
    """The plain values of a person; technical fields are recognised from specialities and the heading row of the
    group."""
    plain: Plain = {name: value for name in SAME if (value := values.said(name))}
    if level := values.title_level or (title_level(values.title) if values.title else ""):
        plain["title_level"] = level
    if values.secret:
        plain["secrecy"] = values.secret
    if values.industry:
        plain["more"] = {**values.more, "所属行业": values.industry}
    children: dict[str, list[Any]] = {
        "phones": [{"kind": kind, "number": number} for kind, number in values.phones],
        "roles": [{"role": role.role, "mode": role.mode, "start": role.start, "end": role.end,
                   "term_text": role.term_text, "state": role.state or "active",
                   "certificate_no": values.certificate_no} for role in values.roles if role.role],
        "employments": [{"employer": values.employer, "employer_kind": values.employer_kind,
                         "department": values.department, "position": values.position,
                         "retired": values.retired}] if values.employer or values.position else [],
        "fields_": _fields(values), "specialties": values.specialties,
        "licences": [{"kind": values.licence_kind, "number": values.licence_number, "body": values.licence_body,
                      "issued": values.licence_issued, "until": values.licence_until}]
        if values.licence_number or values.licence_until else [],
        "interests": [{"kind": "avoid_unit", "unit": unit} for unit in values.avoid_units]
        + [{"kind": "avoid_person", "name": name} for name in values.avoid_persons],
        "achievements": [{"text": values.achievements}] if values.achievements else []}
    return plain | {name: rows for name, rows in children.items() if rows}


def person_draft(values: PersonValues) -> PersonDraft:
    """A draft of what the row says."""
    return as_written(PersonDraft, person_plain(values))


def _fields(values: PersonValues) -> list[JsonObject]:
    """First the codes as written, then the fields of the specialities; the first is the main one.

    The line of business and the group's heading count only if nothing else names a field (origin ``group``).
    """
    given = [code for text in values.field_codes if (code := tree().resolve(text))]
    found: dict[str, str] = dict.fromkeys(given, "")
    _recognise_into(found, values.specialties, len(given))
    origin = "recognised" if found else "group"
    if not found and (values.industry or values.group):
        _recognise_into(found, (values.industry, values.group), 0)
    return [{"code": code, "main": place == 0, "origin": origin if text else "given", "words": text}
            for place, (code, text) in enumerate(found.items())]


def _recognise_into(found: dict[str, str], texts: Sequence[str], given: int) -> None:
    for text in texts:
        code = _recognised(text) if text else ""
        if code and len(found) < given + _settings()["fields_most"]:
            found.setdefault(code, text)


@lru_cache(maxsize=65536)
def _recognised(text: str) -> str:
    """The surest field of a speciality, or "" if none is sure enough."""
    guesses = recognise(text, 1)
    return guesses[0].code if guesses and guesses[0].value >= _settings()["field_certainty"] else ""


class CaseRows:
    """Rows of a docket; few enough to be kept as drafts."""

    kind = "cases"

    def read(self, record: Record, columns: Sequence[ColumnChoice],
             hidden: frozenset[int]) -> tuple[CaseDraft | None, list[Problem]]:
        """The case of one row, or None where it has no number, and every problem."""
        reading = read_case(record, columns, hidden_rows=hidden)
        if not reading.values.case_number:
            return None, reading.problems
        try:
            return case_draft(reading.values), reading.problems
        except ValidationError as error:
            return None, [*reading.problems, Problem("import.case", value=str(error.errors()[0]["loc"]))]

    def draft(self, said: CaseDraft) -> CaseDraft:
        """The draft itself."""
        return said


def case_draft(values: CaseValues) -> CaseDraft:
    """A draft of what the row says; IPC symbols among fields and patents become codes."""
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
