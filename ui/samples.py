"""The pool of invented samples (示例库): made once beside the user's own pool, then opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from expertpool.foundation.language import _
from expertpool.foundation.places import data_folder
from expertpool.foundation.progress import Progress

if TYPE_CHECKING:
    from ui.page import Page

NAME = "sample.expertpool"


def sample_path() -> Path:
    """Where the sample pool lies."""
    return data_folder() / NAME


def make_samples(progress: Progress) -> Path:
    """Fill the sample pool unless it exists already; the user's own pool is not touched."""
    from expertpool.pool import ExpertPool
    from expertpool.workbook.sample_pool import make_sample_pool

    path = sample_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExpertPool.open(path) as pool:
        if not pool.counts()["experts"]:
            for _line in make_sample_pool(pool, progress) or ():
                progress.step(0, 0, _("Making the sample pool"))
    return path


def open_samples(page: "Page") -> None:
    """Make the sample pool in a worker and open it in the window."""
    window = page.surroundings.window

    def work(progress: Progress) -> Path:
        return make_samples(progress)

    def made(path: Path) -> None:
        page.feedback.ok(_("The sample pool is open. The people in it are invented; your own pool was not touched."))
        if window is not None:
            window.open_pool(str(path))

    page.jobs.read(page, work, made, words=_("Making the sample pool"))
