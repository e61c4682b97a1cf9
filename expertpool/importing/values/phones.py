"""Phone numbers in cells: several in one, labels, +86, area codes, extensions, numbers turned into floats."""

import re

from expertpool.foundation.problems import Problem, Severity
from expertpool.spreadsheets.cell_text import SCIENTIFIC, Reading, Value, content, half_width, per_value, problem

PhoneList = list[tuple[str, str]]  # (kind, number); kinds are those of the vocabulary phone_kind

_GAP = r"[\s.-]{0,2}"
_LABEL = r"手机|移动|办公?|办公室|单位|座机|固话|宅|住宅|家庭?|传真|fax|tel|office|home|mobile"
_NUMBER = re.compile(rf"""(?P<label>{_LABEL})?(?:电话|号码?)?[)\]]?\s*[:：]?\s*
    (?:(?P<mobile>(?<!\d)(?:\(?(?:\+|00)?86\)?{_GAP})?0?1[3-9](?:[\s.-]?\d){{9}}(?!\d))
    |(?P<service>(?<!\d)[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}(?!\d))
    |(?P<abroad>\+(?!86)\d[\d\s-]{{6,16}}\d(?!\d))
    |(?P<landline>(?<!\d)(?:\(?(?:\+|00)?86\)?{_GAP})?(?:\(?(?P<area>0?(?:10|2\d|[3-9]\d{{2}}))\)?{_GAP}(?=\d))?
        (?P<local>[2-9]\d{{2,3}}[\s-]?\d{{4}})(?!\d)
        (?:\s*(?:转|ext\.?|分机|\#|x|-|/|,(?=\s*\d{{1,4}}\D*$))\s*(?P<extension>\d{{1,5}})(?!\d))?))
    \s*(?:[(\[](?P<note>[^()\[\]]{{1,8}})[)\]])?""", re.X | re.I)
_HOME, _FAX = re.compile("宅|家|home", re.I), re.compile("传真|fax", re.I)
_LEFTOVER = re.compile(r"[\d*＊][\d\s*-]{4,}")


@per_value
def read_phones(value: Value, kind: str = "") -> Reading[PhoneList]:
    """All numbers of a cell with their kinds; ``kind`` is what the column says (mobile, landline, fax).

    Problems: ``phone_precision_lost`` (``1.38E+10``: None), ``phone_invalid`` (kept as written, unless
    stars hide it), ``phone_repaired`` (a note: ``13800138000.0``).
    """
    if isinstance(value, bool):
        return Reading([])
    text = half_width(content(value)).replace("－", "-")
    problems: list[Problem] = []
    if SCIENTIFIC.fullmatch(text.replace(" ", "")):
        return Reading([], (problem("phone_precision_lost", value),))
    if isinstance(value, str) and (tail := re.fullmatch(r"(\d{7,13})\.0+", text)):
        text = tail[1]
        problems.append(problem("phone_repaired", value, Severity.NOTE, number=text))
    found = [_entry(match, kind) for match in _NUMBER.finditer(text)]
    for rest in _LEFTOVER.findall(_NUMBER.sub("|", text)):
        problems.append(problem("phone_invalid", value, Severity.WARNING))
        if digits := _kept(rest):
            found.append((_column_kind(kind), digits))
    if text and not found and not problems:
        problems.append(problem("phone_invalid", value, Severity.WARNING))
        if digits := _kept(text):
            found.append((_column_kind(kind), digits))
    return Reading(list(dict.fromkeys(found)), tuple(problems))


def _kept(rest: str) -> str:
    """The digits of an unreadable number, "" if some of them are hidden by stars."""
    return "" if "*" in rest else re.sub(r"\D", "", rest)


def _column_kind(kind: str) -> str:
    return {"landline": "work", "fax": "fax"}.get(kind, "mobile")


def _entry(found: re.Match[str], column: str) -> tuple[str, str]:
    if found["mobile"]:
        return "mobile", re.sub(r"\D", "", found["mobile"])[-11:]
    if found["abroad"]:
        return "other", "+" + re.sub(r"\D", "", found["abroad"])
    label = (found["label"] or "") + (found["note"] or "")
    kind = "fax" if _FAX.search(label) or column == "fax" else "home" if _HOME.search(label) else "work"
    if found["service"]:
        return kind, re.sub(r"\D", "", found["service"])
    area, local = found["area"], re.sub(r"\D", "", found["local"])
    number = f"0{area.removeprefix('0')}-{local}" if area else local
    return kind, number + (f"-{found['extension']}" if found["extension"] else "")
