"""What court papers say: every paper of the core on both engines, and the same papers as text on the command line."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from expertpool.assignments.recusal_rows import recusal_rows
from expertpool.assignments.recusals import RecusalDraft, apply_for_recusal, decide_recusal
from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft, PatentDraft
from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from expertpool.documents.answer_sheet import answer_sheet
from expertpool.documents.check_sheet import appointment_sheet, person_sheet
from expertpool.documents.declaration_paper import declaration_paper
from expertpool.documents.journal_digest import digest_paper
from expertpool.documents.paper import (
    Code,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Signature,
    Signatures,
    Span,
    Steps,
    Table,
    Text,
)
from expertpool.documents.paper_text import paper_text
from expertpool.documents.personal_copy import personal_copy
from expertpool.documents.recovery import recovery_sheet
from expertpool.documents.recusal import decision_of, load_file, recusal_decision, recusal_register
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, InterestDraft, PersonDraft, RoleDraft
from expertpool.experts.register import register
from expertpool.foundation.language import set_language
from expertpool.foundation.problems import UserProblem
from expertpool.matching.appoint import appoint
from expertpool.matching.ranking import rank
from expertpool.pool import ExpertPool
from expertpool.rules.book import LawSource
from expertpool.safekeeping.journal_keeping import journal_digest
from expertpool.safekeeping.key_keeping import key_state

NUMBER = "(2026)辽01知民初418号"
PLAINTIFF, DEFENDANT, HOSTILE = "沈阳步云机器人有限公司", "沈阳云岭机器人股份有限公司", "收受<b>礼金</b>&amp;"
TERM = RoleDraft(role="technical_investigator", start="2024-03-01", end="2028-02-28")


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    before = dict(vars(SETTINGS))
    yield
    vars(SETTINGS).update(before)


@pytest.fixture
def filled(pool: ExpertPool) -> ExpertPool:
    pool.set_setting("court", {"name": "沈阳市中级人民法院"})
    for name, employer in (("王新宇", "浑河示例大学"), ("何佳", "浑河示例大学"), ("陈立", DEFENDANT), ("周步云", "示例研究院")):
        register(pool, PersonDraft(
            name=name, employments=[EmploymentDraft(employer=employer)], roles=[TERM],
            fields_=[FieldDraft(code="B62D", main=True)], specialties=["移动机器人"],
            interests=[InterestDraft(kind="holding", unit="东软示例股份有限公司")] if name == "何佳" else []))
    open_case(pool, CaseDraft(
        number=NUMBER, cause="侵害发明专利权纠纷", filed_on="2026-09-01", judge="张某", people_needed=2,
        issue="移动机器人的步态控制", parties=[PartyDraft(side="plaintiff", name=PLAINTIFF),
                                     PartyDraft(side="defendant", name=DEFENDANT)],
        patents=[PatentDraft(number="201910123456.7", ipc=["B62D 57/032"], inventors=["周步云"])]))
    return pool


def uids(pool: ExpertPool) -> dict[str, str]:
    ranking = rank(pool, NUMBER)
    return {one.name: one.uid for one in (*ranking.candidates, *ranking.to_verify, *ranking.excluded)}


def served(pool: ExpertPool) -> str:
    """王新宇 is appointed; uid of the assignment."""
    appoint(pool, NUMBER, uids(pool)["王新宇"])
    return str(case_assignments(pool)[0].uid)


def case_assignments(pool: ExpertPool) -> Any:
    return assignment_rows(pool, case=case_detail(pool, NUMBER).uid)


def challenged(pool: ExpertPool) -> str:
    """The defendant asks that 王新宇 step aside; uid of the application."""
    apply_for_recusal(pool, served(pool), RecusalDraft(
        applicant=DEFENDANT, side="defendant", ground_code="gifts", ground=HOSTILE, received_on="2026-11-22"))
    return str(recusal_rows(pool)[0].uid)


def facts(paper: Paper) -> dict[str, str]:
    """All labels and values of a paper."""
    return {name: value for block in paper.blocks if isinstance(block, Facts) for name, value in block.rows}


def headings(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


def test_the_sheet_of_an_appointment_names_every_rule_and_its_fingerprint(filled: ExpertPool) -> None:
    paper = appointment_sheet(filled, served(filled))
    assert (paper.court, paper.number) == ("沈阳市中级人民法院", NUMBER)
    assert facts(paper)["Expert"] == "王新宇 · 浑河示例大学"
    assert "agrees" in facts(paper)["Fingerprint"]
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    first = [row[0][0] for row in table.rows]
    assert {Span("R1", "strong"), Span("R12", "strong"), Span("E-TERM", "strong")} <= set(first)
    assert "nothing found" in paper_text(paper)


def test_the_sheet_of_a_person_tells_what_bars_and_on_which_fact(filled: ExpertPool) -> None:
    paper = person_sheet(filled, NUMBER, uids(filled)["陈立"])
    said = paper_text(paper)
    assert "1 forbid" in headings(paper)[0]
    assert "R2 " in said
    assert f"“{DEFENDANT}”" in said
    assert "nothing is stored" in facts(paper)["Fingerprint"]
    with pytest.raises(UserProblem):
        person_sheet(filled, NUMBER, "unknown")


def test_the_sheet_of_an_answer_has_three_lists(filled: ExpertPool) -> None:
    ranking = rank(filled, NUMBER)
    paper = answer_sheet(filled, ranking, case_detail(filled, NUMBER))
    assert paper.title == f"Check sheet {NUMBER}"
    assert headings(paper) == ["May serve 2", "To verify 1", "May not serve 1"]
    fit, doubtful, barred = (block for block in paper.blocks if isinstance(block, Table))
    assert [row[0] for row in fit.rows] == ["1", "2"]
    assert "[to verify]" in doubtful.rows[0][2]
    assert barred.rows[0][1] == f"陈立，{DEFENDANT}"
    assert "[forbidden]" in barred.rows[0][2]
    none = answer_sheet(filled, replace(ranking, candidates=[]), case_detail(filled, NUMBER))
    assert Table((), (("Nobody",),)) in none.blocks


def test_the_register_form_holds_what_was_asked_and_decided(filled: ExpertPool) -> None:
    uid = challenged(filled)
    before = facts(recusal_register(filled, uid))
    assert before["Ground"].endswith(HOSTILE)
    assert before["Suspended from"] == "2026-11-22"
    assert before["Decided by"] == ""
    decide_recusal(filled, uid, "dismissed", by="审判长 张某", reason="查无实据", on="2026-11-22")
    after = facts(recusal_register(filled, uid))
    assert (after["Decided by"], after["Reasons"]) == ("审判长 张某", "查无实据")
    assert "2026-11-22" in after["Decision"]
    with pytest.raises(UserProblem):
        recusal_register(filled, "unknown")


def test_the_decision_is_a_letter_in_the_words_of_the_court(filled: ExpertPool) -> None:
    uid = challenged(filled)
    decide_recusal(filled, uid, "granted", by="审判长 张某", reason="属实", on="2026-11-22")
    set_language("zh_CN")
    paper = recusal_decision(filled, uid)
    assert (paper.look, paper.title, paper.court) == ("letter", "回避决定书", "沈阳市中级人民法院")
    assert paper.blocks[-1] == Text("审判长 张某\n二〇二六年十一月二十二日\n（院印）", "right")
    said = paper_text(paper)
    for part in (HOSTILE, "2026年11月22日", "属实", NUMBER):
        assert part in said
    assert "&lt;" not in said


def test_the_provision_on_deciding_is_that_of_the_day_of_the_application(filled: ExpertPool) -> None:
    uid = challenged(filled)
    decide_recusal(filled, uid, "dismissed", by="审判长 张某", reason="查无实据", on="2026-11-22")
    rules, file = filled.rules, load_file(filled, uid)
    rule = rules.rule("D-RECUSAL")
    later = replace(rule, valid_from="2026-11-23", source=LawSource("新法", "the new law"), sources={})
    changed = replace(rules, rules=(*(replace(one, valid_to="2026-11-22") if one.id == rule.id else one
                                      for one in rules.rules), later))
    assert "the new law" not in paper_text(decision_of(file, changed))
    next_day = replace(file, application=replace(file.application, received_on="2026-11-23"))
    assert "the new law" in paper_text(decision_of(next_day, changed))


def test_the_digest_paper_has_the_code_of_now_and_room_to_sign(filled: ExpertPool) -> None:
    paper = digest_paper(filled)
    assert Code(journal_digest(filled).code) in paper.blocks
    assert facts(paper)["Court"] == "沈阳市中级人民法院"
    assert isinstance(paper.blocks[-1], Signatures)


def test_the_recovery_paper_counts_as_printed(filled: ExpertPool) -> None:
    paper = recovery_sheet(filled)
    (code,) = (block.text for block in paper.blocks if isinstance(block, Code))
    assert len(code.replace(" ", "")) == 40
    assert facts(paper)["Key"] == filled.database.vault.id
    assert any(isinstance(block, Steps) for block in paper.blocks)
    assert key_state(filled).printed


def test_the_personal_copy_says_everything_in_words(filled: ExpertPool) -> None:
    paper = personal_copy(filled, uids(filled)["何佳"], "本人申请")
    assert headings(paper)[0] == "Personal details"
    said = paper_text(paper)
    for part in ("东软示例股份有限公司", "浑河示例大学", "本人申请", "Entered in the pool"):
        assert part in said
    assert "created_at" not in said


def test_the_declaration_has_a_page_and_a_number_for_each_person(filled: ExpertPool) -> None:
    people = uids(filled)
    paper = declaration_paper(filled, [people["何佳"], people["陈立"]], NUMBER)
    assert [type(block) for block in paper.blocks].count(PageBreak) == 1
    said = paper_text(paper)
    for part in ("姓名：何佳", "姓名：陈立", people["陈立"].upper(), NUMBER, PLAINTIFF, "声明人签名"):
        assert part in said
    yearly = declaration_paper(filled, [people["何佳"]])
    (tables, ticked) = ([block for block in yearly.blocks if isinstance(block, Table)], paper_text(yearly))
    assert any("东软示例股份有限公司" in row for table in tables for row in table.rows)
    assert "☑有" in ticked


def test_a_paper_as_text_keeps_order_lines_and_signs() -> None:
    paper = Paper("Title", (
        Heading("Section"), Text((Span("a <b>", "strong"), Span(" & c"))), Facts((("Name", "one\ntwo"), ("None", ""))),
        Table(("Head", "Other"), (("x", (Span("y\n"), Span("z", "small"))),)), Steps(("first", "second")), PageBreak(),
        Code("AB-CD"), Signatures((Signature("Signed", "Li", "__"),))), "Court", "1")
    assert paper_text(paper) == (
        "Court\nTitle\n\nSection\n\na <b> & c\n\nName  one\n    two\nNone  —\n\nHead  Other\nx  y\n    z\n\n"
        "1. first\n2. second\n\nAB-CD\n\nSigned：Li__\n")


def test_the_command_line_prints_the_same_papers(filled: ExpertPool, pool_target: str,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    assignment, person = served(filled), uids(filled)["何佳"]
    sheet = paper_text(appointment_sheet(filled, assignment))

    def call(*arguments: str) -> str:
        assert run(["--language", "en", "--database", pool_target, *arguments]) == 0
        return capsys.readouterr().out

    assert call("check", "--record", assignment).strip() == sheet.strip()
    assert "Received and locked away by" in call("vault", "paper")
    assert "Where it came from" not in (copy := call("people", "holdings", person, "--reason", "本人申请"))
    assert "Copy of what is held on a person\n\n沈阳市中级人民法院 · 何佳" in copy
    assert "Digests of the journal" in call("journal", "digest", "--weeks", "2")
