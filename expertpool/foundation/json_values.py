"""JSON as values: the content of files, settings and the journal, and rows as commands print them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# values without a type of ours: the content of a rule file, the stored values of a record, a setting, a document
JsonObject = dict[str, Any]
JsonMapping = Mapping[str, Any]  # the same, but read only


def as_json(row: "DataclassInstance") -> JsonObject:
    """A row as a JSON object: its fields in their order."""
    return asdict(row)
