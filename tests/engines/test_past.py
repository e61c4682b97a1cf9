"""Time travel and moving: the pool as of any entry is what it was; a moved pool is the same on the other engine."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.cases.tables import CaseListing
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.details import person_detail, reveal
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import change_state, edit, register
from expertpool.experts.tables import PersonListing
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import open_case_numbers, rank
from expertpool.past_pool import as_of
from expertpool.pool import ExpertPool, restore_elsewhere
from expertpool.rosters.roster import RosterRequest, export_roster
from expertpool.safekeeping import backups
from expertpool.safekeeping.journal_keeping import EntryQuery, journal_ids, journal_rows
from expertpool.safekeeping.moving import fingerprint, move_database
from expertpool.storage.tables import JournalEntry
from expertpool.workbook.sample_pool import make_sample_pool
from tests.seeds import seeded

NAMES = ("张伟", "王芳", "李强", "赵敏", "钱进", "孙丽")


def person(name: str, title: str = "") -> PersonDraft:
    return PersonDraft.model_validate({"name": name, "title": title, "employments": [{"employer": f"{name}所"}],
                                       "phones": [{"kind": "mobile", "number": "13812345678"}]})


def shown(pool: ExpertPool) -> list[Any]:
    """All that lists and cards say of everybody."""
    rows = people_rows(pool, people_ids(pool, PeopleQuery(state="")))
    return [(row.name, row.title, row.employer, row.state,
             person_detail(pool, row.uid, revealed=True).children["phones"]) for row in rows]


def random_history(pool: ExpertPool, steps: int, seed: int) -> dict[int, Any]:
    """Write at random; what the pool looked like after each entry."""
    chance, seen = seeded(seed), {}
    for _step in range(steps):
        people = people_rows(pool, people_ids(pool, PeopleQuery(state="")))
        act = chance.choice(["register", "edit", "standing", "undo", "case"] if people else ["register"])
        one = chance.choice(people) if people else None
        try:
            if act == "register":
                register(pool, person(chance.choice(NAMES)))
            elif act == "edit":
                detail = person_detail(pool, one.uid, revealed=True)
                changed = {"title": chance.choice(["教授", "研究员", ""]), "phones": chance.choice([[], detail.draft().phones])}
                edit(pool, one.uid, detail.draft().model_copy(update=changed), detail.version)
            elif act == "standing":
                change_state(pool, one.uid, chance.choice(["active", "suspended"]), "试", "2026-01-01")
            elif act == "case":
                open_case(pool, CaseDraft(number=f"(2026)辽01知民初{chance.randrange(1000)}号"))
            else:
                pool.undo_last()
        except UserProblem:
            pass
        seen[pool.state()] = shown(pool)
    return seen


@pytest.mark.parametrize("seed", [1, 2])
def test_any_moment_of_a_random_history_is_as_it_was(pool: ExpertPool, seed: int) -> None:
    seen = random_history(pool, 14, seed)
    for entry in seeded(seed).sample(sorted(seen), min(5, len(seen))):
        with as_of(pool, str(entry)) as past:
            assert shown(past) == seen[entry]
            assert past.state() == entry
            assert past.check_journal()[1] is None
    assert shown(pool) == seen[max(seen)]


def test_the_past_cannot_be_changed_and_leaves_nothing_behind(pool: ExpertPool) -> None:
    register(pool, person("张伟"))
    register(pool, person("王芳"))
    past = as_of(pool, "1")
    folder = Path(past.database.target).parent
    for verb in (lambda: register(past, person("李强")), past.undo_last, lambda: past.set_setting("court", {}),
                 lambda: backups.back_up(past),
                 lambda: move_database(past, "x", restore_elsewhere)):
        with pytest.raises(UserProblem) as refused:
            verb()
        assert refused.value.code == "past.read_only"
    assert backups.keep_daily(past) is None
    assert len(people_ids(past, PeopleQuery(search="张伟"))) == 1
    assert b"SQLite format" not in Path(past.database.target).read_bytes()[:16]
    past.close()
    assert not folder.exists()


def test_a_day_is_the_end_of_that_day(pool: ExpertPool) -> None:
    from datetime import date, timedelta

    register(pool, person("张伟"))
    with pool.read() as session:
        day = date.fromisoformat(str(session.scalar(select(JournalEntry.at)))[:10])
    with as_of(pool, str(day + timedelta(days=1))) as past:
        assert len(shown(past)) == 1
    with as_of(pool, str(day - timedelta(days=2))) as past:
        assert shown(past) == []


def test_settings_of_the_day_are_in_force(pool: ExpertPool) -> None:
    pool.set_setting("court", {"name": "甲法院"})
    entry = pool.state()
    pool.set_setting("court", {"name": "乙法院"})
    with as_of(pool, str(entry)) as past:
        assert past.name == "甲法院"


def test_across_a_restore_the_journal_does_not_reach(pool: ExpertPool, tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "b"))
    register(pool, person("张伟"))
    made = backups.back_up(pool, prove=False)
    register(pool, person("王芳"))
    backups.restore_backup(pool, made.path, "试")
    with pytest.raises(UserProblem) as refused:
        as_of(pool, "1")
    assert refused.value.code == "past.barrier"
    with as_of(pool, str(pool.state())) as past:
        assert [row[0] for row in shown(past)] == ["张伟"]


# -- moving
def test_there_and_back(pool: ExpertPool, tmp_path: Path, server_database: str) -> None:
    seen = random_history(pool, 12, 3)
    file = str(tmp_path / "回来.expertpool")
    move_database(pool, server_database, restore_elsewhere)
    with ExpertPool.open(server_database) as there:
        assert shown(there) == seen[max(seen)]
        move_database(there, file, restore_elsewhere)
        register(there, person("新来"))
        assert there.check_journal()[1] is None
    with ExpertPool.open(file) as back:
        assert shown(back) == seen[max(seen)]
        mine, theirs = fingerprint(pool.database).digests, fingerprint(back.database).digests
        assert {table for table in mine if mine[table] != theirs[table]} <= {"setting"}
    with pytest.raises(UserProblem) as refused:
        move_database(pool, file, restore_elsewhere)
    assert refused.value.code == "backup.not_empty"


def test_a_copy_that_is_not_the_same_is_told(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, person("张伟"))
    target = str(tmp_path / "x.expertpool")

    def restore_and_meddle(path: Path, there: str) -> None:
        restore_elsewhere(path, there)
        with ExpertPool.open(there) as other:
            register(other, person("混入"))

    with pytest.raises(EnvironmentProblem) as told:
        move_database(pool, target, restore_and_meddle)
    assert told.value.code == "move.differs"


def test_what_is_judged_in_the_past_is_judged_by_its_day(pool: ExpertPool) -> None:
    from expertpool.foundation.dates import today

    register(pool, person("张伟"))
    before = today()
    with as_of(pool, "2020-02-29") as past:
        assert str(today()) == "2020-02-29"
        assert past.moment == today()
    assert today() == before
    for wrong in ("2020-02-30", "昨天", "99"):
        with pytest.raises(UserProblem) as refused:
            as_of(pool, wrong)
        assert refused.value.code == "past.day"


def test_what_leaves_the_past_is_noted_today(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, person("张伟"))
    entry = pool.state()
    register(pool, person("王芳"))
    with as_of(pool, str(entry)) as past:
        made = export_roster(past, tmp_path / "当时.xlsx", RosterRequest())
        assert made["people"] == 1
        uid = people_rows(past, people_ids(past, PeopleQuery()))[0].uid
        assert reveal(past, uid, "核对").children["phones"][0]["number"] == "13812345678"
        assert past.state() == entry
    noted = journal_rows(pool, journal_ids(pool, EntryQuery())[:2])
    assert [row.operation for row in noted] == ["reveal", "export roster"]
    assert all(row.words["as_of"].startswith(f"entry {entry} of") for row in noted)


def listings(pool: ExpertPool) -> list[Any]:
    """All that the lists hold of people and cases, but for the search text, which each engine keeps in its own way."""
    with pool.read() as session:
        return [dict(row) | {"changed_at": "", "body": ""} for table in (PersonListing, CaseListing)
                for row in session.execute(select(table.__table__).order_by(  # type: ignore[attr-defined]
                    *table.__table__.primary_key)).mappings()]  # type: ignore[attr-defined]


def test_lists_of_the_past_are_those_of_that_day_with_who_served_where(pool: ExpertPool) -> None:
    make_sample_pool(pool)
    before = pool.badges(), listings(pool)
    for number in open_case_numbers(pool)[:3]:
        ranking = rank(pool, number, top=1)
        appoint(pool, number, ranking.candidates[0].uid, ranking.role)
        entry, after = pool.state(), (pool.badges(), listings(pool))
    assert before != after
    pool.undo_last()
    with as_of(pool, str(entry)) as past:
        assert (past.badges(), listings(past)) == after
    with as_of(pool, str(entry - 3)) as past:
        assert (past.badges(), listings(past)) == before
