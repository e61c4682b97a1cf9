"""An import on its way (导入过程): files, corrected columns, the plan, answers about duplicates. No widgets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import N_
from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.progress import Progress

KINDS = (
    ("experts", N_("Expert roster")),
    ("cases", N_("Case list")),
    ("workbook", N_("Pool workbook")),
)
SAME, DIFFERENT, LATER = "same", "different", "later"
GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "accent"}


@dataclass
class Question:
    """A row that may be somebody known: the row, whom it may be, and what the user says."""

    row: Any
    match: Any
    answer: str = LATER

    @property
    def inside(self) -> bool:
        """Whether the other one is an earlier row of the same import."""
        return self.match.id is None

    def apply(self) -> None:
        """Put the answer into the row, where the writing verb looks."""
        self.row.match = self.match
        if self.answer == DIFFERENT:
            self.row.decision = "create"
        elif self.answer == SAME and not self.inside:
            self.row.decision = "update"
        else:
            self.row.decision = "duplicate"
            if self.inside:
                self.row.match = replace(self.match, sure=self.answer == SAME)


@dataclass(frozen=True)
class WorkbookDone:
    """What the import of a pool workbook did, in the form of the other imports."""

    counts: dict[str, Any]
    changes: Changes


@dataclass
class Journey:
    """All that is known of the import so far; nothing of it is in the pool before :func:`write`."""

    kind: str = "experts"
    paths: list[Path] = field(default_factory=list)
    columns: dict[tuple[str, str, int], str] = field(default_factory=dict)
    plan: Any = None
    preview: dict[str, Any] = field(default_factory=dict)  # of a pool workbook
    questions: list[Question] = field(default_factory=list)
    read_with: dict[tuple[str, str, int], str] = field(default_factory=dict)
    stale: bool = False

    def add_files(self, paths: Sequence[Path]) -> None:
        """Further files, each once; a pool workbook is one file."""
        self.paths = list(dict.fromkeys([*self.paths, *map(Path, paths)]))
        if self.kind == "workbook":
            self.paths = self.paths[-1:]
        self.forget_plan()

    def forget_plan(self) -> None:
        """What was read no longer holds."""
        self.plan, self.preview, self.questions = None, {}, []
        self.columns, self.read_with = {}, {}

    def take(self, result: Any) -> None:
        """A new preview; answers given before hold on for the same rows."""
        self.stale, self.read_with = False, dict(self.columns)
        if self.kind == "workbook":
            self.preview = dict(result)
            return
        before = {_place(one.row): one.answer for one in self.questions}
        self.plan, self.questions = result, []
        if self.kind != "experts":
            return
        for row in result.rows():
            if row.decision == "duplicate" and row.match is not None:
                first = SAME if row.match.sure else LATER
                self.questions.append(Question(row, row.match, before.get(_place(row), first)))
                self.questions[-1].apply()
        self.questions.sort(key=lambda one: one.answer != LATER)

    def corrected(self) -> bool:
        """Whether columns were corrected since the files were read."""
        return self.columns != self.read_with

    def sheets(self) -> list[tuple[Any, Any]]:
        """(file, sheet) of every table that was found."""
        return [(file, sheet) for file in self.plan.files for sheet in file.sheets] if self.plan else []

    def field_of(self, file: str, sheet: str, column: Any) -> str:
        """The field a column is for, with the user's correction."""
        return self.columns.get((file, sheet, column.index), column.field)

    def twice(self) -> list[tuple[str, str, str]]:
        """(file, sheet, field) where two columns were given a field that only one can have."""
        from expertpool.importing.fields import REPEATABLE

        found = []
        for file, sheet in self.sheets():
            fields = Counter(self.field_of(file.name, sheet.name, column) for column in sheet.columns)
            found += [(file.name, sheet.name, code) for code, count in fields.items()
                      if code and count > 1 and code not in REPEATABLE]
        return found

    def counts(self) -> dict[str, int]:
        """Rows and what becomes of them; ``wrong`` are rows with an error in some cell."""
        if self.kind == "workbook":
            named = ("rows", "created", "updated", "unchanged", "duplicates", "rejected")
            counts = {name: int(self.preview.get(name, 0)) for name in named}
            return counts | {"wrong": sum(p.severity == "error" for p in self.preview.get("problems", ()))}
        counts = dict(self.plan.counts()) if self.plan else {}
        return counts | {"wrong": sum(row.has_error for row in self.plan.rows()) if self.plan else 0}

    def problems(self) -> list[list[tuple[Problem, Any]]]:
        """Groups of (problem, row or None) that say the same of one column, gravest first, then as in the files."""
        if self.kind == "workbook":
            found = [(problem, None) for problem in self.preview.get("problems", ())]
        else:
            found = [(replace(notice, file=file.name), None) for file in self.plan.files
                     for notice in file.notices] if self.plan else []
            found += [(problem, row) for row in (self.plan.rows() if self.plan else ())
                      for problem in row.problems]
        groups: dict[tuple[str, ...], list[tuple[Problem, Any]]] = {}
        for problem, row in sorted(found, key=lambda one: GRAVITY[Severity(one[0].severity)]):
            key = (problem.severity, problem.file, problem.sheet, problem.field, problem.text)
            groups.setdefault(key, []).append((problem, row))
        return list(groups.values())

    def open_questions(self) -> int:
        """How many possible duplicates are still left for later."""
        return sum(question.answer == LATER for question in self.questions)

    def writes(self) -> int:
        """How many rows would be written."""
        counts = self.counts()
        return counts.get("created", 0) + counts.get("updated", 0)


def _place(row: Any) -> tuple[str, str, int, int]:
    return row.file, row.sheet, row.row, row.slot


def read(pool: Any, kind: str, paths: Sequence[Path], columns: dict[tuple[str, str, int], str],
         progress: Progress) -> Any:
    """Read the files and compare them with the pool; writes nothing. Runs in a worker."""
    if kind == "workbook":
        from expertpool.exchange.workbook import import_pool

        return import_pool(pool, paths[0], dry_run=True, progress=progress)
    if kind == "cases":
        from expertpool.importing.cases import preview_cases

        return preview_cases(pool, paths, columns=columns, progress=progress)
    from expertpool.importing.experts import preview_experts

    return preview_experts(pool, paths, columns=columns, progress=progress)


def write(pool: Any, journey: Journey, progress: Progress) -> Any:
    """Write everything in one transaction. Runs in a worker."""
    if journey.kind == "workbook":
        from expertpool.exchange.workbook import import_pool

        before = pool.state()
        counts = import_pool(pool, journey.paths[0], progress=progress)
        entry = pool.state()
        return WorkbookDone(counts, Changes(entry if entry > before else 0, "import workbook", many=True))
    if journey.kind == "cases":
        from expertpool.importing.cases import apply_cases

        return apply_cases(pool, journey.plan, progress=progress)
    from expertpool.importing.experts import apply_plan

    return apply_plan(pool, journey.plan, duplicates="ask", progress=progress)
