"""The text index of the pool's people, kept in memory and in step with the pool."""

from collections import defaultdict
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.accounts.door import Pool
from expertpool.experts.tables import Achievement, Person, Specialty
from expertpool.fields.tree import tree

_lock = Lock()
_kept: "WeakKeyDictionary[Any, tuple[int, dict[int, str], Any]]" = WeakKeyDictionary()


def text_index(pool: Pool) -> Any:
    """An index (``TextIndex``) over what each active person says of himself; changed texts are replaced in place."""
    from expertpool.matching.text_index import TextIndex

    state = pool.state()
    with _lock:
        known = _kept.get(pool)
        if known and known[0] == state:
            return known[2]
        with pool.read() as session:
            texts = _texts(session)
        if known is None or known[2].stale:
            index = TextIndex.build(list(texts), list(texts.values()))
        else:
            index = known[2]
            for gone in known[1].keys() - texts.keys():
                index.remove(gone)
            for key, text in texts.items():
                if known[1].get(key) != text:
                    index.replace(key, text)
        _kept[pool] = (state, texts, index)
        return index


def _texts(session: Session) -> dict[int, str]:
    """Specialities, what was studied, achievements and experience, by person id."""
    parts: dict[int, list[str]] = defaultdict(list)
    for key, major, experience in session.execute(select(Person.id, Person.major, Person.experience).where(
            Person.state == "active").order_by(Person.id)):
        parts[key] = [text for text in (major, experience[:2000]) if text]
    for table in (Specialty, Achievement):
        for key, text in session.execute(select(table.person_id, table.text).order_by(table.id)):
            if key in parts:
                parts[key].append(text)
    return {key: "\n".join(found) for key, found in parts.items()}


def case_text(case: Any) -> str:
    """What a case is about: its technical issue, the patents' titles and the titles of its fields."""
    titles = [tree().title(field["code"], "zh_CN") for field in case.fields]
    return "\n".join([case.values["issue"], *(patent["title"] for patent in case.patents), *titles,
                      case.values["cause"] if not case.values["issue"] else ""]).strip()
