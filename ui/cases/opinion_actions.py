"""Technical opinions on the case card (技术调查意见): storing the signed paper, and saving it to a file, which is
noted."""

from typing import TYPE_CHECKING

from expertpool.assignments.opinions import OpinionRow
from expertpool.assignments.service import AssignmentRow
from expertpool.foundation.language import _

if TYPE_CHECKING:
    from ui.page import Page

KINDS = ("pdf", "docx", "doc", "wps", "ofd", "jpg", "png", "tif")


def keep_opinion(page: "Page", row: AssignmentRow) -> None:
    """Choose the signed paper and store it with the assignment."""
    path = page.prompts.open_file(page, _("The signed technical opinion"), KINDS)
    if path is None:
        return
    pool, uid = page.pool, row.uid

    def work() -> object:
        from expertpool.assignments.opinions import attach_opinion

        return attach_opinion(pool, uid, path)

    page.jobs.change(page, work, words=_("The technical opinion of {name} is kept with the case, and in no export.")
                     .format(name=row.person))


def take_opinion(page: "Page", row: AssignmentRow) -> None:
    """Save the newest opinion of the assignment to a file; the journal notes who did."""
    pool, number = page.pool, row.case

    def work() -> object:
        from expertpool.assignments.opinions import opinion_rows

        return [one for one in opinion_rows(pool, number) if one.assignment == row.uid]

    page.jobs.read(page, work, lambda found: _save(page, row, found))


def _save(page: "Page", row: AssignmentRow, found: list[OpinionRow]) -> None:
    if not found:
        page.feedback.info(_("No technical opinion of {name} is kept yet.").format(name=row.person))
        return
    newest = found[-1]
    kind = newest.file.rpartition(".")[2] or "pdf"
    target = page.prompts.save_file(page, _("Save the technical opinion"), newest.file, kind)
    if target is None:
        return
    pool = page.pool

    def work() -> object:
        from expertpool.assignments.opinions import save_opinion

        return save_opinion(pool, newest.uid, target)

    page.jobs.read(page, work, lambda _digest: page.feedback.ok(_("Saved: {file}").format(file=target.name)))
