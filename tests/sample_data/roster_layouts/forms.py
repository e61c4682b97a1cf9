"""Layouts that hold one person in a form, or people in columns: grids of labels and values."""

from collections.abc import Callable
from typing import Any

from tests.sample_data.roster_layouts.heads import head
from tests.sample_data.roster_layouts.kit import Kit
from tests.sample_data.roster_layouts.pages import Page, Roster
from tests.sample_data.roster_layouts.persons import Made

LINES = ((("name", 1), ("gender", 1), ("birth", 1)), (("ethnicity", 1), ("party", 1), ("education", 1)),
         (("id_number", 3), ("mobile", 1)), (("unit", 3), ("position", 1)), (("title", 1), ("landline", 1), ("email", 1)),
         (("specialties", 5),))
FIELDS = [name for line in LINES for name, _width in line]
HISTORY = "2001.7-2008.6  某某大学  教师\n2008.7至今  某某研究所  研究员"


def _form(kit: Kit, page: Page, made: Made, title: str, labels: dict[str, str], photo: bool, merged: bool) -> None:
    """One form below what the page holds; the truth names the row of the person's name."""
    top = len(page.rows)
    if title:
        page.span(top, 0, top, 6, title)
        top += 1
    for offset, line in enumerate(LINES):
        column = 0
        for name, width in line:
            value = kit.cells(made, [name])[0]
            page.put(top + offset, column, labels[name])
            if merged and width > 1:
                page.span(top + offset, column + 1, top + offset, column + width, value)
            else:
                page.put(top + offset, column + 1, value)
            column += width + 1
    if photo:
        page.span(top, 6, top + 2, 6, kit.rng.choice(("照片", "（贴照片处）", "一寸免冠照片")))
    row = top + len(LINES)
    page.put(row, 0, kit.rng.choice(("工作简历", "主要工作经历", "简历")))
    page.span(row, 1, row, 6, HISTORY)
    page.put(row + 1, 0, kit.rng.choice(("推荐单位意见", "单位意见")))
    page.span(row + 1, 1, row + 1, 6, "同意推荐。\n（盖章）\n2024年3月1日")
    page.add()
    kit.say(page, top + 1, made, FIELDS)


def _labels(kit: Kit) -> dict[str, str]:
    spaced = kit.rng.random() < .5
    found = {name: head(name, kit.rng) for name in FIELDS}
    return {name: "　".join(text) if spaced and len(text) == 2 else text for name, text in found.items()}


