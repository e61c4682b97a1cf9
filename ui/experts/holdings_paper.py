"""What the pool holds on somebody, as PDF for the person (本人信息副本); asked for with a reason, which is kept."""

from html import escape
from pathlib import Path
from typing import Any

from expertpool.foundation.dates import today
from expertpool.foundation.language import N_, _
from ui.printing import lines, ruled, write_pdf

_SECTIONS = {
    "person": N_("Personal details"), "phones": N_("Telephone"), "roles": N_("Roles and terms"),
    "employments": N_("Employers"), "fields_": N_("Technical fields"), "specialties": N_("Specialities"),
    "licences": N_("Licences"), "interests": N_("Interests"), "declarations": N_("Declarations"),
    "unavailable": N_("Not available"), "achievements": N_("Achievements"), "evaluations": N_("Evaluations"),
    "sources": N_("Where it came from"), "assignments": N_("Appointments"),
    "access": N_("Who saw full numbers, and why")}


def print_holdings(page: Any) -> None:
    """Ask why and where, then write the copy of the chosen person."""
    row = page.table.current_row() if page.table.current_id() is not None else None
    if row is None:
        page.feedback.warning(_("Choose a person first."))
        return
    uid, name, pool = row["uid"], row["name"], page.pool
    reason = page.prompts.reason(page, _("a copy of everything that is held on {name}").format(name=name))
    if not reason:
        return
    target = page.prompts.save_file(page, _("Copy of what is held on a person"),
                                    _("{name}, copy of what is held.pdf").format(name=name), "pdf")
    if target is None:
        return

    def work() -> Any:
        from expertpool.rosters.holdings import holdings

        return holdings(pool, uid, reason)

    page.jobs.read(page, work, lambda found: _save(page, found, target))


def _save(page: Any, found: Any, target: Path) -> None:
    try:
        write_pdf(holdings_html(found, page.pool.name), _("Copy of what is held on a person"), target)
    except OSError:
        page.feedback.warning(_("{file} could not be written. The copy was not saved. Choose another place.").format(
            file=target.name))
        return
    page.feedback.ok(_("The copy was saved as {file}.").format(file=target.name))


def holdings_html(found: Any, court: str) -> str:
    """Every section as a ruled table, in the words of the window."""
    parts = [f"<h2 align='center'>{escape(_('Copy of what is held on a person'))}</h2>",
             f"<p align='center'>{escape(court)} · {escape(found.name)} · {today()}</p>"]
    for section, rows in found.sections.items():
        if not rows:
            continue
        parts.append(f"<h3>{escape(_(_SECTIONS.get(section, section)))}</h3>")
        parts.append(ruled("".join(
            f"<tr><td width='24%'><b>{escape(name)}</b></td>"
            f"<td>{lines(value) or '—'}</td></tr>" for name, value in rows)))
    return f"<div style='font-size:9pt'>{''.join(parts)}</div>"
