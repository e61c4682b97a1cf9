"""Pictures of every page in both looks and two sizes: ``python -m tests.screenshots FOLDER [en]``."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from expertpool.foundation.dates import fix_today

SIZES = ((1366, 768), (1920, 1080))
LOOKS = ("light", "dark")
PAGES = ("overview", "experts", "cases", "matching", "importing", "merging", "rosters", "settings")


def sample_pool(folder: Path) -> Path:
    """A pool of the shipped samples with one appointment, as an embedded file."""
    from expertpool.accounts.permissions import Actor
    from expertpool.matching.appoint import appoint
    from expertpool.matching.ranking import open_case_numbers, rank
    from expertpool.pool import ExpertPool
    from expertpool.workbook.sample_pool import make_sample_pool

    path = folder / "示例库.expertpool"
    with ExpertPool.open(path, actor=Actor("李岚")) as pool:
        make_sample_pool(pool)
        pool.set_setting("court", {"name": "沈阳市中级人民法院"})
        for number in open_case_numbers(pool)[:3]:
            ranking = rank(pool, number, top=1)
            if ranking.candidates:
                appoint(pool, number, ranking.candidates[0].uid, ranking.role)
        turn_red(pool)
    return path


def turn_red(pool: Any) -> None:
    """Two of the appointments meet a fact that was not known then."""
    from expertpool.assignments.service import assignment_rows
    from expertpool.cases.details import case_detail
    from expertpool.cases.docket import edit_case
    from expertpool.cases.drafts import PartyDraft
    from expertpool.experts.details import person_detail
    from expertpool.organisations.register import link

    first, second = [row for row in assignment_rows(pool) if row.open][:2]
    detail = case_detail(pool, first.case)
    draft = detail.draft()
    draft.parties.append(PartyDraft(side="third_party", name=employer(person_detail(pool, first.person_uid))))
    edit_case(pool, detail.uid, draft)
    party = case_detail(pool, second.case).parties[0]["name"]
    link(pool, employer(person_detail(pool, second.person_uid)), party, kind="controls", source="企业信用信息公示")


def employer(detail: Any) -> str:
    """The first unit of a person."""
    return str(detail.draft().employments[0].employer)


def take(window: Any, wait: Callable[[Callable[[], bool]], None], keep: Callable[[str, Any], None],
         sizes: Any = SIZES, looks: Any = LOOKS, pages: Any = PAGES) -> None:
    """Walk through the pages and hand each picture to ``keep(name, picture)``."""
    for width, height in sizes:
        window.resize(width, height)
        for look in looks:
            window.set_look(look)
            for page in pages:
                window.navigate(page, **arguments_for(window, page))
                wait(window.jobs.idle)
                keep(f"{page}-{look}-{width}", window.grab())


def arguments_for(window: Any, page: str) -> dict[str, Any]:
    """What makes a page show its usual content rather than an empty choice."""
    from expertpool.matching.ranking import open_case_numbers

    if page == "matching":
        return {"number": open_case_numbers(window.surroundings.pool)[0]}
    if page == "importing":
        roster = sorted((Path(__file__).parents[1] / "resources/samples/rosters").iterdir())[0]
        return {"files": [roster]}
    return {}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_FONT_DPI", "96")
    fix_today(date.fromisoformat("2026-11-22"))
    os.environ["EXPERTPOOL_LANGUAGE"] = arguments[1] if len(arguments) > 1 else "zh_CN"
    with tempfile.TemporaryDirectory() as home:
        os.environ["EXPERTPOOL_HOME"] = home
        from PySide6.QtTest import QTest

        from ui.application import make_window, open_pool, start

        path = sample_pool(Path(home))
        application = start()
        window = make_window(open_pool)
        window.show()
        window.open_pool(str(path))

        def wait(ready: Callable[[], bool]) -> None:
            for _turn in range(2000):
                application.processEvents()
                if ready() and window.surroundings.pool is not None:
                    break
                QTest.qWait(5)
            for _turn in range(5):
                application.processEvents()

        wait(window.jobs.idle)
        pool = window.surroundings.pool
        take(window, wait, lambda name, picture: picture.save(str(folder / f"{name}.png")))
        window.close()
        window.jobs.close()
        pool.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
