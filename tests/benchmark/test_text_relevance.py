"""How well relevance finds the right people on the development set; figures are printed, floors kept.

The set lies outside the project (``../shared/samples/matching``); without it the test says so and is skipped.
"""

import gzip
import json
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from expertpool.relevance.field_vote import Holders
from expertpool.relevance.relevance import scores
from expertpool.relevance.text_index import TextIndex
from expertpool.rules.book import RuleBook

FOLDER = Path(__file__).parents[3] / "shared" / "samples" / "matching"
GAINS = np.array([0, 1, 3])
DRAWS = 2000

pytestmark = pytest.mark.skipif(not (FOLDER / "experts.jsonl.gz").exists(),
                                reason="no development set beside the project")


def read(name: str) -> list[dict[str, Any]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@dataclass(frozen=True)
class Measured:
    """One value a query; ``rank`` and ``recall`` are of the people of grade 2, nan without one."""

    ndcg: np.ndarray
    rank: np.ndarray
    recall: np.ndarray

    def line(self, name: str, rows: Any = slice(None)) -> str:
        return (f"{name:34} nDCG@10 {self.ndcg[rows].mean():.3f}  MRR {np.nanmean(self.rank[rows]):.3f}  "
                f"recall@20 {np.nanmean(self.recall[rows]):.3f}")


def measure(rankings: list[np.ndarray], grades: list[np.ndarray]) -> Measured:
    found = np.full((3, len(rankings)), np.nan)
    discount = 1 / np.log2(np.arange(2, 12))
    for at, (total, grade) in enumerate(zip(rankings, grades, strict=True)):
        ordered = grade[np.argsort(-total, kind="stable")]
        ideal = (np.sort(GAINS[grade])[::-1][:10] * discount).sum()
        found[0, at] = (GAINS[ordered[:10]] * discount).sum() / max(ideal, 1e-9)
        if len(right := np.flatnonzero(ordered == 2)):
            found[1, at], found[2, at] = 1 / (int(right[0]) + 1), (right < 20).mean()
    return Measured(*found)


@dataclass(frozen=True)
class Development:
    """The set ranked in each way."""

    queries: list[dict[str, Any]]
    keywords: list[set[str]]  # of the people of grade 2, by query
    found: dict[str, Measured]


@cache
def ranked() -> Development:
    experts, queries = read("experts.jsonl.gz"), read("queries.jsonl.gz")
    texts = ["；".join(f"{p['title']} {' '.join(p['keywords'])}" for p in e["papers"]) for e in experts]
    holders = Holders.of([sorted(set(expert["fields"])) for expert in experts])
    grades = [np.array([2 if e["cluster"] == q["cluster"] else int(e["discipline"] == q["discipline"])
                        for e in experts]) for q in queries]
    rules = RuleBook.load().rule("ranking").parameters
    started = time.perf_counter()
    index = TextIndex.build([expert["id"] for expert in experts], texts)
    built = time.perf_counter()
    similar = [index.query(query["text"]) for query in queries]
    asked = time.perf_counter()
    print(f"\nbuild {built - started:.2f} s, query {1000 * (asked - built) / len(queries):.2f} ms")
    given = [holders.best(np.array([code in q["fields"] for code in holders.codes], np.float32)) for q in queries]
    ways = {
        "plain": similar,
        "text": [scores(s, holders, None, rules)[0] for s in similar],
        "plain + codes": [s / s.max() + g for s, g in zip(similar, given, strict=True)],
        "text + codes": [scores(s, holders, g, rules)[0] for s, g in zip(similar, given, strict=True)],
    }
    right = [{word for e, g in zip(experts, grade, strict=True) if g == 2 for p in e["papers"] for word in p["keywords"]}
             for grade in grades]
    return Development(queries, right, {name: measure(ranking, grades) for name, ranking in ways.items()})


def slices(of: Development) -> dict[str, np.ndarray]:
    """Queries by halves, thirds by length, the shortest, and those that share no keyword with the right people."""
    lengths = np.array([len(query["text"]) for query in of.queries])
    order = np.argsort(np.argsort(lengths, kind="stable"))
    third = order * 3 // len(lengths)
    shares = np.array([any(word in query["text"] for word in words)
                       for query, words in zip(of.queries, of.keywords, strict=True)])
    number = np.arange(len(lengths))
    return {"first half": number % 2 == 0, "second half": number % 2 == 1, "short third": third == 0,
            "middle third": third == 1, "long third": third == 2, "shortest tenth": order < len(order) // 10,
            "no shared keyword": ~shares}


def interval(better: np.ndarray, plain: np.ndarray) -> tuple[float, float]:
    """95 % of the mean paired difference, by drawing queries again."""
    difference = (better - plain)[~np.isnan(better - plain)]
    draws = np.random.default_rng(1).integers(len(difference), size=(DRAWS, len(difference)))
    low, high = np.quantile(difference[draws].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


@pytest.mark.parametrize(("way", "plain", "ndcg", "rank"), [
    ("text", "plain", 0.58, 0.43), ("text + codes", "plain + codes", 0.69, 0.49)])
def test_relevance_on_the_development_set(way: str, plain: str, ndcg: float, rank: float) -> None:
    found = ranked().found
    print()
    print(found[plain].line(plain))
    print(found[way].line(way))
    for name in ("ndcg", "rank"):
        low, high = interval(getattr(found[way], name), getattr(found[plain], name))
        print(f"{'':6}{name} above {plain}: 95 % between {low:+.3f} and {high:+.3f}")
    assert found[way].ndcg.mean() >= ndcg
    assert np.nanmean(found[way].rank) >= rank
    assert interval(found[way].ndcg, found[plain].ndcg)[0] > 0


@pytest.mark.parametrize("way", ["text", "text + codes"])
def test_no_slice_falls_below_the_plain_lexical_ranking(way: str) -> None:
    of = ranked()
    print()
    for name, rows in slices(of).items():
        print(of.found["plain"].line(f"{name} ({rows.sum()}): plain", rows))
        print(of.found[way].line(f"{'':6}{way}", rows))
        assert of.found[way].ndcg[rows].mean() >= of.found["plain"].ndcg[rows].mean(), name
        assert np.nanmean(of.found[way].rank[rows]) >= np.nanmean(of.found["plain"].rank[rows]) - 0.02, name
