"""What the measurements share: one large pool, and a line for figures that is printed at the end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmark.made_up import roster
from tests.benchmark.sizes import LARGE, PEOPLE

FIGURE = "figure"


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Append lines; they travel with the report of the test and are printed when the session ends."""
    lines: list[str] = []
    yield lines
    request.node.user_properties += [(FIGURE, line) for line in lines]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told = [line for reports in terminalreporter.stats.values() for report in reports
            if getattr(report, "when", "") == "teardown"
            for name, line in report.user_properties if name == FIGURE]
    if told:
        terminalreporter.section(f"measured against a floor of the same run, {'large' if LARGE else 'small'} sizes")
        for line in told:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def seconds() -> Callable[[Callable[[], Any]], float]:
    """Wall seconds of one call."""
    def measure(work: Callable[[], Any]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return measure


@pytest.fixture(scope="session")
def large_roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return roster(tmp_path_factory.mktemp("large") / "名册.xlsx", PEOPLE)


@pytest.fixture(scope="session")
def large_pool(tmp_path_factory: pytest.TempPathFactory, large_roster: Path) -> Iterator[Any]:
    """A pool of many people, each with a role, and one case."""
    from expertpool.cases.docket import open_case
    from expertpool.cases.drafts import CaseDraft, PartyDraft, PatentDraft
    from expertpool.experts.drafts import RoleDraft
    from expertpool.experts.register import register_many
    from expertpool.importing.experts import preview_experts
    from expertpool.pool import ExpertPool

    with ExpertPool.open(tmp_path_factory.mktemp("pool") / "large.expertpool") as pool:
        term = RoleDraft(role="technical_investigator", start="2025-01-01", end="2027-12-31")
        plan = preview_experts(pool, [large_roster])
        with pool.write("import experts") as transaction:
            register_many(transaction, [row.draft.model_copy(update={"roles": [term]})
                                        for row in plan.rows() if row.draft is not None])
        open_case(pool, CaseDraft(
            number="(2026)辽01知民初1号", cause="侵害发明专利权纠纷", issue="移动机器人的伺服控制方法与步态切换",
            parties=[PartyDraft(side="plaintiff", name="浑河第7自动化研究所"),
                     PartyDraft(side="defendant", name="沈阳云岭机器人股份有限公司")],
            patents=[PatentDraft(ipc=["B62D 57/032"])]))
        yield pool
