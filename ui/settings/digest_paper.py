"""The paper anchor of the journal (日志摘要单): the code of each week, signed and kept apart from the computer."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from ui.printing import ruled, table, write_pdf


def save_digests(court: str, place: str, now: Any, weeks: Sequence[tuple[str, Any]], target: Path) -> None:
    """Write the paper as PDF; raises OSError where the file cannot be written."""
    write_pdf(digest_html(court, place, now, weeks), _("Digests of the journal"), target)


def digest_html(court: str, place: str, now: Any, weeks: Sequence[tuple[str, Any]]) -> str:
    """Half a page: what it is for, today's code in large letters, the weeks before, room for signatures."""
    purpose = _("Each code stands for everything the journal held at the end of that day. Kept on paper, it shows "
                "later whether an entry was altered, or the pool was put back to an older state: the program "
                "compares the code under Settings, Journal, or by the command “journal check”.")
    heads = (_("Week to"), _("Code"), _("Entry"), _("Signature"))
    head = "".join(f"<td><b>{escape(one)}</b></td>" for one in heads)
    body = "".join(f"<tr><td>{escape(day)}</td><td style='font-family:monospace'>{escape(one.code)}</td>"
                   f"<td>{one.entry}</td><td width='30%'></td></tr>" for day, one in weeks)
    listed = ruled(f"<tr>{head}</tr>{body}") if weeks else ""
    entry = f"{now.entry} · {now.at[:19].replace('T', ' ')} UTC"
    rows = [(_("Court"), court), (_("Pool"), place), (_("Entry"), entry), (_("Printed"), str(today()))]
    return (f"<h2 align='center'>{escape(_('Digests of the journal'))}</h2><p>{escape(purpose)}</p>{table(rows)}"
            f"<p align='center' style='font-size:15pt; font-family:monospace'><b>{escape(now.code)}</b></p>"
            f"{listed}<p></p><p>{escape(_('Kept by'))}: ____________________　　"
            f"{escape(_('Date'))}: ____________________</p>")
