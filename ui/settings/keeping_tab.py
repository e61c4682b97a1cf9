"""Backups and the key (备份与密钥): their state; making, proving and restoring backups; recovery paper; check of the
database."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from ui import texts, theme
from ui.settings.recovery_paper import renew_code, save_recovery_paper
from ui.settings.restore_words import restore_question
from ui.texts import moment
from ui.widgets.cards import Card, FieldGrid
from ui.widgets.labels import label
from ui.widgets.notes import Banner, EmptyState
from ui.widgets.record_model import Column, Row
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool
    from ui.page import Page

LEFT = 400  # px
_WHY = {"by hand": N_("by hand"), "daily": N_("daily"), "before restore": N_("before a restore"),
        "before import experts": N_("before an import"), "before import cases": N_("before an import"),
        "before import workbook": N_("before an import"), "before merge people": N_("before a merge"),
        "before apply plan": N_("before a plan")}


class KeepingTab(QWidget):
    """Reads when it is shown and after each of its own actions."""

    def __init__(self, page: "Page") -> None:
        super().__init__()
        self._page = page
        self.backups: list[Any] = []
        self.backup_state: Any = None
        self.banner = Banner("warning", "", (_("Save the recovery paper …"), self.paper), closable=False)
        self.banner.hide()
        self.facts, self.key_facts = FieldGrid(96), FieldGrid(96)
        self.table = RecordTable(
            [Column("made", N_("Made"), 130, sortable=False), Column("why", N_("Occasion"), 110, sortable=False,
                                                                                stretch=True),
             Column("rows", N_("Rows"), 76, kind="number", sortable=False),
             Column("size", N_("File size"), 90, kind="number", sortable=False),
             Column("proven", N_("Restored for a trial"), 140, sortable=False)],
            lambda _key, _down: range(len(self.backups)), self._given, row_height=32, accessible=_("Backups"),
            empty=EmptyState("pool", _("There is no backup yet"), [(_("Back up now"), self.back_up)],
                             _("Backups are made each day and before imports, merges and restores.")))
        self.table.current_changed.connect(lambda _row: self._look())
        self._arrange()

    def _arrange(self) -> None:
        backup_state = Card(_("Backups"))
        backup_state.add(self.facts)
        self.making = self._button(_("Back up now"), self.back_up, primary=True)
        backup_state.body.addLayout(self._row(self.making, self._button(_("Folder …"), self.choose_folder),
                                              self._button(_("Second folder …"), self.choose_second)))
        self.said = Banner("ok", "", closable=False)
        self.said.hide()
        backup_state.add(self.said)
        check = Card(_("Database"))
        check.add(label(_("Looks through the file, all references, the journal, protected values and lists, and says "
                          "what it found. Lists that are out of step are made anew."), "second", wrap=True))
        self.checking = self._button(_("Check the database"), self.check)
        self.report = Banner("ok", "", closable=False)
        self.report.hide()
        check.add(self.report)
        check.body.addLayout(self._row(self.checking))
        key = Card(_("Key"))
        key.add(self.key_facts)
        key.body.addLayout(self._row(self._button(_("Save the recovery paper …"), self.paper),
                                     self._button(_("New code …"), self.renew)))
        left = QVBoxLayout()
        left.setSpacing(16)
        for card in (backup_state, key):
            card.setFixedWidth(LEFT)
            left.addWidget(card)
        left.addStretch(1)
        lists = Card(padding=0)
        lists.add(self.table, 1)
        self.proving = self._button(_("Restore for a trial"), self.prove)
        self.restoring = self._button(_("Restore …"), self.restore)
        below = self._row(self.proving, self.restoring)
        below.setContentsMargins(12, 0, 12, 12)
        lists.body.addLayout(below)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(lists, 1)
        right.addWidget(check)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addLayout(row, 1)

    def _button(self, words: str, call: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        if primary:
            button.setProperty("role", "primary")
        button.clicked.connect(lambda _checked=False: call())
        return button

    def _row(self, *buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        return row

    # -- showing
    def read(self) -> None:
        """Read the state of backups and key, in a worker."""
        pool = self._page.pool
        self._page.jobs.read(self, lambda: _read(pool), self._show, key="keeping")

    def _show(self, found: tuple[Any, list[Any], Any]) -> None:
        self.backup_state, self.backups, key = found
        newest, proven = self.backup_state.newest, self.backup_state.proven
        self.facts = self._replaced(
            self.facts,
            [
                (_("Newest"), moment(newest.made) if newest else _("none yet")),
                (_("Last proven"), moment(proven.proven) if proven else _("never")),
                (
                    _("By itself"),
                    _("daily and before large changes") if self.backup_state.automatic else _("switched off"),
                ),
                (_("Folder"), str(self.backup_state.folder)),
                (_("Second folder"), str(self.backup_state.second or _("none"))),
            ],
        )
        kept = {"dpapi": _("by Windows, for this user"), "file": _("in this user's key folder")}
        recovery = {"code": _("recovery code"), "passphrase": _("passphrase")}
        self.key_facts = self._replaced(self.key_facts, [
            (_("Kept"), kept.get(key.device, key.device)), (_("Recovery"), recovery.get(key.recovery, key.recovery)),
            (_("Paper printed"), moment(key.printed) or _("never"))])
        self.banner.show_text("warning", _("The recovery paper was not printed yet. Without it, a lost computer "
                                           "means a lost pool, backups included."))
        self.banner.setVisible(not key.printed and key.recovery == "code")
        self.table.reload()
        self._look()

    def _replaced(self, grid: FieldGrid, rows: Sequence[tuple[str, str]]) -> FieldGrid:
        """A grid with new values in place of the old one."""
        fresh = FieldGrid(96)
        for name, value in rows:
            fresh.add_value(name, value)
        around = grid.parentWidget()
        if around is not None and (box := around.layout()) is not None:
            box.replaceWidget(grid, fresh)
        grid.deleteLater()
        return fresh

    def _given(self, ids: Sequence[int]) -> list[Row]:
        return [{"id": number, "made": moment(one.made), "why": _(_WHY.get(one.why, one.why)),
                 "rows": texts.number(one.rows),
                 "size": _("{size} KB").format(size=texts.number(one.size // 1024 + 1)),
                 "proven": moment(one.proven) or "—"}
                for number in ids for one in [self.backups[number]]]

    def _look(self) -> None:
        chosen = self._chosen() is not None
        self.proving.setEnabled(chosen)
        self.restoring.setEnabled(chosen)

    def _chosen(self) -> Any:
        number = self.table.current_id()
        return self.backups[number] if number is not None and number < len(self.backups) else None

    # -- actions
    def back_up(self) -> None:
        """Make a backup and restore it for a trial."""
        pool = self._page.pool

        def work(progress: Any) -> Any:
            from expertpool.safekeeping.backups import back_up

            return back_up(pool, progress=progress)

        self.making.setEnabled(False)
        self._page.jobs.read(self, work, self._made, failed=self._unmade, words=_("Backing up …"))

    def _made(self, made: Any) -> None:
        self.making.setEnabled(True)
        self.said.show_text("ok", _("The backup holds {rows} rows, and came back whole in a trial restore.").format(
            rows=texts.number(made.rows)))
        self.said.show()
        self.read()

    def _unmade(self, _error: BaseException) -> bool:
        self.making.setEnabled(True)
        self.read()
        return False

    def choose_folder(self) -> None:
        """Choose another folder for backups."""
        if folder := self._page.prompts.folder(self._page, _("Folder for backups")):
            self._places(str(folder), str(self.backup_state.second or ""))

    def choose_second(self) -> None:
        """A folder that each backup is copied to, such as another disk."""
        if folder := self._page.prompts.folder(self._page, _("Second folder, on another disk")):
            self._places("", str(folder), keep=True)

    def _places(self, folder: str, second: str, *, keep: bool = False) -> None:
        pool = self._page.pool

        def work() -> object:
            from expertpool.safekeeping.backups import SETTING, choose_places

            return choose_places(pool, pool.setting(SETTING).get("folder", "") if keep else folder, second)

        self._page.jobs.change(self, work, lambda _changes: self.read(), words=_("The folder was chosen."))

    def prove(self) -> None:
        """Restore the chosen backup for a trial."""
        pool, chosen = self._page.pool, self._chosen()
        if chosen is None:
            return

        def work(progress: Any) -> Any:
            from expertpool.safekeeping.backups import prove

            return prove(pool, chosen.path, progress)

        self._page.jobs.read(self, work, self._made, words=_("Restoring for a trial …"))

    def restore(self) -> None:
        """Show what restoring the chosen backup would change, then ask."""
        pool, chosen = self._page.pool, self._chosen()
        if chosen is None:
            return

        def work() -> object:
            from expertpool.safekeeping.backups import restore_preview

            return restore_preview(pool, chosen.path)

        self._page.jobs.read(self, work, lambda preview: self._ask(chosen.path, preview),
                             words=_("Reading the backup …"))

    def _ask(self, path: Path, preview: Any) -> None:
        if not self._page.prompts.question(self._page, restore_question(preview), yes=_("Restore"), danger=True):
            return
        reason = self._page.prompts.reason(self._page, _("this restore"))
        if not reason:
            return
        pool = self._page.pool

        def work(progress: Any) -> Any:
            from expertpool.foundation.changes import Changes
            from expertpool.safekeeping.backups import restore_backup

            restore_backup(pool, path, reason, progress)
            return Changes(pool.state(), "restore", {}, many=True)

        self._page.jobs.change(self, work, lambda _changes: self.read(), words=_("The backup was restored."),
                               undoable=False)

    def check(self) -> None:
        """Check the database and repair what can be repaired."""
        pool = self._page.pool

        def work(progress: Any) -> Any:
            from expertpool.safekeeping.database_check import check_database

            return check_database(pool, repair=True, progress=progress)

        self._page.jobs.read(self, work, self._checked, words=_("Checking the database …"))

    def _checked(self, report: Any) -> None:
        found = [one.text for one in report.found]
        repaired = [_("Repaired: {what}").format(what=one.text) for one in report.repaired]
        self.report.show_text("danger" if found else "ok", "\n".join([*found, *repaired]) or _(
            "File, references, journal, protected values and lists: nothing is wrong."))
        self.report.show()

    def paper(self) -> None:
        """Save the recovery paper as PDF."""
        save_recovery_paper(self._page, self.read)

    def renew(self) -> None:
        """Make a new recovery code."""
        renew_code(self._page, self.read)


def _read(pool: "ExpertPool") -> tuple[Any, list[Any], Any]:
    from expertpool.accounts.permissions import may
    from expertpool.safekeeping.backups import MAKE, backup_state, backups
    from expertpool.safekeeping.key_keeping import key_state

    return backup_state(pool), backups(pool) if may(pool.actor, MAKE) else [], key_state(pool)


