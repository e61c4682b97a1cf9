"""Masks personal numbers (个人信息保护法 arts. 6, 28): by the kind of a field, and by content in any text or record.

A column does not tell what is in it: rosters bring emergency telephones and identity numbers in columns that nobody
recognised, and people type them into remarks. Everything that the core returns to somebody who may not see numbers in
full passes through :func:`hidden`. Numbers of cases, patents, credit codes, days and amounts stay visible.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TypeVar, cast

from expertpool.foundation.check_signs import credit_code_sign, identity_sign

T = TypeVar("T")
_LEAST = 10_000_000_000  # a whole number below this is no telephone, account or identity number


# -- one number whose kind is known
def mask_id(number: str) -> str:
    """``21010219780512301X`` → ``21****************``; of other papers the first two characters and the last stay.

    Only the province stays. With birth date and sex, which are shown beside the number nearly everywhere, the six
    first and four last digits would give the whole number; now region and serial number are unknown and thousands of
    numbers fit (a test counts them).
    """
    if len(number) in (15, 18):
        return _masked(number, 2, 0)
    return _masked(number, 2, 1)


def mask_phone(number: str) -> str:
    """``13812345678`` → ``138****5678``; a landline keeps its area code and last two digits."""
    if re.fullmatch(r"1\d{10}", number):
        return _masked(number, 3, 4)
    area, dash, rest = number.partition("-")
    return area + dash + _masked(rest, 0, 2) if dash else _masked(number, 0, 2)


def mask_bank(number: str) -> str:
    """``6222020200112341234`` → ``6222 **** **** 1234``."""
    digits = re.sub(r"\s", "", number)
    return f"{digits[:4]} **** **** {digits[-4:]}" if len(digits) >= 12 else "*" * len(digits)


def mask_email(address: str) -> str:
    """``zhang.san@example.cn`` → ``zh***@example.cn``."""
    name, at, host = address.partition("@")
    return f"{name[:2] if len(name) > 2 else name[:1]}***{at}{host}" if at else _masked(address, 1, 0)


def fits_mask(number: str, shown: str) -> bool:
    """Whether a number may be the one shown with stars, whichever of its characters are shown."""
    plain, seen = re.sub(r"\s", "", number), re.sub(r"\s", "", shown)
    if "*" not in seen or not plain:
        return plain == seen
    return seen == re.sub(r"\s", "", mask_bank(number)) or (
        len(plain) == len(seen) and all(one in ("*", other) for one, other in zip(seen, plain, strict=True)))


def _masked(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + (text[-last:] if last else "")


# -- numbers in a text
_SIGN = r"[0-9\uff10-\uff19]"  # half- or full-width digit
_GAP = r"[ \t\u00a0\u2002-\u200b\u3000\-\uff0d\u2010-\u2015]"
_BEFORE, _AFTER = rf"(?<!{_SIGN})(?<![.．]{_SIGN})", rf"(?!{_SIGN})"
_WIDE = {0xFF10 + place: str(place) for place in range(10)} | {0xFF38: "X", 0xFF58: "X"}
# looks like a personal number but is none: record ids, fingerprints, moments, patents with their letters
_KEPT = (r"(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z])"
         r"|(?<![0-9A-Za-z])[0-9a-fA-F]{32,}(?![0-9A-Za-z])"
         r"|(?<!\d)(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])"
         r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?(?!\d)"
         r"|(?<![A-Za-z])(?:ZL|CN|US|EP|JP|KR|WO|PCT|专利号)[ :：]?[A-Z]{0,2}[ ]?"
         r"\d{4,13}(?:[.．][\dXx])?(?!\d)")
_MARKED = (r"(?P<mark>(?:护照|通行证|回乡证|台胞证|军官证|士兵证|警官证|居留证|[Pp]assport|[Tt]ravel permit|id_number"
           r"|证件号)"
           r"[^0-9A-Za-z\uff10-\uff19*]{0,8})(?P<paper>[A-Za-z]{0,3}[0-9\uff10-\uff19]{6,12}[A-Za-z]?)(?![0-9A-Za-z])"
           r"|(?P<bankmark>(?:账号|帐号|账户|帐户|卡号|银行卡|bank[ _]account|account no)[^0-9\uff10-\uff19*]{0,8})"
           rf"(?P<bank>{_SIGN}(?:{_GAP}?{_SIGN}){{7,29}}){_AFTER}"
           r"|(?P<callmark>(?:电话|座机|手机|热线|联系方式|宅电|[Tt]el(?:ephone)?|[Pp]hone)[^0-9\uff10-\uff19*+]{0,6})"
           rf"(?P<call>{_SIGN}(?:{_GAP}?{_SIGN}){{6,7}}){_AFTER}")
_END = r"(?![0-9A-Za-z\uff10-\uff19])"
_IDENTITY = rf"{_BEFORE}{_SIGN}(?:{_GAP}{{0,2}}{_SIGN}){{16}}{_GAP}{{0,2}}[0-9\uff10-\uff19XxＸｘ]{_END}"
_OLD = rf"{_BEFORE}{_SIGN}(?:{_GAP}{{0,2}}{_SIGN}){{14}}{_END}"
_ONE = "[1１]"
_SECOND = "[3-9３-９]"
_CALL = r"[ \t\u00a0\u3000.\-\uff0d\u2010-\u2015]?"


def _groups(*sizes: int) -> str:
    """A pattern of a mobile number in groups of these sizes, with one separator between them."""
    first, *rest = sizes
    return (rf"{_ONE}{_SECOND}{_SIGN}{{{first - 2}}}" + "".join(rf"{_CALL}{_SIGN}{{{size}}}" for size in rest))


_MOBILE = (rf"{_BEFORE}(?:(?:[+＋]|00)?86{_GAP}?)?(?P<mobile>{_groups(3, 4, 4)}|{_groups(3, 3, 5)}|{_groups(4, 3, 4)}"
           rf"|{_groups(3, 2, 2, 2, 2)}|{_ONE}[ ]{_SECOND}(?:[ ]{_SIGN}){{9}})"
           rf"(?![0-9\uff10-\uff19])(?!\s*(?:元|万元|美元|%|[.．]\d))")
_LANDLINE = (rf"{_BEFORE}(?P<area>[(（]?(?:[0０][12１２]{_SIGN}|[0０][3-9３-９]{_SIGN}{{2}})[)）]?{_GAP}?)"
             rf"(?P<line>[2-8２-８]{_SIGN}{{2,3}}{_GAP}?{_SIGN}{{4}}){_AFTER}")
_ABROAD = rf"(?<![0-9A-Za-z+])(?P<abroad>[+＋][1-9]\d{{0,2}}(?:[ -]?\d){{8,12}}){_AFTER}"
_ACCOUNT = (rf"{_BEFORE}(?P<account>{_SIGN}{{16,19}}"
            rf"|{_SIGN}{{4}}(?:[ \u3000]{_SIGN}{{4}}){{3}}(?:[ \u3000]{_SIGN}{{1,3}})?)"
            rf"{_END}(?!\s*(?:元|万元|[.．]\d))")
_KEPT_SPANS = re.compile(_KEPT)
_PEOPLE = re.compile(f"{_IDENTITY}|{_OLD}")
_NUMBERS = re.compile("|".join((f"(?P<kept>{_KEPT})", _MARKED, _MOBILE, _LANDLINE, _ABROAD, _ACCOUNT)))
_PERHAPS = re.compile(rf"(?:{_SIGN}[^0-9\uff10-\uff19]{{0,2}}){{6}}")  # no personal number has fewer digits


def hide(text: str) -> str:
    """The text with every identity, telephone, account and labelled passport number in it masked."""
    if not _PERHAPS.search(text):
        return text
    shown = _NUMBERS.sub(_hidden_number, _without_identities(text))
    return shown if shown != text else text


def _without_identities(text: str) -> str:
    """Mask identity numbers. A run of digits that is none from its first digit on may contain one further on."""
    place = 0
    kept: list[tuple[int, int]] | None = None
    while found := _PEOPLE.search(text, place):
        if kept is None:
            kept = [one.span() for one in _KEPT_SPANS.finditer(text)]
        plain = _plain(found[0])
        if _is_person(plain) and not any(a < found.end() and found.start() < b for a, b in kept):
            text = text[:found.start()] + (shown := mask_id(plain)) + text[found.end():]
            place, kept = found.start() + len(shown), None
        else:
            place = found.start() + 1
    return text


def _hidden_number(found: "re.Match[str]") -> str:
    whole = found[0]
    for mark, number, mask in (("mark", "paper", mask_id), ("bankmark", "bank", mask_bank),
                               ("callmark", "call", mask_phone)):
        if found[number] is not None:
            return str(found[mark]) + mask(_plain(found[number]))
    if found["mobile"] is not None:
        return whole[:len(whole) - len(found["mobile"])] + mask_phone(_plain(found["mobile"]))
    if found["line"] is not None:
        return str(found["area"]) + _masked(_plain(found["line"]), 0, 2)
    if found["abroad"] is not None:
        return _masked(whole, 3, 2)
    if found["account"] is not None and not _is_credit_code(_plain(whole)):
        return mask_bank(_plain(whole))
    return whole


def _plain(text: str) -> str:
    """Only the digits, in half width."""
    return "".join(sign for sign in text.translate(_WIDE).upper() if sign.isalnum())


def _is_person(plain: str) -> bool:
    """Whether the characters are an identity number, and not a unit's credit code that happens to contain a date."""
    return _is_identity(plain) and not (_is_credit_code(plain) and identity_sign(plain[:17]) != plain[17])


