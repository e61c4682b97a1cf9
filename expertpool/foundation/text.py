"""Text as it is compared, searched, shown and split: normal forms, names, pinyin, lists.

Pure functions; nothing here knows the register.
"""

import re
import unicodedata
from functools import cache, lru_cache

# Han characters, including the private use area of GBK
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003fffd"
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_BREAK = re.compile(r"_x000[dD]_\n?|\r\n?|\x85|\u2028|\u2029")
_WORDS = re.compile(f"[{HAN}]|[^{HAN}\\s]+")
_PLAIN_NAME = re.compile("[\u4e00-\u9fa5]{2,4}")  # nothing to clean
_HAN_ONLY = re.compile(f"[{HAN}·\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_DOTS = re.compile("[·•・･‧∙⋅●．]")
_BRACKETED = re.compile(r"[(（\[［【〔]([^()（）\[\]［］【】〔〕]*)[)）\]］】〕]")


def is_number(text: str) -> bool:
    """Whether a typed text is a whole number in plain digits; ``str.isdigit`` also takes ² and ٣ for one."""
    return text.isascii() and text.isdecimal()


def strip_controls(text: str) -> str:
    """A text that databases, JSON and workbooks can hold: without control characters, lone surrogates, invisible
    marks.

    Every kind of line break (also ``_x000D_`` of Excel) becomes one ``\n``; tabs stay.
    """
    if text.isprintable() and "_x000" not in text:  # nearly every cell; nothing to strip
        return text
    return _INVISIBLE.sub("", _CONTROL.sub("", _LINE_BREAK.sub("\n", text)))


def normal(text: str) -> str:
    """The form for matching: NFKC, nothing invisible, runs of white space as one space. Case is kept."""
    plain = strip_controls(text)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", plain)
    return " ".join(plain.split())


def fold(text: str) -> str:
    """The form for detecting duplicates: :func:`normal`, case-folded, only letters and digits."""
    folded = normal(text).casefold()
    if folded.isalnum():
        return folded
    return "".join(character for character in folded if character.isalnum()
                   or unicodedata.category(character) in ("Co", "Mn"))


def is_han(text: str) -> bool:
    """Whether the text consists only of Han characters (and name dots); an empty text does not."""
    return bool(_HAN_ONLY.fullmatch(text))


def clean_name(text: str) -> tuple[str, tuple[str, ...]]:
    """A person's name as it is stored, and what was in brackets beside it.

    ``张 三（组长）`` → ``("张三", ("组长",))``. Spaces beside Han characters are removed, those in Latin names are
    single; every kind of name dot becomes ``·``; invisible marks are removed. Rare characters are kept as they are.
    """
    if _PLAIN_NAME.fullmatch(text):
        return text, ()
    name = unicodedata.normalize("NFC", strip_controls(text)).strip(" \t\n\u3000\u00a0'‘’*＊")
    notes = tuple(note for found in _BRACKETED.findall(name) if (note := normal(found)))
    name = _BRACKETED.sub(" ", name)
    name = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" and c != "．" else c for c in name)
    name = _DOTS.sub("·", name)
    name = re.sub(f"(?<=[{HAN}])\\s*[.·]\\s*(?=[{HAN}])", "·", name)
    name = " ".join(name.split())
    name = re.sub(f"(?<=[{HAN}]) (?=[{HAN}])", "", name)
    return name.strip(" ·:：,，、;；"), notes


# Pinyin

@cache
def _surname_readings() -> dict[str, str]:
    from expertpool.foundation.data_file import read  # imports pydantic, so only when the first name is read
    from expertpool.foundation.surnames import Surnames

    return read(Surnames).readings


@lru_cache(maxsize=50_000)
def pinyin(name: str) -> str:
    """Syllables without tones, lower case, one space between: ``单小明`` → ``shan xiao ming``.

    The surname is read as a surname (单 解 仇 尉迟 …); Latin words stay as they are.
    """
    plain = name if _PLAIN_NAME.fullmatch(name) else " ".join(re.findall(r"[\w\ue000-\uf8ff]+",
                                                                          normal(name).lower()))
    for length in (2, 1):
        if reading := _surname_readings().get(plain[:length]):
            return f"{reading} {_syllables(plain[length:])}".strip()
    # the surname is read separately, because its characters may occur again in the given name
    if 1 < len(plain) < 4 and is_han(plain):
        return f"{_syllables(plain[0])} {_syllables(plain[1:])}"
    return _syllables(plain)


@lru_cache(maxsize=50_000)
def _syllables(text: str) -> str:
    """Syllables without regard to surnames."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    if len(text) == 2 and text not in PHRASES_DICT and is_han(text):
        return f"{_syllables(text[0])} {_syllables(text[1])}"
    return " ".join(" ".join(lazy_pinyin(text)).split())


def initials(name: str) -> str:
    """First letters of the syllables: ``单小明`` → ``sxm``."""
    return "".join(syllable[0] for syllable in pinyin(name).split())


@lru_cache(maxsize=20_000)
def spaced(text: str) -> str:
    """Text for a full-text index: a space around each Han character, other words whole, lower case."""
    return " ".join(_WORDS.findall(normal(text).lower()))


def joined(*parts: str) -> str:
    """Parts of a line joined by an interpunct, empty ones left out."""
    return " · ".join(part for part in parts if part)


# Lists in one cell

_IPC = r"[A-H]\d{2}[A-Z](?:\s?\d{1,4}/\d{2,6})?"
_MARK = (r"(?:\d{1,2}(?:[.．](?!\d)|[)）])|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
         r"|[一二三四五六七八九十]{1,3}、|(?<!\d)\d{1,2}、)")
_MARK_FIRST = re.compile(rf"(^|[\s、，,；;|｜。])\s*{_MARK}\s*")
_RUN_ON = (  # how numbering starts → what separates later entries that follow without a space
    (re.compile(r"1\s*[.．、]"), re.compile(rf"(?<=[{HAN})）])\s*\d{{1,2}}[.．、](?!\d)\s*")),
    (re.compile(r"[(（]\s*[1一]\s*[)）]"), re.compile(r"[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]")),
)
_CIRCLED = re.compile("[①-⑳㉑-㉟❶-❿⓵-⓾]")
_KEPT = re.compile(rf"{_IPC}|(?<!\d)\d{{1,6}}(?:/\d+)+|\d+/\d{{1,6}}(?!\d)"
                   r"|(?<![A-Za-z0-9])[A-Z][A-Za-z]{0,2}/[A-Z][A-Za-z+]{0,2}(?![A-Za-z0-9])")
_SPLIT = re.compile(r"[、，,；;/／|｜\n\t。]|\u2028")
_OPEN, _CLOSE = "(（[［【〔《〈「『“", ")）]］】〕》〉」』”"


# spans in which a separator does not separate: brackets, symbols, numbers
_TRICKY = re.compile(f"[{re.escape(_OPEN)}0-9A-Z]")


def split_list(text: str, spaces: bool = True) -> list[str]:
    """The entries of a cell that holds several, in their order, without doubles.

    Separators ``、，,；;/／|｜。``, line breaks and numbering (``①`` ``1.`` ``（一）``); not inside brackets,
    IPC symbols (``G06F 16/00``), dates, fractions, extensions or abbreviations (``TCP/IP``). With
    ``spaces`` a space between two Han words of two characters or more separates too.
    """
    rest = _CIRCLED.sub("\n", strip_controls(text)).strip()
    for start, mark in _RUN_ON:
        if start.match(rest):
            rest = mark.sub("\n", rest)
    rest = _MARK_FIRST.sub("\n", rest)
    parts = _cut(rest)
    if spaces:
        parts = [word for part in parts for word in _words(part)]
    cleaned = (part.strip(" \u3000\u00a0.．:：-—*'") for part in parts)
    return list(dict.fromkeys(" ".join(part.split()) for part in cleaned if part))


def _cut(text: str) -> list[str]:
    """Split at separators outside brackets and protected spans."""
    if not _TRICKY.search(text):
        return _SPLIT.split(text)
    kept = [span.span() for span in _KEPT.finditer(text)]
    cuts, depth = [0], 0
    for place, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and _SPLIT.match(character) and not any(a <= place < b for a, b in kept):
            cuts.append(place + 1)
    if depth:  # with a bracket never closed, brackets mean nothing in this text
        return [part for part in _SPLIT.split(text) if part]
    ends = [*(cut - 1 for cut in cuts[1:]), len(text)]
    return [text[start:end] for start, end in zip(cuts, ends, strict=True)]


def _words(part: str) -> list[str]:
    """Split at spaces between two Han words or between two IPC symbols."""
    words = part.split()
    if len(words) > 1 and all(len(word) > 1 and re.match(f"[{HAN}]", word) for word in words):
        return words
    if re.fullmatch(rf"{_IPC}(?:\s+{_IPC})+", part.strip()):
        return re.findall(_IPC, part)
    return [part]
