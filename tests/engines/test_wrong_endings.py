"""Days and numbers that are none, a clock that ran backwards, a dry run without signing in: a sentence and a code."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from expertpool.accounts.accounts import AccountDraft, add_account
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.foundation.dates import day_begins, day_ends, typed_day
from expertpool.foundation.machine import disk_problem
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.text import is_number
from expertpool.past_pool import as_of
from expertpool.pool import ExpertPool
from expertpool.rosters.roster import RosterRequest, export_roster
from expertpool.safekeeping.backups import back_up
from expertpool.safekeeping.journal_keeping import EntryQuery, journal_digest, journal_ids
from expertpool.spreadsheets.safe_cells import looks_like_formula
from expertpool.spreadsheets.sheet_layout import Band, SheetLayout
from expertpool.spreadsheets.writing import write_csv, write_workbook
from expertpool.storage import journal
from tests.engines.test_importing import roster

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Shenyang-2026-x"
NO_DAYS = ["²", "٣", "1²", "１２", "0001-01-01", "1969-12-31", "9999-12-31", "2026-13-01", "20261123", "2026-W48-1",
           "9" * 40, "-1", "0", "昨天", " ", "2026-02-30"]


@pytest.fixture
def call(pool_target: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on a pool with one person; gives (exit code, stdout, stderr)."""
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)
    with ExpertPool.open(pool_target) as pool:
        register(pool, PersonDraft(name="张伟"))

    def once(*arguments: str) -> tuple[int, str, str]:
        code = run(["--language", "en", *arguments])
        out = capsys.readouterr()
        SETTINGS.database = SETTINGS.as_of = SETTINGS.user = ""
        return code, out.out, out.err

    return once


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_day_that_is_none_or_before_everything(call: Any, day: str) -> None:
    for arguments in (["--as-of", day, "experts", "list"], ["journal", "list", "--since", day],
                      ["journal", "list", "--until", day], ["journal", "digest", "--at", day]):
        code, out, err = call(*arguments)
        assert code in (0, 1), (arguments, out, err)
        assert "inside the program" not in err
        assert not code or err.strip()


@pytest.mark.parametrize("arguments", [
    ["undo", "9" * 20], ["journal", "show", "9" * 20], ["recycle", "restore", "9" * 20, "x"],
    ["journal", "digest", "--weeks", "9" * 9], ["panel", "x", "2", "--need", "B62D:²"]])
def test_numbers_that_are_none(call: Any, arguments: list[str]) -> None:
    code, _out, err = call(*arguments)
    assert code in (1, 2)
    assert "inside the program" not in err


def test_only_plain_digits_are_a_number() -> None:
    assert is_number("017")
    assert not any(map(is_number, ("", "²", "٣", "１", "1.0", "-1", " 1")))


def test_days_without_a_zone_have_a_beginning() -> None:
    for day in ("0001-01-01", "1969-12-31", "2026-11-23", "9999-12-30", "9999-12-31"):
        assert len(day_begins(typed_day(day))) == len("2026-11-23T00:00:00.000Z")
        assert day_begins(typed_day(day)) < day_ends(typed_day(day))


def stamped(pool: ExpertPool, *days: str) -> list[int]:
    """One entry for each day, stamped with its noon, as a clock that is put back would stamp them."""
    numbers = []
    for day in days:
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr(journal, "now_stamp", lambda day=day: f"{day}T12:00:00.000Z")
            numbers.append(register(pool, PersonDraft(name=f"某{len(numbers)}")).entry)
    return numbers


def test_a_clock_that_ran_backwards_across_the_end_of_a_day(pool: ExpertPool) -> None:
    _first, later, last = stamped(pool, "2026-03-01", "2026-03-05", "2026-03-02")
    for ask in (lambda: as_of(pool, "2026-03-03"), lambda: journal_digest(pool, "2026-03-03")):
        with pytest.raises(UserProblem) as told:
            ask()
        assert told.value.code == "past.clock"
        assert (told.value.parameters["later"], told.value.parameters["last"]) == (later, last)
        assert str(later) in told.value.text
        assert str(last) in told.value.text
    with as_of(pool, str(later)) as past:
        assert past.counts()["experts"] == 2
    with as_of(pool, "2026-03-01") as past:  # nothing is doubtful about this day's end
        assert past.counts()["experts"] == 1
    assert len(journal_ids(pool, EntryQuery(since="2026-03-05"))) == 1


def test_a_dry_run_signs_in_like_the_rest(call: Any, pool_target: str, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(roster(tmp_path / "roster.xlsx"))
    with ExpertPool.open(pool_target) as pool:
        add_account(pool, AccountDraft(name="admin", office="administrator"), PASSWORD)
    code, _out, err = call("import", "experts", file, "--dry-run")
    assert (code, "sign in" in err.lower()) == (1, True), err
    monkeypatch.setenv("EXPERTPOOL_PASSWORD", "wrong")
    assert call("--user", "admin", "import", "experts", file, "--dry-run")[0] == 1
    monkeypatch.setenv("EXPERTPOOL_PASSWORD", PASSWORD)
    assert call("--user", "admin", "import", "experts", file, "--dry-run")[0] == 0


def test_a_dry_run_without_a_pool_leaves_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "missing.expertpool"
    code = run(["--database", str(path), "import", "experts", str(roster(tmp_path / "roster.xlsx")), "--dry-run"])
    SETTINGS.database = ""
    assert (code, path.exists()) == (0, False), capsys.readouterr().err


# -- text is text
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "﹦1", "\t=1", "\n=1", "\r\n=1", " =1", "　=1",
            "\u200b=1", "\ufeff=1", " \t\n－1", "\tx", "\nx"]
