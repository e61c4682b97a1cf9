"""The file that an import produces: the rows with problems."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import _
from ui.importing.journey import Journey
from ui.saving import say_saved

if TYPE_CHECKING:
    from ui.page import Page


def save_report(page: "Page", journey: Journey) -> None:
    """Ask for a file name, and write the rows that have problems with what is wrong in them."""
    plan, first = journey.plan, journey.paths[0].stem if journey.paths else ""
    path = page.prompts.save_file(page, _("Save the rows with problems"),
                                  _("{file} problems.xlsx").format(file=first))
    if path is None or plan is None:
        return
    court, wanted = page.pool.name, without_left_out(journey)

    def work() -> None:
        from expertpool.importing.report import write_report

        write_report(wanted, path, court=court)

    page.jobs.read(page, work, lambda _none: say_saved(
        page, path, _("The rows with problems were saved as {file}").format(file=path.name)))


def without_left_out(journey: Journey) -> Any:
    """The plan without rows that the user left out, because they are no fault of the sender."""
    if not journey.aside:
        return journey.plan
    return replace(journey.plan, files=[replace(file, sheets=[
        replace(sheet, rows=[row for row in sheet.rows if row not in journey.aside]) for sheet in file.sheets])
        for file in journey.plan.files])
