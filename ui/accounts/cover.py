"""Covers a locked window: no record can be read, and nothing typed is lost."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from expertpool.foundation.language import _
from ui.widgets.notes import EmptyState


class Cover(EmptyState):
    """Covers all of ``host`` and grows with it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("lock", _("The window is locked"))
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setParent(host)
        self._host = host
        host.installEventFilter(self)
        self._lie()
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Remove the cover."""
        self._host.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _lie(self) -> None:
        self.setGeometry(self._host.rect())

    def eventFilter(self, _host: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._lie()
            self.raise_()
        return False


def cover_all(window: QWidget) -> list[Cover]:
    """Cover the window and every open dialog."""
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return [Cover(one) for one in (window, *dialogs)]
