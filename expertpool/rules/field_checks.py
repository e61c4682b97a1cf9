"""Whether a value is allowed in a field (字段校验): type, date, word of a vocabulary, length.

There are two checks. A draft that a person fills in is checked strictly: a word field takes only codes of its
vocabularies. The writing transaction allows a roster's own words in a field that is not ``closed``, because rosters
and old pools hold such words; it checks types, dates and closed words just as strictly. Stored values are never
checked: they stay readable, and may stay when something else of the record is changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from expertpool.foundation.dates import PartialDate
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import sentence
from expertpool.rules import vocabulary
from expertpool.rules.field_catalogue import CatalogueField, Kind, Mask, TableFields

D = TypeVar("D", bound=BaseModel)
# most characters of a text in a draft
LONGEST = {Kind.TEXT: 2_000, Kind.LONG: 100_000, Kind.CODE: 100, Kind.WORD: 2_000}
ANY_LENGTH = 10_000_000  # most characters of any stored text
_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.YES_NO: (bool,), Kind.WHOLE: (int, type(None)), Kind.NUMBER: (int, float, type(None)), Kind.LIST: (list,),
    Kind.MAP: (dict,)}
_REMEMBERED = 20_000  # values of one column already found good


def fault(field: CatalogueField, value: object, *, strict: bool = False) -> str:
    """The code of what is wrong with a value, "" if nothing is; ``strict`` as for drafts."""
    if not isinstance(value, _TYPES.get(field.kind, (str,))) or (
            field.kind in (Kind.WHOLE, Kind.NUMBER) and isinstance(value, bool)):
        return "field.type"
    if not isinstance(value, str):
        return ""
    if field.kind is Kind.DATE:
        return "" if not value or _is_date(value) else "date.form"
    if len(value) > (LONGEST[field.kind] if strict else ANY_LENGTH):
        return "field.long"
    if field.kind is Kind.WORD and (strict or field.closed) and not _is_word(field, value):
        return "field.word"
    return ""


def _is_word(field: CatalogueField, value: str) -> bool:
    if not value:
        return not (field.required and field.closed)
    return any(vocabulary.knows(kind, value) for kind in field.words)


@lru_cache(maxsize=50_000)
def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def parameters(field: CatalogueField, value: object) -> dict[str, Any]:
    """What the sentence of a fault says; a personal number is masked."""
    shown = field.mask.hide(str(value)) if field.mask is not Mask.NONE else str(value)
    choices = [word for kind in field.words for _code, word in vocabulary.choices(kind)]
    return {"field": field.shown or field.key, "value": shown[:60], "most": LONGEST.get(field.kind, 0),
            "choices": "、".join(choices[:30]) + ("……" if len(choices) > 30 else "")}


# -- drafts
class _Everything(frozenset[str]):
    """Stands for: any value may stay as it is."""

    def __contains__(self, _value: object) -> bool:
        return True


# Values that may stay unchecked while a draft is made. A context variable, because a draft inside a draft is made by
# its constructor, which pydantic hands no context of its own.
_LEFT_ALONE: ContextVar[frozenset[str]] = ContextVar("left_alone", default=frozenset())


def as_written(draft: type[D], values: Mapping[str, Any]) -> D:
    """A draft of stored values, or of what a row says: refused only for a wrong type."""
    return _made(draft, values, _Everything())


def edited(draft: type[D], values: Mapping[str, Any], before: Mapping[str, Any]) -> D:
    """A draft of changed values; values that equal those in ``before`` are accepted, whatever they are."""
    return _made(draft, values, frozenset(_texts_in(before)))


def _made(draft: type[D], values: Mapping[str, Any], alone: frozenset[str]) -> D:
    token = _LEFT_ALONE.set(alone)
    try:
        return draft.model_validate(values)
    finally:
        _LEFT_ALONE.reset(token)


def _texts_in(values: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping):
            for one in value.values():
                collect(one)
        elif isinstance(value, list | tuple):
            for one in value:
                collect(one)

    collect(values)
    return found


def checked(table: TableFields) -> Any:
    """A validator for a draft of this table: checks each field's value by the catalogue."""
    fields = {field.key: field for field in table.fields
              if not field.technical and _TYPES.get(field.kind, (str,)) == (str,)}

    def check(_cls: type, value: str, info: ValidationInfo) -> str:
        if value in _LEFT_ALONE.get():
            return value
        field = fields[str(info.field_name)]
        if code := fault(field, value, strict=True):
            said = parameters(field, value)
            raise PydanticCustomError(code, "{said}", {"said": sentence(code, **said), **said})
        return value

    return field_validator(*fields, check_fields=False)(classmethod(check))


# -- the writing transaction
class ColumnCheck:
    """Checks many values of one column, each distinct one once."""

    def __init__(self, field: CatalogueField) -> None:
        self.field = field
        self._good: set[object] = set()
        plain = field.kind in (Kind.TEXT, Kind.LONG, Kind.CODE) or (field.kind is Kind.WORD and not field.closed)
        self._check: Callable[[Sequence[Any]], None] = self._texts if plain else (
            self._each if field.kind in (Kind.LIST, Kind.MAP) else self._distinct)

    def __call__(self, values: Sequence[Any]) -> None:
        """Raise the problem of the first value that is not allowed in the column."""
        self._check(values)

    def _texts(self, values: Sequence[Any]) -> None:
        if set(map(type, values)) != {str} or max(map(len, values)) > ANY_LENGTH:
            self._each(values)

    def _distinct(self, values: Sequence[Any]) -> None:
        fresh = set(values) - self._good
        self._each(fresh)
        if len(self._good) < _REMEMBERED:
            self._good |= fresh

    def _each(self, values: Iterable[object]) -> None:
        for value in values:
            if code := fault(self.field, value):
                raise UserProblem(code, **parameters(self.field, value))
