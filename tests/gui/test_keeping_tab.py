"""Backups and key in the settings: make, prove, restore with its preview, folders, recovery paper, check."""

import pytest
from PySide6.QtCore import Qt

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.safekeeping.backups import backup_state
from expertpool.safekeeping.key_keeping import recovery_paper
from expertpool.storage import keys


@pytest.fixture
def pool(sqlite_template, tmp_path, monkeypatch):
    from expertpool.accounts.permissions import Actor
    from expertpool.pool import ExpertPool

    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "keys"))
    with ExpertPool.open(tmp_path / "pool.expertpool", actor=Actor("tester")) as opened:
        register(opened, PersonDraft(name="王新宇"))
        yield opened


@pytest.fixture
def tab(pool, show_settings):
    return show_settings(pool, "keeping").keeping


def press(qtbot, jobs, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(jobs.idle, timeout=30_000)


def test_a_backup_is_made_and_shown_as_proven(qtbot, jobs, tab, pool):
    assert tab.table.empty.isVisibleTo(tab)
    press(qtbot, jobs, tab.making)
    assert len(tab.backups) == 1
    assert tab.backups[0].proven
    assert "trial restore" in tab.said.accessibleName()
    assert backup_state(pool).proven is not None


def test_restoring_shows_what_would_change_and_asks_for_a_reason(qtbot, jobs, prompts, tab, pool):
    press(qtbot, jobs, tab.making)
    register(pool, PersonDraft(name="何佳"))
    assert not tab.restoring.isEnabled()
    tab.table.select(0)
    prompts.prepare(False)
    press(qtbot, jobs, tab.restoring)
    assert "2 now, 1 in the backup" in prompts.asked[-1]
    assert len(people_ids(pool, PeopleQuery())) == 2
    prompts.prepare(True, "wrong file imported")
    press(qtbot, jobs, tab.restoring)
    assert len(people_ids(pool, PeopleQuery())) == 1
    assert [one.why for one in tab.backups] == ["before restore", "by hand"]


def test_the_recovery_paper_ends_the_reminder(qtbot, jobs, prompts, tab, pool, tmp_path):
    from expertpool.documents.recovery import sheet_of
    from ui.paper_html import paper_html

    assert tab.banner.isVisibleTo(tab)
    prompts.prepare(tmp_path / "paper.pdf")
    tab.paper()
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    paper = recovery_paper(pool)
    assert paper.code == keys.recovery_code(pool.database.vault)
    assert paper.code.replace("-", "  ") in paper_html(sheet_of(paper, "沈阳市中级人民法院"))
    assert not tab.banner.isVisibleTo(tab)


def test_folders_are_chosen(qtbot, jobs, prompts, tab, pool, tmp_path, monkeypatch):
    monkeypatch.delenv("EXPERTPOOL_BACKUPS")
    for name, call in (("first", tab.choose_folder), ("second", tab.choose_second)):
        prompts.prepare(tmp_path / name)
        call()
        qtbot.waitUntil(jobs.idle, timeout=15_000)
    press(qtbot, jobs, tab.making)
    assert [len(list((tmp_path / name).glob("*.backup"))) for name in ("first", "second")] == [1, 1]


def test_the_database_is_checked(qtbot, jobs, tab):
    press(qtbot, jobs, tab.checking)
    assert "nothing is wrong" in tab.report.accessibleName()
