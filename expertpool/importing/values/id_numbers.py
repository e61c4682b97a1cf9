"""Identity numbers in cells; lost digits are never guessed or padded."""

import re

from expertpool.experts.id_number import Identity, read_identity
from expertpool.foundation.problems import Severity
from expertpool.spreadsheets.cell_text import SCIENTIFIC, Reading, Value, content, half_width, problem

_EXACT_LIMIT = 10**15  # Excel keeps only 15 digits of a number
_PLAIN = re.compile(r"\d{17}[\dX]", re.ASCII)  # most cells need no repair
_LABEL = re.compile(r"^(?:居民|公民)?(?:身份证(?:件)?(?:号码?)?|公民身份号码|证件号码?"
                    r"|护照(?:号码?)?|ID)[:：]?", re.I)
_CROSSES = str.maketrans("xХх×✕Χχ", "XXXXXXX")  # a multiplication sign, Cyrillic and Greek letters typed for X


def read_id_number(value: Value) -> Reading[Identity | None]:
    """A cell as an identity number.

    Problems: ``id_precision_lost`` (a number cell or its text ``2.10102E+17``: value None),
    ``id_hidden`` (stars in it: None), ``id_repaired`` (a note: spaces, labels, a small x), ``id_15``,
    ``id_checksum`` (kept as written), ``id_unknown`` (kept).
    """
    if isinstance(value, str) and _PLAIN.fullmatch(value) and (plain := read_identity(value)).valid:
        return Reading(plain)
    if isinstance(value, bool):
        return Reading(None)
    if isinstance(value, int | float) and abs(value) >= _EXACT_LIMIT:
        return Reading(None, (problem("id_precision_lost", value),))
    text = re.sub(r"\s", "", half_width(content(value)))
    if not text:
        return Reading(None)
    if SCIENTIFIC.fullmatch(text):
        return Reading(None, (problem("id_precision_lost", value),))
    number = _LABEL.sub("", text).translate(_CROSSES).strip("'‘’`\",.;:").upper()
    if re.fullmatch(r"[\d-]+[\dX]", number):
        number = number.replace("-", "")
    number = re.sub(r"^(\d{15}|\d{17}[\dX])\.0+$", r"\1", number)
    if "*" in number:
        return Reading(None, (problem("id_hidden", value, Severity.WARNING),))
    found = _judged(read_identity(number), value)
    if found.value and found.value.valid and number != content(value):
        note = problem("id_repaired", value, Severity.NOTE, number=number)
        return Reading(found.value, (*found.problems, note))
    return found


def _judged(found: Identity, value: Value) -> Reading[Identity | None]:
    if found.valid:
        return Reading(found, (problem("id_15", value, Severity.WARNING),) if found.old else ())
    if re.fullmatch(r"\d{15}000", found.number):  # a number cell turned back into text
        return Reading(None, (problem("id_precision_lost", value),))
    if re.fullmatch(r"\d{12,20}X?", found.number) or found.kind == "resident_id":
        return Reading(found, (problem("id_checksum", value),))
    return Reading(found, (problem("id_unknown", value, Severity.WARNING),))
