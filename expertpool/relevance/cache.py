"""Keeps the text index on disk (索引缓存), so that a start reads only what changed instead of every text.

A file holds only numbers, no text and no name; terms are stored as hashes. It belongs to one state of one pool and is
ignored if anything about it is unexpected.
"""

import json
import zlib
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from expertpool.foundation.files import replacing
from expertpool.foundation.json_values import JsonObject
from expertpool.storage.since import Moment

FORMAT = 1
Arrays = dict[str, NDArray[Any]]
_MAGIC = b"EXPERTPOOL-INDEX\n"
_ALIGN = 64


def save(path: Path, about: JsonObject, arrays: Arrays) -> bool:
    """Write arrays together with what they belong to; False if the disk refuses, because the file is not
    essential."""
    listed, place = [], 0
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in plain.items():
        listed.append([name, array.dtype.str, list(array.shape), place])
        place += -(-array.nbytes // _ALIGN) * _ALIGN
    checksum = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for array in plain.values():
            checksum = zlib.crc32(_padded(array), checksum)
        head = json.dumps({"format": FORMAT, "about": about, "arrays": listed, "checksum": checksum, "size": place},
                          ensure_ascii=False).encode()
        with replacing(path) as draft, draft.open("wb") as file:
            file.write(_MAGIC + len(head).to_bytes(8, "little") + zlib.crc32(head).to_bytes(4, "little") + head)
            for array in plain.values():
                file.write(_padded(array))
    except OSError:
        return False
    return True


def _padded(array: NDArray[Any]) -> bytes:
    content: bytes = array.tobytes()
    return content + bytes(-len(content) % _ALIGN)


def load(path: Path) -> tuple[JsonObject, Arrays] | None:
    """What a file belongs to, and its arrays; None for a missing, damaged, foreign or differently formatted file."""
    try:
        with path.open("rb") as file:
            head = _head(file)
            if head is None or head.get("format") != FORMAT:
                return None
            content = file.read()
        if len(content) != head["size"] or zlib.crc32(content) != head["checksum"]:
            return None
        arrays = {}
        for name, kind, shape, place in head["arrays"]:
            count = int(np.prod(shape, dtype=np.int64))
            arrays[name] = np.frombuffer(content, np.dtype(kind), count, place).reshape(shape)
        return dict(head["about"]), arrays
    except (OSError, ValueError, KeyError, TypeError):
        return None


def about(path: Path) -> JsonObject:
    """What a file belongs to, without reading the rest; empty if that cannot be read."""
    try:
        with path.open("rb") as file:
            head = _head(file)
    except OSError:
        return {}
    return dict(head["about"]) if head and head.get("format") == FORMAT else {}


def _head(file: BufferedReader) -> JsonObject | None:
    if file.read(len(_MAGIC)) != _MAGIC:
        return None
    size, checksum = int.from_bytes(file.read(8), "little"), int.from_bytes(file.read(4), "little")
    content = file.read(min(size, 1 << 26))
    if zlib.crc32(content) != checksum:
        return None
    head: JsonObject = json.loads(content)
    return head


def moment_of(content: JsonObject) -> Moment:
    """The state of the pool that a file was written for."""
    entry, digest = content.get("moment", (0, ""))
    return Moment(int(entry), str(digest))
