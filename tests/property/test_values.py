from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from expertpool.experts.id_number import read_identity
from expertpool.foundation.check_signs import identity_sign
from expertpool.foundation.text import clean_name, normal, split_list, strip_controls
from expertpool.importing.headers import header_score, match_header
from expertpool.importing.values.id_numbers import read_id_number
from expertpool.importing.values.phones import read_phones
from expertpool.importing.values.terms import read_term, read_until
from expertpool.importing.values.titles import split_employer_position_title
from expertpool.spreadsheets.cell_dates import BIRTH, read_date

ANYTHING = st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(),
                     st.booleans(), st.none())
BIRTHS = st.dates(date(1930, 1, 1), date(2000, 12, 31))


@given(ANYTHING)
def test_no_cell_breaks_a_reader(cell: object) -> None:
    for reader in (read_date, read_id_number, read_phones, read_term, read_until, split_employer_position_title):
        reader(cell)  # type: ignore[operator]


@given(BIRTHS, st.sampled_from(["{0.year}-{0.month}-{0.day}", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}",
                                "{0.year}年{0.month}月{0.day}日", "{0:%Y/%m/%d}"]))
def test_every_way_to_write_a_day_is_read_back(day: date, form: str) -> None:
    assert str(read_date(form.format(day), BIRTH).value) == day.isoformat()


@given(BIRTHS, st.integers(0, 999))
def test_a_made_up_number_is_valid_and_tells_the_birth(day: date, order: int) -> None:
    first = f"210102{day:%Y%m%d}{order:03d}"
    found = read_identity(first + identity_sign(first))
    assert found.valid
    assert str(found.birth) == day.isoformat()


@given(st.floats(min_value=1e15, max_value=1e18))
def test_a_number_cell_never_becomes_an_identity_number(cell: float) -> None:
    assert read_id_number(cell).value is None


@given(st.integers(13_000_000_000, 19_999_999_999),
       st.sampled_from(["{}", "+86 {}", "手机：{}", "{}.0", "{}（微信同号）"]))
def test_a_mobile_number_is_found_in_every_dress(number: int, form: str) -> None:
    assert read_phones(form.format(number)).value == [("mobile", str(number))]


@given(st.text(max_size=80))
def test_text_forms_are_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert strip_controls(strip_controls(text)) == strip_controls(text)
    name, _notes = clean_name(text)
    assert name == name.strip()
    assert "  " not in name
    assert all(entry.strip() for entry in split_list(text))
    strip_controls(text).encode("utf-8")


@example("Dw\x85")
@given(st.text(max_size=60))
def test_any_heading_gives_a_share_of_one(text: str) -> None:
    assert 0 <= header_score(text) <= 1
    assert 0 <= match_header(text)[1] <= 1
