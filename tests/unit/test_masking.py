"""Numbers of people are hidden wherever they stand; other numbers stay."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from expertpool.foundation.check_signs import identity_sign
from expertpool.foundation.masking import fits_mask, hidden, hide, kept_back, mask_bank, mask_id, mask_phone

NUMBER = "21010219780512301X"


@pytest.mark.parametrize(("written", "shown"), [
    ("身份证21010219780512301X。", "身份证21****************。"),
    ("21010219780512301x", "21****************"),
    ("id21010219780512301X", "id21****************"),
    ("２１０１０２１９７８０５１２３０１Ｘ", "21****************"),
    ("210102 19780512 301X", "21****************"),
    ("210102-19780512-301X", "21****************"),
    ("老证210102780512301", "老证21*************"),
    ("001 21010219780512301X", "001 21****************"),
    ("2024 001 13812345678", "2024 001 138****5678"),
    ("电话13812345678转", "电话138****5678转"),
    ("138 1234 5678", "138****5678"),
    ("138-1234-5678", "138****5678"),
    ("１３８１２３４５６７８", "138****5678"),
    ("+86 13812345678", "+86 138****5678"),
    ("8613812345678", "86138****5678"),
    ("1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
    ("13812345678@139.com", "138****5678@139.com"),
    ("024-23871234", "024-******34"),
    ("(024)23871234", "(024)******34"),
    ("0411 8470 1234", "0411 ******34"),
    ("座机23871234", "座机******34"),
    ("+852 9123 4567", "+85*********67"),
    ("卡号6222020200112341234", "卡号6222 **** **** 1234"),
    ("6222 0202 0011 2341 234", "6222 **** **** 1234"),
    ("账号：2100 1234 567890", "账号：2100 **** **** 7890"),
    ("护照E12345678", "护照E1******8"),
])
def test_numbers_of_people_are_hidden(written: str, shown: str) -> None:
    assert hide(f"{written}") == shown
    assert hide(hide(written)) == shown


@pytest.mark.parametrize("text", [
    "(2026)辽01知民初418号", "（2024）最高法知民终1234号", "ZL201510123456.7", "201510123456.7", "CN104567890A",
    "PCT/CN2015/071234", "91210100MA0P4XXX1T", "G06F 16/00", "H04W 72/04、H04L 5/00", "2026-11-22 08:30:15",
    "2026-11-22T08:30:15.123Z", "20260301", "1,234,567.89元", "13800000000元", "12345678", "20260301123045",
    "0192f7c8-1234-7abc-8def-123456789012", "01234567-1234-7123-8123-123456789012",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "15 30 1200 4500", "110016", "第12345号",
    "W12|G05B|B62D 57/032", "2015101234567",
])
def test_other_numbers_stay(text: str) -> None:
    assert hide(text) == text


def test_a_credit_code_of_digits_alone_stays() -> None:
    from expertpool.foundation.check_signs import credit_code_sign

    kept = 0
    for serial in range(200):
        body = f"91210102{serial:09d}"
        if (sign := credit_code_sign(body)).isdigit():
            kept += 1
            assert hide(f"信用代码{body}{sign}") == f"信用代码{body}{sign}"
    assert kept > 40


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    texts: tuple[str, ...]
    more: dict[str, object]


def test_whatever_a_record_is_made_of() -> None:
    row = _Row("张三", (f"配偶{NUMBER}",), {"紧急联系电话": 13812345678, "护照号": "E12345678", "13912345678": "键",
                                          "deep": [{"x": {f"y{NUMBER}"}}]})
    seen = hidden(row)
    for number in (NUMBER, "13812345678", "E12345678", "13912345678"):
        assert number not in repr(seen)
    assert seen.name == "张三"
    plain = _Row("张三", ("(2026)辽01知民初418号",), {"a": 1})
    assert hidden(plain) is plain


def test_a_hidden_number_with_birth_and_sex_leaves_more_than_a_thousand() -> None:
    """Counted for the narrowest guess there is: somebody who knows the province, day of birth and sex, and takes it
    that the number was given out in one of ten districts of the province's capital."""
    shown, birth, man = mask_id(NUMBER), "19780512", True
    districts = [f"2101{place:02d}" for place in range(2, 12)]
    fitting = 0
    for district in districts:
        for serial in range(1, 1000):
            body = f"{district}{birth}{serial:03d}"
            fitting += bool(serial % 2) == man and fits_mask(body + identity_sign(body), shown)
    assert fitting >= 1000
    day = date(1978, 5, 12)
    assert not any(fits_mask(NUMBER, mask_id("31" + NUMBER[2:])) for _ in [day + timedelta(0)])


def test_a_cell_hidden_long_ago_still_says_whose_it_is() -> None:
    assert fits_mask(NUMBER, "210102********301X")
    assert fits_mask(NUMBER, mask_id(NUMBER))
    assert fits_mask("6222020200112341234", mask_bank("6222020200112341234"))
    assert fits_mask("13812345678", mask_phone("13812345678"))
    assert not fits_mask("21010219780512303X", "210102********301X")
    assert not fits_mask("", "21****************")


def test_what_was_shown_hidden_comes_back_whole() -> None:
    stored = {"remark": f"身份证{NUMBER}", "parties": [{"id_number": NUMBER, "name": "甲"}]}
    sent = {"remark": f"身份证{mask_id(NUMBER)}", "parties": [{"id_number": mask_id(NUMBER), "name": "乙"}]}
    assert kept_back(sent, stored) == {"remark": f"身份证{NUMBER}", "parties": [{"id_number": NUMBER, "name": "乙"}]}
