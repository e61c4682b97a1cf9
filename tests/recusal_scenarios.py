"""Scenarios of the recusal checks (tests/data/recusal/*.xlsx): read from the tables, entered into a pool, checked.

The notation is explained on the first sheet of every file. A line of a cell is ``词：内容【附注；附注】``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from expertpool.assignments.service import record_assignments
from expertpool.cases.docket import case_by_number, enter
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft, PatentDraft
from expertpool.cases.linking import link_by_hand
from expertpool.cases.party_text import kind_of_name
from expertpool.checks.check import check
from expertpool.checks.eligibility import check_eligibility
from expertpool.checks.findings import Finding
from expertpool.checks.load_case_facts import load_facts_of_cases
from expertpool.checks.load_facts import load_person_facts
from expertpool.checks.recusal import check_case, check_recusal
from expertpool.declarations.tables import Declaration
from expertpool.experts.drafts import (
    EmploymentDraft,
    InterestDraft,
    LicenceDraft,
    PersonDraft,
    RoleDraft,
    UnavailabilityDraft,
)
from expertpool.experts.register import register_many
from expertpool.experts.tables import Evaluation, Person
from expertpool.organisations.load import load_organisation_book
from expertpool.organisations.register import add_alias, ensure_units, link
from expertpool.organisations.tables import Organisation
from expertpool.pool import ExpertPool
from expertpool.rules import vocabulary

FOLDER = Path(__file__).parent / "data" / "recusal"
TODAY = "2026-11-22"
COLUMNS = ("编号", "情形", "专家", "案件", "单位关系", "日期", "预期规则", "预期结果", "预期句子", "法条")
LEVELS = {"不可指派": "block", "需核实": "warn", "提示": "inform", "可指派": ""}
SIDES = ("原告", "被告", "第三人", "上诉人", "被上诉人", "再审申请人", "再审被申请人", "申请人", "被申请人", "公诉机关", "被告人")
LINE = re.compile(r"^([^：]+)：(.*?)(?:【(.*)】)?$")
DATED = re.compile(r"^(\d{4}(?:-\d{2}){0,2})?\s*(起|至)?\s*(\d{4}(?:-\d{2}){0,2})?$")
TERM = RoleDraft(role="technical_investigator", start="2024-01", end="2027-12")
LINKS = {"母公司": "parent", "控股": "controls", "分支机构": "branch", "更名": "formerly", "关联": "affiliated"}


@dataclass
class Line:
    """``词：内容【附注；附注】``."""

    word: str
    text: str
    notes: list[str] = field(default_factory=list)

    def days(self) -> tuple[str, str]:
        """The first note that is a period: ``2021-03 至 2023-06``, ``2021-03 起``, ``至 2023-06``."""
        for note in self.notes:
            found = DATED.match(note)
            if found and note:
                return (found[1] or "", found[3] or "")
        return "", ""

    def note(self, word: str) -> str:
        """What follows a word in the notes: ``来源 企业公示`` → 企业公示."""
        return next((note[len(word):].strip() for note in self.notes if note.startswith(word)), "")


@dataclass
class Scenario:
    """One row of a table."""

    file: str
    number: str
    title: str
    expert: list[Line]
    case: list[Line]
    units: list[Line]
    day: str
    expected: set[tuple[str, str]]
    verdict: str
    sentence: str
    law: str
    person_id: int = 0
    case_number: str = ""
    role: str = "technical_investigator"


def scenarios() -> Iterator[Scenario]:
    """Every row of every table."""
    from openpyxl import load_workbook

    for path in sorted(FOLDER.glob("*.xlsx")):
        book = load_workbook(path, read_only=True)
        for sheet in book.worksheets[1:]:
            rows = sheet.iter_rows(values_only=True)
            assert tuple(next(rows)) == COLUMNS, path.name
            for row in rows:
                yield _scenario(path.stem, [str(cell or "").strip() for cell in row])
        book.close()


def _scenario(file: str, cells: list[str]) -> Scenario:
    number, title, expert, case, units, day, rules, verdict, sentence, law = cells
    expected = set()
    for part in re.split("[；\n]", rules):
        if part and part != "无":
            rule, level = part.split()
            expected.add((rule, LEVELS[level]))
    return Scenario(file, number, title, _lines(expert), _lines(case), _lines(units), day, expected, LEVELS[verdict],
                    sentence, law)


def _lines(cell: str) -> list[Line]:
    lines = []
    for text in filter(None, (part.strip() for part in cell.splitlines())):
        found = LINE.match(text)
        assert found, text
        lines.append(Line(found[1], found[2].strip(), [note.strip() for note in (found[3] or "").split("；")]))
    return lines


# Entering

def enter_all(pool: ExpertPool, wanted: Sequence[Scenario]) -> None:
    """Enter the facts of all scenarios: units, people, cases, links, history."""
    for one in wanted:
        one.role = _code("case_role", _text(one.case, "角色") or "技术调查官")
        one.case_number = _text(one.case, "案号")
    with pool.write("import experts") as transaction:
        people = register_many(transaction, [_person(one) for one in wanted])
        for one, key in zip(wanted, people, strict=True):
            one.person_id = key
        enter(transaction, [draft for one in wanted for draft in _cases(one)])
    for one in wanted:
        _units(pool, one)
        for line in one.case:
            if line.word in ("前案", "后案") and line.note("方式"):
                pair = (line.text, one.case_number) if line.word == "前案" else (one.case_number, line.text)
                link_by_hand(pool, *pair, _code("case_link", line.note("方式")))
            elif line.word == "另联":
                link_by_hand(pool, *line.text.split(" → "), _code("case_link", line.note("方式")))
    with pool.write("import experts") as transaction:
        for one in wanted:
            record_assignments(transaction, list(_service(transaction.session, one)))
            for line in one.expert:
                if line.word == "考核":
                    year, grade = line.text.split()
                    transaction.add(Evaluation(person_id=one.person_id, year=int(year), grade=_code("grade", grade)))
                elif line.word == "状态":
                    transaction.get(Person, one.person_id).state = _code("person_state", line.text)
                elif line.word in STANDING:
                    setattr(transaction.get(Person, one.person_id), STANDING[line.word], line.text)
                elif line.word == "本案声明":
                    transaction.add(Declaration(person_id=one.person_id, signed_on=line.text,
                                                court_case_id=case_by_number(transaction.session, one.case_number).id))


def _person(one: Scenario) -> PersonDraft:
    values: dict[str, Any] = {"employments": [], "interests": [], "roles": [], "licences": [], "unavailable": []}
    for line in one.expert:
        start, end = line.days()
        if line.word == "姓名":
            values["name"] = line.text
        elif line.word in PLAIN:
            values[PLAIN[line.word]] = line.text
        elif line.word == "学历":
            values["education"] = _code("education", line.text)
        elif line.word == "推荐":
            values["recommendation"] = _code("recommendation", line.text)
        elif line.word == "在办上限":
            values["case_cap"] = int(line.text)
        elif line.word == "任职":
            gone = "已离职" in line.notes
            values["employments"].append(EmploymentDraft(employer=line.text, start=start, end=end, current=not gone))
        elif line.word == "聘任":
            values["roles"].append(RoleDraft(role=_code("role", line.text), start=start, end=end,
                                             state=_code("role_state", line.note("状态") or "在任")))
        elif line.word == "执业证":
            values["licences"].append(LicenceDraft(number=line.text, until=line.note("有效期至"),
                                                   body=line.note("机构")))
        elif line.word == "不能履职":
            values["unavailable"].append(UnavailabilityDraft(start=start, end=end, reason="leave"))
        elif line.word in INTERESTS:
            values["interests"].append(_interest(line, start, end))
    values["roles"] = values["roles"] or [TERM.model_copy(update={"role": one.role})]
    return PersonDraft(**values)


PLAIN = {"曾用名": "former_name", "证件号": "id_number", "出生": "birth"}
STANDING = {"单位同意": "unit_consent", "本人同意": "own_consent", "年龄豁免": "age_exemption"}
INTERESTS = {"亲属": "relative", "有关系的人": "relative", "持股": "holding", "兼职": "office", "委托事项": "mandate",
             "回避单位": "avoid_unit", "回避人员": "avoid_person", "审查过的专利": "examined_patent", "本人专利": "patent",
             "诉讼身份": "case_role"}


def _interest(line: Line, start: str, end: str) -> InterestDraft:
    kind = INTERESTS[line.word]
    draft: dict[str, Any] = {"kind": kind, "start": start, "end": end, "declared_on": line.note("申报"),
                             "source": line.note("来源"), "id_number": line.note("证件号")}
    if kind == "relative":
        relation, _space, name = line.text.rpartition(" ")
        draft |= {"name": name, "relation": _code("relation", relation) if relation else "", "unit": line.note("单位")}
    elif kind == "holding":
        holder = line.note("持有人").split()
        draft |= {"unit": line.text, "unlisted": "上市" not in line.notes}
        if holder:
            draft |= {"relation": _code("relation", holder[0]), "name": holder[-1]}
    elif kind in ("office", "avoid_unit"):
        draft["unit"] = line.text
    elif kind == "mandate":
        draft |= {"unit": line.text, "detail": "代理对方" if "代理对方" in line.notes else ""}
    elif kind == "case_role":
        role, _space, number = line.text.partition(" ")
        draft |= {"name": number, "detail": role}
    else:
        draft["name"] = line.text
    return InterestDraft(**draft)


def _cases(one: Scenario) -> Iterator[CaseDraft]:
    """The case of the scenario and those of its line; in the order of the cell, so that links come both ways."""
    draft: dict[str, Any] = {"number": one.case_number, "role_needed": one.role, "parties": [], "patents": [],
                             "people_needed": 2 if one.role == "judicial_appraiser" else 1}
    others: list[CaseDraft] = []
    for line in one.case:
        if line.word in SIDES:
            draft["parties"].append(_party(line))
        elif line.word == "程序":
            draft["procedure"] = _code("procedure", line.text)
        elif line.word == "案由":
            draft["cause"] = line.text
        elif line.word == "需要人数":
            draft["people_needed"] = int(line.text)
        elif line.word == "专利":
            draft["patents"].append(PatentDraft(
                number=line.text, **{name: [text for text in line.note(word).split("、") if text] for word, name in
                                     (("发明人", "inventors"), ("专利权人", "patentees"), ("审查员", "examiners"))}))
        elif line.word in ("前案", "后案", "他案"):
            other: dict[str, Any] = {"number": line.text, "procedure": _procedure(line)}
            by_rule = not line.note("方式")
            if line.word == "前案" and by_rule:
                draft["original_number"] = line.note("写作") or line.text
            elif line.word == "后案" and by_rule:
                other["original_number"] = one.case_number
            if line.note("原审"):
                other["original_number"] = line.note("原审")
            others.append(CaseDraft(**other))
    yield from others if len(others) % 2 else ()
    yield CaseDraft(**draft)
    yield from () if len(others) % 2 else others


def _procedure(line: Line) -> str:
    return next((code for note in line.notes if (code := vocabulary.code_of("procedure", note))), "")


def _party(line: Line) -> PartyDraft:
    agents = []
    for note in line.notes:
        if note.startswith("代理人"):
            name, _slash, firm = note[3:].strip().partition("/")
            agents.append(AgentDraft(name=name, firm=firm))
    return PartyDraft(side=_code("party_side", line.word), name=line.text, kind=kind_of_name(line.text),
                      id_number=line.note("证件号"), address=line.note("住址"),
                      legal_representative=line.note("法定代表人"), agents=agents)


def _units(pool: ExpertPool, one: Scenario) -> None:
    for line in one.units:
        source = line.note("来源")
        if line.word in ("简称", "曾用名称", "全称"):
            alias, name = line.text.split(" = ")
            kind = {"简称": "short", "曾用名称": "former", "全称": "full"}[line.word]
            add_alias(pool, name, alias, kind=kind, source=source)
        elif line.word == "上市公司":
            with pool.write("edit organisation", name=line.text) as transaction:
                transaction.get(Organisation, ensure_units(transaction, [(line.text, "")])[line.text]).listed = True
        else:
            upper, lower = line.text.split(" → ")
            start, end = line.days()
            link(pool, upper, lower, kind=LINKS[line.word], start=start, end=end, source=source)


def _service(session: Any, one: Scenario) -> Iterator[dict[str, Any]]:
    for line in one.expert:
        if line.word == "服务":
            number, role, state = line.text.split()
            yield {"court_case_id": case_by_number(session, number).id, "person_id": one.person_id,
                   "role": _code("case_role", role), "state": _code("assignment_state", state)}


# Checking

def all_findings(pool: ExpertPool, wanted: Sequence[Scenario]) -> dict[tuple[str, str], list[Finding]]:
    """File and number → what the rules say about person and case, and about the case itself, on the scenario's day."""
    rules = pool.rules
    with pool.read() as session:
        book = load_organisation_book(session)
        people = {one.id: one for one in load_person_facts(session, [one.person_id for one in wanted])}
        keys = {one.case_number: int(case_by_number(session, one.case_number).id or 0) for one in wanted}
        cases = load_facts_of_cases(session, keys.values())
    found = {}
    for one in wanted:
        person, case, day = people[one.person_id], cases[keys[one.case_number]], one.day or TODAY
        notice = _text(one.case, "阶段") == "告知前"
        hits = check_recusal(person, case, book, rules, day, stage="notice" if notice else "assign")
        if not notice:
            hits += [*check_eligibility(person, one.role, rules, day), *check_case(case, rules, day)]
        found[one.file, one.number] = hits
    return found


def by_the_verb(pool: ExpertPool, one: Scenario) -> list[Finding]:
    """The same by the verb that the window and the appointment use, for scenarios of today."""
    with pool.read() as session:
        uid = session.scalars(select(Person.uid).where(Person.id == one.person_id)).one()
    return check(pool, one.case_number, uid)


def _text(lines: Sequence[Line], word: str) -> str:
    return next((line.text for line in lines if line.word == word), "")


def _code(kind: str, word: str) -> str:
    code = vocabulary.code_of(kind, word)
    assert code, (kind, word)
    return code
