"""Decides which column holds which field: by its heading, by its values, and by what the other columns are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from expertpool.importing.evidence import counts_up, distinct, import_words, looks, speaks_of_fields
from expertpool.importing.fields import COMBINED, REPEATABLE
from expertpool.importing.headers import header_key, match_header, of_others
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.cell_text import Value, content

# Fields decided by their values against any heading: from which share of values on, and which headings agree.
_OVERRULING = {
    "id_number": (0.6, {"id_number"}),
    "email": (0.7, {"email", "contact"}),
    "mobile": (0.7, {"mobile", "phone", "contact", "landline", "wechat", "fax"}),
    "gender": (0.8, {"gender", "gender_birth", "name_gender"}),
}
_WITH_TITLE = tuple(field for field, parts in COMBINED.items() if "title" in parts and "employer" not in parts)
# Fields given to a column without a known heading because of its values alone.
_GUESSED = {
    "experts": ("id_number", "mobile", "landline", "email", "gender", "ethnicity", "party", "title", "education",
                "birth", "employer", "ipc", "name"),
    "cases": ("case_number", "ipc"),
}
_GUESS_FROM, _GUESS_SURELY = 0.7, 0.8  # under no heading at all, under a heading that is not understood
_PERSONS = frozenset({"name", "name_gender", "name_employer"})
_PAST_DAYS = frozenset({"birth", "hired", "graduated", "title_date", "licence_issued"})
_WEAK = 0.76  # a heading understood no more surely than this may be contradicted by the column's values
_TESTED = frozenset({"id_number", "gender", "ethnicity", "title", "education", "birth", "employer", "email", "party"})
_RENAMED = {"experts": {"ipc": "field_code", "mobile": "phone"}, "cases": {}}
_KEPT_TEXT = frozenset({"remark", "experience", "achievements", "avoid_units", "contact", "issue", "parties"})


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column and the field it was taken for; ``field`` is "" for a column kept as additional text.

    ``index`` is the caller's number of the column, ``evidence`` the reason: heading, values, both, duplicate, others
    (the number of another person), none. ``months``: its dates are months, because each is the first of a month, as
    where a cell shows ``1978年5月`` and holds a day.
    """

    index: int
    header: str
    field: str
    confidence: float
    evidence: str
    months: bool = False


def map_columns(headers: Sequence[str], samples: Sequence[Sequence[Value]], kind: str = "experts",
                indexes: Sequence[int] | None = None) -> list[ColumnChoice]:
    """One choice for each column, in their order.

    ``samples[i]`` holds some values of column i (from top to bottom), ``indexes`` the columns' numbers
    (1, 2, 3 … by default). ``kind`` is ``experts`` or ``cases``.
    """
    numbers = indexes or range(1, len(headers) + 1)
    shares = [looks(values) for values in samples]
    choices = [_choose(index, header, values, share, kind)
               for index, header, values, share in zip(numbers, headers, samples, shares, strict=True)]
    if kind == "experts":
        choices = _industry(_major_or_specialty(choices))
        choices = _somebody(choices, samples, shares)
        choices = _title_with_level(choices, samples)
    choices = _one_each(choices, samples)
    choices = _guess_rest(choices, samples, shares, kind)
    choices = _fields_at_last(choices, samples) if kind == "experts" else choices
    return [replace(c, months=True) if c.field in _PAST_DAYS and _only_months(values) else c
            for c, values in zip(choices, samples, strict=True)]


def _choose(index: int, header: str, values: Sequence[Value], share: dict[str, float], kind: str) -> ColumnChoice:
    field, sure = match_header(header, kind)
    if of_others(header, kind):
        return ColumnChoice(index, header, "", 0.0, "others")
    if kind == "experts" and field not in _KEPT_TEXT:
        for seen, (least, agreeing) in _OVERRULING.items():
            if share.get(seen, 0) >= least and field not in agreeing and share.get(field, 0) < least:
                return ColumnChoice(index, header, _RENAMED[kind].get(seen, seen), share[seen], "values")
        if field == "name" and share.get("employer", 0) >= 0.8 > share.get("name", 0):
            return ColumnChoice(index, header, "employer", 0.7, "values")
        if field == "expert_no" and header_key(header) in ("编号", "代码") and counts_up(values):
            return ColumnChoice(index, header, "ignore", 0.9, "both")
        if field in ("landline", "phone") and share.get("email", 0) >= 0.3:
            return ColumnChoice(index, header, "contact", 0.9, "both")
        if field == "employer_position_title" and share and share.get("unit_inside", 0) < 0.3:
            titled = share.get("title", 0) >= 0.3
            return ColumnChoice(index, header, "position_title" if titled else "position", 0.8, "both")
        if field == "position" and share.get("title", 0) >= 0.5:
            return ColumnChoice(index, header, "position_title", 0.8, "both")
        if field in _TESTED and sure <= _WEAK and share.get(field, 0) < 0.2 and _filled(values) >= 3:
            return ColumnChoice(index, header, "", 0.0, "none")
    agreed = field and share.get(field, 0) >= 0.5
    return ColumnChoice(index, header, field, sure, ("both" if agreed else "heading") if field else "none")


