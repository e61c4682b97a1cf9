"""A widget whose parts flow like text."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.flow import FlowLayout


class Flow(QWidget):
    """Parts that wrap; takes the height its width needs."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.flow = FlowLayout(self, theme.STEP)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
