"""Whatever is written reads back the same, by either reader; and no bytes make the readers misbehave."""

import string
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.header_rows import heading
from expertpool.spreadsheets.html_tables import page_text, read_tables
from expertpool.spreadsheets.layout import find_tables
from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.readers import read_file
from expertpool.spreadsheets.safe_cells import clean_text
from expertpool.spreadsheets.sheet_layout import SheetLayout
from expertpool.spreadsheets.text_files import decode, read_text_table
from expertpool.spreadsheets.workbook import MergedRange, Sheet, Value
from expertpool.spreadsheets.writing import write_csv, write_workbook
from tests.seeds import examples

TEXT = st.text(st.characters(codec=None) | st.sampled_from("=+-@\t\n\r'\"_x000D_张三𠮷\x00\ud800"), max_size=12)
FLOAT = st.floats(-1e12, 1e12).map(lambda number: float(f"{number:.15g}"))  # what a spreadsheet keeps
VALUE = st.none() | TEXT | st.booleans() | st.integers(-10**14, 10**14) | FLOAT \
    | st.dates(date(1900, 3, 1), date(9999, 12, 30)) \
    | st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)).map(lambda moment: moment.replace(microsecond=0))
TABLE = st.lists(st.lists(VALUE, min_size=1, max_size=4), min_size=1, max_size=6)


def expected(value: Value) -> Value:
    """What a cell must read back as: texts cleaned, whole floats as int, midnight as a day."""
    if isinstance(value, str):
        return clean_text(value) or None
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def cells(path: Path, careful: bool) -> list[list[Value]]:
    found: list[list[Value]] = []
    for message in read_file(path, None, reading_limits(), careful):
        if message[0] == "rows":
            found += message[1]
    return found


@examples(60)
@given(rows=TABLE, careful=st.booleans())
def test_a_workbook_reads_back_as_it_was_written(tmp_path_factory: object, rows: list[list[Value]],
                                                 careful: bool) -> None:
    path = tmp_path_factory.getbasetemp() / "round.xlsx"  # type: ignore[attr-defined]
    assert write_workbook(path, [SheetLayout("a", ["x"], rows)]) == ()
    read = cells(path, careful)
    wide = [[*row, None, None, None, None][:4] for row in read[1:]] + [[None] * 4] * len(rows)
    assert wide[:len(rows)] == [[*map(expected, row), None, None, None, None][:4] for row in rows]


@examples(100)
@given(rows=st.lists(st.lists(st.text(string.printable + "张三，＝", min_size=1, max_size=8), min_size=2, max_size=4),
                     min_size=1, max_size=5))
def test_csv_texts_survive_guards_and_separators(tmp_path_factory: object, rows: list[list[str]]) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"  # type: ignore[attr-defined]
    write_csv(path, ["甲", "乙", "丙", "丁"], rows)
    with path.open("rb") as file:
        text = decode(file.read())[0]
    assert text.count("\ufffd") == 0
    assert all(not line.startswith(("=", "+", "-", "@")) for line in text.splitlines()[1:2])


@examples(150)
@given(data=st.binary(max_size=400) | TEXT.map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_bring_the_text_readers_down(data: bytes) -> None:
    table = read_text_table(data, "a.csv", reading_limits())
    assert all(value is None or isinstance(value, str) for row in table.rows for value in row)
    rows, merged = read_tables(page_text(b"<table><tr><td>" + data))
    assert all(span.first_row <= span.last_row for span in merged)
    assert isinstance(rows, list)


@examples(40)
@given(cut=st.integers(0, 5999), change=st.binary(min_size=1, max_size=8))
def test_a_spoilt_workbook_is_read_or_refused_never_a_crash(tmp_path_factory: object, cut: int,
                                                            change: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    whole, spoilt = folder / "whole.xlsx", folder / "spoilt.xlsx"
    if not whole.exists():
        write_workbook(whole, [SheetLayout("a", ["姓名", "单位"], [[f"张{n}", "沈阳"] for n in range(50)])])
    data = bytearray(whole.read_bytes())
    place = cut % len(data)
    data[place:place + len(change)] = change
    spoilt.write_bytes(bytes(data))
    with suppress(UserProblem):
        list(read_file(spoilt, None, reading_limits(), careful=True))


HEADS = ["姓名", "单位", "电话", "职称", "备注"]
WORDS = ["张三", "同上", "合计", "注：", "一、机械", "1", "姓名", "单位", "电话"]
CELL = st.none() | st.sampled_from(WORDS) | st.integers(0, 9)


@examples(200)
@given(rows=st.lists(st.lists(CELL, max_size=6), max_size=12),
       spans=st.lists(st.tuples(*[st.integers(1, 8)] * 4), max_size=4))
def test_every_filled_row_is_accounted_for_once(rows: list[list[Value]],
                                                spans: list[tuple[int, int, int, int]]) -> None:
    merged = tuple(MergedRange(a, b, a + c - 1, b + d - 1) for a, b, c, d in spans)
    sheet = Sheet("s", rows=rows, merged=merged)
    tables = find_tables(sheet, lambda text: float(text in HEADS))
    said: list[int] = []
    for table in tables:
        said += [*table.header_rows, *{record.row for record in table.records},
                 *(ignored.row for ignored in table.ignored)]
    filled = [number for number, row in enumerate(rows, 1) if any(value not in (None, "") for value in row)]
    assert sorted(said) == (filled if tables else [])
    assert all(heading(value) for table in tables for record in table.records
               for value in record.cells.values())
