"""Property: whatever small pool goes out into the pool workbook comes in again, whole and once."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from expertpool.cases.docket import enter
from expertpool.cases.drafts import AgentDraft, CaseDraft, CaseFieldDraft, PartyDraft, PatentDraft
from expertpool.experts.drafts import (
    EmploymentDraft,
    FieldDraft,
    InterestDraft,
    PersonDraft,
    PhoneDraft,
    RoleDraft,
    UnavailabilityDraft,
)
from expertpool.experts.register import register_many
from expertpool.pool import ExpertPool
from expertpool.rules.vocabulary import words
from expertpool.spreadsheets.reading import read_workbook
from expertpool.workbook.workbook import export_pool, import_pool
from tests.seeds import examples

TEXTS = st.text("安柏陈·、；;“”'=+-@[]{}aZ01 ㊀𠮷\n", max_size=12).map(str.strip)
NAMES = st.text("安柏陈丁欧阳𠮷", min_size=2, max_size=3)
UNITS = st.sampled_from(["浑河理工大学", "云岭机器人股份有限公司", "棋盘山农业科学研究院"])
DATES = st.sampled_from(["", "2024", "2024-05", "2024-05-31"])


def code(kind: str) -> Any:
    return st.sampled_from([word.code for word in words(kind)])


PEOPLE = st.builds(
    PersonDraft, name=NAMES, former_name=TEXTS, birth=DATES, title=TEXTS, experience=TEXTS,
    education=code("education"), party=code("party"), case_cap=st.none() | st.integers(0, 9),
    id_number=st.sampled_from(["", "210199197805123014"]), more=st.dictionaries(TEXTS, TEXTS, max_size=2),
    phones=st.lists(st.builds(PhoneDraft, kind=code("phone_kind"), number=st.sampled_from(
        ["13800000001", "13800000002", "024-80000001"])), max_size=3),
    roles=st.lists(st.builds(RoleDraft, role=code("role"), start=DATES, end=DATES, term_text=TEXTS), max_size=2),
    employments=st.lists(st.builds(EmploymentDraft, employer=UNITS, department=TEXTS, current=st.booleans(),
                                   end=DATES), max_size=2),
    fields_=st.lists(st.builds(FieldDraft, code=st.sampled_from(["T01", "W12", "G05B 19/418"]),
                               main=st.booleans()), max_size=2),
    specialties=st.lists(TEXTS.filter(bool), max_size=3),
    interests=st.lists(st.builds(InterestDraft, kind=code("interest"), relation=code("relation"), name=TEXTS,
                                 unit=st.just("") | UNITS, unlisted=st.booleans(), start=DATES), max_size=2),
    unavailable=st.lists(st.builds(UnavailabilityDraft, start=DATES, reason=code("unavailability")), max_size=2))
PARTIES = st.builds(
    PartyDraft, side=code("party_side"), name=UNITS, kind=code("party_kind"), legal_representative=TEXTS,
    agents=st.lists(st.builds(AgentDraft, name=TEXTS, kind=code("agent_kind"), firm=st.just("") | UNITS), max_size=2))
PATENTS = st.builds(PatentDraft, number=TEXTS, title=TEXTS, ipc=st.lists(TEXTS, max_size=2),
                    inventors=st.lists(TEXTS, max_size=3))


def cases(numbers: list[str]) -> Any:
    return st.tuples(*(st.builds(
        CaseDraft, number=st.just(number), issue=TEXTS, cause=TEXTS, filed_on=DATES,
        people_needed=st.integers(1, 3), original_number=st.sampled_from(["", *numbers[:place]]),
        parties=st.lists(PARTIES, max_size=2, unique_by=lambda party: party.name), patents=st.lists(PATENTS, max_size=1),
        fields_=st.just([CaseFieldDraft(code="B62D")])) for place, number in enumerate(numbers)))


def content(path: Path) -> dict[str, Any]:
    return {sheet.name: sheet.rows for sheet in read_workbook(path).sheets if sheet.name != "说明"}


@examples(15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PEOPLE, max_size=3), cases(["(2025)辽01知民初1号", "(2025)辽01知民初2号", "案卷甲"]))
def test_out_and_in_again(people: list[PersonDraft], docket: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        with ExpertPool.open(here / "a.expertpool") as pool:
            with pool.write("register") as transaction:
                register_many(transaction, people)
                enter(transaction, docket)
            export_pool(pool, here / "a.xlsx", reveal_reason="核对")
            state = pool.state()
            known = import_pool(pool, here / "a.xlsx")
            assert (known["unchanged"], known["problems"], pool.state()) == (known["rows"], [], state)
        with ExpertPool.open(here / "b.expertpool") as pool:
            report = import_pool(pool, here / "a.xlsx")
            assert (report["created"], report["problems"]) == (report["rows"], [])
            export_pool(pool, here / "b.xlsx", reveal_reason="核对")
        assert content(here / "b.xlsx") == content(here / "a.xlsx")
