"""``import experts FILE --dry-run --rows --json``: the values and problems of every row, with or without a pool."""

import json
from pathlib import Path
from typing import Any

import pytest

from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.writing import write_workbook

HEADS = ["姓名", "性别", "出生年月", "身份证号", "手机", "办公电话", "工作单位", "学历", "政治面貌", "专业特长"]
ROWS = [["张 三", "男", "1978-05-12", "210102197805123016", "138 0013 8000", "024-23456789", "沈阳某某大学", "博士", "党员", "焊接、铸造"],
        ["李四", "女", "1978.13", "2.10102E+17", "1380013800", "", "大连某某研究所", "本科", "群众", ""],
        ["", "男", "1970-01-02", "", "", "", "某某公司", "", "", ""]]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    write_workbook(tmp_path / "名单.xlsx", [SheetLayout("名单", HEADS, ROWS)])
    return tmp_path / "名单.xlsx"


@pytest.fixture
def people(tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What the command says where no pool exists yet; none exists afterwards."""
    monkeypatch.setenv("EXPERTPOOL_DATABASE", str(tmp_path / "none.expertpool"))
    code = run(["--language", "en", "import", "experts", str(roster), "--dry-run", "--rows", "--json"])
    SETTINGS.database = ""
    assert code == 0
    assert not (tmp_path / "none.expertpool").exists()
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["people"]
    return found


def test_values_stand_under_the_keys_of_the_open_format(people: list[dict[str, Any]]) -> None:
    first = people[0]
    assert {key: first[key] for key in ("file", "sheet", "row", "slot")} == {"file": "名单.xlsx", "sheet": "名单", "row": 2, "slot": 0}
    values = first["values"]
    assert {key: values[key] for key in ("name", "birth", "id_number", "mobile", "landline", "unit", "employer", "education",
                                         "party", "specialties", "email")} == {
        "name": "张三", "birth": "1978-05-12", "id_number": "210102197805123016", "mobile": "13800138000",
        "landline": "024-23456789", "unit": "沈阳某某大学", "employer": "沈阳某某大学", "education": "博士研究生", "party": "中共党员",
        "specialties": ["焊接", "铸造"], "email": None}
    assert values["phones"] == [{"kind": "mobile", "number": "13800138000"}, {"kind": "work", "number": "024-23456789"}]


def test_issues_are_codes_without_notes(people: list[dict[str, Any]]) -> None:
    assert people[0]["issues"] == []
    assert set(people[1]["issues"]) == {"birth_invalid", "id_precision_lost", "phone_invalid"}
    assert people[2]["values"] == {}
    assert {"name_missing", "id_missing"} <= set(people[2]["issues"])


def test_rows_are_for_a_dry_run_alone(roster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "experts", str(roster), "--rows"]) == 2
    assert "--dry-run" in capsys.readouterr().err
