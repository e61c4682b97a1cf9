"""Reads XML from unknown sources piece by piece; its own definitions (DTD, entities) are refused."""

import xml.parsers.expat
from collections.abc import Callable, Iterator
from typing import IO

_BLOCK = 1 << 20


class ForeignXml(Exception):
    """The XML declares a document type: no table file needs one, and entities can exhaust memory."""


def parse_xml(file: IO[bytes], start: Callable[[str, dict[str, str]], None],
              end: Callable[[str], None] | None = None, data: Callable[[str], None] | None = None) -> None:
    """Walk through ``file``; ExpatError where it is no XML, :class:`ForeignXml` at a document type."""
    for _block in walk_xml(file, start, end, data):
        pass


def walk_xml(file: IO[bytes], start: Callable[[str, dict[str, str]], None],
             end: Callable[[str], None] | None, data: Callable[[str], None] | None) -> Iterator[None]:
    """:func:`parse_xml` in steps, one for each piece of the file."""
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.StartDoctypeDeclHandler = _refuse
    while block := file.read(_BLOCK):
        parser.Parse(block, False)
        yield
    parser.Parse(b"", True)


def _refuse(*_declaration: object) -> None:
    raise ForeignXml
