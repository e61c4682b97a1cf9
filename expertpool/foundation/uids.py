"""Identifiers and stamps that every record carries."""

import os
import time
from datetime import UTC, datetime


def new_uid() -> str:
    """A UUID version 7 (RFC 9562 §5.7): sortable by time, safe to exchange between courts."""
    return new_uids(1)[0]


def new_uids(count: int) -> list[str]:
    """Many at once, ascending: of one moment, counting on from random bits (RFC 9562 §6.2, method 1)."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    drawn = int.from_bytes(os.urandom(10))
    head = f"{moment[:8]}-{moment[8:]}-7{drawn >> 68:03x}-{drawn >> 48 & 0x3FFF | 0x8000:04x}-"
    first = drawn & (1 << 47) - 1  # the top bit stays free: nobody asks for enough to carry over
    return [f"{head}{number:012x}" for number in range(first, first + count)]


def now_stamp() -> str:
    """The moment in UTC as ISO text with milliseconds; sorts as text on every engine."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"
