"""One writing transaction (工作单元): it records all changes, so that the journal is complete without help of the
caller."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, event, inspect, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.changes import Changes
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.storage.bulk import Row, insert_rows, shape_of
from expertpool.storage.dialects import reserve_ids
from expertpool.storage.journal import Block, Blocks, Change, Image
from expertpool.storage.queries import chunks, one_of, rows_where_in, table_of
from expertpool.storage.records import Record

R = TypeVar("R", bound=Record)
MANY = 5000  # above this, report "many changed" instead of listing ids
OWNERS = {"person_id": "person", "court_case_id": "courtcase", "organisation_id": "organisation",
          "firm_id": "organisation", "earlier_id": "courtcase", "later_id": "courtcase",
          "upper_id": "organisation", "lower_id": "organisation"}


class Transaction:
    """Returned by ``pool.write``. Use ``session`` for single records, the ``*_many`` methods for thousands."""

    def __init__(self, session: Session, actor: str, operation: str, words: JsonObject) -> None:
        self.session = session
        self.actor = actor
        self.operation = operation
        self.words = words
        self.undoes: int | None = None
        self.entry = 0
        self.stamp = now_stamp()  # all new records of one transaction get the same moment
        self.listed: set[int] = set()  # people whose listing is already up to date
        self.listed_from: frozenset[str] = frozenset()  # the tables from which such a listing is made
        self._bulk: list[Change] = []
        self._single: dict[tuple[str, int], Change] = {}
        self._new: list[Record] = []
        self._touched: dict[str, set[int]] = defaultdict(set)
        self._reserved: dict[str, int] = {}  # the last id handed out, by table
        self.blocks = Blocks()
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)

    # -- single records
    def add(self, *records: Record) -> None:
        """Add records and give them their ids."""
        self.session.add_all(records)
        self.session.flush()

    def get(self, table: type[R], number: int) -> R:
        """The record with this id; raises ``record.missing`` if it is gone."""
        found = self.session.get(table, number)
        if found is None:
            raise UserProblem("record.missing", uid=number)
        return found

    def by_uid(self, table: type[R], uid: str, version: int | None = None) -> R:
        """The record with this uid; with ``version``, raises ``record.changed`` if somebody changed it since."""
        found = self.session.scalars(select(table).where(col(table.uid) == uid)).one_or_none()
        if found is None:
            raise UserProblem("record.missing", uid=uid)
        if version is not None and found.version != version:
            raise UserProblem("record.changed", uid=uid)
        return found

    def remove(self, record: Record) -> None:
        self.session.delete(record)
        self.session.flush()

    # -- many records at once
    def insert_many(self, table: type[Record], rows: Sequence[JsonObject]) -> list[int]:
        """Insert plain rows in chunks; ids, stamps and defaults are filled in. Returns the ids in order."""
        if not rows:
            return []
        shape, ids = shape_of(table), self.reserve(table, len(rows))
        for part, keys in zip(chunks(rows), chunks(ids), strict=True):
            self.insert_rows(table, shape.rows(part, keys, self.stamp))
        return list(ids)

    def reserve(self, table: type[Record], count: int) -> Sequence[int]:
        """New ids, ascending, that this transaction may use later."""
        self.session.flush()
        name = str(table.__tablename__)
        ids = reserve_ids(self.session.connection(), name, count, self._reserved.get(name, 0))
        self._reserved[name] = ids[-1] if ids else 0
        return ids

    def insert_rows(self, table: type[Record], rows: list[Row], blocks: Sequence[Block] | None = None, *,
                    restored: bool = False) -> None:
        """Insert complete rows, add them to the journal (``blocks`` if already made), note to whom they belong.

        Values are checked by the table's catalogue, except ``restored`` ones, which were stored before.
        """
        shape = shape_of(table)
        if not restored:
            shape.check_rows(rows)
        insert_rows(self.session.connection(), shape.table, shape.names, rows, shape.json_places,
                    shape.secret_places)
        if blocks is None:
            self.blocks.inserted(shape.table.name, shape.names, rows)
        else:
            self.blocks.add(blocks)
        for column, kind in (("id", shape.table.name), *OWNERS.items()):
            if (place := shape.place(column)) is not None:
                held = self._touched[kind]
                if kind not in OWNERS.values() and len(held) > MANY:
                    continue  # nobody asks for single new rows
                ids = {row[place] for row in rows if row[place]}
                held |= ids
                if kind == "person" and shape.table.name in self.listed_from:
                    self.listed -= ids

    def update_many(self, table: type[Record], values: Mapping[int, JsonObject], *,
                    restored: bool = False) -> None:
        """Set columns of many records by id; their versions rise. ``restored`` values were stored before and are not
        checked."""
        if not restored:
            for row in values.values():
                shape_of(table).check_values(row)
        before = self._images(table, values)
        stamp = now_stamp()
        for number, image in before.items():
            after = image | values[number] | {"version": image["version"] + 1, "changed_at": stamp}
            self.session.execute(update(table_of(table)).where(table_of(table).c.id == number)
                                 .values(**{k: v for k, v in after.items() if k != "id"}))
            self._bulk.append(Change(str(table.__tablename__), number, image, after))

    def delete_many(self, table: type[Record], ids: Iterable[int]) -> None:
        """Delete records by id."""
        before = self._images(table, ids)
        for part in chunks(before):
            self.session.execute(delete(table_of(table)).where(one_of(table_of(table).c.id, part)))
        self._bulk.extend(Change(str(table.__tablename__), n, image, None) for n, image in before.items())

    def put_back(self, table: type[Record], images: Sequence[Image]) -> None:
        """Insert rows under the ids they had (undo of a deletion)."""
        if images:
            shape = shape_of(table)
            self.insert_rows(table, [tuple(image[name] for name in shape.names) for image in images],
                             restored=True)

    def _images(self, table: type[Record], ids: Iterable[int]) -> dict[int, Image]:
        self.session.flush()
        return images(self.session, table, ids)

    # -- what goes into the journal
    def settle(self) -> bool:
        """Put all changes into the journal's blocks; returns whether there are any."""
        self.session.flush()
        loose = [*self._single.values(), *self._bulk]
        self._note(loose)
        self.blocks.changed(loose)
        self._single.clear()
        self._bulk.clear()
        return bool(self.blocks)

    def touched(self) -> dict[str, set[int]]:
        """Ids by kind: of the tables written, and of the person, case or organisation to which each row belongs."""
        if self.entry == 0:  # after the commit there is nothing left to flush
            self.session.flush()
        self._note([*self._single.values(), *self._bulk])
        return self._touched

    def former(self, table: str) -> list[Image]:
        """Rows of a table as they were before this transaction changed or deleted them."""
        self.session.flush()
        return [change.before for change in (*self._single.values(), *self._bulk)
                if change.table == table and change.before]

    def _note(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._touched[change.table].add(change.id)
            if change.table == "person":
                self.listed.discard(change.id)
            stale = change.table in self.listed_from
            for image in (change.before, change.after):
                for column, owner in OWNERS.items():
                    if image and image.get(column):
                        self._touched[owner].add(image[column])
                        if stale and owner == "person":
                            self.listed.discard(image[column])

    def result(self) -> Changes:
        """What the finished transaction changed, for the pages that show it."""
        touched = self.touched()
        many = sum(map(len, touched.values())) > MANY
        return Changes(self.entry, self.operation,
                       {kind: frozenset() if many else frozenset(ids) for kind, ids in touched.items()}, many=many)

    def _before_flush(self, session: Session, _context: Any, _instances: Any) -> None:
        for record in session.new:
            if isinstance(record, Record):
                shape_of(type(record)).check_values(_image(record))
                self._new.append(record)
        for record in session.dirty:
            if isinstance(record, Record) and session.is_modified(record):
                shape_of(type(record)).check_values(_changed(record))
                record.changed_at = now_stamp()
                self._remember(record)
        for record in session.deleted:
            if isinstance(record, Record):
                self._remember(record, gone=True)

    def _remember(self, record: Record, gone: bool = False) -> None:
        key = (str(record.__tablename__), int(record.id or 0))
        known = self._single.get(key)
        before = known.before if known else _image_before(record)
        self._single[key] = Change(*key, before, None)
        if gone and before is None:  # added and deleted in one transaction: not recorded
            del self._single[key]
        if not gone:
            self._new.append(record)

    def _after_flush(self, _session: Session, _context: Any) -> None:
        for record in self._new:
            key = (str(record.__tablename__), int(record.id or 0))
            known = self._single.get(key)
            self._single[key] = Change(*key, known.before if known else None, _image(record))
        self._new.clear()


def images(session: Session, table: type[Record], ids: Iterable[int]) -> dict[int, Image]:
    """The stored rows of these ids."""
    stored = table_of(table)
    return {int(row.id): dict(row._mapping)
            for row in rows_where_in(session, select(stored), stored.c.id, sorted(ids))}


def _image(record: Record) -> Image:
    return {c.key: getattr(record, c.key) for c in inspect(record).mapper.column_attrs}


def _changed(record: Record) -> Image:
    """The former values of the columns that were changed."""
    state = inspect(record)
    return {column.key: getattr(record, column.key) for column in state.mapper.column_attrs
            if state.attrs[column.key].history.added}


def _image_before(record: Record) -> Image:
    state = inspect(record)
    image = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        image[column.key] = history.deleted[0] if history.deleted else getattr(record, column.key)
    return image

