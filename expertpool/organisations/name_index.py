"""Compares one name with many known ones (单位名称检索): only with names that share a key."""

from collections.abc import Iterable, Iterator

from expertpool.organisations.name_parts import read_name
from expertpool.organisations.names import VERDICTS, Likeness, similar_read


def name_signature(name: str) -> frozenset[str]:
    """The keys of a name: names without a common key are never similar (:func:`~.organisation_names.similar`)."""
    return read_name(name).keys


class UnitIndex:
    """Known names by their keys."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []
        self._known: set[str] = set()
        self._holders: dict[str, list[int]] = {}
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, name: str) -> None:
        """Add a name."""
        if not name or name in self._known:
            return
        self._known.add(name)
        for key in read_name(name).keys:
            self._holders.setdefault(key, []).append(len(self._names))
        self._names.append(name)

    def near(self, name: str) -> list[tuple[str, Likeness]]:
        """Every known name that is the same, of one group or perhaps the same; surest first."""
        read = read_name(name)
        places = {place for key in read.keys for place in self._holders.get(key, ())}
        found = [(self._names[place], likeness) for place in sorted(places)
                 if (likeness := similar_read(read, read_name(self._names[place]))).verdict != "no"]
        return sorted(found, key=lambda pair: VERDICTS.index(pair[1].verdict))

    def pairs(self) -> Iterator[tuple[str, str, Likeness]]:
        """Every pair of similar known names, each once."""
        for place, name in enumerate(self._names):
            read = read_name(name)
            others = {other for key in read.keys for other in self._holders[key] if other > place}
            for other in sorted(others):
                likeness = similar_read(read, read_name(self._names[other]))
                if likeness.verdict != "no":
                    yield name, self._names[other], likeness
