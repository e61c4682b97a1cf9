"""Professional titles (职称) and their levels: 教授 is senior, 高级工程师 associate, 工程师 intermediate."""

import re
import unicodedata
from functools import cache, lru_cache

from expertpool.foundation.data_file import read
from expertpool.rules.schemas.words import Titles

LEVELS = ("senior", "associate", "intermediate", "junior")
_SEPARATOR = re.compile(r"[\s、,，;；/|()（）·]+")
_PREFIX = re.compile(r"^(?:兼职|客座|名誉|原|现任|特聘|退休|返聘)")


@cache
def _table() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    content = read(Titles)
    titles = {title: level for level, names in content.levels for title in names}
    words = {word: level for level, names in content.level_words for word in names}
    return titles, words, frozenset(content.not_titles)


@lru_cache(maxsize=20_000)
def title_level(text: str) -> str | None:
    """The level of a title, or the highest in a cell with several; None if no title is known.

    A prefix (材料学教授) is handled by taking the longest title with which the text ends; a level in words (正高,
    副高级) is understood by itself. 高级工程师（正高） is senior.
    """
    found = [level for part in _SEPARATOR.split(unicodedata.normalize("NFKC", text)) if part
             if (level := _level(part))]
    return min(found, key=LEVELS.index, default=None)


def known_titles() -> list[str]:
    """All titles of the table, senior ones first."""
    return list(_table()[0])


def _level(part: str) -> str | None:
    titles, words, others = _table()
    part = _PREFIX.sub("", part)
    if part in others:
        return None
    if part in titles:
        return titles[part]
    if named := next((level for word, level in words.items() if part.startswith(word)), None):
        return named
    ending = max((title for title in titles if part.endswith(title)), key=len, default="")
    if len(ending) < 2 or any(part.endswith(other) and len(other) > len(ending) for other in others):
        return None
    return titles[ending]
