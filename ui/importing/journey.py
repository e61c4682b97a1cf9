"""The state of an import before it is written (导入过程): files, corrections, the plan, answers about duplicates. No
widgets, no workers."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from expertpool.foundation.language import N_
from expertpool.foundation.problems import Problem, Severity
from ui.importing.problem_groups import ProblemGroups

KINDS = (
    ("experts", N_("Expert roster")),
    ("cases", N_("Case list")),
    ("workbook", N_("Pool workbook")),
)
SAME, DIFFERENT, LATER = "same", "different", "later"
GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "accent"}
Table = tuple[str, str, tuple[int, ...]]  # file, sheet, heading rows: by these a table is recognised when read again
Place = tuple[str, str, int, int]


@dataclass
class Question:
    """A row that may be a known person: the row, the person, and the user's answer."""

    row: Any
    match: Any
    answer: str = LATER

    @property
    def inside(self) -> bool:
        """Whether the other one is an earlier row of the same import."""
        return self.match.id is None

    def apply(self) -> None:
        """Store the answer in the row, where the writing verb reads it."""
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
class Reading:
    """What a worker found in the files: the plan or, for a pool workbook, its preview; problems in groups."""

    plan: object = None
    preview: dict[str, object] = field(default_factory=dict)
    groups: ProblemGroups = field(default_factory=ProblemGroups)
    wrong: int = 0  # rows with an error
    hidden: Sequence[object] = ()  # rows that are hidden in their file
    offers: Sequence[tuple[Any, Any]] = ()  # (table, what is remembered about its columns)
    known: Sequence[Any] = ()  # every remembered layout


