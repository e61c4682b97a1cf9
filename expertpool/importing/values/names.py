"""Names of people in cells, with what is written beside them: sex, former name, function, unit."""

import re
from dataclasses import dataclass

from expertpool.foundation.problems import Problem, Severity
from expertpool.foundation.text import HAN, clean_name
from expertpool.spreadsheets.cell_text import Reading, Value, content, problem

_PLAIN = re.compile("[\u4e00-\u9fa5]{2,4}")
_FORMER = re.compile(r"(?:曾用名|原名|又名|别名)[:：]?\s*(.+)")
_GENDER_TAIL = re.compile(r"[\s/、,，]+([男女])$")
_HONORIFIC = re.compile(f"(?<=[{HAN}]{{2}})(?:同志|先生|女士|老师)$")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd]")
_SECOND_NAME = re.compile(f"^[{HAN}·]{{2,}}\\s*[、,，;；/\\n]\\s*[{HAN}·]{{2,}}$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name, the sex and former name written with it, and any other note."""

    name: str
    former: str = ""
    gender: str = ""
    note: str = ""


def read_name(value: Value) -> Reading[PersonName | None]:
    """A cell as one person's name.

    Problems: ``name_missing``, ``name_damaged`` (``?`` or a replacement mark inside), ``name_rare``
    (characters of the private use area), ``name_several``, ``name_unlikely`` (digits, no letters),
    ``name_repaired`` (a note: inner spaces, another dot).
    """
    text = content(value)
    if not text:
        return Reading(None, (problem("name_missing", ""),))
    if _PLAIN.fullmatch(text) and not _HONORIFIC.search(text):  # most cells hold only a name
        return Reading(PersonName(text))
    gender = ""
    if tail := _GENDER_TAIL.search(text):
        gender, text = tail[1], text[:tail.start()]
    name, notes = clean_name(text)
    name = _HONORIFIC.sub("", name)
    former, rest = "", []
    for note in notes:
        if note in ("男", "女"):
            gender = gender or note
        elif found := _FORMER.fullmatch(note):
            former = clean_name(found[1])[0]
        else:
            rest.append(note)
    if not name:
        return Reading(None, (problem("name_missing", value),))
    doubts = _doubts(name, value)
    if not notes and not gender and name != text:
        doubts += (problem("name_repaired", value, Severity.NOTE, name=name),)
    return Reading(PersonName(name, former, gender, "；".join(rest)), doubts)


def _doubts(name: str, value: Value) -> tuple[Problem, ...]:
    found = []
    if re.search("[?\ufffd]", name):
        found.append(problem("name_damaged", value, Severity.WARNING))
    elif _PRIVATE.search(name):
        found.append(problem("name_rare", value, Severity.WARNING))
    if _SECOND_NAME.match(name):
        found.append(problem("name_several", value, Severity.WARNING))
    elif re.search(r"\d", name) or len(name) > 40 or not re.search(r"\w", name):
        found.append(problem("name_unlikely", value, Severity.WARNING))
    return tuple(found)


def split_name_employer(value: Value) -> tuple[str, str]:
    """``张三（沈阳工业大学）``, ``张三/沈阳工业大学`` or ``张三 沈阳工业大学`` → name, employer."""
    text = content(value)
    if found := re.fullmatch(r"([^()（）]+)[(（](.{4,})[)）]", text, re.DOTALL):
        return found[1].strip(), " ".join(found[2].split())
    parts = re.split(r"[/／\n,，;；、]|\s+(?=\S{4,})", text, maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""
