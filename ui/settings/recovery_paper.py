"""Saving the recovery paper (恢复密钥纸) as PDF, with the present code or a new one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from expertpool.documents.paper import Paper
from expertpool.foundation.language import _
from ui.saving import write_paper

if TYPE_CHECKING:
    from ui.page import Page


def save_recovery_paper(page: "Page", done: Callable[[], object]) -> None:
    """Ask for a file name, and write the paper with the present code."""
    target = page.prompts.save_file(page, _("Save the recovery paper"), _("Recovery paper.pdf"), "pdf")
    if target is None:
        return
    pool = page.pool

    def work() -> Paper:
        from expertpool.documents.recovery import recovery_sheet

        return recovery_sheet(pool)

    def write(paper: Paper) -> None:
        if write_paper(page, paper, target):
            page.feedback.ok(_("The recovery paper was saved as {file}. Print it, lock it away, and delete the "
                               "file.").format(file=target.name))
            done()

    page.jobs.read(page, work, write)


def renew_code(page: "Page", done: Callable[[], object]) -> None:
    """Make a new recovery code, after a question, and save its paper."""
    if not page.prompts.question(page, _("Make a new recovery code? Papers printed before open nothing any "
                                         "more, except backups made until now."), yes=_("New code"), danger=True):
        return
    pool = page.pool

    def work() -> object:
        from expertpool.safekeeping.key_keeping import renew_recovery

        return renew_recovery(pool)

    page.jobs.read(page, work, lambda _code: save_recovery_paper(page, done))
