"""Tables of imports: batches, where values came from, answers about duplicates, rows waiting for an answer."""

from typing import Any

from sqlmodel import Field

from expertpool.storage.records import Record, json_list, json_map
from expertpool.storage.secrets import secret_map


class ImportBatch(Record, table=True):
    """One import: who, when, which files, how it went."""

    kind: str = "experts"
    operator: str = ""
    files: list[dict[str, Any]] = json_list()  # file, sha256, sheets with columns
    counts: dict[str, Any] = json_map()
    undone: bool = False


class ValueSource(Record, table=True):
    """Where a person's values came from: batch, file, sheet, row; the batch holds the columns."""

    person_id: int = Field(foreign_key="person.id", index=True)
    batch_id: int = Field(foreign_key="importbatch.id", index=True)
    file: str = ""
    sheet: str = ""
    row: int = 0
    fields: dict[str, Any] = json_map()  # field → cell such as "D7"


class DuplicateAnswer(Record, table=True):
    """Somebody's judgement whether two people, or a person and a row of a spreadsheet, are the same human being.

    ``other_id`` is the second person, or ``fingerprint`` identifies the row. ``keys`` are those that agreed then: a
    pair judged different is proposed again only if another key agrees.
    """

    person_id: int = Field(foreign_key="person.id", index=True)
    other_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    fingerprint: str = Field(default="", index=True)
    answer: str = ""  # same / different / later
    by: str = ""
    at: str = ""
    reason: str = ""
    keys: list[str] = json_list()


class WaitingRow(Record, table=True):
    """A row of an import postponed (待定): kept as read, until somebody says who it is."""

    batch_id: int = Field(foreign_key="importbatch.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)  # the person it may be
    file: str = ""
    sheet: str = ""
    row: int = 0
    slot: int = 0
    draft: dict[str, Any] = secret_map("row")
    fields: dict[str, Any] = json_map()  # field → cell such as "D7"
    keys: list[str] = json_list()
    fingerprint: str = Field(default="", index=True)
    state: str = Field(default="waiting", index=True)  # waiting / done / dropped
    answer: str = ""
