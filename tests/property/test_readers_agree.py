"""Two programs write the same random workbook, two readers read it: four times the same cells."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from expertpool.spreadsheets.limits import reading_limits
from expertpool.spreadsheets.readers import read_file
from expertpool.spreadsheets.workbook import Value
from tests.seeds import examples

TEXT = st.text(st.sampled_from("张三𠮷·aZ0 =+@<&>\"'\n_x"), min_size=1, max_size=8).filter(lambda text: text == text.strip())
CELL = st.none() | TEXT | st.booleans() | st.integers(-10**14, 10**14) \
    | st.floats(-1e12, 1e12).map(lambda number: float(f"{number:.15g}")) | st.dates(date(1900, 3, 2), date(9999, 12, 30)) \
    | st.datetimes(datetime(1900, 3, 2), datetime(9999, 12, 30)).map(lambda moment: moment.replace(microsecond=0))
TABLE = st.lists(st.lists(CELL, max_size=5), min_size=1, max_size=6)


def plain(value: Value) -> Value:
    if isinstance(value, datetime) and value == datetime(value.year, value.month, value.day):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def trimmed(rows: list[list[Value]]) -> list[list[Value]]:
    rows = [list(map(plain, row)) for row in rows]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def with_xlsxwriter(path: Path, rows: list[list[Value]]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(i, j, value, book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))
                elif isinstance(value, date):
                    sheet.write_datetime(i, j, value, book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
                elif isinstance(value, str):
                    sheet.write_string(i, j, value)
                elif value is not None:
                    sheet.write(i, j, value)


def with_openpyxl(path: Path, rows: list[list[Value]]) -> None:
    book = openpyxl.Workbook()
    for i, row in enumerate(rows, 1):
        for j, value in enumerate(row, 1):
            if value is not None:
                cell = book.active.cell(i, j, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)


def read(path: Path, careful: bool) -> list[list[Value]]:
    return trimmed([row for message in read_file(path, None, reading_limits(), careful) if message[0] == "rows"
                    for row in message[1]])


@examples(40)
@given(TABLE)
def test_whoever_writes_and_whoever_reads(rows: list[list[Value]]) -> None:
    with TemporaryDirectory() as folder:
        for write in (with_xlsxwriter, with_openpyxl):
            path = Path(folder) / f"{write.__name__}.xlsx"
            write(path, rows)
            assert read(path, careful=False) == read(path, careful=True) == trimmed(rows)
