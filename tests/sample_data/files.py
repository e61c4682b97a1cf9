"""Writes the sample files of ``resources/samples``: rosters, docket, supplement and their README.

The same data always gives the same files; what they hold stands in the other modules of this package.
"""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from expertpool.workbook.sheets import SheetKind, shown_sheets
from tests.sample_data import docket, people, supplement
from tests.sample_data.pairs import PAIRS
from tests.sample_data.people import SamplePerson

ROSTERS = ("01_浑河理工大学推荐汇总表.xlsx", "02_示例自动化研究所名单.xlsx", "03_示例机械工程学会专家.xlsx",
           "04_示例司法鉴定人名册.xlsx", "05_示例企业协会.csv")
# Deliberate mistakes, for the review of an import to show: (file, person, what is wrong).
MISTAKES = (
    (ROSTERS[0], "关山月", "身份证号校验码错误"), (ROSTERS[1], "戴云深", "身份证号是数值单元格，末位已失真"),
    (ROSTERS[1], "贾若水", "手机是数值单元格"), (ROSTERS[2], "管思敏", "出生年月为1990-13"),
    (ROSTERS[4], "雷振声", "与03名册中的同一人重复"))
_CREATED = datetime(2026, 1, 5)
Column = tuple[str, Callable[[SamplePerson], object]]


def _birth(pattern: str) -> Callable[[SamplePerson], str]:
    return lambda p: pattern.format(*p.birth)


def _wrong_check(person: SamplePerson) -> str:
    number = person.id_number
    return number if person.name != "关山月" else number[:17] + ("1" if number[17] != "1" else "2")


def _validity(person: SamplePerson) -> str:
    """Five years of a licence; one has run out, one ends within 90 days of the reference day."""
    year, month = {"费思诚": (2021, 9), "祝明理": (2022, 2)}.get(
        person.name, (2023 + person.number % 3, 3 + person.number % 6))
    last = {1: 31, 4: 30, 6: 30}.get(month - 1, 28 if month == 3 else 31)
    return f"{year}-{month:02}-01至{year + 5}-{month - 1:02}-{last}"


_SEX: tuple[Column, ...] = (("姓名", lambda p: p.name), ("性别", lambda p: p.gender))
_ID: Column = ("身份证号", lambda p: p.id_number)
_LEARNED: Column = ("学历", lambda p: p.education[0])
_VERSED: Column = ("专业特长", lambda p: "、".join(p.specialties))
_IPC: Column = ("IPC分类号", lambda p: p.ipc)
_ROLE: tuple[Column, ...] = (("类别", lambda p: p.role), ("聘期", lambda p: p.term))
_UNIVERSITY: tuple[tuple[str, tuple[Column, ...]], ...] = (
    ("序号", (("", lambda p: p.number),)),
    ("基本情况", (*_SEX, ("出生年月", _birth("{}.{:02}")), ("政治面貌", lambda p: p.party),
              ("身份证号码", _wrong_check))),
    ("单位与职称", (("工作单位", lambda p: people.UNIVERSITY), ("所在院系", lambda p: p.place), ("职称", lambda p: p.title))),
    ("学历学位", (_LEARNED, ("学位", lambda p: p.education[1]), ("毕业院校", lambda p: p.school),
              ("所学专业", lambda p: p.topic.major))),
    ("专业情况", (_VERSED, _IPC)),
    ("联系方式", (("手机", lambda p: p.mobile), ("电子邮箱", lambda p: p.email))),
    ("聘任意见", _ROLE),
    ("备注", (("", lambda p: ""),)),
)
_INSTITUTE: tuple[Column, ...] = (
    *_SEX, ("出生日期", _birth("{}-{:02}")),
    ("身份证号", lambda p: int(p.id_number[:17] + "0") if p.name == "戴云深" else p.id_number),
    ("工作单位", lambda p: people.INSTITUTE), ("部门", lambda p: p.place), ("职称", lambda p: p.title),
    _LEARNED, ("研究方向", lambda p: "；".join(p.specialties)), ("IPC", lambda p: p.ipc),
    ("手机号码", lambda p: int(p.mobile) if p.name == "贾若水" else p.mobile), ("邮箱", lambda p: p.email),
    ("专家类别", lambda p: p.role), ("聘期", lambda p: p.term))
