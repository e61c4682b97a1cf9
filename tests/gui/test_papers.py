"""A paper set and printed: texts stay texts whatever stands in them, pages break where they are to, files are whole."""

import re

import pytest

from expertpool.documents.paper import (
    Code,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Signature,
    Signatures,
    Span,
    Steps,
    Table,
    Text,
)
from expertpool.documents.paper_text import paper_text

HOSTILE = "<b>粗</b><img src='http://x/y'>&amp; &lt; \"q\" 'z'</td></tr></table><script>"
ALL = (Heading(HOSTILE), Heading(HOSTILE, 1), Text(HOSTILE), Text((Span(HOSTILE, "strong"), Span(HOSTILE, "small"))),
       Code(HOSTILE), Facts(((HOSTILE, HOSTILE),)), Facts(((HOSTILE, HOSTILE),), 20, pairs=2, small=True),
       Table((HOSTILE,), ((HOSTILE,), ((Span(HOSTILE, "code"),),))), Steps((HOSTILE,)),
       Signatures((Signature(HOSTILE, HOSTILE, HOSTILE), Signature(HOSTILE, blank=HOSTILE))))


def said(paper):
    from ui.printing import paper_document

    return paper_document(paper).toPlainText().replace("\xa0", " ")


def pages(path):
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


@pytest.mark.parametrize("look", ["plain", "dense", "letter"])
def test_markup_in_a_text_stays_text(qapp, look):
    from ui.paper_html import paper_html

    paper = Paper(HOSTILE, ALL, HOSTILE, look=look)
    assert said(paper).count(HOSTILE) == paper_text(paper).count(HOSTILE) == 21
    assert "<img" not in paper_html(paper)
    assert "<script" not in paper_html(paper)


def test_lines_gaps_and_order_are_kept(qapp):
    paper = Paper("T", (Text("a  b\n　　c"), Facts((("n", "x\n  y"), ("none", ""))), Text("end")))
    assert re.sub(r"[\u2028\n]+", "|", said(paper)) == "T|a  b|　　c|n|x|  y|none|—|end"


def test_pages_break_where_they_are_to_and_nowhere_else(qapp, tmp_path):
    from ui.printing import write_pdf

    blocks = (Text("one"), PageBreak(), Heading("two"), Text("still two"), PageBreak(), Facts((("three", "3"),)),
              PageBreak(), Table((), (("four",),)), PageBreak(), Signatures((Signature("five"),)))
    write_pdf(Paper("Pages", blocks), tmp_path / "five.pdf")
    assert pages(tmp_path / "five.pdf") == 5
    write_pdf(Paper("Page", (Text("one"), Facts((("two", "3"),)))), tmp_path / "one.pdf")
    assert pages(tmp_path / "one.pdf") == 1


def test_a_long_table_repeats_its_heading_and_the_title_stands_in_the_file(qapp, tmp_path):
    from ui.printing import write_pdf

    rows = tuple((str(place), "word " * 12) for place in range(120))
    write_pdf(Paper("Long", (Table(("Place", "Words"), rows, (10, 0)),), number="7"), tmp_path / "long.pdf")
    count = pages(tmp_path / "long.pdf")
    assert 3 <= count <= 8
    content = (tmp_path / "long.pdf").read_bytes()
    assert "Long 7".encode("utf-16-be") in content or b"Long 7" in content


def test_a_title_goes_over_to_the_page_of_its_table(qapp, tmp_path):
    """However far down a title comes to stand, it is on the page on which its table begins."""
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QPdfWriter

    from ui.paper_pages import keep_titles
    from ui.printing import paper_document

    moved = 0
    for above in range(15, 45):
        paper = Paper("T", (*(Text("x") for _line in range(above)), Heading("Title"), Table(("H",), (("row",), ("row",))),
                            Heading("Other"), Text("end")))
        document, writer = paper_document(paper), QPdfWriter(str(tmp_path / "x.pdf"))
        writer.setResolution(300)
        keep_titles(document, writer)
        document.setPageSize(QSizeF(writer.width(), writer.height()))
        layout = document.documentLayout()
        block, place = document.begin(), {}
        while block.isValid():
            place.setdefault(block.text(), int(layout.blockBoundingRect(block).top() // writer.height()))
            moved += block.text() == "Title" and bool(block.blockFormat().pageBreakPolicy())
            block = block.next()
        assert place["Title"] == place["row"], above
        assert place["Other"] == place["end"], above
    assert 1 <= moved <= 15


def test_a_letter_has_the_margins_of_an_official_letter(qapp, tmp_path):
    """GB/T 9704: 156 mm of text in a line, so nine lines of 28 characters of 16 pt make nine lines and no more."""
    from ui.printing import MARGINS, write_pdf

    top, right, bottom, left = MARGINS["letter"]
    assert (210 - left - right, 297 - top - bottom) == (156, 225)
    write_pdf(Paper("决定书", (*(Text("字" * 27) for _line in range(9)),), look="letter"), tmp_path / "letter.pdf")
    assert pages(tmp_path / "letter.pdf") == 1


def test_what_cannot_be_written_leaves_the_old_file_and_is_told(qapp, tmp_path, feedback):
    from ui.printing import write_pdf
    from ui.saving import write_paper

    class Page:
        pass

    page, paper = Page(), Paper("T", (Text("a"),))
    page.feedback = feedback
    target = tmp_path / "paper.pdf"
    assert write_paper(page, paper, target)
    before = target.read_bytes()
    write_pdf(Paper("T", (Text("b"),)), target)
    assert target.read_bytes() != before
    assert not write_paper(page, paper, tmp_path / "missing" / "paper.pdf")
    assert "missing" not in [path.name for path in tmp_path.iterdir()]
    assert "paper.pdf" in feedback.seen[-1][1]
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == ["paper.pdf"]
