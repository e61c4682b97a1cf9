"""The one catalogue of texts of core, command line and window: gettext, English source texts with Chinese
translations."""

import gettext
import locale
import os
from functools import cache

from expertpool.foundation.places import resource

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
_current = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def system_language() -> str:
    """``EXPERTPOOL_LANGUAGE``, else the system's; Chinese where the system says nothing usable."""
    wanted = os.environ.get("EXPERTPOOL_LANGUAGE") or locale.getlocale()[0] or ""
    return "en" if wanted.lower().startswith("en") else "zh_CN"


def set_language(name: str) -> None:
    """From now on give texts in ``name`` (``zh_CN`` or ``en``)."""
    global _current, _catalogue
    _current = name if name in LANGUAGES else "zh_CN"
    _catalogue = gettext.NullTranslations()
    if _current != "en":
        _catalogue = _texts_in(_current)


@cache
def _texts_in(name: str) -> gettext.NullTranslations:
    return gettext.translation("expertpool", resource("locale"), [name], fallback=True)


def in_language(name: str, text: str) -> str:
    """The text in ``zh_CN`` or ``en``, whatever language is in force: for files that others read."""
    return text if name == "en" or not text else _texts_in(name).gettext(text)


def language() -> str:
    """The language in force."""
    return _current


def _(text: str) -> str:
    """The text in the language in force. ``text`` is English and the catalogue's key."""
    return _catalogue.gettext(text) if text else ""


def n_(one: str, many: str, count: int) -> str:
    """Singular or plural in the language in force."""
    return _(one if count == 1 else many)


def N_(text: str) -> str:
    """Mark a text for the catalogue where it is only data; translate it with :func:`_` when it is shown."""
    return text
