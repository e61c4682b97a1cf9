"""The question about rows that are hidden in their file (隐藏行): import them or leave them out."""

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QPushButton

from expertpool.foundation.language import _
from ui import texts
from ui.widgets.labels import restyle
from ui.widgets.notes import Banner


def add_buttons(banner: Banner, *buttons: tuple[str, Callable[[], object]]) -> list[QPushButton]:
    """Further buttons at the right of a banner."""
    made = []
    row = banner.layout()
    for words, call in buttons:
        button = QPushButton(words)
        button.clicked.connect(lambda _checked=False, call=call: call())
        if isinstance(row, QBoxLayout):
            row.addWidget(button)
        made.append(button)
    return made


class HiddenRows(Banner):
    """Shown while there are hidden rows; the answer can be changed until the import is written."""

    def __init__(self, answer: Callable[[str], object]) -> None:
        super().__init__("warning", "", closable=False)
        self.take_in, self.leave_out = add_buttons(
            self, (_("Import them"), lambda: answer("in")), (_("Leave them out"), lambda: answer("out")))
        self.hide()

    def show_question(self, count: int, answer: str) -> None:
        """``answer`` is the answer so far: ``in``, ``out`` or nothing."""
        self.setVisible(bool(count))
        words = {
            "": _("{count} rows are hidden in the file. They are imported unless you leave them out."),
            "in": _("{count} rows are hidden in the file. They are imported."),
            "out": _("{count} rows are hidden in the file. They are left out."),
        }[answer]
        self.show_text("accent" if answer else "warning", words.format(count=texts.number(count)))
        for button, code in ((self.take_in, "in"), (self.leave_out, "out")):
            button.setEnabled(answer != code)
            restyle(button, role="")
