"""The pages of the window: names, words, icons, groups, and the module of their class, imported when first shown."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from expertpool.foundation.language import N_

if TYPE_CHECKING:
    from ui.page import Page


@dataclass(frozen=True)
class PageEntry:
    """One page. ``target`` is ``module:Class``; ``letters`` are the pinyin initials of the Chinese title."""

    name: str
    title: str
    icon: str
    group: str
    target: str
    letters: str = ""

    def load(self) -> "type[Page]":
        """Import the page's class."""
        found: type[Page] = load(self.target)
        return found


def load(target: str) -> Any:
    """What ``module:name`` refers to. Rooms that show a part of another room name it here and never import it."""
    module, _colon, name = target.partition(":")
    return getattr(import_module(module), name)


PAST_DAY, PAST_WINDOW = "ui.past.past_window:ask_day", "ui.past.past_window:show_past"
UNITS_PAGE = "ui.organisations.page:UnitsPage"  # shown inside the page of settings
GROUPS = {"work": "", "data": N_("Data"), "system": N_("System")}
PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", N_("Overview"), "overview", "work", "ui.overview.page:OverviewPage", "zl"),
    PageEntry("experts", N_("Experts"), "experts", "work", "ui.experts.page:ExpertsPage", "zj"),
    PageEntry("cases", N_("Cases"), "cases", "work", "ui.cases.page:CasesPage", "aj"),
    PageEntry(
        "matching", N_("Matching"), "matching", "work", "ui.matching.page:MatchingPage", "ppzp"
    ),
    PageEntry("importing", N_("Import"), "import", "data", "ui.importing.page:ImportingPage", "dr"),
    PageEntry("merging", N_("Merge"), "merge", "data", "ui.merging.page:MergingPage", "cchb"),
    PageEntry("rosters", N_("Rosters"), "rosters", "data", "ui.rosters.page:RostersPage", "mcyws"),
    PageEntry("settings", N_("Settings"), "settings", "system", "ui.settings.page:SettingsPage", "sz"),
)
