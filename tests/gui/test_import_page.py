"""The page 导入: files, columns, data, duplicates, done, with real files, a real pool and real widgets."""

from array import array

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.drafts import EmploymentDraft, PersonDraft, PhoneDraft
from expertpool.experts.register import register
from tests.gui.waiting import rest


def numbered(first):
    """An invented identity number with its check digit (GB 11643)."""
    return first + "10X98765432"[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first)) % 11]


HEAD = "姓名,性别,出生日期,工作单位,职称,手机,身份证号,研究方向"
ROWS = [
    f"王示例,男,1978-05,浑河示例大学,教授,13800000001,{numbered('21010219780512301')},机械结构设计",
    f"李示例,女,1985-03,浑河示例大学,高级工程师,13800000002,{numbered('21010319850308122')},材料冶金",
    "赵示例,男,1990-13,辽阳示例研究所,副研究员,13800000003,,通信协议",
    "钱示例,男,1969,沈河示例鉴定所,高工,1380000000,2.10102E+17,计算机软件",
]


@pytest.fixture
def opened(empty_pool):
    """A pool with one person who resembles the first row."""
    pool = empty_pool
    register(pool, PersonDraft(name="王示例", employments=[EmploymentDraft(employer="浑河示例大学")],
                               phones=[PhoneDraft(number="13900009999")], title="副教授"))
    return pool


@pytest.fixture
def page(qtbot, jobs, opened, show_page):
    from ui.importing.page import ImportingPage

    made = show_page(ImportingPage, opened, "Import")
    made.shown()
    rest(qtbot, jobs)
    return made


