"""Every door out of the core, as every office: none of the known numbers comes out that the office may not see."""

import inspect
import itertools
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from expertpool.accounts.permissions import Actor, may, offices
from expertpool.assignments.opinions import attach_opinion
from expertpool.assignments.recusals import RecusalDraft, apply_for_recusal
from expertpool.assignments.service import assignment_rows
from expertpool.cases.details import case_detail
from expertpool.cases.docket import edit_case, open_case
from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.commands import frame
from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.recording import declare
from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.experts.details import person_detail
from expertpool.experts.drafts import InterestDraft, PersonDraft, PhoneDraft
from expertpool.experts.register import change_state, edit, register
from expertpool.experts.tables import Person
from expertpool.foundation.changes import Changes
from expertpool.foundation.masking import hide
from expertpool.foundation.problems import ExpectedError, UserProblem
from expertpool.importing.experts import import_experts
from expertpool.matching.appoint import appoint
from expertpool.pool import ExpertPool
from expertpool.rosters.roster import RosterRequest, purposes
from expertpool.storage.records import METADATA
from expertpool.workbook.workbook import export_pool
from tests.engines.test_no_numbers import known_numbers
from tests.engines.test_permissions import argument, found_verbs, listed

CASE = "(2026)辽01知民初1号"
# verbs whose result is what the caller asked for with a reason, or is never shown to anybody
APART = {"experts.details.reveal", "experts.details.note_reveal", "documents.personal_copy.holdings",
         "documents.personal_copy.personal_copy"}
READING = ("read", "read journal", "read opinion", "export roster", "export workbook", "restore deleted", "verify journal")
MOST = 40  # calls of one verb


@pytest.fixture
def known(pool: ExpertPool, tmp_path: Path) -> list[str]:
    """A pool with about 155 numbers in every place they can get; each number of them."""
    numbers = known_numbers()
    spare = iter([part for one in numbers[12:] for part in one])
    used: list[str] = []

    def next_(count: int = 1) -> str:
        taken = [next(spare) for _place in range(count)]
        used.extend(taken)
        return "、".join(taken)

    book = Workbook()
    book.active.append(["姓名", "身份证号码", "手机", "银行账号", "工作单位", "类别", "紧急联系电话", "配偶情况", "备注"])
    for place, (identity, phone, account) in enumerate(numbers[:12]):
        used.extend((identity, phone, account))
        book.active.append([f"王{'一二三四五六七八九十甲乙'[place]}", identity, phone, account, f"研究所{place}",
                            "技术调查官", next_(), f"李某 {next_()}", f"联系 {next_()}"])
    book.active.append(["王一", "", "", "", "研究所0", "技术调查官", "", "", f"另 {next_()}"])
    book.active.append(["赵二", next_()[:-1] + "*", "1381234567", "", "某所", "技术调查官", next_(), "", ""])
    file = tmp_path / f"名单{next_()}.xlsx"
    book.save(file)
    import_experts(pool, [file])
    with pool.read() as session:
        people = list(session.scalars(select(Person.uid).order_by(Person.id)))
    detail = person_detail(pool, people[2], revealed=True)
    edit(pool, people[2], detail.draft().model_copy(update={"remark": f"改 {next_(2)}"}), detail.version)
    change_state(pool, people[3], "suspended", f"因 {next_()}", "2026-11-01")
    register(pool, PersonDraft(name="王一", more={"紧急电话": next_(), "配偶身份证": next_()}, experience=f"历 {next_()}",
                               phones=[PhoneDraft(number="13900000000")],
                               interests=[InterestDraft(kind="relative", name="某人", detail=f"身份证{next_()}")]))
    declare(pool, people[0], DeclarationDraft(signed_on="2026-11-01", content=f"述 {next_()}", interests=[
        InterestDraft(kind="relative", name="王芳", id_number=numbers[20][0], detail=f"电话{next_()}")]))
    used.append(numbers[20][0])
    open_case(pool, CaseDraft(number=CASE, issue=f"问 {next_()}", parties=[
        PartyDraft(side="plaintiff", name="王芳", kind="person", id_number=numbers[20][0], address=f"某路 {next_()}"),
        PartyDraft(side="defendant", name=f"李某{next_()}", kind="person")]))
    for uid in (people[0], people[4], people[5]):
        with suppress(UserProblem):
            appoint(pool, CASE, uid, reason=f"核 {next_()}", override=f"批 {next_()}")
    served = assignment_rows(pool)
    opinion = tmp_path / f"意见{next_()}.pdf"
    opinion.write_bytes(b"x")
    for row in served[:1]:
        attach_opinion(pool, row.uid, opinion)
        apply_for_recusal(pool, row.uid, RecusalDraft(f"甲 {next_()}", "plaintiff", ground_code="", ground=f"由 {next_()}"))
    assert len(served) >= 1
    assert len(set(used)) > 60
    return sorted(set(used))


