"""A person's own copy of what the pool holds, as PDF (本人信息副本); a reason is asked for and noted."""

from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import _
from ui.saving import write_paper

if TYPE_CHECKING:
    from ui.experts.page import ExpertsPage


def print_holdings(page: "ExpertsPage") -> None:
    """Ask for reason and file name, then write the copy of the chosen person."""
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

    def work() -> object:
        from expertpool.documents.personal_copy import personal_copy

        return personal_copy(pool, uid, reason)

    def write(paper: Any) -> None:
        if write_paper(page, paper, target):
            page.feedback.ok(_("The copy was saved as {file}.").format(file=target.name))

    page.jobs.read(page, work, write)
