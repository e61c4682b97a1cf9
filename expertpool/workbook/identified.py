"""Rows recognised by their own content: units by name, people by number or name and unit, cases by 案号."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from expertpool.cases.case_number import parse
from expertpool.cases.causes import find_cause
from expertpool.cases.courts import court_name
from expertpool.cases.docket import link_cases
from expertpool.cases.procedures import link_kind, nature_of, original_kind, procedure_of
from expertpool.cases.tables import CaseLink, CourtCase
from expertpool.experts.tables import Person
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Severity
from expertpool.organisations.edits import pair_key
from expertpool.organisations.names import normalise
from expertpool.organisations.register import ensure_units
from expertpool.organisations.tables import Organisation, OrganisationAnswer
from expertpool.storage.queries import table_of
from expertpool.storage.transaction import images
from expertpool.workbook.cells import CellProblem, field_code
from expertpool.workbook.incoming import IncomingRow
from expertpool.workbook.settling import Settled, Settlement
from expertpool.workbook.sheets import sheet


def settle_units(settlement: Settlement, rows: Iterable[IncomingRow]) -> None:
    """Bring in the units of the sheet 单位, recognised by their normalised name."""
    kind = sheet("organisations")
    settled = [settlement.resolve(kind, row) for row in rows]
    stored = {image["name_key"]: image for image in
              settlement.unit.session.execute(select(table_of(Organisation))).mappings()}
    fresh: dict[str, Settled] = {}
    for one in settled:
        if one.row.rejected:
            continue
        key = normalise(one.row.values["name"])
        if key in stored:
            settlement.take(kind, one, stored[key])
        elif key in fresh:
            one.outcome = "unchanged"
        else:
            fresh[key] = one
    settlement.insert(kind, list(fresh.values()))
    settlement.finish(kind, settled)
    settlement.references.add_units(one.row.values["name"] for one in settled if "name" in one.row.values)


def settle_aliases(settlement: Settlement, rows: Iterable[IncomingRow], present: frozenset[str]) -> None:
    """Bring in the sheet 单位别名, before other rows use an alias; unknown units are added."""
    given = list(rows)
    owners = {str(row.values["organisation"]) for row in given if "organisation" in row.values}
    ensure_units(settlement.unit, {(name, "") for name in owners})
    settlement.references.add_units(owners)
    settlement.settle(sheet("aliases"), given, present)


def settle_answers(settlement: Settlement, rows: Iterable[IncomingRow]) -> None:
    """Bring in the sheet 单位判断, recognised by the two names."""
    kind = sheet("organisation_answers")
    settled = [settlement.resolve(kind, row) for row in rows]
    stored = {(image["first_key"], image["second_key"]): image for image in
              settlement.unit.session.execute(select(table_of(OrganisationAnswer))).mappings()}
    fresh: dict[tuple[str, str], Settled] = {}
    for one in settled:
        if one.row.rejected:
            continue
        pair = pair_key(str(one.values["first_key"]), str(one.values["second_key"]))
        one.values |= {"first_key": pair[0], "second_key": pair[1]}
        if pair in stored:
            settlement.take(kind, one, stored[pair])
        elif pair in fresh:
            one.outcome = "unchanged"
        else:
            fresh[pair] = one
    settlement.insert(kind, list(fresh.values()))
    settlement.finish(kind, settled)


def settle_people(settlement: Settlement, rows: Iterable[IncomingRow]) -> list[Settled]:
    """Bring in the people of the sheet 专家; new ones keep the number that another pool gave them."""
    kind, references = sheet("experts"), settlement.references
    settled = [settlement.resolve(kind, row) for row in rows]
    good = [one for one in settled if not one.row.rejected]
    known = references.recognise([one.row for one in good])
    stored = images(settlement.unit.session, Person, set(known.values()))
    fresh: list[Settled] = []
    for one in good:
        key = known.get(id(one.row))
        if key is None:
            fresh.append(one)
        else:
            settlement.take(kind, one, stored[key])
    settlement.insert(kind, fresh)
    settlement.finish(kind, settled)
    for one in good:
        row = one.row.values
        references.add_person(one.id or 0, row.get("uid", ""), row["name"])
        references.people[token(one.id)] = one.id or 0
        if "employer" in row:
            references.add_employer(one.id or 0, row["employer"])
    settlement.fill_self_references(kind, settled)
    return settled


def token(person: int | None) -> str:
    """How rows made from summary columns refer to their person."""
    return f"#{person}"


def summed_rows(one: Settled) -> dict[str, list[IncomingRow]]:
    """What the summary columns of one person say, as rows of the detailed sheets."""
    row, values = one.row, one.row.values
    found: dict[str, list[JsonObject]] = {
        "employments": [{key: values[key] for key in ("employer", "department", "position") if key in values}
                        | {"current": True}] if "employer" in values else [],
        "roles": [{"role": role} | {name: values[f"term_{name}"] for name in ("start", "end")
                                    if f"term_{name}" in values} for role in values.get("roles", ())],
        "specialties": [{"text": text} for text in values.get("specialties", ())],
        "fields": _field_rows(one),
        "phones": [{"kind": "mobile", "number": values["mobile"]}] if "mobile" in values else [],
        "interests": [{"kind": "avoid_unit", "unit": unit} for unit in values.get("avoid_units", ())],
    }
    return {key: [IncomingRow(sheet(key), row.number, {"person_uid": token(one.id)} | content, summed=True)
                  for content in contents] for key, contents in found.items() if contents}


def _field_rows(one: Settled) -> list[JsonObject]:
    codes = []
    for text in one.row.values.get("field_codes", ()):
        try:
            codes.append(field_code(text))
        except CellProblem:
            one.row.report("exchange.field_left_out", "field_codes", Severity.WARNING, value=text)
    new = one.outcome == "created"
    return [{"code": code} | ({"main": place == 0} if new else {}) for place, code in enumerate(dict.fromkeys(codes))]


def settle_cases(settlement: Settlement, rows: Iterable[IncomingRow]) -> list[Settled]:
    """Bring in the cases of the sheet 案件; empty cells of new ones are filled from their case numbers."""
    kind, references = sheet("cases"), settlement.references
    settled = [settlement.resolve(kind, row) for row in rows]
    good = [one for one in settled if not one.row.rejected]
    for one in good:
        one.values["number"] = parse(one.row.values["number"]).normalised
    known = {one.values["number"]: references.cases[one.values["number"]] for one in good
             if one.values["number"] in references.cases}
    stored = images(settlement.unit.session, CourtCase, set(known.values()))
    fresh: dict[str, Settled] = {}
    for one in good:
        number = one.values["number"]
        if number in known:
            settlement.take(kind, one, stored[known[number]])
        elif number in fresh:
            one.outcome = "unchanged"
        else:
            _complete(one)
            fresh[number] = one
    settlement.insert(kind, list(fresh.values()))
    settlement.finish(kind, settled)
    references.cases.update({number: one.id or 0 for number, one in fresh.items()})
    return settled


def _complete(one: Settled) -> None:
    """Fill in what follows from the number and the cause of a new case."""
    number, values = parse(one.row.values["number"]), one.values
    values |= {"year": number.year, "court_code": number.court_code, "type_code": number.type_code,
               "serial": number.serial, "suffix": number.suffix, "recognised": number.recognised}
    values.setdefault("number_raw", one.row.values["number"])
    values.setdefault("court", court_name(number.court_code))
    values.setdefault("procedure", procedure_of(number))
    values.setdefault("nature", nature_of(number))
    if "cause_code" not in values and (cause := find_cause(values.get("cause", ""))):
        values |= {"cause_code": cause.code, "cause_version": cause.version}


def settle_links(settlement: Settlement, rows: Iterable[IncomingRow]) -> None:
    """Bring in the links of cases: linked cases become one dispute."""
    kind, unit = sheet("case_links"), settlement.unit
    settled = [settlement.resolve(kind, row) for row in rows]
    for one in settled:
        if one.row.rejected:
            continue
        earlier, later = (unit.get(CourtCase, one.values[name]) for name in ("earlier_id", "later_id"))
        known = unit.session.execute(select(table_of(CaseLink)).where(
            col(CaseLink.earlier_id) == earlier.id, col(CaseLink.later_id) == later.id)).mappings().first()
        if known:
            settlement.take(kind, one, known)
            continue
        link_cases(unit, earlier, later, one.values.get("kind") or link_kind(earlier.procedure, later.procedure),
                   one.values.get("source", ""))
        one.outcome = "created"
    settlement.finish(kind, settled)


def link_originals(settlement: Settlement, settled: Iterable[Settled]) -> None:
    """Link new cases to their original cases, if the workbook has no sheet of links."""
    unit = settlement.unit
    for one in settled:
        original = parse(one.values.get("original_number", "")).normalised
        if one.outcome == "created" and original in settlement.references.cases:
            earlier = unit.get(CourtCase, settlement.references.cases[original])
            later = unit.get(CourtCase, one.id or 0)
            if earlier.id != later.id:
                link_cases(unit, earlier, later, original_kind(earlier.procedure, later.procedure), "原审案号")


def unit_names(rows: dict[str, list[IncomingRow]]) -> set[tuple[str, str]]:
    """(name, kind) of every unit that the rows name as employer, party, firm or in an interest."""
    names: set[tuple[str, str]] = set()
    for key, attribute in (("employments", "employer"), ("interests", "unit"), ("experts", "employer")):
        names |= {(row.values[attribute], "") for row in rows.get(key, ()) if attribute in row.values}
    names |= {(unit, "") for row in rows.get("experts", ()) for unit in row.values.get("avoid_units", ())}
    names |= {(row.values["name"], "") for row in rows.get("parties", ())
              if "name" in row.values and row.values.get("kind") != "person"}
    names |= {(row.values["firm"], "patent_agency" if row.values.get("kind") == "patent_attorney" else "law_firm")
              for row in rows.get("agents", ()) if "firm" in row.values}
    return names