def _is_identity(plain: str) -> bool:
    """Whether there is a valid date at the place of the birth date in identity numbers of 18 or 15 characters."""
    birth = plain[6:14] if len(plain) == 18 else "19" + plain[6:12] if len(plain) == 15 else ""
    if not birth.isdigit() or plain[0] == "0" or birth[:2] not in ("18", "19", "20"):
        return False
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    return True


def _is_credit_code(plain: str) -> bool:
    """Whether eighteen digits are the credit code of a unit."""
    return len(plain) == 18 and plain.isdigit() and credit_code_sign(plain[:17]) == plain[17]


# -- numbers anywhere in a record
def hidden(value: T) -> T:
    """The same value with every personal number in it masked, at any depth: texts, whole numbers, lists, mappings,
    frozen rows. The name of a key tells the kind of its value. A value without personal numbers is returned as it
    is."""
    return cast(T, _hidden(value, ""))


def _hidden(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return _text(value, name)
    if value is None or isinstance(value, bool | float | bytes):
        return value
    if isinstance(value, int):
        return value if type(value) is not int or value < _LEAST else _whole(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple | set | frozenset):
        return _several(value, name)
    if is_dataclass(value) and not isinstance(value, type):
        return _row(value)
    if hasattr(type(value), "model_copy"):
        changed = {key: new for key in type(value).model_fields
                   if (new := _hidden(old := getattr(value, key), key)) is not old}
        return value.model_copy(update=changed) if changed else value
    return value


def _text(text: str, name: str) -> str:
    if type(text) is not str:  # a member of an enumeration
        return text
    if name and len(text) < 60 and _PERHAPS.search(text):
        marked = hide(f"{name}：{text}")
        if marked == f"{name}：{text}":
            return text
        if marked.startswith(f"{name}："):
            return marked[len(name) + 1:]
    return hide(text)


def _whole(value: int) -> int | str:
    text = hide(str(value))
    return text if "*" in text else value


def _mapping(value: Mapping[Any, Any]) -> Any:
    made = {(hide(key) if isinstance(key, str) else key): _hidden(one, key if isinstance(key, str) else "")
            for key, one in value.items()}
    same = all(key in made and made[key] is one for key, one in value.items())
    return value if same else made


def _several(value: Any, name: str) -> Any:
    parts = [_hidden(one, name) for one in value]
    if all(new is old for new, old in zip(parts, value, strict=True)):
        return value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*parts)
    return type(value)(parts)


