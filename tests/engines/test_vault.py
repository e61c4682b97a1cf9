"""The vault on both engines: what is stored is sealed, what is used is plain, what was plain before becomes sealed."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail, reveal
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import edit, register
from expertpool.experts.tables import Person, Phone
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.pool import ExpertPool
from expertpool.storage import keys
from expertpool.storage.journal import changes_of
from expertpool.storage.vault import Vault
from tests.plain_pools import as_before_the_vault

NUMBER, MOBILE, BANK = "210102197805123016", "13812345678", "6222020200112341234"


def draft(**values: Any) -> PersonDraft:
    return PersonDraft.model_validate({
        "name": "张伟", "id_kind": "resident_id", "id_number": NUMBER, "bank_account": BANK,
        "phones": [{"kind": "mobile", "number": MOBILE}],
        "interests": [{"kind": "relative", "name": "张强", "relation": "brother", "id_number": "210102198001013011"}],
        **values})


def uid_of(pool: ExpertPool) -> str:
    with pool.read() as session:
        return str(session.scalars(select(Person.uid)).one())


def stored(pool: ExpertPool) -> str:
    """Everything the database holds, as the engine gives it without the vault."""
    with pool.database.engine.connect() as connection:
        tables = ["person", "phone", "interest", "personlisting", "journalentry", "journalchange", "setting"]
        return "\n".join(repr(row) for table in tables for row in connection.execute(text(f"SELECT * FROM {table}")))


def test_stored_sealed_used_plain(pool: ExpertPool) -> None:
    register(pool, draft())
    held = stored(pool)
    for secret in (NUMBER, MOBILE, BANK, "210102198001013011"):
        assert secret not in held
        assert secret[-6:] not in held
    with pool.read() as session:
        person = session.scalars(select(Person)).one()
        assert (person.id_number, person.bank_account) == (NUMBER, BANK)
        assert session.scalars(select(Phone.number)).one() == MOBILE
        assert session.scalars(select(Person).where(Person.id_number == NUMBER)).one().id == person.id
        images = [change.after for change in changes_of(session.connection(), pool.state(), "person")]
        assert images[0]
        assert images[0]["id_number"] == NUMBER


@pytest.mark.parametrize(("typed", "found"), [
    (NUMBER, 1), (MOBILE, 1), ("5678", 1), ("3016", 1), ("123016", 1), ("1380000", 0), ("8123", 0),
    ("张伟 5678", 1), ("李 5678", 0)])
def test_numbers_are_found_whole_and_by_their_ends(pool: ExpertPool, typed: str, found: int) -> None:
    register(pool, draft())
    assert len(people_ids(pool, PeopleQuery(search=typed))) == found


def test_a_check_letter_is_found_in_both_cases(pool: ExpertPool) -> None:
    register(pool, draft(id_number="11010519491231002X"))
    for typed in ("11010519491231002X", "11010519491231002x", "002x"):
        assert len(people_ids(pool, PeopleQuery(search=typed))) == 1


def test_undo_brings_the_number_back(pool: ExpertPool) -> None:
    register(pool, draft())
    uid = uid_of(pool)
    detail = person_detail(pool, uid, revealed=True)
    edit(pool, uid, detail.draft().model_copy(update={"bank_account": "6217000000000000000"}), detail.version)
    pool.undo_last()
    assert reveal(pool, uid, "payment").values["bank_account"] == BANK
    assert person_detail(pool, uid).values["bank_account"] == "6222 **** **** 1234"


def test_the_same_number_twice_is_one_sealed_text_and_another_kind_another(pool: ExpertPool) -> None:
    vault = pool.database.vault
    assert vault.seal("identity", NUMBER) == vault.seal("identity", NUMBER)
    assert vault.seal("identity", NUMBER) != vault.seal("phone", NUMBER)
    with pytest.raises(EnvironmentProblem):
        vault.open("phone", vault.seal("identity", NUMBER))


def test_every_changed_character_of_a_sealed_value_is_noticed() -> None:
    vault = Vault.new()
    sealed = vault.seal("identity", NUMBER)
    for place in range(3, len(sealed)):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1:]
        with pytest.raises(EnvironmentProblem):
            vault.open("identity", changed)


def test_a_vault_is_not_written_down_by_accident() -> None:
    import pickle

    vault = Vault.new()
    with pytest.raises(TypeError):
        pickle.dumps(vault)
    assert vault.file_key not in repr(vault)


# -- keys
@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "keys"))
    return tmp_path / "库" / "沈阳.expertpool"


def test_the_file_tells_nothing_and_its_head_names_the_vault(path: Path) -> None:
    with ExpertPool.open(path) as pool:
        register(pool, draft())
        vault = pool.database.vault
        assert vault.id == path.read_bytes()[:16].hex()
        on_disk = b"".join(one.read_bytes() for one in path.parent.iterdir())
    for plain in (NUMBER, "张伟", "CREATE TABLE", "SQLite format", vault.file_key):
        assert plain.encode() not in on_disk


def test_another_computer_needs_the_recovery_code(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExpertPool.open(path) as pool:
        register(pool, draft())
        code = keys.recovery_code(pool.database.vault)
    elsewhere = tmp_path / "usb"
    shutil.copytree(path.parent, elsewhere)
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "other keys"))
    copy = elsewhere / path.name
    with pytest.raises(EnvironmentProblem) as refused:
        ExpertPool.open(copy)
    assert refused.value.code == "vault.no_key"
    head = copy.read_bytes()[:16].hex()
    with pytest.raises(UserProblem) as wrong:
        keys.recover(keys.new_code(), head, keys.beside(copy))
    assert wrong.value.code == "vault.wrong_code"
    keys.recover(code.lower().replace("-", " "), head, keys.beside(copy))
    with ExpertPool.open(copy) as pool:
        assert pool.counts()["experts"] == 1


def test_a_copied_key_file_opens_nothing_elsewhere(path: Path, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    with ExpertPool.open(path):
        pass
    held = next((tmp_path / "keys").glob("*.key"))
    other = tmp_path / "other keys"
    other.mkdir()
    shutil.copy(held, other)
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(other))
    with pytest.raises(EnvironmentProblem):
        ExpertPool.open(path)


def test_a_new_code_makes_the_old_one_useless(path: Path) -> None:
    with ExpertPool.open(path) as pool:
        vault = pool.database.vault
    old = keys.recovery_code(vault)
    new = keys.change_recovery(vault, path)
    assert keys.recovery_code(vault) == new != old
    for place in (keys.beside(path),):
        content = json.loads(place.read_text(encoding="utf-8"))
        assert keys.opened(content["recovery"], old) is None
        found = keys.opened(content["recovery"], new)
        assert found
        assert found.id == vault.id


def test_a_passphrase_in_place_of_the_code(path: Path) -> None:
    with ExpertPool.open(path) as pool:
        vault = pool.database.vault
    assert keys.change_recovery(vault, path, "沈阳 知识产权 法庭 2026") == ""
    assert keys.recovery_code(vault) == ""
    content = json.loads(keys.beside(path).read_text(encoding="utf-8"))
    assert keys.opened(content["recovery"], "沈阳 知识产权 法庭 2025") is None
    assert keys.opened(content["recovery"], "沈阳 知识产权 法庭 2026") is not None


def test_the_key_is_nowhere_in_the_clear(path: Path, tmp_path: Path) -> None:
    with ExpertPool.open(path) as pool:
        vault, code = pool.database.vault, keys.recovery_code(pool.database.vault)
    for file in (*(tmp_path / "keys").iterdir(), *path.parent.iterdir()):
        content = file.read_bytes()
        assert code.encode() not in content
        assert vault.file_key.encode() not in content


def test_a_file_of_something_else_is_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK\x03\x04" + bytes(5000))
    with pytest.raises(UserProblem) as refused:
        ExpertPool.open(path)
    assert refused.value.code == "database.foreign"
    assert path.read_bytes()[:2] == b"PK"


def test_a_flipped_bit_anywhere_in_the_file_is_noticed(path: Path) -> None:
    with ExpertPool.open(path) as pool:
        register(pool, draft())
    whole = path.read_bytes()
    for place in range(20, len(whole), len(whole) // 40):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:])
        assert not sound(path), place
    path.write_bytes(whole)
    assert sound(path)


def sound(path: Path) -> bool:
    """Whether the file opens and every page of it is as it was written."""
    try:
        with ExpertPool.open(path) as pool, pool.database.engine.connect() as connection:
            return not connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    except (EnvironmentProblem, UserProblem):
        return False


# -- from before
def make_plain(encrypted: Path, plain: Path, pool: ExpertPool) -> None:
    """The same pool as a program without a vault would have left it."""
    as_before_the_vault(encrypted, pool.database.vault, plain)
    old = sqlite3.connect(plain)
    old.execute("UPDATE person SET id_number = ?, bank_account = ?, more = '{\"phone 2\": \"13900001111\"}'",
                (NUMBER, BANK))
    old.execute("UPDATE phone SET number = ?", (MOBILE,))
    old.execute("UPDATE interest SET id_number = '210102198001013011'")
    old.commit()
    old.close()


def test_a_pool_from_before_the_vault_is_encrypted_whole(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.expertpool"
    with ExpertPool.open(path) as pool:
        register(pool, draft())
        make_plain(path, old, pool)
    assert NUMBER.encode() in old.read_bytes()
    with ExpertPool.open(old) as pool:
        held = b"".join(one.read_bytes() for one in tmp_path.iterdir() if one.is_file() and one.name.startswith("old"))
        for secret in (NUMBER, MOBILE, BANK, "13900001111", "张伟"):
            assert secret.encode() not in held
        assert len(people_ids(pool, PeopleQuery(search="5678"))) == 1
        assert pool.check_journal()[1] is None
        assert reveal(pool, uid_of(pool), "check").values["more"] == {"phone 2": "13900001111"}
        with pool.database.engine.connect() as connection:
            assert b"13900001111" not in repr(connection.execute(text("SELECT more FROM person")).all()).encode()
    assert not old.with_name(old.name + ".encrypting").exists()
