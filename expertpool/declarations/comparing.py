"""What a declaration changes (声明比对): compares declared interests with those on file; uses no database.

A kind of interest is changed only if its question was answered. Fields that the question does not ask for stay as
they are on file.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from expertpool.declarations.questions import question_of
from expertpool.experts.drafts import InterestDraft
from expertpool.foundation.dates import PartialDate
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.text import clean_name, fold
from expertpool.organisations.names import normalise

Known = JsonMapping  # a stored interest as a mapping with ``id``, ``uid`` and its columns
ASKED = ("relation", "name", "unit", "detail", "unlisted", "start", "end")


@dataclass(slots=True)
class Steps:
    """``added``; ``changed`` with the values that differ; ``kept`` unchanged; ``ended`` by the declaration."""

    added: list[InterestDraft] = field(default_factory=list)
    changed: list[tuple[Known, JsonObject]] = field(default_factory=list)
    kept: list[Known] = field(default_factory=list)
    ended: list[Known] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.ended)


def compare(known: Sequence[Known], declared: Sequence[InterestDraft], answered: Sequence[str], day: str,
            endable: frozenset[str] | None = None) -> Steps:
    """The steps from the ``known`` interests to those ``declared`` on ``day``.

    ``answered`` are the kinds whose question was answered. ``endable``: uids of the interests that may be ended
    (None: any). Interests declared later than ``day`` are left alone.
    """
    steps = Steps()
    left = list(known)
    missing = []
    for draft in _without_doubles(declared):
        same = next((one for one in left if _key(one) == _key(draft) and not differences(one, draft)), None)
        if same is None:
            missing.append(draft)
        else:
            left.remove(same)
            steps.kept.append(same)
    for draft in missing:
        like = next((one for one in left if _key(one) == _key(draft) and not _over(one, day)), None)
        if like is None:
            steps.added.append(draft)
            continue
        left.remove(like)
        if like["declared_on"] > day:  # a form signed earlier must not overwrite what was declared later
            steps.kept.append(like)
        else:
            steps.changed.append((like, differences(like, draft)))
    steps.ended += [one for one in left if one["kind"] in answered and not _over(one, day)
                    and one["declared_on"] <= day and (endable is None or one["uid"] in endable)]
    return steps


def differences(known: Known, draft: InterestDraft) -> JsonObject:
    """The fields asked for whose declared value differs from the one on file."""
    asked = question_of(draft.kind)
    fields = asked.fields if asked else ASKED
    return {name: value for name in fields if (value := getattr(draft, name)) != known[name]}


def kept_where_unread(known: Sequence[Known], draft: InterestDraft, fields: Collection[str]) -> InterestDraft:
    """The draft with the values on file for fields that were written but unreadable."""
    like = next((one for one in known if _key(one) == _key(draft)), None)
    return draft if like is None else draft.model_copy(update={name: like[name] for name in fields})


def _without_doubles(declared: Sequence[InterestDraft]) -> list[InterestDraft]:
    found: list[InterestDraft] = []
    for draft in declared:
        if not any(_key(draft) == _key(other) and all(getattr(draft, name) == getattr(other, name) for name in ASKED)
                   for other in found):
            found.append(draft)
    return found


def _key(one: Known | InterestDraft) -> tuple[str, str, str]:
    """The values by which an interest is recognised: its kind, the person or number named, the unit."""
    kind, name, unit = (one[part] if isinstance(one, Mapping) else getattr(one, part)
                        for part in ("kind", "name", "unit"))
    named = fold(clean_name(name)[0]) if kind in ("relative", "avoid_person") else fold(name)
    # a relative who changed employers is still the same relative; a patent or case is identified by its number alone
    by_name = kind in ("relative", "avoid_person", "patent", "examined_patent", "case_role") and named
    return kind, named, "" if by_name else normalise(unit)


def _over(one: Known, day: str) -> bool:
    """Whether an interest had ended by ``day``."""
    return bool(one["end"]) and str(PartialDate.parse(one["end"]).last_day) <= day
