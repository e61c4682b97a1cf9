"""Numbers of people are hidden in any text, however they are written; numbers of anything else never are."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from expertpool.foundation.check_signs import CREDIT_CODE_SIGNS, credit_code_sign, identity_sign
from expertpool.foundation.masking import hidden, hide

WORDS = st.text(alphabet="联系人妻子在某路号、，。：（） \n", max_size=12)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
DAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
SERIAL = st.integers(0, 10**13)


@st.composite
def identities(draw: st.DrawFn) -> str:
    body = f"{draw(st.integers(110000, 659999))}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + identity_sign(body)


MOBILES = st.integers(13 * 10**9, 20 * 10**9 - 1).map(str)
ACCOUNTS = st.integers(62 * 10**17, 63 * 10**17 - 1).map(str)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and the same as somebody may write it."""
    kind = draw(st.sampled_from(("identity", "mobile", "account")))
    number = draw({"identity": identities(), "mobile": MOBILES, "account": ACCOUNTS}[kind])
    gaps = {"identity": (6, 14), "mobile": (3, 7), "account": (4, 8, 12, 16)}[kind]
    mark = draw(st.sampled_from(("", " ", "\u3000") if kind == "account" else ("", " ", "-", "\u3000")))
    parts = [number[a:b] for a, b in zip((0, *gaps), (*gaps, None), strict=True)]
    text = mark.join(parts)
    return number, draw(st.sampled_from((text, text.translate(WIDE), text.lower())))


@st.composite
def others(draw: st.DrawFn) -> str:
    """A number of no person."""
    serial, year = draw(SERIAL), draw(st.integers(1985, 2030))
    credit = "91" + f"{draw(st.integers(110000, 659999))}MA" + "".join(
        draw(st.lists(st.sampled_from(CREDIT_CODE_SIGNS), min_size=7, max_size=7)))
    patent = f"{year}{1 + serial % 3}{serial % 10**7:07}.{serial % 10}"
    return draw(st.sampled_from((
        f"({year})辽{serial % 20:02}知民初{serial % 10**5}号", patent, f"ZL{patent}", f"CN{10**8 + serial % 10**8}A",
        credit + credit_code_sign(credit), f"G06F {serial % 100}/{serial % 10**4:02}", f"{draw(DAYS)}",
        f"{draw(DAYS):%Y%m%d}", f"{draw(DAYS)}T08:30:15.123Z", f"{serial % 10**9:,}.00元", f"第{serial % 10**5}号")))


@given(written(), WORDS, WORDS)
def test_a_number_of_a_person_is_hidden(number: tuple[str, str], before: str, after: str) -> None:
    full, text = number
    shown = hide(before + text + after)
    plain = re.sub(r"[^0-9X*]", "", shown.translate({v: k for k, v in WIDE.items()}).upper())
    assert full not in plain
    assert "*" in shown
    assert full not in repr(hidden({"备注": [{"x": before + text + after}]}))


@given(others(), WORDS, WORDS)
def test_a_number_of_anything_else_stays(number: str, before: str, after: str) -> None:
    assert hide(before + number + after) == before + number + after
