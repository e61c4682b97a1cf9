"""What leaves the pool in a roster, by purpose; who gets it stands on the copy and in the journal."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from expertpool.accounts.permissions import Actor
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import UserProblem
from expertpool.pool import ExpertPool
from expertpool.rosters.roster import RosterRequest, export_roster, purposes, roster_table
from expertpool.storage.tables import JournalEntry

NUMBER, MOBILE, BANK = "210102197805123016", "13812345678", "6222020200112341234"
FORBIDDEN_IN_PUBLIC = {"id_number", "phone", "birth", "bank_account", "bank_name"}


@pytest.fixture
def filled(pool: ExpertPool) -> ExpertPool:
    register(pool, PersonDraft.model_validate({
        "name": "张伟", "birth": "1978-05-12", "id_kind": "resident_id", "id_number": NUMBER, "bank_account": BANK,
        "bank_name": "中国银行沈阳分行", "phones": [{"kind": "mobile", "number": MOBILE}],
        "employments": [{"employer": "东北大学"}]}))
    return pool


def text_of(path: Path) -> str:
    sheet = load_workbook(path).active
    footer = "".join(filter(None, (sheet.oddFooter.left.text, sheet.oddFooter.center.text, sheet.oddFooter.right.text)))
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell) + footer


def last(pool: ExpertPool) -> dict[str, Any]:
    with pool.read() as session:
        return dict(session.scalars(select(JournalEntry.words).where(
            JournalEntry.operation == "export roster").order_by(JournalEntry.id.desc())).first() or {})


@pytest.mark.parametrize("purpose", sorted(purposes()))
def test_what_each_purpose_lets_out(filled: ExpertPool, tmp_path: Path, purpose: str) -> None:
    full = set(purposes()[purpose]["full"])
    request = RosterRequest(purpose=purpose, receiver="沈阳市财政局 & 会计", reason="payment of fees")
    export_roster(filled, tmp_path / "名册.xlsx", request)
    text = text_of(tmp_path / "名册.xlsx")
    assert (NUMBER in text) == ("id_number" in full)
    assert (MOBILE in text) == ("phone" in full)
    assert (BANK in text) == ("bank_account" in full)
    keys = {column["key"] for column in purposes()[purpose]["columns"]}
    assert full <= keys
    if purpose in ("public", "shared"):
        assert not keys & FORBIDDEN_IN_PUBLIC


def test_a_copy_names_its_receiver_and_leads_to_its_entry(filled: ExpertPool, tmp_path: Path) -> None:
    done = export_roster(filled, tmp_path / "a.xlsx", RosterRequest(purpose="shared", receiver="大连中院"))
    text = text_of(tmp_path / "a.xlsx")
    assert text.count(done["copy"]) == 2  # head and foot
    assert "大连中院" in text
    assert last(filled)["copy"] == done["copy"]
    assert last(filled)["receiver"] == "大连中院"


def test_without_receiver_or_reason_nothing_leaves(filled: ExpertPool, tmp_path: Path) -> None:
    path, before = tmp_path / "b.xlsx", filled.state()
    for request, code in ((RosterRequest(purpose="shared", receiver=" "), "roster.receiver"),
                          (RosterRequest(purpose="finance", receiver="财务处"), "reveal.reason"),
                          (RosterRequest(purpose="unheard-of"), "roster.purpose")):
        with pytest.raises(UserProblem) as refused:
            export_roster(filled, path, request)
        assert refused.value.code == code
    assert not path.exists()
    assert filled.state() == before


def test_full_numbers_need_the_permission_to_reveal(filled: ExpertPool, tmp_path: Path) -> None:
    with ExpertPool.open(filled.database.target, actor=Actor("孙", "case_manager")) as pool:
        with pytest.raises(UserProblem) as refused:
            export_roster(pool, tmp_path / "c.xlsx", RosterRequest(purpose="finance", receiver="财务处", reason="fees"))
        assert refused.value.code == "permission.denied"
        export_roster(pool, tmp_path / "c.xlsx", RosterRequest())
    assert NUMBER not in text_of(tmp_path / "c.xlsx")


def test_a_preview_never_shows_numbers(filled: ExpertPool) -> None:
    rows = roster_table(filled, RosterRequest(purpose="finance")).rows
    assert NUMBER not in str(rows)
    assert MOBILE not in str(rows)
