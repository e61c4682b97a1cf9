"""The history of a person in words: what was done, by whom, which values changed, where values came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from expertpool.experts.catalogue import PERSON
from expertpool.foundation.language import N_, _
from ui.experts.reading import PersonCardData, person_state
from ui.field_words import IGNORED, KEPT, field_word
from ui.texts import joined, moment, word
from ui.widgets.labels import Line, SectionHeading, label

OPERATIONS = {
    "register": N_("Entered"),
    "edit person": N_("Changed"),
    "change standing": N_("Standing changed"),
    "import experts": N_("Read from a spreadsheet"),
    "import workbook": N_("Read from a pool workbook"),
    "undo": N_("Undone"),
    "merge people": N_("Merged"),
    "unmerge people": N_("Separated"),
    "settle waiting row": N_("Completed from a row that waited"),
    "undo import": N_("Import taken back"),
}
LEFT_OUT = (KEPT, IGNORED)  # columns that gave no value of their own
SHOWN = 60  # most characters of a value


def show_history(body: QVBoxLayout, data: PersonCardData, steps: Sequence[Mapping[str, Any]]) -> None:
    """Show the steps, newest first, and below them the sources of values."""
    for step in steps:
        body.addWidget(label(step_words(step), "strong", wrap=True))
        body.addWidget(label(joined(moment(step["at"]), step["actor"]), "small", wrap=True))
        for name, (before, after) in step["changed"].items():
            if changed := change_words(name, before, after):
                body.addWidget(label(changed, "", wrap=True, copyable=True))
    if not steps:
        body.addWidget(label(_("Nothing is recorded."), "second"))
    sources = data.detail.sources
    body.addWidget(Line())
    body.addWidget(SectionHeading(_("Where values come from")))
    if not sources:
        body.addWidget(label(_("Entered by hand."), "second"))
        return
    for source in reversed(sources):
        body.addWidget(label(joined(source["file"], source["sheet"], _("row {row}").format(row=source["row"])), "",
                             wrap=True, copyable=True))
        body.addWidget(label(joined(moment(source["at"]), source["operator"]), "small", wrap=True))
        cells = (f"{field_word(name)}\u00a0{cell}" for name, cell in source["fields"].items() if name not in LEFT_OUT)
        body.addWidget(label("，".join(cells), "small", wrap=True, copyable=True))


def step_words(step: Mapping[str, Any]) -> str:
    """What was done in words; for a change of state also which one. An unknown operation is shown by its name."""
    words = step["words"]
    if step["operation"] == "change standing":
        return joined(person_state(str(words.get("state", "")))[0], str(words.get("reason", "")))
    named = OPERATIONS.get(step["operation"])
    return joined(_(named) if named else str(step["operation"]), str(words.get("files", "") or words.get("file", "")))


def change_words(name: str, before: object, after: object) -> str:
    """A changed value: ``职称：工程师 → 高级工程师``; personal numbers masked, technical columns left out."""
    if name.endswith("_id") or name == "more":
        return ""
    words = PERSON.by_key[name].shown if name in PERSON.by_key else name
    return _("{what}: {before} → {after}").format(what=words, before=_value(name, before), after=_value(name, after))



def _value(name: str, value: object) -> str:
    if value in (None, ""):
        return "—"
    text = str(value)
    if name == "state":
        return person_state(text)[0]
    if field := PERSON.by_key.get(name):
        text = word(field.vocabulary, text) if field.vocabulary else field.mask.hide(text)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
