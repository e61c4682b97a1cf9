"""Writes the invented sample rosters, docket and supplement into ``resources/samples``.

    python tests/make_samples.py

Everybody and every company is invented: area code 210199 and patent serials above nine million were never
given out, phone numbers begin with 1380000. The result depends on ``tests/sample_sources`` alone.
"""

import csv
import json
import re
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from expertpool.cases.patent_number import check_digit as patent_check  # noqa: E402
from expertpool.exchange.sheets import sheet_named  # noqa: E402
from expertpool.foundation.identity import check_digit  # noqa: E402
from tests import sample_layouts  # noqa: E402

SOURCES = HERE / "sample_sources"
TARGET = HERE.parent / "resources" / "samples"
STAMP = (2026, 11, 22, 8, 0, 0)


@dataclass
class Somebody:
    """An invented expert; ``key`` is speciality and A or B."""

    key: str
    industry: str
    name: str
    gender: str
    birth: str
    id_number: str
    employer: str
    department: str
    position: str
    title: str
    education: str
    degree: str
    school: str
    major: str
    terms: list[str]
    ipc: list[str]
    mobile: str
    email: str
    role: str
    mode: str
    start: str
    end: str
    licence: str = ""
    licence_until: str = ""
    avoid: str = ""
    more: dict[str, str] = field(default_factory=dict)