def press(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def roster(tmp_path, rows=ROWS, name="名册.csv", head=HEAD):
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
    return path


def people(pool):
    return people_ids(pool, PeopleQuery())


def step(page):
    return page.steps.currentIndex()


def read(qtbot, page, tmp_path, **rest_of):
    page.prompts.prepare([roster(tmp_path, **rest_of)])
    press(qtbot, page.choosing.choose)
    rest(qtbot, page.jobs)


def test_the_whole_way_writes_only_at_the_end_and_can_be_undone(qtbot, page, tmp_path, went):
    read(qtbot, page, tmp_path)
    assert step(page) == 1
    assert [line.box.currentData() for line in page.columns.lines][:4] == ["name", "gender", "birth", "employer"]
    press(qtbot, page.next)
    assert step(page) == 2
    assert page.journey.counts()["created"] == 3
    assert page.next.text() == "Next: duplicates 1"
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert step(page) == 3
    assert len(people(page.pool)) == 1
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert step(page) == 4
    assert page.done.figures["created"].text() == "3"
    assert len(people(page.pool)) == 4
    press(qtbot, page.done.undo)
    rest(qtbot, page.jobs)
    assert len(people(page.pool)) == 1
    assert page.done.said.text() == "The import was undone"
    press(qtbot, page.done.experts)
    assert went == [("experts", {})]


def test_wrong_cells_are_tinted_and_a_problem_leads_to_its_cell(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    grid, model = page.checking.grid, page.checking.grid.cells
    birth = next(i for i in range(model.columnCount()) if model.heading(i)[0] == "Date of birth")
    index = model.index(2, birth)
    assert index.data() == "1990-13"
    assert model.tone(index) in ("danger", "warning")
    assert "1990-13" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert model.tone(model.index(0, birth)) == ""
    assert model.heading(birth) == ("Date of birth", "出生日期 · 100%")
    place = next(i for i, group in enumerate(page.checking._shown)
                 if group[0][1] is model.rows[2] and group[0][0].field == "birth")
    page.checking.problems.select(place)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, birth)
    whole = model.rowCount()
    page.checking.only.click()
    assert 0 < model.rowCount() < whole
    assert all(row.problems for row in model.rows)


def test_the_gravest_problems_come_first_and_chips_narrow_them(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    found = [group[0][0].severity for group in page.checking._shown]
    assert found == sorted(found, key=["error", "warning", "note"].index)
    errors = found.count("error")
    assert errors
    press(qtbot, page.checking.grave._choices["error"])
    assert page.checking.problems.count() == errors


def test_the_same_problem_of_many_rows_is_one_line_that_leads_from_row_to_row(qtbot, page, tmp_path):
    rows = [f"示例{sign},男,1980-01,浑河示例大学,教授,139000000{number:02d},,机械" for number, sign in enumerate("甲乙丙")]
    read(qtbot, page, tmp_path, rows=rows)
    press(qtbot, page.next)
    table, grid = page.checking.problems, page.checking.grid
    place = next(i for i, group in enumerate(page.checking._shown) if group[0][0].code == "id_missing")
    assert table.model.row(place)["grave"] == ("hint 3", "warning")
    spot = table.view.visualRect(table.model.index(place, 2)).center()
    met = []
    for _time in range(4):
        qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        met.append(grid.currentIndex().row())
    assert met == [0, 1, 2, 0]


@pytest.mark.parametrize(("key", "people_after", "title"), [
    (Qt.Key.Key_1, 4, "教授"), (Qt.Key.Key_2, 5, "副教授"), (Qt.Key.Key_3, 4, "副教授")])
def test_a_possible_duplicate_is_merged_added_or_left_out(qtbot, page, tmp_path, key, people_after, title):
    from expertpool.experts.details import load_details

    read(qtbot, page, tmp_path)
    page.go(3)
    rest(qtbot, page.jobs)
    table = page.duplicates.table
    assert table.count() == 1
    assert page.duplicates.table2.count() > 2
    stands = {line.field: line.stands for line in page.duplicates._lines}
    assert stands["employments"] == "agrees"
    assert stands["title"] == "differs"
    assert stands["birth"] == "adds"
    known = next(line.known for line in page.duplicates._lines if line.field == "phones")
    assert known == "139****9999"
    qtbot.keyClick(page.duplicates, key, Qt.KeyboardModifier.AltModifier)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert len(people(page.pool)) == people_after
    with page.pool.read() as session:
        assert load_details(session, [people_of(page.pool, "王示例")[0]])[0].values["title"] == title


def people_of(pool, name):
    return sorted(people_ids(pool, PeopleQuery(search=name)))


def test_the_same_person_in_two_files_never_touches_somebody_else(qtbot, page, tmp_path):
    from expertpool.experts.details import load_details

    first = roster(tmp_path, ["甲示例,男,1970-01,一示例大学,教授,13800000011,,机械",
                              "乙示例,男,1971-01,一示例大学,讲师,13800000012,,机械"], "a.csv")
    second = roster(tmp_path, ["丙示例,男,1972-01,二示例大学,教授,13800000013,,机械",
                               "丁示例,男,1973-01,二示例大学,,13800000014,,机械",
                               "乙示例,男,1971-01,一示例大学,讲师,13800000012,,机械"], "b.csv")
    page.shown(files=[first, second])
    rest(qtbot, page.jobs)
    assert page.journey.counts()["duplicates"] == 1
    page.go(3)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    with page.pool.read() as session:
        other = load_details(session, [people_of(page.pool, "丁示例")[0]])[0]
    assert other.current_job["employer"] == "二示例大学"
    assert other.values["title"] == ""


def test_a_corrected_column_is_read_again(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    line = next(one for one in page.columns.lines if one.column.header == "研究方向")
    assert line.box.currentData() == "specialty"
    line.box.setCurrentIndex(line.box.findData("remark"))
    assert line.pill.text == "your choice"
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert step(page) == 2
    drafts = [row.draft for row in page.journey.plan.rows()]
    assert drafts[0].remark == "机械结构设计"
    assert drafts[0].specialties == []


def test_one_field_cannot_be_given_to_two_columns(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    line = next(one for one in page.columns.lines if one.column.header == "职称")
    line.box.setCurrentIndex(line.box.findData("name"))
    assert page.columns.banner.isVisible()
    assert "Name" in page.columns.banner.accessibleName()
    assert not page.next.isEnabled()
    line.box.setCurrentIndex(line.box.findData("title"))
    assert page.next.isEnabled()
    assert not page.columns.banner.isVisible()


def test_a_file_that_is_no_table_is_said_and_nothing_happens(qtbot, page, tmp_path):
    path = tmp_path / "无表.csv"
    path.write_text("没有表格\n", encoding="utf-8")
    page.shown(files=[path])
    rest(qtbot, page.jobs)
    assert step(page) == 0
    assert page.choosing.banner.isVisible()
    assert "无表.csv" in page.choosing.banner.accessibleName()
    assert page.next.isVisible()


def test_a_pasted_table_is_an_import(qtbot, page, own_home):
    QApplication.clipboard().setText("\r\n".join(row.replace(",", "\t") for row in [HEAD, *ROWS]))
    press(qtbot, page.choosing.paste)
    rest(qtbot, page.jobs)
    assert step(page) == 1
    assert page.journey.counts()["rows"] == 4
    assert len(list((own_home / "work").glob("*/pasted/*.csv"))) == 1
    page.go(3)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert not list((own_home / "work").glob("*/pasted/*.csv"))


def test_pasting_something_else_says_what_to_copy(qtbot, page):
    QApplication.clipboard().setText("只是一句话")
    press(qtbot, page.choosing.paste)
    assert step(page) == 0
    assert page.feedback.seen[-1][0] == "warning"


def test_files_dropped_on_the_page_are_read(qtbot, page, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster(tmp_path)))])
    area = page.choosing.area
    area.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))
    rest(qtbot, page.jobs)
    assert step(page) == 1