def _major_or_specialty(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """A bare 专业 beside a real column of specialities, school or degree means the major studied."""
    bare = [c for c in choices if c.field == "specialty" and header_key(c.header) in ("专业", "专业名称")]
    others = [c for c in choices if c.field == "specialty" and c not in bare]
    if not bare or not others or any(c.field == "major" for c in choices):
        return choices
    return [replace(c, field="major", confidence=0.8) if c is bare[0] else c for c in choices]


def _industry(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """The line of business (所属行业) is taken as a speciality only if no other column gives a better one."""
    if any(c.field == "specialty" for c in choices):
        return choices
    return [replace(c, field="specialty", confidence=0.8) if c.field == "industry" else c for c in choices]


def _somebody(choices: list[ColumnChoice], samples: Sequence[Sequence[Value]],
              shares: Sequence[dict[str, float]]) -> list[ColumnChoice]:
    """If no heading tells the names: the column whose values are different names with usual surnames."""
    if any(c.field in _PERSONS for c in choices):
        return choices
    ranks = [(share.get("person", 0), distinct(values), -place) for place, (choice, values, share) in enumerate(
        zip(choices, samples, shares, strict=True)) if choice.evidence != "others" and choice.confidence <= _WEAK
        and _filled(values) * 2 >= len(values)]
    best = max(ranks, default=(0, 0, 0))
    if best[0] < _GUESS_FROM or best[1] < 0.5:
        return choices
    return [replace(c, field="name", confidence=0.7 * best[0], evidence="values") if place == -best[2] else c
            for place, c in enumerate(choices)]


def _fields_at_last(choices: list[ColumnChoice], samples: Sequence[Sequence[Value]]) -> list[ColumnChoice]:
    """If no heading tells the specialities: the column with an unknown heading whose values name technical fields."""
    if any(c.field in ("specialty", "field_code", "industry") for c in choices) or len(choices) < 3:
        return choices
    for place, choice in enumerate(choices):
        if not choice.field and choice.evidence == "none" and distinct(samples[place]) >= 0.2 and (
                speaks_of_fields(samples[place]) >= _GUESS_FROM):
            return [*choices[:place], replace(choice, field="specialty", confidence=0.5, evidence="values"),
                    *choices[place + 1:]]
    return choices


def _only_months(values: Sequence[Value]) -> bool:
    """Whether nearly all values are real dates, each the first of a month: five by chance in 24 million."""
    days = [value for value in values if isinstance(value, date)]
    return len(days) >= max(5, 0.8 * _filled(values)) and all(day.day == 1 for day in days)


def _filled(values: Sequence[Value]) -> int:
    return sum(bool(content(value)) for value in values)


def _one_each(choices: list[ColumnChoice], samples: Sequence[Sequence[Value]]) -> list[ColumnChoice]:
    """Of several columns for one field the surest, then the fullest, is used; the others are kept as text."""
    filled = {c.index: sum(bool(content(value)) for value in values)
              for c, values in zip(choices, samples, strict=True)}
    best: dict[str, ColumnChoice] = {}
    for choice in choices:
        rank = (round(choice.confidence, 1), filled[choice.index])
        known = best.get(choice.field)
        if known is None or rank > (round(known.confidence, 1), filled[known.index]):
            best[choice.field] = choice
    result = []
    for choice in choices:
        field = choice.field
        if not field or field in REPEATABLE or choice is best[field]:
            result.append(choice)
        else:
            levels = field == "title" and "title_level" not in best and _levels(samples[choices.index(choice)])
            spare = "title_level" if levels else ""
            result.append(replace(choice, field=spare, confidence=0.6 if spare else 0.0, evidence="duplicate"))
    return result


def _title_with_level(choices: list[ColumnChoice], samples: Sequence[Sequence[Value]]) -> list[ColumnChoice]:
    """A column headed 职称(等级) whose values are titles is taken as the column of titles, if there is no other."""
    if any(c.field in ("title", *_WITH_TITLE) for c in choices):
        return choices
    return [replace(c, field="title", confidence=0.8) if c.field == "title_level" and not _levels(values) else c
            for c, values in zip(choices, samples, strict=True)]


def _levels(values: Sequence[Value]) -> bool:
    """Whether the values are levels (正高、副高 …) rather than titles."""
    filled = [text for value in values if (text := content(value))]
    return bool(filled) and sum(bool(code_of("title_level", text)) for text in filled) >= 0.7 * len(filled)


def _guess_rest(choices: list[ColumnChoice], samples: Sequence[Sequence[Value]], shares: Sequence[dict[str, float]],
                kind: str) -> list[ColumnChoice]:
    """Columns with unknown headings get a field that is still free and that their values show."""
    taken = {c.field for c in choices} | {part for c in choices for part in COMBINED.get(c.field, ())}
    result = []
    for choice, values, share in zip(choices, samples, shares, strict=True):
        if choice.field or choice.evidence in ("duplicate", "others"):
            result.append(choice)
            continue
        guess = "ignore" if counts_up(values) else next(
            (name for name in _GUESSED[kind] if not ({name, _RENAMED[kind].get(name, name)} & taken)
             and _may_guess(name, choice.header, share)), "")
        field = _RENAMED[kind].get(guess, guess)
        taken.add(field)
        result.append(replace(choice, field=field, confidence=0.6 * share.get(guess, 1.0), evidence="values")
                      if field else choice)
    return result


def _may_guess(name: str, header: str, share: dict[str, float]) -> bool:
    """Whether the values alone decide the field. Under an unknown heading they must show it clearly, and the heading
    must not mention a school, a recommending body or another day."""
    seen = share.get("person" if name == "name" and header.strip() else name, 0)
    if not header.strip() or name in ("id_number", "email", "ipc", "case_number"):
        return seen >= _GUESS_FROM
    if name == "birth":
        return seen >= _GUESS_SURELY and bool(re.search("生|年龄", header))
    if name in ("landline", "mobile") or (name in ("employer", "name")
                                          and re.search(import_words()["school_words"], header)):
        return False
    return seen >= _GUESS_SURELY
