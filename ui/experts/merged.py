"""Separates two merged people again, from the card (撤销合并)."""

from typing import TYPE_CHECKING, Any

from expertpool.experts.drafts import OWN
from expertpool.foundation.language import _
from expertpool.foundation.sentences import sentence
from ui.field_words import field_word

if TYPE_CHECKING:
    from ui.experts.page import ExpertsPage


def undo_merge(page: "ExpertsPage", uid: str, name: str) -> None:
    """Undo a merge, however long ago; what was changed since stays and is reported."""
    from expertpool.experts.merge import unmerge

    pool, data = page.pool, page.card.data
    kept = data.detail.name if data else ""

    def tell(done: Any) -> None:
        if done.spared:
            page.feedback.warning("\n".join(_in_words(one, {name, kept}) for one in done.spared))

    page.jobs.change(page, lambda: unmerge(pool, uid), tell,
                     words=_("{name} is a record of its own again.").format(name=name))


def _in_words(text: str, names: set[str]) -> str:
    """The sentence with the field's word in place of its code."""
    for field in OWN:
        for name in names:
            if text == sentence("merge.spared_value", name=name, field=field):
                return sentence("merge.spared_value", name=name, field=field_word(field))
    return text
