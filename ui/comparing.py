"""A row of a file beside a known person (并排比对): field by field, what agrees, differs or is new."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expertpool.experts.catalogue import PERSON
from expertpool.foundation.language import _
from expertpool.foundation.masking import fits_mask, hidden, mask_id, mask_phone
from expertpool.foundation.sentences import sentence
from ui import texts
from ui.field_words import field_word, key_word

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool

AGREES, DIFFERS, ADDS, KEEPS = "agrees", "differs", "adds", "keeps"
_ORDER = ("name", "gender", "birth", "id_number", "phones", "employments", "title", "title_level", "roles",
          "specialties", "fields_", "education", "degree", "school", "major", "email", "licences", "expert_no",
          "interests", "remark")


@dataclass(frozen=True, slots=True)
class Line:
    """One field: the values of the row and of the known person in words, and whether they agree."""

    field: str
    word: str
    file: str
    known: str
    stands: str


def compare(new: object, known: object, masked: bool = True) -> list[Line]:
    """The fields that either of two drafts states; the known person's values are shown masked."""
    found = []
    for field in _ORDER:
        one, other = getattr(new, field), getattr(known, field)
        if one or other:
            file, shown = _said(field, one, False), _said(field, other, masked)
            if masked:
                shown = hidden(shown)
            found.append(Line(field, field_word(field), file, shown, _stands(field, one, other)))
    return found


def known_draft(pool: "ExpertPool", number: int) -> Any:
    """The person as a draft, for comparing in a worker; numbers are masked for actors who may not see them."""
    from expertpool.experts.details import known_person

    return known_person(pool, number).draft()


def _stands(field: str, one: Any, other: Any) -> str:
    if not one:
        return KEEPS
    if not other:
        return ADDS
    if isinstance(one, list):
        mine, theirs = _marks(field, one), _marks(field, other)
        mine = {next((known for known in theirs if fits_mask(mark, known)), mark) for mark in mine}
        return AGREES if mine <= theirs else ADDS if mine & theirs else DIFFERS
    first, second = str(one), str(other)
    if field in ("birth",) and (first.startswith(second) or second.startswith(first)):
        return AGREES
    return AGREES if first == second or fits_mask(first, second) else DIFFERS


def _marks(field: str, rows: list[Any]) -> set[str]:
    if field == "specialties":
        return set(rows)
    name = {"phones": "number", "employments": "employer", "roles": "role", "fields_": "code",
            "licences": "number", "interests": "unit"}[field]
    return {str(getattr(row, name)) for row in rows}


def _said(field: str, value: Any, masked: bool) -> str:
    if not value:
        return ""
    if field == "id_number":
        return mask_id(value) if masked else value
    if field == "phones":
        return "、".join(mask_phone(row.number) if masked else row.number for row in value)
    if field == "employments":
        return "；".join(" ".join(part for part in (row.employer, row.department, row.position) if part)
                         for row in value)
    if field == "roles":
        return "、".join(texts.joined(texts.word("role", row.role), row.end) for row in value)
    if field == "fields_":
        from expertpool.fields.tree import tree

        return "、".join(tree().title(row.code) for row in value)
    if field == "licences":
        return "、".join(texts.joined(row.number, row.until) for row in value)
    if field == "interests":
        return "、".join(row.unit or row.name for row in value)
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    known = PERSON.by_key.get(field)
    return texts.word(known.vocabulary, value) if known and known.vocabulary else str(value)


def stands_word(stands: str) -> tuple[str, str]:
    """(word, tone) for how two values compare."""
    return {
        AGREES: (_("agrees"), "ok"),
        DIFFERS: (_("differs"), "danger"),
        ADDS: (_("new"), "warning"),
        KEEPS: (_("kept"), "neutral"),
    }[stands]


def reason_pill(key: str) -> tuple[str, str]:
    """Words and tone for why two records may be the same human being; what speaks against it is shown as a
    warning."""
    words = sentence(f"duplicates.{key}")
    if words == f"duplicates.{key}":
        words = _("{key} agrees").format(key=key_word(key))
    return words, "warning" if key.endswith("_differs") else "ok"