_SOCIETY: tuple[Column, ...] = (
    ("序号", lambda p: p.number - 70), *_SEX,
    ("出生年月", lambda p: "1990-13" if p.name == "管思敏" else _birth("{}年{}月")(p)), _ID,
    ("工作单位", lambda p: p.place), ("技术职称", lambda p: p.title), _LEARNED, _VERSED, _IPC,
    ("联系电话", lambda p: p.mobile), ("E-mail", lambda p: p.email), *_ROLE)
_APPRAISERS: tuple[Column, ...] = (
    ("序号", lambda p: p.number - 110), ("鉴定人姓名", lambda p: p.name), ("性别", lambda p: p.gender),
    ("出生日期", _birth("{}-{:02}-{:02}")), _ID, ("执业机构", lambda p: people.LICENCE_BODIES[int(p.place)]),
    ("技术职称", lambda p: p.title), _LEARNED, ("执业类别", lambda p: "知识产权鉴定"),
    ("执业证号", lambda p: f"2101{p.number:08}"), ("执业证有效期", _validity),
    ("擅长领域", lambda p: "、".join(p.specialties)), _IPC, ("手机", lambda p: p.mobile),
    ("电子邮箱", lambda p: p.email), *_ROLE)
_ASSOCIATION: tuple[Column, ...] = (
    *_SEX, ("出生年月", _birth("{}/{}")), _ID, ("单位名称", lambda p: p.place), ("职称", lambda p: p.title), _LEARNED,
    _VERSED, _IPC, ("所属行业", lambda p: p.topic.industry), ("手机", lambda p: p.mobile), ("邮箱", lambda p: p.email),
    *_ROLE)


class _Book:
    """An xlsx file whose bytes depend on its content alone."""

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
        self.book.set_properties({"created": _CREATED})
        self.head = self.book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter",
                                          "text_wrap": True, "bg_color": "#EDEDED"})
        self.title = self.book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.cell = self.book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        self.group = self.book.add_format({"bold": True, "border": 1})

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_error: object) -> None:
        self.book.close()

    def add(self, name: str) -> Any:
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        return page

    def heads(self, page: Any, row: int, heads: Sequence[str]) -> None:
        for column, head in enumerate(heads):
            page.write_string(row, column, head, self.head)
            page.set_column(column, column, max(10, min(30, 2 * len(head) + 4)))

    def row(self, page: Any, row: int, values: Sequence[object]) -> None:
        for column, value in enumerate(values):
            if isinstance(value, int):
                page.write_number(row, column, value, self.cell)
            else:
                page.write_string(row, column, str(value), self.cell)


def write_university(path: Path) -> None:
    """A form of recommendation: title, line of the reporting unit, head of two rows, notes and signatures."""
    columns = [column for _group, part in _UNIVERSITY for column in part]
    with _Book(path) as book:
        page, at = book.add("推荐汇总表"), 0
        page.merge_range(0, 0, 0, len(columns) - 1, "知识产权司法专家推荐汇总表", book.title)
        page.write_string(1, 0, "填报单位：浑河理工大学（盖章）")
        page.write_string(1, 12, "填报日期：2025年12月18日")
        for group, part in _UNIVERSITY:
            if len(part) > 1:
                page.merge_range(2, at, 2, at + len(part) - 1, group, book.head)
                for offset, (head, _value) in enumerate(part):
                    page.write_string(3, at + offset, head, book.head)
            else:
                page.merge_range(2, at, 3, at, group, book.head)
            at += len(part)
        members = people.roster("university")
        for place, person in enumerate(members, 4):
            book.row(page, place, [value(person) for _head, value in columns])
        end = 5 + len(members)
        page.merge_range(end, 0, end, len(columns) - 1,
                         "注：1.类别填写技术调查官、技术咨询专家；2.专业特长按重要程度填写，不超过五项。")
        for column, text in ((0, "填表人："), (6, "审核人："), (12, "单位负责人（签字）：")):
            page.write_string(end + 1, column, text)


