"""The words and thresholds of layout detection, from ``resources/rules/spreadsheet_layout.json``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from expertpool.spreadsheets.found_tables import NoRecord

_BRACKETED = re.compile(r"[(（]([^()（）]{1,6})[)）]$")
_PUNCTUATION = re.compile(r"[\s　*＊【】\[\]<>《》]+")


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """Words without blanks; patterns compiled."""

    known_header_score: float
    most_header_rows: int
    longest_header: int
    sequence_headers: frozenset[str]
    generic_headers: frozenset[str]
    samples: frozenset[str]
    dittos: frozenset[str]
    continued: tuple[str, ...]
    labelled: dict[NoRecord, re.Pattern[str]]
    pages: re.Pattern[str]
    group_numbering: re.Pattern[str]
    group_count: re.Pattern[str]

    def row_word(self, text: str) -> NoRecord | None:
        """What kind of row begins with this word: a total, note, signature or page line."""
        plain = _PUNCTUATION.sub("", text)
        for reason, pattern in self.labelled.items():
            if pattern.match(plain):
                return reason
        if self.pages.search(text) and len(plain) < 40:
            return NoRecord.PAGE
        if any(word in plain for word in self.continued) and len(plain) < 20:
            return NoRecord.NOTE
        return None

    def is_sample(self, text: str) -> bool:
        """Whether a cell marks its row as a filled-in example."""
        plain = _PUNCTUATION.sub("", text)
        marked = _BRACKETED.search(plain)
        return plain.strip("()（）:：").rstrip("0123456789") in self.samples or (
            marked is not None and marked[1] in self.samples)

    def group_name(self, text: str) -> str:
        """The text of a group's heading row without numbering and head count: ``一、机械领域（12人）`` →
        ``机械领域``."""
        bare = self.group_count.sub("", self.group_numbering.sub("", text)).strip()
        return bare or text.strip()


@cache
def layout_words() -> LayoutWords:
    """The words in force."""
    from expertpool.foundation.data_file import read  # pydantic is imported only when needed
    from expertpool.spreadsheets.schemas import SpreadsheetLayout

    rules = read(SpreadsheetLayout)
    labelled = {
        NoRecord.TOTAL: re.compile(f"(?:{_any_of(rules.totals)})(?:人数|人)?(?:[:：\\d共（(]|$)"),
        NoRecord.NOTE: re.compile(f"(?:{_any_of(rules.notes)})\\d*(?:[:：;；.、]|$)"),
        NoRecord.SIGNATURE: re.compile(
            f"(?:{_any_of(rules.signatures)})(?:[（(][^）)]*[)）])?(?:[:：]|$)"),
    }
    return LayoutWords(
        rules.known_header_score, rules.most_header_rows, rules.longest_header,
        frozenset(rules.sequence_headers), frozenset(rules.generic_headers),
        frozenset(rules.samples), frozenset(rules.dittos),
        rules.continued, labelled, re.compile(rules.pages),
        re.compile(rules.group_numbering), re.compile(rules.group_count))


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
