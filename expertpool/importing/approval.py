"""Approving an import (导入审核): whoever imports people does not approve them (职责分离)."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.accounts.accounts import duties_apart
from expertpool.accounts.permissions import may
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.experts.drafts import Plain
from expertpool.experts.import_tables import ImportBatch, ValueSource
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.dates import today
from expertpool.foundation.problems import UserProblem
from expertpool.storage.queries import id_of

OPERATION = "approve import"
PENDING = "pending"


def state_of_new(pool: Pool, session: Session) -> Plain:
    """The state of people whom this actor adds: pending (待审核) if others must approve them."""
    if may(pool.actor, OPERATION) or not duties_apart(session):
        return {}
    return {"state": PENDING, "state_since": str(today())}


def approve_import(pool: Pool, batch_uid: str) -> Changes:
    """Let the people of an import into the pool. Raises ``import.own_approval`` if the approver is the importer,
    ``import.nothing_pending`` if nobody waits for approval."""
    with pool.write(OPERATION) as transaction:
        batch = transaction.by_uid(ImportBatch, batch_uid)
        if batch.operator == transaction.actor:
            raise UserProblem("import.own_approval")
        people = transaction.session.scalars(select(id_of(Person)).where(
            col(Person.state) == PENDING, id_of(Person).in_(select(col(ValueSource.person_id)).where(
                col(ValueSource.batch_id) == batch.id)))).all()
        if not people:
            raise UserProblem("import.nothing_pending")
        transaction.update_many(Person, {key: {"state": "active", "state_since": str(today())} for key in people})
        transaction.words |= {"files": "、".join(str(file["file"]) for file in batch.files), "people": len(people),
                              "operator": batch.operator, "batch": batch.uid}
    return transaction.result()


@numbers_hidden
def pending_imports(pool: Pool) -> list[tuple[str, str, str, int]]:
    """Imports with people waiting for approval: batch, moment, operator, people; oldest first."""
    from sqlalchemy import func

    query = select(col(ImportBatch.uid), col(ImportBatch.created_at), col(ImportBatch.operator),
                   func.count(id_of(Person).distinct())).join(
        ValueSource, col(ValueSource.batch_id) == ImportBatch.id).join(
        Person, id_of(Person) == ValueSource.person_id).where(col(Person.state) == PENDING).group_by(
        col(ImportBatch.uid), col(ImportBatch.created_at), col(ImportBatch.operator)).order_by(
        col(ImportBatch.created_at))
    with pool.read() as session:
        return [(uid, at, operator, count) for uid, at, operator, count in session.execute(query)]
