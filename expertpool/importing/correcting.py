"""What a corrected row changes (更正): wrong values of the first reading are removed, corrected ones added, the rest
stays.

Values that somebody changed in the pool since the first import are treated as with any other new row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.experts.drafts import OWN, PersonDraft
from expertpool.experts.import_tables import WaitingRow
from expertpool.experts.same_person import Verdict
from expertpool.foundation.text import fold
from expertpool.importing.merging import merged
from expertpool.importing.plan import ImportPlan, PlannedRow
from expertpool.organisations.names import normalise
from expertpool.storage.records import METADATA
from expertpool.storage.transaction import Transaction

Row = PlannedRow[PersonDraft]
RowPlace = tuple[str, str, int, int]
Found = tuple[Row, int, Verdict]
Place = tuple[str, str, int]  # (sha256 of the file, sheet, row)
BY_ROW = Verdict("same", ("row",))
_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "employments": lambda job: normalise(job.employer),
    "phones": lambda phone: phone.number,
    "specialties": fold,
    "fields_": lambda entry: entry.code,
    "roles": lambda role: (role.role, role.start, role.end),
    "licences": lambda licence: licence.number,
    "interests": lambda interest: (interest.kind, interest.name, interest.unit),
    "achievements": lambda entry: entry.text,
}


def after_row(known: PersonDraft, row: Row) -> PersonDraft:
    """The known person completed by the row; equal to ``known`` if the row says nothing new."""
    new = row.draft
    if new is None:
        return known
    earlier = earlier_drafts(row) if row.match and row.match.by_row else []
    return corrected(known, earlier, new) if earlier else merged(known, new)


def earlier_drafts(row: Row) -> list[PersonDraft]:
    """What a row of a correction said in earlier readings, where it named somebody."""
    sheet = row.sheet_of
    said = (sheet.reader.read(record, sheet.columns, sheet.hidden)[0] for record in row.earlier)
    return [sheet.reader.draft(one) for one in said if one is not None]


def corrected(known: PersonDraft, earlier: Sequence[PersonDraft], new: PersonDraft) -> PersonDraft:
    """``known`` changed by the difference between the earlier readings of a row and the present one."""
    gone, come = known.model_copy(), PersonDraft(name=new.name)
    for name in OWN:
        before, after = [getattr(draft, name) for draft in earlier], getattr(new, name)
        if name == "more":
            gone.more = {key: value for key, value in known.more.items()
                         if value == new.more.get(key) or value not in [more.get(key) for more in before]}
            come.more = {key: value for key, value in after.items()
                         if any(more.get(key) != value for more in before)}
        elif any(value != after for value in before):
            if getattr(known, name) in before:
                setattr(gone, name, after)
            setattr(come, name, after)
    for name, key in _KEYS.items():
        gone_list, come_list = _lists(getattr(known, name), [getattr(draft, name) for draft in earlier],
                                      getattr(new, name), key, name == "employments")
        setattr(gone, name, gone_list)
        setattr(come, name, come_list)
    return _with_main(known, merged(gone, come))


def _lists(known: Sequence[Any], earlier: Sequence[Sequence[Any]], new: Sequence[Any], key: Callable[[Any], Any],
           keep_changed: bool) -> tuple[list[Any], list[Any]]:
    """The entries of a list that stay, and those that the correction adds. Changed entries are replaced unless
    ``keep_changed``."""
    said = [{key(entry): entry for entry in entries} for entries in earlier]
    now = {key(entry): entry for entry in new}
    come = {mark: entry for mark, entry in now.items() if any(before.get(mark) != entry for before in said)}

    def stays(mark: Any) -> bool:
        if not any(mark in before for before in said):
            return True
        return mark in now and (keep_changed or mark not in come or not all(mark in before for before in said))

    return [entry for entry in known if stays(key(entry))], list(come.values())


def _with_main(known: PersonDraft, after: PersonDraft) -> PersonDraft:
    """Give a person whose main field was corrected away a main field again."""
    fields = after.fields_
    if fields and any(one.main for one in known.fields_) and not any(one.main for one in fields):
        main = next((one for one in fields if one not in known.fields_), fields[0])
        rest = [one for one in fields if one is not main]
        return after.model_copy(update={"fields_": [main.model_copy(update={"main": True}), *rest]})
    return after


def with_returned(session: Session, plan: ImportPlan[PersonDraft], matched: Sequence[Found]) -> Sequence[Found]:
    """The rows with the people they are, or may be; rows of a correction are matched to the people that the first
    import made of them."""
    if not any(sheet.returned for file in plan.files for sheet in file.sheets):
        return matched
    known = _people_of_rows(session, plan)
    found = [one for one in matched if one[0].place not in known]
    for row in plan.rows():
        if row.said is None:
            continue
        if row.place in known:
            found.append((row, known[row.place], BY_ROW))
        elif row.match and row.match.place in known:  # the same as an earlier row of the correction
            verdict = Verdict("same" if row.match.sure else "perhaps", row.match.keys)
            found.append((row, known[row.match.place], verdict))
    return found


def _people_of_rows(session: Session, plan: ImportPlan[PersonDraft]) -> dict[RowPlace, int]:
    """Place of each row of a correction → the person that an import made of, or updated by, that very row."""
    rows = [row for row in plan.rows() if row.earlier]
    people = _written(session, {row.sheet_of.returned.sha256 for row in rows if row.sheet_of.returned})
    found = {}
    for row in rows:
        returned = row.sheet_of.returned
        near = people.get((returned.sha256, row.sheet, row.row), {}) if returned else {}
        names = {fold(draft.name) for draft in earlier_drafts(row)} | ({fold(row.draft.name)} if row.draft else set())
        fitting = [person for person, name in near.items() if fold(name) in names]
        if len(fitting) == 1:  # two people read from one row are told apart by their values, like all others
            found[row.place] = fitting[0]
    return found


def _written(session: Session, files: Iterable[str]) -> dict[Place, dict[int, str]]:
    """Rows of these files (sha256) → the people they were written to, with their names."""
    wanted = set(files)
    source, person = METADATA.tables["valuesource"].c, METADATA.tables["person"].c
    found: dict[Place, dict[int, str]] = {}
    batch = METADATA.tables["importbatch"].c
    for at, entries in session.execute(select(batch.id, batch.files).where(batch.undone.is_(False))).all():
        marks = {entry["file"]: entry["sha256"] for entry in entries if entry.get("sha256") in wanted}
        if not marks:
            continue
        query = select(source.file, source.sheet, source.row, person.id, person.name).join_from(
            METADATA.tables["valuesource"], METADATA.tables["person"], person.id == source.person_id).where(
            source.batch_id == at, person.state != "merged")
        for file, sheet, row, number, name in session.execute(query):
            if file in marks:
                found.setdefault((marks[file], sheet, row), {})[number] = name
    return found


def replace_waiting(transaction: Transaction, rows: Iterable[Row]) -> None:
    """Drop rows waiting for an answer that now come corrected: the corrected rows are decided, or wait, instead."""
    corrected_rows = {row.place: row for row in rows if row.earlier}
    if not corrected_rows:
        return
    table = METADATA.tables["waitingrow"].c
    waiting = transaction.session.execute(select(
        table.id, table.draft, table.file, table.sheet, table.row, table.slot).where(table.state == "waiting"))
    gone = []
    for number, said, *place in waiting:
        row = corrected_rows.get((place[0], place[1], place[2], place[3]))
        if row is not None and row.draft is not None and row.draft.model_dump(exclude_defaults=True) != said and any(
                draft.model_dump(exclude_defaults=True) == said for draft in earlier_drafts(row)):
            gone.append(int(number))
    transaction.update_many(WaitingRow, {number: {"state": "dropped", "answer": "corrected"} for number in gone})
