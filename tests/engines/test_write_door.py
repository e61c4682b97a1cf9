"""No way of writing puts nonsense into a table: single records, rows in bulk, updates; undo puts back what was there."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from expertpool.cases.tables import CourtCase, Party
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import change_state, edit, register
from expertpool.experts.tables import Interest, Person, RoleTerm
from expertpool.foundation.problems import UserProblem
from expertpool.pool import ExpertPool
from expertpool.storage.transaction import Transaction

Write = Callable[[Transaction, int], Any]


@pytest.fixture
def person(pool: ExpertPool) -> int:
    return next(iter(register(pool, PersonDraft(name="安亦舟")).ids["person"]))


WRITES: list[tuple[str, Write]] = [
    ("field.word", lambda t, key: t.add(RoleTerm(person_id=key, role="wizard"))),
    ("field.word", lambda t, key: t.insert_many(RoleTerm, [{"person_id": key, "role": "wizard"}])),
    ("field.word", lambda t, key: t.insert_many(Interest, [{"person_id": key, "kind": "nonsense"}])),
    ("date.form", lambda t, key: t.insert_many(RoleTerm, [{"person_id": key, "role": "technical_investigator", "end": "soon"}])),
    ("date.form", lambda t, key: t.update_many(Person, {key: {"birth": "1978-02-30"}})),
    ("field.word", lambda t, key: t.update_many(Person, {key: {"state": "gone"}})),
    ("field.type", lambda t, key: t.update_many(Person, {key: {"name": 7}})),
    ("field.type", lambda t, key: t.update_many(Person, {key: {"more": "text"}})),
    ("field.type", lambda t, key: t.insert_many(Person, [{"name": "甲", "case_cap": "many"}])),
    ("field.word", lambda t, key: t.add(CourtCase(number="1", state="half"))),
    ("field.word", lambda t, key: t.add(CourtCase(number="1"), Party(court_case_id=1, side="neither"))),
]


@pytest.mark.parametrize(("code", "write"), WRITES)
def test_the_door_refuses_nonsense(pool: ExpertPool, person: int, code: str, write: Write) -> None:
    with pytest.raises(UserProblem) as refused, pool.write("edit person") as transaction:
        write(transaction, person)
    assert refused.value.code == code
    with pool.read() as session:
        assert session.scalars(select(RoleTerm)).all() == session.scalars(select(CourtCase)).all() == []


def test_a_loaded_record_is_checked_where_it_was_changed(pool: ExpertPool, person: int) -> None:
    def write() -> None:
        with pool.write("edit person") as transaction:
            transaction.get(Person, person).birth = "in May"

    with pytest.raises(UserProblem) as refused:
        write()
    assert refused.value.code == "date.form"


def test_a_standing_that_is_none_is_refused(pool: ExpertPool, person: int) -> None:
    with pool.read() as session:
        uid = session.scalars(select(Person.uid)).one()
    with pytest.raises(UserProblem) as refused:
        change_state(pool, uid, "on the moon", "", "2026-01-01")
    assert refused.value.code == "field.word"
    with pytest.raises(UserProblem):
        change_state(pool, uid, "suspended", "", "tomorrow")


def test_what_an_old_pool_holds_stays_readable_and_editable(pool: ExpertPool, person: int) -> None:
    table = Person.__table__
    with pool.database.engine.begin() as connection:  # as a program of before the checks wrote it
        connection.execute(update(table).where(table.c.id == person).values(birth="about 1978", education="研究生班"))
    with pool.read() as session:
        uid = session.scalars(select(Person.uid)).one()
    draft = person_detail(pool, uid, revealed=True).draft()
    assert (draft.birth, draft.education) == ("about 1978", "研究生班")
    edit(pool, uid, draft.model_copy(update={"title": "教授"}))
    assert person_detail(pool, uid).values["title"] == "教授"
    assert person_detail(pool, uid).values["birth"] == "about 1978"
