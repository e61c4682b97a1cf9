"""Layouts that are tables: titles, heads of several rows, groups, repeated heads, columns side by side, text files."""

from collections.abc import Callable
from typing import Any

from tests.sample_data.roster_layouts.heads import head
from tests.sample_data.roster_layouts.kit import BASE, Kit
from tests.sample_data.roster_layouts.more_tables import (
    bracketed,
    gaps,
    hidden,
    low_head,
    many_sheets,
    months,
    sample_rows,
    text_file,
    web_page,
    wide,
)
from tests.sample_data.roster_layouts.pages import Page, Roster
from tests.sample_data.roster_layouts.persons import BIRTH_STYLES

GROUPS = (("name", "gender", "birth", "ethnicity", "id_number"), ("unit", "position", "title", "education"),
          ("mobile", "landline", "email"), ("specialties", "remark"))
GROUP_NAMES = (("基本信息", "个人基本情况", "人员信息"), ("工作情况", "单位及职称", "学历和职务情况"), ("联系方式", "通讯信息", "联系信息"),
               ("专业情况", "业务情况", "其他信息"))
TECHNICAL = ("机械领域", "电学领域", "化学领域", "医药生物领域", "通信领域", "计算机领域")


def plain(kit: Kit) -> list[Roster]:
    page = Page()
    kit.table(page, kit.fields(), kit.people(), numbered=kit.rng.random() < .8)
    return kit.roster(page)


