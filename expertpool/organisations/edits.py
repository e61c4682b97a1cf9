"""Changing units (单位维护): their own values, merging two that are one, answers about names that look alike."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import sentence
from expertpool.organisations.credit_code import clean_credit_code, credit_code_problem
from expertpool.organisations.names import normalise
from expertpool.organisations.register import OPERATION, find_unit, known_kind
from expertpool.organisations.tables import Organisation, OrganisationAlias, OrganisationAnswer, OrganisationLink
from expertpool.storage.records import METADATA, entity
from expertpool.storage.transaction import Transaction

ANSWERS = ("same", "group", "different")


def set_unit(pool: Pool, organisation: str, *, kind: str | None = None, credit_code: str | None = None,
             region: str | None = None, listed: bool | None = None, remark: str | None = None,
             version: int | None = None) -> Changes:
    """Change a unit's values; those given as None stay. ``organisation`` is its uid or name.

    Raises ``organisations.code`` for an invalid credit code (GB 32100), ``organisations.code_taken`` for one that
    another unit has, ``record.changed`` if somebody saved since ``version``.
    """
    with pool.write(OPERATION, name=organisation) as transaction:
        found = find_unit(transaction.session, organisation)
        transaction.words["name"] = found.name
        if version is not None and found.version != version:
            raise UserProblem("record.changed", uid=found.uid)
        if kind is not None:
            found.kind = known_kind("organisation_kind", kind) if kind.strip() else ""
        if credit_code is not None:
            found.credit_code = _free_code(transaction.session, credit_code, found)
        if region is not None:
            found.region = region.strip()
        if listed is not None:
            found.listed = listed
        if remark is not None:
            found.remark = remark.strip()
    return transaction.result()


def _free_code(session: Session, text: str, owner: Organisation) -> str:
    if not text.strip():
        return ""
    code = clean_credit_code(text)
    if problem := credit_code_problem(code):
        raise UserProblem("organisations.code", value=text, reason=sentence(f"organisations.code_{problem}"))
    columns = METADATA.tables["organisation"].c
    other = session.scalars(select(Organisation).where(columns.credit_code == code, columns.id != owner.id)).first()
    if other is not None:
        raise UserProblem("organisations.code_taken", value=code, name=other.name)
    return code


def references() -> Iterator[tuple[Table, "Column[Any]"]]:
    """Every column of a journaled table that refers to a unit."""
    for table in METADATA.sorted_tables:
        if "uid" in table.c and "version" in table.c:
            for column in table.c:
                if any(key.column.table.name == "organisation" for key in column.foreign_keys):
                    yield table, column


def merge_units(pool: Pool, kept: str, other: str, *, reason: str = "") -> Changes:
    """Merge two units, named by uid or name: everything that refers to ``other`` refers to ``kept`` from now on.

    The other's name and aliases become aliases of the kept unit, its empty values are filled, links between the two
    are deleted. One journal entry, which can be undone. Raises ``organisations.itself``,
    ``organisations.codes_differ``.
    """
    with pool.write(OPERATION, reason=reason) as transaction:
        first, second = find_unit(transaction.session, kept), find_unit(transaction.session, other)
        transaction.words |= {"name": first.name, "other": second.name}
        if first.id == second.id:
            raise UserProblem("organisations.itself", name=first.name)
        if first.credit_code and second.credit_code and first.credit_code != second.credit_code:
            raise UserProblem("organisations.codes_differ", name=first.name, other=second.name)
        number, gone = int(first.id or 0), int(second.id or 0)
        own, name, key = first.name_key, second.name, second.name_key
        for field in ("kind", "region", "remark", "credit_code"):
            setattr(first, field, getattr(first, field) or getattr(second, field))
        first.listed = first.listed or second.listed
        transaction.session.flush()
        _hand_over(transaction, number, gone)
        _join_aliases(transaction, number, own, name, key)
        transaction.delete_many(Organisation, [gone])
    return transaction.result()


def _hand_over(transaction: Transaction, kept: int, other: int) -> None:
    """Repoint all rows from ``other`` to ``kept``; delete links between the two."""
    links = METADATA.tables["organisationlink"].c
    both = (kept, other)
    own = transaction.session.scalars(select(links.id).where(links.upper_id.in_(both), links.lower_id.in_(both)))
    transaction.delete_many(OrganisationLink, list(own))
    moves: dict[str, dict[int, JsonObject]] = defaultdict(dict)
    for table, column in references():
        for (number,) in transaction.session.execute(select(table.c.id).where(column == other)):
            moves[table.name].setdefault(number, {})[column.name] = kept
    transaction.session.expunge_all()  # the writes that follow bypass the session
    for name, changes in moves.items():
        transaction.update_many(entity(name), changes)
    known: set[tuple[Any, ...]] = set()
    twice = []
    for row in transaction.session.execute(
        select(links.id, links.upper_id, links.lower_id, links.kind, links.start)
        .where((links.upper_id == kept) | (links.lower_id == kept))
        .order_by(links.id)
    ):
        twice += [row.id] if tuple(row[1:]) in known else []
        known.add(tuple(row[1:]))
    transaction.delete_many(OrganisationLink, twice)


def _join_aliases(transaction: Transaction, kept: int, own: str, name: str, key: str) -> None:
    """Make the merged unit's name an alias; each alias is kept once, and none that is the unit's own name."""
    seen, needless = {own}, []
    columns = METADATA.tables["organisationalias"].c
    for number, alias_key in transaction.session.execute(select(columns.id, columns.alias_key).where(
            columns.organisation_id == kept).order_by(columns.id)):
        if alias_key in seen:
            needless.append(number)
        seen.add(alias_key)
    transaction.delete_many(OrganisationAlias, needless)
    if key not in seen:
        transaction.insert_many(OrganisationAlias, [{"organisation_id": kept, "alias": name, "alias_key": key,
                                                     "kind": "typed"}])


def pair_key(name_a: str, name_b: str) -> tuple[str, str]:
    """How an answer identifies two units: their normalised names, the smaller first."""
    first, second = sorted((normalise(name_a), normalise(name_b)))
    return first, second


def answer_units(pool: Pool, name_a: str, name_b: str, answer: str, reason: str = "", *,
                 first: bool = False) -> Changes:
    """Store what two names are to each other: ``same``, ``group`` or ``different``; a later answer replaces it.

    ``first``: the pair had no answer when it was read; raises ``record.changed`` where it has one by now. Raises
    ``organisations.answer``, ``organisations.itself``, ``organisations.name``.
    """
    demand(pool.actor, OPERATION)
    if answer not in ANSWERS:
        raise UserProblem("organisations.answer", answer=answer)
    one, other = pair_key(name_a, name_b)
    if not one or not other:
        raise UserProblem("organisations.name")
    if one == other:
        raise UserProblem("organisations.itself", name=name_a)
    with pool.write(OPERATION, name=name_a, other=name_b, answer=answer) as transaction:
        columns = METADATA.tables["organisationanswer"].c
        found = transaction.session.scalars(select(OrganisationAnswer).where(
            columns.first_key == one, columns.second_key == other)).first()
        if found is not None and first:
            raise UserProblem("record.changed", uid=found.uid)
        if found is None:
            transaction.add(
                OrganisationAnswer(
                    first_key=one,
                    second_key=other,
                    answer=answer,
                    reason=reason.strip(),
                    by=transaction.actor,
                    at=transaction.stamp,
                )
            )
        else:
            found.answer, found.reason, found.by, found.at = (
                answer,
                reason.strip(),
                transaction.actor,
                transaction.stamp,
            )
    return transaction.result()


def answers(session: Session) -> dict[tuple[str, str], str]:
    """Every answer by its pair of names."""
    columns = METADATA.tables["organisationanswer"].c
    return {(row[0], row[1]): row[2] for row in session.execute(
        select(columns.first_key, columns.second_key, columns.answer))}
