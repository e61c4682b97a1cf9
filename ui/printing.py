"""Papers as PDF on A4, written whole or not at all."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from expertpool.documents.paper import Paper
from expertpool.foundation.files import write_whole
from ui import theme
from ui.paper_html import DOTS, paper_html
from ui.paper_pages import OWN, keep_titles

MARGINS = {"plain": (20, 20, 20, 20), "dense": (20, 20, 20, 20),  # mm: top, right, bottom, left
           "letter": (37, 26, 35, 28)}  # an official letter (GB/T 9704)


def paper_document(paper: Paper) -> QTextDocument:
    """The paper laid out by Qt, for screen and print."""
    document = QTextDocument()
    document.setDefaultFont(theme.font("base"))
    document.setDocumentMargin(0)
    document.setHtml(paper_html(paper))
    return document


def write_pdf(paper: Paper, target: Path) -> None:
    """Write a paper as PDF. Raises OSError if that fails."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(paper.name)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if paper.wide:
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    top, right, bottom, left = (max(0, margin - OWN) for margin in MARGINS[paper.look])
    writer.setPageMargins(QMarginsF(left, top, right, bottom), QPageLayout.Unit.Millimeter)
    document = paper_document(paper)
    keep_titles(document, writer)
    document.print_(writer)
    buffer.close()
    write_whole(target, bytes(buffer.data().data()))