def titled(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page("推荐表"), kit.fields()
    width = len(fields) + 1
    page.wide(kit.title(), width)
    if rng.random() < .5:
        page.add()
    page.add("填报单位（盖章）：某某大学", *[None] * (width - 3), "填报日期：2024年3月5日")
    kit.table(page, fields, kit.people())
    for number in range(kit.size + 1, kit.size + 1 + rng.choice((0, 3, 8))):
        page.add(number)
    page.add()
    page.add(f"合计：{kit.size}人")
    page.wide("注：1.专业领域请按重要程度填写，不超过四项；2.身份证号请以文本格式填写。", width)
    page.add("填表人：张某", None, "联系电话：024-23456789", None, "审核人：李某", None, "2024年3月5日")
    return kit.roster(page)


def two_row_head(kit: Kit, deep: bool = False) -> list[Roster]:
    rng, page = kit.rng, Page("汇总表")
    fields = [name for group in GROUPS for name in group]
    width = len(fields) + 1
    top = 0
    if rng.random() < .6:
        page.wide(kit.title(), width)
        top = 1
    last = top + (2 if deep else 1)
    page.span(top, 0, last, 0, head("no", rng))
    column = 1
    if deep:
        page.span(top, 1, top, width - 1, rng.choice(("专家信息", "被推荐人情况")))
    for group, names in zip(GROUPS, GROUP_NAMES, strict=True):
        row = top + (1 if deep else 0)
        page.span(row, column, row, column + len(group) - 1, rng.choice(names))
        for name in group:
            page.put(last, column, head(name, rng, rng.choice(("", "", "messy"))))
            column += 1
    kit.table(page, fields, kit.people(), heading=False)
    return kit.roster(page)


def three_row_head(kit: Kit) -> list[Roster]:
    return two_row_head(kit, deep=True)


def side_by_side(kit: Kit) -> list[Roster]:
    rng, page = kit.rng, Page("名单")
    fields = ["name", "gender", "unit", "title", "mobile"] + (["id_number"] if rng.random() < .5 else [])
    slots, gap = rng.choice((2, 2, 3)), rng.random() < .3
    heads = [head("no", rng), *kit.heads(fields)]
    if rng.random() < .7:
        page.wide(kit.title(), slots * len(heads))
    page.add(*(heads + ([None] if gap else [])) * slots)
    people = kit.people()
    for start in range(0, len(people), slots):
        part = people[start:start + slots]
        cells: list[Any] = []
        for offset, made in enumerate(part):
            cells += [start + offset + 1, *kit.cells(made, fields)] + ([None] if gap else [])
        page.add(*cells)
        for slot, made in enumerate(part):
            kit.say(page, None, made, fields, slot)
    return kit.roster(page)


def page_heads(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page(), kit.fields()
    heads = [head("no", rng), *kit.heads(fields)]
    titled = kit.title() if rng.random() < .5 else ""
    per = max(4, kit.size // 4)
    for number, made in enumerate(kit.people()):
        if number % per == 0:
            if number:
                page.add(rng.choice((f"小计：{per}人", f"本页小计 {per}人", "（接下页）", f"第{number // per}页 共4页")))
                page.add()
            if titled:
                page.wide(titled, len(heads))
            page.add(*heads)
        row = page.add(number + 1, *kit.cells(made, fields))
        kit.say(page, row, made, fields)
    page.add()
    page.add("合计", f"{kit.size}人")
    page.add("制表人：某某", None, None, "审核人：某某", None, "2024年6月1日")
    return kit.roster(page)


def group_rows(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page("分组名单"), kit.fields()
    page.wide(kit.title(), len(fields) + 1)
    counted = rng.random() < .7
    page.add(*([head("no", rng)] if counted else []), *kit.heads(fields))
    merged, number = rng.random() < .6, 0
    for place, area in enumerate(rng.sample(TECHNICAL, 4)):
        text = rng.choice((f"{'一二三四'[place]}、{area}", f"（{'一二三四'[place]}）{area}（{kit.size // 4}人）", f"{'一二三四'[place]}．{area}", area))
        if merged:
            page.wide(text, len(fields) + 1)
        else:
            page.add(text)
        for made in kit.people(max(1, kit.size // 4)):
            number += 1
            kit.say(page, page.add(*([number] if counted else []), *kit.cells(made, fields)), made, fields)
        if rng.random() < .4:
            page.add(None, "小计", f"{kit.size // 4}人")
    return kit.roster(page)


def merged_units(kit: Kit) -> list[Roster]:
    rng, page = kit.rng, Page("名单")
    fields = ["unit", *(name for name in kit.fields() if name != "unit")]
    mode = rng.choice(("merge", "merge", "同上", "〃", '"', "″"))
    page.add(*kit.heads(fields))
    people = kit.people()
    while people:
        count = rng.choice((1, 2, 3, 5))
        part, people = people[:count], people[count:]
        first = len(page.rows)
        for place, made in enumerate(part):
            made.values["unit"] = part[0].values["unit"]
            cells = kit.cells(made, fields)
            if place:
                cells[0] = None if mode == "merge" else mode
            kit.say(page, page.add(*cells), made, fields)
        if mode == "merge" and len(part) > 1:
            page.merged.append((first, 0, first + len(part) - 1, 0))
    return kit.roster(page)


def numbers(kit: Kit) -> list[Roster]:
    """Identity numbers, phones and months that a spreadsheet took for numbers."""
    rng, page = kit.rng, Page()
    fields, people = kit.fields(), kit.people(wrong=False)
    kit.habits.precision, kit.habits.styles, kit.habits.real_dates = "YM", BIRTH_STYLES["YM"][:1], False
    kit.habits.tidy = True
    for made in people:
        number = made.values["id_number"]
        if number.isdigit():
            made.values["id_number"] = None
            made.cells["id_number"] = float(number) if rng.random() < .7 else f"{float(number):.5E}"
            made.issues = ["id_precision_lost"]
        made.cells["mobile"] = rng.choice((int(made.values["mobile"]), f"{made.values['mobile']}.0", made.values["mobile"]))
        if rng.random() < .1:
            made.cells["mobile"], made.values["mobile"] = f"{float(made.values['mobile']):.2E}", None
            made.issues.append("phone_precision_lost")
        made.cells["birth"] = float(f"{made.birth.year}.{made.birth.month:02d}")
        if made.birth.month in (1, 10):
            made.values["birth"] = str(made.birth.year)
            made.issues.append("birth_invalid")
    kit.table(page, fields, people)
    return kit.roster(page)


def combined(kit: Kit) -> list[Roster]:
    rng, page = kit.rng, Page()
    fields = rng.choice((["name_gender", "birth_age", "work", "contact"], ["name", "gender", "birth_age", "unit", "position_title", "contact"],
                         ["name_gender", "unit", "position_title", "education_degree", "mobile"], ["name", "work", "contact", "education_degree"],
                         ["name_unit", "gender", "title", "mobile"], ["name", "gender", "birth", "education_degree", "unit", "position_title", "contact"]))
    fields = [*fields, "id_number", "specialties"]
    people = kit.people()
    for made in people:
        if made.wrong in ("phone_invalid", "phone_precision_lost", "birth_invalid"):
            made.issues = [issue for issue in made.issues if issue not in ("birth_invalid",)]
            if made.wrong == "birth_invalid":
                made.values["birth"] = made.birth.isoformat()
                made.cells.pop("birth")
            elif made.values["mobile"] is None or len(made.values["mobile"]) < 11:
                made.values["mobile"], made.issues = "13900001234", []
                made.cells.pop("mobile", None)
    kit.table(page, fields, people)
    return kit.roster(page)


def two_tables(kit: Kit) -> list[Roster]:
    page = Page("两表")
    half = kit.size // 2
    page.wide("一、技术调查官名单", 9)
    kit.table(page, kit.fields(BASE[:7], .2), kit.people(half))
    page.add()
    page.wide("二、技术咨询专家名单", 9)
    kit.table(page, kit.fields(["name", "unit", "title", "specialties", "mobile", "id_number"], .2), kit.people(half))
    return kit.roster(page)


def _styled(style: str) -> Callable[[Kit], list[Roster]]:
    def build(kit: Kit) -> list[Roster]:
        page = Page()
        kit.table(page, kit.fields(), kit.people(), style)
        return kit.roster(page)

    return build


TABLES: dict[str, Callable[[Kit], list[Roster]]] = {
    "plain": plain, "titled": titled, "two_row_head": two_row_head, "three_row_head": three_row_head,
    "side_by_side": side_by_side, "page_heads": page_heads, "group_rows": group_rows, "merged_units": merged_units,
    "numbers": numbers, "combined": combined, "two_tables": two_tables, "english": _styled("english"),
    "bilingual": _styled("bilingual"), "misspelt": _styled("misspelt"), "strange": _styled("strange"), "messy": _styled("messy"), "text_file": text_file,
    "web_page": web_page, "hidden": hidden, "low_head": low_head, "many_sheets": many_sheets, "gaps": gaps, "sample_rows": sample_rows, "months": months, "bracketed": bracketed, "wide": wide,
}
