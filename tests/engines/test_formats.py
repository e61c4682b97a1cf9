"""The pages in resources/formats: every key of an actual file is named there, and what they say suffices to read it."""

import hashlib
import json
import struct
import zlib
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select

from expertpool.assignments.tables import CheckRecord
from expertpool.cases.docket import case_by_number
from expertpool.checks.check import check_record, judge, person_by_uid
from expertpool.declarations.form import form_number
from expertpool.declarations.questions import form_data
from expertpool.draws.certificate import RECORD, certificate
from expertpool.foundation.places import resource
from expertpool.importing.report import MARKS
from expertpool.pool import ExpertPool
from expertpool.safekeeping.backups import back_up
from expertpool.safekeeping.journal_keeping import journal_digest
from expertpool.safekeeping.key_keeping import recovery_paper
from expertpool.storage.tables import JournalEntry
from expertpool.workbook.workbook import export_pool
from tests.engines.test_draws import drawn
from tests.engines.test_draws import filled as fill_draws
from tests.engines.test_error_workbook import came_in
from tests.engines.test_papers import NUMBER, filled, served, settings, uids

__all__ = ["filled", "settings"]
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def page(name: str) -> str:
    return resource("formats", f"{name}.md").read_text(encoding="utf-8")


def keys(value: Any) -> Iterator[str]:
    """Every key of an object, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from keys(inner)


def unnamed(value: Any, name: str) -> set[str]:
    """Keys that the page does not name."""
    text = page(name)
    return {key for key in keys(value) if f"`{key}`" not in text}


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_certificate_has_no_key_that_its_page_does_not_name(pool: ExpertPool) -> None:
    fill_draws(pool)
    content = certificate(pool, drawn(pool))
    assert unnamed(content, "draw_certificate") == set()
    assert unnamed([RECORD], "draw_certificate") == set()
    assert content["schema"] in page("draw_certificate")
    assert content["record"]["schema"] in page("draw_certificate")
    assert unnamed({"planted": 1}, "draw_certificate") == {"planted"}


def test_a_check_record_is_verified_by_its_page(filled: ExpertPool) -> None:
    served(filled)
    with filled.read() as session:
        (stored,) = session.scalars(select(CheckRecord)).all()
        kept = [dict(stored.facts), list(stored.findings), list(stored.overrides), stored.rules_version, stored.role]
        assert hashlib.sha256(canonical(kept)).hexdigest() == stored.fingerprint
        case, person = case_by_number(session, NUMBER), person_by_uid(session, uids(filled)["陈立"])
        facts, case_facts, hits = judge(session, filled.rules, case, person, "technical_investigator")
        answer = {"rules": ["R2"], "keys": [], "level": "block", "reason": "", "by": "", "office": "", "at": ""}
        live = check_record(facts, case_facts, hits, filled.rules, "technical_investigator", [answer])
    assert live.findings
    assert unnamed([{name: 0 for name in ("role", "checked_at", "rules_version", "fingerprint")}, live.facts,
                    [{**row, "parameters": {}, "liftable": True, "dismissed": ""} for row in live.findings],
                    live.overrides], "check_record") == set()
    from dataclasses import fields

    from expertpool.checks import facts as shapes

    named = {field.name for shape in vars(shapes).values() if isinstance(shape, type) for field in fields(shape)}
    assert unnamed(dict.fromkeys(named), "check_record") == set()


def test_the_code_of_the_journal_is_made_again_by_its_page(filled: ExpertPool) -> None:
    digest = journal_digest(filled)
    with filled.read() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert entry is not None
        kept = ("at", "actor", "operation", "words", "undoes_id", "changes_hash", "previous_hash")
        assert hashlib.sha256(canonical({name: getattr(entry, name) for name in kept})).hexdigest() == entry.hash
        number, sealed = int(entry.id or 0), hashlib.sha256(f"expertpool journal {entry.id} {entry.hash}".encode()).digest()

    def signs(value: int, size: int) -> str:
        return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(size)))

    code = signs(number, 6) + signs(int.from_bytes(sealed[:10], "big"), 16)
    code += signs(sum(place * (ALPHABET.index(sign) + 1) for place, sign in enumerate(code, 1)) % 1021, 2)
    assert digest.code.replace("-", "") == code
    assert unnamed({name: 0 for name in (*kept, "hash", "code", "entry", "at", "week")}, "journal_digest") == set()


def test_a_backup_is_read_with_the_recovery_code_by_its_page(filled: ExpertPool, tmp_path: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERTPOOL_BACKUPS", str(tmp_path / "backups"))
    made = back_up(filled)
    data = made.path.read_bytes()
    magic = b"ExpertPool backup 1\n"
    assert data.startswith(magic)
    at = len(magic)
    (size,) = struct.unpack_from(">I", data, at)
    spelled = data[at + 4:at + 4 + size]
    head = json.loads(spelled)
    assert unnamed(head, "backup") == set()
    recovery, code = head["key"]["recovery"], recovery_paper(filled).code
    locked, salt = b64decode(recovery["sealed"]), b64decode(recovery["salt"])
    key = HKDF(SHA256(), 32, salt, b"expertpool recovery").derive(code.replace("-", "").encode())
    master = AESGCM(key).decrypt(locked[:12], locked[12:], b"master")
    contents = AESGCM(HKDF(SHA256(), 32, None, b"expertpool contents").derive(master))
    at, number, stream = at + 4 + size, 0, b""
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        piece, at = data[at + 4:at + 4 + size], at + 4 + size
        bound = f"backup {hashlib.sha256(spelled).hexdigest()} {number} {'last' if at == len(data) else 'more'}"
        stream, number = stream + contents.decrypt(piece[:12], piece[12:], bound.encode()), number + 1
    lines = [json.loads(line) for line in zlib.decompress(stream).splitlines()]
    first, last = lines[0], lines[-1]
    assert first["format"] == 1
    assert last["counts"]["person"] == 4
    assert unnamed([first, {key: 0 for line in lines[1:-1] if isinstance(line, dict) for key in line},
                    dict.fromkeys(last)], "backup") == set()


def test_every_sheet_of_the_workbook_stands_on_its_page(filled: ExpertPool, tmp_path: Path) -> None:
    path = tmp_path / "pool.xlsx"
    counts = export_pool(filled, path)
    assert unnamed(counts, "pool_workbook") == set()
    book = openpyxl.load_workbook(path, read_only=True)
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    first = [cell for row in book.worksheets[0].iter_rows(max_row=3, values_only=True) for cell in row if cell]
    book.close()
    text = page("pool_workbook")
    assert [name for name in shown if name not in text] == []
    assert any("格式版本 1" in str(cell) for cell in first)
    kinds = {column.kind for kind in sheet_kinds() for column in kind.columns}
    assert unnamed(dict.fromkeys(kinds), "pool_workbook") == set()


def sheet_kinds() -> Any:
    from expertpool.workbook.sheets import sheets

    return sheets()


def test_the_number_of_a_form_is_made_by_its_page() -> None:
    uid = "01a22fcc-a043-7955-a2d1-22cc3b7cd57b"
    bound = hashlib.sha256(f"{uid}|{NUMBER}".encode()).hexdigest()[:6]
    assert form_number(uid, NUMBER) == f"{uid}-{bound}".upper()
    data = form_data()
    assert unnamed([dict.fromkeys(data["fields"]), *(dict.fromkeys(one) for one in data["questions"]),
                    *(column for one in data["questions"] for column in one["columns"])], "declaration_form") == set()
    text = page("declaration_form")
    assert [words for words in data["labels"].values() if words not in text and words != data["labels"]["court"]] == []


def test_the_marks_of_an_error_workbook_stand_on_its_page(pool: ExpertPool, tmp_path: Path) -> None:
    came_in(pool, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "错误表.xlsx")
    marks = [[str(cell) for cell in row if cell is not None] for row in book[MARKS].iter_rows(values_only=True)]
    marks = [line for line in marks if line]
    text = page("error_workbook")
    assert marks[0][:2] == ["expertpool error workbook", "1"]
    assert all(f"`{part}`" in text for part in (MARKS, *marks[0][:3], *{line[0] for line in marks[1:]}))
    table, row = (next(line for line in marks if line[0] == kind) for kind in ("table", "row"))
    assert unnamed([json.loads("".join(table[3:])), dict.fromkeys(json.loads("".join(row[2:])))],
                   "error_workbook") == set()
