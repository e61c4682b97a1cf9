"""Writes large workbooks without readable temporary files (大工作簿): rows and parts stay compressed in memory.

XlsxWriter puts the rows of large sheets, and then every part of the package, into readable temporary files; a killed
program would leave them there with all personal numbers. XML of a table shrinks to a tenth or less, so the compressed
parts need little memory. The one file that is still made in ``tmpdir`` for each sheet stays empty.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

_PIECE = 1 << 16  # compressed bytes read at a time
_DAY = (1980, 1, 1, 0, 0, 0)  # the compression level that spreadsheet programs use


class PackedText(StringIO):
    """Text that is written once and read once, compressed meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._packer, self._packed = zlib.compressobj(1), bytearray()
        self._reading: Iterator[bytes] | None = None

    def write(self, text: str, /) -> int:
        self._packed += self._packer.compress(text.encode("utf-8"))
        return len(text)

    def pieces(self) -> Iterator[bytes]:
        """What was written, as UTF-8 pieces; nothing can be written afterwards."""
        self._packed += self._packer.flush()
        unpacker, whole = zlib.decompressobj(), memoryview(bytes(self._packed))
        self._packed = bytearray()
        for place in range(0, len(whole), _PIECE):
            yield unpacker.decompress(whole[place:place + _PIECE])
        yield unpacker.flush()

    def seek(self, place: int, whence: int = 0, /) -> int:
        self._reading = self.pieces()
        return place

    def read(self, _size: int | None = -1, /) -> str:
        """The next piece of what was written, "" at the end."""
        rest = b""
        for piece in self._reading or ():
            rest += piece
            try:
                if rest:
                    return rest.decode("utf-8")
            except UnicodeDecodeError:  # a character may be cut in two
                cut = next(back for back in range(1, 4) if rest[-back] >= 0xC0)
                self._reading = _with(rest[-cut:], self._reading)
                return rest[:-cut].decode("utf-8")
        return rest.decode("utf-8")


def _with(first: bytes, following: Iterator[bytes] | None) -> Iterator[bytes]:
    """``first`` joined to the beginning of the next piece."""
    for piece in following or ():
        yield first + piece
        first = b""
    if first:
        yield first


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are kept compressed."""

    row_data_fh: Any

    def _initialize(self, init_data: Any) -> None:
        super()._initialize(init_data)
        if self.row_data_fh is not None:
            self.row_data_fh.close()
            self.row_data_fh = self.fh = PackedText()

    def _opt_close(self) -> None:
        """Nothing to do: no file is open."""

    def _opt_reopen(self) -> None:
        """Nothing to do: no file was closed."""


class _Parts(Packager):  # type: ignore[misc]
    """Writes the parts of the package from memory."""

    def __init__(self, target: BytesIO) -> None:
        super().__init__()
        self._target = target

    def _filename(self, xml_filename: str) -> PackedText:
        part = PackedText()
        self.filenames.append((part, xml_filename, False))
        return part

    def _create_package(self) -> list[Any]:
        """Write the package, leaving no part to be written by the workbook."""
        parts = super()._create_package()
        with ZipFile(self._target, "w", ZIP_DEFLATED) as package:
            for part, name, _binary in parts:
                head = ZipInfo(name, _DAY)
                head.compress_type = ZIP_DEFLATED
                with package.open(head, "w", force_zip64=True) as file:
                    for piece in part.pieces():
                        file.write(piece)
        return []


class PackedWorkbook(Workbook):  # type: ignore[misc]
    """A workbook for large sheets, written to ``target`` when it is closed; ``folder`` holds only empty files."""

    worksheet_class = _Sheet

    def __init__(self, target: BytesIO, folder: str) -> None:
        super().__init__(BytesIO(), {"constant_memory": True, "tmpdir": folder})
        self._finished = target

    def _get_packager(self) -> _Parts:
        return _Parts(self._finished)
