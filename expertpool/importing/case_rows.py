"""Reads one row of a docket as a case, as written, with the problems met."""

import re
from collections.abc import Sequence
from dataclasses import replace

from expertpool.cases.party_text import read_parties
from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.text import split_list
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.fields import PERSONAL, CaseReading, CaseValues
from expertpool.importing.values.specialties import read_ipc
from expertpool.rules.vocabulary import value as word_value
from expertpool.spreadsheets.cell_dates import TERM, read_date
from expertpool.spreadsheets.cell_text import Value, content, line, problem
from expertpool.spreadsheets.found_tables import Record

_LISTS = {"plaintiff": "plaintiffs", "defendant": "defendants", "third_party": "third_parties"}
_LINES = frozenset({"cause", "procedure", "judge", "city", "original_number", "state"})
_AGENT_SIDES = {"agents": "", "plaintiff_agents": "plaintiff", "defendant_agents": "defendant"}
_VERSUS = re.compile(r"^(.+?(?:公司|厂|院|所|中心|大学|集团|[^、]{2,4}))\s*(?:诉|与)\s*"
                     r"(.+?)(?:\S{0,12}(?:纠纷|一案))?$")


def read_case(record: Record, columns: Sequence[ColumnChoice],
              hidden_rows: frozenset[int] = frozenset()) -> CaseReading:
    """Read a record by its columns; hidden rows as for people.

    Problems: ``case_number_missing``, ``date_invalid``, ``hidden_row``.
    """
    values, problems = CaseValues(), []
    for column in columns:
        value = record.cells.get(column.index)
        if column.field in PERSONAL and column.index in record.filled:
            value = None
        if column.field == "case_number" and not content(value):
            found = [problem("case_number_missing", "")]
        else:
            found = _read(values, column, value) if content(value) else []
        row, place = record.place(column.index)
        problems += [replace(p, field=column.field, row=row, column=place) for p in found]
    if record.row in hidden_rows:
        problems.append(Problem("hidden_row", Severity.WARNING, row=record.row))
    return CaseReading(values, problems)


def _read(values: CaseValues, column: ColumnChoice, value: Value) -> list[Problem]:
    """Put one filled cell into the values; the problems have no position yet."""
    field, text = column.field, content(value)
    if field in ("filed_on", "hearing_on"):
        day = read_date(value, TERM)
        setattr(values, field, str(day.value or ""))
        return list(day.problems)
    if field == "case_number":
        values.case_number = line(value)
    elif field in _LISTS:
        _add(getattr(values, _LISTS[field]), split_list(text, spaces=False))
    elif field == "parties":
        _split_parties(values, text)
    elif field in _AGENT_SIDES:
        values.agents += [(_AGENT_SIDES[field], agent) for agent in split_list(text, spaces=False)]
    elif field == "patents":
        _add(values.patents, [re.sub(r"\s+", "", entry) if entry.isascii() else entry for entry in split_list(text)])
    elif field == "ipc":
        _add(values.ipc, read_ipc(value) or split_list(text))
    elif field == "field":
        _add(values.fields, split_list(text))
    elif field in _LINES:
        setattr(values, field, line(value))
    elif field in ("issue", "remark"):
        setattr(values, field, "\n".join(filter(None, [getattr(values, field), text])))
    elif field != "ignore":
        values.more[line(column.header) or f"#{column.index}"] = text
    return []


def _add(entries: list[str], new: Sequence[str]) -> None:
    entries += [entry for entry in new if entry not in entries]


def _split_parties(values: CaseValues, text: str) -> None:
    """``原告：A；被告：B`` by its labels, ``A诉B`` by the word between."""
    if not re.search("[:：]", text) and (versus := _VERSUS.match(line(text))):
        _add(values.plaintiffs, split_list(versus[1], spaces=False))
        _add(values.defendants, split_list(versus[2], spaces=False))
        return
    camps = {1: values.plaintiffs, 2: values.defendants, 3: values.third_parties}
    for party in read_parties(text):
        _add(camps.get(word_value("party_side", party.side, "camp") or 3, values.third_parties), [party.name])
        side = {1: "plaintiff", 2: "defendant"}.get(word_value("party_side", party.side, "camp") or 0, "")
        values.agents += [(side, f"{agent.name}（{agent.firm}）" if agent.firm else agent.name)
                          for agent in party.agents]