TEXTS = ["张伟", "a=1", "5-1", "", "（=1）", "·", "—", " x"]


@pytest.mark.parametrize("said", FORMULAS)
def test_what_looks_like_a_formula_is_written_as_text(tmp_path: Path, said: str) -> None:
    assert looks_like_formula(said)
    write_csv(tmp_path / "a.csv", [said], [[said]])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell[0] for cell in cells] == ["'", "'"]
    write_workbook(tmp_path / "a.xlsx", [SheetLayout("a", [said, "b"], [[said, "x"], Band(said)], title=said,
                                                     subtitle=said, lead=[said], notes=[said])])
    sheet = load_workbook(tmp_path / "a.xlsx").active
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "b", "x")]
    assert len(found) == 7
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)


@pytest.mark.parametrize("said", TEXTS)
def test_plain_text_is_left_alone(tmp_path: Path, said: str) -> None:
    assert not looks_like_formula(said)
    write_csv(tmp_path / "a.csv", ["b"], [[said, "x"]])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == [said, "x"]


def test_a_rosters_title_is_text(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, PersonDraft(name="张伟"))
    export_roster(pool, tmp_path / "a.xlsx", RosterRequest(title="=HYPERLINK(\"http://x\")", edition="＋1"))
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert [(sheet.cell(row, 1).data_type, bool(sheet.cell(row, 1).quotePrefix)) for row in (1, 2)] == [("s", True)] * 2


@pytest.mark.parametrize("receiver", ["/root/名册.xlsx", "C:\\名册.xlsx", "file:名册", "..\\x", "\\\\server\\share", "大" * 81])
def test_a_receiver_is_no_path_of_this_computer(pool: ExpertPool, tmp_path: Path, receiver: str) -> None:
    register(pool, PersonDraft(name="张伟"))
    with pytest.raises(UserProblem) as told:
        export_roster(pool, tmp_path / "a.xlsx", RosterRequest(receiver=receiver, purpose="shared"))
    assert told.value.code.startswith("roster.receiver_")
    assert not (tmp_path / "a.xlsx").exists()


def test_a_receiver_is_one_line(pool: ExpertPool, tmp_path: Path) -> None:
    register(pool, PersonDraft(name="张伟"))
    export_roster(pool, tmp_path / "a.xlsx", RosterRequest(receiver="大连中院\n\t张 法官\u200b ", purpose="shared"))
    assert "大连中院 张 法官" in str(load_workbook(tmp_path / "a.xlsx").active.oddFooter.center.text)


# -- a disk that is full
FULL = """
import resource, signal, sys
from pathlib import Path
from expertpool.cli import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
print(run(["--language", "en", *sys.argv[2:]]))
"""
ROOM = 4096  # bytes that a file may have


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("arguments", [
    ["backup", "make"], ["database", "move", "new.expertpool"],
    ["backup", "restore", "kept.backup", "--to", "new.expertpool"], ["pool", "template", "old"]],
    ids=lambda given: " ".join(given[:2]))
def test_a_full_disk_ends_with_a_sentence_and_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                 arguments: list[str]) -> None:
    path, old = tmp_path / "库.expertpool", tmp_path / "old"
    for name, value in (("DATABASE", path), ("BACKUPS", tmp_path / "backups"), ("KEYS", tmp_path / "keys")):
        monkeypatch.setenv(f"EXPERTPOOL_{name}", str(value))
    with ExpertPool.open(path) as pool:
        register(pool, PersonDraft(name="张伟", experience="长" * 900))
        back_up(pool).path.rename(tmp_path / "kept.backup")
    old.write_bytes(b"old" * ROOM)
    (tmp_path / "home").mkdir()

    def there() -> list[str]:
        return sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")
                      if not one.name.endswith(("-wal", "-shm")) and not one.is_relative_to(tmp_path / "home"))

    before = there()
    said = subprocess.run([sys.executable, "-c", FULL, str(ROOM), *arguments], capture_output=True, text=True,
                          check=False, cwd=tmp_path, env=os.environ | {
                              "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "EXPERTPOOL_HOME": str(tmp_path / "home")})
    assert said.stdout.splitlines()[-1:] == ["3"], said.stdout + said.stderr
    assert "inside the program" not in said.stderr
    assert old.read_bytes() == b"old" * ROOM
    assert there() == before


@pytest.mark.parametrize("arguments", [
    ["roster", "export", "old"], ["pool", "export", "old"], ["pool", "template", "old"], ["plan", "make", "--out", "old"],
    ["vault", "hand-over", "old"], ["import", "experts", "roster.xlsx", "--dry-run", "--report", "old"],
    ["declarations", "form", "old", "--due"]], ids=lambda given: " ".join(given[:2]))
def test_the_last_byte_does_not_reach_the_disk(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               arguments: list[str]) -> None:
    import errno

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    roster(tmp_path / "roster.xlsx")
    (tmp_path / "old").write_text("old", encoding="utf-8")
    before = sorted(one.name for one in tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        code, out, err = call(*arguments)
    assert code == 3, out + err
    assert "inside the program" not in err
    assert (tmp_path / "old").read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir() if not one.name.endswith(("-wal", "-shm"))) == before


def test_a_disk_is_told_from_a_bug() -> None:
    import errno

    assert disk_problem(OSError(errno.ENOSPC, "x")).code == "disk.full"
    assert disk_problem(OSError(errno.EIO, "x")).code == "disk.failed"
    assert disk_problem(FileNotFoundError(errno.ENOENT, "x")) is None
    assert disk_problem(ValueError("x")) is None
