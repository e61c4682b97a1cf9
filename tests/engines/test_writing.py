"""The one write door, the journal, undo, optimistic versions: the same on both engines."""

import threading
from typing import Any

import pytest
from sqlalchemy import select, text

from expertpool.accounts.permissions import Actor
from expertpool.experts.browse import PeopleQuery, people_counts, people_ids, people_rows
from expertpool.experts.details import person_detail, person_history, reveal
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, InterestDraft, PersonDraft, PhoneDraft, RoleDraft
from expertpool.experts.register import change_state, edit, register, register_many
from expertpool.experts.tables import Person, PersonListing
from expertpool.foundation.problems import UserProblem
from expertpool.pool import ExpertPool
from expertpool.storage.journal import first_broken
from expertpool.storage.tables import JournalEntry


def person(name: str = "王新宇", **values: Any) -> PersonDraft:
    return PersonDraft(**{
        "name": name, "birth": "1978-05", "title": "教授", "title_level": "senior",
        "phones": [PhoneDraft(number="13812345678")],
        "employments": [EmploymentDraft(employer="浑河理工大学", department="机械学院")],
        "fields_": [FieldDraft(code="B62D", main=True)], "specialties": ["移动机器人"],
        "roles": [RoleDraft(role="technical_investigator", mode="part_time", start="2024-03-01", end="2027-02-28")],
        **values})


def only(pool: ExpertPool) -> str:
    rows = people_rows(pool, people_ids(pool, PeopleQuery(state="")))
    assert len(rows) == 1
    return str(rows[0].uid)


def test_what_goes_in_comes_out(pool: ExpertPool) -> None:
    draft = person(interests=[InterestDraft(kind="avoid_unit", unit="沈河示例机器人有限公司")])
    register(pool, draft)
    again = person_detail(pool, only(pool), revealed=True).draft()
    assert again == draft


def test_numbers_are_masked_until_a_reason_is_given(pool: ExpertPool) -> None:
    register(pool, person(id_number="11010519491231002X"))
    uid = only(pool)
    shown = person_detail(pool, uid)
    assert shown.values["id_number"] == "11****************"
    assert shown.children["phones"][0]["number"] == "138****5678"
    with pytest.raises(UserProblem, match="reason"):
        reveal(pool, uid, "  ")
    assert reveal(pool, uid, "核对身份").values["id_number"] == "11010519491231002X"
    with pool.read() as session:
        entry = session.scalars(select(JournalEntry).where(JournalEntry.operation == "reveal")).one()
        assert entry.words["reason"] == "核对身份"


@pytest.mark.parametrize("typed", ["王", "新宇", "wangxin", "wxy", "理工大学", "5678", "机器人", "B62D",
                                   "王 机械学院"])
def test_search_finds_by(pool: ExpertPool, typed: str) -> None:
    register(pool, person())
    register(pool, person("李娜", phones=[], employments=[], fields_=[], specialties=["高分子材料"]))
    found = people_rows(pool, people_ids(pool, PeopleQuery(search=typed)))
    assert [row.name for row in found] == ["王新宇"]


def test_filters_and_counts(pool: ExpertPool) -> None:
    register(pool, person())
    register(pool, person("李娜", roles=[RoleDraft(role="judicial_appraiser")], fields_=[FieldDraft(code="W17")]))
    assert people_counts(pool, PeopleQuery()) == {
        "": 2, "technical_investigator": 1, "technical_consultant": 0, "judicial_appraiser": 1}
    assert len(people_ids(pool, PeopleQuery(field="B62D"))) == 1
    assert len(people_ids(pool, PeopleQuery(role="judicial_appraiser"))) == 1


def test_edit_keeps_history_and_undo_brings_back(pool: ExpertPool) -> None:
    register(pool, person())
    uid = only(pool)
    detail = person_detail(pool, uid, revealed=True)
    changed = detail.draft().model_copy(update={"title": "研究员", "specialties": ["步态控制"]})
    edit(pool, uid, changed, detail.version)
    assert person_detail(pool, uid, revealed=True).draft() == changed
    assert person_history(pool, uid)[0]["changed"]["title"] == ("教授", "研究员")
    pool.undo_last()
    assert person_detail(pool, uid, revealed=True).draft() == detail.draft()
    with pool.read() as session:
        assert first_broken(session.connection()) is None


