"""Who is the same person: what the machine may decide alone, and what a person must look at."""

import pytest

from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, PhoneDraft
from expertpool.experts.duplicate_index import unit_key
from expertpool.experts.same_person import fingerprint
from expertpool.importing.duplicates import Identity, IdentityIndex, Verdict, identity_of, judge
from expertpool.importing.merging import merged
from tests.duplicates_report import HELD_OUT, IN_SAMPLE, TRUTH, Score, made_up, met_in_the_index, rosters
from tests.sample_data.duplicate_pairs import labelled

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
    (Identity("王新宇", ID), Identity("赵一", ID), "perhaps"),  # the number of somebody else in the row
    (Identity("王新宇", ID), Identity("王新宇", "110105491231002"), "same"),  # the same number before 1999
    (Identity("王新宇", ID), Identity("王新宇", "110105481231002"), "perhaps"),
    (Identity("王新宇", ID), Identity("王新宇", "110105194912310021"), "perhaps"),  # a digit wrong, as the check says
    (Identity("王新宇", ID), Identity("王新宇", "11010519491213002X"), "perhaps"),  # two neighbours in exchange
    (Identity("王新宇", ID, phones=("13800000001",)), Identity("王新宇", OTHER, phones=("13800000001",)), "different"),
    (Identity("王新宇", "110105194912310999", phones=("13800000001",)), Identity("王新宇", OTHER, phones=("13800000001",)),
     "perhaps"),
    (Identity("王新宇", units=("甲单位",)), Identity("李新宇", units=("甲单位",)), "different"),
    (Identity("张伟", birth="1978-05"), Identity("章伟", birth="1978-05-12"), "perhaps"),
    (Identity("张伟", units=("甲单位",)), Identity("章伟", units=("甲单位",)), "perhaps"),
    (Identity("张伟", phones=("13800000001",)), Identity("張偉", phones=("13800000001",)), "perhaps"),
    (Identity("张伟", units=("甲单位",)), Identity("张伟（女）", units=("甲单位",)), "perhaps"),
    (Identity("王新宇", phones=("13800000001",)), Identity("王宇", phones=("13800000001",)), "perhaps"),
    (Identity("王新宇", units=("甲单位",)), Identity("王宇", units=("甲单位",)), "different"),
    (Identity("王新宇", birth="1978-05", units=("甲单位",)), Identity("王新雨", birth="1978-05", units=("甲单位",)), "perhaps"),
    (Identity("唐珠", former_name="唐爽珠", units=("甲单位",)), Identity("唐爽珠", units=("甲单位",)), "perhaps"),
    (Identity("唐珠", former_name="唐爽珠"), Identity("唐爽珠", birth="1990"), "different"),
    (Identity("王新宇", units=("青岛理工大学",)), Identity("王新宇", units=("青岛理工大",)), "perhaps"),
    (Identity("王新宇", units=("浑河理工大学",)), Identity("王新宇", units=("浑河理工大学机械学院",)), "perhaps"),
    (Identity("王新宇", birth="1978-05", phones=("13800000001",)),
     Identity("王新宇", birth="1979-05", phones=("13800000001",)), "perhaps"),
    (Identity("王新宇", phones=("13800000001",), gender="男"), Identity("王新宇", phones=("13800000001",), gender="女"),
     "perhaps"),
    (Identity("王新宇", "G12345678", units=("甲单位",)), Identity("王新宇", "G87654321", units=("甲单位",)), "perhaps"),
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


def test_the_machine_is_sure_of_nobody_where_two_fit() -> None:
    index = IdentityIndex()
    for key in (1, 2):
        index.add(key, Identity("王新宇", phones=("13800000001",)))
    key, verdict = index.best(Identity("王新宇", phones=("13800000001",)))
    assert (key, verdict.kind) == (1, "perhaps")
    assert "several" in verdict.keys
    assert [found[0] for found in index.candidates(Identity("王新宇", phones=("13800000001",)))] == [1, 2]
    index.remove(1)
    assert index.best(Identity("王新宇", phones=("13800000001",)))[0] == 2


def test_a_pair_said_to_be_different_comes_back_only_with_another_key() -> None:
    index, row = IdentityIndex(), Identity("王新宇", units=("甲单位",))
    index.add(1, Identity("王新宇", birth="1978-05", units=("甲单位",)))
    index.answers = {fingerprint(row): {1: frozenset({"employer"})}}
    assert index.best(row)[0] is None
    index.add(1, Identity("王新宇", birth="1978-05", phones=("13800000001",), units=("甲单位",)))
    assert index.best(row)[0] is None
    index.answers = {fingerprint(row): {1: frozenset({"birth"})}}
    assert index.best(row)[0] == 1


def test_reasons_are_words() -> None:
    verdict = Verdict("perhaps", ("phone", "name_sound"))
    assert verdict.reasons == "the mobile number is the same; the names sound the same"


def test_other_names_of_a_unit_count_as_the_unit() -> None:
    aliases = {"浑河理工": "浑河理工大学"}
    assert unit_key("浑河 理工", aliases) == unit_key("浑河理工大学（退休）", aliases) == "浑河理工大学"


def test_a_fingerprint_is_that_of_the_content() -> None:
    one = Identity("王新宇", ID, phones=("13800000001", "13800000002"))
    assert fingerprint(one) == fingerprint(one._replace(phones=("13800000002", "13800000001")))
    assert fingerprint(one) != fingerprint(one._replace(birth="1949"))


def reached(score: Score) -> bool:
    """What is promised: who is merged by the machine is one person, and nearly everybody is at least proposed."""
    return score.precision >= 0.995 and score.recall >= 0.97


@pytest.mark.parametrize("seed", [IN_SAMPLE, HELD_OUT])
def test_made_up_pairs(seed: int) -> None:
    pairs = labelled(seed)
    assert len(pairs) >= 2000
    assert reached(made_up(pairs)), str(made_up(pairs))


def test_made_up_pairs_met_as_in_an_import() -> None:
    score = met_in_the_index(labelled(HELD_OUT))
    assert reached(score), str(score)


def test_the_development_rosters() -> None:
    if not TRUTH.exists():
        pytest.skip("development rosters are not beside this checkout")
    assert reached(rosters(TRUTH)), str(rosters(TRUTH))


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
    assert identity_of(draft).phones == ("13800000001",)


def test_a_right_identity_number_is_not_given_up_for_an_old_one() -> None:
    assert merged(person(id_number=ID), person(id_number="110105491231002")).id_number == ID
    assert merged(person(id_number="110105491231002"), person(id_number=ID)).id_number == ID
    assert merged(person(id_number=ID), person(id_number="110105194912310021")).id_number == ID
