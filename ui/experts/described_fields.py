"""Entry fields of the form of a person that follow from the catalogue alone."""

from collections.abc import Callable, Sequence

from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.language import N_, _
from expertpool.rules.field_catalogue import CatalogueField, Kind
from ui.experts.entries import CapField, MaskedField, StartChoice, StartTick
from ui.texts import choices
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField, Field, LongTextField, TextField, TickField, narrow

HINTS = {"case_cap": N_("as the rule says"), "unit_consent": N_("day or paper, if given"),
         "own_consent": N_("day or paper, if given"), "age_exemption": N_("reason, if the age limit is waived")}


def entry_of(field: CatalogueField) -> Field:
    """An empty entry field of the right kind, with the catalogue's name."""
    if field.mask.operation == "reveal":
        return MaskedField(field.key, field.shown, field.mask.hide)
    make: dict[Kind, Callable[[], Field]] = {
        Kind.WORD: lambda: ChoiceField(field.key, field.shown, choices(field.vocabulary)),
        Kind.DATE: lambda: DateField(field.key, field.shown),
        Kind.LONG: lambda: LongTextField(field.key, field.shown, lines=2),
        Kind.YES_NO: lambda: TickField(field.key, field.shown),
        Kind.WHOLE: lambda: CapField(field.key, field.shown, placeholder=_(HINTS.get(field.key, "")))}
    return make.get(field.kind, lambda: TextField(field.key, field.shown, placeholder=_(HINTS.get(field.key, ""))))()


def row_of(child: str, *keys: str, **starts: str) -> Sequence[Field]:
    """The entry fields for one row of a person's list; ``starts`` are the values with which a new row begins."""
    fields = next(table for table in EXPERTS.children if table.child == child).by_key
    return [_in_row(fields[key], starts.get(key, "")) for key in keys]


def _in_row(field: CatalogueField, start: str) -> Field:
    if field.kind is Kind.WORD:
        words = choices(field.vocabulary)
        box = (StartChoice(field.key, field.shown, words, start) if start
               else ChoiceField(field.key, field.shown, words, empty=field.shown, needed=field.required))
        narrow(box.box)
        return box
    if field.kind is Kind.YES_NO:
        return StartTick(field.key, field.shown)
    if field.kind is Kind.DATE:
        return DateField(field.key, field.shown)
    if field.mask.operation == "reveal":
        return MaskedField(field.key, field.shown, field.mask.hide, needed=field.required, longest=40)
    return TextField(field.key, field.shown, needed=field.required)
