"""Patents in the case form: number with its check digit, title, IPC symbols, inventors, patentees."""

from collections.abc import Sequence
from typing import Any

from expertpool.cases.patent_number import read_patent_number
from expertpool.foundation.language import _
from expertpool.foundation.sentences import sentence
from ui.widgets.fields import Field, ListField, TextField
from ui.widgets.rows_field import RowsField


class PatentsField(RowsField):
    """``value()`` is a list of patents as in the draft; a doubtful number is noted, never refused."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name, words, patent_fields, widths=(5, 6, 5, 4, 5), add=_("Add a patent"))

    def value(self) -> list[dict[str, Any]]:
        rows = super().value()
        for row in rows:
            row["kind"] = row.get("kind") or read_patent_number(row["number"]).kind
        return rows

    def _again(self) -> None:
        doubts = [doubt for row in self.value() if row["number"] and (doubt := doubt_of(row["number"]))]
        self.problem("\n".join(doubts), other=True)


def patent_fields() -> Sequence[Field]:
    """The fields of one row."""
    return (
        TextField("number", _("Patent number")), TextField("title", _("Title of the patent")),
        ListField("ipc", _("IPC symbols, parted by ；")), ListField("inventors", _("Inventors")),
        ListField("patentees", _("Patentees")))


def doubt_of(text: str) -> str:
    """What is doubtful about a patent number, "" if nothing is."""
    number = read_patent_number(text)
    if not number.recognised:
        return sentence("patent.number_unread", value=text)
    return "" if number.check_ok else sentence("patent.check_digit", value=text)
