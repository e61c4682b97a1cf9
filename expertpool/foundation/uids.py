"""Identifiers and stamps that every record carries."""

import os
import time
from datetime import UTC, datetime


def new_uid() -> str:
    """A UUID version 7 (RFC 9562 §5.7): sortable by time, safe to exchange between courts."""
    return new_uids(1)[0]


def new_uids(count: int) -> list[str]:
    """Many at once, ascending: of one moment, with random bits of their own (RFC 9562 §6.2, method 2)."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{moment[:8]}-{moment[8:]}-7"
    result = []
    high, low = int.from_bytes(os.urandom(2)) & 0xFFF, int.from_bytes(os.urandom(8)) & (1 << 61) - 1
    for step in os.urandom(4 * count).hex("-", 4).split("-") if count else ():
        low += int(step, 16) + 1  # at most 2 ** 32 a step: a million of them never reach the next bit
        tail = f"{low | 1 << 63:016x}"
        result.append(f"{head}{high:03x}-{tail[:4]}-{tail[4:]}")
    return result


def now_stamp() -> str:
    """The moment in UTC as ISO text with milliseconds; sorts as text on every engine."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"
