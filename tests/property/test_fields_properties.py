"""What holds for every symbol and text: spelling, symmetry and order of the field look-ups."""

from hypothesis import given
from hypothesis import strategies as st

from expertpool.fields import taxonomy
from expertpool.fields.closeness import LEVELS, closeness
from expertpool.fields.recognise import recognise
from expertpool.fields.symbols import find_symbols, normalise_symbol
from expertpool.fields.tree import tree

SUBCLASSES = [symbol for symbol in taxonomy.ipc() if len(symbol) == 4]
full_symbols = st.builds(lambda subclass, main, sub: f"{subclass} {main}/{sub:02}",
                         st.sampled_from(SUBCLASSES), st.integers(1, 9999), st.integers(0, 99999))
codes = st.one_of(full_symbols, st.sampled_from([*taxonomy.ipc(), *tree().groups, *tree().wipo]))


@given(full_symbols, st.sampled_from(["", " ", "  ", "　", "-"]), st.booleans())
def test_every_spelling_becomes_the_same(symbol: str, gap: str, lower: bool) -> None:
    spelled = symbol.replace(" ", gap)
    assert normalise_symbol(spelled.lower() if lower else spelled) == symbol
    assert normalise_symbol(symbol) == symbol


@given(st.lists(full_symbols, max_size=4, unique=True), st.sampled_from(["、", "；", "，", "和"]))
def test_written_symbols_are_found_in_a_sentence(symbols: list[str], between: str) -> None:
    assert find_symbols("分类号为" + between.join(symbols) + "的专利") == symbols


@given(codes, codes)
def test_closeness_is_symmetric(a: str, b: str) -> None:
    assert closeness(a, b) == closeness(b, a)
    assert closeness(a, b).level in LEVELS


@given(codes, codes)
def test_nothing_is_nearer_than_itself(a: str, b: str) -> None:
    assert closeness(a, a).value >= closeness(a, b).value or len(a) == 1


@given(full_symbols)
def test_a_symbol_stays_within_its_subclass(symbol: str) -> None:
    assert set(tree().wipo_fields(symbol)) <= set(tree().wipo_fields(symbol[:4]))
    assert tree().groups_of(symbol)
    assert tree().path(symbol)[-1] == symbol


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    values = [guess.value for guess in recognise(text)]
    assert values == sorted(values, reverse=True)
    assert all(0 < value <= 1 for value in values)
    tree().resolve(text)
