"""Language, look and row height (界面); each choice takes effect at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from expertpool.foundation import language
from expertpool.foundation.language import N_, _
from ui import density, theme
from ui.widgets.cards import Card
from ui.widgets.chips import FilterChips
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.page import Page

_MODES = (("auto", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))


class LookCard(Card):
    """Three rows of chips."""

    def __init__(self, page: "Page") -> None:
        super().__init__(_("Language and look"))
        self._page = page
        self.language = self._choices(_("Language"), list(language.LANGUAGES.items()), language.language())
        self.look = self._choices(_("Look"), [(code, _(word)) for code, word in _MODES], theme.look.mode)
        self.rows = self._choices(_("Height of rows"), [(code, _(word)) for code, word in density.DENSITIES],
                                  density.chosen(page.remembered))
        self.language.chosen.connect(self._set_language)
        self.look.chosen.connect(self._set_look)
        self.rows.chosen.connect(self._set_rows)
        self.body.addStretch(1)

    def _choices(self, words: str, choices: list[tuple[str, str]], now: str) -> FilterChips:
        named = label(words, "second")
        chips = FilterChips(words, choices)
        chips.choose(now)
        self.add(named)
        self.add(chips)
        return chips

    def _set_language(self, name: str) -> None:
        window = self._page.surroundings.window
        if window is not None:  # this page is destroyed by the change, so let the button press end first
            QTimer.singleShot(0, window, lambda: window.set_language(name))

    def _set_look(self, mode: str) -> None:
        window = self._page.surroundings.window
        if window is not None:
            window.set_look(mode)
        else:
            self._page.remembered.put("look", mode)
            theme.apply(mode)

    def _set_rows(self, name: str) -> None:
        self._page.remembered.put("density", name)
        density.dress(self._page.window(), name)
