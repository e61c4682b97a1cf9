"""A pool whose key is not on this computer: the window says so, and the code on the paper opens it."""

import pytest

from expertpool.accounts.permissions import Actor
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.pool import ExpertPool
from expertpool.storage import keys


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """(path, code) of a pool made on another computer."""
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "elsewhere"))
    path = tmp_path / "pool.expertpool"
    with ExpertPool.open(path, actor=Actor("tester")) as pool:
        register(pool, PersonDraft(name="王新宇"))
        code = keys.recovery_code(pool.database.vault)
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "here"))
    return path, code


@pytest.fixture
def window(qtbot, locked, prompts):
    from ui.main_window import MainWindow

    made = MainWindow(lambda target: ExpertPool.open(target, actor=Actor("tester")))
    made.prompts = prompts
    qtbot.addWidget(made)
    made.show()
    made.open_pool(str(locked[0]))
    qtbot.waitUntil(made.jobs.idle, timeout=20_000)
    yield made
    made.close()


def test_the_code_opens_the_pool(qtbot, window, locked, prompts):
    code = locked[1]
    assert window.pool is None
    prompts.prepare(code.lower())
    window.stack._waiting.buttons[0].click()
    qtbot.waitUntil(lambda: window.pool is not None and window.jobs.idle(), timeout=20_000)
    assert window.pool.counts()["experts"] == 1


def test_a_wrong_code_is_told_and_may_be_tried_again(qtbot, window, prompts):
    prompts.prepare(keys.new_code())
    window.stack._waiting.buttons[0].click()
    qtbot.waitUntil(window.jobs.idle, timeout=20_000)
    assert window.pool is None
    assert window.stack._waiting.buttons[0].isVisible()
