"""The journal in the settings: list, before and after, undo, proof, paper; the recycle bin; the window on the past."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import text

from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import edit, register
from expertpool.safekeeping.journal_keeping import journal_digest

MOBILE, NUMBER = "13812345678", "210102197805123016"


@pytest.fixture
def pool(sqlite_template, tmp_path, monkeypatch):
    from expertpool.accounts.permissions import Actor
    from expertpool.pool import ExpertPool

    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "pool.expertpool"
    with ExpertPool.open(path, actor=Actor("李岚")) as opened:
        opened.set_setting("court", {"name": "沈阳市中级人民法院"})
        for name in ("王新宇", "何佳"):
            register(opened, PersonDraft.model_validate({
                "name": name, "id_number": NUMBER if name == "王新宇" else "",
                "phones": [{"kind": "mobile", "number": MOBILE}]}))
        open_case(opened, CaseDraft(number="(2026)辽01知民初418号"))
        yield opened


@pytest.fixture
def page(pool, show_settings):
    return show_settings(pool, "journal")


def press(qtbot, jobs, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(jobs.idle, timeout=30_000)


def choose(qtbot, jobs, tab, entry):
    assert tab.table.select(entry)
    qtbot.waitUntil(jobs.idle, timeout=15_000)


def said(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def rename(pool, title):
    uid = next(iter(row for row in uids(pool, "王新宇")))
    detail = person_detail(pool, uid, revealed=True)
    edit(pool, uid, detail.draft().model_copy(update={"title": title}), detail.version)


def uids(pool, name):
    from expertpool.experts.browse import people_rows

    return [row.uid for row in people_rows(pool, people_ids(pool, PeopleQuery(search=name)))]


def test_operations_stand_in_words_and_numbers_are_masked(qtbot, jobs, page):
    tab = page.journal
    assert [row["what"] for row in (tab.table.model.row(place) for place in range(3))] == [
        "New case (2026)辽01知民初418号", "New expert 何佳", "New expert 王新宇"]
    choose(qtbot, jobs, tab, 2)
    qtbot.waitUntil(lambda: "21****************" in said(tab.detail), timeout=5_000)
    shown = said(tab.detail)
    assert NUMBER not in shown
    assert MOBILE not in shown
    assert "Telephone: 138****5678" in shown


def test_before_and_after_and_a_refused_undo_with_its_reason(qtbot, jobs, page, pool):
    rename(pool, "教授")
    tab = page.journal
    tab.read()
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    choose(qtbot, jobs, tab, 5)
    qtbot.waitUntil(lambda: "Professional title: — → 教授" in said(tab.detail), timeout=5_000)
    assert tab.detail.undoing.isEnabled()
    choose(qtbot, jobs, tab, 2)
    assert not tab.detail.undoing.isEnabled()
    assert "Undo the later operations first: 5 (" in tab.detail.refusal.text()
    choose(qtbot, jobs, tab, 5)
    press(qtbot, jobs, tab.detail.undoing)
    assert person_detail(pool, uids(pool, "王新宇")[0]).values["title"] == ""
    assert tab.table.model.row(0)["what"] == "Undone: change of an expert"
    assert tab.table.model.row(1)["undone"] == "undone"


def test_the_list_is_narrowed(qtbot, jobs, page):
    tab = page.journal
    tab.operation.setCurrentIndex(tab.operation.findData("register"))
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    assert tab.table.count() == 2
    tab.until.setText("2020-01-01")
    tab.until.editingFinished.emit()
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    assert tab.table.count() == 0
    tab.until.setText("last week")
    tab.until.editingFinished.emit()
    assert "is no day" in tab.answer.accessibleName()


def test_the_journal_is_checked_and_the_broken_entry_named(qtbot, jobs, page, pool):
    tab = page.journal
    press(qtbot, jobs, tab.checking)
    assert "4 entries" in tab.answer.accessibleName()
    with pool.database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE journalentry SET actor = 'x' WHERE id = 3"))
    press(qtbot, jobs, tab.checking)
    assert "Entry 3 does not fit" in tab.answer.accessibleName()
    assert "the entry itself" in tab.answer.accessibleName()


def test_digests_are_printed_and_compared(qtbot, jobs, prompts, page, pool, tmp_path):
    from expertpool.documents.journal_digest import digest_paper
    from ui.paper_html import paper_html

    tab, code = page.journal, journal_digest(pool).code
    prompts.prepare(tmp_path / "digests.pdf")
    press(qtbot, jobs, tab.printing)
    assert (tmp_path / "digests.pdf").read_bytes().startswith(b"%PDF")
    assert code in paper_html(digest_paper(pool))
    register(pool, PersonDraft(name="后来"))
    prompts.prepare(code.lower(), "ABCD")
    press(qtbot, jobs, tab.comparing)
    assert "1 entries came later" in tab.answer.accessibleName()
    press(qtbot, jobs, tab.comparing)
    assert "not a digest" in page.feedback.seen[-1][1]


def test_the_recycle_bin_brings_back(qtbot, jobs, page, pool):
    pool.undo(3)
    page.shown(tab="recycle")
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    tab = page.recycle
    assert [tab.table.model.row(0)[key] for key in ("name", "kind", "operation")] == ["何佳", "Expert", "taking back"]
    assert not tab.bringing.isEnabled()
    tab.table.select(0)
    press(qtbot, jobs, tab.bringing)
    assert len(uids(pool, "何佳")) == 1
    assert tab.table.empty.isVisibleTo(tab)


# -- the window on the past
@pytest.fixture
def window(qtbot, pool):
    from ui.main_window import MainWindow

    made = MainWindow(lambda _target: pool)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.open_pool()
    qtbot.waitUntil(lambda: made.pool is not None and made.jobs.idle(), timeout=15_000)
    yield made
    for past in made.pasts[:]:
        past.close()
    made.close()


def past_of(qtbot, window, moment):
    window.show_past(moment)
    qtbot.waitUntil(lambda: bool(window.pasts) and window.pasts[-1].pool is not None
                    and window.pasts[-1].jobs.idle() and window.jobs.idle(), timeout=30_000)
    return window.pasts[-1]


def test_a_second_window_shows_the_pool_as_it_was_and_writes_nothing(qtbot, window, pool, tmp_path):
    from pathlib import Path

    from expertpool.foundation.dates import today

    past = past_of(qtbot, window, "2")
    folder = Path(past.pool.database.target).parent
    assert "entry 2 of" in past.banner.accessibleName()
    past.navigate("experts")
    qtbot.waitUntil(past.jobs.idle, timeout=15_000)
    assert past.stack.page("experts").table.count() == 1
    window.navigate("experts")
    qtbot.waitUntil(window.jobs.idle, timeout=15_000)
    assert window.stack.page("experts").table.count() == 2
    assert not past.navigate("settings")
    past.act("experts.add")
    assert not any(button.isVisibleTo(past) for name, button in past.stack.page("experts")._actions.items()
                   if name in ("experts.add", "experts.import"))
    assert pool.state() == 4
    assert window.isVisible()
    past.close()
    qtbot.waitUntil(lambda: not window.pasts, timeout=5_000)
    assert not folder.exists()
    assert today().isoformat() == "2026-11-22"


def test_each_window_judges_by_its_own_day(qtbot, window):
    from expertpool.foundation.dates import today

    past = past_of(qtbot, window, "2026-11-30")
    days = []
    past.jobs.read(past, lambda: days.append(("work", today().isoformat())), lambda _none: days.append(("show", today())))
    qtbot.waitUntil(past.jobs.idle, timeout=5_000)
    QApplication.sendEvent(past.banner, QEvent(QEvent.Type.User))
    days.append(("event", today()))
    QApplication.sendEvent(window.rail, QEvent(QEvent.Type.User))
    days.append(("event", today()))
    window.jobs.read(window, today, lambda day: days.append(("now", day)))
    qtbot.waitUntil(window.jobs.idle, timeout=5_000)
    assert [str(day) for _what, day in days] == ["2026-11-30", "2026-11-30", "2026-11-30", "2026-11-22", "2026-11-22"]


def test_the_past_closes_when_the_window_is_locked_or_closed(qtbot, window):
    past_of(qtbot, window, "2")
    window.pool_ready()
    qtbot.waitUntil(lambda: not window.pasts and window.jobs.idle(), timeout=5_000)


def test_a_day_is_asked_for_and_a_wrong_one_refused(qtbot, window):
    window.prompts.prepare("not a day", "2026-11-30")
    window.act("window.past")
    qtbot.waitUntil(lambda: any(tone == "danger" for tone, _text in window.feedback.seen), timeout=5_000)
    assert "neither a day" in window.feedback.seen[-1][1]
    window.act("window.past")
    qtbot.waitUntil(lambda: bool(window.pasts), timeout=15_000)
