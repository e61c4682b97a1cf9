"""The form of a record on its card: opening it, saving once, and a record that was changed or deleted meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from ui import theme
from ui.page import Page
from ui.widgets.cards import Card
from ui.widgets.conflict import ConflictView
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.notes import Banner
from ui.widgets.three_way import differences

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

GONE = ("record.missing", "case.unknown", "organisations.missing")  # the record no longer exists


@dataclass(frozen=True)
class Version:
    """A record as a form shows it, with the version that saving must name."""

    uid: str
    version: int
    values: Mapping[str, object]


class RecordForm(QWidget):
    """Emits ``left`` after Cancel and ``written(key)`` after saving, with the key by which the page finds the record.

    A subclass says how its draft is made and written (:meth:`draft`, :meth:`write`), how the record is read again
    (:meth:`read_version`) and what is reported after saving (:meth:`words`, :meth:`key`).
    """

    left = Signal()
    written = Signal(str)

    def __init__(self, page: Page, form: Form) -> None:
        super().__init__()
        self.page, self.form = page, form
        self.uid, self.version = "", 0
        self._now: Version | None = None  # the record as somebody else saved it
        self._saving = False  # saving is under way: a second press must not save twice
        self._heading, self._second = label("", "section"), label("", "small")
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.GAP)
        self.head.addWidget(self._heading)
        self.head.addWidget(self._second)
        self.head.addStretch(1)
        self.gone = Banner("danger", "", (_("Copy what was entered"), self.copy), closable=False)
        self.gone.hide()
        self.conflict = ConflictView()
        self.stack = QStackedWidget()
        self.stack.addWidget(form)
        self.stack.addWidget(self.conflict)
        card = Card(padding=theme.WIDE)
        card.body.addLayout(self.head)
        card.add(self.gone)
        card.add(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        form.left.connect(self.left)
        form.saved.connect(lambda _values: self.save())
        self.conflict.back.connect(self._back)
        self.conflict.settled.connect(self._settled)

    # -- to be overridden by the form of a kind of record
    def draft(self) -> object:
        """What was entered, as the core's draft; None if a problem is shown instead."""
        raise NotImplementedError

    def write(self, pool: "ExpertPool", draft: Any, uid: str, version: int) -> Changes:
        """Write a draft, in a worker; ``uid`` is "" for a new record."""
        raise NotImplementedError

    def read_version(self, pool: "ExpertPool", uid: str) -> Version:
        """The record as it is now, in a worker."""
        raise NotImplementedError

    def words(self, draft: Any) -> str:
        """The message after saving."""
        raise NotImplementedError

    def key(self, draft: Any, changes: Changes) -> str:
        """The key by which the page finds the saved record."""
        return self.uid

    def refused(self, error: ExpectedError) -> bool:
        """Show a refusal in the form itself; returns whether that was done."""
        return False

    # -- opening
    def open_with(self, uid: str, version: int, heading: str, second: str) -> None:
        """Start: ``uid`` is "" for a new record. The subclass shows the values."""
        self.uid, self.version, self._now, self._saving = uid, version, None, False
        self._heading.setText(heading)
        self._second.setText(second)
        self.gone.hide()
        self.form.hold()
        self.stack.setCurrentWidget(self.form)

    # -- saving
    def save(self) -> None:
        """Save what was entered, naming the version with which the form was opened."""
        if self._saving:
            return
        draft = self.draft()
        if draft is None:
            return
        self._saving = True
        pool, uid, version = self.page.pool, self.uid, self.version

        def saved(changes: Changes) -> None:
            self._saving = False
            self.form.accept_saved()
            self.written.emit(self.key(draft, changes))

        self.page.jobs.change(self, lambda: self.write(pool, draft, uid, version), saved, words=self.words(draft),
                              failed=self._refused)

    def copy(self) -> None:
        """Copy the content of the form to the clipboard as text."""
        QApplication.clipboard().setText(self.form.in_words())

    def _refused(self, error: BaseException) -> bool:
        self._saving = False
        if not isinstance(error, ExpectedError):
            return False
        if error.code == "record.changed":
            pool, uid = self.page.pool, self.uid
            self.page.jobs.read(self, lambda: self.read_version(pool, uid), self._show_conflict, key="conflict",
                                failed=self._refused)
            return True
        if error.code in GONE and self.uid:
            self._show_gone()
            return True
        return self.refused(error)

    def _show_gone(self) -> None:
        """A deleted record cannot be saved; what was typed stays, to be copied."""
        self.stack.setCurrentWidget(self.form)
        self.gone.show_text("danger", _(
            "This record was deleted or merged into another one meanwhile by somebody else. Nothing was saved. What "
            "was entered stands below until you leave; copy it if it is needed elsewhere."))
        self.gone.show()
        self.form.hold(_("The record is not there any more"))

    def _show_conflict(self, now: Version) -> None:
        """Both changed the record: show as opened, as now and mine side by side. The form keeps its old version until
        a choice was made, so that pressing Save again is refused again and never overwrites."""
        if now.uid != self.uid:
            self._show_gone()
            return
        self._now = now
        found = differences(self.form.fields.values(), self.form.opened(), now.values)
        self.stack.setCurrentWidget(self.conflict)
        self.conflict.show_differences(found, self.form.fields)

    def _settled(self, chosen: Mapping[str, object]) -> None:
        if self._now is None:
            return
        now, self._now = self._now, None
        self.form.take_over(now.values, chosen)
        self.version = now.version
        self.stack.setCurrentWidget(self.form)
        if self.form.is_changed():
            self.form.save()
        else:  # all values of the other side were chosen: there is nothing to write
            self.written.emit(self.uid)

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.form)
        self.form.setFocus()
