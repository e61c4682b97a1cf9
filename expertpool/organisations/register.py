"""Units (单位): finding them by name or alias, adding unknown ones; adding other names and links."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import PartialDate
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.organisations.names import normalise
from expertpool.organisations.tables import Organisation, OrganisationAlias, OrganisationLink
from expertpool.rules import vocabulary
from expertpool.storage.queries import rows_where_in, table_of
from expertpool.storage.transaction import Transaction

OPERATION = "edit organisation"


def known_units(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Name as given → unit id, for the names known as a name or alias."""
    keys: dict[str, list[str]] = {}
    for name in names:
        if name:
            keys.setdefault(normalise(name), []).append(name)
    found: dict[str, int] = {}
    alias, own = table_of(OrganisationAlias).c, table_of(Organisation).c
    for key_column, id_column in ((alias.alias_key, alias.organisation_id), (own.name_key, own.id)):
        # the second pass, over own names, takes precedence over another unit's alias
        for key, number in rows_where_in(session, select(key_column, id_column), key_column, list(keys)):
            found.update(dict.fromkeys(keys[key], number))
    return found


def ensure_units(transaction: Transaction, wanted: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Ids for (name, kind) pairs; units not yet known are added."""
    pairs = {name: kind for name, kind in sorted(set(wanted)) if name}
    transaction.session.flush()
    known = known_units(transaction.session, pairs)
    missing: dict[str, JsonObject] = {}
    for name, kind in pairs.items():
        if name not in known:
            row = missing.setdefault(normalise(name), {"name": name, "name_key": normalise(name), "kind": kind})
            row["kind"] = row["kind"] or kind
    ids = dict(zip(missing, transaction.insert_many(Organisation, list(missing.values())), strict=True))
    return known | {name: ids[normalise(name)] for name in pairs if name not in known}


def find_unit(session: Session, name: str) -> Organisation:
    """The unit with this uid, name or alias; raises ``organisations.missing``."""
    found = session.scalars(select(Organisation).where(col(Organisation.uid) == name)).one_or_none()
    if found is None and (number := known_units(session, [name]).get(name)) is not None:
        found = session.get(Organisation, number)
    if found is None:
        raise UserProblem("organisations.missing", name=name)
    return found


def add_alias(pool: Pool, organisation: str, alias: str, *, kind: str = "short", start: str = "", end: str = "",
              source: str = "") -> Changes:
    """Give a unit (name or uid) another name (简称、曾用名), with the time it was used and its source.

    An unknown unit is added. A former name always means the unit, whatever its dates. A unit entered under the alias
    counts as the same unit from now on. Raises ``organisations.alias_taken`` if the alias belongs to another unit,
    ``organisations.alias_known``, ``organisations.itself``. Also raises ``organisations.name``.
    """
    _demand_names(organisation, alias)
    kind, start, end = known_kind("alias_kind", kind), *clean_dates(start, end)
    with pool.write(OPERATION, name=organisation, alias=alias) as transaction:
        found = _named(transaction, organisation)
        transaction.words["name"] = found.name
        key = normalise(alias)
        if key == found.name_key:
            raise UserProblem("organisations.itself", name=found.name)
        held = transaction.session.scalars(
            select(OrganisationAlias).where(col(OrganisationAlias.alias_key) == key)
        ).first()
        if held is not None:
            owner = transaction.get(Organisation, held.organisation_id)
            code = "organisations.alias_known" if owner.id == found.id else "organisations.alias_taken"
            raise UserProblem(code, alias=alias, name=owner.name)
        transaction.add(
            OrganisationAlias(
                organisation_id=int(found.id or 0),
                alias=alias.strip(),
                alias_key=key,
                kind=kind,
                start=start,
                end=end,
                source=source.strip(),
            )
        )
    return transaction.result()


def remove_alias(pool: Pool, uid: str) -> Changes:
    """Remove another name."""
    with pool.write(OPERATION, removed=True) as transaction:
        record = transaction.by_uid(OrganisationAlias, uid)
        transaction.words |= {
            "name": transaction.get(Organisation, record.organisation_id).name,
            "alias": record.alias,
        }
        transaction.remove(record)
    return transaction.result()


def link(pool: Pool, upper: str, lower: str, *, kind: str = "parent", start: str = "", end: str = "",
         source: str = "") -> Changes:
    """Store that ``upper`` is parent of, controls or became ``lower`` (母公司、分支机构、控股、更名、关联).

    Unknown units are added. Raises ``organisations.itself``, ``organisations.linked_already``,
    ``organisations.name``.
    """
    _demand_names(upper, lower)
    kind, start, end = known_kind("organisation_link", kind), *clean_dates(start, end)
    with pool.write(OPERATION, name=upper, lower=lower) as transaction:
        first, second = _named(transaction, upper), _named(transaction, lower)
        transaction.words |= {"name": first.name, "lower": second.name}
        if first.id == second.id:
            raise UserProblem("organisations.itself", name=first.name)
        if transaction.session.scalars(select(OrganisationLink).where(
                col(OrganisationLink.upper_id) == first.id, col(OrganisationLink.lower_id) == second.id,
                col(OrganisationLink.kind) == kind, col(OrganisationLink.start) == start)).first():
            raise UserProblem("organisations.linked_already", upper=first.name, lower=second.name)
        transaction.add(
            OrganisationLink(
                upper_id=int(first.id or 0),
                lower_id=int(second.id or 0),
                kind=kind,
                start=start,
                end=end,
                source=source.strip(),
            )
        )
    return transaction.result()


def unlink(pool: Pool, uid: str) -> Changes:
    """Remove a link."""
    with pool.write(OPERATION, removed=True) as transaction:
        record = transaction.by_uid(OrganisationLink, uid)
        transaction.words |= {"name": transaction.get(Organisation, record.upper_id).name,
                              "lower": transaction.get(Organisation, record.lower_id).name}
        transaction.remove(record)
    return transaction.result()


def known_kind(words: str, kind: str) -> str:
    """A code of the vocabulary ``words`` from the code or a word; raises ``organisations.kind``."""
    known: Sequence[vocabulary.Word] = vocabulary.words(words)
    for word in known:
        if kind.strip() in (word.code, word.zh, word.en, *word.synonyms):
            return word.code
    raise UserProblem("organisations.kind", kind=kind, kinds="、".join(word.code for word in known))


def clean_dates(start: str, end: str) -> tuple[str, str]:
    """Both days as ISO text; raises ``organisations.date`` if one is unreadable or they are in the wrong order."""
    days = []
    for text in (start.strip(), end.strip()):
        try:
            days.append(PartialDate.parse(text) if text else None)
        except ValueError as error:
            raise UserProblem("organisations.date", value=text) from error
    first, last = days
    if first and last and first.first_day > last.last_day:
        raise UserProblem("organisations.date", value=end)
    return str(first or ""), str(last or "")


def _demand_names(*names: str) -> None:
    if not all(normalise(name) for name in names):
        raise UserProblem("organisations.name")


def _named(transaction: Transaction, name: str) -> Organisation:
    """The unit with this uid, name or alias, added if unknown."""
    by_uid = transaction.session.scalars(select(Organisation).where(col(Organisation.uid) == name)).one_or_none()
    return by_uid or transaction.get(Organisation, ensure_units(transaction, [(name.strip(), "")])[name.strip()])
