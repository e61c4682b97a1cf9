"""How well the sample rosters are read: ``python -m tests.accuracy [FOLDER]`` prints figures per file and field.

Rows are matched by sheet, row and slot; a phantom is a record that the truth does not know.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expertpool.foundation.vocabulary import code_of
from expertpool.importing.columns import map_columns
from expertpool.importing.fields import PersonReading
from expertpool.importing.headers import header_score
from expertpool.importing.rows import read_person
from expertpool.spreadsheets.layout import find_tables
from expertpool.spreadsheets.reading import read_workbook

ROSTERS = Path(__file__).resolve().parents[2] / "shared" / "samples" / "rosters"
ISSUES = frozenset({"id_checksum", "id_precision_lost", "id_missing", "id_15", "birth_invalid", "birth_id_mismatch",
                    "phone_invalid", "phone_precision_lost", "gender_id_mismatch", "hidden_row"})
CODED = {"party": "party", "education": "education", "ethnicity": "ethnicity"}


@dataclass
class Score:
    """Figures of one file."""

    rows: int = 0
    matched: int = 0
    phantoms: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def readings(path: Path) -> list[tuple[str, int, int, PersonReading]]:
    """Every record of a file as (sheet, row, slot, reading)."""
    result = []
    for sheet in read_workbook(path).sheets:
        for table in find_tables(sheet, header_score):
            samples = [[r.cells.get(c.index) for r in table.records[:200]] for c in table.columns]
            columns = map_columns([c.header for c in table.columns], samples, "experts",
                                  [c.index for c in table.columns])
            result += [(sheet.name, record.row, record.slot,
                        read_person(record, columns, hidden_rows=sheet.hidden_rows)) for record in table.records]
    return result


def as_truth(reading: PersonReading) -> dict[str, Any]:
    """A reading under the names of the truth file."""
    values = reading.values
    mobiles = [number for kind, number in values.phones if kind == "mobile"]
    others = [number for kind, number in values.phones if kind in ("work", "home", "other")]
    own = {name: getattr(values, name) or None for name in (
        "name", "former_name", "gender", "birth", "id_number", "email", "title", "position", "education",
        "ethnicity", "party", "hired", "expert_no", "remark")}
    return {**own, "mobile": next(iter(mobiles), None), "landline": next(iter(others), None),
            "unit": values.employer or None, "specialties": values.specialties or None}


def score(path: Path, truth: list[dict[str, Any]]) -> Score:
    """Compare one file with its truth."""
    result = Score(rows=len(truth))
    known = {(row["sheet"], row["row"], row["slot"]): row for row in truth}
    by_name = {(row["sheet"], row["fields"]["name"]): row for row in truth if row["row"] is None}
    for sheet, number, slot, reading in readings(path):
        row = known.pop((sheet, number, slot), None) or by_name.pop((sheet, reading.values.name), None)
        if row is None:
            result.phantoms.append(f"{sheet}!{number}/{slot} {reading.values.name}")
            continue
        result.matched += 1
        _fields(result, row, as_truth(reading), number)
        _issues(result, row, reading, number)
    return result


def _fields(result: Score, row: dict[str, Any], got: dict[str, Any], number: int) -> None:
    for name, wanted in row["fields"].items():
        if name in CODED and wanted is not None:
            wanted = code_of(CODED[name], wanted) or wanted
        if (wanted or None) == got[name]:
            result.right[name] += 1
        else:
            result.wrong[name].append(f"row {number}: {wanted!r} ≠ {got[name]!r}")


def _issues(result: Score, row: dict[str, Any], reading: PersonReading, number: int) -> None:
    wanted, got = set(row["issues"]), {p.code for p in reading.problems} & ISSUES
    result.found += len(wanted & got)
    result.missed += [f"row {number}: {code}" for code in wanted - got]
    result.false += [f"row {number}: {code}" for code in got - wanted]


def scores(folder: Path) -> dict[str, Score]:
    """Every file of the truth."""
    truth: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth[(row := json.loads(entry))["file"]].append(row)
    return {file: score(folder / file, rows) for file, rows in truth.items()}


def main() -> None:
    for file, figures in scores(Path(sys.argv[1]) if len(sys.argv) > 1 else ROSTERS).items():
        cells = sum(figures.right.values()) + sum(map(len, figures.wrong.values()))
        print(f"{file}: rows {figures.matched}/{figures.rows}, phantoms {len(figures.phantoms)}, "
              f"fields {sum(figures.right.values())}/{cells}, problems {figures.found} found, "
              f"{len(figures.missed)} missed, {len(figures.false)} false")
        for name, wrong in figures.wrong.items():
            print(f"    {name}: {len(wrong)} wrong, e.g. {'; '.join(wrong[:3])}")
        for label, entries in (("phantoms", figures.phantoms), ("missed", figures.missed), ("false", figures.false)):
            if entries:
                print(f"    {label}: {'; '.join(entries[:5])}")


if __name__ == "__main__":
    main()
