"""Columns of the list of cases."""

from expertpool.foundation.language import N_, _
from ui.remembered import Remembered
from ui.texts import word
from ui.widgets.chips import pill_width
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

KEPT = "cases/wide"
WIDE_FROM = 1240  # page width in pixels from which all columns have room beside the card
ROOMY = ("fields", "filed_on")  # columns shown if there is room; the heading's menu can also show and hide them


def room(*words: str) -> int:
    """Width in pixels of a cell with the longest of these words."""
    return round(max(pill_width(text) for text in words)) + 26


def columns() -> list[Column]:
    """The columns of the list."""
    return [
        Column("number", N_("Case number"), 176, "strong"),
        Column("cause", N_("Cause"), 140, stretch=True),
        Column("procedure", N_("Procedure"), room(_("Procedure"), word("procedure", "first_instance"))),
        Column("parties", N_("Parties"), 150, sortable=False, stretch=True),
        Column("fields", N_("Field"), 110, "chips", sortable=False, hidden=True),
        Column("filed_on", N_("Filed on"), 96, hidden=True),
        Column("state", N_("State"), room(_("to appoint")), "state"),
        Column("serving", N_("Serving"), 82),
    ]


def fit_columns(table: RecordTable, remembered: Remembered, width: int) -> None:
    """Show or hide the optional columns when the page (``width`` pixels) becomes wide or narrow; in between the
    user's own choice applies."""
    wide = width >= WIDE_FROM
    if wide != remembered.get(KEPT, False):
        remembered.put(KEPT, wide)
        for place, column in enumerate(table.model.columns):
            if column.key in ROOMY:
                table.header.setSectionHidden(place, not wide)
