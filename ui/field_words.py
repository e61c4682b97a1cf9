"""Words for what a column can hold (列的含义), for people and cases, from the catalogues of their fields."""

from expertpool.cases.catalogue import CASES
from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.language import N_, _

KEPT, IGNORED = "", "ignore"
_SHARED = {KEPT: N_("Further information (kept as text)"), IGNORED: N_("Leave out")}
_WHOLE = {"row": N_("Whole row")}
_CATALOGUES = {"experts": EXPERTS, "cases": CASES}
_MEANT = {"phone": "mobile", "unit": "employer"}  # names that the comparison of identities uses for fields


def field_word(field: str, kind: str = "experts") -> str:
    """The word for a field, for a list of a draft, or for a column's meaning; an unknown one is shown as it is."""
    if found := _SHARED.get(field) or _WHOLE.get(field):
        return _(found)
    for catalogue in (_CATALOGUES[kind], EXPERTS):
        if named := catalogue.targets.get(field) or catalogue.in_draft.get(field):
            return named.shown
    return field



def in_field_words(code: str, text: str, kind: str = "experts", **parameters: str) -> str:
    """The sentence ``text`` of problem ``code``, with codes of fields replaced by their words."""
    from expertpool.foundation.sentences import sentence

    words = {sentence(code, field=field, **parameters): sentence(code, field=field_word(field, kind), **parameters)
             for field in (*_SHARED, *_WHOLE, *_CATALOGUES[kind].targets, *EXPERTS.in_draft) if field}
    return "; ".join(words.get(part, part) for part in text.split("; "))


def key_word(key: str) -> str:
    """The word for a key that two records share."""
    if key == "number":
        return field_word("case_number", "cases")
    return field_word(_MEANT.get(key, key))


def field_choices(kind: str) -> list[tuple[str, str]]:
    """(code, word) of everything a column can hold; keeping and leaving out come first."""
    shared = [(code, _(word)) for code, word in _SHARED.items()]
    return shared + [(code, named.shown) for code, named in _CATALOGUES[kind].targets.items()]
