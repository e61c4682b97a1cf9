"""A paper of the core as HTML for Qt: the only place where texts are escaped and blocks get their look."""

from collections.abc import Sequence
from html import escape

from expertpool.documents.paper import (
    Block,
    Code,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Signature,
    Signatures,
    Steps,
    Table,
    Text,
    Words,
)

DOTS = 300  # an inch, in the paper's unit
LETTER_SIZE = 16  # pt, GB/T 9704
INDENT = round(2 * LETTER_SIZE / 72 * DOTS)  # width of two characters, in the paper's own dots
SERIF = "font-family:'FangSong','仿宋','FangSong_GB2312','STFangsong','Noto Serif CJK SC','SimSun',serif"
LOOKS = {"plain": "", "dense": "font-size:8.5pt", "letter": f"{SERIF};font-size:{LETTER_SIZE}pt"}
PADDING = {"plain": 4, "dense": 2, "letter": 4}
SMALL = {"plain": 8, "dense": 7, "letter": 12}  # pt
CODE = "font-size:14pt;font-family:monospace"  # size at which a recovery code fits into one line
GAP = "<p style='font-size:4pt'>&nbsp;</p>"  # gap between tables, because Qt leaves none
BREAK = "page-break-before:always"


def paper_html(paper: Paper) -> str:
    """The whole paper."""
    setter = _Setter(paper)
    return (f"<div style=\"white-space:pre-wrap;{LOOKS[paper.look]}\">{setter.head()}{setter.blocks(paper.blocks)}"
            "</div>")


class _Setter:
    """Formats the blocks of one paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._breaking = False  # the next block begins a new page
        self._small = f"font-size:{SMALL[paper.look]}pt"

    def head(self) -> str:
        """Court name and title."""
        titles = [one for one in (self._paper.court, self._paper.title) if one]
        if self._paper.look == "letter":
            return "".join(f"<p align='center' style='font-size:22pt'>{escape(one)}</p>" for one in titles)
        return "".join(map(self._title, titles))

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Everything below the head."""
        ruled = (Facts, Table, Signatures)
        return "".join((GAP if isinstance(before, ruled) and isinstance(block, ruled) else "") + self._block(block)
                       for before, block in zip((None, *blocks), blocks, strict=False))

    def _block(self, block: Block) -> str:
        match block:
            case PageBreak():
                self._breaking = True
                return ""
            case Heading(text=text, level=level):
                return self._title(text) if level == 1 else f"<h3{self._style()}>{escape(text)}</h3>"
            case Text():
                return self._text(block)
            case Code(text=text):
                return f"<p align='center'{self._style(CODE)}><b>{escape(text)}</b></p>"
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)
            case Steps(lines=lines):
                return f"<ol{self._style()}>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ol>"
            case Signatures(places=places):
                return self._signatures(places)

    def _title(self, text: str) -> str:
        return f"<h2 align='center'{self._style()}>{escape(text)}</h2>"

    def _text(self, block: Text) -> str:
        style = "line-height:150%;" if self._paper.look == "letter" else ""
        if block.indent:
            style += f"margin:0;text-indent:{INDENT}px;"
        return f"<p align='{block.align}'{self._style(style)}>{self._words(block.words)}</p>"

    def _facts(self, block: Facts) -> str:
        rest = 100 // block.pairs - block.width
        pairs = [f"<td width='{block.width}%'><b>{escape(name)}</b></td>"
                 f"<td width='{rest}%'>{_lines(value) or '—'}</td>" for name, value in block.rows]
        pairs += ["<td></td><td></td>"] * (-len(pairs) % block.pairs)
        rows = "".join("<tr>" + "".join(pairs[place:place + block.pairs]) + "</tr>"
                       for place in range(0, len(pairs), block.pairs))
        return self._ruled(rows, self._small if block.small else "")

    def _table(self, block: Table) -> str:
        heads = [f"<b>{escape(text)}</b>" for text in block.heads]
        head = f"<thead>{_row(heads, block.widths)}</thead>" if heads else ""
        rows = "".join(_row([self._words(cell) or "—" for cell in row], block.widths) for row in block.rows)
        return self._ruled(head + rows)

    def _signatures(self, places: Sequence[Signature]) -> str:
        share = 100 // len(places)
        cells = "".join(f"<td width='{share}%' valign='bottom'>{_signature(place)}</td>" for place in places)
        return f"<table width='100%' cellspacing='0' cellpadding='4'{self._style()}><tr>{cells}</tr></table>"

    def _ruled(self, body: str, style: str = "") -> str:
        return (f"<table width='100%' border='1' cellspacing='0' cellpadding='{PADDING[self._paper.look]}' "
                f"style='border-collapse:collapse;{self._taken()}{style}'>{body}</table>")

    def _words(self, words: Words) -> str:
        if isinstance(words, str):
            return _lines(words)
        marks = {"plain": "{}", "strong": "<b>{}</b>", "small": f"<span style='{self._small}'>{{}}</span>",
                 "code": "<span style='font-family:monospace'>{}</span>"}
        return "".join(marks[span.mark].replace("{}", _lines(span.text)) for span in words)

    def _taken(self) -> str:
        breaking, self._breaking = self._breaking, False
        return f"{BREAK};" if breaking else ""

    def _style(self, style: str = "") -> str:
        whole = self._taken() + style
        return f" style='{whole}'" if whole else ""


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells of HTML as a row; a width of 0 or none takes the remaining width."""
    shares = [*(f" width='{width}%'" if width else "" for width in widths), *[""] * (len(cells) - len(widths))]
    return "<tr>" + "".join(f"<td{share}>{cell}</td>" for cell, share in zip(cells, shares, strict=True)) + "</tr>"


def _signature(place: Signature) -> str:
    """A line beside the words to be signed; the name, if known, is below it."""
    below = f"{_lines(place.name)}<br><br><br>" if place.name else ""
    return f"{escape(place.what)}：{below}{escape(place.blank)}"


def _lines(text: str) -> str:
    """Text with its line breaks; its gaps stay as the whole document keeps white space."""
    return "<br>".join(map(escape, text.split("\n")))
