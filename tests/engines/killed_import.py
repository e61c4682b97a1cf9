"""What the child of ``test_killed`` does: apply a prepared import to the pool it is told, saying when it begins."""

import pickle
from multiprocessing.connection import Connection
from pathlib import Path

from expertpool.accounts.permissions import Actor
from expertpool.importing.experts import apply_plan
from expertpool.pool import ExpertPool


def apply_when_told(connection: Connection, plan: Path) -> None:
    """Wait for a pool's address; say ``begin`` before the import is applied and ``done`` after it."""
    prepared = pickle.loads(plan.read_bytes())
    connection.send("ready")
    with ExpertPool.open(connection.recv(), actor=Actor("tester")) as pool:
        connection.send("begin")
        apply_plan(pool, prepared)
        connection.send("done")
