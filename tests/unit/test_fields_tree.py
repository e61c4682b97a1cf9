"""The tree of technical fields: its data is complete and its look-ups follow the longest prefix."""

import re
from collections import Counter

import pytest

from expertpool.fields import taxonomy
from expertpool.fields.closeness import LEVELS, closeness
from expertpool.fields.symbols import find_symbols, normalise_symbol
from expertpool.fields.tree import tree
from expertpool.foundation.problems import UserProblem


def test_twelve_groups_and_thirty_nine_fields() -> None:
    assert len(tree().groups) == 12
    assert len(tree().wipo) == 39
    for code in (*tree().groups, *tree().wipo):
        assert tree().title(code, "zh_CN")
        assert re.search("[A-Za-z]", tree().title(code, "en"))


def test_group_codes_are_no_ipc_classes() -> None:
    assert not set(tree().groups) & set(taxonomy.ipc())


def test_every_field_sits_in_a_group() -> None:
    held = {field for group in tree().groups for field in tree().children(group)}
    assert set(tree().wipo) <= held


def test_the_scheme_is_complete() -> None:
    lengths = Counter(map(len, taxonomy.ipc()))
    assert lengths[1] == 8
    assert lengths[3] >= 131
    assert lengths[4] >= 650
    for symbol in taxonomy.ipc():
        assert len(symbol) == 1 or symbol[:-1 if len(symbol) == 4 else 1] in taxonomy.ipc()


def test_every_title_is_in_both_languages() -> None:
    for symbol, title in taxonomy.ipc().items():
        assert re.search("[一-鿿]", title.zh), symbol
        assert re.search("[A-Za-z]{3}", title.en), symbol
        assert not re.search("[一-鿿]", title.en), symbol


def test_the_concordance_has_764_codes_each_in_one_field() -> None:
    places = Counter(place for field in taxonomy.document("wipo")["fields"] for place in field["ipc"])
    assert len(places) == 764
    assert set(places.values()) == {1}


def test_every_code_of_the_concordance_has_a_title() -> None:
    for code in tree().wipo:
        for place in tree().children(code):
            assert place[:4] in taxonomy.ipc(), place


def test_every_subclass_has_a_field() -> None:
    for symbol in taxonomy.ipc():
        if len(symbol) == 4:
            assert tree().wipo_fields(symbol), symbol


def test_every_data_file_names_source_and_date() -> None:
    for name in ("groups", "wipo", "closeness"):
        assert taxonomy.document(name)["source"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", taxonomy.document(name)["date"])


def test_terms_point_to_places_of_their_field() -> None:
    for field, place, words in taxonomy.terms():
        assert field in tree().wipo, field
        assert all(words), (field, place)
        if place:
            assert field in (*tree().wipo_fields(place), *tree().bordering(place)), (field, place)


def test_every_field_has_terms_enough() -> None:
    counts = Counter()
    for field, _place, words in taxonomy.terms():
        counts[field] += len(set(words))
    assert set(counts) == set(tree().wipo)
    assert min(counts.values()) >= 25, counts.most_common()[-3:]


def test_aliases_name_known_codes() -> None:
    for codes, words in taxonomy.aliases():
        assert all(map(tree().knows, codes)), codes
        assert all(words)


@pytest.mark.parametrize(("symbol", "fields"), [
    ("G01N 33/68", ("W11",)),
    ("G01N 21/64", ("W10",)),
    ("G01N", ("W10", "W11")),
    ("A61K 8/02", ("W14",)),
    ("A61K 31/00", ("W16",)),
    ("H04N 1/00", ("W03",)),
    ("H04N 21/00", ("W04",)),
    ("H04N 19/00", ("W02",)),
    ("B01D 53/00", ("W24",)),
    ("E01F 8/00", ("W24",)),
    ("C13B 5/00", ("W29",)),
    ("b62d57/032", ("W32",)),
    ("B62X", ("W32",)),
    ("H10D 30/00", ("W08",)),
    ("G06V 10/00", ("W06",)),
    ("B64U", ("W32",)),
    ("B62", ("W32",)),
    ("W12", ("W12",)),
    ("nonsense", ()),
])
def test_fields_of_a_symbol(symbol: str, fields: tuple[str, ...]) -> None:
    assert tree().wipo_fields(symbol) == fields


@pytest.mark.parametrize(("code", "groups"), [
    ("W08", ("T10", "T02")), ("W32", ("T01",)), ("A01B", ("T09", "T01")), ("W36", ("T09",)),
    ("T05", ("T05",)),
    ("W12", ("T05", "T02")), ("H01L 21/00", ("T10", "T02")), ("H", ()), ("?", ()),
])
def test_groups_of_any_code(code: str, groups: tuple[str, ...]) -> None:
    assert tree().groups_of(code) == groups


def test_parents_and_children_agree() -> None:
    codes = (*tree().groups, *tree().wipo, *taxonomy.ipc())
    for code in codes:
        for child in tree().children(code):
            assert code in tree().node(child).parents, (code, child)


def test_labels_lead_from_the_group_to_the_code() -> None:
    assert tree().label("B62D", "zh_CN") == "机械 › 32 运输 › B62D"
    assert tree().label("W12", "en") == "Optoelectronics, measurement and control › 12 Control"
    assert tree().path("G01N 33/68") == ("T08", "W11", "G01N 33/68")
    assert tree().label("B62", "en").startswith("B Performing operations")
    assert tree().node("b62d57/032").code == "B62D 57/032"


def test_an_unknown_code_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserProblem) as caught:
        tree().node("Q77")
    assert "Q77" in caught.value.text
    assert not tree().knows("Q77")


