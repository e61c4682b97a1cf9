"""An import before it is written (导入预览): files, sheets, columns, rows with what would become of each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from expertpool.foundation.problems import Problem, Severity

D = TypeVar("D")
DECISIONS = ("create", "update", "unchanged", "duplicate", "reject")
COUNTED = {"create": "created", "update": "updated", "unchanged": "unchanged", "duplicate": "duplicates",
           "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Match:
    """The known person (or earlier row of the same import) that a row is, or may be."""

    name: str
    keys: tuple[str, ...]
    sure: bool
    uid: str = ""
    employer: str = ""
    id: int | None = None
    place: tuple[str, str, int, int] | None = None  # file, sheet, row, slot of an earlier row of this import

    @property
    def row(self) -> int:
        """The earlier row's number, 0 where the match is a person of the pool."""
        return self.place[2] if self.place else 0


@dataclass
class PlannedRow(Generic[D]):
    """One row: its cells as shown, the draft read from it, its problems and what becomes of it."""

    file: str
    sheet: str
    row: int
    cells: dict[int, str]
    draft: D | None
    problems: list[Problem]
    slot: int = 0
    decision: str = "create"
    match: Match | None = None
    fields: dict[str, str] = field(default_factory=dict)  # field → cell, such as D7

    @property
    def place(self) -> tuple[str, str, int, int]:
        """File, sheet, row and slot: what no other row of an import shares."""
        return self.file, self.sheet, self.row, self.slot

    @property
    def has_error(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass
class PlannedSheet(Generic[D]):
    """One table of a sheet with its columns as understood."""

    name: str
    header_rows: tuple[int, ...]
    columns: list[Any]
    rows: list[PlannedRow[D]]
    ignored: list[Any] = field(default_factory=list)


@dataclass
class PlannedFile(Generic[D]):
    path: Path
    name: str
    sha256: str
    notices: list[Problem]
    sheets: list[PlannedSheet[D]]


@dataclass
class ImportPlan(Generic[D]):
    """What an import would do. ``counts()`` always adds up to ``rows``."""

    kind: str
    files: list[PlannedFile[D]]

    def rows(self) -> Iterator[PlannedRow[D]]:
        return (row for file in self.files for sheet in file.sheets for row in sheet.rows)

    def counts(self) -> dict[str, int]:
        """rows = created + updated + unchanged + duplicates + rejected."""
        found = Counter(COUNTED[row.decision] for row in self.rows())
        return {"rows": sum(found.values()), **{name: found[name] for name in COUNTED.values()}}

    def problems(self) -> list[Problem]:
        """Every problem with its place, file by file."""
        found: list[Problem] = []
        for file in self.files:
            found += [replace(notice, file=file.name) for notice in file.notices]
            found += [problem for sheet in file.sheets for row in sheet.rows for problem in row.problems]
        return found

    def summary(self) -> list[dict[str, Any]]:
        """Files, sheets, header rows and columns, as reports say them."""
        return [{"file": file.name, "sheets": [{
            "sheet": sheet.name, "header_rows": list(sheet.header_rows),
            "columns": [{"header": c.header, "field": c.field, "confidence": round(c.confidence, 3)}
                        for c in sheet.columns], "rows": len(sheet.rows)} for sheet in file.sheets]}
            for file in self.files]
