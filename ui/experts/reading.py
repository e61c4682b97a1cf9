"""What the page of experts reads in a worker: ids, counts, rows of the list, the card of one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from expertpool.assignments.service import AssignmentRow, assignment_rows
from expertpool.declarations.drafts import DeclarationState
from expertpool.declarations.recording import declaration_state
from expertpool.experts.browse import PeopleQuery, PersonRow, people_counts, people_ids, people_rows
from expertpool.experts.details import PersonDetail, person_detail, person_history
from expertpool.experts.merge import absorbed_people
from expertpool.fields.tree import tree
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.rules.periods import term_mentioned_until
from ui.texts import choices, joined, word

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

STATES = {"active": "ok", "suspended": "warning", "removed": "danger", "merged": "neutral"}


@dataclass(frozen=True)
class Wanted:
    """What the list shows. ``quick``: "", ``expiring``, ``suspended`` or ``removed``."""

    search: str = ""
    role: str = ""
    field: str = ""
    quick: str = ""

    def query(self, pool: Any, sort: str = "name", descending: bool = False) -> PeopleQuery:
        """The query for the core; the pool's rules say which terms count as ending soon."""
        state = self.quick if self.quick in ("suspended", "removed") else "active"
        until = str(term_mentioned_until(pool.rules, today()) or today()) if self.quick == "expiring" else ""
        return PeopleQuery(self.search, self.role, self.field, state, expiring_by=until, sort=sort or "name",
                           descending=descending)


@dataclass(frozen=True)
class PersonCardData:
    """One person with the list of service."""

    detail: PersonDetail
    service: list[AssignmentRow]
    cap: int
    absorbed: list[tuple[str, str]] = field(default_factory=list)  # (uid, name) of people merged into this one
    declared: DeclarationState | None = None
    soon: date | None = None  # until which day the end of a term is announced


def usual_cap(pool: "ExpertPool") -> int:
    """The most open cases for people without a limit of their own (rule E-LOAD)."""
    return int(pool.rules.figure("E-LOAD", "cap", today()))


def read_ids(pool: "ExpertPool", wanted: Wanted, sort: str, descending: bool) -> Sequence[int]:
    """Ids of the list; also loads the field tree once, so that painting never waits for it."""
    tree()
    return people_ids(pool, wanted.query(pool, sort, descending))


def read_counts(pool: "ExpertPool", wanted: Wanted) -> dict[str, int]:
    """How many people match each chip: "" and the roles, ``quick/…`` the quick ones, ``pool`` everybody."""
    counts = people_counts(pool, wanted.query(pool))
    for quick in ("expiring", "suspended", "removed"):
        counts[f"quick/{quick}"] = people_counts(pool, replace(wanted, quick=quick).query(pool))[wanted.role]
    counts["pool"] = people_counts(pool, PeopleQuery(state=""))[""]
    return counts


def read_card(pool: "ExpertPool", uid: str) -> PersonCardData:
    """The card of one person, personal numbers masked."""
    detail = person_detail(pool, uid)
    own = detail.values["case_cap"]
    absorbed = absorbed_people(pool, detail.id)
    cap = usual_cap(pool) if own is None else own
    return PersonCardData(detail, assignment_rows(pool, person=uid), cap, absorbed,
                          declaration_state(pool, detail.uid), term_mentioned_until(pool.rules, today()))


def read_history(pool: "ExpertPool", uid: str) -> list[dict[str, object]]:
    """The person's history, newest first."""
    return person_history(pool, uid)


def uid_of(pool: "ExpertPool", number: int) -> str:
    """Uid of the person with an id; "" if gone."""
    return next((str(row.uid) for row in people_rows(pool, [number])), "")


def list_rows(pool: "ExpertPool", ids: Sequence[int]) -> list[dict[str, object]]:
    """Rows as the list paints them."""
    usual, soon = usual_cap(pool), str(term_mentioned_until(pool.rules, today()) or "")
    return [_list_row(row, usual, soon) for row in people_rows(pool, ids)]


def person_state(code: str) -> tuple[str, str]:
    """A person's state as a pill."""
    return word("person_state", code), STATES.get(code, "neutral")


def field_line(groups: Sequence[str], specialties: str) -> str:
    """The first court group and the first speciality: 机械 · 移动机器人."""
    return joined(tree().title(groups[0]) if groups else "", specialties.partition("、")[0])


def group_choices() -> list[tuple[str, str]]:
    """The court groups of technical fields to filter by."""
    return [(code, tree().title(code)) for code in tree().groups]


def role_choices() -> list[tuple[str, str]]:
    """The roles to filter by; the first is all."""
    return [("", _("All")), *choices("role")]


def full_number(detail: PersonDetail, key: tuple[Any, ...]) -> str:
    """The number behind a masked value: an own column, or a child row's kind and position."""
    if key[0] == "phones":
        return str(detail.children["phones"][key[1]]["number"])
    if key[0] == "interests":
        return str(detail.children["interests"][key[1]]["id_number"])
    return str(detail.values[key[0]])


def _list_row(row: PersonRow, usual: int, soon: str) -> dict[str, Any]:
    cap = usual if row.case_cap is None else row.case_cap
    tones = {"term_end": "danger"} if row.expired else {}
    if row.term_end and not row.expired and row.term_end <= soon[:len(row.term_end)]:
        tones["term_end"] = "warning"
    if cap and row.open_cases >= cap:
        tones["open_cases"] = "warning"
    tips = {"employer": joined(row.employer, row.department),
            "title": joined(row.title, word("title_level", row.title_level)),
            "fields": joined("、".join(tree().title(code) for code in row.groups), row.specialties)}
    if "term_end" in tones:
        tips["term_end"] = _("The term is over") if row.expired else _("The term is over soon")
    if "open_cases" in tones:
        tips["open_cases"] = _("As many cases in hand as allowed")
    return {
        "id": row.person_id, "uid": row.uid, "name": row.name, "gender": word("gender", row.gender),
        "roles": [word("role", code) for code in row.roles], "employer": row.employer,
        "title": row.title, "level": word("title_level", row.title_level),
        "fields": field_line(row.groups, row.specialties), "term_end": row.term_end,
        "open_cases": f"{row.open_cases}/{cap}", "state": person_state(row.state),
        "changed_at": row.changed_at[:10], "_tones": tones, "_tips": tips,
    }