def test_recent_imports_are_listed_and_undone_from_there(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    page.go(3)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    page.start_again()
    table = page.choosing.recent.table
    assert table.count() == 1
    assert table.model.row(0)["files"] == "名册.csv"
    assert table.model.row(0)["undo"] == "Undo"
    spot = table.view.visualRect(table.model.index(0, 2)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    rest(qtbot, page.jobs)
    assert len(people(page.pool)) == 1
    assert table.model.row(0)["undo"] == ""


def test_cases_come_in_without_the_step_of_duplicates(qtbot, page, tmp_path, went):
    head, rows = "案号,案由,原告,被告", ["(2026)辽01知民初418号,侵害发明专利权纠纷,甲示例公司,乙示例公司",
                                       "(2026)辽01知民初419号,技术合同纠纷,丙示例公司,丁示例公司"]
    page.prompts.prepare([roster(tmp_path, rows, "案件.csv", head)])
    page.choose_case_files()
    rest(qtbot, page.jobs)
    assert [line.box.currentData() for line in page.columns.lines] == ["case_number", "cause", "plaintiff",
                                                                       "defendant"]
    press(qtbot, page.next)
    assert page.next.text() == "Write 2 rows to the pool"
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert page.pool.counts()["open_cases"] == 2
    press(qtbot, page.done.experts)
    assert went == [("cases", {})]


def test_a_pool_changed_meanwhile_is_compared_again_before_writing(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    page.jobs.change(page, lambda: register(page.pool, PersonDraft(
        name="李示例", birth="1985-03", employments=[EmploymentDraft(employer="浑河示例大学")])))
    rest(qtbot, page.jobs)
    page.go(3)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert step(page) == 2
    assert page.journey.counts()["updated"] == 1
    assert len(people(page.pool)) == 2


def test_a_pool_workbook_is_looked_through_and_brought_in(qtbot, page, tmp_path):
    from expertpool.pool import ExpertPool
    from expertpool.workbook.workbook import export_pool

    path = tmp_path / "工作簿.xlsx"
    with ExpertPool.open(tmp_path / "other.expertpool") as other:
        register(other, PersonDraft(name="孙示例"))
        export_pool(other, path)
    page.shown(files=[path], what="workbook")
    rest(qtbot, page.jobs)
    assert step(page) == 2
    assert len(people(page.pool)) == 1
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert step(page) == 4
    assert len(people(page.pool)) == 2
    press(qtbot, page.done.undo)
    rest(qtbot, page.jobs)
    assert len(people(page.pool)) == 1


def test_the_template_and_the_rows_with_problems_are_saved(qtbot, page, tmp_path):
    page.prompts.prepare(tmp_path / "模板.xlsx")
    press(qtbot, page.choosing.template)
    rest(qtbot, page.jobs)
    assert (tmp_path / "模板.xlsx").stat().st_size > 1000
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    page.prompts.prepare(tmp_path / "问题.xlsx")
    press(qtbot, page.reporting)
    rest(qtbot, page.jobs)
    from openpyxl import load_workbook

    cells = [str(cell.value) for row in load_workbook(tmp_path / "问题.xlsx").active.iter_rows() for cell in row]
    assert any("1990-13" in cell for cell in cells)


def test_five_thousand_rows_cost_no_widget_each(qtbot, page, tmp_path):
    names = [f"示例{chr(0x4e00 + number // 60)}{chr(0x5000 + number % 60)}" for number in range(5000)]
    rows = [f"{name},男,1980-01,浑河示例大学,教授,139{number:08d},,机械" for number, name in enumerate(names)]
    read(qtbot, page, tmp_path, rows=rows)
    press(qtbot, page.next)
    assert page.checking.grid.cells.rowCount() == 5000
    assert len(page.checking.grid.findChildren(type(page.next))) == 0
    page.checking.grid.scrollToBottom()
    page.checking.grid.grab()
    assert len(page.checking.grid.cells._faults) < 200
    assert isinstance(people(page.pool), array)


def cell(page, row, word):
    """The grid's index of a row and the column with that word."""
    model = page.checking.grid.cells
    column = next(i for i in range(model.columnCount()) if model.heading(i)[0] == word)
    return model.index(row, column)


def type_anew(qtbot, page, row, word, text, end=Qt.Key.Key_Return):
    """Correct a cell by keyboard, as F2 does in Excel and WPS."""
    grid, index = page.checking.grid, cell(page, row, word)
    grid.setFocus()
    grid.setCurrentIndex(index)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = grid.viewport().findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, end)
    qtbot.waitUntil(lambda: grid.state() == grid.State.NoState)
    rest(qtbot, page.jobs)
    return index


def test_a_cell_is_corrected_in_place_and_the_row_read_again(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    model = page.checking.grid.cells
    before = page.checking.problems.count()
    index = type_anew(qtbot, page, 2, "Date of birth", "1990-12")
    assert index.data() == "1990-12"
    assert model.tone(index) == ""
    assert model.edited(index)
    assert "1990-13" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert page.checking.problems.count() == before - 1
    assert page.journey.counts()["created"] == 3
    page.go(3)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    with page.pool.read() as session:
        from expertpool.experts.details import load_details

        assert load_details(session, [people_of(page.pool, "赵示例")[0]])[0].values["birth"] == "1990-12"


def test_escape_leaves_the_cell_as_it_was(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    index = type_anew(qtbot, page, 2, "Date of birth", "1990-12", end=Qt.Key.Key_Escape)
    assert index.data() == "1990-13"
    assert not page.checking.grid.cells.edited(index)


def test_a_double_click_opens_the_cell(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    grid, index = page.checking.grid, cell(page, 2, "Date of birth")
    spot = grid.visualRect(index).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    editor = grid.viewport().findChild(QLineEdit)
    assert editor.text() == "1990-13"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_a_correction_can_make_a_row_somebody_known(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path, rows=["王示,男,1978-05,浑河示例大学,教授,13900009999,,机械"])
    press(qtbot, page.next)
    page.rework.correct(page.checking.grid.cells.rows[0], page.journey.sheets()[0][1].columns[0].index, "王示例")
    rest(qtbot, page.jobs)
    assert page.journey.counts()["updated"] + page.journey.counts()["duplicates"] == 1


def test_corrections_outlive_a_corrected_column(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    type_anew(qtbot, page, 2, "Date of birth", "1990-12")
    qtbot.keyClick(page.checking.grid, Qt.Key.Key_Delete)
    rest(qtbot, page.jobs)
    page.go(1)
    line = next(one for one in page.columns.lines if one.column.header == "研究方向")
    line.box.setCurrentIndex(line.box.findData("remark"))
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert cell(page, 2, "Date of birth").data() == "1990-12"
    assert page.checking.grid.cells.left_out(cell(page, 2, "Date of birth"))


def test_a_row_is_left_out_and_taken_in_again(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    grid = page.checking.grid
    grid.setFocus()
    grid.setCurrentIndex(cell(page, 1, "Name"))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    rest(qtbot, page.jobs)
    assert page.journey.counts()["created"] == 2
    assert grid.cells.index(1, 1).data() == "kept out"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    rest(qtbot, page.jobs)
    assert page.journey.counts()["created"] == 3
    assert grid.cells.index(1, 1).data() == "new"
    words = [action.text() for action in grid.menu().actions()]
    assert words == ["Correct the cell\tF2", "Leave the row out\tDel", "Copy\tCtrl+C"]


def hiding(tmp_path):
    """A workbook with two hidden rows and a hidden sheet of people."""
    from openpyxl import Workbook

    book = Workbook()
    shown, hidden = book.active, book.create_sheet("备选")
    shown.title = "推荐"
    for sheet, names in ((shown, "甲乙丙丁"), (hidden, "戊己")):
        sheet.append(["姓名", "工作单位", "职称"])
        for name in names:
            sheet.append([f"{name}示例", f"{name}示例大学", "教授"])
    shown.row_dimensions[3].hidden = shown.row_dimensions[4].hidden = True
    hidden.sheet_state = "hidden"
    path = tmp_path / "隐藏.xlsx"
    book.save(path)
    return path


def test_hidden_rows_are_one_question(qtbot, page, tmp_path):
    page.shown(files=[hiding(tmp_path)])
    rest(qtbot, page.jobs)
    press(qtbot, page.next)
    banner = page.checking.hidden_rows
    assert banner.isVisible()
    assert banner.accessibleName().startswith("2 rows are hidden")
    press(qtbot, banner.leave_out)
    rest(qtbot, page.jobs)
    assert page.journey.counts()["created"] == 2
    press(qtbot, banner.take_in)
    rest(qtbot, page.jobs)
    assert page.journey.counts()["created"] == 4


def test_a_hidden_sheet_is_listed_and_read_when_ticked(qtbot, page, tmp_path):
    page.shown(files=[hiding(tmp_path)])
    rest(qtbot, page.jobs)
    table = page.columns.tables.table
    assert [table.model.row(i)["name"] for i in range(table.count())] == ["推荐", "备选"]
    assert [table.model.row(i)["in"] for i in range(table.count())] == [True, False]
    spot = table.view.visualRect(table.model.index(1, 0)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    rest(qtbot, page.jobs)
    assert step(page) == 1
    assert page.journey.counts()["created"] == 6
    assert [table.model.row(i)["in"] for i in range(table.count())] == [True, True]


def test_a_whole_table_is_left_out(qtbot, page, tmp_path):
    first, second = roster(tmp_path, ROWS[1:3], "a.csv"), roster(tmp_path, ROWS[3:], "b.csv")
    page.shown(files=[first, second])
    rest(qtbot, page.jobs)
    table = page.columns.tables.table
    spot = table.view.visualRect(table.model.index(0, 0)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    rest(qtbot, page.jobs)
    assert page.journey.counts()["created"] == 1
    press(qtbot, page.next)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert [len(people_of(page.pool, name)) for name in ("李示例", "赵示例", "钱示例")] == [0, 0, 1]


def test_corrected_columns_are_remembered_offered_and_forgotten(qtbot, page, tmp_path):
    from expertpool.importing.remembered import all_remembered

    read(qtbot, page, tmp_path, rows=ROWS[1:2])
    line = next(one for one in page.columns.lines if one.column.header == "研究方向")
    line.box.setCurrentIndex(line.box.findData("remark"))
    assert page.columns.remembering.isVisible()
    assert page.columns.remembering.name.text() == "名册"
    page.columns.remembering.name.clear()
    qtbot.keyClicks(page.columns.remembering.name, "Hunhe form")
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert [one.name for one in all_remembered(page.pool)] == ["Hunhe form"]
    page.shown(files=[roster(tmp_path, ROWS[2:3], "新.csv")])
    rest(qtbot, page.jobs)
    assert page.columns.offer.isVisible()
    assert "Hunhe form" in page.columns.offer.accessibleName()
    press(qtbot, page.columns.offer.use)
    rest(qtbot, page.jobs)
    assert next(page.journey.plan.rows()).draft.remark == "通信协议"
    assert not page.columns.offer.isVisible()
    page.columns.memory.fill()
    page.columns.memory.shown_menu.actions()[0].trigger()
    rest(qtbot, page.jobs)
    assert all_remembered(page.pool) == []
    assert not page.columns.memory.isVisible()


def test_what_is_left_for_later_waits_and_is_told_at_the_end(qtbot, page, tmp_path, went):
    from expertpool.importing.waiting import waiting_rows

    read(qtbot, page, tmp_path)
    page.go(3)
    assert page.next.text() == "Write 3 rows, keep 1 waiting"
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert len(waiting_rows(page.pool)) == 1
    assert page.done.figures["waiting"].text() == "1"
    press(qtbot, page.done.answer)
    assert went == [("merging", {"which": "rows"})]


def test_undoing_shows_what_it_spares_before_it_happens(qtbot, page, tmp_path):
    from expertpool.experts.details import load_details
    from expertpool.experts.register import edit

    read(qtbot, page, tmp_path)
    page.go(3)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    with page.pool.read() as session:
        detail = load_details(session, [people_of(page.pool, "李示例")[0]], revealed=True)[0]
    edit(page.pool, detail.uid, detail.draft().model_copy(update={"title": "研究员"}), detail.version)
    page.start_again()
    page.choosing.recent.read()
    rest(qtbot, page.jobs)
    table = page.choosing.recent.table
    spot = table.view.visualRect(table.model.index(0, 2)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    rest(qtbot, page.jobs)
    assert page.steps.currentWidget() is page.undoing
    assert page.undoing.table.model.row(0)["name"] == "李示例"
    assert len(people(page.pool)) == 4
    press(qtbot, page.undoing.undo)
    rest(qtbot, page.jobs)
    assert step(page) == 0
    assert len(people(page.pool)) == 2


def test_the_reasons_of_a_possible_duplicate_are_said_in_words(qtbot, page, tmp_path):
    from ui.widgets.chips import StatePill

    read(qtbot, page, tmp_path)
    page.go(3)
    rest(qtbot, page.jobs)
    assert [pill.text for pill in page.duplicates.keys.findChildren(StatePill)] == ["the unit is the same"]


def test_showing_many_rows_makes_no_drafts(qtbot, page, tmp_path):
    from expertpool.importing.plan import PlannedRow

    names = [f"示例{chr(0x4e00 + number // 60)}{chr(0x5000 + number % 60)}" for number in range(4000)]
    read(qtbot, page, tmp_path, rows=[f"{name},男,1980-01,{name}大学,教授,139{place:08d},,机械"
                                      for place, name in enumerate(names)])
    made = []
    draft = PlannedRow.draft
    PlannedRow.draft = property(lambda row: made.append(row) or draft.fget(row))
    try:
        press(qtbot, page.next)
        page.checking.grid.grab()
        page.rework.leave_out(page.checking.grid.cells.rows[:1], True)
        page.checking.only.click()
    finally:
        PlannedRow.draft = draft
    assert made == []
    assert page.next.text() == "Compare with the pool again"
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert page.next.text() != "Compare with the pool again"
    assert page.journey.counts()["rejected"] == 1


def test_all_or_nothing_waits_until_the_unfit_rows_are_settled(qtbot, page, tmp_path):
    read(qtbot, page, tmp_path, rows=[ROWS[1], ",男,1970-01,某示例大学,教授,13800000009,,通信"])
    press(qtbot, page.next)
    assert page.journey.counts()["rejected"] == 1
    page.checking.whole.click()
    assert not page.next.isEnabled()
    assert "1 rows cannot be imported" in page.next.toolTip()
    page.rework.leave_out(page.checking.grid.cells.rows[1:], True)
    rest(qtbot, page.jobs)
    press(qtbot, page.next)
    rest(qtbot, page.jobs)
    assert len(people(page.pool)) == 2


def test_a_row_left_out_is_not_sent_back_as_wrong(qtbot, page, tmp_path):
    from ui.importing.papers import without_left_out

    read(qtbot, page, tmp_path)
    press(qtbot, page.next)
    page.rework.leave_out(page.checking.grid.cells.rows[:1], True)
    rest(qtbot, page.jobs)
    assert len(list(without_left_out(page.journey).rows())) == 3
    assert len(list(page.journey.plan.rows())) == 4


def test_a_corrected_case_number_is_compared_again(qtbot, page, tmp_path):
    head, rows = "案号,案由,原告,被告", ["(2026)辽01知民初418号,侵害发明专利权纠纷,甲示例公司,乙示例公司",
                                       "(2026)辽01知民初419号,技术合同纠纷,丙示例公司,丁示例公司"]
    page.shown(files=[roster(tmp_path, rows, "案件.csv", head)], what="cases")
    rest(qtbot, page.jobs)
    press(qtbot, page.next)
    page.rework.correct(page.checking.grid.cells.rows[1], 1, "(2026)辽01知民初418号")
    rest(qtbot, page.jobs)
    assert page.journey.counts()["duplicates"] == 1
    assert page.next.text() == "Write 1 rows to the pool"


def test_the_status_line_tells_speed_and_rest_of_the_part_that_runs(qtbot, jobs):
    from threading import Event

    from ui.status_line import StatusLine

    line, seen, go_on = StatusLine(), [], Event()
    qtbot.addWidget(line)
    jobs.shown.connect(lambda standing: seen.append(standing))
    jobs.shown.connect(line.show_work)

    def work(progress):
        progress.step(0, 9000, "Reading rows")
        progress.step(9000, 9000, "Reading rows")
        progress.step(0, 100_000, "Writing")
        go_on.wait(1.2)
        progress.step(50_000, 100_000, "Writing")
        go_on.wait(20)

    jobs.read(line, work)
    qtbot.waitUntil(lambda: bool(seen and seen[-1] and seen[-1].rate), timeout=10_000)
    standing = seen[-1]
    go_on.set()
    rest(qtbot, jobs)
    assert standing.rate == pytest.approx(50_000 / 1.2, rel=0.3)
    assert standing.rest == pytest.approx(1.2, rel=0.3)
    assert "/s  about 1 s left" in line.words.text()


def test_what_undoing_spares_names_fields_in_words(qapp):
    from expertpool.foundation.sentences import sentence
    from ui.field_words import in_field_words

    said = "; ".join(sentence("batch.field", field=code) for code in ("title", "phones"))
    assert in_field_words("batch.field", said) == (
        "Professional title was changed after the import and stays as it is; "
        "Telephone was changed after the import and stays as it is")
    assert in_field_words("batch.field", sentence("batch.edited")) == sentence("batch.edited")
