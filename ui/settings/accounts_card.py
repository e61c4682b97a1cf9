"""One account (账户卡): office, courts, names, and what an administrator can do with it."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from expertpool.foundation.language import _
from ui import theme
from ui.prompts import Prompts
from ui.widgets.cards import Card
from ui.widgets.fields import ChoiceField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.labels import label


class AccountCard(Card):
    """Shows an ``AccountRow``; ``form.saved`` carries the changes."""

    def __init__(self, prompts: Prompts) -> None:
        super().__init__()
        self.name = self.os_user = ""
        self.title = label("", "title", wrap=True, copyable=True)
        self.note = label("", "problem", wrap=True)
        self.password = QPushButton(_("Set a password …"))
        self.unlock = QPushButton(_("Unlock"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.password)
        buttons.addWidget(self.unlock)
        buttons.addStretch(1)
        self.form = Form(prompts, columns=1)
        self.form.add(TextField("display_name", _("Name"), longest=80))
        self.office = ChoiceField("office", _("Office"), [], empty=None)
        self.form.add(self.office)
        self.form.add(TextField("courts", _("Courts"), check=court_fault,
                                placeholder=_("Codes such as 辽01、辽0102; empty for every court")))
        self.form.add(TickField("comes_by_itself", _("Signs in by itself on one computer")))
        self.form.add(TickField("active", _("May sign in")))
        self.add(self.title)
        self.add(self.note)
        self.body.addLayout(buttons)
        self.add(self.form, 1)

    def show_account(self, row: Any, offices: list[tuple[str, str]]) -> None:
        """Show an account; unsaved input for another one is discarded."""
        self.name, self.os_user = row.name, row.os_user
        self.title.setText(row.name)
        self.note.setText(_("Locked after several failures. It opens by itself after a while.") if row.locked_until
                          else "")
        self.note.setVisible(bool(row.locked_until))
        self.unlock.setVisible(bool(row.locked_until))
        box = self.office.box
        box.blockSignals(True)
        box.clear()
        for code, word in offices:
            box.addItem(word, code)
        box.blockSignals(False)
        # only the account's owner may switch it on
        self.form.fields["comes_by_itself"].control.setEnabled(bool(row.os_user))
        self.form.show_values({"display_name": row.display_name, "office": row.office,
                               "courts": "、".join(row.courts), "active": row.active,
                               "comes_by_itself": bool(row.os_user)})


def codes_in(text: str) -> tuple[str, ...]:
    """Codes of courts as typed, with any separator."""
    for mark in "、,，;；":
        text = text.replace(mark, " ")
    return tuple(dict.fromkeys(text.split()))


def court_fault(text: str) -> str:
    """A sentence naming the first code that belongs to no court, "" if all do."""
    from expertpool.cases.courts import court

    wrong = next((code for code in codes_in(text) if court(code) is None), "")
    return _("“{code}” is not the code of a court.").format(code=wrong) if wrong else ""
