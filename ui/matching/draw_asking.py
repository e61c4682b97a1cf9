"""Questions before an answer or a paper of a draw: reasons, grounds, file names."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from expertpool.documents.paper import Paper
from expertpool.draws.browse import DrawDetail, DrawnPlace
from expertpool.draws.certificate import certificate, certificate_text
from expertpool.foundation.files import write_whole
from expertpool.foundation.language import _
from ui.page import Page
from ui.printing import write_pdf


def reason_for(page: Page, parent: QWidget, place: DrawnPlace, answer: str, typed: str = "") -> str | None:
    """The reason that an answer needs, "" where it needs none, None if the user cancelled. ``typed``: what was
    written before, where that was refused."""
    if answer in ("decline", "released"):
        asked = page.prompts.text(parent, _("Why does {name} not serve?").format(name=place.name), _(
            "The reason stands in the record of the draw."), typed)
    elif answer == "accept" and place.verify:
        asked = page.prompts.text(parent, _("What was verified about {name}?").format(name=place.name),
                                  "\n".join(place.verify), typed, long=True)
    else:
        return ""
    return asked or None


def answer_words(place: DrawnPlace, answer: str) -> str:
    """The message after the answer is written."""
    return {"accept": _("{name} accepted; checked again and entered"), "decline": _("{name} declined"),
            "no_answer": _("{name} was not reached"), "undecided": _("{name} is undecided"),
            "released": _("The next reserve is called for {name}")}[answer].format(name=place.name)


def ground_of_void(page: Page, parent: QWidget, typed: str = "") -> str:
    """Why a draw is declared void; "" if the user cancelled. ``typed``: what was written before."""
    asked = _("Write the ground. The draw stays in the list and in the certificate of the next one.")
    return page.prompts.text(parent, _("Declare the draw void"), asked, typed, long=True) or ""


def why_excluded(page: Page, parent: QWidget, name: str) -> str:
    """Why somebody is excluded by name; "" if the user cancelled."""
    return page.prompts.text(parent, _("Why is {name} excluded?").format(name=name), _(
        "The reason is frozen with the draw and stands in its certificate.")) or ""


def save_paper(page: Page, parent: QWidget, detail: DrawDetail, paper: Paper) -> str:
    """Save the record of a draw as PDF; returns the words of the message."""
    return _save(page, parent, detail, "pdf", lambda target: write_pdf(paper, target))


def save_file(page: Page, parent: QWidget, detail: DrawDetail) -> str:
    """Save the certificate as the file that can be verified; returns the words of the message."""
    return _save(page, parent, detail, "json", lambda target: write_whole(
        target, certificate_text(certificate(page.pool, detail.uid)).encode()))


def _save(page: Page, parent: QWidget, detail: DrawDetail, kind: str, write: Callable[[Path], object]) -> str:
    title = _("Certificate of the draw")
    target = page.prompts.save_file(parent, title, f"{title} {detail.case} {detail.number}.{kind}", kind)
    if target is None:
        return ""
    try:
        write(target)
    except OSError:
        page.feedback.error(_("“{file}” could not be written. Nothing was saved. Close it elsewhere or choose "
                              "another place.").format(file=target.name))
        return ""
    return _("Saved: {file}").format(file=target.name)
