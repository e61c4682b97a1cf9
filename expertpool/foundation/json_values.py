"""JSON as values: what files, settings and the journal hold, and rows as a command prints them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# What no type of ours describes: the content of a file of rules, the image of a record, a setting, a document.
JsonObject = dict[str, Any]
JsonMapping = Mapping[str, Any]  # the same where it is only read


def as_json(row: "DataclassInstance") -> JsonObject:
    """A row as a JSON object: its fields in their order."""
    return asdict(row)
