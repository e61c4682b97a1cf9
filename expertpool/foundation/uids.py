"""Identifiers and stamps that every record carries."""

import os
import time
from datetime import UTC, datetime


def new_uid() -> str:
    """A UUID version 7 (RFC 9562 §5.7): sortable by time, safe to exchange between courts."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def now_stamp() -> str:
    """The moment in UTC as ISO text with milliseconds; sorts as text on every engine."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"
