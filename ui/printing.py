"""Papers as PDF: an HTML document on A4, written whole or not at all."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from expertpool.foundation.files import write_whole
from ui import theme

DOTS = 300  # an inch
MARGIN = 18  # mm
LETTER = (37, 26, 35, 28)  # mm: top, right, bottom, left of an official letter (GB/T 9704)


def write_pdf(html: str, title: str, target: Path, *, letter: bool = False, margin: int = MARGIN) -> None:
    """Write a document; ``letter`` takes the margins of an official letter. Qt itself leaves 20 mm inside ``margin``
    (mm). Raises OSError where it cannot."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    top, right, bottom, left = LETTER if letter else (margin,) * 4
    writer.setPageMargins(QMarginsF(left, top, right, bottom), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDefaultFont(theme.font("base"))
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.print_(writer)
    buffer.close()
    write_whole(target, bytes(buffer.data().data()))


def table(rows: list[tuple[str, str]], width: int = 24) -> str:
    """Label and value in two ruled columns; ``width`` of the first in per cent. Values keep their line breaks."""
    body = "".join(f"<tr><td width='{width}%'><b>{escape(name)}</b></td><td>{lines(value) or '—'}</td></tr>"
                   for name, value in rows)
    return ruled(body)


def ruled(body: str) -> str:
    """A ruled table around rows."""
    return ("<table width='100%' border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>"
            f"{body}</table>")


def lines(text: str) -> str:
    """Text as HTML with its line breaks."""
    return "<br>".join(escape(part).replace("  ", "&nbsp;&nbsp;") for part in text.split("\n"))
