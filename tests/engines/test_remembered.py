"""Corrections of columns are remembered for a layout, offered by name, applied only when asked."""

from pathlib import Path
from typing import Any

from expertpool.importing.experts import preview_experts
from expertpool.importing.remembered import (
    all_remembered,
    apply_remembered,
    fingerprint,
    forget,
    offers,
    remember,
    remembered,
)
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.writing import write_workbook

HEADS = ["姓名", "工作单位", "擅长", "联 络", "代号"]
ROWS = [["张三丰", "沈阳某某大学", "数控机床", "13800138000", "甲"], ["李四光", "大连某某研究所", "地质勘查", "13900139000", "乙"]]


def file(path: Path, heads: list[str], rows: list[list[str]]) -> Path:
    write_workbook(path, [SheetLayout("名单", heads, rows)])
    return path


def test_a_layout_is_known_by_its_headings_alone() -> None:
    assert fingerprint(["姓名", "职称"]) == fingerprint(["职 称", "姓\n名"])
    assert fingerprint(["姓名", "职称"]) != fingerprint(["姓名", "职务"])
    assert fingerprint(["电话", "电话"]) != fingerprint(["电话"])
    assert len(fingerprint([])) == 16


def test_remembered_is_offered_and_applied_only_when_asked(pool: Any, tmp_path: Path) -> None:
    first = file(tmp_path / "a.xlsx", HEADS, ROWS)
    (sheet,) = preview_experts(pool, [first]).files[0].sheets
    assert offers(pool, preview_experts(pool, [first])) == []
    known = remember(pool, [c.header for c in sheet.columns], "  大学名单 ", {4: "remark"})
    assert (known.name, known.by) == ("大学名单", pool.actor.name)
    assert remembered(pool, HEADS) == known

    other = file(tmp_path / "b.xlsx", [HEADS[0], *HEADS[:0:-1]], [[row[0], *row[:0:-1]] for row in ROWS])
    plan = preview_experts(pool, [other])
    assert [row.draft.remark for row in plan.rows() if row.draft] == ["", ""]
    ((table, offered),) = offers(pool, plan)
    assert offered == known
    again = preview_experts(pool, [other], columns=apply_remembered(table, offered))
    assert [row.draft.remark for row in again.rows() if row.draft] == ["甲", "乙"]
    assert offers(pool, again) == []


def test_forgetting(pool: Any) -> None:
    known = remember(pool, HEADS, "名单", {0: "name"})
    replaced = remember(pool, HEADS, "名单二", {0: ""})
    assert all_remembered(pool) == [replaced]
    assert forget(pool, known.fingerprint)
    assert not forget(pool, known.fingerprint)
    assert all_remembered(pool) == []
    assert remembered(pool, HEADS) is None
