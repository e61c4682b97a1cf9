"""One account (账户卡): office, courts, names, and what an administrator can do with it."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from expertpool.foundation.language import _
from ui import theme
from ui.prompts import Prompts
from ui.widgets.cards import Card
from ui.widgets.fields import ChoiceField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.guarded_form import GuardedForm
from ui.widgets.labels import label


class AccountCard(Card):
    """Shows an ``AccountRow``; ``form.saved`` carries the changes."""

    def __init__(self, prompts: Prompts) -> None:
        super().__init__()
        self.name = ""
        self.row: Any = None  # the account as the form was opened with it
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
        self.guarded = GuardedForm(self.form)
        self.add(self.guarded, 1)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.name) and self.form.is_changed()

    def show_account(self, row: Any, offices: list[tuple[str, str]]) -> None:
        """Show an account; what was typed is kept while it is of the same one."""
        self._say(row)
        if row.name == self.name and self.is_changed:
            return
        self.name, self.row = row.name, row
        self.guarded.show_form()
        self.form.fields["comes_by_itself"].control.setEnabled(bool(row.os_user))  # only its owner may switch it on
        self._fill_offices(offices)
        self.form.show_values(values_of(row))

    def show_now(self, row: Any) -> None:
        """The account as somebody else left it, beside what was entered."""
        self.row = row
        self.guarded.show_now(values_of(row))

    def _say(self, row: Any) -> None:
        self.title.setText(row.name)
        self.note.setText(_("Locked after several failures. It opens by itself after a while.") if row.locked_until
                          else "")
        self.note.setVisible(bool(row.locked_until))
        self.unlock.setVisible(bool(row.locked_until))

    def _fill_offices(self, offices: list[tuple[str, str]]) -> None:
        box = self.office.box
        box.blockSignals(True)
        box.clear()
        for code, word in offices:
            box.addItem(word, code)
        box.blockSignals(False)


def values_of(row: Any) -> dict[str, object]:
    """An account as the form shows it."""
    return {"display_name": row.display_name, "office": row.office, "courts": "、".join(row.courts),
            "active": row.active, "comes_by_itself": bool(row.os_user)}


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
