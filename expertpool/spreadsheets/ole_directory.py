"""Names of the streams in an OLE file (the container of .xls, .et, .doc and of encrypted .xlsx).

Layout after [MS-CFB]: 512-byte header, sectors, a table of sectors (FAT), a chain of directory
sectors with 128-byte entries.
"""

import struct
from pathlib import Path

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST_SECTOR = 0xFFFFFFFA  # sector numbers from here on are special marks
_MOST_DIRECTORY_SECTORS = 4096


class BrokenContainer(Exception):
    """The chain of sectors is broken: the file is incomplete or overwritten."""


def stream_names(path: Path) -> frozenset[str]:
    """Names of all streams and storages; :class:`BrokenContainer` where the directory is unreadable."""
    try:
        with path.open("rb") as file:
            return _names(file.read())
    except (struct.error, IndexError) as error:
        raise BrokenContainer from error


def _names(data: bytes) -> frozenset[str]:
    shift = struct.unpack_from("<H", data, 30)[0]
    if data[:8] != SIGNATURE or shift not in (9, 12):
        raise BrokenContainer
    size = 1 << shift
    fat = _sector_table(data, size)
    sector: int = struct.unpack_from("<I", data, 48)[0]
    names: set[str] = set()
    seen: set[int] = set()
    while sector < _LAST_SECTOR:
        if sector in seen or len(seen) > _MOST_DIRECTORY_SECTORS:
            raise BrokenContainer
        seen.add(sector)
        start = (sector + 1) * size
        block = data[start:start + size]
        if len(block) < size:
            raise BrokenContainer
        names |= set(_entries(block))
        sector = fat[sector]
    return frozenset(names)


def _entries(block: bytes) -> list[str]:
    found = []
    for offset in range(0, len(block), 128):
        length, kind = struct.unpack_from("<HB", block, offset + 64)
        if kind and 2 <= length <= 64:
            found.append(block[offset:offset + length - 2].decode("utf-16-le", "replace"))
    return found


def _sector_table(data: bytes, size: int) -> list[int]:
    per_sector = size // 4
    places = [place for place in struct.unpack_from("<109I", data, 76) if place < _LAST_SECTOR]
    extra: int = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while extra < _LAST_SECTOR and extra not in seen:
        seen.add(extra)
        block = struct.unpack_from(f"<{per_sector}I", data, (extra + 1) * size)
        places += [place for place in block[:-1] if place < _LAST_SECTOR]
        extra = block[-1]
    table: list[int] = []
    for place in places:
        table += struct.unpack_from(f"<{per_sector}I", data, (place + 1) * size)
    return table
