"""Forms: changed and valid decide about Save, problems stand under fields, leaving asks, dates as known."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from expertpool.foundation.problems import Problem
from ui.widgets.date_field import DateField, tidy_date
from ui.widgets.fields import ChoiceField, LongTextField, NumberField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.rows_field import RowsField

RECORD = {"name": "王新宇", "gender": "男", "birth": "1978-05", "load": 5, "public": True, "remark": "", "uid": "u1",
          "phones": [{"number": "13812345678", "kind": "mobile", "uid": "p1"}]}


def phone_fields():
    return [TextField("number", "Number", check=lambda text: "" if text.isdigit() else "digits only"),
            ChoiceField("kind", "Kind", [("mobile", "Mobile"), ("work", "Office")], empty=None)]


@pytest.fixture
def form(qtbot, prompts):
    made = Form(prompts)
    qtbot.addWidget(made)
    made.section("Person")
    made.add(TextField("name", "Name", needed=True))
    made.add(ChoiceField("gender", "Gender", [("男", "Male"), ("女", "Female")]))
    made.add(DateField("birth", "Born"))
    made.add(NumberField("load", "Load", most=20))
    made.add(TickField("public", "Public"))
    made.add(RowsField("phones", "Phones", phone_fields), wide=True)
    made.add(LongTextField("remark", "Remark"), wide=True)
    made.show_values(RECORD)
    made.show()
    return made


def test_shown_values_come_back_unchanged(form):
    assert form.values() == RECORD
    assert not form.is_changed()
    assert not form.saving.isEnabled()


def test_save_is_enabled_only_when_changed_and_valid(form):
    saved = []
    form.saved.connect(saved.append)
    form.save()
    assert saved == []
    form.fields["name"].edit.setText("王新")
    assert form.saving.isEnabled()
    form.fields["name"].edit.setText("  ")
    assert not form.saving.isEnabled()
    assert form.fields["name"].note.text() == "Please fill in “Name”."
    assert "Name" in form.state.text()
    form.fields["name"].edit.setText("王新")
    form.saving.click()
    assert saved == [RECORD | {"name": "王新"}]
    assert form.changes() == {"name": "王新"}
    form.accept_saved()
    assert not form.is_changed()


def test_going_back_to_the_first_value_is_no_change(form):
    form.fields["gender"].box.setCurrentIndex(2)
    assert form.is_changed()
    form.fields["gender"].box.setCurrentIndex(1)
    assert not form.is_changed()


@pytest.mark.parametrize(("typed", "tidy"), [
    ("2024", "2024"), ("2024年", "2024"), ("2024-3", "2024-03"), ("2024.03", "2024-03"), ("2024年3月", "2024-03"),
    ("2024年3月1日", "2024-03-01"), ("2024/3/1", "2024-03-01"), ("20240301", "2024-03-01"), ("202403", "2024-03"),
    ("", ""), ("1990-13", None), ("2023-02-29", None), ("24-3-1", None), ("last year", None), ("0000", None),
])
def test_dates_are_read_as_people_write_them(typed, tidy):
    assert tidy_date(typed) == tidy


def test_date_that_is_none_blocks_saving(form):
    field = form.fields["birth"]
    field.edit.setText("1990-13")
    assert not form.saving.isEnabled()
    assert "no date" in field.note.text()
    field.edit.setText("1990年12月")
    assert form.saving.isEnabled()
    assert form.values()["birth"] == "1990-12"


def test_rows_are_added_removed_and_checked(form):
    phones = form.fields["phones"]
    phones.adding.click()
    assert not form.is_changed()  # an empty row is nothing yet
    phones._rows[1].fields[0].edit.setText("abc")
    assert not form.saving.isEnabled()
    phones._rows[1].fields[0].edit.setText("02412345678")
    assert form.saving.isEnabled()
    assert form.values()["phones"] == [*RECORD["phones"], {"number": "02412345678", "kind": "mobile"}]
    phones._rows[0].removing.click()
    assert form.values()["phones"] == [{"number": "02412345678", "kind": "mobile"}]


def test_problems_stand_under_their_fields(form):
    rest = form.show_problems([Problem("record.changed", field="name"), Problem("merge.itself", field="elsewhere")])
    assert form.fields["name"].note.text() == Problem("record.changed").text
    assert form.fields["name"].note.isVisible()
    assert [problem.code for problem in rest] == ["merge.itself"]


def test_leaving_asks_only_when_something_would_be_lost(form, prompts):
    left, saved = [], []
    form.left.connect(lambda: left.append(1))
    form.saved.connect(saved.append)
    form.leaving.click()
    assert left == [1]
    form.fields["remark"].edit.setPlainText("new")
    prompts.prepare("stay")
    form.leaving.click()
    assert left == [1]
    prompts.prepare("save")
    assert form.may_leave()
    assert saved[0]["remark"] == "new"
    prompts.prepare("drop")
    form.leaving.click()
    assert left == [1, 1]
    assert form.values() == RECORD


def test_unknown_code_of_a_choice_is_kept(qtbot):
    field = ChoiceField("gender", "Gender", [("男", "Male")])
    qtbot.addWidget(field)
    field.show("X")
    assert field.value() == "X"


def test_wheel_changes_no_value(form):
    for name, control in (("gender", form.fields["gender"].box), ("load", form.fields["load"].box)):
        control.setFocus()
        event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(0, -240), QPoint(0, -240), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(control, event)
        assert form.values()[name] == RECORD[name]


def test_tab_leaves_the_long_text(form):
    edit = form.fields["remark"].edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == ""


def test_calendar_fills_the_field(qtbot, form):
    field = form.fields["birth"]
    field.picker.click()
    popup = next(one for one in field.children() if type(one).__name__ == "Calendar")
    assert popup.calendar.selectedDate().toString("yyyy-MM-dd") == "1978-05-01"
    popup.calendar.clicked.emit(popup.calendar.selectedDate().addDays(2))
    assert field.value() == "1978-05-03"