def test_a_second_save_on_old_values_is_refused(pool: ExpertPool) -> None:
    register(pool, person())
    detail = person_detail(pool, only(pool), revealed=True)
    edit(pool, detail.uid, detail.draft().model_copy(update={"title": "研究员"}), detail.version)
    with pytest.raises(UserProblem) as refused:
        edit(pool, detail.uid, detail.draft().model_copy(update={"title": "讲师"}), detail.version)
    assert refused.value.code == "record.changed"
    assert person_detail(pool, detail.uid).values["title"] == "研究员"


def test_undo_is_refused_where_later_changes_depend(pool: ExpertPool) -> None:
    entry = register(pool, person()).entry
    uid = only(pool)
    change_state(pool, uid, "suspended", "调查期间", "2026-11-22")
    with pytest.raises(UserProblem) as refused:
        pool.undo(entry)
    assert refused.value.code == "undo.later"
    pool.undo_last()
    pool.undo(entry)
    assert pool.counts()["experts"] == 0
    with pytest.raises(UserProblem) as again:
        pool.undo(entry)
    assert again.value.code == "undo.again"


def test_an_error_inside_a_write_keeps_nothing(pool: ExpertPool) -> None:
    def fails() -> None:
        with pool.write("register") as transaction:
            register_many(transaction, [person()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert pool.counts()["experts"] == 0
    assert pool.state() == 0


def test_bulk_and_single_are_journaled_alike(pool: ExpertPool) -> None:
    with pool.write("import experts") as transaction:
        register_many(transaction, [person(f"专家{number}") for number in range(2500)])
    assert pool.counts()["experts"] == 2500
    changes = pool.undo_last()
    assert changes.touches("person")
    with pool.read() as session:
        assert session.execute(text("SELECT count(*) FROM person")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM phone")).scalar() == 0
        assert first_broken(session.connection()) is None


def test_the_journal_names_the_first_broken_entry(pool: ExpertPool) -> None:
    register(pool, person())
    second = register(pool, person("李娜")).entry
    register(pool, person("赵启明"))
    with pool.database.engine.begin() as connection:
        connection.execute(text("UPDATE journalentry SET actor = 'somebody' WHERE id = :id"), {"id": second})
    with pool.read() as session:
        assert first_broken(session.connection()) == second


def test_the_listing_equals_a_listing_made_anew(pool: ExpertPool) -> None:
    register(pool, person())
    uid = only(pool)
    edit(pool, uid, person_detail(pool, uid, revealed=True).draft().model_copy(update={"name": "王新雨"}))

    def listing() -> list[Any]:
        with pool.read() as session:
            return [row.model_dump() for row in session.scalars(select(PersonListing))]

    before = listing()
    with pool.write("edit person") as transaction:
        from expertpool.experts.listing import refresh_people

        refresh_people(transaction, {"person": set(transaction.session.scalars(select(Person.id)))})  # type: ignore[arg-type]
    assert listing() == before


def test_writers_wait_for_each_other(pool: ExpertPool) -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                register(pool, person(f"专家{number}{turn}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert pool.counts()["experts"] == 20
    with pool.read() as session:
        assert first_broken(session.connection()) is None


def test_who_may_not_is_told(pool: ExpertPool) -> None:
    pool.actor = Actor("周敏", "reader")
    with pytest.raises(UserProblem) as refused:
        register(pool, person())
    assert refused.value.code == "permission.denied"
    assert pool.counts()["experts"] == 0


def test_two_edits_of_phones_alone_cannot_both_win(pool: ExpertPool) -> None:
    """What belongs to a person counts as the person: the second form notices the first."""
    from expertpool.experts.details import person_detail
    from expertpool.experts.drafts import PhoneDraft
    from expertpool.experts.register import edit

    register(pool, PersonDraft(name="王新宇"))
    with pool.read() as session:
        uid = session.scalars(select(Person.uid)).one()
    opened = person_detail(pool, uid, revealed=True)
    one = opened.draft().model_copy(update={"phones": [PhoneDraft(number="13812345678")]})
    other = opened.draft().model_copy(update={"phones": [PhoneDraft(number="13987654321")]})
    edit(pool, uid, one, opened.version)
    with pytest.raises(UserProblem) as refused:
        edit(pool, uid, other, opened.version)
    assert refused.value.code == "record.changed"
    assert person_detail(pool, uid, revealed=True).children["phones"][0]["number"] == "13812345678"
    again = person_detail(pool, uid, revealed=True)
    state = pool.state()
    edit(pool, uid, again.draft(), again.version)
    assert pool.state() == state  # nothing new leaves no entry
