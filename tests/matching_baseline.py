"""Which cases rank otherwise than before: ``python -m tests.matching_baseline [--save]``.

Ranks the open cases of the made-up sample pool on a fixed day and compares the first people of each with the saved
baseline. The output names the cases whose order changed, and how.
"""

import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from expertpool.foundation.dates import fix_today

FILE = Path(__file__).parent / "data" / "matching_baseline.json"
DAY = "2026-11-22"
FIRST = 20
Order = dict[str, list[list[object]]]  # case number → [person, score], best first


def ranked() -> Order:
    """The first people of every open case of the sample pool, with their scores."""
    fix_today(date.fromisoformat(DAY))
    from expertpool.matching.ranking import open_case_numbers, rank
    from expertpool.pool import ExpertPool
    from expertpool.workbook.sample_pool import make_sample_pool

    with tempfile.TemporaryDirectory() as folder:
        os.environ["EXPERTPOOL_HOME"] = folder
        with ExpertPool.open(Path(folder) / "sample.expertpool") as pool:
            make_sample_pool(pool)
            found: Order = {}
            for number in sorted(open_case_numbers(pool)):
                ranking = rank(pool, number, top=FIRST)
                found[number] = [[f"{one.name} · {one.employer}", one.score]
                                 for one in [*ranking.candidates, *ranking.to_verify]]
    return found


def changes(before: Order, after: Order) -> list[str]:
    """One line for each case whose order of people changed: who rose, who fell, who came and went."""
    lines = []
    for number in sorted(before.keys() | after.keys()):
        old = [str(person) for person, _score in before.get(number, [])]
        new = [str(person) for person, _score in after.get(number, [])]
        if old == new:
            continue
        moved = [f"{person} {old.index(person) + 1} → {new.index(person) + 1}" for person in new
                 if person in old and old.index(person) != new.index(person)]
        moved += [f"+ {person} at {new.index(person) + 1}" for person in new if person not in old]
        moved += [f"- {person} from {old.index(person) + 1}" for person in old if person not in new]
        lines.append(f"{number}: " + "; ".join(moved))
    return lines


def main(arguments: list[str]) -> int:
    """0 where nothing changed or the baseline was saved, 1 where cases rank otherwise."""
    after = ranked()
    if "--save" in arguments:
        FILE.write_text(json.dumps(after, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{len(after)} cases saved")
        return 0
    before: Order = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    found = changes(before, after)
    print("\n".join(found) or "nothing changed")
    print(f"{len(found)} of {len(after)} cases rank otherwise")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
