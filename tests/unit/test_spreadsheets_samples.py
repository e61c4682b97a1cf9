"""The development rosters: every file reads, every person is found at its row, nothing else is one."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from expertpool.spreadsheets.layout import find_tables
from expertpool.spreadsheets.reading import read_workbook

ROSTERS = Path(__file__).resolve().parents[3] / "shared" / "samples" / "rosters"
KNOWN = set(re.split(r"\s+", """序号 姓名 名字 专家姓名 曾用姓名 性别 民族 出生时间 出生日期 出生年月 出生年月日
身份证号 公民身份号码 证件号码 联系电话 移动电话 手机 手机号码 办公电话 座机 联系方式
单位 单位名称 工作单位 现工作单位 单位及职务职称 职称 技术职称 专业技术职务 职务
专业领域 研究方向 技术领域 擅长领域 专业特长 电子邮箱 电子邮件 E-mail 邮箱 备注
说明 专家编号 政治面貌 文化程度 聘任日期"""))


def rough_score(text: str) -> float:
    plain = re.sub(r"[（(].*?[）)]|\s", "", text)
    return 1.0 if plain in KNOWN else 0.0


def truth() -> dict[str, list[tuple[int, int]]]:
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with (ROSTERS / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            rows[entry["file"]].append((entry["row"], entry["slot"]))
    return rows


FILES = sorted(path.name for path in ROSTERS.glob("*.[xc][ls]*")) if ROSTERS.is_dir() else []


@pytest.mark.skipif(not FILES, reason="the development rosters are not beside this checkout")
@pytest.mark.parametrize("name", FILES or ["none"])
def test_every_person_is_found_at_its_row_and_nothing_else(name: str) -> None:
    workbook = read_workbook(ROSTERS / name)
    found = [(record.row, record.slot) for sheet in workbook.sheets
             for table in find_tables(sheet, rough_score) for record in table.records]
    assert found == sorted(truth()[name])
