"""The journal as proof: verification, digest on paper, undo that names what depends, recycle bin."""

import random
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, select, text, update

from expertpool.cases.docket import close_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import edit, register
from expertpool.foundation.problems import UserProblem
from expertpool.pool import ExpertPool
from expertpool.safekeeping.journal_keeping import (
    EntryQuery,
    check_digest,
    deleted_records,
    journal_changes,
    journal_digest,
    journal_ids,
    journal_rows,
    restore_deleted,
    verify_journal,
)
from expertpool.storage.digest import ALPHABET, code_of
from expertpool.storage.tables import JournalChange, JournalEntry
from tests.seeds import seeded

NUMBER, MOBILE = "210102197805123016", "13812345678"


@pytest.fixture
def filled(pool: ExpertPool) -> ExpertPool:
    for place, name in enumerate(("张伟", "王芳", "李强", "赵敏")):
        register(pool, PersonDraft.model_validate({
            "name": name, "phones": [{"kind": "mobile", "number": MOBILE[:-1] + str(place)}],
            "employments": [{"employer": f"{name}研究所"}]}))
    open_case(pool, CaseDraft(number="(2026)辽01知民初1号", parties=[PartyDraft(side="plaintiff", name="甲公司")]))
    return pool


def uid_of(pool: ExpertPool, name: str) -> str:
    from expertpool.experts.browse import people_rows

    return next(str(row.uid) for row in people_rows(pool, people_ids(pool, PeopleQuery())) if row.name == name)


# -- verification
def test_an_untouched_journal_is_whole(filled: ExpertPool) -> None:
    found = verify_journal(filled)
    assert (found.count, found.broken) == (5, None)


def flipped(value: Any, chance: random.Random) -> Any:
    """The value with one bit changed; of numbers and empty values, another value."""
    if isinstance(value, bytes):
        place = chance.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1:]
    if isinstance(value, str) and value:
        place = chance.randrange(len(value))
        return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1:]
    if isinstance(value, dict):
        return {**value, "forged": 1}
    return (value or 0) + 1 if isinstance(value, int) or value is None else "x"


def test_500_changes_anywhere_in_the_journal_are_all_noticed(filled: ExpertPool) -> None:
    """Each stored column of entries and blocks except their own numbers, in a transaction that is taken back."""
    chance, noticed = seeded(20261123), 0
    from expertpool.storage.journal import verify

    with filled.database.engine.connect() as connection:
        connection.commit()
        for _round in range(500):
            table: Table = chance.choice([JournalEntry, JournalChange]).__table__  # type: ignore[attr-defined]
            columns = [column for column in table.columns if column.name not in ("id", "entry_id")]
            column = chance.choice(columns)
            with connection.begin():
                number = chance.choice(connection.execute(select(table.c.id)).scalars().all())
                before = connection.scalar(select(column).where(table.c.id == number))
                if column.name == "undoes_id":
                    after: Any = (before or 0) + 1
                else:
                    after = flipped(before, chance)
                assert after != before
                connection.execute(update(table).where(table.c.id == number).values({column.name: after}))
                noticed += verify(connection).broken is not None
                connection.rollback()
    print(f"\n{noticed} of 500 changes of a journal noticed")
    assert noticed == 500
    assert verify_journal(filled).broken is None
    assert LargeBinary  # the payloads are among the columns


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_entry_is_noticed_at_the_next(filled: ExpertPool, number: int) -> None:
    with filled.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM journalchange WHERE entry_id = :n"), {"n": number})
        connection.execute(text("DELETE FROM journalentry WHERE id = :n"), {"n": number})
    found = verify_journal(filled)
    assert (found.broken, found.why) == (number + 1, "chain")


# -- digest
def test_a_digest_is_kept_while_the_journal_grows(filled: ExpertPool) -> None:
    code = journal_digest(filled).code
    register(filled, PersonDraft(name="后来"))
    found = check_digest(filled, code.lower().replace("-", " "))
    assert (found.outcome, found.entry, found.since) == ("kept", 5, 1)


def test_a_rolled_back_journal_is_exposed(filled: ExpertPool) -> None:
    code = journal_digest(filled).code
    with filled.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM journalchange WHERE entry_id = 5"))
        connection.execute(text("DELETE FROM journalentry WHERE id = 5"))
    found = verify_journal(filled)  # the rest is whole in itself; the seal knows that there was more
    assert (found.broken, found.why) == (5, "end")
    assert check_digest(filled, code).outcome == "missing"


def test_a_rewritten_journal_is_exposed(filled: ExpertPool) -> None:
    """Somebody with the key writes another history, whole in itself."""
    from expertpool.storage import seal
    from expertpool.storage.journal import Blocks, write_entry

    code = journal_digest(filled).code
    with filled.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM journalchange WHERE entry_id = 5"))
        connection.execute(text("DELETE FROM journalentry WHERE id = 5"))
        write_entry(connection, "王", "register", {}, Blocks())
        connection.execute(text("UPDATE journalentry SET id = 5 WHERE id > 5"))
        seal.renew(connection, seal.newest(connection))
    assert verify_journal(filled).broken is None
    assert check_digest(filled, code).outcome == "rewritten"


def test_every_misread_sign_of_a_code_is_noticed(filled: ExpertPool) -> None:
    code = code_of(1234567, "ab" * 32).replace("-", "")
    for place, sign in enumerate(code):
        for other in ALPHABET:
            if other != sign:
                with pytest.raises(UserProblem):
                    check_digest(filled, code[:place] + other + code[place + 1:])
    for place in range(len(code) - 3):
        if code[place] != code[place + 1]:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2:]
            with pytest.raises(UserProblem):
                check_digest(filled, swapped)