@dataclass
class Journey:
    """Everything known of the import so far; nothing of it is in the pool before it is written.

    What a row said is kept in ``aside`` if the user leaves the row out; the plan then treats it as naming nobody.
    """

    kind: str = "experts"
    paths: list[Path] = field(default_factory=list)
    columns: dict[tuple[str, str, int], str] = field(default_factory=dict)
    read_with: dict[tuple[str, str, int], str] = field(default_factory=dict)
    cells: dict[Place, dict[int, str]] = field(default_factory=dict)  # cells corrected by hand
    first: dict[tuple[Place, int], str] = field(default_factory=dict)  # what the file says in those cells
    rows_out: set[Place] = field(default_factory=set)
    tables_out: set[Table] = field(default_factory=set)
    hidden_answer: str = ""  # answer about hidden rows: "", "in" or "out"
    sheets_in: dict[Path, list[str]] = field(default_factory=dict)  # hidden sheets that are to be read
    # the name under which corrections will be remembered
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    found: Reading = field(default_factory=Reading)
    aside: dict[Any, Any] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    uncompared: bool = False
    stale: bool = False
    refused: bool = False  # whether to offer remembered columns
    whole: bool = False  # whether nothing is written while a row cannot be imported
    _counts: dict[str, int] = field(default_factory=dict)
    _wrong: int = 0

    @property
    def plan(self) -> Any:
        return self.found.plan

    @property
    def preview(self) -> dict[str, Any]:
        return self.found.preview

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files, each once; a pool workbook must be the only file."""
        self.paths = list(dict.fromkeys([*self.paths, *map(Path, paths)]))
        if self.kind == "workbook":
            self.paths = self.paths[-1:]
        self.forget_plan()

    def forget_plan(self) -> None:
        """Discard what was read."""
        kept = Journey(self.kind, self.paths)
        self.__dict__.update(kept.__dict__)

    def take(self, result: Reading) -> None:
        """Take a new preview; earlier answers and corrections still apply to the same rows."""
        self.stale, self.read_with = False, dict(self.columns)
        before = {one.row.place: one.answer for one in self.questions}
        self.found, self.aside, self.questions, self._wrong = result, {}, [], result.wrong
        if self.plan is not None:
            self._lay_aside(self.rows_out_now())
        self.uncompared = bool(self.aside or self.cells)
        self._ask(before)

    def take_compared(self) -> None:
        """The rows were compared with the pool again."""
        self.uncompared = self.stale = False
        self._ask({one.row.place: one.answer for one in self.questions})

    def _ask(self, before: dict[Place, str]) -> None:
        self.questions = []
        for row in self.plan.rows() if self.plan and self.kind == "experts" else ():
            if row.decision == "duplicate" and row.match is not None:
                first = SAME if row.match.sure else LATER
                self.questions.append(Question(row, row.match, before.get(row.place, first)))
                self.questions[-1].apply()
        self.questions.sort(key=lambda one: one.answer != LATER)
        self.recount()

    # -- corrections
    def rows_out_now(self) -> list[object]:
        """The rows that the user leaves out: singly, with their table, or as hidden rows."""
        found = [row for row in self.plan.rows() if row.place in self.rows_out] if self.rows_out else []
        if self.hidden_answer == "out":
            found += self.found.hidden
        if self.tables_out:
            found += [row for _file, sheet in self.sheets() if table_of(sheet) in self.tables_out
                      for row in sheet.rows]
        return found

    def _lay_aside(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if row not in self.aside:
                self.aside[row] = row.said
                row.said, row.decision, row.match = None, "reject", None

    def put_in_or_out(self) -> None:
        """Apply what the user said about leaving rows out; the rows must be compared again."""
        out = self.rows_out_now()
        staying = set(out)
        for row in [one for one in self.aside if one not in staying]:
            row.said = self.aside.pop(row)
            row.decision = "create" if row.said is not None else "reject"
        self._lay_aside(out)
        self.uncompared = True
        self.questions = [one for one in self.questions if one.row not in staying]
        self.recount()

    def correct(self, row: Any, index: int, text: str, read_again: Callable[[Any, int, str], None]) -> None:
        """A cell was corrected: the row is read again and its problems change."""
        before, wrong = list(row.problems), row.has_error
        self.first.setdefault((row.place, index), cell_of(row, index))
        read_again(row, index, text)
        self.cells.setdefault(row.place, {})[index] = text
        self.found.groups.replace(row, before, row.problems)
        self._wrong += row.has_error - wrong
        self.questions = [one for one in self.questions if one.row is not row]
        self.uncompared = True
        self.recount()

    # -- questions it answers
    def corrected(self) -> bool:
        """Whether columns were corrected since the files were read."""
        return self.columns != self.read_with

    def sheets(self) -> list[tuple[Any, Any]]:
        """(file, sheet) of every table that was found."""
        return [(file, sheet) for file in self.plan.files for sheet in file.sheets] if self.plan else []

    def field_of(self, file: str, sheet: str, column: Any) -> str:
        """The field of a column, including the user's correction."""
        return str(self.columns.get((file, sheet, column.index), column.field))

    def doubly_mapped(self) -> list[tuple[str, str, str]]:
        """Fields mapped to two columns although only one is allowed: (file, sheet, field)."""
        from expertpool.importing.fields import REPEATABLE

        found = []
        for file, sheet in self.sheets():
            fields = Counter(self.field_of(file.name, sheet.name, column) for column in sheet.columns)
            found += [(file.name, sheet.name, code) for code, count in fields.items()
                      if code and count > 1 and code not in REPEATABLE]
        return found

    def recount(self) -> None:
        """Count the rows again; only once for each change, because there may be a hundred thousand."""
        if self.kind == "workbook":
            named = ("rows", "created", "updated", "unchanged", "duplicates", "rejected")
            self._counts = {name: int(self.preview.get(name, 0)) for name in named}
            self._counts["wrong"] = sum(p.severity == "error" for p in self.preview.get("problems", ()))
        else:
            self._counts = {**(self.plan.counts() if self.plan else {}), "wrong": self._wrong}

    def counts(self) -> dict[str, int]:
        """Number of rows by outcome; ``wrong`` are rows with an error in some cell."""
        return dict(self._counts) or {"wrong": 0}

    def problems(self) -> list[list[tuple[Problem, object]]]:
        """Groups of (problem, row or None) that say the same about one column, gravest first, then as in the
        files."""
        return self.found.groups.all()

    def open_questions(self) -> int:
        """How many possible duplicates are still postponed."""
        return sum(question.answer == LATER for question in self.questions)

    def writes(self) -> int:
        """How many rows are written: into the register, or to wait for an answer."""
        counts = self.counts()
        return counts.get("created", 0) + counts.get("updated", 0) + self.waiting()

    def unfit(self) -> int:
        """How many rows cannot be imported, not counting those the user left out."""
        return max(0, self.counts().get("rejected", 0) - len(self.aside))

    def waiting(self) -> int:
        """How many rows would wait for an answer."""
        return self.open_questions() if self.kind == "experts" else 0


def table_of(sheet: Any) -> Table:
    """By what a table is recognised when its file is read again."""
    return sheet.file, sheet.name, tuple(sheet.header_rows)


def cell_of(row: Any, index: int) -> str:
    """The full text of one cell; the row's other cells are not read."""
    from expertpool.spreadsheets.cell_text import cell_text

    return cell_text(row.record.cells.get(index))
