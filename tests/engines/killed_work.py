"""What the child of ``test_kills`` does: operation after operation on one pool, each told before and after."""

import random
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from expertpool.accounts.permissions import Actor
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.merge import merge
from expertpool.experts.register import register_many
from expertpool.foundation.problems import ExpectedError
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.safekeeping.backups import back_up
from tests.seeds import seeded

GROUP = 20  # people that come in one import


def work_until_killed(pipe: Connection, target: str, seed: int) -> None:
    """Open the pool and go on for ever; ``(operation, mark)`` before, ``(operation, mark, True)`` after each."""
    chance = seeded(seed)
    with ExpertPool.open(target, actor=Actor("tester")) as pool:
        for number in range(10**6):
            name = chance.choice(list(OPERATIONS))
            mark = f"{seed}-{number}"
            pipe.send((name, mark))
            try:
                done = OPERATIONS[name](pool, mark, chance)
            except ExpectedError as error:
                pipe.send((name, mark, f"refused {error.code}"))
                if error.code.startswith("database."):
                    return  # the server is gone
                continue
            pipe.send((name, mark, done))


def bring_in(pool: ExpertPool, mark: str, _chance: random.Random) -> Any:
    """Twenty people in one transaction, marked in their title, and two that may be merged."""
    with pool.write("import experts", files=mark, created=GROUP) as transaction:
        register_many(transaction, [PersonDraft.model_validate({
            "name": f"某{number}", "title": mark, "employments": [{"employer": f"单位{mark}"}],
            "phones": [{"kind": "mobile", "number": f"138{abs(hash(mark)) % 10**6:06}{number:02}"}],
            "roles": [{"role": "technical_investigator", "start": "2020-01-01", "end": "2030-01-01"}],
        }) for number in range(GROUP)] + [PersonDraft(name="待并")] * 2)
    return True


def _anybody(pool: ExpertPool, chance: random.Random, many: int, search: str = "") -> list[str]:
    ids = people_ids(pool, PeopleQuery(search=search))
    chosen = chance.sample(range(len(ids)), min(many, len(ids)))
    return [str(row.uid) for row in people_rows(pool, [ids[place] for place in chosen])]


def give_case(pool: ExpertPool, mark: str, chance: random.Random) -> Any:
    """A new case, and somebody for it."""
    number = f"(2026)辽01知民初{mark.replace('-', '0')}号"
    open_case(pool, CaseDraft(number=number))
    people = _anybody(pool, chance, 1)
    if not people:
        return "nobody"
    appoint(pool, number, people[0], reason="已核实", override="特别批准")
    return (number, people[0])


def make_one(pool: ExpertPool, _mark: str, chance: random.Random) -> Any:
    """Merge two people."""
    people = _anybody(pool, chance, 2, "待并")
    if len(people) < 2:
        return "nobody"
    merge(pool, people[0], people[1], reason="同一人")
    return tuple(people)


def keep(pool: ExpertPool, _mark: str, _chance: random.Random) -> Any:
    """A backup."""
    made = back_up(pool, prove=False)
    return str(made.path)


OPERATIONS: dict[str, Callable[[ExpertPool, str, random.Random], Any]] = {
    "import": bring_in, "appoint": give_case, "merge": make_one, "backup": keep}


def upgrade_until_killed(pipe: Connection, target: str, _seed: int) -> None:
    """Open a plain pool of before, which is encrypted and brought up to date on the way."""
    pipe.send(("upgrade", Path(target).name))
    with ExpertPool.open(target, actor=Actor("tester")) as pool:
        pipe.send(("upgrade", Path(target).name, pool.counts()["experts"]))
