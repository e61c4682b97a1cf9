"""Workbooks of several sheets, people side by side, hidden and repeated rows, into a pool that knows some of them:
every row is accounted for, twice is once, and taking the import back restores every table.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given
from hypothesis import strategies as st
from openpyxl import Workbook

from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register_many
from expertpool.importing.batches import batches, undo_batch
from expertpool.importing.experts import import_experts, preview_experts
from expertpool.importing.report import write_report
from expertpool.importing.waiting import settle_waiting, waiting_rows
from expertpool.pool import ExpertPool
from tests.engines.test_merge import everything, listings
from tests.property.test_import_accounting import ROWS, balanced
from tests.property.test_merge import DRAFTS
from tests.seeds import examples

HEADS = ["姓名", "工作单位", "手机", "出生年月", "身份证号"]
LAST = ("末行人", "浑河理工大学", "13800000009", "1970-01", "")  # so that no sheet is without a name
FEW = examples(10, phases=[Phase.explicit, Phase.reuse, Phase.generate],
               suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large,
                                      HealthCheck.filter_too_much])


@dataclass
class Page:
    """One sheet: rows, how many people stand side by side, which rows are hidden, how often all is repeated."""

    rows: list[tuple[str, ...]]
    beside: int
    hidden: set[int]
    again: int


PAGES = st.lists(st.builds(Page, ROWS.map(lambda rows: rows[:6]), st.sampled_from([1, 1, 2]),
                           st.sets(st.integers(0, 7), max_size=3), st.sampled_from([1, 1, 2])), min_size=1, max_size=3)
KNOWN = st.lists(DRAFTS, max_size=4)


def write(path: Path, pages: list[Page]) -> range:
    """Write the pages as sheets; how many rows that may be: one lone date or number is no person."""
    book = Workbook()
    book.remove(book.active)
    fewest = most = 0
    for number, page in enumerate(pages, 1):
        sheet = book.create_sheet(f"表{number}")
        sheet.append(HEADS * page.beside)
        people = [*page.rows * page.again, *[LAST] * page.beside]
        people += [LAST] * (-len(people) % page.beside)
        for start in range(0, len(people), page.beside):
            sheet.append([cell or None for person in people[start:start + page.beside] for cell in person])
            if start in page.hidden:
                sheet.row_dimensions[sheet.max_row].hidden = True
        fewest += sum(sum(map(bool, person)) > 1 for person in people)
        most += sum(any(person) for person in people)
    book.save(path)
    return range(fewest, most + 1)


@contextmanager
def fresh(template: Path, known: list[PersonDraft]) -> Iterator[tuple[ExpertPool, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pool.expertpool"
        path.write_bytes(template.read_bytes())
        with ExpertPool.open(path) as pool:
            if known:
                with pool.write("register") as transaction:
                    register_many(transaction, known)
            yield pool, Path(folder)


def traced(plan: Any) -> bool:
    """Whether no row says nothing new of somebody whom it only may be: such a row leaves no trace in the pool, and
    once the rest of its file has been written it may be surely somebody else.
    """
    return not any(row.decision == "unchanged" and row.match and not row.match.sure for row in plan.rows())


def content(pool: ExpertPool, *without: str) -> Any:
    return everything(pool, without=without), listings(pool)


@FEW
@given(known=KNOWN, pages=PAGES)
def test_every_row_of_every_sheet_is_accounted_for(known: list[PersonDraft], pages: list[Page], sqlite_template: Path) -> None:
    with fresh(sqlite_template, known) as (pool, folder):
        possible = write(folder / "名单.xlsx", pages)
        all_traced = traced(preview_experts(pool, [folder / "名单.xlsx"]))
        report = import_experts(pool, [folder / "名单.xlsx"])
        assert balanced(report)
        assert report["rows"] in possible
        assert pool.counts()["experts"] == len(known) + report["created"]
        hidden = [problem for problem in report["problems"] if problem.code == "hidden_row"]
        assert len({(problem.sheet, problem.row) for problem in hidden}) <= sum(len(page.hidden) for page in pages)
        assume(all_traced)
        state, after = pool.state(), content(pool)
        again = import_experts(pool, [folder / "名单.xlsx"])
        assert balanced(again)
        assert (again["rows"], again["created"], again["updated"], again["waiting"]) == (report["rows"], 0, 0, 0)
        assert (pool.state(), content(pool)) == (state, after)


@FEW
@given(known=KNOWN, pages=PAGES)
def test_taking_it_back_restores_every_table_and_it_comes_in_again(known: list[PersonDraft], pages: list[Page],
                                                                   sqlite_template: Path) -> None:
    with fresh(sqlite_template, known) as (pool, folder):
        write(folder / "名单.xlsx", pages)
        before, all_before = content(pool, "importbatch"), content(pool)
        first = import_experts(pool, [folder / "名单.xlsx"])
        pool.undo_last()
        assert content(pool) == all_before
        second = import_experts(pool, [folder / "名单.xlsx"])
        assert outcome(second) == outcome(first)
        _changes, done = undo_batch(pool, second["batch"])
        assert done.spared == ()
        assert content(pool, "importbatch") == before
        third = import_experts(pool, [folder / "名单.xlsx"])
        assert outcome(third) == outcome(first)
        assert pool.check_journal()[1] is None


def outcome(report: dict[str, Any]) -> dict[str, Any]:
    return {name: report[name] for name in ("rows", "created", "updated", "unchanged", "duplicates", "rejected", "waiting")}


@FEW
@given(known=KNOWN, pages=PAGES, answers=st.lists(st.sampled_from(["same", "different", "drop"]), min_size=4, max_size=4))
def test_answers_about_waiting_rows_go_back_too(known: list[PersonDraft], pages: list[Page], answers: list[str],
                                                sqlite_template: Path) -> None:
    """Undone one by one, newest first, every operation leaves what was before it."""
    with fresh(sqlite_template, known) as (pool, folder):
        write(folder / "名单.xlsx", pages)
        states = [content(pool)]
        import_experts(pool, [folder / "名单.xlsx"])
        for answer in answers:
            waiting = next((row for row in waiting_rows(pool) if row.candidate or answer != "same"), None)
            if waiting is not None:
                states.append(content(pool))
                settle_waiting(pool, waiting.uid, answer)
        while states:
            pool.undo_last()
            assert content(pool) == states.pop()


@FEW
@given(known=KNOWN, pages=PAGES)
def test_an_error_workbook_that_comes_back_untouched_changes_nothing(known: list[PersonDraft], pages: list[Page],
                                                                     sqlite_template: Path) -> None:
    with fresh(sqlite_template, known) as (pool, folder):
        write(folder / "名单.xlsx", pages)
        plan = preview_experts(pool, [folder / "名单.xlsx"])
        assume(traced(plan))
        write_report(plan, folder / "错误表.xlsx")
        import_experts(pool, [folder / "名单.xlsx"])
        state, after = pool.state(), content(pool)
        report = import_experts(pool, [folder / "错误表.xlsx"])
        assert balanced(report)
        assert (report["created"], report["updated"], report["waiting"]) == (0, 0, 0)
        assert (pool.state(), content(pool)) == (state, after)
        assert len(batches(pool)) == 1
