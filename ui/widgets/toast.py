"""Short messages over the window's lower right corner: icon, sentence, an action such as Undo, a cross."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QPushButton, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.labels import icon_button, label

STAY = {"accent": 6000, "ok": 7000, "warning": 10000, "danger": 0}  # milliseconds; 0 stays until closed
ICONS = {"accent": "info", "ok": "ok", "warning": "warning", "danger": "error"}
WIDTH, MOST = 400, 3


def shade(widget: QWidget) -> None:
    """A soft shadow under something that floats."""
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(24)
    shadow.setOffset(0, 4)
    shadow.setColor(theme.qcolour("shadow", 60))
    widget.setGraphicsEffect(shadow)


class Toast(QFrame):
    """One message. It does not disappear while under the pointer or with the focus inside."""

    gone = Signal(object)

    def __init__(
        self, tone: str, text: str, action: tuple[str, Callable[[], object]] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self.tone, self.text = tone, text
        self.setAccessibleName(text)
        self.setFixedWidth(WIDTH)
        shade(self)
        picture, said = QLabel(), label(text, wrap=True)
        theme.dress(picture, ICONS.get(tone, "info"), tone, 20)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAD, 10, theme.GAP, 10)
        row.setSpacing(theme.GAP)
        row.addWidget(picture)
        row.addWidget(said, 1)
        self.action: QPushButton | None = None
        if action:
            words, call = action
            self.action = QPushButton(words)
            self.action.setProperty("role", "link")
            self.action.clicked.connect(self.leave)
            self.action.clicked.connect(lambda: call())
            row.addWidget(self.action)
        self.cross = icon_button("close", _("Close message"), size=14)
        self.cross.clicked.connect(self.leave)
        row.addWidget(self.cross)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._wait()

    def leave(self) -> None:
        """Disappear now."""
        self._timer.stop()
        self.gone.emit(self)

    def _wait(self) -> None:
        if stay := STAY.get(self.tone, 6000):
            self._timer.start(stay)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)


class ToastLayer(QObject):
    """Keeps the messages of one window stacked, newest lowest, at most three."""

    def __init__(self, host: QWidget, above: int = 40) -> None:
        super().__init__(host)
        self._host, self._above = host, above
        self.toasts: list[Toast] = []
        host.installEventFilter(self)

    def parentWidget(self) -> QWidget:
        """The window the messages belong to."""
        return self._host

    def show_toast(self, tone: str, text: str, action: tuple[str, Callable[[], object]] | None = None) -> Toast:
        """Show a message; the same words shown again replace the older one."""
        for other in [one for one in self.toasts if one.text == text]:
            self._drop(other)
        toast = Toast(tone, text, action, self._host)
        toast.gone.connect(self._drop)
        self.toasts.append(toast)
        while len(self.toasts) > MOST:
            self._drop(self.toasts[0])
        toast.show()
        self._place()
        return toast

    def clear(self) -> None:
        """Remove all messages."""
        for toast in list(self.toasts):
            self._drop(toast)

    def _drop(self, toast: Toast) -> None:
        if toast in self.toasts:
            self.toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        y = self._host.height() - self._above
        for toast in reversed(self.toasts):
            toast.adjustSize()
            height = max(toast.heightForWidth(WIDTH), toast.sizeHint().height())
            toast.resize(WIDTH, height)
            y -= height + theme.GAP
            toast.move(self._host.width() - WIDTH - theme.WIDE, y)
            toast.raise_()

    def eventFilter(self, _host: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