def table(name: str) -> list[list[str]]:
    """The rows of a tab-separated source, without its explanation."""
    lines = (SOURCES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def settings() -> dict[str, Any]:
    """Names, units and exceptions."""
    content: dict[str, Any] = json.loads((SOURCES / "people.json").read_text(encoding="utf-8"))
    return content


def people() -> dict[str, Somebody]:
    """Everybody, by key, always the same."""
    made: dict[str, Somebody] = {}
    given, random = settings(), Random(2026)
    taken = set(given["names"].values())
    counts: dict[str, int] = {}
    for place, (industry, speciality, major, terms, ipc) in enumerate(table("profiles.tsv")):
        for variant in "AB":
            key, number = speciality + variant, len(made) + 1
            roster = given["rosters"][industry + variant]
            place_there = counts.get(industry + variant, 0)
            counts[industry + variant] = place_there + 1
            name = given["names"].get(key) or _name(given, random, taken)
            made[key] = _somebody(given, random, number, key, industry, major, terms, ipc, name, roster,
                                  place_there + place % 2)
    for key, exceptions in given["exceptions"].items():
        for attribute, value in exceptions.items():
            setattr(made[key], attribute, value)
    return made


def _name(given: dict[str, Any], random: Random, taken: set[str]) -> str:
    while True:
        name = random.choice(given["surnames"]) + random.choice(given["given_names"])
        if name not in taken:
            taken.add(name)
            return str(name)


def _somebody(given: dict[str, Any], random: Random, number: int, key: str, industry: str, major: str, terms: str,
              ipc: str, name: str, roster: dict[str, Any], turn: int) -> Somebody:
    gender = "女" if random.random() < 0.3 else "男"
    year, month, day = random.randint(1967, 1992), random.randint(1, 12), random.randint(1, 28)
    digits = f"210199{year}{month:02}{day:02}{random.randint(10, 98) // 2 * 2 + (gender == '男'):03}"
    units = roster["units"]
    unit = units[turn % len(units)] if len(units) > 1 else units[0]
    titles = roster["titles"]
    title = titles[min(int((year - 1966) / 27 * len(titles)), len(titles) - 1)]
    chosen = terms.split("、")
    if key.endswith("B"):  # the second person of a speciality puts other terms first and leaves one out
        chosen = [*chosen[2:], *chosen[:2]][:-1]
    start, end = given["terms"][number % len(given["terms"])]
    education = random.choice(["博士研究生", "博士研究生", "硕士研究生", "大学本科"])
    return Somebody(
        key, industry, name, gender, f"{year}-{month:02}-{day:02}", digits + check_digit(digits), unit,
        roster["department"].format(speciality=key[:-1], industry=given["industries"][industry]),
        random.choice(roster["positions"]), title, education,
        {"博士研究生": "博士", "硕士研究生": "硕士", "大学本科": "学士"}[education],
        random.choice(given["schools"]), major, chosen,
        ipc.split("；") if ipc and number % 3 else [], f"1380000{number:04}",
        f"expert{number:03}@{roster['host']}.example.cn", random.choice(roster["roles"]),
        random.choice(roster["modes"]), start, end,
        f"210199{number:06}" if roster.get("licence") else "",
        random.choice(["2027-05-31", "2028-03-31", "2029-08-31", "2030-01-31"]) if roster.get("licence") else "")


def on_roster(everybody: dict[str, Somebody], name: str) -> list[Somebody]:
    """The people of one roster, in its order."""
    rosters = settings()["rosters"]
    return [one for one in everybody.values() if rosters[one.industry + one.key[-1]]["file"] == name]


def resolved(text: str, everybody: dict[str, Somebody]) -> str:
    """Names for ``@工业机器人A``."""
    return re.sub(r"@([一-鿿]+?[AB])", lambda found: everybody[found[1]].name, text)


def patents(everybody: dict[str, Somebody]) -> dict[str, dict[str, str]]:
    """Rights in suit by key, with their check digits."""
    found = {}
    for key, digits, title, ipc, inventors, patentees, examiners in table("patents.tsv"):
        found[key] = {"number": f"ZL{digits}.{patent_check(digits)}", "title": title, "ipc": ipc.replace("-", ""),
                      "inventors": resolved(inventors, everybody), "patentees": patentees,
                      "examiners": resolved(examiners, everybody)}
    return found


def docket(everybody: dict[str, Somebody]) -> list[list[str]]:
    """The rows of the docket as its spreadsheet has them."""
    rights, rows = patents(everybody), []
    for row in table("cases.tsv"):
        cells = [resolved(cell.strip(), everybody) for cell in row]
        right = rights.get(cells[7], {"number": "", "ipc": ""})
        rows.append([str(len(rows) + 1), *cells[:7], right["number"], right["ipc"], *cells[8:]])
    return rows


def supplement(everybody: dict[str, Somebody]) -> dict[str, list[list[Any]]]:
    """The pool workbook: sheet name → heads and rows; ``@key`` in the first cell stands for the person."""
    content: dict[str, list[list[Any]]] = {}
    given = json.loads((SOURCES / "supplement.json").read_text(encoding="utf-8"))
    for name, rows in given.items():
        heads, *body = rows
        kind = sheet_named(name)
        assert kind is not None, name
        person = heads[0] == "@"
        content[name] = [[*(["专家姓名", "专家单位"] if person else []), *heads[person:]]]
        for row in body:
            cells = [resolved(cell, everybody) if isinstance(cell, str) else cell for cell in row[person:]]
            if person:
                one = everybody[row[0].removeprefix("@")]
                cells = [one.name, one.employer, *cells]
            content[name].append(cells)
    numbers: dict[str, list[str]] = {}
    for row in table("cases.tsv"):
        numbers.setdefault(row[7].strip(), []).append(row[0])
    content["专利"] = [["案号", "专利号", "名称", "发明人", "专利权人", "审查员"]] + [
        [number, right["number"], right["title"], right["inventors"], right["patentees"], right["examiners"]]
        for key, right in patents(everybody).items() for number in numbers.get(key, ())]
    return content


def write_all(target: Path = TARGET) -> list[Path]:
    """Write every file; returns their paths."""
    target.mkdir(parents=True, exist_ok=True)
    everybody = people()
    writers = {
        "浑河理工大学推荐汇总表.xlsx": sample_layouts.university,
        "棋盘山农业科学研究院专家名单.xlsx": sample_layouts.institute,
        "辽宁示例装备与新能源产业协会专家名册.xlsx": sample_layouts.association,
        "知识产权鉴定机构鉴定人名册.xlsx": sample_layouts.appraisers,
    }
    written = []
    for name, write in writers.items():
        written.append(target / name)
        write(on_roster(everybody, name)).save(written[-1])
    sample_layouts.court_docket(docket(everybody)).save(target / "技术类案件台账.xlsx")
    sample_layouts.workbook(supplement(everybody)).save(target / "pool_supplement.xlsx")
    written += [target / "技术类案件台账.xlsx", target / "pool_supplement.xlsx"]
    for path in written:
        steady(path)
    table_file = target / "各单位自荐专家登记表.csv"
    with table_file.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(sample_layouts.self_nominated(on_roster(everybody, table_file.name)))
    (target / "README.md").write_text(_readme(everybody), encoding="utf-8", newline="\n")
    return [*written, table_file]


def steady(path: Path) -> None:
    """Give every part of a workbook the same time stamp, so that it is the same file each time."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-22T08:00:00Z", content)
            package.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)


def _readme(everybody: dict[str, Somebody]) -> str:
    """The explanation of the samples, with the table of rules."""
    rows = "\n".join("| " + " | ".join([rule, number, everybody[key].name, resolved(why, everybody)]) + " |"
                     for rule, number, key, why in table("rules.tsv"))
    text = (SOURCES / "readme.md").read_text(encoding="utf-8")
    return text.replace("{rules}", rows).replace("{people}", str(len(everybody))).replace(
        "{cases}", str(len(table("cases.tsv"))))


if __name__ == "__main__":
    for path in write_all():
        print(path.relative_to(HERE.parent))