def _row(value: Any) -> Any:
    """A frozen row; if nothing in it was masked, the row itself."""
    changed = {one.name: new for one in fields(value)
               if (new := _hidden(old := getattr(value, one.name), one.name)) is not old}
    if not changed:
        return value
    # copied without its constructor: the fields it would compute are there already
    made = object.__new__(type(value))
    for one in fields(value):
        object.__setattr__(made, one.name, changed.get(one.name, getattr(value, one.name)))
    return made


def reads_as(shown: Any, stored: Any, name: str = "") -> bool:
    """Whether a value shown to somebody is the stored one: the same, or its masked form."""
    return bool(shown == stored or ("*" in str(shown) and shown in (hidden(stored), hidden({name: stored})[name])))


def kept_back(new: T, stored: Any) -> T:
    """The values to store when an edit comes from somebody who saw masked numbers: a text that is the masked form of
    a stored one is replaced by the stored one, so that saving a form never stores stars."""
    full: dict[str, str] = {}
    _known(stored, "", full)
    return cast(T, _restored(new, full)) if full else new


def _known(value: Any, name: str, full: dict[str, str]) -> None:
    if isinstance(value, str):
        for shown in {_text(value, name), mask_id(value) if name == "id_number" else value}:
            if shown != value:
                full[shown] = value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _known(one, str(key), full)
    elif isinstance(value, list | tuple):
        for one in value:
            _known(one, name, full)
    elif hasattr(type(value), "model_copy"):
        _known({key: getattr(value, key) for key in type(value).model_fields}, "", full)


def _restored(value: Any, full: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return full.get(value, value)
    if isinstance(value, Mapping):
        return {key: _restored(one, full) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_restored(one, full) for one in value)
    if hasattr(type(value), "model_copy"):
        return value.model_copy(update={key: _restored(getattr(value, key), full)
                                        for key in type(value).model_fields})
    return value
