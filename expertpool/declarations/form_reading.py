"""Reads a filled-in declaration form: answers, entries, signature, and the cell of every problem.

The pool is not consulted here; ``reading_back.py`` compares what the form says with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from expertpool.declarations.form import form_number_in
from expertpool.declarations.questions import Question, QuestionColumn, answer_of, form_data, questions, says_nothing
from expertpool.experts.drafts import InterestDraft
from expertpool.foundation.dates import ISO_PARTIAL, PartialDate
from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.text import clean_name, split_list
from expertpool.rules import vocabulary
from expertpool.rules.field_checks import as_written
from expertpool.rules.vocabulary import plain
from expertpool.spreadsheets.cell_dates import TERM, read_date
from expertpool.spreadsheets.cell_text import Value, cell_text, content, line
from expertpool.spreadsheets.workbook import Sheet

_SEVERAL_UNITS = re.compile("[、；;\n]")
_COLON = re.compile("[:：]")
_PLACE = re.compile("^[一二三四五六七八九十]+[、.．]")
_PEOPLE = ("relative", "avoid_person")


@dataclass(slots=True)
class ReadForm:
    """One filled-in sheet. ``uid`` is "" without a form number; ``signed_on`` is ISO text of a full day or ""."""

    sheet: str
    uid: str = ""
    form_number: str = ""
    name: str = ""
    unit: str = ""
    number: str = ""
    signer: str = ""
    signed_on: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    interests: list[InterestDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # any of: name, unit, number, signer, signed_on
    unread: dict[int, set[str]] = field(default_factory=dict)  # index in interests → fields whose text is no date


@dataclass(frozen=True, slots=True)
class _Line:
    """One filled row: (1-based column, value) of its filled cells."""

    row: int
    cells: tuple[tuple[int, Value], ...]

    @property
    def first(self) -> str:
        return cell_text(self.cells[0][1])

    def value(self, column: int) -> Value:
        return next((value for place, value in self.cells if place == column), None)


def read_form(sheet: Sheet) -> ReadForm | None:
    """The form on a sheet; None where the sheet holds no declaration."""
    lines = [_Line(row, cells) for row, values in enumerate(sheet.rows, 1)
             if (cells := tuple((column, value) for column, value in enumerate(values, 1) if cell_text(value)))]
    parts = list(_parts(lines))
    found = ReadForm(sheet.name)
    for one in lines:
        for _column, value in one.cells:
            if not found.uid:
                found.uid, found.form_number = form_number_in(cell_text(value))
    if not found.uid and len(parts) < 2:
        return None
    head = lines[:lines.index(parts[0][1][0])] if parts else lines
    _labels(found, head, ("person", "unit", "number"))
    for question, block in parts:
        _Part(found, question, block).read()
    asked = {question.code for question, _block in parts}
    for question in questions():
        if question.code not in asked:
            found.problems.append(_problem(found, "unanswered", 0, 0, "", question=question.short))
    _signature(found, lines)
    return found


def _parts(lines: Sequence[_Line]) -> Iterator[tuple[Question, list[_Line]]]:
    """Each question with its rows, its own row first; statement and signature belong to no question."""
    current: tuple[Question, list[_Line]] | None = None
    for one in lines:
        question = _question_at(one)
        if question is not None or _ends(one):
            if current:
                yield current
            current = (question, [one]) if question else None
        elif current:
            current[1].append(one)
    if current:
        yield current


def _question_at(one: _Line) -> Question | None:
    text = plain(_PLACE.sub("", one.first))
    return next((question for question in questions()
                 if text.startswith(plain(question.short)) and (_PLACE.match(one.first) or len(text) > 40)), None)


def _ends(one: _Line) -> bool:
    """Whether the questions end at this row: it is the statement or the signature line."""
    return (plain(one.first).startswith(plain(form_data()["statement"])[:6])
            or any(_label_of(cell_text(value), ("signer", "signed_on")) for _column, value in one.cells))


class _Part:
    """The rows of one question."""

    def __init__(self, form: ReadForm, question: Question, block: Sequence[_Line]) -> None:
        self.form, self.question, self.lines = form, question, block[1:]
        names = form_data()["fields"]
        self.columns = {column: names.index(column.at) + 1 for column in question.columns}
        self.answer, self.entries, self.denied = "", 0, False

    def read(self) -> None:
        for one in self.lines:
            if not self._is_heading(one):
                self._row(one)
        last = self.lines[-1].row if self.lines else 0
        if not self.answer:
            self.answer = "some" if self.entries else "none" if self.denied else ""
        doubt = ("unanswered" if not self.answer else "contradiction" if self.answer == "none" and self.entries
                 else "empty" if self.answer == "some" and not self.entries else "")
        if doubt:
            self.form.problems.append(_problem(self.form, doubt, last, 1, "", question=self.question.short))
        else:
            self.form.answers[self.question.code] = self.answer

    def _is_heading(self, one: _Line) -> bool:
        """Whether the row is a heading of columns; if so, columns are read where it places them."""
        texts = {plain(cell_text(value)): column for column, value in one.cells}
        if plain(form_data()["heads"][0]) not in texts and sum(plain(c.zh) in texts for c in self.columns) < 2:
            return False
        for column in self.columns:
            self.columns[column] = texts.get(plain(column.zh), self.columns[column])
        return True

    def _row(self, one: _Line) -> None:
        texts = {column: content(one.value(place)) for column, place in self.columns.items()}
        said = answer_of(cell_text(one.value(1)))
        self.answer = self.answer or said
        if not any(text and not says_nothing(text) for text in texts.values()):
            self.denied |= any(says_nothing(cell_text(value)) for column, value in one.cells if column > 1)
            if one.value(1) is not None and not said and len(one.cells) == 1:
                self._say("outside", one, 1, one.first)
            return
        values = {column.field: self._values(column, one, place) for column, place in self.columns.items()}
        if not any(part for name in ("name", "unit", "detail") for part in values.get(name, ())):
            self._say("incomplete", one, 1, "")
            return
        self.entries += 1
        drafts = list(self._drafts(values))
        unread = {name for name in ("start", "end") if None in values.get(name, ())}
        if unread:
            first = len(self.form.interests)
            self.form.unread |= {place: unread for place in range(first, first + len(drafts))}
        self.form.interests += drafts

    def _values(self, column: QuestionColumn, one: _Line, place: int) -> list[Any]:
        """The value of a cell; several values if it names several."""
        value = one.value(place)
        if column.field in ("start", "end"):
            return [self._date(value, one, place)]
        if column.field == "unlisted":
            return [self._unlisted(line(value))]
        if column.words:
            return self._words(column, line(value), one, place)
        text = content(value)
        if not column.split:
            return [text]
        if column.field == "unit":
            return [part for entry in _SEVERAL_UNITS.split(text) if (part := " ".join(entry.split()))] or [""]
        if self.question.kind not in _PEOPLE:
            return split_list(text, spaces=False) or [""]
        return [clean_name(entry)[0] or entry for entry in split_list(text, spaces=False)] or [""]

    def _words(self, column: QuestionColumn, text: str, one: _Line, place: int) -> list[str]:
        """The codes of a relation or role as written; unknown words are kept."""
        if not text:
            return [""]
        if code := vocabulary.code_of(column.words, text):
            return [code]
        found = [vocabulary.code_of(column.words, part) for part in split_list(text, spaces=True)]
        if found and all(found):
            return [code for code in found if code]
        self._say("relation", one, place, text, Severity.NOTE, field=column.zh)
        return [text]

    def _unlisted(self, text: str) -> bool:
        listing, synonyms = form_data()["listing"], form_data()["listing_synonyms"]
        return plain(text) not in {plain(word) for word in (listing["listed"], *synonyms["listed"])}

    def _date(self, value: Value, one: _Line, place: int) -> str | None:
        """ISO text, "" for an empty cell, None for what is no date."""
        text = content(value)
        if not text or plain(text) in form_data()["until_now"]:
            return ""
        found = _day(value, text)
        if found is None:
            self._say("date", one, place, text)
        return None if found is None else str(found)

    def _drafts(self, values: dict[str, list[Any]]) -> Iterator[InterestDraft]:
        """One interest for each person, unit or number named; a value given once applies to all of them."""
        count = max(map(len, values.values()))
        for place in range(count):
            yield as_written(InterestDraft, {"kind": self.question.kind, **{
                name: _one_of(parts, place, count) for name, parts in values.items()}})

    def _say(self, code: str, one: _Line, column: int, value: str, severity: Severity = Severity.WARNING,
             **parameters: object) -> None:
        self.form.problems.append(_problem(self.form, code, one.row, column, value, severity, **parameters))


def _one_of(parts: Sequence[Any], place: int, count: int) -> Any:
    """The value for the entry at ``place``: its own, or the one value given for all ``count`` entries."""
    if len(parts) not in (1, count):
        return "、".join(parts)
    found = parts[place if len(parts) == count else 0]
    return "" if found is None else found


def _labels(form: ReadForm, lines: Sequence[_Line], keys: Sequence[str]) -> None:
    """Values beside their labels: after a colon in the same cell, or in the next filled cell."""
    for one in lines:
        for place, (column, value) in enumerate(one.cells):
            for entry in re.split("\u3000{2,}|[ \u3000]{4,}|\n", cell_text(value)):
                key = _label_of(entry, keys)
                if not key or key in form.places:
                    continue
                behind = _COLON.split(entry, maxsplit=1)[1].strip() if _COLON.search(entry) else ""
                where = column
                if not behind and place + 1 < len(one.cells):
                    where, following = one.cells[place + 1]
                    behind = "" if _label_of(cell_text(following), keys) else cell_text(following)
                form.places[key] = (one.row, where)
                setattr(form, {"person": "name"}.get(key, key), behind)


def _signature(form: ReadForm, lines: Sequence[_Line]) -> None:
    """Who signed and when; the last signature line counts."""
    for one in reversed(lines):
        texts = [(column, value, _label_of(cell_text(value), ("signer", "signed_on"))) for column, value in one.cells]
        if not any(key for _column, _value, key in texts):
            continue
        for place, (column, value, key) in enumerate(texts):
            if not key or key in form.places:
                continue
            parts = _COLON.split(cell_text(value), maxsplit=1)
            written: Value = parts[1].strip(" _＿") if len(parts) > 1 else ""
            if not written and place + 1 < len(texts) and not texts[place + 1][2]:
                column, written = texts[place + 1][0], texts[place + 1][1]
            form.places[key] = (one.row, column)
            if key == "signer":
                form.signer = "" if says_nothing(cell_text(written)) else clean_name(cell_text(written))[0]
            elif content(written):
                _signed_on(form, written, one.row, column)


def _signed_on(form: ReadForm, value: Value, row: int, column: int) -> None:
    found = _day(value, content(value))
    if found is None or found.precision != "YMD":
        form.problems.append(_problem(form, "signed_on", row, column, content(value), Severity.ERROR))
    else:
        form.signed_on = str(found)


def _day(value: Value, text: str) -> PartialDate | None:
    if ISO_PARTIAL.match(text):
        try:
            return PartialDate.parse(text)
        except ValueError:
            return None
    return read_date(value, TERM).value


def _label_of(text: str, keys: Sequence[str]) -> str:
    """The label with which a text begins, before its colon."""
    bare = plain(_COLON.split(text, maxsplit=1)[0])
    for key in keys:
        known = (form_data()["labels"][key], *form_data()["label_synonyms"].get(key, ()))
        if bare in {plain(_COLON.sub("", word)) for word in known}:
            return key
    return ""


def _problem(form: ReadForm, code: str, row: int, column: int, value: str, severity: Severity = Severity.WARNING,
             **parameters: object) -> Problem:
    return Problem(f"declarations.{code}", severity, field=str(parameters.pop("field", "")), value=value[:60],
                   sheet=form.sheet, row=row, column=column, parameters=parameters)
