"""Suspends, removes or reinstates all selected people: state, reason, and first a preview of whom that changes."""

from collections.abc import Sequence

from expertpool.experts.standing import change_states, preview_states
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from ui.page import Page
from ui.texts import choices, word
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.many_dialog import ManyDialog, Values

STATES = ("suspended", "removed", "active")


def ask_states(page: Page, people: Sequence[int], first: str) -> ManyDialog:
    """Open the dialog for these people (ids); ``first`` is the proposed state."""
    pool, jobs = page.pool, page.jobs
    words = dict(choices("person_state"))
    state = ChoiceField("state", _("New state"), [(code, words.get(code, code)) for code in STATES], empty=None)
    state.show(first)
    reason = TextField("reason", _("Why? The reason stands in the history of the record."), needed=True)
    dialog = ManyDialog(page, jobs, _("Change the standing of those selected"), [state, reason],
                        lambda values: preview_states(pool, people, values["state"]), "person_state")

    def write(values: Values) -> None:
        said = _("New state of those selected: {state}.").format(state=word("person_state", values["state"]))
        dialog.write(jobs, lambda: change_states(pool, people, values["state"], values["reason"], str(today())),
                     words=said)

    dialog.agreed.connect(write)
    dialog.open()
    return dialog
