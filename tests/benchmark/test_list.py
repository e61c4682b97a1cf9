"""Opening and scrolling the list of 100,000 people against the bare id query and page query."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from sqlalchemy import insert

from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.tables import PersonListing
from expertpool.pool import ExpertPool
from tests.benchmark.sizes import size

PEOPLE = size(100_000, 2_000)


@pytest.fixture(scope="module")
def wide_pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExpertPool]:
    """A pool whose listing has so many rows (the list reads nothing else)."""
    with ExpertPool.open(tmp_path_factory.mktemp("wide") / "wide.expertpool") as pool:
        with pool.database.engine.execution_options(writing=True).begin() as connection:
            for start in range(1, PEOPLE, 2_000):
                connection.execute(insert(PersonListing), [
                    {"person_id": n, "uid": str(n), "name": f"专家{n}", "sort_name": f"zhuan jia {n % 977} {n}",
                     "gender": "", "employer": f"浑河第{n % 300}研究所", "department": "", "title": "教授",
                     "title_level": "senior", "title_rank": 1, "roles": " technical_investigator ",
                     "fields": "|B62D|", "groups": "|T01|", "specialties": "移动机器人", "term_end": "2027-02-28",
                     "open_cases": n % 5, "case_cap": None, "state": "active", "changed_at": "", "body": ""}
                    for n in range(start, start + 2_000)])
        yield pool


def test_opening_and_scrolling(benchmark: Any, qtbot: Any, wide_pool: ExpertPool, tmp_path: Path,
                               monkeypatch: pytest.MonkeyPatch, figures: list[str],
                               seconds: Callable[[Callable[[], Any]], float]) -> None:
    monkeypatch.setenv("EXPERTPOOL_HOME", str(tmp_path))
    from ui.feedback import Feedback
    from ui.jobs import Jobs
    from ui.widgets.record_table import Column, RecordTable

    query = PeopleQuery()
    floor_open = min(seconds(lambda: people_ids(wide_pool, query)) for _turn in range(3))
    ids = people_ids(wide_pool, query)
    floor_page = min(seconds(lambda start=start: people_rows(wide_pool, ids[start:start + 200]))
                     for start in (0, PEOPLE * 2 // 5, PEOPLE * 9 // 10))
    jobs = Jobs(Feedback())

    def rows(wanted: Any) -> list[dict[str, Any]]:
        return [{"id": row.person_id, "name": row.name, "employer": row.employer, "title": row.title}
                for row in people_rows(wide_pool, wanted)]

    table = RecordTable(
        [Column("name", "Name", 120), Column("employer", "Unit", 240), Column("title", "Title", 100)],
        lambda key, descending: people_ids(wide_pool, PeopleQuery(sort=key or "name", descending=descending)),
        rows, jobs=jobs)
    qtbot.addWidget(table)
    table.resize(1200, 700)
    table.show()

    def opened() -> None:
        table.reload()
        qtbot.waitUntil(lambda: jobs.idle() and table.count() == PEOPLE, timeout=20_000)
        table.grab()

    view = table.view if hasattr(table, "view") else table
    bar = view.verticalScrollBar()

    def jump(part: float) -> None:
        bar.setValue(int(bar.maximum() * part))
        table.grab()

    took = min(seconds(opened) for _turn in range(3))
    jumps = sorted(seconds(lambda part=part: jump(part)) for part in (0.13, 0.37, 0.61, 0.83, 1.0, 0.5, 0.25))
    benchmark.pedantic(lambda: jump(0.7), rounds=3)
    figures.append(f"list of {PEOPLE:,}: opened {took * 1000:.0f} ms (id query alone {floor_open * 1000:.0f} ms, ratio "
                   f"{took / floor_open:.1f}); jump and paint median {jumps[3] * 1000:.0f} ms, worst "
                   f"{jumps[-1] * 1000:.0f} ms (page query alone {floor_page * 1000:.0f} ms, ratio "
                   f"{jumps[3] / floor_page:.1f})")
    table.close()
    jobs.close()
    table.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
