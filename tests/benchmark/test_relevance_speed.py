"""One question to 100,000 experts with texts, against SQLite's own full-text index asked the same in the same run."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from expertpool.relevance.field_vote import Holders
from expertpool.relevance.relevance import scores
from expertpool.relevance.text_index import TextIndex
from expertpool.rules.book import RuleBook
from tests.benchmark.sizes import LARGE, size

EXPERTS, QUESTIONS = size(100_000, 3_000), size(60, 20)
WORDS = Path(__file__).parents[2] / "resources" / "taxonomy" / "words.tsv"
FIELDS = [f"W{number:02}" for number in range(1, 40)]



def made_up(count: int, seed: int = 3) -> tuple[list[str], list[list[str]]]:
    """Texts of two hundred characters or so, put together from the words of two subclasses each; and fields."""
    draw = random.Random(seed)
    rows = [line.split("\t")[1].split("、") for line in WORDS.read_text("utf-8").splitlines() if line[0] != "#"]
    shapes = ("一种{}的设计与应用", "基于{}的{}研究", "{}与{}的关键技术", "面向{}的{}控制方法", "{}性能分析及其优化")
    texts, fields = [], []
    for _one in range(count):
        words = [*draw.choice(rows), *draw.choice(rows)]
        titles = [draw.choice(shapes).format(draw.choice(words), draw.choice(words)) for _title in range(12)]
        texts.append("；".join([*draw.sample(words, min(8, len(words))), *titles]))
        fields.append(draw.sample(FIELDS, 2))
    return texts, fields


def milliseconds(work: Callable[[str], object], questions: list[str]) -> np.ndarray:
    took = []
    for question in questions:
        start = time.perf_counter()
        work(question)
        took.append(1000 * (time.perf_counter() - start))
    return np.array(took)


def full_text(texts: list[str]) -> Callable[[str], object]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE people USING fts5(text, tokenize='trigram')")
    base.executemany("INSERT INTO people(rowid, text) VALUES (?, ?)", enumerate(texts))

    def ask(question: str) -> object:
        threes = dict.fromkeys(question[at:at + 3] for at in range(len(question) - 2))
        match = " OR ".join('"' + three.replace('"', "") + '"' for three in threes)
        return base.execute("SELECT rowid, bm25(people) FROM people WHERE people MATCH ? ORDER BY 2 LIMIT 50",
                            (match,)).fetchall()

    return ask


def test_one_question_to_a_hundred_thousand(figures: list[str]) -> None:
    texts, fields = made_up(EXPERTS)
    start = time.perf_counter()
    index: TextIndex[int] = TextIndex.build(range(EXPERTS), texts)
    built = time.perf_counter() - start
    size = sum(array.nbytes for array in index.arrays().values()) / 1e6
    holders = Holders.of(fields)
    rules = RuleBook.load().rule("ranking").parameters
    questions = [text[:150] for text in made_up(QUESTIONS, seed=11)[0]]
    ask = full_text(texts)

    def all_parts(question: str) -> object:
        return scores(index.query(question), holders, None, rules)

    for work in (index.query, all_parts, ask):
        milliseconds(work, questions[:3])
    alone, whole = milliseconds(index.query, questions), milliseconds(all_parts, questions)
    floor = milliseconds(ask, questions[:15])
    length = sum(map(len, texts)) / len(texts)
    figures.append(
        f"relevance over {EXPERTS:,} texts of {length:.0f} characters: built in {built:.1f} s, {size:.0f} MB; text "
        f"alone p50 {np.median(alone):.1f} ms p95 {np.quantile(alone, .95):.1f} ms, with votes p95 "
        f"{np.quantile(whole, .95):.1f} ms; FTS5 trigram bm25 p50 {np.median(floor):.1f} ms p95 "
        f"{np.quantile(floor, .95):.1f} ms, ratio of medians {np.median(floor) / np.median(alone):.1f}")
    assert not LARGE or np.median(alone) < np.median(floor)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peak memory can be set back on Linux only")
def test_memory_of_a_build(figures: list[str]) -> None:
    """Peak memory of a process while it builds, above what it held before."""
    program = (
        "import gc\n"
        "from pathlib import Path\n"
        "from tests.benchmark.test_relevance_speed import EXPERTS, made_up\n"
        "from expertpool.relevance.text_index import TextIndex\n"
        "def held(name):\n"
        "    lines = Path('/proc/self/status').read_text().splitlines()\n"
        "    return int(next(line for line in lines if line.startswith(name)).split()[1]) // 1024\n"
        "texts = made_up(EXPERTS)[0]\n"
        "gc.collect()\n"
        "Path('/proc/self/clear_refs').write_text('5')\n"
        "before = held('VmRSS')\n"
        "index = TextIndex.build(range(EXPERTS), texts)\n"
        "print(before, held('VmHWM'), held('VmRSS'))\n")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parents[2])
    before, peak, after = map(int, done.stdout.split())
    figures.append(f"building over {EXPERTS:,} texts: {peak - before} MB at the most, {after - before} MB afterwards, "
                   f"above the {before} MB of the process with its texts")
    assert peak - before < 400
