"""The check sheet (核对表) of a whole ranking: who may serve, in which order, who may not and under which law."""

from collections.abc import Sequence

from expertpool.accounts.permissions import READ, demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.cases.details import CaseDetail
from expertpool.checks.findings import Finding
from expertpool.documents.paper import Block, Heading, Paper, Table, Text
from expertpool.foundation.dates import local_time
from expertpool.foundation.language import _
from expertpool.foundation.text import joined
from expertpool.matching.ranking import Candidate, Excluded, Ranking
from expertpool.rules import vocabulary

WIDTHS = (6, 34, 0)  # widths in per cent


@numbers_hidden
def answer_sheet(pool: Pool, ranking: Ranking, case: CaseDetail) -> Paper:
    """The sheet of a ranking, with the case as it was when the ranking was made."""
    demand(pool.actor, READ)
    fixed = frozenset(rule.id for rule in pool.rules if not rule.editable)
    values = case.values
    head = joined(values["cause"], vocabulary.word("procedure", values["procedure"]), values["court"])
    parties = "；".join(f"{vocabulary.word('party_side', party['side'])}：{party['name']}" for party in case.parties)
    checked = _("Checked {time} · rule book {version}").format(
        time=local_time(ranking.checked_at), version=ranking.rules_version)
    said = (head, parties, vocabulary.word("case_role", ranking.role), checked)
    title = _("Check sheet")
    return Paper(f"{title} {ranking.number}", (
        *(Text(words) for words in said if words),
        *_people(_("May serve"), ranking.candidates, fixed), *_people(_("To verify"), ranking.to_verify, fixed),
        *_people(_("May not serve"), ranking.excluded, fixed)))


def unit_and_title(one: Candidate | Excluded) -> str:
    """Unit, and for those who may serve also the title, with its level where the title does not tell it."""
    if isinstance(one, Excluded):
        return one.employer
    level = vocabulary.word("title_level", one.title_level)
    return joined(one.employer, f"{one.title}（{level}）" if one.title and level else one.title or level)


def level_word(hit: Finding, fixed: frozenset[str]) -> str:
    """What a finding means: forbidden by law (rules that are ``fixed``), barred by the court's setting, to be
    verified, or for information."""
    if hit.dismissed:
        return _("dismissed")
    if hit.blocks:
        return _("forbidden") if hit.rule in fixed else _("setting")
    return _("to verify") if hit.level == "warn" else _("hint")


def _people(title: str, people: Sequence[Candidate | Excluded], fixed: frozenset[str]) -> tuple[Block, Block]:
    rows = tuple((str(place), *_person(one, fixed)) for place, one in enumerate(people, 1))
    return Heading(f"{title} {len(people)}"), Table((), rows, WIDTHS) if rows else Table((), ((_("Nobody"),),))


def _person(one: Candidate | Excluded, fixed: frozenset[str]) -> tuple[str, str]:
    said = [f"[{level_word(hit, fixed)}] {hit.text} {hit.source}" for hit in one.findings]
    if isinstance(one, Candidate):
        said.insert(0, joined(f"{one.score:g}", *one.reasons))
    return f"{one.name}，{unit_and_title(one)}", "\n".join(said)
