"""Queries over many keys are asked in parts, and in one way."""

from array import array

from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.orm import Session

from expertpool.storage.queries import CHUNK, chunks, one_of, rows_where_in

NUMBERS = Table("numbers", MetaData(), Column("id", Integer, primary_key=True), Column("value", Integer))


def filled(count):
    engine = create_engine("sqlite://")
    NUMBERS.metadata.create_all(engine)
    session = Session(engine)
    session.execute(insert(NUMBERS), [{"id": number, "value": -number} for number in range(count)])
    return session


def test_parts_keep_order_and_size():
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks({3: "c", 1: "a"}, 5)) == [[3, 1]]
    assert list(chunks(array("q", [7, 8]), 1)) == [[7], [8]]
    assert list(chunks([])) == []


def test_more_keys_than_one_statement_takes():
    with filled(2 * CHUNK + 3) as session:
        wanted = [*range(CHUNK + 1), 2 * CHUNK + 2, 99_999_999]
        found = list(rows_where_in(session, select(NUMBERS.c.id, NUMBERS.c.value), NUMBERS.c.id, wanted))
    assert [row.id for row in found] == wanted[:-1]
    assert all(row.value == -row.id for row in found)


def test_all_rows_without_keys_and_none_for_no_key():
    with filled(3) as session:
        query = select(NUMBERS.c.id)
        assert [row[0] for row in rows_where_in(session, query, NUMBERS.c.id, None)] == [0, 1, 2]
        assert list(rows_where_in(session, query, NUMBERS.c.id, [])) == []


def test_two_sets_of_keys_in_one_statement():
    with filled(6) as session:
        query = select(NUMBERS.c.id).where(one_of(NUMBERS.c.id, [1, 2, 3]), one_of(NUMBERS.c.value, [-3, -4]))
        assert session.scalars(query).all() == [3]
