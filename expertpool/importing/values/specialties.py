"""A person's specialities: free words in their order, and IPC codes among them."""

import re

from expertpool.foundation.text import split_list
from expertpool.spreadsheets.cell_text import Value, content, half_width, per_value

_IPC = re.compile(r"(?<![A-Za-z0-9])([A-H]\d{2}[A-Z])(?:\s?(\d{1,4})\s?/\s?(\d{2,6}))?(?![A-Za-z0-9])")
_IPC_CLASS = re.compile(r"[A-H]\d{2}")
_CODE = re.compile(r"[A-Z]{0,2}\d{2,8}(?:\.\d{1,4})?")


@per_value
def read_ipc(value: Value) -> list[str]:
    """IPC symbols of a cell in their usual form: ``G06F16/00`` → ``G06F 16/00``; without doubles."""
    text = half_width(content(value)).upper()
    found = [f"{sub} {group}/{point}" if group else sub for sub, group, point in _IPC.findall(text)]
    if not found and _IPC_CLASS.fullmatch(text):
        found = [text]
    return list(dict.fromkeys(found))


@per_value
def read_specialties(value: Value) -> list[str]:
    """The words of a cell, in the person's order."""
    return split_list(content(value))


@per_value
def read_field_codes(value: Value) -> tuple[list[str], list[str]]:
    """A cell of a code column → (codes, words): codes of IPC, 学科 or 行业; other texts are specialities."""
    codes = read_ipc(value)
    words = []
    for entry in split_list(content(value)):
        if read_ipc(entry):
            entry = _IPC.sub(" ", half_width(entry)).strip(" ()（）:：-")
            words += [entry] if len(entry) > 1 and not _IPC_CLASS.fullmatch(entry) else []
            continue
        (codes if _CODE.fullmatch(half_width(entry)) else words).append(entry)
    return list(dict.fromkeys(codes)), words
