"""The file of a backup (备份文件): a readable head, then the dump, compressed and encrypted in pieces.

The head tells which pool, when and why, and contains the pool's key encrypted by its recovery code, so that a backup
and the recovery paper are enough to restore everything. Each piece is encrypted together with the SHA-256 of the
head, its number and whether it is the last: no byte can be changed and no piece removed, moved or cut off unnoticed.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from expertpool.foundation.files import replacing
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.storage.vault import Vault

MAGIC = b"ExpertPool backup 1\n"
PIECE = 1 << 20  # bytes of compressed content in a piece
MOST_HEAD = 1 << 20
LEVEL = 5
_SIZE = struct.Struct(">I")


class BackupWriter:
    """Takes lines, writes pieces."""

    def __init__(self, file: IO[bytes], vault: Vault, head: JsonObject) -> None:
        self._file, self._vault = file, vault
        spelled = json.dumps(head, ensure_ascii=False).encode()
        self._bound = hashlib.sha256(spelled).hexdigest()
        self._zip, self._held, self._number = zlib.compressobj(LEVEL), bytearray(), 0
        file.write(MAGIC + _SIZE.pack(len(spelled)) + spelled)

    def put(self, line: Any) -> None:
        """Add one line of the dump."""
        self._held += self._zip.compress(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def end(self) -> None:
        """Write the last piece."""
        self._piece(bytes(self._held) + self._zip.flush(), last=True)

    def _piece(self, content: bytes, *, last: bool) -> None:
        sealed = self._vault.seal_bytes(_purpose(self._bound, self._number, last=last), content)
        self._file.write(_SIZE.pack(len(sealed)) + sealed)
        self._number += 1


def _purpose(bound: str, number: int, *, last: bool) -> str:
    return f"backup {bound} {number} {'last' if last else 'more'}"


@contextmanager
def writing(path: Path, vault: Vault, head: JsonObject) -> Iterator[BackupWriter]:
    """A writer of a backup file that gets its name only when it is complete and on the disk.

    Raises ``backup.unwritten``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as draft, draft.open("wb") as file:
            writer = BackupWriter(file, vault, head)
            yield writer
            writer.end()
    except OSError as error:
        raise EnvironmentProblem("backup.unwritten", path=path, reason=error.strerror or str(error)) from error


def head_of(path: Path) -> JsonObject:
    """The head of a backup. Raises ``backup.foreign`` if the file is no backup.

    Also raises ``backup.damaged`` and ``backup.unread``.
    """
    try:
        with path.open("rb") as file:
            return _head(file, path)[0]
    except OSError as error:
        raise EnvironmentProblem("backup.unread", path=path, reason=error.strerror or str(error)) from error


def _head(file: IO[bytes], path: Path) -> tuple[JsonObject, bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise UserProblem("backup.foreign", path=path)
    size = file.read(_SIZE.size)
    length = _SIZE.unpack(size)[0] if len(size) == _SIZE.size else MOST_HEAD + 1
    spelled = file.read(length) if length <= MOST_HEAD else b""
    try:
        head: JsonObject = json.loads(spelled)
        if not {"vault", "key", "made", "why"} <= head.keys():
            raise ValueError(path)
    except (ValueError, AttributeError) as error:
        raise EnvironmentProblem("backup.damaged") from error
    return head, spelled


def lines_of(path: Path, vault: Vault) -> Iterator[Any]:
    """The lines of a backup, each piece decrypted when reached. Raises ``backup.damaged`` at the first changed byte.

    Also raises ``backup.foreign`` and ``backup.unread``.
    """
    try:
        with path.open("rb") as file:
            _content, spelled = _head(file, path)
            yield from _lines(_pieces(file, vault, hashlib.sha256(spelled).hexdigest()))
    except OSError as error:
        raise EnvironmentProblem("backup.unread", path=path, reason=error.strerror or str(error)) from error


def _pieces(file: BufferedReader, vault: Vault, bound: str) -> Iterator[bytes]:
    """The decrypted pieces in order; the last one must end the file."""
    number = 0
    while True:
        size = file.read(_SIZE.size)
        if len(size) != _SIZE.size:
            raise EnvironmentProblem("backup.damaged")
        length = _SIZE.unpack(size)[0]
        sealed = file.read(length) if length < 2 * PIECE else b""
        if len(sealed) != length:
            raise EnvironmentProblem("backup.damaged")
        last = not file.peek(1)
        try:
            yield vault.open_bytes(_purpose(bound, number, last=last), sealed)
        except EnvironmentProblem as error:
            raise EnvironmentProblem("backup.damaged") from error
        if last:
            return
        number += 1


def _lines(pieces: Iterator[bytes]) -> Iterator[Any]:
    unzip, rest = zlib.decompressobj(), b""
    try:
        for piece in pieces:
            *whole, rest = (rest + unzip.decompress(piece)).split(b"\n")
            for line in whole:
                yield json.loads(line)
    except (zlib.error, ValueError) as error:
        raise EnvironmentProblem("backup.damaged") from error
    if rest or not unzip.eof:
        raise EnvironmentProblem("backup.damaged")
