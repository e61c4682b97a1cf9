"""How well text relevance finds the right people on the development set; figures are printed, floors kept.

The set lies outside the project (``../shared/samples/matching``); without it the test says so and is skipped.
"""

import gzip
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from expertpool.matching.field_vote import with_vote
from expertpool.matching.text_index import TextIndex

FOLDER = Path(__file__).parents[3] / "shared" / "samples" / "matching"
GAINS = np.array([0, 1, 3])

pytestmark = [
    pytest.mark.benchmark_only,
    pytest.mark.skipif(not (FOLDER / "experts.jsonl.gz").exists(),
                       reason="no development set beside the project"),
]


def read(name: str) -> list[dict[str, Any]]:
    with gzip.open(FOLDER / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure(rankings: list[np.ndarray], grades: list[np.ndarray]) -> dict[str, float]:
    """nDCG@10, mean reciprocal rank and recall@20 of the people of grade 2."""
    found: dict[str, list[float]] = {"nDCG@10": [], "MRR": [], "recall@20": []}
    discount = 1 / np.log2(np.arange(2, 12))
    for scores, grade in zip(rankings, grades, strict=True):
        ordered = grade[np.argsort(-scores, kind="stable")]
        ideal = (np.sort(GAINS[grade])[::-1][:10] * discount).sum()
        found["nDCG@10"].append(float((GAINS[ordered[:10]] * discount).sum() / max(ideal, 1e-9)))
        if len(right := np.flatnonzero(ordered == 2)):
            found["MRR"].append(1 / (int(right[0]) + 1))
            found["recall@20"].append(float((right < 20).mean()))
    return {name: float(np.mean(values)) for name, values in found.items()}


def test_relevance_on_the_development_set() -> None:
    experts, queries = read("experts.jsonl.gz"), read("queries.jsonl.gz")
    texts = ["；".join(f"{p['title']} {' '.join(p['keywords'])}" for p in e["papers"]) for e in experts]
    fields = [set(expert["fields"]) for expert in experts]
    grades = [np.array([2 if e["cluster"] == q["cluster"] else int(e["discipline"] == q["discipline"])
                        for e in experts]) for q in queries]
    started = time.perf_counter()
    index = TextIndex.build([expert["id"] for expert in experts], texts)
    built = time.perf_counter()
    similar = [index.query(query["text"]) for query in queries]
    asked = time.perf_counter()
    rankings = {
        "text only": similar,
        "text + vote": [with_vote(s, fields) for s in similar],
        "text + vote + given fields": [with_vote(s, fields, q["fields"])
                                       for s, q in zip(similar, queries, strict=True)],
    }
    figures = {name: measure(ranking, grades) for name, ranking in rankings.items()}
    print(f"\nbuild {built - started:.2f} s, query {1000 * (asked - built) / len(queries):.2f} ms")
    for name, values in figures.items():
        print(f"{name:28}", "  ".join(f"{key} {value:.3f}" for key, value in values.items()))
    assert figures["text only"]["nDCG@10"] > 0.38
    assert figures["text + vote"]["nDCG@10"] > 0.53
    assert figures["text + vote + given fields"]["nDCG@10"] > 0.67
    assert figures["text + vote + given fields"]["MRR"] > 0.47
