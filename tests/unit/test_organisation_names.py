"""Names of units: one spelling, and which pairs are the same, perhaps the same, or not."""

import pytest

from expertpool.experts.organisation_names import normalise, parts, similar

PAIRS = [
    ("云岭（沈阳）科技有限公司", "云岭(沈阳) 科技有限公司", "same", "spelling"),
    ("云岭沈阳科技有限公司", "云岭（沈阳）科技有限公司", "same", "spelling"),
    ("沈阳云岭机器人有限公司", "沈阳云岭机器人有限责任公司", "same", "form"),
    ("沈阳市云岭机器人有限公司", "沈阳云岭机器人有限公司", "same", "form"),
    ("沈阳云岭机器人股份有限公司", "沈阳云岭机器人有限公司", "perhaps", "form"),
    ("沈阳云岭机器人", "沈阳云岭机器人股份有限公司", "perhaps", "short"),
    ("云岭机器人", "沈阳云岭机器人股份有限公司", "perhaps", "short"),
    ("沈阳云岭机器人有限公司", "大连云岭机器人有限公司", "perhaps", "place"),
    ("沈阳云岭机器人有限公司", "沈阳云岭机器人有限公司大连分公司", "perhaps", "branch"),
    ("北京云岭律师事务所", "北京云岭律师事务所沈阳分所", "perhaps", "branch"),
    ("北京云岭律师事务所", "北京云岭（沈阳）律师事务所", "perhaps", "place"),
    ("东北大学", "东北大学机械工程与自动化学院", "perhaps", "department"),
    ("国家知识产权局", "国家知识产权局专利局专利审查协作北京中心", "perhaps", "department"),
    ("沈工大", "沈阳工业大学", "perhaps", "short"),
    ("北京云岭律师事务所", "上海云岭律师事务所", "no", ""),
    ("沈阳工业大学", "大连工业大学", "no", ""),
    ("沈阳工业大学", "沈阳农业大学", "no", ""),
    ("沈阳高新科技有限公司", "沈阳高新机电有限公司", "no", ""),
    ("沈阳", "沈阳云岭机器人有限公司", "no", ""),
    ("", "沈阳云岭机器人有限公司", "no", ""),
]


@pytest.mark.parametrize(("one", "two", "verdict", "reason"), PAIRS)
def test_pairs_both_ways(one: str, two: str, verdict: str, reason: str):
    for likeness in (similar(one, two), similar(two, one)):
        assert (likeness.verdict, likeness.reason) == (verdict, reason)


def test_notes_and_spelling_are_evened_out():
    assert normalise("沈阳 云岭专利代理事务所（普通合伙）") == normalise("沈阳云岭专利代理事务所")
    assert normalise("沈阳工业大学（退休）") == "沈阳工业大学"
    assert normalise("ＡＢＣ　公司") == "abc公司"
    assert normalise(normalise("云岭（沈阳）科技")) == normalise("云岭（沈阳）科技")


def test_parts():
    taken = parts("云岭（沈阳）机器人有限公司大连分公司")
    assert (taken.core, taken.form, taken.rest) == ("云岭机器人", "有限公司", "大连分公司")
    assert taken.places == {"沈阳"}
    assert parts("东北大学").core == "东北大学"
