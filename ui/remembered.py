"""Values that the window keeps between runs, in window.ini beside the data: sizes, columns, look, language."""

import json
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from expertpool.foundation.places import data_folder


class Remembered:
    """Small values by name, kept as text. Nothing from a record is ever stored here."""

    def __init__(self) -> None:
        self.keeps = True  # a second window reads what the first one stored, and changes nothing
        self._kept = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)

    def get(self, name: str, default: Any = None) -> Any:
        """The value stored under ``name``, or ``default`` if there is none or it is unreadable."""
        text = self._kept.value(name)
        if not isinstance(text, str):
            return default
        try:
            return json.loads(text)
        except ValueError:
            return default

    def put(self, name: str, value: object) -> None:
        """Store text, numbers, lists and mappings under ``name``."""
        if not self.keeps:
            return
        self._kept.setValue(name, json.dumps(value, ensure_ascii=True))

    def bytes(self, name: str) -> QByteArray:
        """A window's or splitter's geometry as Qt saved it; empty if none."""
        return QByteArray.fromBase64(str(self.get(name, "")).encode())

    def put_bytes(self, name: str, value: QByteArray) -> None:
        """Store a geometry."""
        self.put(name, bytes(value.toBase64().data()).decode())

    def forget(self, name: str) -> None:
        """Remove one value, so that its default applies again."""
        self._kept.remove(name)

    def save(self) -> None:
        """Write the file now."""
        self._kept.sync()
