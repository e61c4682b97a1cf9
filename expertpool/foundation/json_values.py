"""JSON as values: what files, settings and the journal hold, and rows as a command prints them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

JsonObject = dict[str, Any]  # content that no type of ours describes: a file, the image of a record, a setting


def as_json(row: "DataclassInstance") -> JsonObject:
    """A row as a JSON object: its fields in their order."""
    return asdict(row)
