"""Which column holds which field: by its heading, by its values, and by what the other columns are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from expertpool.foundation.vocabulary import code_of
from expertpool.importing.cleaning import Value, content
from expertpool.importing.evidence import counts_up, looks
from expertpool.importing.fields import COMBINED, REPEATABLE
from expertpool.importing.headers import header_key, match_header, of_others

# Fields whose values decide against any heading, from which share on, and which headings agree with them.
_OVERRULING = {
    "id_number": (0.6, {"id_number"}),
    "email": (0.7, {"email", "contact"}),
    "mobile": (0.7, {"mobile", "phone", "contact", "landline", "wechat", "fax"}),
    "gender": (0.8, {"gender", "gender_birth", "name_gender"}),
}
# Fields that values alone may give to a column without a known heading.
_GUESSED = {
    "experts": ("id_number", "mobile", "landline", "email", "gender", "ethnicity", "title", "education", "birth",
                "employer", "ipc", "name"),
    "cases": ("case_number", "ipc"),
}
_GUESS_FROM = 0.7
_RENAMED = {"experts": {"ipc": "field_code", "mobile": "phone"}, "cases": {}}
_KEPT_TEXT = frozenset({"remark", "experience", "achievements", "avoid_units", "contact", "issue", "parties"})


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column and the field it was taken for; ``field`` is "" for a column kept as further text.

    ``index`` is the caller's number of the column, ``evidence`` why: heading, values, both,
    duplicate, others (somebody else's number), none.
    """

    index: int
    header: str
    field: str
    confidence: float
    evidence: str


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
        choices = _major_or_specialty(choices)
    choices = _one_each(choices, samples)
    return _guess_rest(choices, samples, shares, kind)


def _choose(index: int, header: str, values: Sequence[Value], share: dict[str, float], kind: str) -> ColumnChoice:
    field, sure = match_header(header, kind)
    if of_others(header, kind):
        return ColumnChoice(index, header, "", 0.0, "others")
    if kind == "experts" and field not in _KEPT_TEXT:
        for seen, (least, agreeing) in _OVERRULING.items():
            if share.get(seen, 0) >= least and field not in agreeing:
                return ColumnChoice(index, header, _RENAMED[kind].get(seen, seen), share[seen], "values")
        if field == "name" and share.get("employer", 0) >= 0.8 > share.get("name", 0):
            return ColumnChoice(index, header, "employer", 0.7, "values")
        if field == "expert_no" and header_key(header) in ("编号", "代码") and counts_up(values):
            return ColumnChoice(index, header, "ignore", 0.9, "both")
        if field in ("landline", "phone") and share.get("email", 0) >= 0.3:
            return ColumnChoice(index, header, "contact", 0.9, "both")
    agreed = field and share.get(field, 0) >= 0.5
    return ColumnChoice(index, header, field, sure, ("both" if agreed else "heading") if field else "none")


def _major_or_specialty(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """A bare 专业 beside a true column of specialities, school or degree is the major studied."""
    bare = [c for c in choices if c.field == "specialty" and header_key(c.header) in ("专业", "专业名称")]
    others = [c for c in choices if c.field == "specialty" and c not in bare]
    if not bare or not others or any(c.field == "major" for c in choices):
        return choices
    return [replace(c, field="major", confidence=0.8) if c is bare[0] else c for c in choices]


def _one_each(choices: list[ColumnChoice], samples: Sequence[Sequence[Value]]) -> list[ColumnChoice]:
    """Of several columns for one field the surest, then the fullest, stays; the others are kept as text."""
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
            (name for name in _GUESSED[kind] if share.get(name, 0) >= _GUESS_FROM
             and not ({name, _RENAMED[kind].get(name, name)} & taken) and _may_guess(name, choice.header)), "")
        field = _RENAMED[kind].get(guess, guess)
        taken.add(field)
        result.append(replace(choice, field=field, confidence=0.6 * share.get(guess, 1.0), evidence="values")
                      if field else choice)
    return result


def _may_guess(name: str, header: str) -> bool:
    """Names, units and words are guessed only under no heading at all; numbers show themselves."""
    return not header.strip() or name in ("id_number", "email", "ipc", "case_number")
