"""The pool workbook (专家库工作簿): everything in the pool in one open xlsx, written and read.

Its sheets and columns are data (``resources/templates/pool_workbook.json``) and explained in its first sheet.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.experts.details import note_reveal
from expertpool.foundation.dates import today
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.progress import SILENT, Progress
from expertpool.organisations.register import ensure_units
from expertpool.spreadsheets.sheet_layout import ColumnStyle, SheetLayout
from expertpool.spreadsheets.writing import write_workbook
from expertpool.storage.transaction import Transaction
from expertpool.workbook.identified import (
    link_originals,
    settle_aliases,
    settle_answers,
    settle_cases,
    settle_links,
    settle_people,
    settle_units,
    summed_rows,
    unit_names,
)
from expertpool.workbook.incoming import EXPLANATION, FORM, IncomingRow, IncomingWorkbook, read_pool_workbook
from expertpool.workbook.outgoing import Outgoing, choices_of, explanation
from expertpool.workbook.references import References
from expertpool.workbook.settling import Settled, Settlement
from expertpool.workbook.sheets import Column, general_rules, sheet, sheets, shown_sheets

SUMMED = ("employments", "roles", "fields", "specialties", "phones", "interests")
# sheets brought in by functions of their own
_ALONE = frozenset({"organisations", "aliases", "organisation_answers", "experts", "cases", "case_links"})


def export_pool(pool: Pool, path: Path, *, reveal_reason: str = "", progress: Progress = SILENT) -> dict[str, int]:
    """Write the whole pool to ``path``; returns the number of rows by sheet key.

    Identity, phone and bank numbers are masked everywhere unless a reason is given, which the journal keeps. The
    export is noted in the journal before the file exists, so that no copy lacks its entry.
    """
    demand(pool.actor, "export workbook")
    kinds = shown_sheets()
    layouts, counts = [_explanation_layout()], {}
    with pool.read() as session:
        outgoing = Outgoing(session, revealed=bool(reveal_reason))
        for done, kind in enumerate(kinds):
            progress.step(done, len(kinds), kind.name)
            rows = outgoing.rows(kind)
            counts[kind.key] = len(rows)
            layouts.append(_layout(kind.name, kind.columns, rows))
        uids = outgoing.uids()
    if reveal_reason:
        note_reveal(pool, reveal_reason, uids)
    with pool.write("export workbook", always=True, file=Path(path).name, people=len(uids),
                    revealed=bool(reveal_reason)):
        pass
    cut = write_workbook(Path(path), layouts, progress=progress)
    if cut:
        counts["cut_texts"] = len(cut)
    return counts


def import_pool(pool: Pool, path: Path, *, progress: Progress = SILENT, dry_run: bool = False,
                strict: bool = False) -> JsonObject:
    """Bring a pool workbook in, in one transaction; returns rows, created, updated, unchanged, rejected, problems.

    rows = created + updated + unchanged + rejected. A row with an error is left out, the others are brought in; with
    ``strict`` any error refuses the whole workbook. ``dry_run`` writes nothing.
    """
    demand(pool.actor, "import workbook")
    book = read_pool_workbook(Path(path), progress)
    counts: Counter[str] = Counter()
    try:
        with pool.write("import workbook", file=Path(path).name) as transaction:
            counts = _bring_in(transaction, book, progress)
            if dry_run or (strict and _errors(book)):
                raise _Enough
            transaction.words |= dict(counts)
    except _Enough:
        if not dry_run:
            counts = Counter(rejected=counts.total())
            book.problems.append(Problem("exchange.refused", parameters={"count": _errors(book)}))
    return _report(book, counts, Path(path).name)


class _Enough(Exception):
    """Ends a transaction whose changes are to be discarded."""


def _bring_in(transaction: Transaction, book: IncomingWorkbook, progress: Progress) -> Counter[str]:
    """Bring in every sheet, each after those to which it refers."""
    references = References(transaction.session)
    settlement = Settlement(transaction, references)
    rows = book.rows
    settle_units(settlement, rows.get("organisations", ()))
    settle_aliases(settlement, rows.get("aliases", ()), book.columns.get("aliases", frozenset()))
    settle_answers(settlement, rows.get("organisation_answers", ()))
    wanted = unit_names(rows)
    ensure_units(transaction, wanted)
    references.add_units({name for name, _kind in wanted} | _referred_units(rows))
    people = settle_people(settlement, rows.get("experts", ()))
    summed = {person.id: (person, summed_rows(person)) for person in people if person.id is not None}
    kinds = sheets()
    for done, kind in enumerate(kinds):
        progress.step(done, len(kinds), kind.name)
        if kind.key == "cases":
            cases = settle_cases(settlement, rows.get("cases", ()))
        elif kind.key == "case_links":
            settle_links(settlement, rows.get("case_links", ()))
            if "case_links" not in book.columns:
                link_originals(settlement, cases)
        elif kind.key not in _ALONE:
            settled = settlement.settle(kind, rows.get(kind.key, ()), book.columns.get(kind.key, frozenset()))
            if kind.key == "assignments":
                _know_assignments(references, settled)
                settlement.fill_self_references(kind, settled)
            elif kind.key in SUMMED:
                _settle_summed(settlement, kind.key, summed, settled)
    progress.step(len(kinds), len(kinds))
    return settlement.counts


def _know_assignments(references: References, settled: Sequence[Settled]) -> None:
    for one in settled:
        if one.id is not None and "uid" in one.row.values:
            references.assignments[one.row.values["uid"]] = one.id


def _settle_summed(settlement: Settlement, key: str, summed: dict[int, tuple[Settled, dict[str, list[IncomingRow]]]],
                   settled: Sequence[Settled]) -> None:
    """Bring in the summary columns of people who have no rows in the detailed sheet."""
    have = {one.values.get("person_id") for one in settled}
    extra = [row for person, (_one, rows) in summed.items() if person not in have for row in rows.get(key, ())]
    for one in settlement.settle(sheet(key), extra, frozenset()):
        person = summed[one.values["person_id"]][0]
        if one.outcome in ("created", "updated") and person.outcome == "unchanged":
            settlement.recount(person, "updated")


def _referred_units(rows: dict[str, list[IncomingRow]]) -> set[str]:
    """Names in the columns that refer to units."""
    return {str(row.values[column.key]) for group in rows.values() for row in group
            for column in row.sheet.columns if column.kind == "unit" and column.key in row.values}


def _errors(book: IncomingWorkbook) -> int:
    return (sum(row.rejected for group in book.rows.values() for row in group)
            + sum(problem.severity is Severity.ERROR for problem in book.problems))


def _report(book: IncomingWorkbook, counts: Counter[str], name: str) -> JsonObject:
    problems = [*book.problems, *(problem for group in book.rows.values() for row in group
                                  for problem in row.problems)]
    return {"rows": counts.total(), **{key: counts[key] for key in ("created", "updated", "unchanged", "rejected")},
            "problems": [replace(problem, file=name) for problem in problems]}


def _layout(name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> SheetLayout:
    """A sheet to be written: Chinese headings with the English key in their comments; everything except figures as
    text."""
    return SheetLayout(
        name=name, headers=[column.head for column in columns], rows=rows,
        text_columns=frozenset(place for place, column in enumerate(columns, 1)
                               if column.kind not in ("whole", "number")),
        column_styles={place: ColumnStyle(wrap=False) for place in range(1, len(columns) + 1)},
        choices={place: choices for place, column in enumerate(columns, 1)
                 if column.kind in ("word", "yes_no") and (choices := choices_of(column))},
        header_comments={place: f"{column.key}\n{column.en}" for place, column in enumerate(columns, 1)},
        filter=bool(rows))


def _explanation_layout() -> SheetLayout:
    return SheetLayout(
        name=EXPLANATION, title="专家库工作簿", subtitle=f"格式版本 {FORM}    {today()}",
        headers=["工作表", "栏目", "英文键 Key", "English", "必填", "可选值", "说明", "Explanation"],
        rows=explanation(shown_sheets()), widths=[14, 18, 18, 30, 6, 50, 50, 50],
        notes=[*general_rules("zh"), *general_rules("en")])
