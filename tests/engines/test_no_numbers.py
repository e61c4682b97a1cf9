"""50 known people with identity numbers, phones and accounts: none of it can be read from anything on the disk."""

import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select, text

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.experts.details import person_detail
from expertpool.experts.import_tables import WaitingRow
from expertpool.experts.register import edit
from expertpool.experts.tables import Person
from expertpool.foundation.check_signs import identity_sign
from expertpool.foundation.problems import UserProblem
from expertpool.importing.experts import import_experts
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.safekeeping import backups
from expertpool.storage.records import METADATA
from tests.seeds import seeded

MANY = 50


def known_numbers() -> list[tuple[str, str, str]]:
    """(identity number, phone, account) of made-up people, with right check digits."""
    dice, found = seeded(50), []
    for _number in range(MANY):
        body = f"2101{dice.randrange(10, 99)}{dice.randrange(1950, 1995)}{dice.randrange(1, 13):02}" \
               f"{dice.randrange(1, 29):02}{dice.randrange(1000):03}"
        found.append((body + identity_sign(body), f"13{dice.randrange(10**8, 10**9)}",
                      f"6222{dice.randrange(10**14, 10**15)}"))
    return found


def roster(path: Path, numbers: list[tuple[str, str, str]]) -> Path:
    book = Workbook()
    book.active.append(["姓名", "身份证号码", "手机", "银行账号", "工作单位", "类别", "紧急联系电话"])
    for place, (identity, phone, account) in enumerate(numbers):
        book.active.append([f"王{'伟芳娜敏静'[place % 5]}{'一二三四五六七八九十'[place // 5]}", identity, phone, account,
                            f"研究所{place}", "技术调查官", phone])
    book.active.append(["王伟一", "", "", "", "研究所0", "技术调查官", numbers[0][1]])  # may be somebody: it waits
    book.save(path)
    return path


@pytest.fixture
def numbers(pool: ExpertPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """A pool in which all of it was used: imported, changed, appointed, refused, backed up."""
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "备份"))
    known = known_numbers()
    import_experts(pool, [roster(tmp_path / "名单.xlsx", known)])
    (tmp_path / "名单.xlsx").unlink()
    with pool.read() as session:
        people = list(session.scalars(select(Person.uid).order_by(Person.id)))
        assert len(session.scalars(select(WaitingRow.id)).all()) <= 1
        assert {number for number in session.scalars(select(Person.id_number))} == {one[0] for one in known}
    open_case(pool, CaseDraft(number="(2026)辽01知民初1号", parties=[
        PartyDraft(side="plaintiff", name="王芳一", kind="person", id_number=known[1][0])]))
    for uid in people[:3]:
        try:
            appoint(pool, "(2026)辽01知民初1号", uid, reason="已核实", override="特别批准")
        except UserProblem:
            continue
    detail = person_detail(pool, people[5], revealed=True)
    edit(pool, people[5], detail.draft().model_copy(update={"bank_account": known[6][2]}), detail.version)
    pool.undo_last()
    backups.back_up(pool)
    return known


def secrets_of(known: list[tuple[str, str, str]]) -> list[bytes]:
    return [part.encode() for one in known for part in one] + [one[0][-6:].encode() + b" " for one in known[:5]]


def found_in(content: bytes, known: list[tuple[str, str, str]]) -> list[str]:
    return [secret.decode() for secret in secrets_of(known) if secret in content or secret.decode().encode("utf-16-le")
            in content]


def test_nothing_on_the_disk_tells_a_number(pool: ExpertPool, pool_target: str, tmp_path: Path,
                                            numbers: list[tuple[str, str, str]]) -> None:
    """The file with its write-ahead log, copied while open; the backups; everything else beside them."""
    looked = 0
    copied = tmp_path / "copied"
    shutil.copytree(tmp_path / "备份", copied / "备份")
    if "://" not in pool_target:
        for file in Path(pool_target).parent.glob(Path(pool_target).name + "*"):
            if file.is_file():
                shutil.copy(file, copied)
    for file in copied.rglob("*"):
        if file.is_file():
            assert found_in(file.read_bytes(), numbers) == [], file.name
            looked += 1
    assert looked >= 2
    print(f"\n{looked} files looked through for {len(secrets_of(numbers))} numbers: none found")


def test_nothing_stored_tells_a_number(pool: ExpertPool, numbers: list[tuple[str, str, str]]) -> None:
    """As whoever has the database but not the key sees it: every column of every table, journal blocks unzipped."""
    with pool.database.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                content = repr(tuple(row)).encode() + b"".join(_unzipped(value) for value in row)
                assert found_in(content, numbers) == [], table.name


def _unzipped(value: Any) -> bytes:
    if not isinstance(value, bytes | memoryview):
        return b""
    for start in (0, 1):
        try:
            return zlib.decompress(bytes(value)[start:])
        except zlib.error:
            continue
    return b""


def test_a_crash_report_hides_numbers() -> None:
    from ui.feedback import report_text

    known = known_numbers()
    try:
        raise ValueError(f"row {known[0]} in {known[1][1]} 6222 0202 0011 2341 234")
    except ValueError as error:
        report = report_text(error)
    assert found_in(report.encode(), known) == []
    assert "2341" not in report


def test_an_error_of_the_database_names_no_values(pool: ExpertPool) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    with pool.database.engine.connect() as connection, pytest.raises(SQLAlchemyError) as raised:
        connection.execute(text("INSERT INTO nowhere VALUES (:number)"), {"number": "210102197805123016"})
    assert "210102197805123016" not in str(raised.value)
