"""Read every file under a folder and say what came of it: ``python -m tests.corpus FOLDER``.

For each file: kind, sheets, rows, cells or the code of the refusal, and seconds; at the end the sums. Anything
but cells or a refusal (a crash) makes the exit code 1.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from expertpool.foundation.problems import ExpectedError
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.worker import close_worker


def outcome(path: Path) -> tuple[str, str]:
    """What the file is or why it was refused, and the figures of it."""
    try:
        book = read_workbook(path)
    except ExpectedError as problem:
        return problem.code, problem.text
    except Exception as error:
        return "CRASH", repr(error)[-300:]
    rows = sum(len(sheet.rows) for sheet in book.sheets)
    cells = sum(value is not None for sheet in book.sheets for row in sheet.rows for value in row)
    return str(book.kind), f"{len(book.sheets)} sheets, {rows} rows, {cells} cells, {len(book.notices)} notices"


def main(folder: Path) -> int:
    """Print the list and the sums."""
    found: Counter[str] = Counter()
    slowest = (0.0, "")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        begun = time.perf_counter()
        what, figures = outcome(path)
        seconds = time.perf_counter() - begun
        found[what] += 1
        slowest = max(slowest, (seconds, path.name))
        print(f"{seconds:7.2f} s  {what:<32}  {path.relative_to(folder)}: {figures}", flush=True)
    close_worker()
    print(", ".join(f"{what}: {count}" for what, count in found.most_common()))
    print(f"{found.total()} files, slowest {slowest[0]:.1f} s ({slowest[1]})")
    return 1 if found["CRASH"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