def write_plain(path: Path, name: str, columns: Sequence[Column], members: Sequence[SamplePerson],
                title: str = "") -> None:
    """A list with its head in the first row, or under a title; group rows where the people have groups."""
    with _Book(path) as book:
        page, row, group = book.add(name), 0, ""
        if title:
            page.merge_range(0, 0, 0, len(columns) - 1, title, book.title)
            row = 1
        book.heads(page, row, [head for head, _value in columns])
        for person in members:
            row += 1
            if person.group != group:
                group = person.group
                page.merge_range(row, 0, row, len(columns) - 1, group, book.group)
                row += 1
            book.row(page, row, [value(person) for _head, value in columns])


def write_association(path: Path) -> None:
    """A file of commas in GB18030, with one person who is in another roster too."""
    twice = next(person for person in people.roster("society") if person.name == "雷振声")
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([head for head, _value in _ASSOCIATION])
        writer.writerows([value(person) for _head, value in _ASSOCIATION]
                         for person in [*people.roster("association"), twice])


def write_docket(path: Path) -> None:
    """The docket: title, head, one case a row."""
    with _Book(path) as book:
        page = book.add("案件台账")
        page.merge_range(0, 0, 0, len(docket.HEADS) - 1, "技术类知识产权案件台账（样例）", book.title)
        book.heads(page, 1, docket.HEADS)
        for place, row in enumerate(docket.rows(), 2):
            book.row(page, place, row)


def write_supplement(path: Path) -> None:
    """The pool workbook that completes the samples, with the columns that it fills."""
    with _Book(path) as book:
        for kind in shown_sheets():
            if rows := supplement.SHEETS.get(kind.key):
                _write_sheet(book, kind, rows)


def _write_sheet(book: _Book, kind: SheetKind, rows: Sequence[dict[str, object]]) -> None:
    columns = [column for column in kind.columns if any(column.key in row for row in rows)]
    unknown = {key for row in rows for key in row} - {column.key for column in columns}
    if unknown:
        raise KeyError(f"{kind.key}: {sorted(unknown)}")
    page = book.add(kind.name)
    book.heads(page, 0, [column.head for column in columns])
    for place, row in enumerate(rows, 1):
        book.row(page, place, [row.get(column.key, "") for column in columns])


def readme() -> str:
    """What the files hold, their deliberate mistakes, and the table of rules."""
    lines = [
        "# Sample pool (样例库)", "",
        "Everybody and everything here is invented: people, units, parties, cases. Identity numbers carry the area code",
        "210199, which no place has; mobiles are of the row 1380000xxxx, addresses end in example.cn.",
        "Written by `python -m tests.make_samples`. Reference day of the terms and absences: 2026-11-22.", "",
        "1. `rosters/`: five rosters in the layouts of real life, to be imported in the order of their names.",
        "2. `docket.xlsx`: the cases (案件台账).",
        "3. `pool_supplement.xlsx`: a pool workbook with units, interests, absences, service and evaluations.", "",
        "## Deliberate mistakes", "", "| File | Person | What is wrong |", "|---|---|---|",
        *(f"| {file} | {name} | {what} |" for file, name, what in MISTAKES), "",
        "## Which rule fires where", "", "| Rule | Level | Case | Person | Unit | Role | Why |", "|---|---|---|---|---|---|---|",
        *(f"| {p.rule} | {p.level} | {p.case} | {p.name or '—'} | {p.unit or '—'} | {p.role} | {p.why} |" for p in PAIRS)]
    return "\n".join(lines) + "\n"


def make(folder: Path) -> None:
    """Write every sample file into ``folder``."""
    rosters = folder / "rosters"
    rosters.mkdir(parents=True, exist_ok=True)
    write_university(rosters / ROSTERS[0])
    write_plain(rosters / ROSTERS[1], "专家名单", _INSTITUTE, people.roster("institute"))
    write_plain(rosters / ROSTERS[2], "推荐专家", _SOCIETY, people.roster("society"), "示例机械工程学会推荐专家名单")
    write_plain(rosters / ROSTERS[3], "名册", _APPRAISERS, people.roster("appraisers"), "示例司法鉴定人名册（知识产权类）")
    write_association(rosters / ROSTERS[4])
    write_docket(folder / "docket.xlsx")
    write_supplement(folder / "pool_supplement.xlsx")
    (folder / "README.md").write_text(readme(), encoding="utf-8", newline="\n")
