"""Words of closed lists in cells: sex, nationality, party, yes and no, state."""

import re

from expertpool.foundation.problems import Severity
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.cell_text import Reading, Value, half_width, line, per_value, problem

_NOTES = re.compile(r"[(（][^()（）]*[)）]")
_RETIRED = re.compile("退休|离休|返聘")
_PARTS = re.compile(r"[/／、,，;；|\s]+")


@per_value
def read_word(kind: str, value: Value) -> Reading[str]:
    """The code that a cell means in a vocabulary; an unknown word stays as written, with ``word_unknown``.

    Of several words (``群众、无党派``) the first known one is taken.
    """
    text = line(value)
    for part in (text, _NOTES.sub("", text), *re.split(r"[、，,；;/／\s]+", text)):
        if code := code_of(kind, part):
            return Reading(code)
    if not text:
        return Reading("")
    return Reading(text, (problem("word_unknown", value, Severity.NOTE, kind=kind),))


@per_value
def read_gender(value: Value) -> Reading[str]:
    """``男`` or ``女``; an unknown word gives "" and ``gender_invalid``."""
    text = half_width(line(value))
    code = code_of("gender", text) or (text[0] if text[:1] in ("男", "女") else "")
    problems = (problem("gender_invalid", value, Severity.WARNING),) if text and not code else ()
    return Reading(code or "", problems)


@per_value
def read_yes(value: Value) -> bool | None:
    """True, False, or None where the cell says neither."""
    if isinstance(value, bool):
        return value
    return {"yes": True, "no": False}.get(code_of("yes_no", line(value)) or "")


@per_value
def is_retired(value: Value) -> bool:
    """Whether a state or remark says that the person is retired."""
    return bool(_RETIRED.search(line(value)))


@per_value
def read_age(value: Value) -> int | None:
    """An age in full years (``45``, ``45岁``); None if the cell holds no age."""
    found = re.fullmatch(r"(\d{2,3})(?:\.0+)?\s*周?岁?", half_width(line(value)))
    return int(found[1]) if found and 16 <= int(found[1]) <= 110 else None


@per_value
def read_ethnicity_party(value: Value) -> tuple[str, str]:
    """``汉族/中共党员``, in either order → codes of ethnicity and party (other words as written)."""
    ethnicity, party = "", ""
    for part in filter(None, (part.strip() for part in _PARTS.split(line(value)))):
        if not ethnicity and (code := code_of("ethnicity", part)):
            ethnicity = code
        elif not party:
            party = code_of("party", part) or part
    return ethnicity, party
