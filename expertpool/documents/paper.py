"""A paper as the core returns it: a title and blocks of plain text, without markup; whoever lays it out escapes the
text."""

from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "dense", "letter"]
Mark = Literal["plain", "strong", "small", "code"]
Align = Literal["left", "center", "right"]
BLANK = "____________________"  # a line to be filled in by hand


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; a ``\\n`` in it breaks the line."""

    text: str
    mark: Mark = "plain"


Words = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` 1: a centred title, as above a second form in the same file; 2: a section heading."""

    text: str
    level: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``indent``: its first line is indented by two characters, as in official letters."""

    words: Words
    align: Align = "left"
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be copied by hand: large, in a font of fixed width."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in a ruled table; ``width`` is the label's share of its pair in per cent, ``pairs`` the
    number of pairs per row."""

    rows: tuple[tuple[str, str], ...]
    width: int = 24
    pairs: int = 1
    small: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; without ``heads`` there is no heading row. ``widths`` in per cent, 0 for the remaining width."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: ``name`` where it is known, ``blank`` to be filled in."""

    what: str
    name: str = ""
    blank: str = BLANK


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places for signatures and days, side by side."""

    places: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Text | Code | Facts | Table | Steps | Signatures | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``court`` is printed above the title if given; ``number`` (of the case) is used only in the
    file's name. ``look``: ``dense`` to fit one page, ``letter`` for an official letter (GB/T 9704). ``wide``:
    landscape page."""

    title: str
    blocks: tuple[Block, ...]
    court: str = ""
    number: str = ""
    look: Look = "plain"
    wide: bool = False

    @property
    def name(self) -> str:
        """Title and number, used as the name of a file or window."""
        return " ".join(filter(None, (self.title, self.number)))


def plain(words: Words) -> str:
    """Words as plain text without emphasis."""
    return words if isinstance(words, str) else "".join(span.text for span in words)
