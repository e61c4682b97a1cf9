"""The page 设置: court and pool, language and look, journal, about; and the rules that the court may change."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from ui.allowed import allowed, offer
from ui.page import Page
from ui.pages import UNITS_PAGE, load
from ui.settings.about_card import AboutCard
from ui.settings.accounts_tab import AccountsTab
from ui.settings.journal_tab import JournalTab
from ui.settings.keeping_tab import KeepingTab
from ui.settings.look_card import LookCard
from ui.settings.pool_card import PoolCard
from ui.settings.proof_card import ProofCard
from ui.settings.recycle_tab import RecycleTab
from ui.settings.rules_tab import RulesTab
from ui.widgets.tabs import TabbedPages

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool


class SettingsPage(Page):
    """Tabs: general, rules, the alias book of units, journal, recycle bin, backups and key, accounts."""

    kinds = ()  # the journal changes with every write

    def build(self) -> None:
        self.court, self.look = PoolCard(self), LookCard(self)
        self.proof, self.about = ProofCard(self), AboutCard(self)
        self.rules = RulesTab(self)
        self.units = load(UNITS_PAGE)(self.surroundings)
        self.keeping = KeepingTab(self)
        self.journal, self.recycle = JournalTab(self), RecycleTab(self)
        general = QWidget()
        grid = QGridLayout(general)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        grid.addWidget(self.court, 0, 0)
        grid.addWidget(self.look, 0, 1)
        grid.addWidget(self.proof, 1, 0)
        grid.addWidget(self.about, 1, 1)
        for place, share in enumerate((3, 2)):
            grid.setColumnStretch(place, share)
            grid.setRowStretch(place, share)
        self.accounts = AccountsTab(self)
        offer(self.pool, "verify journal", self.proof)
        self.tabs = TabbedPages([("general", _("General"), general), ("rules", _("Rules"), self.rules),
                                 ("units", _("Units and their names"), self.units),
                                 ("journal", _("Journal"), self.journal),
                                 ("recycle", _("Recycle bin"), self.recycle),
                                 ("keeping", _("Backups and key"), self.keeping),
                                 ("accounts", _("Accounts"), self.accounts)],
                                name=_("Settings"))
        for code, operation in (("journal", "read journal"), ("recycle", "restore deleted"),
                                ("keeping", "back up"), ("accounts", "manage accounts")):
            if not allowed(self.pool, operation):
                self.tabs.tabs.take_away(code)
        self.tabs.tabs.changed.connect(self._tab_shown)
        self.body.addWidget(self.tabs, 1)

    def shown(self, tab: str = "", **_rest: object) -> None:
        """``tab`` is general, rules, units, journal, recycle, keeping or accounts."""
        if tab:
            self.tabs.tabs.choose(tab)
        self._read_pool()
        self.read_rules()
        self._tab_shown(self.tabs.tabs.current())

    def _tab_shown(self, code: str) -> None:
        """Tabs that read much read when they are shown."""
        if code in ("units", "journal", "recycle", "keeping", "accounts"):
            getattr(self, code).read()

    def refresh(self, changes: Changes) -> None:
        self._read_pool()
        if changes.many or changes.touches("setting"):
            self.read_rules()
        if (shown := self.tabs.tabs.current()) in ("units", "journal"):
            getattr(self, shown).refresh(changes)
        elif shown == "recycle":
            self.recycle.read()

    def may_leave(self) -> bool:
        if self.court.court.is_changed():
            answer = self.prompts.choose(self, _("The name of the court is not saved yet."), [
                ("save", _("Save")), ("drop", _("Do not save")), ("stay", _("Go on editing"))])
            if answer == "save":
                self.court.save()
            elif answer == "drop":
                self.court.court.show(self.pool.name)
            else:
                return False
        return super().may_leave()

    def read_rules(self) -> None:
        """Read the rule book again."""
        pool = self.pool
        self.jobs.read(self, lambda: rules_of(pool), self.rules.show_rules, key="rules")

    def _read_pool(self) -> None:
        pool = self.pool
        self.jobs.read(self, lambda: pool_facts(pool), self.court.show_pool, key="pool")


def pool_facts(pool: "ExpertPool") -> dict[str, object]:
    """What the pool's card shows."""
    return {"name": pool.name, "place": pool.place, "target": pool.address, "local": pool.is_local,
            "counts": pool.counts()}


def rules_of(pool: "ExpertPool") -> tuple[list[object], dict[str, object], dict[str, object]]:
    """(rules in force, shipped rules by id, the court's changes)."""
    from expertpool.rules.book import RuleBook

    return list(pool.rules), {rule.id: rule for rule in RuleBook.load()}, pool.setting("rules")