def values(pool: ExpertPool, folder: Path) -> dict[str, list[Any]]:
    """What a parameter of this name may be given."""
    with pool.database.read() as session:
        uids: dict[str, list[str]] = {name: list(session.scalars(select(table.c.uid).limit(6)))
                                      for name, table in METADATA.tables.items() if "uid" in table.c}
        entries = list(session.scalars(select(METADATA.tables["journalentry"].c.id)))
    people = uids["person"]
    every = [uid for name in ("person", "courtcase", "assignment", "importbatch", "recusalapplication", "attachment",
                              "organisation", "declaration") for uid in uids.get(name, [])]
    ids = array("q", range(1, 20))
    return {"uid": every, "kept_uid": people[:1], "other_uid": people[-1:], "number": [CASE, *range(1, 20)],
            "batch_uid": uids["importbatch"], "case": [CASE], "person": people, "ids": [ids, entries], "text": ["王"],
            "people": [people, list(ids)], "path": [folder / "出.xlsx", folder / "出.pdf"], "entry": entries,
            "query": [], "person_uid": people, "assignment": uids["assignment"], "wanted": [["import experts", "appoint"]],
            "numbers": [[CASE]], "state": ["suspended"], "request": [RosterRequest(purpose=one, receiver="某庭", reason="核对")
                                                                     for one in purposes()]}


