"""The whole path without a screen: samples in, a case matched, a person appointed, a roster out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from expertpool.accounts.pool_protocol import Pool
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.rules.vocabulary import word


def demonstrate(folder: Path, target: str, say: Callable[[str], None]) -> JsonObject:
    """Run the path in ``folder`` (made if missing); returns what was done. Raises ``demo.used`` on a used pool."""
    from expertpool.matching.appoint import appoint
    from expertpool.matching.ranking import open_case_numbers, rank
    from expertpool.pool import ExpertPool
    from expertpool.rosters.roster import RosterRequest, export_roster
    from expertpool.workbook.sample_pool import make_sample_pool
    from expertpool.workbook.workbook import export_pool

    folder.mkdir(parents=True, exist_ok=True)
    with ExpertPool.open(target) as pool:
        if pool.counts()["experts"]:
            raise UserProblem("demo.used", path=target)
        for line in make_sample_pool(pool):
            say(line)
        counts = pool.counts()
        say(_("{experts} people, {open_cases} open cases in {target}").format(target=target, **counts))
        number, ranking = _first_with_candidates(pool, open_case_numbers(pool), rank)
        say(_("{number}: {fit} may serve, {verify} to verify, {barred} may not").format(
            number=number, fit=len(ranking.candidates), verify=len(ranking.to_verify),
            barred=len(ranking.excluded)))
        chosen = ranking.candidates[0]
        for place, one in enumerate(ranking.candidates[:3], 1):
            say(f"  {place}. {one.name}（{one.employer}） {one.score}  {'；'.join(one.reasons)}")
        for barred in [one for one in ranking.excluded if not one.findings[0].rule.startswith("E-")][:3]:
            say(f"  × {barred.name}  {barred.findings[0].text}  {barred.findings[0].source}")
        appoint(pool, number, chosen.uid, ranking.role)
        say(_("{name} appointed to {number} as {role}").format(
            name=chosen.name, number=number, role=word("role", ranking.role)))
        roster = folder / "roster.xlsx"
        export_roster(pool, roster, RosterRequest(ranking.role))
        export_pool(pool, folder / "pool.xlsx")
        say(_("Roster: {file}").format(file=roster))
        return {"database": target, **counts, "case": number, "appointed": chosen.name, "roster": str(roster),
                "workbook": str(folder / "pool.xlsx"), "candidates": len(ranking.candidates),
                "excluded": len(ranking.excluded)}


def _first_with_candidates(pool: Pool, numbers: list[str], rank: Callable[..., Any]) -> tuple[str, Any]:
    for number in numbers:
        ranking = rank(pool, number)
        if ranking.candidates:
            return number, ranking
    raise UserProblem("demo.nobody")