def form_sheets(kit: Kit) -> list[Roster]:
    labels, pages = _labels(kit), []
    photo, merged = kit.rng.random() < .7, kit.rng.random() < .7
    for number in range(max(2, kit.size // 8)):
        page = Page(f"专家{number + 1}")
        _form(kit, page, kit.person(), "专家登记表" if kit.rng.random() < .8 else "", labels, photo, merged)
        pages.append(page)
    return kit.roster(*pages)


def form_stacked(kit: Kit) -> list[Roster]:
    page, labels = Page("登记表"), _labels(kit)
    for _ in range(max(2, kit.size // 8)):
        _form(kit, page, kit.person(), "知识产权司法专家申请表", labels, True, True)
    return kit.roster(page)


def form_files(kit: Kit) -> list[Roster]:
    labels, rosters = _labels(kit), []
    for number in range(3):
        kit.file, kit.truth = f"form_file{number}_{kit.seed}.xlsx", []
        page = Page()
        _form(kit, page, kit.person(), "个人信息登记表", labels, kit.rng.random() < .5, kit.rng.random() < .7)
        rosters += kit.roster(page)
    return rosters


def label_list(kit: Kit) -> list[Roster]:
    """One person a sheet, a label and a value in each row."""
    pages = []
    for number in range(3):
        page, made = Page(f"人员{number + 1}"), kit.person()
        page.add("专家信息采集表")
        first = len(page.rows) + 1
        for name in FIELDS:
            text = head(name, kit.rng)
            page.add(text + ("：" if kit.rng.random() < .3 else ""), kit.cells(made, [name])[0])
        kit.say(page, first, made, FIELDS)
        pages.append(page)
    return kit.roster(*pages)


def busy_form(kit: Kit) -> list[Roster]:
    """A form with labels that mean nothing here, empty values, sections with own heads, several people a file."""
    rng, pages = kit.rng, []
    strange = ("健康状况", "籍贯", "参加工作时间", "外语水平", "婚姻状况")
    labels = _labels(kit)
    for number in range(3):
        page, made = Page(f"{number + 1}"), kit.person()
        page.span(0, 0, 0, 7, "干部专家登记表")
        page.add("填表日期：2024年3月1日", None, None, None, None, "编号：00" + str(number))
        lines = [["name", "gender", "?", "birth"], ["ethnicity", "?", "party", "?"], ["education", "title", "position", "?"],
                 ["id_number", "mobile"], ["unit", "landline"], ["email", "specialties"]]
        for offset, line in enumerate(lines):
            wide = 2 if len(line) == 4 else 4
            for place, name in enumerate(line):
                text, value = (rng.choice(strange), rng.choice(("良好", None, "某省某市"))) if name == "?" else (
                    labels[name], kit.cells(made, [name])[0])
                page.put(2 + offset, place * wide, text)
                if wide == 4:
                    page.span(2 + offset, place * wide + 1, 2 + offset, place * wide + 3, value)
                else:
                    page.put(2 + offset, place * wide + 1, value)
        page.span(8, 0, 10, 0, "主要工作经历")
        for row, cells in enumerate((("起止时间", "单位", "职务", "证明人"), ("2001.7-2010.6", "某某大学", "讲师", "赵某"),
                                     ("2010.7至今", "某某研究院", "研究室主任", "钱某"))):
            for place, text in enumerate(cells):
                page.put(8 + row, 1 + place * 2, text)
        page.put(11, 0, "家庭主要成员")
        for row, cells in enumerate((("称谓", "姓名", "工作单位"), ("妻子", "孙某某", "某某小学"))):
            for place, text in enumerate(cells):
                page.put(11 + row, 1 + place * 2, text)
        page.put(13, 0, "本人签名：")
        page.put(13, 4, "单位意见（盖章）")
        single = ["name", "gender", "birth", "ethnicity", "party", "education", "title", "position", "id_number", "mobile", "unit",
                  "landline", "email", "specialties"]
        kit.say(page, 3, made, single)
        pages.append(page)
    return kit.roster(*pages)


def colon_form(kit: Kit) -> list[Roster]:
    """Label and value in one cell, parted by a colon."""
    page, made = Page("信息"), kit.person()
    page.add("专家基本信息")
    for start in range(0, len(FIELDS), 2):
        page.add(*(f"{head(name, kit.rng).split('（')[0]}：{kit.cells(made, [name])[0] or ''!s}" for name in FIELDS[start:start + 2]))
    kit.say(page, 2, made, FIELDS)
    return kit.roster(page)


def transposed(kit: Kit) -> list[Roster]:
    """People in columns, fields in rows."""
    page, people = Page("对照表"), kit.people(max(4, kit.size // 6))
    fields = kit.fields(extra=.3)
    if kit.rng.random() < .5:
        page.wide(kit.title(), len(people) + 1)
    if kit.rng.random() < .5:
        page.add("序号", *range(1, len(people) + 1))
    columns: list[list[Any]] = [kit.cells(made, fields) for made in people]
    for place, name in enumerate(fields):
        page.add(head(name, kit.rng), *(cells[place] for cells in columns))
    for made in people:
        kit.say(page, None, made, fields)
    return kit.roster(page)


FORMS: dict[str, Callable[[Kit], list[Roster]]] = {
    "form_sheets": form_sheets, "form_stacked": form_stacked, "form_files": form_files, "label_list": label_list,
    "busy_form": busy_form, "colon_form": colon_form, "transposed": transposed}
