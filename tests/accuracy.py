"""How well rosters are read: ``python -m tests.accuracy [FOLDER]`` prints figures per file and field.

``--made [SEED…]`` judges files made for each seed in all layouts, ``--json`` what the command line gives
(``import experts FILE --dry-run --rows --json``) instead of the reading functions. Rows are matched by sheet, row
and slot, or by name where the truth knows no row; a phantom is a record that the truth does not know.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expertpool.commands.importing import _dry_run
from expertpool.importing.drafting import ExpertRows
from expertpool.importing.parsed import parsed_people
from expertpool.importing.reading import read_files
from tests.sample_data.roster_layouts.making import make

ROSTERS = Path(__file__).resolve().parents[2] / "shared" / "samples" / "rosters"
ISSUES = frozenset({"id_checksum", "id_precision_lost", "id_missing", "id_15", "birth_invalid", "birth_id_mismatch",
                    "phone_invalid", "phone_precision_lost", "gender_id_mismatch", "hidden_row"})
Truth = dict[str, Any]
Parsed = list[dict[str, Any]]


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

    @property
    def fields(self) -> int:
        """Fields judged."""
        return sum(self.right.values()) + sum(map(len, self.wrong.values()))


def parsed(path: Path) -> Parsed:
    """What the reading functions give for every row of a file."""
    return parsed_people(read_files([path], ExpertRows()))


def from_command(path: Path) -> Parsed:
    """What the command line gives, through its JSON text."""
    people: Parsed = json.loads(json.dumps(_dry_run([path], [], None, True)["people"], ensure_ascii=False))
    return people


def score(people: Parsed, truth: list[Truth]) -> Score:
    """Compare one file with its truth."""
    result = Score(rows=len(truth))
    known = {(row["sheet"], row["row"], row["slot"]): row for row in truth if row["row"] is not None}
    by_name = {(row["sheet"], row["fields"]["name"]): row for row in truth if row["row"] is None}
    for person in people:
        name = person["values"].get("name")
        row = (known.pop((person["sheet"], person["row"], person["slot"]), None)
               or by_name.pop((person["sheet"], name), None))
        place = f"{person['sheet']}!{person['row']}/{person['slot']}"
        if row is None:
            result.phantoms.append(f"{place} {name}")
            continue
        result.matched += 1
        for key, wanted in row["fields"].items():
            if (wanted or None) == (person["values"].get(key) or None):
                result.right[key] += 1
            else:
                result.wrong[key].append(f"{place}: {wanted!r} ≠ {person['values'].get(key)!r}")
        wanted, got = set(row["issues"]), set(person["issues"]) & ISSUES
        result.found += len(wanted & got)
        result.missed += [f"{place}: {code}" for code in wanted - got]
        result.false += [f"{place}: {code}" for code in got - wanted]
    for row in (*known.values(), *by_name.values()):
        for key in row["fields"]:
            result.wrong[key].append(f"{row['sheet']}!{row['row']}: row missing")
    return result


def scores(folder: Path, truth: Iterable[Truth] | None = None,
           read: Callable[[Path], Parsed] = parsed) -> dict[str, Score]:
    """Every file of the truth; ``truth`` by default that of the folder."""
    entries = truth if truth is not None else map(json.loads, (folder / "truth.jsonl").read_text(
        encoding="utf-8").splitlines())
    files: dict[str, list[Truth]] = defaultdict(list)
    for row in entries:
        files[row["file"]].append(row)
    return {file: _score_file(folder / file, rows, read) for file, rows in files.items()}


def _score_file(path: Path, truth: list[Truth], read: Callable[[Path], Parsed]) -> Score:
    from expertpool.foundation.problems import ExpectedError

    try:
        return score(read(path), truth)
    except ExpectedError as error:
        result = score([], truth)
        result.phantoms.append(f"{path.name}: {error.code}")
        return result


def made_scores(seed: int, size: int = 48, layouts: tuple[str, ...] = (),
                read: Callable[[Path], Parsed] = parsed) -> dict[str, Score]:
    """The files of one seed in all layouts."""
    with tempfile.TemporaryDirectory() as folder:
        return scores(Path(folder), make(Path(folder), seed, size, layouts), read)


def show(figures: dict[str, Score], brief: bool = False) -> None:
    """Print the figures; ``brief`` only files with faults."""
    for file, found in figures.items():
        faults = found.matched < found.rows or found.phantoms or found.wrong or found.missed or found.false
        if brief and not faults:
            continue
        print(f"{file}: rows {found.matched}/{found.rows}, phantoms {len(found.phantoms)}, "
              f"fields {sum(found.right.values())}/{found.fields}, problems {found.found} found, "
              f"{len(found.missed)} missed, {len(found.false)} false")
        for name, wrong in found.wrong.items():
            print(f"    {name}: {len(wrong)} wrong, e.g. {'; '.join(wrong[:3])}")
        for label, entries in (("phantoms", found.phantoms), ("missed", found.missed), ("false", found.false)):
            if entries:
                print(f"    {label}: {'; '.join(entries[:5])}")
    cells, right = sum(s.fields for s in figures.values()), sum(sum(s.right.values()) for s in figures.values())
    print(f"together: rows {sum(s.matched for s in figures.values())}/{sum(s.rows for s in figures.values())}, "
          f"phantoms {sum(len(s.phantoms) for s in figures.values())}, fields {right}/{cells} = "
          f"{right / max(1, cells):.4%}, problems {sum(s.found for s in figures.values())} found, "
          f"{sum(len(s.missed) for s in figures.values())} missed, {sum(len(s.false) for s in figures.values())} false")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.accuracy")
    options.add_argument("folder", nargs="?", type=Path, default=ROSTERS)
    options.add_argument("--made", nargs="*", type=int, metavar="SEED", help="made files of these seeds (1 2 3)")
    options.add_argument("--layout", action="append", default=[], help="only these layouts of the made files")
    options.add_argument("--size", type=int, default=48, help="people in a made file")
    options.add_argument("--json", action="store_true", help="judge what the command line gives")
    options.add_argument("--brief", action="store_true", help="only files with faults")
    chosen = options.parse_args()
    read = from_command if chosen.json else parsed
    if chosen.made is None:
        show(scores(chosen.folder, read=read), chosen.brief)
    for seed in chosen.made if chosen.made is not None and chosen.made else [1, 2, 3] if chosen.made is not None else []:
        print(f"seed {seed}")
        show(made_scores(seed, chosen.size, tuple(chosen.layout), read), chosen.brief)


if __name__ == "__main__":
    main()
