"""Updates the docket's listing and its search texts inside every writing transaction."""

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import col

from expertpool.cases.case_number import parse, search_words
from expertpool.cases.tables import Agent, CaseField, CaseListing, CourtCase, Party, Patent
from expertpool.fields.symbols import find_symbols
from expertpool.fields.tree import tree
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.text import initials, pinyin, spaced
from expertpool.storage.dialects import add_search, remove_search
from expertpool.storage.queries import chunks, one_of, table_of
from expertpool.storage.transaction import Transaction


def refresh_cases(transaction: Transaction, touched: dict[str, set[int]]) -> None:
    """Rebuild the listings of every case that the transaction changed."""
    ids = sorted(touched.get("courtcase", ()))
    for part in chunks(ids):
        _refresh(transaction, part)


def _refresh(transaction: Transaction, ids: list[int]) -> None:
    session = transaction.session
    cases = session.scalars(select(CourtCase).where(one_of(col(CourtCase.id), ids))).all()
    parts: dict[str, dict[int, list[Any]]] = {}
    for table in (Party, Agent, Patent, CaseField):
        grouped: dict[int, list[Any]] = defaultdict(list)
        columns = table_of(table).c
        for row in session.execute(select(table_of(table)).where(
                one_of(columns.court_case_id, ids)).order_by(columns.id)):
            grouped[row.court_case_id].append(row)
        parts[str(table.__tablename__)] = grouped
    rows = [_listing(case, {name: group.get(int(case.id or 0), []) for name, group in parts.items()})
            for case in cases]
    connection = session.connection()
    connection.execute(delete(CaseListing).where(one_of(col(CaseListing.court_case_id), ids)))
    if rows:
        connection.execute(insert(CaseListing), rows)
    remove_search(connection, "case", ids)
    add_search(connection, "case", [(row["court_case_id"], row["body"]) for row in rows])


def _listing(case: CourtCase, parts: dict[str, list[Any]]) -> JsonObject:
    names = [party.name for party in parts["party"]]
    people = [agent.name for agent in parts["agent"]] + [p.legal_representative for p in parts["party"]]
    firms = [agent.firm for agent in parts["agent"]]
    given = [field.code for field in sorted(parts["casefield"], key=lambda field: not field.main)]
    symbols = [symbol for patent in parts["patent"] for text in patent.ipc for symbol in find_symbols(text)]
    codes = [code for code in dict.fromkeys([*given, *symbols]) if tree().knows(code)]
    texts = [case.number, *names, *people, *firms, case.cause, case.judge, case.city, case.issue]
    words = [*search_words(parse(case.number_raw or case.number)),
             *(patent.number for patent in parts["patent"]), *(code.replace(" ", "") for code in codes)]
    sounds = [sound for name in (*names, *people) if name
              for sound in (initials(name), pinyin(name).replace(" ", ""))]
    return {
        "court_case_id": case.id, "uid": case.uid, "number": case.number,
        "sort_number": f"{case.year or 0:04d} {case.court_code} {case.type_code} {case.serial[:8]:>08}",
        "cause": case.cause, "procedure": case.procedure, "court": case.court, "city": case.city,
        "parties": "、".join(names), "fields": "|" + "|".join(codes) + "|" if codes else "",
        "filed_on": case.filed_on, "state": case.state, "people": "", "serving": 0,
        "people_needed": case.people_needed, "changed_at": case.changed_at,
        "body": " ".join([*(spaced(t) for t in texts if t), *(w.lower() for w in (*words, *sounds) if w)]),
    }
