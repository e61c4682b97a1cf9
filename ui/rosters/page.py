"""The page 名册与文书: a preview of a roster, its export as a styled workbook; the pool workbook out and in."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.progress import Progress
from ui import texts, theme
from ui.page import Page
from ui.rosters.audiences import REASONED, RECEIVED
from ui.rosters.exports import RecentExports
from ui.rosters.paper import Paper
from ui.rosters.request_card import RequestCard
from ui.saving import save_template, say_saved
from ui.widgets.cards import Card
from ui.widgets.labels import label

PREVIEWED = 60  # rows
LEFT = 340  # px


class RostersPage(Page):
    """The request at the left, the preview at the right, recent exports below."""

    kinds = ("person", "setting", "assignment", "journal")

    def build(self) -> None:
        self.add_action("rosters.pool_in", words=_("Import pool workbook"))
        self.add_action("rosters.pool_out", words=_("Export pool workbook"))
        self.add_action("rosters.export", primary=True, words=_("Export to Excel"))
        self.request_card = RequestCard(self.remembered)
        self.request_card.changed.connect(self._preview)
        self.paper, self.exports = Paper(), RecentExports(self)
        self.exports.setFixedHeight(172)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.request_card, 1)
        left.addWidget(self._papers_card())
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.paper, 1)
        right.addWidget(self.exports)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.request_card.setFixedWidth(LEFT)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _papers_card(self) -> Card:
        card = Card(_("Papers"))
        card.setFixedWidth(LEFT)
        card.add(label(_("The template is the empty workbook for whoever recommends experts. The pool workbook holds "
                         "everything in one open file."), "second", wrap=True))
        self.template = QPushButton(_("Save the template …"))
        theme.dress(self.template, "table", "second", 16)
        self.template.clicked.connect(lambda: save_template(self))
        card.add(self.template)
        return card

    def shown(self, role: str = "", **_rest: object) -> None:
        """``role`` opens the roster of one role."""
        if role:
            self.request_card.show_role(role)
        else:
            self._preview()
        self.exports.read()

    def refresh(self, changes: Changes) -> None:
        self._preview()
        self.exports.read()

    # -- preview
    def _preview(self) -> None:
        pool, asked = self.pool, self.request_card.request()
        self.request_card.keep()

        def work(progress: Progress) -> object:
            from expertpool.rosters.roster import RosterRequest, roster_table

            return roster_table(pool, RosterRequest(**asked), PREVIEWED, progress)

        self.jobs.read(self, work, self._show, key="preview")

    def _show(self, table: Any) -> None:
        self.paper.show_table(table, PREVIEWED)
        self.action_button("rosters.export").setEnabled(bool(table.rows))
        self.set_status(table.subtitle)

    # -- actions (see ui.actions)
    def export_roster(self) -> None:
        """Write the roster that is shown."""
        asked = self.request_card.request()
        if asked["purpose"] in RECEIVED and not asked["receiver"].strip():
            self.request_card.receiver.setFocus()
            self.feedback.warning(_("Name who receives this roster. The name stands on every page."))
            return
        reason = ""
        if asked["purpose"] in REASONED:
            reason = self.prompts.reason(self, _("full personal numbers on this roster")) or ""
            if not reason:
                return
        title = self.paper.title.text() or _("Roster")
        path = self.prompts.save_file(self, _("Export a styled roster"), f"{_file_name(title)} {today()}.xlsx")
        if path is None:
            return
        pool = self.pool

        def work(progress: Progress) -> dict[str, object]:
            from expertpool.rosters.roster import RosterRequest, export_roster

            return export_roster(pool, path, RosterRequest(**asked, reason=reason), progress)

        self.jobs.change(self, work, lambda done: self._exported(path, _(
            "The roster of {count} people was saved as {file}.").format(
                count=texts.number(done["people"]), file=path.name), done["notices"]), undoable=False)

    def export_pool(self) -> None:
        """Write everything as a workbook, personal numbers masked or, with a reason, in full."""
        answer = self.prompts.choose(
            self, _("The workbook holds everything in the pool. How should identity, telephone and account numbers "
                    "be written?"),
            [("masked", _("Masked")), ("full", _("In full, with a reason")), ("cancel", _("Cancel"))])
        if answer not in ("masked", "full"):
            return
        reason = ""
        if answer == "full":
            given = self.prompts.reason(self, _("full personal numbers of all people"))
            if not given:
                return
            reason = given
        path = self.prompts.save_file(self, _("Export the whole pool as a workbook"),
                                      _("Pool workbook {day}.xlsx").format(day=today()))
        if path is None:
            return
        pool = self.pool

        def work(progress: Progress) -> object:
            from expertpool.workbook.workbook import export_pool

            return export_pool(pool, path, reveal_reason=reason, progress=progress)

        self.jobs.change(self, work, lambda _done: self._exported(
            path, _("The pool was saved as {file}.").format(file=path.name)), undoable=False)

    def import_pool(self) -> None:
        """Import a pool workbook, which is first checked on the page 导入."""
        path = self.prompts.open_file(self, _("Choose a pool workbook"), ["xlsx"])
        if path is not None:
            self.navigate("importing", files=[path], what="workbook")

    def _exported(self, path: Path, text: str, notices: Any = ()) -> None:
        say_saved(self, path, text)
        for notice in notices:
            self.feedback.warning(notice)
        self.exports.read()


def _file_name(title: str) -> str:
    """A title without characters that file names cannot contain."""
    return "".join(" " if sign in '\\/:*?"<>|' else sign for sign in title).strip()[:80]
