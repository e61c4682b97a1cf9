"""What another window writes appears by itself; a lost server is told in the status line and found again."""

import pytest

from expertpool.accounts.permissions import Actor
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.pool import ExpertPool


@pytest.fixture
def path(sqlite_template, tmp_path):
    target = tmp_path / "pool.expertpool"
    target.write_bytes(sqlite_template.read_bytes())
    return target


@pytest.fixture
def window(qtbot, path, monkeypatch):
    from ui import live
    from ui.main_window import MainWindow

    monkeypatch.setattr(live, "ASKED", 0.2)
    made = MainWindow(lambda target: ExpertPool.open(target or path, actor=Actor("tester")))
    qtbot.addWidget(made)
    made.show()
    made.open_pool(str(path))
    qtbot.waitUntil(lambda: made.pool is not None and made.jobs.idle(), timeout=20_000)
    yield made
    made.close()


def test_what_others_write_is_shown(qtbot, window, path):
    with qtbot.waitSignal(window.live.written, timeout=10_000) as told, ExpertPool.open(
            path, actor=Actor("何佳")) as other:
        register(other, PersonDraft(name="王新宇"))
    assert told.args[1] == "何佳"
    qtbot.waitUntil(lambda: "1" in window.status.counts.text(), timeout=10_000)


def test_own_writes_are_not_told_again(qtbot, window):
    with qtbot.assertNotEmitted(window.live.written, wait=800):
        window.jobs.change(window, lambda: register(window.pool, PersonDraft(name="王新宇")))
        qtbot.waitUntil(window.jobs.idle, timeout=10_000)


def test_a_lost_pool_is_told_and_found_again(qtbot, window):
    window.live.lost.emit("The server cannot be reached.")
    assert window.status.trouble.isVisibleTo(window)
    window.live.found.emit()
    assert not window.status.trouble.isVisibleTo(window)


def test_a_second_window_is_refused_with_who_holds_the_pool(qtbot, window, path):
    import subprocess
    import sys

    said = subprocess.run([sys.executable, "-c", (
        "import sys\nfrom expertpool.pool import ExpertPool\n"
        "from expertpool.foundation.problems import ExpectedError\n"
        "with ExpertPool.open(sys.argv[1]) as pool:\n"
        "    try:\n        pool.hold()\n    except ExpectedError as error:\n        print(error.code)\n"), str(path)],
        capture_output=True, text=True, check=False)
    assert said.stdout == "database.held\n"


def test_the_same_window_opens_its_pool_again(qtbot, window, path):
    window.open_pool(str(path))
    qtbot.waitUntil(lambda: window.jobs.idle(), timeout=20_000)
    assert window.pool is not None
    assert window.pool.counts()["experts"] == 0
