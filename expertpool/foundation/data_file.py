"""Reads a data file of ``resources/`` (数据文件): checks it against its schema and keeps it while the program runs.

A file that does not fit its schema is refused in one sentence naming file, entry and key: because of a misspelt word
a rule might otherwise silently check nobody. Modules needed before the window is painted, and those needed by the
reading worker, import their schema inside the function that reads: importing pydantic takes a tenth of a second.
"""

import json
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from expertpool.foundation.places import resource
from expertpool.foundation.problems import DataProblem


def _iso_day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


Day = Annotated[str, AfterValidator(_iso_day)]
Text = Annotated[str, StringConstraints(min_length=1)]
Words = tuple[Text, ...]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]
Certainty = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """A part of a data file: unknown keys and wrong types are refused, and nothing can be changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: Text
    en: Text


class InForce(Strict):
    """Something in force from a day to a day, both included; without an end it is still in force."""

    valid_from: Day = Field(alias="from")
    valid_to: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"from {self.valid_from} > to {self.valid_to}")
        return self


class DataFile(Strict):
    """A whole file; ``path`` is its place under ``resources/``."""

    path: ClassVar[str]


F = TypeVar("F", bound=DataFile)


def only_once(what: str, keys: Iterable[Hashable]) -> None:
    """Refuse duplicates where each entry may occur once; for validators of schemas."""
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{what} {key}: ×2")
        seen.add(key)


_kept: dict[type[DataFile], DataFile] = {}


def read(schema: type[F]) -> F:
    """The content of a schema's file. Raises :class:`DataProblem` (``data.…``) if the file does not fit."""
    if schema not in _kept:
        _kept[schema] = read_from(schema, resource(*schema.path.split("/")))
    return cast(F, _kept[schema])


def read_from(schema: type[F], path: Path) -> F:
    """The content of a file anywhere, not kept in memory."""
    return parse(schema, path.read_text(encoding="utf-8"))


def parse(schema: type[F], text: str) -> F:
    """The content of a text."""
    try:
        plain = json.loads(text, object_pairs_hook=_once)
    except ValueError as error:
        raise DataProblem("data.json", file=schema.path, value=str(error)) from error
    try:
        return schema.model_validate_json(text)
    except ValidationError as error:
        raise _refused(schema, plain, error) from error


def plain_of(model: BaseModel) -> dict[str, Any]:
    """A model as plain values with the keys used in its file."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def first_refusal(error: ValidationError) -> str:
    """Which key of a refused model is wrong, and how, in short: ``years = "three"``."""
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))
    if first["type"] in ("extra_forbidden", "missing"):
        return where
    return f"{where} = {_said(first)}" if where else _said(first)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key}: ×2")
        found[key] = value
    return found


def _refused(schema: type[DataFile], plain: Any, error: ValidationError) -> DataProblem:
    first = error.errors()[0]
    entry, where = "", []
    for step in first["loc"]:  # the innermost entry that has a name is enough to find the place
        where.append(str(step))
        if isinstance(plain, Mapping):
            plain = plain.get(step)
        elif isinstance(plain, list) and isinstance(step, int) and step < len(plain):
            plain = plain[step]
        else:
            break
        if isinstance(plain, Mapping) and (named := plain.get("id") or plain.get("code") or plain.get("name")):
            entry, where = str(named), []
    code = {"extra_forbidden": "data.unknown_key", "missing": "data.missing_key"}.get(first["type"], "data.value")
    return DataProblem(code, file=schema.path, entry=entry or "—", key=".".join(where) or "—", value=_said(first))


def _said(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    value = str(error["input"])
    known = error.get("ctx", {}).get("expected", "")
    return f"{value[:80]} (≠ {known})" if 0 < len(known) < 200 else value[:80]

