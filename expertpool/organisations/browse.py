"""Units as the alias book shows them (单位别名库): a list, and one unit with everything that refers to it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.foundation.json_values import JsonObject
from expertpool.organisations.edits import references
from expertpool.organisations.names import normalise
from expertpool.organisations.register import find_unit
from expertpool.organisations.tables import Organisation
from expertpool.storage.records import METADATA

_CASE, _PERSON = "court_case_id", "person_id"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list. ``people``: how many work or worked there; ``cases``: how many name it as party or agents'
    firm."""

    id: int
    uid: str
    name: str
    kind: str
    credit_code: str
    aliases: tuple[str, ...]
    people: int
    cases: int


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """One unit. The rows of ``aliases``, ``links``, ``people`` and ``cases`` are mappings for lists."""

    row: UnitRow
    region: str
    listed: bool
    remark: str
    version: int
    aliases: tuple[JsonObject, ...]  # uid, alias, kind, start, end, source
    links: tuple[JsonObject, ...]  # uid, kind, upper (the other is above), name, unit_uid, start, end, source
    people: tuple[JsonObject, ...]  # uid, name, employer, start, end, current
    cases: tuple[JsonObject, ...]  # uid, number, as (party, firm, patentee), side, state


def weights(session: Session) -> dict[int, tuple[int, int]]:
    """Unit id → (people, cases) that refer to it."""
    people: dict[int, int] = {}
    cases: dict[int, set[int]] = defaultdict(set)
    for table, column in references():
        if table.name == "employment":
            people = {unit: count for unit, count in session.execute(select(column, func.count(distinct(
                table.c.person_id))).where(column.is_not(None)).group_by(column))}
        elif _CASE in table.c:
            for unit, case in session.execute(select(column, table.c[_CASE]).where(column.is_not(None))):
                cases[unit].add(case)
    return {unit: (people.get(unit, 0), len(cases.get(unit, ()))) for unit in {*people, *cases}}


@numbers_hidden
def unit_rows(pool: Pool, search: str = "", *, kind: str = "") -> list[UnitRow]:
    """Units whose name, alias or credit code contains the text, sorted by name."""
    unit, alias = METADATA.tables["organisation"].c, METADATA.tables["organisationalias"].c
    text = normalise(search)
    query = select(unit.id, unit.uid, unit.name, unit.kind, unit.credit_code).order_by(unit.name)
    if kind:
        query = query.where(unit.kind == kind)
    if text:
        named = select(alias.organisation_id).where(alias.alias_key.contains(text, autoescape=True))
        query = query.where(or_(unit.name_key.contains(text, autoescape=True), unit.id.in_(named),
                                unit.credit_code.contains(text.upper(), autoescape=True)))
    with pool.read() as session:
        names: dict[int, list[str]] = defaultdict(list)
        for number, other in session.execute(select(alias.organisation_id, alias.alias).order_by(alias.id)):
            names[number].append(other)
        counts = weights(session)
        return [UnitRow(*row, tuple(names[row.id]), *counts.get(row.id, (0, 0))) for row in session.execute(query)]


@numbers_hidden
def unit_detail(pool: Pool, organisation: str) -> UnitDetail:
    """A unit, by uid or name, with its other names, links, people and cases; raises ``organisations.missing``."""
    with pool.read() as session:
        unit = find_unit(session, organisation)
        number = int(unit.id or 0)
        aliases, cases = _aliases(session, number), _cases(session, unit)
        row = UnitRow(number, unit.uid, unit.name, unit.kind, unit.credit_code,
                      tuple(alias["alias"] for alias in aliases), *weights(session).get(number, (0, 0)))
        return UnitDetail(row, unit.region, unit.listed, unit.remark, unit.version, aliases, _links(session, number),
                          _people(session, number), cases)


def _aliases(session: Session, unit: int) -> tuple[JsonObject, ...]:
    alias = METADATA.tables["organisationalias"].c
    return tuple(dict(row) for row in session.execute(select(
        alias.uid, alias.alias, alias.kind, alias.start, alias.end, alias.source).where(
        alias.organisation_id == unit).order_by(alias.id)).mappings())


def _links(session: Session, unit: int) -> tuple[JsonObject, ...]:
    link, other = METADATA.tables["organisationlink"].c, METADATA.tables["organisation"].c
    found = []
    for mine, theirs, above in ((link.lower_id, link.upper_id, True), (link.upper_id, link.lower_id, False)):
        for row in session.execute(select(link.uid, link.kind, other.name, other.uid.label("unit_uid"), link.start,
                                          link.end, link.source).join_from(
                METADATA.tables["organisationlink"], METADATA.tables["organisation"], other.id == theirs).where(
                mine == unit).order_by(link.id)).mappings():
            found.append({**row, "upper": above})
    return tuple(found)


def _people(session: Session, unit: int) -> tuple[JsonObject, ...]:
    job, person = METADATA.tables["employment"].c, METADATA.tables["person"].c
    return tuple(dict(row) for row in session.execute(select(
        person.uid, person.name, job.employer, job.start, job.end, job.current).join_from(
        METADATA.tables["employment"], METADATA.tables["person"], person.id == job.person_id).where(
        job.organisation_id == unit, person.state != "merged").order_by(
        job.current.desc(), person.name, job.id)).mappings())


def _cases(session: Session, unit: Organisation) -> tuple[JsonObject, ...]:
    """As party, agents' firm (both by key) and patentee (by name); open cases first."""
    party, agent, patent, case = (METADATA.tables[name].c for name in ("party", "agent", "patent", "courtcase"))
    roles: dict[tuple[int, str], str] = {}
    for number, side in session.execute(select(party.court_case_id, party.side).where(
            party.organisation_id == unit.id)):
        roles.setdefault((number, "party"), side)
    for (number,) in session.execute(select(agent.court_case_id).where(agent.firm_id == unit.id)):
        roles.setdefault((number, "firm"), "")
    for number, owners in session.execute(select(patent.court_case_id, patent.patentees)):
        if any(normalise(owner) == unit.name_key for owner in owners or ()):
            roles.setdefault((number, "patentee"), "")
    cases = {row.id: row for row in session.execute(select(case.id, case.uid, case.number, case.state).where(
        case.id.in_({number for number, _role in roles})))}
    rows = [{"uid": cases[number].uid, "number": cases[number].number, "as": role, "side": side,
             "state": cases[number].state} for (number, role), side in roles.items() if number in cases]
    return tuple(sorted(rows, key=lambda row: (row["state"] != "open", row["number"], row["as"])))
