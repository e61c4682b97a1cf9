"""What the page of cases reads in a worker: ids, rows of the list, the card of one case."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from expertpool.cases.browse import CaseRow, case_counts, case_ids, case_rows
from expertpool.fields.tree import tree
from expertpool.foundation.language import _
from ui.case_reading import query_of
from ui.texts import state, word

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

CHIPS_SHOWN = 2


def read_ids(pool: "ExpertPool", kind: str, search: str, sort: str, descending: bool) -> Sequence[int]:
    """Ids of the list; also loads the field tree once, so that painting never waits for it."""
    tree()
    return case_ids(pool, query_of(kind, search, sort or "number", descending))


def read_counts(pool: "ExpertPool", search: str) -> dict[str, int]:
    """How many cases match each chip."""
    return case_counts(pool, search)


def list_rows(pool: "ExpertPool", ids: Sequence[int]) -> list[dict[str, object]]:
    """Rows as the list paints them."""
    return [_list_row(row) for row in case_rows(pool, ids)]


def uid_of(pool: "ExpertPool", number: int) -> str:
    """Uid of the case with an id; "" if it is gone."""
    return next((str(row.uid) for row in case_rows(pool, [number])), "")


def field_chips(codes: Sequence[str]) -> list[tuple[str, str]]:
    """The court groups of some codes as neutral chips, each once."""
    fields = tree()
    groups = dict.fromkeys(group for code in codes for group in fields.groups_of(code)[:1])
    return [(fields.title(group), "neutral") for group in groups][:CHIPS_SHOWN]


def state_pill(code: str, serving: int, needed: int) -> tuple[str, str]:
    """Words and tone of the case's state; for an open case without enough people they say so."""
    if code == "open" and serving < needed:
        return _("to appoint"), "warning"
    return state("case_state", code)


def _list_row(row: CaseRow) -> dict[str, Any]:
    return {
        "id": row.court_case_id, "uid": row.uid, "number": row.number, "cause": row.cause,
        "procedure": word("procedure", row.procedure), "parties": row.parties,
        "fields": field_chips(row.fields), "filed_on": row.filed_on,
        "state": state_pill(row.state, row.serving, row.people_needed),
        "serving": row.people, "open": row.state == "open",
        "_tips": {"cause": row.cause, "parties": row.parties, "number": row.court},
    }
