"""What each writer of ``test_writers`` does until the time is over: register, edit, appoint, on one pool."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from expertpool.accounts.permissions import Actor
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import edit, register
from expertpool.foundation.problems import ExpectedError
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from tests.seeds import seeded

ATTEMPTS = 5


@dataclass
class Work:
    """What one writer did: titles it wrote by person, people it registered, appointments, refusals by code."""

    writer: int
    titles: list[tuple[str, str]] = field(default_factory=list)
    registered: int = 0
    appointed: list[tuple[str, str]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)


def write_until(target: str, writer: int, people: list[str], cases: list[str], seconds: float) -> Work:
    """Write at random until ``seconds`` are over, but at least ``ATTEMPTS`` times on the slowest machine.

    Every refusal is noted by its code, anything else as strange.
    """
    chance, work = seeded(writer), Work(writer)
    with ExpertPool.open(target, actor=Actor(f"writer {writer}")) as pool:
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end or number < ATTEMPTS:
            number += 1
            try:
                _one(pool, work, chance, number, people, cases)
            except ExpectedError as error:
                work.refused[error.code] += 1
            except Exception as error:
                work.strange.append(f"{type(error).__name__}: {error}"[:300])
    return work


def _one(pool: ExpertPool, work: Work, chance: random.Random, number: int, people: list[str],
         cases: list[str]) -> None:
    act = chance.random()
    if act < 0.5:
        uid, title = chance.choice(people), f"{work.writer}-{number}"
        detail = person_detail(pool, uid, revealed=True)
        edit(pool, uid, detail.draft().model_copy(update={"title": title}), detail.version)
        work.titles.append((uid, title))
    elif act < 0.7:
        register(pool, PersonDraft(name=f"新{work.writer}之{number}"))
        work.registered += 1
    elif act < 0.75:
        open_case(pool, CaseDraft(number=f"(2025)辽01知民初{work.writer * 10000 + number}号"))
    else:
        case, uid = chance.choice(cases), chance.choice(people)
        appoint(pool, case, uid, reason="已核实", override="特别批准")
        work.appointed.append((case, uid))
