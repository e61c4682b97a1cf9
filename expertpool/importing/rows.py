"""Reads one row of a roster as one person, with the problems by row, column and field."""

from collections.abc import Callable, Sequence

from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.problems import Problem, Severity
from expertpool.importing.case_rows import read_case
from expertpool.importing.columns import ColumnChoice
from expertpool.importing.fields import PERSONAL, PersonReading
from expertpool.importing.person_row import PersonRow
from expertpool.rules.field_catalogue import CatalogueField, Kind, NamedColumn
from expertpool.spreadsheets.cell_text import Value, content
from expertpool.spreadsheets.found_tables import Record

__all__ = ["read_case", "read_person"]


def read_person(record: Record, columns: Sequence[ColumnChoice],
                hidden_rows: frozenset[int] = frozenset()) -> PersonReading:
    """Read a record by its columns; ``hidden_rows`` of the sheet give the problem ``hidden_row``.

    An unreadable value is left out; a doubtful one (a wrong check digit, a number of ten digits) is kept as written;
    both are reported.
    """
    steps, places = _steps(columns)
    row = PersonRow(record, places)
    cells, filled = record.cells, record.filled
    for column, reader, required, personal in steps:
        value = cells.get(column.index)
        if personal and column.index in filled:
            value = None
        if required or (value is not None and content(value)):
            row.column = column
            reader(row, value)
    row.finish()
    if record.row in hidden_rows:
        row.problems.append(Problem("hidden_row", Severity.WARNING, row=record.row))
    return PersonReading(row.values, row.problems)


_Steps = tuple[list[tuple[ColumnChoice, "_Reader", bool, bool]], dict[str, ColumnChoice]]
_latest: tuple[Sequence[ColumnChoice], _Steps] = ((), ([], {}))  # rows come table by table


def _steps(columns: Sequence[ColumnChoice]) -> _Steps:
    """How each column is read (even if empty? one value per person?), and the column of each field."""
    global _latest
    if _latest[0] is not columns:
        _latest = columns, _work_out(columns)
    return _latest[1]


def _work_out(columns: Sequence[ColumnChoice]) -> _Steps:
    steps: list[tuple[ColumnChoice, _Reader, bool, bool]] = []
    places: dict[str, ColumnChoice] = {}
    for column in columns:
        if column.field:
            places.setdefault(column.field, column)
        if column.field != "ignore":
            steps.append((column, _READERS.get(column.field, PersonRow.keep),
                          column.field in ("id_number", "name"), column.field in PERSONAL))
    return steps, places


_Reader = Callable[[PersonRow, Value], None]


def _same(method: _Reader, *fields: str) -> dict[str, _Reader]:
    return dict.fromkeys(fields, method)


# columns read by a rule of their own; all others are read by the type that the catalogue gives their field
_RULES: dict[str, _Reader] = {
    "name": PersonRow.name, "name_gender": PersonRow.name, "former_name": PersonRow.former_name,
    "name_employer": PersonRow.name_employer, "gender": PersonRow.gender, "birth": PersonRow.birth_cell,
    "age": PersonRow.age_cell, "gender_birth": PersonRow.gender_birth, "birth_age": PersonRow.birth_age,
    "id_number": PersonRow.id_number, "id_kind": PersonRow.id_kind, "contact": PersonRow.contact,
    "email": PersonRow.email, "title": PersonRow.title, "title_level": PersonRow.title_level,
    "education": PersonRow.education, "education_degree": PersonRow.education, "degree": PersonRow.degree,
    "specialty": PersonRow.specialty, "field_code": PersonRow.field_code, "role": PersonRow.role,
    "mode": PersonRow.mode_cell, "term": PersonRow.term_cell, "term_start": PersonRow.term_start,
    "term_end": PersonRow.term_end, "status": PersonRow.status, "work_since": PersonRow.work_since,
    "remark": PersonRow.remark, "ethnicity_party": PersonRow.ethnicity_party,
    **_same(PersonRow.phone, "phone", "mobile", "landline", "fax"),
    **_same(PersonRow.work, "position_title", "employer_position_title", "employer_department"),
    **_same(PersonRow.schooling, "school_major", "school_major_graduated"),
    **_same(PersonRow.licence_range, "licence_until", "licence_range"),
    **_same(PersonRow.avoid, "avoid_units", "avoid_persons"),
    "wechat": PersonRow.text,
}


def _by_kind(named: CatalogueField | NamedColumn) -> _Reader:
    """How a column is read whose field has no rule of its own."""
    kind = named.kind if isinstance(named, CatalogueField) else Kind.WORD if named.words else Kind.TEXT
    return (PersonRow.code if named.digits else {Kind.DATE: PersonRow.day, Kind.WORD: PersonRow.word,
                                                  Kind.LONG: PersonRow.long_text}.get(kind, PersonRow.text))


_READERS = {**{target: _by_kind(named) for target, named in EXPERTS.targets.items() if target not in EXPERTS.joined},
            **_RULES}
