"""Identifiers and time stamps that every record has."""

import os
import time
from datetime import UTC, datetime


def new_uid() -> str:
    """A UUID version 7 (RFC 9562 §5.7): sortable by time, safe to exchange between courts."""
    return new_uids(1)[0]


def new_uids(count: int) -> list[str]:
    """Many identifiers at once, ascending: the same moment, counting up from random bits (RFC 9562 §6.2, method
    1)."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    drawn = int.from_bytes(os.urandom(10))
    head = f"{moment[:8]}-{moment[8:]}-7{drawn >> 68:03x}-{drawn >> 48 & 0x3FFF | 0x8000:04x}-"
    first = drawn & (1 << 47) - 1  # the top bit stays 0, so that counting up cannot overflow
    return [f"{head}{number:012x}" for number in range(first, first + count)]


def now_stamp() -> str:
    """The present moment in UTC as ISO text with milliseconds; such texts sort correctly on every database."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"
