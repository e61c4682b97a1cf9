"""A dialog that writes what was entered: it closes once that is stored, and stays as it is where it is refused."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from expertpool.foundation.machine import disk_problem
from expertpool.foundation.problems import ExpectedError
from ui.jobs import Jobs
from ui.widgets.labels import label

Refused = Callable[[ExpectedError], bool]  # whether the refusal was dealt with and needs no sentence


class WritingDialog(QDialog):
    """``wanted`` is emitted when the user confirms; whoever opened the dialog then calls :meth:`write`.

    While it is written nothing can be entered and the dialog cannot be left: a dialog that is gone before its write
    loses what was typed when the write is refused.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.writing = False
        self._focus: QWidget | None = None
        self.refusal = label("", "problem", wrap=True, copyable=True)
        self.refusal.hide()
        self._shutting = QTimer(self)
        self._shutting.setSingleShot(True)
        self._shutting.setInterval(0)
        self._shutting.timeout.connect(self._shut)

    def write(self, jobs: Jobs, work: Callable[..., object], done: Callable[[Any], Any] | None = None, *,
              words: str | Callable[[object], str] = "", undoable: bool = True,
              refused: Refused | None = None) -> None:
        """Store by ``work``; then close and call ``done(result)``. On a refusal the sentence stands in the dialog,
        unless ``refused(error)`` has dealt with it."""
        if self.writing:
            return
        self.hold()

        def stored(result: Any) -> None:
            self.let_go()
            self.accept()
            if done is not None:
                done(result)

        def failed(error: BaseException) -> bool:
            self.let_go()
            known = error if isinstance(error, ExpectedError) else disk_problem(error)
            if known is None:
                return False
            if refused is None or not refused(known):
                self.say(known.text)
            return True

        jobs.change(self, work, stored, words=words, undoable=undoable, failed=failed)

    def hold(self) -> None:
        """Something is being written: nothing can be pressed or typed, and the dialog stays."""
        self.writing, self._focus = True, self.focusWidget()
        self.say("")
        self._shutting.start()  # not now: the key that confirmed is still to be released here

    def let_go(self) -> None:
        """The write is over."""
        self.writing = False
        self._shutting.stop()
        self.setEnabled(True)
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shut(self) -> None:
        self.setEnabled(not self.writing)

    def say(self, sentence: str) -> None:
        """Why it was not stored, above the buttons; "" for nothing."""
        layout = self.layout()
        if sentence and self.refusal.parentWidget() is None and isinstance(layout, QBoxLayout):
            layout.insertWidget(max(layout.count() - 1, 0), self.refusal)
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        if sentence:
            self.fit()

    def fit(self) -> None:
        """Make room for what is shown."""
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def reject(self) -> None:
        if not self.writing:
            super().reject()
