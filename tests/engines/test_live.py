"""What others write is told: at once by a server, by asking on a file; a lost connection is told and found again."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import text

from expertpool.accounts.permissions import Actor
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.pool import ExpertPool
from expertpool.storage.live import Watch


def never() -> bool:
    return False


@pytest.fixture
def watch(pool: ExpertPool) -> Any:
    made = Watch(pool.database)
    yield made
    made.close()


def test_what_another_window_writes_is_told_once(pool: ExpertPool, pool_target: str, watch: Watch) -> None:
    assert watch.wait(0.05, never) is None
    with ExpertPool.open(pool_target, actor=Actor("何佳")) as other:
        changes = register(other, PersonDraft(name="王新宇"))
    news = watch.wait(5 if not pool.database.is_sqlite else 0.05, never)
    assert news
    assert (news.who, news.changes.operation, news.entries) == ("何佳", "register", {changes.entry})
    assert news.changes.ids["person"] == changes.ids["person"]
    assert watch.wait(0.05, never) is None


@pytest.mark.postgres
def test_a_server_tells_at_once(pool: ExpertPool, pool_target: str, watch: Watch) -> None:
    told: list[float] = []
    waiting = threading.Thread(target=lambda: (watch.wait(20, never), told.append(time.monotonic())))
    waiting.start()
    with ExpertPool.open(pool_target, actor=Actor("何佳")) as other:
        register(other, PersonDraft(name="王新宇"))
    waiting.join(15)
    assert told  # long before the twenty seconds are over


def test_waiting_ends_when_nobody_listens_any_more(watch: Watch) -> None:
    stop = threading.Event()
    waiting = threading.Thread(target=lambda: watch.wait(60, stop.is_set))
    waiting.start()
    stop.set()
    waiting.join(10)
    assert not waiting.is_alive()


@pytest.mark.postgres
def test_a_lost_connection_is_told_and_found_again(pool: ExpertPool, pool_target: str, watch: Watch) -> None:
    watch.wait(0.05, never)
    with ExpertPool.open(pool_target, actor=Actor("何佳")) as other:
        with other.database.engine.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' "
                                    "AND datname = current_database()"))
        register(other, PersonDraft(name="王新宇"))
    with pytest.raises(EnvironmentProblem) as lost:
        watch.wait(5, never)
    assert lost.value.code == "database.unreachable"
    news = watch.wait(0.5, never)
    assert news
    assert (news.changes.operation, news.who) == ("register", "何佳")
