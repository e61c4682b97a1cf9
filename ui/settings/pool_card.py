"""The court's name and the pool: its place, opening another one, a new one, or the samples (本院与专家库)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui import texts, theme
from ui.allowed import allowed, offer
from ui.samples import open_samples
from ui.widgets.cards import Card, FieldGrid
from ui.widgets.fields import TextField
from ui.widgets.labels import Line, label

if TYPE_CHECKING:
    from ui.page import Page


class PoolCard(Card):
    """Court name with Save, the place of the data, and the way to another pool."""

    def __init__(self, page: "Page") -> None:
        super().__init__(_("Court and pool"))
        self._page, self._read = page, ""  # the name as it was read, which a save must find again
        self.court = TextField("court", _("Name of the court"), longest=80,
                               placeholder=_("as it stands on rosters and papers"))
        self.court.show("")
        self.court.changed.connect(self._look)
        self.court.edit.returnPressed.connect(self.save)
        self.saving = QPushButton(_("Save"))
        self.saving.setProperty("role", "primary")
        self.saving.clicked.connect(self.save)
        self.court.line.addWidget(self.saving)
        offer(page.pool, "change setting", self.saving)
        self.court.edit.setReadOnly(not allowed(page.pool, "change setting"))
        self.add(self.court)
        self.add(Line())
        self.place = FieldGrid(72)
        self.add(self.place)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for words, call in ((_("Open another pool …"), self._other), (_("New pool …"), self._new),
                            (_("Open the sample pool"), lambda: open_samples(self._page))):
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        said = _("The pool is one encrypted file. On another computer it opens with the code on the recovery paper.")
        self.add(label(said, "small", wrap=True))
        self.body.addStretch(1)

    def show_pool(self, found: dict[str, Any]) -> None:
        """``name``, ``place``, ``target``, ``local``, ``counts``."""
        if not self.court.is_changed() or found["name"] == self.court.value():
            self._saved(found["name"])
        self.body.removeWidget(self.place)
        self.place.deleteLater()
        self.place = FieldGrid(72)
        self.place.add_value(_("Pool"), found["place"], "" if found["local"] else found["target"])
        if found["local"]:
            self.place.add_widget(_("File"), self._file(Path(found["target"])))
        counts = found["counts"]
        self.place.add_value(_("Content"), texts.joined(
            _("Experts {count}").format(count=texts.number(counts["experts"])),
            _("Open cases {count}").format(count=texts.number(counts["open_cases"]))))
        self.body.insertWidget(3, self.place)
        self._look()

    def save(self) -> None:
        """Store the court's name; the rail then shows it."""
        if not self.court.is_changed():
            return
        name, pool, read = self.court.value(), self._page.pool, self._read
        self.saving.setEnabled(False)
        self._page.jobs.change(
            self, lambda: pool.set_parts("court", {"name": name}, as_read={"name": read or None}),
            lambda _changes: self._saved(name), words=_("The name of the court was saved."), failed=self._refused)

    def _refused(self, error: BaseException) -> bool:
        self._look()
        if not isinstance(error, ExpectedError) or error.code != "record.changed":
            return False
        pool = self._page.pool
        self._page.jobs.read(self, lambda: pool.name, self._choose)
        return True

    def _choose(self, now: str) -> None:
        """Somebody else saved another name meanwhile: whose is to stand."""
        mine, self._read = self.court.value(), now
        answer = self._page.prompts.choose(self, _(
            "Somebody else saved the name of the court as “{now}” meanwhile. Which name is to stand?").format(
                now=now or "—"), [("mine", mine or "—"), ("now", now or "—"), ("stay", _("Go on editing"))])
        if answer == "mine":
            self.save()
        elif answer == "now":
            self._saved(now)

    def _saved(self, name: str) -> None:
        self._read = name
        self.court.show(name)
        self._look()

    def _look(self) -> None:
        self.saving.setEnabled(self.court.is_changed())

    def _file(self, path: Path) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        shown = label(str(path), wrap=True, copyable=True)
        row.addWidget(shown, 1)
        row.addWidget(self._page.link(_("Open its folder"), lambda: QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(path.parent)))))
        return box

    def _other(self) -> None:
        page = self._page
        if chosen := page.prompts.open_file(page, _("Open another pool"), ["expertpool"]):
            self._open(chosen)

    def _new(self) -> None:
        page = self._page
        if chosen := page.prompts.save_file(page, _("Make a new pool"), _("New pool.expertpool"), "expertpool"):
            self._open(chosen)

    def _open(self, path: Path) -> None:
        if self._page.may_leave() and self._page.surroundings.window is not None:
            self._page.surroundings.window.open_pool(str(path))
