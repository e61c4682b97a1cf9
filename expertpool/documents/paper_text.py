"""A paper as plain text for the command line and the clipboard, in the order of the page."""

from collections.abc import Sequence

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
    plain,
)

INDENT = "    "


def paper_text(paper: Paper) -> str:
    """The whole paper; blocks are separated by an empty line."""
    head = "\n".join(filter(None, (paper.court, paper.title)))
    return "\n\n".join(filter(None, (head, *map(block_text, paper.blocks)))) + "\n"


def block_text(block: Block) -> str:
    """One block as text; a page break becomes an empty line."""
    match block:
        case Heading(text=text) | Code(text=text):
            return text
        case Text(words=words):
            return plain(words)
        case Facts(rows=rows):
            return "\n".join(_row((name, value)) for name, value in rows)
        case Table(heads=heads, rows=rows):
            return "\n".join(_row(row) for row in ((heads, *rows) if heads else rows))
        case Steps(lines=lines):
            return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))
        case Signatures(places=places):
            return "\n".join(map(signature_text, places))
        case PageBreak():
            return ""


def signature_text(place: Signature) -> str:
    """The place of one signature."""
    return f"{place.what}：{place.name}{place.blank}"


def _row(cells: Sequence[Words]) -> str:
    """Cells side by side by their first lines; further lines below, indented."""
    parts = [plain(cell).split("\n") for cell in cells]
    first = "  ".join(part[0] or "—" for part in parts)
    return "\n".join([first.rstrip(), *(INDENT + line for part in parts for line in part[1:])])
