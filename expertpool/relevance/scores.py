"""How well a person fits a case (匹配度): parts between 0 and 1, weighted by the rule book's ``ranking``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from expertpool.fields.closeness import closeness
from expertpool.fields.tree import tree
from expertpool.foundation.language import _, n_

PARTS = ("field", "text", "experience", "evaluation", "load")  # parts whose weights add up to 100
SHOWN = {"field": "field", "text": "text", "vote": "text", "experience": "experience", "evaluation": "evaluation",
         "load": "load"}  # part → whose weight it shares: text similarity and vote share the weight of the text


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """The nearest pair of a case's and a person's fields."""

    value: float
    level: str
    wanted: str
    held: str


def field_match(wanted: Sequence[str], held: Sequence[str], other: float = 1.0) -> FieldMatch:
    """The best pair; ``held`` are the person's codes, the main one first, the others count ``other`` times."""
    best = FieldMatch(0.0, "none", "", "")
    for code in wanted:
        for place, own in enumerate(held):
            near = closeness(code, own)
            value = near.value * (other if place else 1.0)
            if value > best.value:
                best = FieldMatch(value, near.level, code, own)
    return best


def points(parts: Mapping[str, NDArray[Any]], weights: Mapping[str, Any]) -> dict[str, NDArray[np.float32]]:
    """Everybody's parts (0 to 1) in points; the sum of a person's points is the score, at most 100."""
    total = sum(weights[name] for name in PARTS)
    return {name: np.round(np.clip(parts[name], 0, 1) * (100 * weights[weight] / total), 1).astype(np.float32)
            for name, weight in SHOWN.items()}


def reasons(match: FieldMatch, words: Sequence[str], cases: int, load: int, cap: int) -> tuple[str, ...]:
    """Why this person, in words: field, shared words, earlier cases, load."""
    found = []
    if match.level != "none":
        found.append(_LEVELS[match.level]().format(code=_name(match)))
    if words:
        found.append(_("shared words: {words}").format(words="、".join(words)))
    if cases:
        found.append(n_("{count} case in this field", "{count} cases in this field", cases).format(count=cases))
    if not load:
        found.append(_("no open case"))
    elif cap and load >= cap - 1:
        found.append(_("{load} of {cap} open cases").format(load=load, cap=cap))
    return tuple(found)


def _name(match: FieldMatch) -> str:
    """The field where both meet, in words."""
    fields = tree()
    if match.level == "group":
        shared = [g for g in fields.groups_of(match.wanted) if g in fields.groups_of(match.held)]
        return fields.title(shared[0]) if shared else ""
    if match.level == "wipo":
        shared = [w for w in fields.wipo_fields(match.wanted) if w in fields.wipo_fields(match.held)]
        return fields.title(shared[0]) if shared else fields.title(match.wanted)
    if match.level == "class":
        return match.wanted[:3]
    if match.level == "subclass":
        return match.wanted[:4]
    return match.wanted if match.level == "subgroup" else match.wanted.split("/")[0]


_LEVELS = {
    "subgroup": lambda: _("{code} same subgroup"),
    "main_group": lambda: _("{code} same main group"),
    "subclass": lambda: _("{code} same subclass"),
    "class": lambda: _("{code} same class"),
    "wipo": lambda: _("same field: {code}"),
    "group": lambda: _("same court group: {code}"),
}