# -- reading
def test_before_and_after_are_shown_with_numbers_masked(filled: ExpertPool) -> None:
    uid = uid_of(filled, "张伟")
    detail = person_detail(filled, uid, revealed=True)
    edit(filled, uid, detail.draft().model_copy(update={"id_number": NUMBER, "title": "教授"}), detail.version)
    newest = journal_ids(filled, EntryQuery())[0]
    row = journal_rows(filled, [newest])[0]
    assert (row.operation, row.records) == ("edit person", 1)
    change = journal_changes(filled, newest)[0]
    assert change.fields["title"] == ("", "教授")
    assert change.fields["id_number"] == ("", "21****************")
    assert MOBILE[:-1] not in str(journal_changes(filled, 1))


def test_entries_are_found_by_person_and_operation(filled: ExpertPool) -> None:
    assert len(journal_ids(filled, EntryQuery(operation="register"))) == 4
    assert journal_ids(filled, EntryQuery(actor="nobody")) == []
    assert len(journal_ids(filled, EntryQuery(since="2020-01-01", until="2100-01-01"))) == 5


# -- undo
def test_a_refused_undo_names_what_depends(filled: ExpertPool) -> None:
    uid = uid_of(filled, "张伟")
    detail = person_detail(filled, uid, revealed=True)
    edit(filled, uid, detail.draft().model_copy(update={"title": "教授"}), detail.version)
    with pytest.raises(UserProblem) as refused:
        filled.undo(1)
    assert refused.value.code == "undo.later"
    assert "6 (" in str(refused.value)
    assert "change of an expert" in str(refused.value)


# -- recycle bin
def test_what_was_deleted_comes_back_with_all_that_belonged_to_it(filled: ExpertPool) -> None:
    uid = uid_of(filled, "王芳")
    filled.undo(2)
    found = deleted_records(filled)
    assert [(one.kind, one.name, one.operation) for one in found if one.kind == "person"] == [
        ("person", "王芳", "undo")]
    restore_deleted(filled, found[0].entry, [uid])
    assert person_detail(filled, uid, revealed=True).children["phones"][0]["number"] == MOBILE[:-1] + "1"
    assert len(people_ids(filled, PeopleQuery(search="王芳"))) == 1
    assert not [one for one in deleted_records(filled) if one.kind == "person"]
    with pytest.raises(UserProblem) as again:
        restore_deleted(filled, found[0].entry, [uid])
    assert again.value.code == "recycle.missing"


def test_a_number_that_was_taken_meanwhile_stays_with_its_holder(filled: ExpertPool) -> None:
    filled.undo(5)
    one = next(row for row in deleted_records(filled) if row.kind == "courtcase")
    open_case(filled, CaseDraft(number="(2026)辽01知民初1号"))
    state = filled.state()
    with pytest.raises(UserProblem) as refused:
        restore_deleted(filled, one.entry, [one.uid])
    assert refused.value.code == "recycle.taken"
    assert filled.state() == state


def test_bringing_back_can_be_undone(filled: ExpertPool) -> None:
    filled.undo(5)
    one = next(row for row in deleted_records(filled) if row.kind == "courtcase")
    restore_deleted(filled, one.entry, [one.uid])
    close_case(filled, one.uid, "2026-11-20")
    filled.undo_last()
    filled.undo_last()
    assert [row.uid for row in deleted_records(filled) if row.kind == "courtcase"] == [one.uid]


def test_entries_and_blocks_under_other_numbers_are_noticed_by_the_check_or_the_paper(filled: ExpertPool) -> None:
    """Numbers are not sealed, but the order they give is: 60 random ones, each taken back."""
    from expertpool.storage.digest import check_code
    from expertpool.storage.journal import verify

    chance, noticed, code = seeded(7), 0, journal_digest(filled).code
    with filled.database.engine.connect() as connection:
        connection.commit()
        for _round in range(60):
            with connection.begin() as work:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                else:
                    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                old = chance.randint(1, 5)
                new = chance.choice([number for number in (-3, 0, 6, 7, 50, 9000) if number != old])
                if chance.random() < 0.5:
                    connection.execute(text("UPDATE journalchange SET entry_id = :new WHERE entry_id = :old"),
                                       {"new": chance.choice([n for n in range(1, 6) if n != old]), "old": old})
                else:
                    connection.execute(text("UPDATE journalentry SET id = :new WHERE id = :old"), {"new": new, "old": old})
                    connection.execute(text("UPDATE journalchange SET entry_id = :new WHERE entry_id = :old"),
                                       {"new": new, "old": old})
                found = verify(connection).broken is not None or check_code(connection, code).outcome != "kept"
                noticed += found
                work.rollback()
    print(f"\n{noticed} of 60 wrong numbers noticed")
    assert noticed == 60


def test_reading_names_no_number_that_stands_in_a_text(filled: ExpertPool) -> None:
    from expertpool.foundation.masking import hidden
    from expertpool.safekeeping.change_words import value_words

    said = hidden({"备注": [f"身份证{NUMBER}，电话{MOBILE}，卡号6222020200112341234，(2026)辽01知民初418号"]})
    shown = value_words("person", "remark", said)
    assert not any(number in shown for number in (NUMBER, MOBILE, "6222020200112341234"))
    assert "(2026)辽01知民初418号" in shown
    assert value_words("phone", "kind", "mobile") == "mobile"
    assert value_words("person", "state", "") == "—"
