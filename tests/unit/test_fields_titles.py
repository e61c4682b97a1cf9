"""Titles lead to the examiner's place without any training data: figures of both halves of the project's own list."""

import hashlib
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from expertpool.fields import taxonomy
from expertpool.fields.recognise import recognise

DATA = Path(__file__).parents[1] / "data"
FILES = {"field_titles.tsv": (0, 1), "field_titles_later.tsv": (2, 2)}  # the later ones were written after the lexicon
LEVELS = {"section": 1, "class": 3, "subclass": 4}
LIVING = 15  # terms that a living subclass should have
NARROW = 3  # and that even the smallest has


@cache
def titles() -> tuple[tuple[str, str, int], ...]:
    """Subclass, text, and the part it belongs to: 0 and 1 are halves of the first list, 2 is the later one."""
    found = []
    for name, parts in FILES.items():
        for line in (DATA / name).read_text("utf-8").splitlines():
            if line and line[0] != "#":
                code, text = line.split("\t")
                found.append((code, text, parts[hashlib.sha256(text.encode()).digest()[0] % 2]))
    return tuple(found)


def hits(half: int) -> dict[tuple[str, int], float]:
    """Share of the titles whose place is the first, or among the first three, by level."""
    found: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for code, text, own in titles():
        if own != half:
            continue
        for level, length in LEVELS.items():
            codes = list(dict.fromkeys(guess.code[:4] for guess in recognise(text, 30, kinds=(
                ("subclass", "symbol") if level == "subclass" else (level,)))))
            for most in (1, 3):
                found[level, most].append(code[:length] in codes[:most])
    return {key: sum(values) / len(values) for key, values in found.items()}


def test_the_list_is_long_and_spread() -> None:
    assert len(titles()) >= 400
    assert len({text for _code, text, _half in titles()}) == len(titles())
    assert {code[0] for code, _text, _half in titles()} == set("ABCDEFGH")
    assert all(code in taxonomy.ipc() for code, _text, _half in titles())


@pytest.mark.parametrize("half", [0, 1, 2])
def test_titles_lead_to_their_places(half: int) -> None:
    found = hits(half)
    print("\n", {f"{level}@{most}": round(value, 3) for (level, most), value in found.items()})
    assert found["subclass", 3] >= 0.45
    assert found["class", 3] >= 0.62
    assert found["section", 3] >= 0.88


def test_every_living_subclass_has_its_terms() -> None:
    terms: dict[str, set[str]] = defaultdict(set)
    for _field, place, words in taxonomy.terms():
        terms[place[:4]].update(words)
    for place, rated in taxonomy.words().items():
        terms[place].update(word for word, _share in rated)
    living = [code for code, title in taxonomy.ipc().items() if len(code) == 4 and not code.endswith("99Z")
              and "撤销" not in title.zh and "引得" not in title.zh]
    poor = [code for code in living if len(terms[code]) < NARROW]
    assert poor == []
    assert sum(len(terms[code]) >= LIVING for code in living) >= 0.7 * len(living)


def test_words_stand_at_known_places_once() -> None:
    assert all(place in taxonomy.ipc() for place in taxonomy.words())
    for place, rated in taxonomy.words().items():
        words = [word for word, _share in rated]
        assert len(words) == len(set(words)), place
        assert all(word.strip() == word and word for word in words), place


def test_wide_kinds_only_where_asked_for() -> None:
    text = "一种双密封球阀"
    assert recognise(text, kinds=("class",))[0].code == "F16"
    assert recognise(text, kinds=("section",))[0].code == "F"
    assert not any(len(guess.code) in (1, 3) and guess.code[0] in "ABCDEFGH" for guess in recognise(text, 50)
                   if not guess.code.startswith("T"))
