"""Units by name (单位): found by their normalised name or an alias, added where nobody knew them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.experts.organisation_names import normalise
from expertpool.experts.tables import Organisation, OrganisationAlias, OrganisationLink
from expertpool.foundation.changes import Changes
from expertpool.storage.unit import CHUNK, Unit


def known_units(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Name as given → unit id, for the names that are known by name or alias."""
    keys: dict[str, list[str]] = {}
    for name in names:
        if name:
            keys.setdefault(normalise(name), []).append(name)
    found: dict[str, int] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), CHUNK):
        part: Any = bindparam("keys", wanted[start:start + CHUNK], expanding=True)
        aliases = select(OrganisationAlias.alias_key, OrganisationAlias.organisation_id).where(
            OrganisationAlias.alias_key.in_(part))
        own = select(Organisation.name_key, Organisation.id).where(
            Organisation.name_key.in_(part))
        for query in (aliases, own):  # a unit's own name wins over another's alias
            for key, number in session.execute(query):
                found.update(dict.fromkeys(keys[key], number))
    return found


def ensure_units(unit: Unit, wanted: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Ids for (name, kind) pairs, adding the units that are not known yet."""
    pairs = {name: kind for name, kind in sorted(set(wanted)) if name}
    unit.session.flush()
    known = known_units(unit.session, pairs)
    missing: dict[str, dict[str, Any]] = {}
    for name, kind in pairs.items():
        if name not in known:
            row = missing.setdefault(normalise(name), {"name": name, "name_key": normalise(name), "kind": kind})
            row["kind"] = row["kind"] or kind
    ids = dict(zip(missing, unit.insert_many(Organisation, list(missing.values())), strict=True))
    return known | {name: ids[normalise(name)] for name in pairs if name not in known}


def add_alias(pool: Pool, organisation: str, alias: str, *, kind: str = "short", source: str = "") -> Changes:
    """Give a unit another name (简称、曾用名)."""
    with pool.write("edit organisation", name=organisation, alias=alias) as unit:
        number = ensure_units(unit, [(organisation, "")])[organisation]
        unit.add(OrganisationAlias(organisation_id=number, alias=alias, alias_key=normalise(alias), kind=kind,
                                   source=source))
    return unit.result()


def link(pool: Pool, upper: str, lower: str, *, kind: str = "parent", source: str = "") -> Changes:
    """Say that ``upper`` is the parent (or controls) ``lower``."""
    with pool.write("edit organisation", name=upper, lower=lower) as unit:
        ids = ensure_units(unit, [(upper, ""), (lower, "")])
        unit.add(OrganisationLink(upper_id=ids[upper], lower_id=ids[lower], kind=kind, source=source))
    return unit.result()
