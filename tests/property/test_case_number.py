"""Case numbers: any text is read without failing, and what is recognised reads back the same."""

from hypothesis import given
from hypothesis import strategies as st

from expertpool.cases.case_number import find, parse, search_words

NUMBERS = st.builds(
    lambda brackets, year, court, kind, serial, ending: (
        f"{brackets[0]}{year}{brackets[1]}{court}{kind}{serial}号{ending}"),
    st.sampled_from(["()", "（）", "〔〕"]), st.integers(2016, 2035),
    st.sampled_from(["最高法", "辽", "辽01", "辽0102", "京73"]),
    st.sampled_from(["民初", "知民初", "民终", "知民终", "行初", "知行终", "刑初", "民申", "财保", "执异"]),
    st.integers(1, 99_999).map(str) | st.tuples(st.integers(1, 500), st.integers(501, 900)).map(
        lambda pair: f"{pair[0]}-{pair[1]}"),
    st.sampled_from(["", "之一", "之十二"]))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str):
    number = parse(text)
    assert number.raw == text.strip()
    assert parse(number.normalised).normalised == number.normalised
    search_words(number)
    assert all(one.recognised for one in find(text))


@given(NUMBERS)
def test_numbers_read_back_the_same(text: str):
    number = parse(text)
    assert number.recognised
    assert parse(number.normalised).normalised == number.normalised
    assert parse(number.display(full_width=True)).normalised == number.normalised
    assert [one.normalised for one in find(f"不服{text}判决。")] == [number.normalised]


@given(NUMBERS, st.lists(st.sampled_from([" ", "\u3000", "\u200b", "\n"]), max_size=4), st.integers(0, 12))
def test_spaces_do_not_matter(text: str, spaces: list[str], place: int):
    assert parse(text[:place] + "".join(spaces) + text[place:]).normalised == parse(text).normalised
