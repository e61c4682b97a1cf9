"""A process killed at its files leaves nothing that can be read, and nothing at all after the next start."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from expertpool.accounts.permissions import Actor
from expertpool.foundation.files import replacing
from expertpool.foundation.work_folder import WorkPlace, clear_abandoned, noted_draft, own_folder
from expertpool.importing.experts import import_experts
from expertpool.pool import ExpertPool
from expertpool.spreadsheets.packed_workbook import PackedText
from tests.engines.killed_at_files import WORK, work_on_files
from tests.engines.test_no_numbers import found_in, known_numbers, roster
from tests.seeds import many, seeded

ROUNDS = 4  # of each kind of work
STEPS = 90  # among which the kill falls
DRAFTS = (".part", ".trial", ".copy", ".restoring")


@pytest.fixture
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders of one's own: home, temporary folder, data, keys."""
    for name in ("home", "temp", "data", "out"):
        (tmp_path / "user" / name).mkdir(parents=True)
    user = tmp_path / "user"
    for variable, name in (("HOME", "home"), ("TMPDIR", "temp"), ("TEMP", "temp"), ("TMP", "temp"),
                           ("EXPERTPOOL_HOME", "data"), ("EXPERTPOOL_BACKUPS", "data/backups")):
        monkeypatch.setenv(variable, str(user / name))
    monkeypatch.setattr(tempfile, "tempdir", None)  # look at the environment again
    return user


def readable(folder: Path) -> list[str]:
    """Known numbers that anything under the folder tells; finished workbooks are the user's own."""
    known, found = known_numbers(), []
    for file in folder.rglob("*"):
        if file.is_file() and not (file.suffix == ".xlsx" and file.parent.name == "out"):
            found += [f"{file}: {number}" for number in found_in(file.read_bytes(), known)]
    return found


def leftovers(user: Path) -> list[str]:
    """Drafts, and what lies in the work folders of other processes than this one."""
    return [str(file) for file in user.rglob("*") if file.suffix in DRAFTS or (
        file.parent.parent.name == "work" and file.parent != own_folder())]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill that nothing can catch")
@pytest.mark.parametrize("what", list(WORK))
def test_a_kill_leaves_nothing_to_read(what: str, own_places: Path, tmp_path: Path) -> None:
    target = own_places / "data" / "库.expertpool"
    with ExpertPool.open(target, actor=Actor("tester")) as pool:
        import_experts(pool, [roster(tmp_path / "名单.xlsx", known_numbers())])
    start, chance = multiprocessing.get_context("spawn"), seeded(31)
    for _round in range(many(ROUNDS)):
        here, there = start.Pipe()
        child = start.Process(target=work_on_files, args=(there, str(target), str(own_places / "out"), what))
        child.start()
        for _step in range(chance.randrange(1, STEPS)):
            here.recv()
            here.send("go on")
        here.recv()  # the child stands in the middle of its work
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert readable(own_places) == []
    with ExpertPool.open(target, actor=Actor("tester")) as pool:
        assert pool.counts()["experts"] >= 50
        assert leftovers(own_places) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill that nothing can catch")
def test_what_a_dead_process_left_is_cleared_and_what_a_living_one_has_is_not(own_places: Path) -> None:
    script = ("import sys,time;from pathlib import Path;from expertpool.foundation.files import replacing;"
              "from expertpool.foundation.work_folder import WorkPlace;place=WorkPlace('past');"
              "(place.path/'x').write_text('1');folder=Path(sys.argv[1]);"
              "draft=replacing(folder/'a.xlsx');d=draft.__enter__();d.write_text('2');"
              "print(d,flush=True);time.sleep(60)")
    child = subprocess.Popen([sys.executable, "-c", script, str(own_places / "out")], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    draft = Path(child.stdout.readline().strip())
    assert draft.exists()
    strange = own_places / "out" / ".other.part"
    strange.write_text("of another program")
    assert clear_abandoned() == 0
    assert draft.exists()
    child.kill()
    child.wait()
    child.stdout.close()
    assert clear_abandoned() == 1
    assert not draft.exists()
    assert strange.exists()
    assert [one for one in (own_places / "data" / "work").iterdir() if one != own_folder()] == []


def test_a_draft_is_noted_while_it_lies_there(own_places: Path) -> None:
    def notes() -> int:
        return len(list((own_folder() / "drafts").glob("*")))

    with replacing(own_places / "out" / "a.txt") as draft:
        draft.write_text("x")
        assert notes() == 1
    assert notes() == 0
    with pytest.raises(ValueError), noted_draft(own_places / "b.part"):
        raise ValueError
    assert notes() == 0
    with WorkPlace("x") as place:
        assert place.path.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not place.path.exists()


def test_packed_text_comes_back_as_it_went_in() -> None:
    chance = seeded(7)
    text = "".join(chance.choice("<a>字𠀀é1\n") for _place in range(300_000))
    packed = PackedText()
    for place in range(0, len(text), 997):
        packed.write(text[place:place + 997])
    packed.seek(0)
    assert "".join(iter(lambda: packed.read(65536), "")) == text
    again = PackedText()
    again.write(text)
    assert b"".join(again.pieces()).decode() == text


def test_the_export_is_noted_before_the_file_is_there(pool: ExpertPool, tmp_path: Path) -> None:
    from expertpool.foundation.problems import UserProblem
    from expertpool.safekeeping.journal_keeping import EntryQuery, journal_ids, journal_rows
    from expertpool.workbook.workbook import export_pool

    with pytest.raises(UserProblem):
        export_pool(pool, tmp_path / "no such folder" / "出.xlsx")
    rows = journal_rows(pool, journal_ids(pool, EntryQuery(operation="export workbook")))
    assert [row.words["file"] for row in rows] == ["出.xlsx"]
