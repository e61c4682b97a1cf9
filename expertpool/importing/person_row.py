"""Reads a row of a roster: how each kind of column is understood, and what needs the whole row."""


from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from expertpool.experts.catalogue import EXPERTS
from expertpool.experts.id_number import Identity
from expertpool.experts.titles import title_level
from expertpool.foundation.dates import PartialDate, today
from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.text import clean_name
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.fields import PersonValues, RoleReading
from expertpool.importing.headers import header_key
from expertpool.importing.values import avoidance, education, names, roles, specialties, terms, titles, words
from expertpool.importing.values.emails import read_emails
from expertpool.importing.values.id_numbers import read_id_number
from expertpool.importing.values.phones import read_phones
from expertpool.rules.vocabulary import code_of, knows
from expertpool.spreadsheets.cell_dates import BIRTH, TERM, read_date
from expertpool.spreadsheets.cell_text import Reading, Value, cell_text, content, half_width, line, problem
from expertpool.spreadsheets.found_tables import Record

_NO_TERM = terms.Term()
T = TypeVar("T")


class PersonRow:
    """A row while it is being read: values so far, problems, and the checks that need the whole row."""

    def __init__(self, record: Record, places: Mapping[str, ColumnChoice]) -> None:
        self.record = record
        self.values = PersonValues(group=record.group)
        self.problems: list[Problem] = []
        self.column: ColumnChoice | None = None
        self.identity: Identity | None = None
        self.birth: PartialDate | None = None
        self.age: int | None = None
        self.roles: list[tuple[str, str]] = []
        self.mode = ""
        self.term = _NO_TERM
        self.places = places  # field → the column that gives it

    def taken(self, reading: Reading[T], field: str = "") -> T:
        """The value of a reading; its problems get the position of the column being read."""
        for found in reading.problems:
            self.report(found, field)
        return reading.value

    def report(self, found: Problem, field: str = "", column: ColumnChoice | None = None) -> None:
        at = column or self.column
        row, place = self.record.place(at.index) if at is not None else (self.record.row, 0)
        self.problems.append(replace(found, field=field or (at.field if at else ""), row=row, column=place))

    def keep(self, value: Value) -> None:
        """Keep the text of a column that matches no field, under its heading."""
        if self.column is not None:
            self.values.more[line(self.column.header) or f"#{self.column.index}"] = content(value)

    def name(self, value: Value) -> None:
        found = self.taken(names.read_name(value), "name")
        if found is not None and not self.values.name:
            self.values.name, self.values.name_note = found.name, found.note
            self.values.former_name = self.values.former_name or found.former
            self.values.gender = self.values.gender or found.gender

    def former_name(self, value: Value) -> None:
        self.values.former_name = clean_name(content(value))[0]

    def name_employer(self, value: Value) -> None:
        name, employer = names.split_name_employer(value)
        self.name(name)
        self.values.employer = self.values.employer or employer

    def gender(self, value: Value) -> None:
        self.values.gender = self.taken(words.read_gender(value), "gender") or self.values.gender

    def birth_cell(self, value: Value) -> None:
        self.birth = self.as_shown(self.taken(read_date(value, BIRTH), "birth"))

    def as_shown(self, day: PartialDate | None) -> PartialDate | None:
        """Only the month, if the column shows months and its cells hold the first day of each."""
        return PartialDate(day.year, day.month) if day and self.column and self.column.months else day

    def age_cell(self, value: Value) -> None:
        self.age = words.read_age(value)

    def gender_birth(self, value: Value) -> None:
        text = content(value)
        self.values.gender = next((sex for sex in "男女" if sex in text), self.values.gender)
        if rest := text.replace("男", "").replace("女", "").strip(" /、，,;；\n性"):
            self.birth_cell(rest)

    def birth_age(self, value: Value) -> None:
        self.birth_cell(content(value).split("\n")[0] if isinstance(value, str) else value)

    def id_number(self, value: Value) -> None:
        if not content(value):
            self.report(problem("id_missing", "", Severity.WARNING))
            return
        found = self.taken(read_id_number(value))
        if found is not None:
            self.identity = found
            self.values.id_number, self.values.id_kind = found.number, self.values.id_kind or found.kind

    def ethnicity_party(self, value: Value) -> None:
        ethnicity, party = words.read_ethnicity_party(value)
        self.values.ethnicity, self.values.party = ethnicity or self.values.ethnicity, party or self.values.party

    def id_kind(self, value: Value) -> None:
        self.values.id_kind = self.taken(words.read_word("id_kind", value))

    def phone(self, value: Value) -> None:
        kind = self.column.field if self.column else ""
        if "@" in half_width(content(value)):
            self.contact(value)
        else:
            self.add_phones(self.taken(read_phones(value, kind)))

    def contact(self, value: Value) -> None:
        text = half_width(content(value))
        addresses = read_emails(text).value if "@" in text else []
        for address in addresses:
            text = text.replace(address, " ")
        self.values.email = self.values.email or next(iter(addresses), "")
        if any(character.isdigit() for character in text):
            self.add_phones(self.taken(read_phones(text)))

    def add_phones(self, found: list[tuple[str, str]]) -> None:
        self.values.phones += [entry for entry in found if entry not in self.values.phones]

    def email(self, value: Value) -> None:
        found = self.taken(read_emails(value))
        self.values.email = self.values.email or next(iter(found), "")

    def title(self, value: Value) -> None:
        self.values.title = titles.read_title(value)

    def title_level(self, value: Value) -> None:
        self.values.title_level = code_of("title_level", line(value)) or title_level(line(value)) or ""

    def work(self, value: Value) -> None:
        """Read a joined cell of unit, post and title."""
        field = self.column.field if self.column else ""
        split = {"position_title": titles.split_position_title,
                 "employer_department": titles.split_employer_department}.get(
                     field, titles.split_employer_position_title)(value)
        for name in ("employer", "department", "position", "title"):
            if text := getattr(split, name):
                setattr(self.values, name, getattr(self.values, name) or text)

    def education(self, value: Value) -> None:
        found = education.read_education(value)
        self.values.education = self.values.education or self.known("education", found.education)
        self.values.degree = self.values.degree or found.degree

    def degree(self, value: Value) -> None:
        self.values.degree = self.known("degree", education.read_degree(value))

    def known(self, kind: str, word: str) -> str:
        """The word's code; a word on no list is kept as written and reported."""
        if word and not knows(kind, word):
            self.report(problem("word_unknown", word, Severity.NOTE, kind=kind), kind)
        return word

    def schooling(self, value: Value) -> None:
        found = education.read_schooling(value)
        self.values.school = self.values.school or found.school
        self.values.major = self.values.major or found.major
        self.values.graduated = self.values.graduated or str(found.graduated or "")

    def specialty(self, value: Value) -> None:
        self.values.field_codes += specialties.read_ipc(value)
        self.values.specialties += [entry for entry in specialties.read_specialties(value)
                                    if entry not in self.values.specialties]

    def field_code(self, value: Value) -> None:
        codes, plain = specialties.read_field_codes(value)
        self.values.field_codes += [code for code in codes if code not in self.values.field_codes]
        self.values.specialties += [entry for entry in plain if entry not in self.values.specialties]

    def licence_range(self, value: Value) -> None:
        issued, until = self.taken(terms.read_until(value), "licence_until")
        self.values.licence_issued = self.values.licence_issued or str(issued or "")
        self.values.licence_until = str(until or "")

    def role(self, value: Value) -> None:
        self.roles += [entry for entry in self.taken(roles.read_roles(value)) if entry not in self.roles]

    def mode_cell(self, value: Value) -> None:
        self.mode = self.taken(words.read_word("mode", value))

    def term_cell(self, value: Value) -> None:
        found = self.taken(terms.read_term(value))
        self.term = replace(found, start=self.term.start or found.start, end=self.term.end or found.end)

    def term_start(self, value: Value) -> None:
        self.term = replace(self.term, start=self.taken(read_date(value, TERM)) or self.term.start)

    def term_end(self, value: Value) -> None:
        self.term = replace(self.term, end=self.taken(read_date(value, TERM)) or self.term.end)

    def avoid(self, value: Value) -> None:
        units, people = avoidance.read_avoided(value)
        self.values.avoid_units += units
        self.values.avoid_persons += people

    def status(self, value: Value) -> None:
        header = header_key(self.column.header) if self.column else ""
        said = words.read_yes(value)
        if words.is_retired(value) or (said and "退休" in header):
            self.values.retired = True
        elif "拉黑" in header:
            self.values.status = "removed" if said else ""
        elif said is not None:
            self.values.status = ("active" if said else "suspended") if "退休" not in header else ""
        else:
            self.values.status = self.taken(words.read_word("role_state", value))

    def work_since(self, value: Value) -> None:
        found = read_date(value).value
        if found is not None:
            self.values.work_since = str(found)
        else:
            self.keep(value)

    def remark(self, value: Value) -> None:
        self.values.remark = "\n".join(filter(None, [self.values.remark, content(value)]))
        self.values.retired = self.values.retired or words.is_retired(value)
        self.values.avoid_units += avoidance.units_in_remark(value)

    def long_text(self, value: Value) -> None:
        field = self.column.field if self.column else ""
        self.values.put(field, "\n".join(filter(None, [self.values.said(field), content(value)])))

    def text(self, value: Value) -> None:
        self.values.put(self.column.field if self.column else "", line(value))

    def code(self, value: Value) -> None:
        """A number or code: half-width, without spaces."""
        self.values.put(self.column.field if self.column else "", "".join(half_width(cell_text(value)).split()))

    def word(self, value: Value) -> None:
        field = self.column.field if self.column else ""
        self.values.put(field, self.taken(words.read_word(EXPERTS.targets[field].words[0], value)))

    def day(self, value: Value) -> None:
        field = self.column.field if self.column else ""
        self.values.put(field, str(self.as_shown(self.taken(terms.read_day(value))) or ""))

    # what needs the whole row

    def finish(self) -> None:
        """Everything that needs several cells: checks between them, the level, the roles with their term."""
        self._compare()
        self.values.birth = str(self.birth or "")
        if self.birth is None and self.age is not None and "birth" not in self.places:
            self.values.birth = str(today().year - self.age)
            self.report(problem("birth_from_age", self.age, Severity.WARNING), "birth", self.places.get("age"))
        self.values.title_level = self.values.title_level or title_level(self.values.title) or ""
        self._fill_roles()

    def _compare(self) -> None:
        """Compare birth and sex as written with those in a valid identity number (GB 11643)."""
        known = self.identity
        if known is None or not known.valid or known.birth is None:
            return
        if self.birth is not None and not self.birth.agrees(known.birth):
            self.report(problem("birth_id_mismatch", str(self.birth), Severity.WARNING, known=str(known.birth)),
                        "birth", self.places.get("birth"))
        if self.values.gender and known.gender != self.values.gender:
            self.report(problem("gender_id_mismatch", self.values.gender, Severity.WARNING, known=known.gender),
                        "gender", self.places.get("gender"))

    def _fill_roles(self) -> None:
        start = self.term.start
        end = self.term.end or terms.end_after(start, self.term.months)
        if self.term.months and start is None and self.values.hired:
            start = PartialDate.parse(self.values.hired)
            end = terms.end_after(start, self.term.months)
        named = self.roles or ([("", "")] if self.mode or start or end or self.term.text else [])
        self.values.roles = [RoleReading(role, mode or self.mode, str(start or ""), str(end or ""),
                                         self.values.status, self.term.text) for role, mode in named]
