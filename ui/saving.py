"""Files that several pages write, and the message that a file was written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from expertpool.documents.paper import Paper
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui.printing import write_pdf

if TYPE_CHECKING:
    from ui.page import Page


def say_saved(page: "Page", path: Path, text: str) -> None:
    """Report that a file was written, with a button that opens its folder."""
    page.feedback.ok(text, (_("Open its folder"),
                            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))))


def write_paper(page: "Page", paper: Paper, target: Path) -> bool:
    """Write a paper as PDF; False if that failed, which is reported here."""
    try:
        write_pdf(paper, target)
    except OSError:
        say_unwritten(page, target)
        return False
    return True


def say_unwritten(page: "Page", target: Path) -> None:
    """Report that a file could not be written."""
    page.feedback.error(_("“{file}” could not be written. Nothing was saved. Close it elsewhere or "
                          "choose another place.").format(file=target.name))


def ask_and_write(page: "Page", title: str, explained: str, write: Callable[[str], object], *,
                  words: str | Callable[[object], str], done: Callable[[Any], Any] | None = None, initial: str = "",
                  long: bool = False, needed: bool = False) -> None:
    """Ask for a text, such as a reason, and write with it; where the write is refused, ask again with the sentence
    and what was typed. ``needed``: nothing is written without a text."""
    text = page.prompts.text(page, title, explained, initial, long=long)
    if text is None or (needed and not text.strip()):
        return

    def failed(error: BaseException) -> bool:
        if not isinstance(error, ExpectedError):
            return False
        ask_and_write(page, title, error.text, write, words=words, done=done, initial=text, long=long, needed=needed)
        return True

    page.jobs.change(page, lambda: write(text), done, words=words, failed=failed)


def save_template(page: "Page") -> None:
    """Ask for a file name, and write the empty workbook."""
    path = page.prompts.save_file(page, _("Save the template"), _("Expert recommendation form.xlsx"))
    if path is None:
        return

    def work() -> None:
        from expertpool.importing.template import write_template

        write_template(path)

    page.jobs.read(page, work, lambda _none: say_saved(
        page, path, _("The template was saved as {file}").format(file=path.name)))
