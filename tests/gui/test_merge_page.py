"""The merge desk (合并): pairs of the pool and rows that wait, answered by key and mouse, on a real pool."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft
from expertpool.experts.merge import merged_away
from expertpool.experts.pairs import possible_pairs
from expertpool.experts.register import register
from expertpool.importing.waiting import waiting_rows
from tests.gui.waiting import rest

UNIT = [EmploymentDraft(employer="浑河示例大学")]


@pytest.fixture
def opened(empty_pool, tmp_path):
    """A pool with two records of one person, and one row that waits."""
    from expertpool.importing.experts import apply_plan, preview_experts
    pool = empty_pool
    register(pool, PersonDraft(name="甲示例", birth="1970-01", gender="男", title="教授", employments=UNIT,
                               phones=[PhoneDraft(number="13900000001")], email="one@example.com"))
    register(pool, PersonDraft(name="甲示例", birth="1970-01", title="研究员", employments=UNIT, school="示例大学"))
    register(pool, PersonDraft(name="乙示例", employments=UNIT))
    roster = tmp_path / "名册.csv"
    roster.write_text("姓名,工作单位,职称\n乙示例,浑河示例大学,讲师\n", encoding="utf-8-sig")
    report = apply_plan(pool, preview_experts(pool, [roster]), duplicates="ask")
    assert report.waiting == 1
    return pool


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.merging.page import MergingPage

    made = show_page(MergingPage, opened, "Merge")
    made.shown()
    rest(qtbot, jobs)
    return made


def choose(qtbot, page, code):
    qtbot.mouseClick(page.which._choices[code], Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)


def people(pool):
    return len(people_ids(pool, PeopleQuery()))


def test_rows_and_pairs_are_listed_with_counts(page):
    assert [one.kind for one in page.entries] == ["row", "pair"]
    assert page.which._choices["rows"].text() == "Rows that wait 1"
    assert page.which._choices["pairs"].text() == "In the pool 1"
    assert page.table.model.row(0)["what"] == "名册.csv, row 2"
    assert page.status == "1 rows of imports wait for an answer"


def test_a_pair_is_merged_with_the_chosen_values(qtbot, page):
    choose(qtbot, page, "pairs")
    one = page.current
    assert page.view.choices()["school"] == "other"  # only the other one says it
    for button, side in zip(page.view.buttons("title"), ("kept", "other"), strict=True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
        assert page.view.choices()["title"] == side
    assert page.view.effects  # the load at least
    assert page.reason.text() == "the date of birth is the same; the unit is the same"
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, page.jobs)
    merged = person_detail(page.pool, one.kept)
    assert (merged.values["title"], merged.values["school"], merged.values["email"]) == (
        "研究员", "示例大学", "one@example.com")
    assert people(page.pool) == 2
    assert page.table.count() == 0
    with page.pool.read() as session:
        assert [name for _uid, name in merged_away(session, merged.id)] == ["甲示例"]


def test_a_merge_needs_a_reason(qtbot, page):
    choose(qtbot, page, "pairs")
    page.reason.clear()
    assert not page.buttons["same"].isEnabled()
    qtbot.keyClicks(page.reason, "same mail")
    assert page.buttons["same"].isEnabled()


def test_the_other_one_stays_after_a_swap(qtbot, page):
    choose(qtbot, page, "pairs")
    before = page.current
    page.swap()
    rest(qtbot, page.jobs)
    assert (page.current.kept, page.current.uid) == (before.uid, before.kept)
    qtbot.mouseClick(page.buttons["same"], Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert person_detail(page.pool, before.kept).uid == before.uid


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_2, "different"), (Qt.Key.Key_3, "later")])
def test_a_pair_is_told_apart_or_put_off(qtbot, page, key, answer):
    choose(qtbot, page, "pairs")
    qtbot.keyClick(page, key, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, page.jobs)
    assert people(page.pool) == 3
    assert [pair.later for pair in possible_pairs(page.pool)] == ([] if answer == "different" else [True])
    assert page.which._choices["later"].text() == f"Put off {int(answer == 'later')}"


@pytest.mark.parametrize(("button", "after", "title"), [("same", 3, "讲师"), ("different", 4, ""), ("drop", 3, "")])
def test_a_waiting_row_is_settled(qtbot, page, button, after, title):
    choose(qtbot, page, "rows")
    known = page.current.kept
    assert {line.field: line.stands for line in page_lines(page)}["title"] == "adds"
    qtbot.mouseClick(page.drop if button == "drop" else page.buttons[button], Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert waiting_rows(page.pool) == []
    assert people(page.pool) == after
    assert person_detail(page.pool, known).values["title"] == title
    assert page.table.count() == 0
    page.jobs.undo(0)
    rest(qtbot, page.jobs)
    assert len(waiting_rows(page.pool)) == 1
    assert page.table.count() == 1


def page_lines(page):
    from ui.merging.reading import side_by_side

    return side_by_side(page.pool, page.current).lines


def test_later_leaves_a_row_waiting_and_goes_on(qtbot, page):
    assert page.current.kind == "row"
    qtbot.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, page.jobs)
    assert page.current.kind == "pair"
    assert len(waiting_rows(page.pool)) == 1


def test_the_badge_of_the_rail_counts_waiting_rows(opened):
    assert opened.badges()["merging"] == 1


def test_a_merge_is_undone_from_the_card(qtbot, page):
    from ui.experts.page import ExpertsPage

    choose(qtbot, page, "pairs")
    kept = page.current.kept
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, page.jobs)
    experts = ExpertsPage(page.surroundings)
    qtbot.addWidget(experts)
    experts.resize(1180, 700)
    experts.show()
    experts.open_record("person", kept)
    rest(qtbot, page.jobs)
    undo = next(one for one in experts.card.findChildren(QPushButton) if one.text() == "Undo the merge")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert people(page.pool) == 3
    assert person_detail(page.pool, kept).values["school"] == ""


def test_a_pair_that_somebody_else_told_apart_meanwhile(qtbot, page, feedback):
    choose(qtbot, page, "pairs")
    one = page.current
    page.reason.setText("looked into for an hour")
    from expertpool.accounts.permissions import Actor
    from expertpool.experts.pairs import answer_pair
    from expertpool.pool import ExpertPool

    with ExpertPool.open(page.pool.database.target, actor=Actor("zhang")) as other:
        answer_pair(other, one.kept, one.uid, "different", "two people")
    qtbot.mouseClick(page.buttons["same"], Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert people(page.pool) == 3
    assert feedback.seen[-1][0] == "danger"
    assert page.reason.text() == "looked into for an hour"


def test_a_pair_of_which_one_was_changed_meanwhile_is_shown_anew(qtbot, page, feedback):
    choose(qtbot, page, "pairs")
    one = page.current
    page.reason.setText("looked into for an hour")
    from expertpool.accounts.permissions import Actor
    from expertpool.experts.register import edit
    from expertpool.pool import ExpertPool

    with ExpertPool.open(page.pool.database.target, actor=Actor("zhang")) as other:
        detail = person_detail(other, one.uid, revealed=True)
        edit(other, one.uid, detail.draft().model_copy(update={"school": "另一大学"}), detail.version)
    qtbot.mouseClick(page.buttons["same"], Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert people(page.pool) == 3
    assert feedback.seen[-1][0] == "danger"
    assert page.reason.text() == "looked into for an hour"
    assert page.current is one
    qtbot.mouseClick(page.buttons["same"], Qt.MouseButton.LeftButton)  # now it has been seen
    rest(qtbot, page.jobs)
    assert people(page.pool) == 2
