"""Draws: both implementations agree on anything, answers keep the places in order, no edit of a certificate passes."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from expertpool.draws import algorithm as algorithm
from expertpool.draws.certificate import certificate, certificate_text
from expertpool.draws.step_up import ANSWERS, LEAVING, WrongAnswerError, places_after
from expertpool.draws.verify import verify
from tests import independent_draw as second
from tests.engines import test_draws as scene
from tests.seeds import examples

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = st.text(st.characters(max_codepoint=126), max_size=6)
values = st.recursive(st.none() | st.booleans() | st.integers() | texts,
                      lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12)
labels = st.lists(texts.filter(bool), min_size=1, max_size=14, unique=True)
seeds = st.binary(min_size=1, max_size=8).map(lambda data: sha256(data).hexdigest())
SOME = examples(150)


@SOME
@given(st.dictionaries(keys, values, max_size=5))
def test_a_record_has_one_spelling(record: dict[str, Any]) -> None:
    text = algorithm.canonical_text(record)
    assert text == second.one_line(record)
    assert json.loads(text) == record
    assert algorithm.canonical_text(dict(reversed(record.items()))) == text


@SOME
@given(seeds, labels, st.data())
def test_an_order_names_everybody_once(seed: str, people: list[str], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(people))
    order = algorithm.ranked(seed, mixed)
    assert sorted(order) == sorted(people)
    assert order == algorithm.ranked(seed, people) == second.equal_chances(seed, mixed)
    weights = {one: data.draw(st.integers(1, 2**32)) for one in mixed}
    count = data.draw(st.integers(0, 16))
    chosen = algorithm.weighted(seed, weights, count)
    assert len(chosen) == len(set(chosen)) == min(count, len(people))
    assert chosen == second.chances_by_load(seed, dict(sorted(weights.items())), count)


@SOME
@given(st.integers(1, 4), st.integers(0, 4), st.lists(st.tuples(st.integers(0, 8), st.sampled_from([*ANSWERS, "barred"])),
                                                      max_size=14))
def test_answers_keep_the_places_in_order(mains: int, reserves: int, wanted: list[tuple[int, str]]) -> None:
    order, said = [f"P{number}" for number in range(mains + reserves)], []
    for place, answer in wanted:
        step = {"label": f"P{place}", "answer": answer}
        try:
            places_after(order, mains, [*said, step])
        except WrongAnswerError:
            continue
        said.append(step)
    places = places_after(order, mains, said)
    left = sum(one["answer"] in LEAVING for one in said)
    waiting = [one.place for one in places if one.state == "waiting"]
    assert waiting == list(range(min(mains + left, len(order)) + 1, len(order) + 1))  # the last ones, no gap
    assert sum(one.asked or one.state == "accept" for one in places) <= mains
    assert all(one.stepped_up for one in places if not one.main and one.state != "waiting")


@pytest.fixture(scope="module")
def issued(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A certificate with answers."""
    from expertpool.accounts.permissions import Actor
    from expertpool.draws.answers import answer_draw
    from expertpool.pool import ExpertPool

    path = tmp_path_factory.mktemp("draw") / "pool.expertpool"
    path.write_bytes(sqlite_template.read_bytes())
    with ExpertPool.open(path, actor=Actor("tester")) as pool:
        scene.filled(pool)
        uid = scene.drawn(pool)
        answer_draw(pool, uid, scene.label(pool, uid, 1), "decline", "出差")
        return certificate_text(certificate(pool, uid)).encode()


@examples(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_edit_of_a_certificate_passes(issued: bytes, data: st.DataObject) -> None:
    assert verify(issued).valid
    text = issued.decode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 8, len(text))))
    changed = text[:start] + data.draw(st.text(max_size=4)) + text[end:]
    if changed != text:
        assert not verify(changed.encode("utf-8", "surrogatepass")).valid


@examples(100)
@given(st.binary(max_size=60) | values.map(lambda value: json.dumps(value).encode()))
def test_anything_else_is_no_certificate(data: bytes) -> None:
    assert not verify(data).valid
