"""The form of a declaration of interests (利益冲突声明表): one A4 sheet per person, made to be read back in.

It is printed with what is on file, so that the person only confirms, corrects, ends or adds. Questions and words are
data (``resources/templates/declaration_form.json``).
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.permissions import READ, demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.details import CaseDetail, case_detail
from expertpool.declarations.questions import Question, form_data, questions
from expertpool.declarations.recording import interest_versions, named_for_case
from expertpool.experts.details import PersonDetail, load_details
from expertpool.experts.drafts import InterestDraft
from expertpool.experts.tables import Interest, Person
from expertpool.foundation.dates import PartialDate, add_years, today
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.progress import SILENT, Progress
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook
from expertpool.rules.field_checks import as_written
from expertpool.spreadsheets.sheet_layout import Band, Cell, ColumnStyle, Row, SheetLayout
from expertpool.spreadsheets.writing import write_workbook
from expertpool.storage.queries import chunks, id_of

CHINESE = "zh_CN"
_CHECKED = 6  # check letters that follow the uid in a form number
_NUMBER = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{6})", re.IGNORECASE)
_GAP = "\u3000\u3000"
_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class FormContent:
    """The content of one person's form before it is filled in. ``case`` is None in a yearly one."""

    uid: str
    name: str
    unit: str
    court: str = ""
    case: CaseDetail | None = None
    interests: Sequence[InterestDraft] = field(default_factory=tuple)
    on_file: JsonMapping = field(default_factory=dict)  # every interest on file as it was read: uid → version

    @property
    def number(self) -> str:
        """The 案号, "" in a yearly form."""
        return self.case.number if self.case else ""

    @property
    def title(self) -> str:
        """The heading with the court's name."""
        return self.court + str(form_data()["heading"]["case" if self.case else "yearly"])


def form_number(uid: str, number: str = "") -> str:
    """The number of a form: the person's uid, and check letters computed from uid and case."""
    return f"{uid}-{hashlib.sha256(f'{uid}|{number}'.encode()).hexdigest()[:_CHECKED]}".upper()


def form_number_in(text: str) -> tuple[str, str]:
    """(uid, whole number) of a form number found in a text; empty if there is none."""
    found = _NUMBER.search(text)
    return (found[1].lower(), found[0].upper()) if found else ("", "")


@numbers_hidden
def form_contents(pool: Pool, people: Sequence[str], number: str = "") -> list[FormContent]:
    """The content of the forms of these people (uids), for the case with this 案号 or for the year.

    Raises ``declarations.nobody`` and ``case.unknown``, ``record.missing``.
    """
    demand(pool.actor, READ)
    wanted = list(dict.fromkeys(people))
    if not wanted:
        raise UserProblem("declarations.nobody")
    case = case_detail(pool, number) if number else None
    rules, court = pool.rules, pool.name
    found: list[FormContent] = []
    with pool.read() as session:
        for part in chunks(wanted):
            known = session.execute(select(col(Person.uid), id_of(Person)).where(col(Person.uid).in_(part)))
            ids = {row.uid: row.id for row in known}
            if missing := [uid for uid in part if uid not in ids]:
                raise UserProblem("record.missing", uid=missing[0])
            for one in load_details(session, [ids[uid] for uid in part]):
                chosen = _for_case(session, one.id, case.id) if case else _for_year(one, rules)
                found.append(FormContent(one.uid, one.name, one.current_job["employer"], court, case, chosen,
                                         interest_versions(session, one.id)))
    return found


def write_declaration_form(pool: Pool, path: Path, people: Sequence[str], number: str = "", *,
                           progress: Progress = SILENT) -> JsonObject:
    """Write forms for these people (uids): as sheets of the workbook ``path``, or, if ``path`` is a folder, as one
    workbook each. Returns ``people``, ``files`` and the ``number`` of the case."""
    contents, path, rules = form_contents(pool, people, number), Path(path), pool.rules
    if not path.is_dir():
        write_workbook(path, [form_layout(content, rules) for content in contents])
        return {"people": len(contents), "files": [str(path)], "number": contents[0].number}
    files: list[str] = []
    names: set[str] = set()
    for content in contents:
        progress.step(len(files), len(contents), content.name)
        names.add(name := file_name(content, names))
        write_workbook(path / name, [form_layout(content, rules)])
        files.append(str(path / name))
    return {"people": len(contents), "files": files, "number": contents[0].number}


def file_name(content: FormContent, taken: Collection[str] = ()) -> str:
    """The file name for one person's form; people of the same name get a number."""
    base = _IN_FILE_NAMES.sub("", f"利益冲突声明_{content.name}{'_' + content.number if content.case else ''}")
    found, count = f"{base}.xlsx", 1
    while found in taken:
        count += 1
        found = f"{base}_{count}.xlsx"
    return found


