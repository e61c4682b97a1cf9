"""Columns of the list of cases."""

from expertpool.foundation.language import N_, _
from ui.widgets.chips import pill_width
from ui.widgets.record_model import Column

WIDE_FROM = 1500  # px of the window from which all columns have room beside the card


def columns(room: int) -> list[Column]:
    """The columns; with little ``room`` (px of the window) two start hidden and can be shown by the heading."""
    narrow = room < WIDE_FROM
    return [
        Column("number", N_("Case number"), 176, "strong"),
        Column("cause", N_("Cause"), 140, stretch=True),
        Column("procedure", N_("Procedure"), 86),
        Column("parties", N_("Parties"), 150, sortable=False, stretch=True),
        Column("fields", N_("Field"), 110, "chips", sortable=False, hidden=narrow),
        Column("filed_on", N_("Filed on"), 96, hidden=narrow),
        Column("state", N_("State"), round(pill_width(_("to appoint"))) + 24, "state"),
        Column("serving", N_("Serving"), 82),
    ]
