"""The draw in its window: conditions with a live count, frozen people, two hands, answers, papers, blind, void."""

import json
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from expertpool.assignments.service import assignment_rows
from expertpool.draws.browse import draw_detail, draw_rows
from expertpool.draws.drawing import complete_draw
from expertpool.draws.verify import verify
from tests.engines.test_draws import NUMBER, filled
from tests.gui.waiting import rest
from ui.matching.draw_fields import spaced
from ui.widgets.notes import Banner

FORM, FROZEN, HANDS, RESULT = range(4)


@pytest.fixture
def acting():
    return "李岚"


@pytest.fixture
def opened(empty_pool):
    pool = empty_pool
    filled(pool)
    return pool


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.matching.page import MatchingPage

    made = show_page(MatchingPage, opened, "Match and appoint")
    made.shown()
    rest(qtbot, jobs)
    return made


@pytest.fixture
def dialog(qtbot, page):
    page.shown(number=NUMBER)
    rest(qtbot, page.jobs)
    qtbot.mouseClick(page.drawing, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    return page.draws


def settled(qtbot, dialog):
    """The pause after typing is over and people are counted."""
    qtbot.waitUntil(lambda: not dialog._settled.isActive(), timeout=5_000)
    rest(qtbot, dialog.page.jobs)


def typed(widget, text):
    """Enter text the way an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def fill(qtbot, dialog, **more):
    entered = {"witness": "赵监", "place": "第三会议室", **more}
    for name, text in entered.items():
        dialog.form.fields[name].edit.clear()
        typed(dialog.form.fields[name].edit, text)
    if not dialog.form.half.value():
        qtbot.mouseClick(dialog.form.half.making, Qt.MouseButton.LeftButton)
    settled(qtbot, dialog)


def go_on(qtbot, dialog):
    qtbot.mouseClick(dialog.going_on, Qt.MouseButton.LeftButton)
    rest(qtbot, dialog.page.jobs)


def press(qtbot, dialog, place, answer):
    one = dialog.detail.places[place - 1]
    qtbot.mouseClick(dialog.outcome.buttons[one.label, answer], Qt.MouseButton.LeftButton)
    rest(qtbot, dialog.page.jobs)


def drawn(qtbot, dialog):
    fill(qtbot, dialog)
    go_on(qtbot, dialog)
    go_on(qtbot, dialog)
    typed(dialog.hands.witness.edit, "witness's half")
    go_on(qtbot, dialog)


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def test_the_count_follows_the_conditions(qtbot, dialog):
    assert dialog.counts.figure.text() == "10"
    assert "outsider" not in " ".join(texts(dialog.counts))
    assert not dialog.going_on.isEnabled()
    assert "Witness" in dialog.hint.text()
    dialog.form.fields["mains"].box.setValue(4)
    settled(qtbot, dialog)
    assert "10 can be drawn for 6 places" in dialog.counts.findChild(Banner).accessibleName()
    dialog.form.fields["title_levels"].chips["senior"].click()
    settled(qtbot, dialog)
    assert dialog.counts.figure.text() == "0"
    assert "Another level of title" in texts(dialog.counts)
    fill(qtbot, dialog)
    assert not dialog.going_on.isEnabled()  # nobody to draw
    dialog.form.fields["title_levels"].chips["senior"].click()
    fill(qtbot, dialog, witness="李岚")
    assert "somebody else" in dialog.hint.text()
    assert not dialog.going_on.isEnabled()


def test_from_freezing_to_the_appointment(qtbot, page, dialog):
    fill(qtbot, dialog)
    assert spaced(dialog.form.seal()) in dialog.form.sealed.text()
    assert dialog.form.half.value() not in " ".join(texts(dialog))
    go_on(qtbot, dialog)
    assert dialog.stack.currentIndex() == FROZEN
    assert spaced(dialog.detail.fingerprint) in texts(dialog.frozen)
    assert dialog.frozen.lists["candidates"].count() == 10
    dialog.steps.chosen.emit(FORM)
    assert dialog.stack.currentIndex() == FROZEN
    assert "frozen" in dialog.hint.text()
    go_on(qtbot, dialog)
    assert dialog.stack.currentIndex() == HANDS
    assert not dialog.going_on.isEnabled()
    typed(dialog.hands.witness.edit, "short")
    assert not dialog.going_on.isEnabled()
    typed(dialog.hands.witness.edit, "er no more")
    go_on(qtbot, dialog)
    assert dialog.stack.currentIndex() == RESULT
    assert dialog.detail.code in texts(dialog.outcome)
    page.prompts.prepare("出差在外")
    press(qtbot, dialog, 1, "decline")
    assert [one.state for one in dialog.detail.places] == ["decline", "called", "waiting"]
    assert "stepped up" in [pill.text for pill in pills(dialog.outcome)]
    press(qtbot, dialog, 2, "undecided")
    press(qtbot, dialog, 2, "accept")
    assert [row.person for row in assignment_rows(page.pool)] == [dialog.detail.places[1].name]
    assert not dialog.voiding.isVisibleTo(dialog)
    assert not dialog.outcome.buttons


def pills(widget):
    from ui.widgets.chips import StatePill

    return widget.findChildren(StatePill)


def test_by_keyboard_alone(qtbot, page, dialog):
    for name in ("witness", "place"):
        dialog.form.fields[name].edit.setFocus()
        qtbot.keyClicks(QApplication.focusWidget(), f"{name} by keyboard")
    dialog.form.half.edit.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "half by keyboard")
    settled(qtbot, dialog)
    order = []
    start = QApplication.focusWidget()
    for _step in range(80):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
        if order[-1] is start:
            break
    assert {dialog.going_on, dialog.closing, dialog.form.half.making, dialog.counts.people.view} <= set(order)
    dialog.going_on.setFocus()
    for step in (FROZEN, HANDS):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        rest(qtbot, page.jobs)
        assert dialog.stack.currentIndex() == step
    qtbot.keyClicks(QApplication.focusWidget(), "witness by keyboard")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, page.jobs)
    assert dialog.stack.currentIndex() == RESULT
    assert QApplication.focusWidget() is dialog.outcome.first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    rest(qtbot, page.jobs)
    assert len(assignment_rows(page.pool)) == 1


def test_somebody_is_excluded_by_name_with_a_reason(qtbot, page, dialog):
    name = dialog.counts.people.model.row(0)["name"]
    first = dialog.counts.people.model.ids[0]
    page.prompts.prepare("", "本人申请不参加")
    dialog.counts.people.acted.emit(first, "out")
    assert dialog.form.excluded == {}
    dialog.counts.people.acted.emit(first, "out")
    rest(qtbot, page.jobs)
    assert dialog.counts.figure.text() == "9"
    assert dialog.counts.people.model.row(0)["out"] == "Take part again"
    fill(qtbot, dialog)
    go_on(qtbot, dialog)
    assert ("C-NAMED", "本人申请不参加") in [row[3][0] for row in dialog.detail.excluded if row[1] == name]


def test_void_and_drawn_again_with_a_ground(qtbot, page, dialog):
    fill(qtbot, dialog)
    go_on(qtbot, dialog)
    page.prompts.prepare("监督人临时有事")
    qtbot.mouseClick(dialog.voiding, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert dialog.detail.state == "void"
    assert not dialog.going_on.isVisibleTo(dialog)
    assert "监督人临时有事" in dialog.frozen.findChild(Banner).accessibleName()
    dialog.list.setCurrentIndex(dialog.list.findData(""))
    dialog.list.activated.emit(dialog.list.currentIndex())
    rest(qtbot, page.jobs)
    fill(qtbot, dialog)
    assert "Ground of the further draw" in dialog.hint.text()
    fill(qtbot, dialog, ground="第一次作废")
    go_on(qtbot, dialog)
    assert [(row.number, row.of, row.state) for row in draw_rows(page.pool)] == [
        (2, 2, "frozen"), (1, 2, "void")]
    assert dialog.list.count() == 2  # while one is frozen there is no other


def test_reopened_it_asks_for_the_sealed_half(qtbot, page, dialog):
    fill(qtbot, dialog)
    half, salt = dialog.form.half.value(), dialog.form.half.salt
    go_on(qtbot, dialog)
    dialog.close()
    page.open_draws()
    again = page.draws
    rest(qtbot, page.jobs)
    assert again.stack.currentIndex() == FROZEN
    go_on(qtbot, again)
    assert again.hands.again.isVisibleTo(again)
    for field, text in ((again.hands.half, half), (again.hands.salt, "wrong salt"),
                        (again.hands.witness, "witness's half")):
        typed(field.edit, text)
    go_on(qtbot, again)
    assert again.stack.currentIndex() == HANDS
    assert "not those that were sealed" in again.hint.text()
    again.hands.salt.edit.setText(salt)
    go_on(qtbot, again)
    assert again.stack.currentIndex() == RESULT


def test_papers_are_saved(qtbot, page, dialog, tmp_path):
    drawn(qtbot, dialog)
    file, paper = tmp_path / "certificate.json", tmp_path / "certificate.pdf"
    page.prompts.prepare(file, paper, None, tmp_path / "no folder" / "x.json")
    qtbot.mouseClick(dialog.saving, Qt.MouseButton.LeftButton)
    assert verify(file.read_bytes(), page.pool).valid
    assert json.loads(file.read_text(encoding="utf-8"))["check_code"] == dialog.detail.code
    qtbot.mouseClick(dialog.printing, Qt.MouseButton.LeftButton)
    rest(qtbot, page.jobs)
    assert len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) == 2  # the certificate and the description
    assert "certificate.pdf" in dialog.hint.text()
    qtbot.mouseClick(dialog.saving, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.saving, Qt.MouseButton.LeftButton)
    assert not (tmp_path / "no folder").exists()
    assert dialog.hint.text() == ""


def test_a_blind_draw_shows_no_name_until_two_officers_open_it(qtbot, page, dialog):
    dialog.form.fields["blind"].box.setChecked(True)
    settled(qtbot, dialog)
    assert not dialog.counts.people.isVisibleTo(dialog)
    drawn(qtbot, dialog)
    known = {one.name for one in draw_detail(page.pool, dialog.detail.uid).places}
    assert known == {""}
    assert not dialog.outcome.buttons
    first, second, reason = dialog.outcome.officers
    typed(first.edit, "李岚")
    typed(reason.edit, "开始通知")
    dialog.outcome.opening.emit([first.value(), second.value()], reason.value())
    rest(qtbot, page.jobs)
    assert "two officers" in dialog.hint.text()
    dialog.outcome.opening.emit(["李岚", "赵监"], "开始通知")
    rest(qtbot, page.jobs)
    assert not dialog.detail.masked
    assert dialog.detail.places[0].name in texts(dialog.outcome)
    assert dialog.outcome.first() is not None


def test_a_public_value_needs_no_half(qtbot, page, dialog):
    dialog.form.fields["hands"].box.setCurrentIndex(1)
    assert not dialog.form.half.isVisibleTo(dialog.form)
    fill(qtbot, dialog, public_source="上证指数 2026-11-24 收盘")
    go_on(qtbot, dialog)
    go_on(qtbot, dialog)
    assert not dialog.hands.heading.isVisibleTo(dialog)
    assert "上证指数" in dialog.hands.words.text()
    typed(dialog.hands.witness.edit, "3.8")
    go_on(qtbot, dialog)
    assert dialog.stack.currentIndex() == RESULT


def test_somebody_else_drew_meanwhile(qtbot, page, dialog):
    fill(qtbot, dialog)
    go_on(qtbot, dialog)
    go_on(qtbot, dialog)
    uid = dialog.detail.uid
    half, salt = dialog.secret[uid]
    complete_draw(page.pool, uid, half, salt, "another window")
    typed(dialog.hands.witness.edit, "too late now")
    go_on(qtbot, dialog)
    assert "drawn or void already" in dialog.hint.text()
    assert draw_detail(page.pool, uid).witness_half == "another window"


def test_the_record_of_somebody_drawn_is_one_press_away(qtbot, page, dialog, went):
    drawn(qtbot, dialog)
    uid = dialog.detail.places[0].uid
    dialog.outcome.person.emit(uid)
    assert went == [("experts", {"kind": "person", "uid": uid})]
