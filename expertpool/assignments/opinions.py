"""Technical opinions (技术调查意见), used for their case alone (法释〔2019〕2号 art. 9).

They are encrypted in the pool and left out of every export, packet and search; each reading is noted in the journal.
"""

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.permissions import demand
from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.assignments.tables import Assignment
from expertpool.cases.tables import CourtCase
from expertpool.experts.tables import Attachment, Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.files import write_whole
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.storage.queries import id_of

WRITE, READ = "technical opinion", "read opinion"
KIND, ACCESS, OWNER = "technical_opinion", "opinion", "assignment"
LARGEST = 20 * 1024 * 1024  # in bytes: enough for a paper with drawings


def attach_opinion(pool: Pool, assignment: str, path: Path) -> Changes:
    """Keep a signed opinion with the assignment (uid). Raises ``opinion.file`` where the file cannot be read, is
    empty or larger than 20 MB."""
    demand(pool.actor, WRITE)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if 0 < size <= LARGEST else b""
    except OSError as error:
        raise EnvironmentProblem("opinion.file", file=path.name) from error
    if not content:
        raise UserProblem("opinion.file", file=path.name)
    with pool.write(WRITE, step="attach", file=path.name) as transaction:
        record = transaction.by_uid(Assignment, assignment)
        case = transaction.get(CourtCase, record.court_case_id)
        transaction.words |= {"number": case.number}
        transaction.add(Attachment(owner_kind=OWNER, owner_id=int(record.id or 0), kind=KIND, file_name=path.name,
                                   media_type=path.suffix.lower(), sha256=hashlib.sha256(content).hexdigest(),
                                   content=b64encode(content).decode(), access=ACCESS))
    return transaction.result()


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A kept opinion: file name, day it was added, author, case, and the uid of the assignment."""

    uid: str
    file: str
    at: str
    number: str
    person: str
    assignment: str


@numbers_hidden
def opinion_rows(pool: Pool, number: str = "") -> list[OpinionRow]:
    """The opinions of one case, or of all: author, case, file name, moment; without their content."""
    demand(pool.actor, READ)
    query = select(col(Attachment.uid), col(Attachment.file_name), col(Attachment.created_at),
                   col(CourtCase.number), col(Person.name), col(Assignment.uid)).join(
        Assignment, id_of(Assignment) == Attachment.owner_id).join(
        CourtCase, id_of(CourtCase) == Assignment.court_case_id).join(
        Person, id_of(Person) == Assignment.person_id).where(
        col(Attachment.owner_kind) == OWNER, col(Attachment.access) == ACCESS).order_by(id_of(Attachment))
    if number:
        query = query.where(col(CourtCase.number) == number)
    with pool.read() as session:
        return [OpinionRow(*row) for row in session.execute(query)]


def save_opinion(pool: Pool, uid: str, path: Path) -> str:
    """Write an opinion to a file; the journal notes who read it. Returns its SHA-256.

    Raises ``opinion.unwritten``, ``record.missing`` and ``vault.value``.
    """
    with pool.write(READ, always=True, file=path.name) as transaction:
        found = transaction.by_uid(Attachment, uid)
        if found.access != ACCESS:
            raise UserProblem("record.missing", uid=uid)
        content = b64decode(found.content)
        if hashlib.sha256(content).hexdigest() != found.sha256:
            raise EnvironmentProblem("vault.value")
        transaction.words |= {"what": found.file_name}
        try:
            write_whole(path, content)
        except OSError as error:
            raise EnvironmentProblem("opinion.unwritten", file=path.name) from error
        return found.sha256
