"""The certificate of a draw on paper (抽取记录表): one page, and the description of the algorithm as the second."""

from html import escape
from pathlib import Path

from expertpool.documents.draw_record import DrawSheet
from expertpool.foundation.language import _
from ui.printing import write_pdf

WIDTHS = (5, 6, 29, 25, 13, 22)  # per cent, of the people's columns


def save_certificate(sheet: DrawSheet, target: Path, *, described: bool = True) -> None:
    """Write the certificate as PDF; raises OSError where the file cannot be written."""
    html = certificate_html(sheet)
    if described:
        html += f"<div style='page-break-before:always'>{described_html(sheet.description)}</div>"
    write_pdf(html, f"{sheet.title} {sheet.number}", target, margin=0)


def certificate_html(sheet: DrawSheet) -> str:
    """The first page."""
    code = _("Check code {code}").format(code=sheet.code)
    under = escape(" · ".join((sheet.number, sheet.turn, sheet.state)))
    parts = [
        f"<h2 align='center'>{escape(sheet.title)}</h2>", f"<p align='center'>{under} · <b>{escape(code)}</b></p>",
        _pairs([*sheet.facts, *sheet.conditions]),
        f"<p>{escape(sheet.counts)}{_excluded(sheet)}</p>", _people(sheet),
        "".join(f"<p>{escape(note)}</p>" for note in sheet.notes),
        _small(_ruled("".join(f"<tr><td width='20%'><b>{escape(name)}</b></td><td>{escape(value)}</td></tr>"
                              for name, value in sheet.proof))), _signatures(sheet)]
    return f"<div style='font-size:8.5pt'>{''.join(parts)}</div>"


def described_html(text: str) -> str:
    """The description, from its Markdown: a heading, paragraphs, numbered steps."""
    lines = []
    for line in text.split("\n"):
        words = escape(line.lstrip("# ").replace("**", "").replace("*", ""))
        if line.startswith("#"):
            lines.append(f"<h3>{words}</h3>")
        elif words:
            lines.append(f"<p>{words}</p>")
    return f"<div style='font-size:9pt'>{''.join(lines)}</div>"


def _pairs(rows: list[tuple[str, str]]) -> str:
    """Label and value twice in a row, so that one page is enough."""
    cells = [f"<td width='13%'><b>{escape(name)}</b></td><td width='37%'>{escape(value)}</td>"
             for name, value in rows]
    cells += ["<td></td><td></td>"] * (len(cells) % 2)
    return _ruled("".join(f"<tr>{cells[place]}{cells[place + 1]}</tr>" for place in range(0, len(cells), 2)))


def _ruled(body: str) -> str:
    """A ruled table, narrower than that of other papers: everything stands on one page."""
    return ("<table width='100%' border='1' cellspacing='0' cellpadding='2' style='border-collapse:collapse'>"
            f"{body}</table>")


def _small(html: str) -> str:
    """In small letters; a text stays in its line."""
    part = "div" if "<" in html else "span"
    return f"<{part} style='font-size:7pt'>{html}</{part}>"


def _excluded(sheet: DrawSheet) -> str:
    if not sheet.excluded:
        return ""
    words = "；".join(f"{name} {count}" for name, count in sheet.excluded)
    return escape(_(" Kept out by rule: {rules}.").format(rules=words))


def _people(sheet: DrawSheet) -> str:
    heads = (_("Place"), _("Kind"), _("Label"), _("Name and unit"), _("Reply"), _("Reason, asked by, time"))
    head = "".join(f"<td width='{width}%'><b>{escape(one)}</b></td>"
                   for one, width in zip(heads, WIDTHS, strict=True))
    rows = "".join("<tr>" + "".join(f"<td>{_small(escape(cell)) if place == 2 else escape(cell) or '—'}</td>"
                                    for place, cell in enumerate(row)) + "</tr>" for row in sheet.people)
    return _ruled(f"<tr>{head}</tr>{rows}")


def _signatures(sheet: DrawSheet) -> str:
    line = "<br><br><br>____________________"
    cells = "".join(f"<td width='33%' valign='bottom'>{escape(what)}：{escape(name)}{line}</td>"
                    for what, name in sheet.signatures)
    return f"<table width='100%' cellspacing='0' cellpadding='4'><tr>{cells}</tr></table>"