def form_layout(content: FormContent, rules: RuleBook) -> SheetLayout:
    """The layout of one form's sheet."""
    data, labels = form_data(), form_data()["labels"]
    kind = "case" if content.case else "yearly"
    rows: list[Row] = [Band(f"{labels['person']}：{content.name}{_GAP}{labels['unit']}：{content.unit}")]
    rows += [Band(line) for line in case_lines(content.case)]
    rows.append(Band(data["instructions"][kind], tone="quiet"))
    for question in questions():
        rows += _question_rows(question, [one for one in content.interests if one.kind == question.kind], rules)
    rows += [Band(data["statement"]),
             [Cell(labels["signer"], "quiet"), "", "", "", Cell(labels["signed_on"], "quiet"), "", ""]]
    columns = range(1, len(data["heads"]) + 1)
    return SheetLayout(
        name=content.name, headers=[""] * len(data["heads"]), rows=rows, title=content.title,
        subtitle=f"{labels['form_number']}：{form_number(content.uid, content.number)}", widths=data["widths"],
        text_columns=frozenset(columns), column_styles={1: ColumnStyle(align="center")}, freeze=False,
        print_titles=False, landscape=False, page_footer=f"{content.name}　&P / &N")


def case_lines(case: CaseDetail | None) -> list[str]:
    """The case as lines of the form: number and cause, parties, agents with firms, patents with inventors and
    patentees."""
    if case is None:
        return []
    labels = form_data()["labels"]
    parties = [f"{vocabulary.word('party_side', party['side'], CHINESE)}：{party['name']}" + (
        f"（法定代表人：{party['legal_representative']}）" if party["legal_representative"] else "")
        for party in case.parties]
    agents = [f"{agent['name']}（{_joined(agent['firm'], party['name'] + '的代理人')}）"
              for party in case.parties for agent in party["agents"]]
    patents = [f"{patent['number']}{_listed('发明人', patent['inventors'])}{_listed('专利权人', patent['patentees'])}"
               f"{_listed('审查员', patent['examiners'])}" for patent in case.patents]
    cause = f"{_GAP}{labels['cause']}：{case.values['cause']}" if case.values["cause"] else ""
    lines = [f"{labels['number']}：{case.number}{cause}"]
    for key, entries in (("parties", parties), ("agents", agents), ("patents", patents)):
        if entries:
            lines.append(f"{labels[key]}：{'；'.join(entries)}")
    return lines


def shown_values(interest: InterestDraft | JsonMapping, question: Question) -> dict[str, str]:
    """The cells of an interest in the form: column of the form → words in Chinese."""
    found = {}
    for column in question.columns:
        value = interest[column.field] if isinstance(interest, Mapping) else getattr(interest, column.field)
        if column.field == "unlisted":
            value = form_data()["listing"]["unlisted" if value else "listed"]
        found[column.at] = vocabulary.word(column.words, value, CHINESE) if column.words else str(value)
    return found


def _question_rows(question: Question, interests: Sequence[InterestDraft], rules: RuleBook) -> list[Row]:
    data = form_data()
    asked = f"{question.place}、{question.short}：{question.words(rules, CHINESE)}（依据：{question.source.zh}）"
    heads = {column.at: column.zh for column in question.columns}
    rows: list[Row] = [Band(asked, strong=True),
                       [Cell(data["heads"][0], "quiet"), *(Cell(heads.get(name, ""), "quiet")
                                                           for name in data["fields"][1:])]]
    entries = [shown_values(one, question) for one in interests] + [{} for _blank in range(data["blank_rows"])]
    for place, entry in enumerate(entries):
        answer: Any = ""
        if not place:
            words = data["answer_words"]
            answer = Cell(words["some"] if interests else "", choices=(words["some"], words["none"]))
        rows.append([answer, *(_cell(question, name, entry.get(name, "")) for name in data["fields"][1:])])
    return rows


def _cell(question: Question, name: str, text: str) -> Any:
    column = next((one for one in question.columns if one.at == name), None)
    if column is None:
        return Cell("", "quiet")
    if column.field == "unlisted":
        return Cell(text, choices=tuple(form_data()["listing"].values()))
    if column.words:
        return Cell(text, choices=tuple(word for _code, word in vocabulary.choices(column.words, CHINESE)))
    return text


def _for_year(person: PersonDetail, rules: RuleBook) -> list[InterestDraft]:
    """The interests that a yearly form lists: those in force, and those that ended within the period."""
    periods = {question.kind: question.period(rules) or 0 for question in questions()}

    def matters(row: JsonMapping) -> bool:
        if not row["end"]:
            return True
        return add_years(PartialDate.parse(row["end"]).last_day, periods.get(row["kind"], 0)) > today()

    return [as_written(InterestDraft, row) for row in person.children["interests"] if matters(row)]


def _for_case(session: Any, person: int, case: int) -> list[InterestDraft]:
    """The interests that earlier declarations for this case named."""
    named = named_for_case(session, person, case)
    rows = session.scalars(select(Interest).where(col(Interest.person_id) == person).order_by(id_of(Interest))).all()
    return [as_written(InterestDraft, {name: getattr(row, name) for name in InterestDraft.model_fields})
            for row in rows if row.uid in named]


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def _listed(words: str, names: Sequence[str]) -> str:
    return f"（{words}：{'、'.join(names)}）" if names else ""
