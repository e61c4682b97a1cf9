"""A table pasted from Excel or WPS (粘贴表格), as a file that the reader understands."""

import csv
from pathlib import Path

from expertpool.foundation.language import _
from expertpool.foundation.uids import now_stamp
from expertpool.foundation.work_folder import own_folder
from expertpool.spreadsheets.pasted import read_pasted

LEAST = 2  # at least a heading row and one record


def pasted_rows(text: str, html: str = "") -> list[list[str]]:
    """The filled rows of a pasted table, from its HTML form if there is one; empty if it is no table."""
    rows = [["" if value is None else str(value) for value in row]
            for row in read_pasted(text, html).sheets[0].rows if row]
    return rows if len(rows) >= LEAST and max(map(len, rows)) > 1 else []


def save_pasted(text: str, html: str = "") -> Path | None:
    """Write a pasted table as CSV into the private work folder; None if the text is no table."""
    rows = pasted_rows(text, html)
    if not rows:
        return None
    folder = own_folder() / "pasted"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.csv"):
        old.unlink(missing_ok=True)  # personal data: only the newest file is kept, until it was read
    stamp = "".join(sign for sign in now_stamp() if sign.isdigit())[:14]
    path = folder / "{name} {stamp}.csv".format(name=_("Pasted table"), stamp=stamp)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def forget_pasted() -> None:
    """Delete the pasted file, once its import was written or given up."""
    for old in (own_folder() / "pasted").glob("*.csv"):
        old.unlink(missing_ok=True)
