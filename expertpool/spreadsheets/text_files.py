"""Text tables (.csv, .tsv, .txt): encoding, separator, cells. Every cell stays text.

Encodings are tried strictly and on the whole file: byte order mark, UTF-16 by its zero bytes, UTF-8, GB 18030 (which
includes GB 2312 and GBK).
"""

import codecs
import csv
import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from expertpool.foundation.problems import UserProblem
from expertpool.spreadsheets.limits import Limits
from expertpool.spreadsheets.workbook import Value

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ("\t", ",", ";", "|", "，")
_SAMPLE_LINES = 200
_ODD_CHARACTERS = 3  # with so many Chinese lines even a short file is not taken for another encoding
_LINES_IN_ONE_CELL = 200  # more characters than this in a cell mean an opening quote that is never closed
_FORMULA_GUARD = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE_GUARD = re.compile(r"'[0-9=+\-@\t\r＝]")


@dataclass(frozen=True, slots=True)
class TextTable:
    """``bad_characters`` counts what could not be decoded (shown as U+FFFD); ``loose_quote``: an opening quote
    without an end was read as an ordinary character; ``foreign_lines`` counts the lines in another encoding than the
    rest, which show wrong characters."""

    rows: list[list[Value]]
    encoding: str
    bad_characters: int = 0
    loose_quote: bool = False
    foreign_lines: int = 0


def read_text_table(data: bytes, name: str, limits: Limits) -> TextTable:
    """Cells of a text table. ``name`` is used in the sentence if it has too many columns or rows."""
    text, encoding = decode(data)
    if "\0" in text:
        text = text.replace("\0", "")
    separator, text = _stated_separator(text)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    if max(map(len, text.split("\n"))) > limits.line_characters:
        raise UserProblem("spreadsheets.too_wide", name=name, limit=limits.columns)
    separator = separator or find_separator(text)
    rows, loose = split_cells(text, separator)
    if len(rows) > limits.rows:
        raise UserProblem("spreadsheets.too_many_rows", name=name, limit=limits.rows)
    if max(map(len, rows), default=0) > limits.columns:
        raise UserProblem("spreadsheets.too_wide", name=name, limit=limits.columns)
    values: list[list[Value]] = [_trimmed([unguarded(cell) or None for cell in row]) for row in rows]
    foreign = _utf8_lines(data)[0] if encoding == "gb18030" else 0
    return TextTable(values, encoding, text.count("\ufffd"), loose, foreign)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding's name. Bytes that fit no encoding become U+FFFD; none is dropped."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if encoding := _zero_pattern(data):
        return data.decode(encoding, "replace"), encoding
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if encoding == "utf-8" or not _mostly_utf8(data):
                return text, encoding
            return data.decode("utf-8", "replace"), "utf-8"
    tries = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030")]
    return min(tries, key=lambda pair: pair[0].count("\ufffd"))


def _mostly_utf8(data: bytes) -> bool:
    utf8, others = _utf8_lines(data)
    return utf8 > others


def _utf8_lines(data: bytes) -> tuple[int, int]:
    """How many lines with Chinese characters are UTF-8, and how many lines are not."""
    utf8 = others = 0
    for line in data.splitlines():
        if line.isascii():
            continue
        try:
            utf8 += len(line.decode()) + 4 <= len(line)  # at least two Chinese characters
        except UnicodeDecodeError:
            others += 1
    return utf8, others


def glance(head: bytes) -> str | None:
    """The start of a file as text, or None if it clearly is no text."""
    text = decode(head)[0]
    odd = sum(1 for character in text if character < " " and character not in "\t\r\n\f\v\x1a\0")
    bad = text[:-4].count("\ufffd")  # the last character may be cut in two
    if "\0" in text and not _zero_pattern(head):
        odd += text.count("\0")
    return text if odd + bad <= max(_ODD_CHARACTERS, len(text) // 50) and (odd + bad) * 4 < len(text) else None


def unguarded(cell: str) -> str:
    """The cell without the guards that keep spreadsheet programs from reading it as a number or formula."""
    if cell.startswith("=") and (match := _FORMULA_GUARD.fullmatch(cell.strip())):
        return match[1].replace('""', '"')
    if cell.startswith("\t"):
        cell = cell.lstrip("\t")
    if _APOSTROPHE_GUARD.match(cell):
        return cell[1:]
    return cell


def find_separator(text: str) -> str:
    """The separator that splits the first lines most evenly; comma if nothing splits."""
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        rows, _loose = split_cells(sample, separator)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda pair: pair[0] * pair[1])
        score = count * width / max(1, sum(1 for row in rows if row))
        score *= {"\t": 1.2, "，": 0.3}.get(separator, 1.0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _zero_pattern(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where every other byte of Latin text is zero."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(2, len(head) // 50) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _stated_separator(text: str) -> tuple[str, str]:
    """The separator of a first line ``sep=;`` (which is no row of the sheet) and the text after it."""
    match = re.match(r'"?sep=(.)"?\r?\n', text)
    return (match[1], text[match.end():]) if match else ("", text)


def split_cells(text: str, separator: str) -> tuple[list[list[str]], bool]:
    """Rows of cells, quoted ones unquoted; and whether quotes were read as ordinary characters because one is never
    closed."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    longest = max((cell.count("\n") for row in rows for cell in row if "\n" in cell), default=0)
    unclosed = bool(rows and rows[-1] and "\n" in rows[-1][-1] and text.count('"') % 2)
    if longest <= _LINES_IN_ONE_CELL and not unclosed:
        return rows, False
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE)), True


def _trimmed(row: list[Value]) -> list[Value]:
    while row and row[-1] is None:
        row.pop()
    return row