@pytest.mark.parametrize(("text", "code"), [
    ("机械", "T01"), ("12 控制", "W12"), ("控制", "W12"), ("W12", "W12"), ("w12", "W12"), ("b62d", "B62D"),
    ("计算机技术", "W06"), ("Control", "W12"), ("机械 › 32 运输 › B62D", "B62D"), ("C12", "C12"),
    ("材料科学与工程", "T06"), ("光电技术", "T05"), ("39 外观设计", "W39"), ("化工", "T07"),
    ("13 控制", None), ("", None),
    ("Ｇ０１Ｎ ３３／６８", "G01N 33/68"),
    ("B62 无轨陆用车辆", "B62"), ("软件工程师会", None), ("A01H", "A01H"),
])
def test_resolving_what_a_text_names(text: str, code: str | None) -> None:
    assert tree().resolve(text) == code


def test_every_label_and_title_resolves_to_its_code() -> None:
    for code in (*tree().groups, *tree().wipo):
        for language in ("zh_CN", "en"):
            named = tree().resolve(tree().title(code, language))
            assert named == code or code in tree().children(named or "")
            assert tree().resolve(tree().label(code, language)) == code


@pytest.mark.parametrize(("given", "symbol"), [
    ("b62d57/032", "B62D 57/032"), ("B62D 57/032", "B62D 57/032"), ("Ｂ６２Ｄ５７／０３２", "B62D 57/032"),
    ("B62D 57/032 (2006.01) I", "B62D 57/032"), ("B62D0057032000", "B62D 57/032"),
    ("G06F0016000000", "G06F 16/00"),
    ("H02K-001/27", "H02K 1/27"), ("G01N 33", "G01N 33"), ("B62", "B62"), ("A4", None), ("H2O", None),
    ("B12", None), ("B12A 1/00", None), ("I62D", None), ("", None), ("B62D 57/1", None),
])
def test_one_spelling_of_a_symbol(given: str, symbol: str | None) -> None:
    assert normalise_symbol(given) == symbol


@pytest.mark.parametrize(("text", "symbols"), [
    ("分类号 G06F 16/00、H02K1/27", ["G06F 16/00", "H02K 1/27"]),
    ("A4纸，H2O，5G，ISO9001，B12维生素", []),
    ("Int.Cl. Ｂ６２Ｄ５７／０３２（2006.01）I", ["B62D 57/032"]),
    ("B62；G01N 33", ["B62", "G01N 33"]),
    ("正十二烷C12H26的沸点", []),
    ("C12H26", []),
    ("型号H02K电机", ["H02K"]),
    ("B62D57/032 b62d 57/032", ["B62D 57/032"]),
    ("见附图2/B62D", []),
    ("", []),
])
def test_symbols_in_a_text(text: str, symbols: list[str]) -> None:
    assert find_symbols(text) == symbols


@pytest.mark.parametrize(("a", "b", "level"), [
    ("B62D 57/032", "B62D 57/032", "subgroup"),
    ("B62D 57/032", "B62D 57/02", "main_group"),
    ("B62D 57/032", "B62D 55/00", "subclass"),
    ("B62D", "B62D 55/00", "subclass"),
    ("B62D", "B62K", "class"),
    ("B62", "B62D 1/00", "class"),
    ("B62D", "B60L", "wipo"),
    ("W32", "B62D", "wipo"),
    ("W12", "W12", "wipo"),
    ("W12", "G05B 19/00", "wipo"),
    ("W36", "A01H 5/00", "wipo"),
    ("T01", "W32", "group"),
    ("T01", "T01", "group"),
    ("T01", "B62D", "group"),
    ("W08", "W37", "group"),
    ("W31", "B62D", "group"),
    ("W12", "B62D", "none"),
    ("T01", "C12N", "none"),
    ("unknown", "unknown", "none"),
])
def test_closeness_of_two_codes(a: str, b: str, level: str) -> None:
    assert closeness(a, b).level == level
    assert closeness(b, a) == closeness(a, b)


def test_finer_levels_are_worth_more() -> None:
    values = taxonomy.document("closeness")["levels"]
    assert tuple(values) == LEVELS
    assert list(values.values()) == sorted(values.values(), reverse=True)
    assert values["none"] == 0
