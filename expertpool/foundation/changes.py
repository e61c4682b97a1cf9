"""What a write changed: kinds of records and their ids, so that visible pages refresh only those."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """Result of every write. ``entry`` is the journal entry's id; ``ids`` maps a kind to record ids."""

    entry: int = 0
    operation: str = ""
    ids: dict[str, frozenset[int]] = field(default_factory=dict)
    uids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # above this, report that anything of the kinds in ``ids`` may have changed, instead of listing ids
    many: bool = False

    def touches(self, *kinds: str) -> bool:
        """Whether records of one of these kinds changed."""
        return any(kind in self.ids for kind in kinds)
