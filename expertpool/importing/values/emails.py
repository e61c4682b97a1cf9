"""E-mail addresses in cells."""

import re

from expertpool.foundation.problems import Severity
from expertpool.spreadsheets.cell_text import Reading, Value, content, half_width, problem

_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


def read_emails(value: Value) -> Reading[list[str]]:
    """All addresses of a cell, the main one first. Problem: ``email_invalid`` (the address is left out)."""
    if isinstance(value, str) and _ADDRESS.fullmatch(value):  # most cells hold one plain address
        return Reading([value])
    text = half_width(content(value)).replace("。", ".")
    text = re.sub(r"\s*(?:#at#|\(at\)|\[at\]|＠)\s*", "@", text, flags=re.I)
    found = list(dict.fromkeys(address.rstrip(".") for address in _ADDRESS.findall(text)))
    if not found and (joined := _ADDRESS.fullmatch(re.sub(r"\s", "", text))):
        found = [joined[0]]
    if text and not found:
        return Reading([], (problem("email_invalid", value, Severity.WARNING),))
    return Reading(found)
