"""Prints a list (打印列表): its columns, order and filter as shown, as PDF."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expertpool.documents.paper import Paper, Table, Text
from expertpool.foundation.dates import today
from expertpool.foundation.language import _, n_
from ui.printing import write_pdf
from ui.saving import say_saved, say_unwritten
from ui.texts import joined, number
from ui.widgets.record_model import Column, Row, cell_text
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ui.page import Page

MOST = 1000  # most rows on paper; a longer list is for a roster or a workbook
PORTRAIT = 6  # most columns that fit on a page in portrait format


def print_list(page: "Page", table: RecordTable, ids: Sequence[int], title: str, narrowed: str) -> None:
    """Ask for a file name, then write these rows of a list; ``narrowed`` says in words which filter is set."""
    if not ids:
        page.feedback.info(_("The list is empty; there is nothing to print."))
        return
    if len(ids) > MOST:
        page.feedback.warning(_("{count} rows are too many for paper. Narrow the list to {most}, select some rows, "
                                "or export a roster.").format(count=number(len(ids)), most=number(MOST)))
        return
    target = page.prompts.save_file(page, _("Print the list as PDF"), f"{title} {today()}.pdf", "pdf")
    if target is None:
        return
    columns = [column for column in table.shown_columns() if column.kind not in ("check", "action")]
    court, wanted = page.pool.name, list(ids)

    def failed(error: BaseException) -> bool:
        if isinstance(error, OSError):
            say_unwritten(page, target)
        return isinstance(error, OSError)

    page.jobs.read(
        page, lambda: write_pdf(list_paper(court, title, narrowed, columns, table.model.fetch(wanted)), target),
        lambda _none: say_saved(page, target, _("The list was saved as {file}").format(file=target.name)),
        words=_("Writing the list …"), failed=failed)


def list_paper(court: str, title: str, narrowed: str, columns: Sequence[Column], rows: Sequence[Row]) -> Paper:
    """The list as a paper; the table's heading is repeated on every page."""
    total = sum(column.width for column in columns)
    counted = n_("{count} row", "{count} rows", len(rows)).format(count=number(len(rows)))
    table = Table(tuple(_(column.title) for column in columns),
                  tuple(tuple(cell_text(column, row, place) for column in columns) for place, row in enumerate(rows)),
                  tuple(column.width * 100 // total for column in columns))
    said = Text(joined(narrowed, counted, str(today())), "center")
    return Paper(title, (said, table), court, look="dense", wide=len(columns) > PORTRAIT)
