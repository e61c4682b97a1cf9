"""About the program (关于): version, components and their licences."""

from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata, version
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QVBoxLayout

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.cards import Card, FieldGrid
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.page import Page

PARTS = ("PySide6-Essentials", "sqlmodel", "SQLAlchemy", "alembic", "pydantic", "psycopg", "sqlcipher3",
         "python-calamine", "openpyxl", "XlsxWriter", "xlrd", "numpy", "pypinyin", "typer", "platformdirs")


class AboutCard(Card):
    """Version, licence, and the list of parts on demand."""

    def __init__(self, page: "Page") -> None:
        super().__init__(_("About"))
        self._page = page
        grid = FieldGrid(72)
        grid.add_value(_("Program"), _("Judicial expert pool") + f" ExpertPool {own_version()}")
        grid.add_value(_("Licence terms"), "Apache-2.0", _("open source, without any warranty"))
        grid.add_value("Qt", str(qVersion()))
        self.add(grid)
        self.licences = QPushButton(_("Licences of the parts"))
        self.licences.clicked.connect(self._show)
        self.body.addWidget(self.licences, 0, Qt.AlignmentFlag.AlignLeft)
        said = _("The program needs no network. Nothing leaves this computer by itself.")
        self.add(label(said, "small", wrap=True))
        self.body.addStretch(1)

    def _show(self) -> None:
        self._page.jobs.read(self, parts, self._open, key="parts")

    def _open(self, found: list[tuple[str, str, str]]) -> None:
        self.dialog = PartsDialog(self._page.window(), found)
        self.dialog.open()


class PartsDialog(QDialog):
    """Name, version and licence of every part."""

    def __init__(self, parent: Any, found: list[tuple[str, str, str]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Licences of the parts"))
        self.resize(560, 480)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Licences of the parts"))
        self.text.setPlainText("\n".join(f"{name} {number}\n    {licence}" for name, number, licence in found))
        closing = QPushButton(_("Close"))
        closing.setDefault(True)
        closing.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        column.addWidget(self.text)
        column.addWidget(closing)


def own_version() -> str:
    """The program's version."""
    try:
        return version("expertpool")
    except PackageNotFoundError:
        return _("from source")


def parts() -> list[tuple[str, str, str]]:
    """(name, version, licence) of the installed components."""
    found = []
    for name in PARTS:
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        licence = _first(about, "License-Expression") or _first(about, "License").strip().split("\n")[0] or "、".join(
            line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::"))
        found.append((name, about["Version"], licence))
    return found


def _first(about: PackageMetadata, key: str) -> str:
    return str((about.get_all(key) or [""])[0])