def calls(verb: Callable[..., Any], given: dict[str, list[Any]], folder: Path) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Arguments for a verb, each candidate of each parameter that must be given."""
    hints = inspect.get_annotations(inspect.unwrap(verb))
    needed = [one for one in list(inspect.signature(verb).parameters.values())[1:] if one.default is one.empty and
              one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
    space = vars(inspect.getmodule(inspect.unwrap(verb)))

    def candidates(one: inspect.Parameter) -> list[Any]:
        if found := given.get(one.name):
            return found
        hint = hints.get(one.name, str)
        return [argument(eval(hint, space) if isinstance(hint, str) else hint, folder)]  # noqa: S307

    for chosen in itertools.islice(itertools.product(*map(candidates, needed)), MOST):
        yield ([value for value, one in zip(chosen, needed, strict=True) if one.kind is not one.KEYWORD_ONLY],
               {one.name: value for value, one in zip(chosen, needed, strict=True) if one.kind is one.KEYWORD_ONLY})


def said(result: Any, folder: Path) -> str:
    """Everything that a result and the files written say."""
    texts = [repr(result), str(result)]
    for file in folder.glob("出*"):
        try:
            with ZipFile(file) as package:
                texts += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        except BadZipFile:
            texts.append(file.read_bytes().decode("utf-8", "replace"))
        file.unlink()
    return "\n".join(texts)


@pytest.mark.parametrize("office", [
    one for one in offices() if one != "administrator" and not may(Actor("某人", one), "reveal")])
def test_no_verb_tells_a_number(pool: ExpertPool, known: list[str], tmp_path: Path, office: str,
                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    actor, verbs, told, made = Actor("某人", office), found_verbs(), {}, 0
    given = values(pool, tmp_path)
    pool.actor = actor
    for name, operation in listed().items():
        if operation not in READING or not may(actor, operation) or name in APART or name.startswith("pool."):
            continue
        for arguments, named in calls(verbs[name], given, tmp_path):
            try:
                result = verbs[name](pool, *arguments, **named)
                if hasattr(result, "__enter__") or inspect.isgenerator(result) or isinstance(result, Changes):
                    continue
                text = said(result, tmp_path)
                made += 1
            except ExpectedError as error:
                text = hide(error.text)  # a sentence quotes what was asked for; the doors to the screen hide it
            except Exception:  # an argument of the wrong kind
                continue
            if found := [number for number in known if number in text]:
                told[name] = found[:3]
    assert told == {}
    assert made > 60


def test_whoever_may_see_them_does(pool: ExpertPool, known: list[str]) -> None:
    assert sum(number in repr(case_detail(pool, CASE)) for number in known) >= 2
    with pool.read() as session:
        people = list(session.scalars(select(Person.uid)))
    shown = "".join(repr(person_detail(pool, uid, revealed=True)) for uid in people)
    assert sum(number in shown for number in known) > 50
    hidden = "".join(repr(person_detail(pool, uid)) for uid in people)
    assert [number for number in known if number in hidden] == []


def test_the_workbook_without_a_reason(pool: ExpertPool, known: list[str], tmp_path: Path) -> None:
    """And read in again it changes nothing."""
    from expertpool.workbook.workbook import import_pool

    export_pool(pool, tmp_path / "出.xlsx")
    before = {uid: person_detail(pool, uid, revealed=True).values for uid in _people(pool)}
    report = import_pool(pool, tmp_path / "出.xlsx")
    after = {uid: person_detail(pool, uid, revealed=True).values for uid in before}
    stamps = ("changed_at",)
    for uid, values_ in before.items():
        assert {k: v for k, v in after[uid].items() if k not in stamps} == {
            k: v for k, v in values_.items() if k not in stamps}
    assert report["updated"] == 0
    assert [number for number in known if number in said("", tmp_path)] == []


def _people(pool: ExpertPool) -> list[str]:
    with pool.read() as session:
        return list(session.scalars(select(Person.uid)))


def test_saving_a_case_that_was_shown_hidden_keeps_its_numbers(pool: ExpertPool, known: list[str]) -> None:
    full = case_detail(pool, CASE)
    pool.actor = Actor("案管", "case_manager")
    shown = case_detail(pool, CASE)
    assert shown.parties[0]["id_number"] != full.parties[0]["id_number"]
    edit_case(pool, shown.uid, shown.draft().model_copy(update={"judge": "某法官"}), shown.version)
    pool.actor = Actor("王主任")
    kept = case_detail(pool, CASE)
    assert kept.values["judge"] == "某法官"
    assert kept.parties == full.parties
    assert kept.values["issue"] == full.values["issue"]


# -- searching
def test_numbers_are_looked_up_whole_and_counted(pool: ExpertPool, known: list[str]) -> None:
    from expertpool.accounts.passwords import shipped

    identity, phone, _account = known_numbers()[0]
    most = shipped()["number_searches"]["per_hour"]
    pool.actor = Actor("读者", "reader")
    assert not people_ids(pool, PeopleQuery(search=phone[-4:]))
    assert not people_ids(pool, PeopleQuery(search=phone[-6:]))
    assert len(people_ids(pool, PeopleQuery(search=phone))) == 1
    assert len(people_ids(pool, PeopleQuery(search=identity))) == 1
    for again in range(most - 2):
        people_ids(pool, PeopleQuery(search=f"139{again:08}"))
        people_ids(pool, PeopleQuery(search=phone))  # the same again counts once
    with pytest.raises(UserProblem) as refused:
        people_ids(pool, PeopleQuery(search="13700000001"))
    assert refused.value.code == "search.numbers"
    assert len(people_ids(pool, PeopleQuery(search="王"))) > 5
    with ExpertPool.open(pool.database.target, actor=Actor("读者", "reader")) as another, pytest.raises(UserProblem):
        people_ids(another, PeopleQuery(search="13700000002"))
    entry = METADATA.tables["journalentry"].c
    with pool.database.read() as session:
        noted = session.execute(select(entry.actor, entry.words).where(entry.operation == "search number")).all()
    assert len(noted) == most
    assert not any(number in repr(noted) for number in (identity, phone))


def test_whoever_may_reveal_is_noted_once(pool: ExpertPool, known: list[str]) -> None:
    phone = known_numbers()[0][1]
    pool.actor = Actor("库管", "register_keeper")
    for tail in (phone[-4:], phone[-6:], phone, known_numbers()[1][1]):
        assert people_ids(pool, PeopleQuery(search=tail))
    entry = METADATA.tables["journalentry"].c
    with pool.database.read() as session:
        assert len(session.execute(select(entry.id).where(entry.operation == "search number")).all()) == 1


# -- the command line
@pytest.mark.parametrize("arguments", [
    ("cases", "show", CASE), ("cases", "list"), ("experts", "list"), ("assignments", "list"), ("recusals", "list"),
    ("alerts", "list"), ("dismissals", "list"), ("opinions", "list"), ("import", "batches"), ("journal", "list"),
    ("declarations", "due"), ("organisations", "list"), ("check", CASE), ("match", CASE), ("people", "numbers-due")])
def test_no_command_tells_a_number(pool: ExpertPool, pool_target: str, known: list[str], arguments: tuple[str, ...],
                                   capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from expertpool.cli import run

    monkeypatch.setattr("expertpool.pool.first_actor", lambda _database: Actor("督", "supervisor"))
    try:
        for more in (("--json",), ("--jsonl",), ()):
            run(["--language", "en", "--database", pool_target, *arguments, *more])
        said_ = "".join(capsys.readouterr())
    finally:
        frame.SETTINGS.in_full = True
    assert said_
    assert [number for number in known if number in said_] == []
