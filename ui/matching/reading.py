"""What the page of matching reads in a worker, and the words for people and findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertpool.cases.browse import case_ids, case_rows
from expertpool.cases.case_number import parse
from expertpool.checks.findings import Finding
from expertpool.documents.answer_sheet import level_word, unit_and_title
from expertpool.foundation.language import _
from expertpool.foundation.progress import Progress
from expertpool.matching.ranking import Candidate, Excluded, Ranking, rank
from expertpool.matching.relaxations import in_words, relaxations
from expertpool.relevance.field_suggestion import FieldSuggestion, suggest_fields
from expertpool.relevance.similar_cases import SimilarCase, similar_cases
from expertpool.relevance.texts import case_text
from ui.case_reading import CaseCardData, query_of, read_card
from ui.texts import joined, word

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

GUESSES, HITS, SIMILAR = 6, 8, 4
LISTED = 500  # most people in each list; the counts give the full numbers
SAME_NAME = "R11"
LEFT = ("recused", "withdrawn", "declined", "replaced")  # states in which the person of an assignment may be replaced


@dataclass(frozen=True)
class Answer:
    """The ranking of one case with what the page shows beside it. ``fixed``: rules fixed by statute."""

    ranking: Ranking
    card: CaseCardData
    guesses: list[FieldSuggestion]
    fixed: frozenset[str]
    titles: dict[str, str]
    similar: list[SimilarCase]
    relaxed: tuple[str, ...]  # if nobody is available: why, and what would help

    @property
    def number(self) -> str:
        """The case's number."""
        return self.ranking.number


def read_answer(pool: "ExpertPool", number: str, role: str, progress: Progress) -> Answer:
    """Check and rank everybody for a case."""
    ranking = rank(pool, number, role, LISTED, progress)
    card = read_card(pool, ranking.case_uid)
    text = "\n".join([case_text(card.detail), *(code for patent in card.detail.patents for code in patent["ipc"])])
    rules = pool.rules
    return Answer(ranking, card, suggest_fields(pool, text, GUESSES) if text.strip() else [],
                  frozenset(rule.id for rule in rules if not rule.editable),
                  {rule.id: str(rule.title) for rule in rules},
                  [one for one in similar_cases(pool, number, SIMILAR + len(card.detail.lineage))
                   if not one.same_dispute][:SIMILAR],
                  () if ranking.candidates else tuple(in_words(relaxations(pool, number, role))))


def pending_ids(pool: "ExpertPool", text: str, sort: str, descending: bool) -> Sequence[int]:
    """Open cases that lack people; with a search text, all open cases that match it."""
    return case_ids(pool, query_of("open" if text else "lacking", text, sort or "number", descending))


def pending_rows(pool: "ExpertPool", ids: Sequence[int]) -> list[dict[str, object]]:
    """Rows of the list of cases to choose from."""
    return [{"id": row.court_case_id, "number": row.number, "cause": row.cause,
             "procedure": word("procedure", row.procedure), "parties": row.parties,
             "filed_on": row.filed_on, "need": f"{row.serving}/{row.people_needed}",
             "match": _("Match"), "_tips": {"cause": row.cause, "parties": row.parties}}
            for row in case_rows(pool, ids)]


def number_hits(pool: "ExpertPool", text: str) -> list[tuple[str, str]]:
    """(number, parties) of the open cases that a text may mean; for a whole number only that case."""
    rows = case_rows(pool, case_ids(pool, query_of("open", text))[:HITS])
    wanted = parse(text).normalised
    exact = [row for row in rows if row.number == wanted]
    return [(row.number, joined(row.cause, row.parties)) for row in exact or rows]


def person_row(one: Candidate, chosen: bool) -> dict[str, object]:
    """A row of those who may serve."""
    return {"id": one.id, "name": one.name, "pills": pills(one.findings), "under": unit_and_title(one),
            "why": " · ".join(one.reasons), "reasons": one.reasons, "score": list(one.parts.values()),
            "load": f"{one.open_cases}/{one.cap}", "choose": (_("chosen") if chosen else _("Choose"), chosen),
            "_tips": {"why": " · ".join(one.reasons), "name": unit_and_title(one)}}


def excluded_row(one: Excluded, fixed: frozenset[str]) -> dict[str, object]:
    """A row of those who may not serve: the gravest finding."""
    first = one.findings[0]
    more = len(one.findings) - 1
    return {"id": one.id, "name": one.name, "pills": [], "under": one.employer, "text": first.text,
            "more": _("and {count} more").format(count=more) if more else "",
            "source": str(first.source), "level": level_pill(first, fixed),
            "_tips": {"text": "\n".join(hit.text for hit in one.findings), "source": str(first.source)}}


def pills(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """The most important findings about a person, as pills after the name."""
    warned = [hit for hit in findings if hit.level == "warn"]
    shown = []
    if any(hit.rule == SAME_NAME for hit in warned):
        shown.append((_("same name"), "warning"))
    if any(hit.rule != SAME_NAME for hit in warned):
        shown.append((_("to verify"), "warning"))
    return shown


def lifts(person: Candidate | Excluded) -> list[Finding]:
    """The blocks of a person that an authorised decision may lift; empty if any of them cannot be lifted."""
    blocks = [hit for hit in person.findings if hit.blocks]
    return blocks if all(hit.liftable for hit in blocks) else []


def vacancies(answer: Answer) -> list[tuple[str, str]]:
    """(uid of the assignment, words) of those who left the case and are not replaced yet."""
    return [(row.uid, joined(row.person, word("assignment_state", row.state)))
            for row in answer.card.assignments
            if row.state in LEFT and not row.replaced_by]


def level_pill(hit: Finding, fixed: frozenset[str]) -> tuple[str, str]:
    """(word, tone) of a finding: forbidden by law, barred by the court's setting, to be verified, or for
    information."""
    tone = "danger" if hit.rule in fixed else "warning"
    if hit.dismissed or not hit.blocks:
        tone = "neutral" if hit.dismissed else "warning" if hit.level == "warn" else "accent"
    return level_word(hit, fixed), tone


def part_words() -> dict[str, str]:
    """The parts of the score, in the order of the bar."""
    return {"field": _("field"), "text": _("text"), "vote": _("near"), "experience": _("earlier cases"),
            "evaluation": _("assessment"), "load": _("load")}
