"""Changes the language while the window is open: all its parts are made again, on the same page."""

from typing import TYPE_CHECKING

from expertpool.foundation import language
from ui.languages import use_language

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def switch_language(window: "MainWindow", name: str) -> None:
    """Switch to ``zh_CN`` or ``en``, unless a form on the page must not be left."""
    page = window.stack.current()
    if name == language.language() or (page is not None and not page.may_leave()):
        return
    window.remembered.put("language", name)
    shown = window.stack.current_name()
    use_language(name)
    window.feedback.clear()
    for part in (window.rail, window.right, window.box):
        window.row.removeWidget(part)
        part.hide()
        part.deleteLater()
    window.assemble()
    window.fold(bool(window.remembered.get("rail", False)))
    if window.pool is not None:
        window.opening.tell()
        window.navigate(shown or window.first_page())
