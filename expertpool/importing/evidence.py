"""What kind of values a column holds, whatever its heading says."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from expertpool.experts.id_number import read_identity
from expertpool.fields.recognise import recognise
from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.text import HAN, split_list
from expertpool.importing.values.emails import read_emails
from expertpool.importing.values.phones import read_phones
from expertpool.importing.values.specialties import read_ipc
from expertpool.importing.values.titles import is_title
from expertpool.rules.schemas.people import ImportSettings
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.cell_text import SCIENTIFIC, Value, content, half_width

_MOST = 60  # most values examined
_FEW = 12  # most values examined where that takes long
_UNIT = re.compile(r"(?:公司|大学|学院|研究院|研究所|医院|中心|事务所|集团|检测院|局|厅"
                   r"|协会|学会|工厂|法院)(?:[(（].*[)）])?\S{0,12}$")
_UNIT_INSIDE = re.compile(r"公司|大学|学院|研究院|研究所|医院|中心|事务所|集团|检测院|检验|协会|学会"
                          r"|[局厅厂校院所]\b")
_NOTE_BEHIND = re.compile(r"[(（].*")
_CASE_NUMBER = re.compile(r"[(\[]?(?:19|20)\d{2}[)\]]?\S{1,12}?(?:初|终|申|再|监|撤|特|保|执)\S{0,4}?\d+号?")


def _is_id(value: Value) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 1.1e17 <= abs(value) < 9.2e17
    text = re.sub(r"\s", "", half_width(content(value))).upper()
    if SCIENTIFIC.fullmatch(text):
        return text.rstrip("+0123456789")[-1:] == "E" and text.endswith("17")
    found = read_identity(text)
    return found.kind == "resident_id" and found.birth is not None


def _is_mobile(value: Value) -> bool:
    return (any(kind == "mobile" and len(number) == 11 for kind, number in read_phones(value).value)
            and "@" not in content(value) and not _is_id(value))


def _is_landline(value: Value) -> bool:
    kinds = {kind for kind, _number in read_phones(value).value}
    return bool(kinds) and kinds <= {"work", "home"} and bool(re.search(r"\d{3}", content(value)))


def _is_email(value: Value) -> bool:
    return "@" in half_width(content(value)) and bool(read_emails(value).value)


def _is_birth(value: Value) -> bool:
    if isinstance(value, date):
        return 1930 <= value.year <= 2006
    return bool(re.fullmatch(r"19[3-9]\d([-/.年]\d{1,2}([-/.月]\d{1,2}日?|月)?|[01]\d([0-3]\d)?)", content(value)))


def _is_name(value: Value) -> bool:
    text = re.sub(r"\s", "", content(value))
    return bool(re.fullmatch(f"[{HAN}]{{2,4}}|[{HAN}]{{2,}}·[{HAN}]+", text)) and not is_title(text)


@cache
def import_words() -> JsonObject:
    """The settings and words of the import (``resources/rules/import.json``)."""
    return plain_of(read(ImportSettings))


def _is_person(value: Value) -> bool:
    """Whether the value is a name beginning with a usual surname, with or without a note in brackets."""
    text = _NOTE_BEHIND.sub("", re.sub(r"\s", "", content(value)))
    return text[:1] in import_words()["surnames"] and _is_name(text) and not _UNIT.search(text)


def _is_ipc(value: Value) -> bool:
    return bool(read_ipc(value))


_LOOKS: dict[str, Callable[[Value], bool]] = {
    "id_number": _is_id,
    "mobile": _is_mobile,
    "landline": _is_landline,
    "email": _is_email,
    "gender": lambda value: content(value) in ("男", "女", "男性", "女性"),
    "ethnicity": lambda value: content(value).endswith("族") and bool(code_of("ethnicity", content(value))),
    "title": lambda value: is_title(content(value)),
    "education": lambda value: bool(code_of("education", content(value))) and len(content(value)) > 1,
    "birth": _is_birth,
    "employer": lambda value: bool(_UNIT.search(content(value))),
    "ipc": _is_ipc,
    "case_number": lambda value: bool(_CASE_NUMBER.match(half_width(re.sub(r"\s", "", content(value))))),
    "name": _is_name,
    "person": _is_person,
    "party": lambda value: bool(code_of("party", content(value))),
    "unit_inside": lambda value: bool(_UNIT_INSIDE.search(content(value))),
    "serial": lambda value: bool(re.fullmatch(r"\d{1,5}", content(value))),
}


def looks(values: Sequence[Value]) -> dict[str, float]:
    """For each subject the share (0–1) of the filled values that look like it; nothing for an empty column."""
    filled = [value for value in values if content(value)][:_MOST]
    if not filled:
        return {}
    return {name: share for name, test in _LOOKS.items()
            if (share := sum(map(test, filled)) / len(filled)) > 0}


def counts_up(values: Sequence[Value]) -> bool:
    """Whether the filled values are a running number (序号): at least three, mostly each one more."""
    numbers = [int(text) for value in values if re.fullmatch(r"\d{1,6}", text := content(value))]
    steps = [b - a for a, b in pairwise(numbers)]
    return len(steps) >= 2 and sum(step == 1 for step in steps) >= 0.7 * len(steps)


def distinct(values: Sequence[Value]) -> float:
    """Share (0–1) of the filled values that are different."""
    filled = [text for value in values if (text := content(value))][:_MOST]
    return len(set(filled)) / len(filled) if filled else 0.0


def speaks_of_fields(values: Sequence[Value]) -> float:
    """The share (0–1) of the filled values that name a technical field; only a few are examined."""
    filled = [text for value in values if (text := content(value))][:_FEW]
    found = sum(any(guess.value >= import_words()["field_certainty"] for entry in split_list(text)[:2]
                    for guess in recognise(entry, 1)) for text in filled)
    return found / len(filled) if filled else 0.0
