"""Columns of the list of experts; the keys for sorting are those of the core's list."""

from expertpool.foundation.language import N_, _
from ui.remembered import Remembered
from ui.texts import choices
from ui.widgets.chips import pill_width
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

KEPT = "experts/wide"
WIDE_FROM = 1360  # page width in pixels from which all columns have room beside the card
ROOMY = ("gender", "state")  # columns shown if there is room; the heading's menu can also show and hide them


def room(*words: str) -> int:
    """Width in pixels of a cell with the longest of these words."""
    return round(max(pill_width(text) for text in words)) + 26


def columns() -> list[Column]:
    """The columns of the list."""
    roles = [words for _code, words in choices("role")]
    return [
        Column("name", N_("Name"), 82, "strong"),
        Column("gender", N_("Gender"), 64, hidden=True),
        Column("roles", N_("Category"), room(*roles), "chips", sortable=False),
        Column("employer", N_("Unit"), 140, stretch=True),
        Column("title", N_("Title"), 138, second="level", stretch=True),
        Column("fields", N_("Technical field"), 120, sortable=False, stretch=True),
        Column("term_end", N_("Term until"), 92),
        Column("open_cases", N_("In hand"), 60, align="right"),
        Column("state", N_("State"), room(_("In hand"), _("State")) + 12, "state", hidden=True),
        Column("changed_at", N_("Changed"), 96, hidden=True),
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
