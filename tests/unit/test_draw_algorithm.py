"""The algorithm of the draw: fixed vectors, a second implementation, equal chances, chances by weight."""

import json
import math
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from expertpool.draws import algorithm as algorithm
from expertpool.draws.certificate import LANGUAGES, description
from expertpool.draws.step_up import LEAVING, WrongAnswerError, places_after
from tests import independent_draw as second
from tests.seeds import seeded

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "draw_vectors.json").read_text(encoding="utf-8"))
SEEDS = 100_000


def tail(statistic: float, freedom: int) -> float:
    """P(chi-square with an even number of degrees of freedom ≥ statistic)."""
    half, term, total = statistic / 2, 1.0, 0.0
    for number in range(freedom // 2):
        total += term
        term *= half / (number + 1)
    return math.exp(-half) * total


def chi_square(counts: Counter[str], expected: dict[str, float]) -> float:
    return sum((counts[key] - value) ** 2 / value for key, value in expected.items())


def seeds(count: int) -> list[str]:
    return [sha256(f"seed {number}".encode()).hexdigest() for number in range(count)]


def test_the_tail_is_that_of_the_tables() -> None:
    assert tail(18.307, 10) == pytest.approx(0.05, abs=1e-4)
    assert tail(13.277, 4) == pytest.approx(0.01, abs=1e-4)


@pytest.mark.parametrize("vector", VECTORS["draws"], ids=lambda vector: vector["about"])
def test_fixed_vectors_by_both_implementations(vector: dict) -> None:
    record, halves = vector["record"], vector["halves"]
    places = record["mains"] + record["reserves"]
    print_ = algorithm.fingerprint(record)
    seed = algorithm.seed(print_, record["case"], halves[0], halves[2])
    order = algorithm.drawn(seed, record["candidates"], record["weighting"], places)
    result = algorithm.result_print(print_, seed, order)
    found = {"canonical": algorithm.canonical_text(record), "fingerprint": print_,
             "commitment": algorithm.commitment(*halves[:2]), "seed": seed, "order": order, "result": result,
             "check_code": algorithm.check_code(result)}
    assert found == {name: vector[name] for name in found}
    weights = {row["label"]: row["weight"] for row in record["candidates"]}
    again = (second.chances_by_load(seed, weights, places) if record["weighting"] == "load"
             else second.equal_chances(seed, list(weights))[:places])
    other = second.hash_of_lines(second.one_line(record))
    assert (second.one_line(record), other, second.seal(*halves[:2]), again) == (
        vector["canonical"], vector["fingerprint"], vector["commitment"], vector["order"])
    assert second.seed_of(other, record["case"], halves[0], halves[2]) == seed
    assert second.code_of(second.result_of(other, seed, again)) == vector["check_code"]


def test_both_implementations_agree_on_many_draws() -> None:
    chance = seeded(5)
    for seed in seeds(300):
        labels = [chr(chance.randrange(33, 0x3000)) + str(number) for number in range(chance.randrange(1, 40))]
        weights = {label: chance.choice((1, 10, 12, 15, 20, 30, 60)) for label in labels}
        places = chance.randrange(1, 12)
        assert algorithm.ranked(seed, labels) == second.equal_chances(seed, labels)
        assert algorithm.weighted(seed, weights, places) == second.chances_by_load(seed, weights, places)


def test_the_order_given_makes_no_difference() -> None:
    labels = [f"专家{number:03}" for number in range(200)]
    mixed = labels[:]
    seeded(1).shuffle(mixed)
    seed = seeds(1)[0]
    assert algorithm.ranked(seed, labels) == algorithm.ranked(seed, mixed)
    weights = {label: 1 + number % 5 for number, label in enumerate(labels)}
    assert algorithm.weighted(seed, weights, 9) == algorithm.weighted(
        seed, {label: weights[label] for label in mixed}, 9)
    assert algorithm.ranked(seed, labels) != algorithm.ranked(seeds(2)[1], labels)


def test_equal_chances_over_a_hundred_thousand_seeds(capsys: pytest.CaptureFixture[str]) -> None:
    labels = [f"P{number:02}" for number in range(11)]
    first, last, pairs = Counter[str](), Counter[str](), Counter[str]()
    for seed in seeds(SEEDS):
        order = algorithm.ranked(seed, labels)
        first[order[0]] += 1
        last[order[-1]] += 1
        pairs[f"{order[0]} {order[1]}"] += 1
    values = {"first place": tail(chi_square(first, dict.fromkeys(labels, SEEDS / 11)), 10),
              "last place": tail(chi_square(last, dict.fromkeys(labels, SEEDS / 11)), 10)}
    with capsys.disabled():
        print(f"\nequal chances, {SEEDS} seeds, 11 people: " + ", ".join(
            f"{name} p = {value:.3f}" for name, value in values.items()))
    assert min(values.values()) > 0.001
    assert len(pairs) == 110
    assert max(pairs.values()) < 1.2 * SEEDS / 110


def test_chances_by_weight_are_those_stated(capsys: pytest.CaptureFixture[str]) -> None:
    weights = {"P1": 60, "P2": 30, "P3": 20, "P4": 15, "P5": 12}
    whole = sum(weights.values())
    first, second_place = Counter[str](), Counter[str]()
    for seed in seeds(SEEDS):
        order = algorithm.weighted(seed, weights, 2)
        first[order[0]] += 1
        second_place[order[1]] += 1
    expected = {label: SEEDS * weight / whole for label, weight in weights.items()}
    following = {label: sum(SEEDS * other / whole * weight / (whole - other) for name, other in weights.items()
                            if name != label) for label, weight in weights.items()}
    values = tail(chi_square(first, expected), 4), tail(chi_square(second_place, following), 4)
    with capsys.disabled():
        print(f"\nchances by weight 60:30:20:15:12, {SEEDS} seeds: first place p = {values[0]:.3f}, "
              f"second place p = {values[1]:.3f}")
    assert min(values) > 0.001


def test_every_part_of_the_seed_counts() -> None:
    given = ("f" * 64, "(2026)辽01知民初418号", "operator", "witness")
    seed = algorithm.seed(*given)
    for place in range(4):
        changed = list(given)
        changed[place] += "1"
        assert algorithm.seed(*changed) != seed
    assert algorithm.commitment("ab", "c") != algorithm.commitment("a", "bc")


@pytest.mark.parametrize("value", [{"weight": 1.5}, {"名": "x"}, {"a": ["x", {"b": {1: 2}}]}, {"a": {1, 2}}])
def test_what_has_no_single_spelling_is_refused(value: dict) -> None:
    with pytest.raises(ValueError, match="record"):
        algorithm.canonical_text(value)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        algorithm.canonical_text({"a": "\ud800"})


def test_the_description_names_the_version_and_every_message() -> None:
    for language in LANGUAGES:
        text = description(language)
        for message in ("", "/commit", "/seed", "/result", "/label"):
            assert algorithm.VERSION + message in text
        assert "0123456789ABCDEFGHJKMNPQRSTVWXYZ" in text


def test_reserves_step_up_in_order() -> None:
    said: list[dict[str, str]] = []
    order, states = ["A", "B", "C", "D"], ["called", "called", "waiting", "waiting"]
    assert [one.state for one in places_after(order, 2)] == states
    for label, answer in (("B", "decline"), ("A", "undecided"), ("C", "no_answer"), ("A", "accept"), ("D", "accept"),
                          ("A", "released")):
        said.append({"label": label, "answer": answer})
        places = places_after(order, 2, said)
    assert [one.state for one in places] == ["released", "decline", "no_answer", "accept"]
    assert [one.stepped_up for one in places] == [False, False, True, True]
    assert "accept" not in LEAVING


@pytest.mark.parametrize(("answers", "code"), [
    ([("X", "accept")], "unknown"), ([("C", "accept")], "not_called"), ([("A", "maybe")], "unknown"),
    ([("A", "accept"), ("A", "decline")], "answered"), ([("A", "released")], "not_accepted"),
    ([("A", "decline"), ("A", "accept")], "answered"),
])
def test_answers_out_of_turn(answers: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(WrongAnswerError) as refused:
        places_after(["A", "B", "C"], 2, [{"label": label, "answer": answer} for label, answer in answers])
    assert refused.value.code == code
