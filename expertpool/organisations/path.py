"""The way through the alias book from one name to another (别名库路径): by an alias, by links, or by somebody's
answer."""

from dataclasses import dataclass
from itertools import pairwise

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.sentences import sentence
from expertpool.organisations.book import OrganisationBook, UnitName
from expertpool.organisations.edits import answers
from expertpool.organisations.load import load_organisation_book
from expertpool.organisations.names import normalise
from expertpool.rules import vocabulary


@dataclass(frozen=True, slots=True)
class UnitPath:
    """``verdict`` as for names; ``steps`` are sentences that lead from the first name to the second."""

    verdict: str
    reason: str
    steps: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        return sentence(f"organisations.why.{self.reason}")


@numbers_hidden
def path_between(pool: Pool, one: str, other: str) -> UnitPath | None:
    """What the pool knows of two units beyond their names; None if nothing."""
    with pool.read() as session:
        book = load_organisation_book(session)
        said = answers(session)
    first, second = sorted((normalise(one), normalise(other)))
    if answer := said.get((first, second)):
        return UnitPath("no" if answer == "different" else answer, "answered", ())
    keys = [book.key(UnitName(name)) for name in (one, other)]
    if keys[0] is None or keys[1] is None:
        return None
    leading = tuple(step for name, key in zip((one, other), keys, strict=True) for step in _by_alias(book, name, key))
    if keys[0] == keys[1]:
        return UnitPath("same", "alias", leading) if leading else None
    relation = book.group_of(keys[0], today()).get(keys[1])
    if relation is None:
        return None
    units = [book.names[keys[0]], *relation.via, book.names[keys[1]]]
    kind = vocabulary.word("organisation_link", relation.reason)
    linked = tuple(_("“{one}” and “{other}” are linked: {kind}").format(one=here, other=there, kind=kind)
                   for here, there in pairwise(units))
    return UnitPath("group", "link", leading + linked)


def _by_alias(book: OrganisationBook, name: str, key: int | None) -> list[str]:
    """The step from a name as given to the unit of which it is an alias."""
    own = book.names.get(key or 0, "")
    if not own or normalise(own) == normalise(name):
        return []
    return [_("“{alias}” is another name of “{name}”").format(alias=name, name=own)]
