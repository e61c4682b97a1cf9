"""The sample files: they come in whole, say what they were made to say, and every rule fires where the table says."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from expertpool.cases.browse import CaseQuery, case_ids, case_rows
from expertpool.cases.case_number import parse
from expertpool.cases.details import case_detail
from expertpool.cases.docket import case_by_number
from expertpool.cases.patent_number import read_patent_number
from expertpool.checks.check import check
from expertpool.checks.load_facts import load_case_facts, load_person_facts
from expertpool.checks.recusal import check_case, check_recusal
from expertpool.experts.details import PersonDetail, load_details
from expertpool.experts.id_number import read_identity
from expertpool.experts.tables import Person
from expertpool.foundation.dates import PartialDate, today
from expertpool.foundation.places import resource
from expertpool.importing.cases import import_cases
from expertpool.importing.experts import import_experts
from expertpool.matching.ranking import open_case_numbers, rank
from expertpool.organisations.load import load_organisation_book
from expertpool.pool import ExpertPool
from expertpool.spreadsheets.reading import read_workbook
from expertpool.workbook.workbook import import_pool
from tests.sample_data import docket, people
from tests.sample_data.files import MISTAKES, ROSTERS, make, readme
from tests.sample_data.pairs import PAIRS, Pair
from tests.sample_data.topics import TOPICS

SAMPLES = resource("samples")
FILES = [SAMPLES / "rosters" / name for name in ROSTERS]
EXPECTED = {"id_checksum": "关山月", "id_precision_lost": "戴云深", "birth_invalid": "管思敏"}


def brought_in(pool: ExpertPool) -> dict[str, Any]:
    """Every sample file, in the order a court would bring them in."""
    return {"experts": [import_experts(pool, [path]) for path in FILES], "cases": import_cases(pool, [SAMPLES / "docket.xlsx"]),
            "supplement": import_pool(pool, SAMPLES / "pool_supplement.xlsx")}


def everybody(pool: ExpertPool) -> dict[str, PersonDetail]:
    with pool.read() as session:
        ids = list(session.scalars(select(Person.id)))
        return {detail.name: detail for detail in load_details(session, ids, revealed=True)}


def test_the_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    make(tmp_path)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert {path.name for path in written} >= {*ROSTERS, "docket.xlsx", "pool_supplement.xlsx", "README.md"}
    for name in written:
        if name.suffix == ".xlsx":
            made, kept = (read_workbook(folder / name) for folder in (tmp_path, SAMPLES))
            assert [(s.name, s.rows) for s in made.sheets] == [(s.name, s.rows) for s in kept.sheets], name
        else:
            assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name
    assert (SAMPLES / "README.md").read_text(encoding="utf-8") == readme()


def test_numbers_and_names_are_sound_and_made_up() -> None:
    members = [person for key in people._TEXTS for person in people.roster(key)]
    assert len(members) >= 130
    assert len({person.name for person in members}) == len(members)
    assert len({person.mobile for person in members}) == len(members)
    assert len({person.id_number for person in members}) == len(members)
    for person in members:
        known = read_identity(person.id_number)
        assert known.valid, person.name
        assert (known.gender, person.id_number[:6]) == (person.gender, "210199")
        assert 3 <= len(person.specialties) <= 5
    investigators = sum("技术调查官" in person.role for person in members)
    assert 0.5 <= investigators / len(members) <= 0.6
    assert {topic.industry for topic in TOPICS.values()} >= {
        "高端装备", "集成电路", "航空", "食品", "汽车及零部件", "生物医药及医疗装备", "新一代信息技术", "新能源及节能环保", "农业"}


def test_the_docket_is_sound() -> None:
    rows = [dict(zip(docket.HEADS, row, strict=True)) for row in docket.rows()]
    assert len(rows) >= 32
    assert len({row["案件来源地市"] for row in rows}) == 13
    for row in rows:
        assert parse(row["案号"]).recognised, row["案号"]
        if row["专利号"].startswith("ZL"):
            assert read_patent_number(row["专利号"]).check_ok, row["专利号"]


def test_everything_comes_in_and_only_the_mistakes_are_met(pool: ExpertPool) -> None:
    reports = brought_in(pool)
    experts = reports["experts"]
    total = {key: sum(report[key] for report in experts) for key in ("rows", "created", "updated", "rejected")}
    assert total == {"rows": 140, "created": 139, "updated": 1, "rejected": 0}  # one person stands in two rosters
    problems = [problem for report in experts for problem in report["problems"]]
    names = {name for _file, name, _what in MISTAKES}
    assert set(EXPECTED.values()) < names
    assert sorted(problem.code for problem in problems) == sorted(EXPECTED)
    assert {p.code: p.file for p in problems} == {
        code: next(file for file, who, _what in MISTAKES if who == name) for code, name in EXPECTED.items()}
    cases = reports["cases"]
    assert (cases["created"], cases["rejected"], cases["problems"]) == (len(docket.CASES), 0, [])
    assert (reports["supplement"]["rejected"], reports["supplement"]["problems"]) == (0, [])
    again = import_pool(pool, SAMPLES / "pool_supplement.xlsx")
    assert (again["created"], again["updated"], again["rejected"]) == (0, 0, 0)


def test_every_case_is_read_as_written(pool: ExpertPool) -> None:
    import_cases(pool, [SAMPLES / "docket.xlsx"])
    for row in docket.rows():
        said = dict(zip(docket.HEADS, row, strict=True))
        detail = case_detail(pool, said["案号"])
        values = detail.values
        assert [values[key] for key in ("cause", "issue", "filed_on", "hearing_on", "judge", "city", "remark")] == [
            said[head] for head in ("案由", "技术争议焦点", "立案日期", "开庭日期", "承办法官", "案件来源地市", "备注")]
        assert values["state"] == {"在审": "open", "已结": "closed"}[said["状态"]]
        assert values["cause_code"], said["案由"]
        assert values["procedure"], said["案号"]
        assert values["court"], said["案号"]
        for side, head in (("plaintiff", "原告"), ("defendant", "被告"), ("third_party", "第三人")):
            assert [p["name"] for p in detail.parties if p["side"] == side] == [x for x in said[head].split("、") if x]
        agents = [agent["name"] for party in detail.parties for agent in party["agents"]]
        firms = [agent["firm"] for party in detail.parties for agent in party["agents"]]
        written = [text for head in ("原告代理人", "被告代理人") for text in said[head].split("、") if text]
        assert sorted(agents) == sorted(text.split("（")[0] for text in written), said["案号"]
        assert all(firms), said["案号"]
        assert [symbol for patent in detail.patents for symbol in patent["ipc"]] == [
            symbol for symbol in said["IPC"].split("；") if symbol]


def test_every_person_is_read_as_written(pool: ExpertPool) -> None:
    for path in FILES:
        import_experts(pool, [path])
    found = everybody(pool)
    employers = {"university": people.UNIVERSITY, "institute": people.INSTITUTE}
    for key in people._TEXTS:
        for person in people.roster(key):
            detail = found[person.name]
            children = detail.children
            wrong = person.name in EXPECTED.values()
            unit = employers.get(key) or (people.LICENCE_BODIES[int(person.place)] if key == "appraisers"
                                          else person.place)
            assert detail.current_job["employer"] == unit, person.name
            assert detail.values["gender"] == person.gender
            assert detail.values["title"] == person.title
            assert detail.values["title_level"], person.title
            assert detail.values["education"]
            assert detail.values["email"] == person.email
            assert [phone["number"] for phone in children["phones"]] == [person.mobile]
            assert wrong or detail.values["id_number"] == person.id_number
            assert wrong or PartialDate.parse(detail.values["birth"]).agrees(PartialDate(*person.birth))
            words = [row["text"] if isinstance(row, dict) else row for row in children["specialties"]]
            assert [word for word in words if word in person.specialties] == person.specialties, person.name
            assert children["fields_"], person.name
            start, end = person.term.split("至")
            roles = {"技术调查官": "technical_investigator", "技术咨询专家": "technical_consultant",
                     "司法鉴定人": "judicial_appraiser"}
            assert [(role["role"], role["start"], role["end"]) for role in children["roles"]] == [
                (roles[role], start, end) for role in person.role.split("、")], person.name
            assert bool(children["licences"]) == (key == "appraisers")


def test_all_rosters_at_once_give_the_same_people(pool: ExpertPool) -> None:
    report = import_experts(pool, FILES)
    assert (report["rows"], report["created"], report["rejected"]) == (140, 139, 0)
    units = {name: {job["employer"] for job in detail.children["employments"]}
             for name, detail in everybody(pool).items()}
    members = [person for key in ("society", "association") for person in people.roster(key)]
    assert [(person.name, units[person.name]) for person in members] == [
        (person.name, {person.place}) for person in members]


@pytest.fixture
def sample_pool(pool: ExpertPool) -> ExpertPool:
    brought_in(pool)
    return pool


def findings(pool: ExpertPool, pair: Pair) -> set[tuple[str, str]]:
    """(rule, level) of what the check finds for a line of the table, at the stage at which its rule is checked."""
    rules = pool.rules
    if pair.rule == "R14":
        with pool.read() as session:
            facts = load_case_facts(session, case_by_number(session, pair.case))
        return {(hit.rule, hit.level) for hit in check_case(facts, rules, today())}
    uid = everybody_by_unit(pool)[pair.name, pair.unit]
    if pair.rule == "R13":
        with pool.read() as session:
            key = session.scalars(select(Person.id).where(Person.uid == uid)).one()
            hits = check_recusal(load_person_facts(session, [key])[0], load_case_facts(session, case_by_number(
                session, pair.case)), load_organisation_book(session), rules, today(), stage="notice")
        return {(hit.rule, hit.level) for hit in hits}
    role = {"技术调查官": "technical_investigator", "司法鉴定人": "judicial_appraiser"}[pair.role]
    return {(hit.rule, hit.level) for hit in check(pool, pair.case, uid, role)}


def everybody_by_unit(pool: ExpertPool) -> dict[tuple[str, str], str]:
    return {(name, detail.current_job["employer"]): detail.uid for name, detail in everybody(pool).items()}


def test_every_rule_fires_where_the_table_says(sample_pool: ExpertPool) -> None:
    missed = [(pair.rule, pair.level, pair.case, pair.name, findings(sample_pool, pair)) for pair in PAIRS
              if (pair.rule, pair.level) not in findings(sample_pool, pair)]
    assert missed == []
    known = {f"R{number}" for number in range(1, 15)} | {
        "E-ROLE", "E-TERM", "E-STATE", "E-AWAY", "E-LOAD", "E-AGE", "E-LICENCE", "E-EDUCATION"}
    assert {pair.rule for pair in PAIRS} == known
    table = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for pair in PAIRS:
        assert f"| {pair.rule} | {pair.level} | {pair.case} | {pair.name or '—'} |" in table


def test_ranking_shows_who_fits_and_who_may_not(sample_pool: ExpertPool) -> None:
    numbers = open_case_numbers(sample_pool)
    assert len(numbers) >= 20
    barred: dict[str, set[str]] = {}
    for number in dict.fromkeys(pair.case for pair in PAIRS if pair.role == "技术调查官"):
        ranking = rank(sample_pool, number)
        barred[number] = {one.name for one in ranking.excluded}
        assert len(ranking.candidates) >= 5, number
        assert ranking.candidates[0].reasons, number
    for pair in PAIRS:
        if pair.level == "block" and pair.role == "技术调查官" and pair.rule != "R13":
            assert pair.name in barred[pair.case], pair


def test_cases_hang_together(sample_pool: ExpertPool) -> None:
    chain = case_detail(sample_pool, "(2026)最高法知民终903号").lineage
    assert [step["number"] for step in chain][:4] == [
        "(2025)辽01知民初101号", "(2025)最高法知民终812号", "(2026)辽01知民初55号", "(2026)最高法知民终903号"]
    for number in ("(2026)最高法知民申88号", "(2026)辽01知民初140号", "(2026)辽01行保2号"):
        assert len(case_detail(sample_pool, number).lineage) >= 2, number
    rows = case_rows(sample_pool, case_ids(sample_pool, CaseQuery()))
    assert len(rows) == len(docket.CASES)
    first = case_detail(sample_pool, "(2026)辽01知民初118号")
    assert {party["side"]: (party["name"], [a["firm"] for a in party["agents"]]) for party in first.parties} == {
        "plaintiff": (docket.BULU, [docket.BEILING]), "defendant": (docket.YUNLING, [docket.HUNHE])}
