"""Who is the same person: what the machine may decide alone, and what a person must look at."""

import pytest

from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, PhoneDraft
from expertpool.importing.duplicates import Identity, IdentityIndex, identity_of, judge
from expertpool.importing.merging import merged

ID = "11010519491231002X"
OTHER = "210102197805123016"


@pytest.mark.parametrize(("one", "other", "kind"), [
    (Identity("王新宇", ID), Identity("王新宇", ID), "same"),
    (Identity("王新宇", ID), Identity("王新雨", ID), "same"),
    (Identity("王新宇", ID), Identity("王新宇", OTHER), "different"),
    (Identity("王新宇", phones=frozenset({"13800000001"})), Identity("王新宇", phones=frozenset({"13800000001"})),
     "same"),
    (Identity("王新宇", birth="1978-05", units=frozenset({"浑河理工大学"})),
     Identity("王新宇", birth="1978-05-12", units=frozenset({"浑河理工大学"})), "same"),
    (Identity("王新宇", birth="1978", units=frozenset({"浑河理工大学"})),
     Identity("王新宇", birth="1978-05", units=frozenset({"浑河理工大学"})), "perhaps"),
    (Identity("王新宇", birth="1978-05", units=frozenset({"浑河理工大学"})),
     Identity("王新宇", birth="1979-05", units=frozenset({"浑河理工大学"})), "different"),
    (Identity("王新宇", units=frozenset({"浑河理工大学"})), Identity("王新宇", units=frozenset({"浑河理工大学"})),
     "perhaps"),
    (Identity("王新宇"), Identity("王新宇"), "perhaps"),
    (Identity("王新宇", ID), Identity("王新宇", birth="1990"), "different"),
    (Identity("王新宇", phones=frozenset({"13800000001"})), Identity("李娜", phones=frozenset({"13800000001"})),
     "different"),
])
def test_judgement(one: Identity, other: Identity, kind: str) -> None:
    assert judge(one, other).kind == kind
    assert judge(other, one).kind == kind


def test_the_index_prefers_what_is_sure() -> None:
    index = IdentityIndex()
    index.add(1, Identity("王新宇", units=frozenset({"浑河理工大学"})))
    index.add(2, Identity("王新宇", ID, units=frozenset({"另一单位"})))
    key, verdict = index.best(Identity("王新宇", ID, units=frozenset({"浑河理工大学"})))
    assert (key, verdict.kind) == (2, "same")


def person(**values: object) -> PersonDraft:
    return PersonDraft(**{"name": "王新宇", **values})


def test_merging_the_same_row_twice_changes_nothing() -> None:
    known = person(birth="1978-05", phones=[PhoneDraft(number="13800000001")], specialties=["机器人"],
                   employments=[EmploymentDraft(employer="浑河理工大学", position="副教授")],
                   fields_=[FieldDraft(code="B62D", main=True)])
    assert merged(known, known) == known


def test_merging_fills_gaps_and_loses_nothing() -> None:
    known = person(birth="1978-05-12", title="副教授", employments=[EmploymentDraft(employer="浑河理工大学")])
    new = person(birth="1978", title="教授", email="a@example.cn",
                 employments=[EmploymentDraft(employer="棋盘山研究院")])
    after = merged(known, new)
    assert (after.birth, after.title, after.email) == ("1978-05-12", "教授", "a@example.cn")
    assert [(job.employer, job.current) for job in after.employments] == [
        ("棋盘山研究院", True), ("浑河理工大学", False)]
    assert merged(after, new) == after


def test_identity_of_a_draft_takes_mobiles_only() -> None:
    draft = person(phones=[PhoneDraft(kind="work", number="024-12345678"), PhoneDraft(number="13800000001")])
    assert identity_of(draft).phones == {"13800000001"}
