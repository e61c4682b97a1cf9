"""A paper as the core hands it out: a title and blocks of plain text. Who sets it escapes; nothing here is markup."""

from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "dense", "letter"]
Mark = Literal["plain", "strong", "small", "code"]
Align = Literal["left", "center", "right"]
BLANK = "____________________"  # to be filled in by hand


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; a ``\\n`` in it breaks the line."""

    text: str
    mark: Mark = "plain"


Words = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1: a title of its own, centred, as above the second form in one file; 2: of a section."""

    text: str
    level: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``indent``: its first line by two characters, as official letters are written."""

    words: Words
    align: Align = "left"
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be copied by hand: large, every sign as wide as the others."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in a ruled table; ``width`` of the label in per cent of its pair, ``pairs`` in a row."""

    rows: tuple[tuple[str, str], ...]
    width: int = 24
    pairs: int = 1
    small: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; no heading row without ``heads``. ``widths`` in per cent, 0: what is left."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs here: ``name`` where it is known, ``blank`` to be filled in."""

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
    """A whole paper. ``court`` stands above the title where it is given; ``number`` (of the case) only names the
    file. ``look``: ``dense`` where a page has to be enough, ``letter`` for an official letter (GB/T 9704). ``wide``:
    the page lies on its side."""

    title: str
    blocks: tuple[Block, ...]
    court: str = ""
    number: str = ""
    look: Look = "plain"
    wide: bool = False

    @property
    def name(self) -> str:
        """Title and number, as a file or a window is called."""
        return " ".join(filter(None, (self.title, self.number)))


def plain(words: Words) -> str:
    """The bare text of words."""
    return words if isinstance(words, str) else "".join(span.text for span in words)
