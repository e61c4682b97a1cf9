"""Page breaks of a paper: a title alone at the foot of a page is moved to the next one with its text."""

from itertools import pairwise

from PySide6.QtCore import QSizeF
from PySide6.QtGui import (
    QGuiApplication,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
)

OWN = 20  # millimetres that Qt leaves inside the margins, for text and page number
INCH = 25.4  # mm
ALWAYS = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore


def keep_titles(document: QTextDocument, writer: QPdfWriter) -> None:
    """Break before every paragraph whose table, or heading whose text, would begin on the next page.

    Qt has no "keep with next", so the pages are laid out as for printing and examined.
    """
    parts = _parts(document.rootFrame())
    pairs = [(before, after) for before, after in pairwise(parts)
             if isinstance(before, QTextBlock) and before.text().strip() and _belongs(before, after)]
    if len(pairs) < 2:  # the title alone, which stands at the top: a long list is not laid out twice
        return
    height = writer.height()
    document.documentLayout().setPaintDevice(writer)
    frame = document.rootFrame().frameFormat()
    frame.setMargin(OWN / INCH * QGuiApplication.primaryScreen().logicalDotsPerInch())  # Qt scales it to the paper
    document.rootFrame().setFrameFormat(frame)
    document.setPageSize(QSizeF(writer.width(), height))
    for before, after in pairs:
        if _page(document, before, height) != _page(document, _first(after), height):
            _break_before(before)
            document.markContentsDirty(0, document.characterCount())  # otherwise what follows keeps its old position
    document.setPageSize(QSizeF())  # printing sets its own pages, with page numbers


def _parts(frame: QTextFrame) -> list[QTextBlock | QTextFrame]:
    """Paragraphs and tables of the page, in their order."""
    found: list[QTextBlock | QTextFrame] = []
    place = frame.begin()
    while not place.atEnd():
        found.append(place.currentFrame() or place.currentBlock())
        place += 1
    return found


def _belongs(before: QTextBlock, after: QTextBlock | QTextFrame) -> bool:
    """Whether a paragraph is the title of what follows and does not begin a page itself."""
    if isinstance(after, QTextFrame):
        return not after.frameFormat().pageBreakPolicy() & ALWAYS
    return before.blockFormat().headingLevel() > 0 and not after.blockFormat().pageBreakPolicy() & ALWAYS


def _first(part: QTextBlock | QTextFrame) -> QTextBlock:
    """The paragraph itself; of a table, the end of its first row below the headings."""
    if not isinstance(part, QTextTable):
        return part if isinstance(part, QTextBlock) else part.firstCursorPosition().block()
    row = min(part.format().toTableFormat().headerRowCount(), part.rows() - 1)
    return part.cellAt(row, part.columns() - 1).lastCursorPosition().block()


def _page(document: QTextDocument, block: QTextBlock, height: int) -> int:
    return int(document.documentLayout().blockBoundingRect(block).top() // height)


def _break_before(block: QTextBlock) -> None:
    changed = block.blockFormat()
    changed.setPageBreakPolicy(ALWAYS)
    QTextCursor(block).setBlockFormat(changed)
