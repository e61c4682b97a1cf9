"""One window holds an embedded pool; a second gets a sentence; a dead window leaves no obstacle."""

import subprocess
import sys
from pathlib import Path

import pytest

from expertpool.foundation.problems import UserProblem
from expertpool.storage.window_lock import WindowLock, holder_of

HOLD = """
import sys
from pathlib import Path
from expertpool.storage.window_lock import WindowLock
lock = WindowLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> "subprocess.Popen[str]":
    """Another process that holds the pool until it is killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "库.expertpool")], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_window_is_told_who_holds_the_pool(other: "subprocess.Popen[str]", tmp_path: Path) -> None:
    lock = WindowLock(tmp_path / "库.expertpool")
    with pytest.raises(UserProblem) as refused:
        lock.take()
    assert refused.value.code == "database.held"
    assert holder_of(lock.path).process == other.pid
    assert holder_of(lock.path).since in str(refused.value)
    assert not lock.held


def test_a_window_that_died_leaves_no_obstacle(other: "subprocess.Popen[str]", tmp_path: Path) -> None:
    other.kill()
    other.communicate()
    lock = WindowLock(tmp_path / "库.expertpool")
    assert lock.path.exists()
    lock.take()
    assert lock.held
    lock.release()


def test_let_go_and_taken_again(tmp_path: Path) -> None:
    """The same window may open its pool again; only when it let go as often can another one take it."""
    first, second = WindowLock(tmp_path / "a"), WindowLock(tmp_path / "a")
    first.take()
    second.take()
    first.release()
    assert not free(tmp_path / "a")
    second.release()
    second.release()
    assert free(tmp_path / "a")


def free(pool: Path) -> bool:
    """Whether another process can take the lock."""
    said = subprocess.run([sys.executable, "-c", HOLD, str(pool)], input="", capture_output=True, text=True, check=False)
    return said.stdout == "held\n"


def test_an_unreadable_lock_file_is_no_obstacle(tmp_path: Path) -> None:
    lock = WindowLock(tmp_path / "a")
    lock.path.write_bytes(b"\xff\x00 nonsense")
    lock.take()
    assert holder_of(lock.path).process > 0
    lock.release()
