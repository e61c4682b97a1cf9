"""Names of units: one spelling, and which pairs are one unit, one group, perhaps one unit, or not."""

import pytest

from expertpool.organisations.name_parts import read_name
from expertpool.organisations.names import normalise, similar
from expertpool.organisations.spelling import known_names, words

PAIRS = [
    ("云岭（沈阳）科技有限公司", "云岭(沈阳) 科技有限公司", "same", "spelling"),
    ("云岭沈阳科技有限公司", "云岭（沈阳）科技有限公司", "same", "spelling"),
    ("沈阳云岭机器人有限公司", "沈阳云岭机器人有限责任公司", "same", "form"),
    ("沈阳市云岭机器人有限公司", "沈阳云岭机器人有限公司", "same", "spelling"),
    ("瀋陽雲嶺機器人有限公司", "沈阳云岭机器人有限公司", "same", "spelling"),
    ("沈工大", "沈阳工业大学", "same", "known"),
    ("沈阳机电学院", "沈阳工业大学", "same", "known"),
    ("沈工大机械学院", "沈阳工业大学机械学院", "same", "known"),
    ("科学院金属研究所", "中国科学院金属研究所", "same", "spelling"),
    ("专利复审委员会", "国家知识产权局专利局复审和无效审理部", "same", "known"),
    ("沈阳步云机器人有限公司（原沈阳步云机械厂）", "沈阳步云机械厂", "same", "former"),
    ("沈阳步云机械厂（现更名为沈阳步云机器人有限公司）", "沈阳步云机器人有限公司", "same", "former"),
    ("北京云岭律师事务所沈阳分所", "北京云岭（沈阳）律师事务所", "same", "spelling"),
    ("沈阳云岭设计研究院", "沈阳云岭设计研究院有限公司", "same", "converted"),
    ("沈阳云岭机器人有限公司", "沈阳云岭机器人有限公司大连分公司", "group", "branch"),
    ("北京云岭律师事务所", "北京云岭律师事务所沈阳分所", "group", "branch"),
    ("北京云岭律师事务所", "北京云岭（沈阳）律师事务所", "group", "branch"),
    ("东北大学", "东北大学机械工程与自动化学院", "group", "department"),
    ("东北大学材料学院", "东北大学机械工程与自动化学院", "group", "departments"),
    ("中国医科大学", "中国医科大学附属第一医院", "group", "affiliated"),
    ("中国科学院", "中国科学院沈阳自动化研究所", "group", "affiliated"),
    ("国家知识产权局", "国家知识产权局专利局专利审查协作北京中心", "group", "department"),
    ("大连海风重工集团有限公司", "大连海风重工集团起重机有限公司", "group", "group"),
    ("国网辽宁省电力有限公司", "国家电网有限公司", "group", "family"),
    ("沈阳云岭机器人股份有限公司", "沈阳云岭机器人有限公司", "perhaps", "form"),
    ("沈阳云岭机器人", "沈阳云岭机器人股份有限公司", "perhaps", "short"),
    ("云岭机器人", "沈阳云岭机器人股份有限公司", "perhaps", "short"),
    ("沈阳云岭机器人有限公司", "大连云岭机器人有限公司", "perhaps", "place"),
    ("云岭律师事务所", "北京云岭律师事务所", "perhaps", "place"),
    ("沈阳科锐知识产权代理有限公司", "沈阳科锐专利代理有限公司", "perhaps", "renamed"),
    ("东大", "东北大学", "perhaps", "ambiguous"),
    ("东大", "东南大学", "perhaps", "ambiguous"),
    ("沈阳云岭机器入有限公司", "沈阳云岭机器人有限公司", "perhaps", "look_alike"),
    ("东北大学", "东北大学科技园有限公司", "perhaps", "named_after"),
    ("北京云岭律师事务所", "上海云岭律师事务所", "no", ""),
    ("沈阳工业大学", "大连工业大学", "no", ""),
    ("沈阳工业大学", "沈阳大学", "no", ""),
    ("沈阳工业大学", "沈阳工学院", "no", ""),
    ("沈阳市第一中学", "沈阳市第二中学", "no", ""),
    ("中国科学院金属研究所", "中国科学院沈阳自动化研究所", "no", ""),
    ("中国石油天然气集团有限公司", "中国石油化工集团有限公司", "no", ""),
    ("吉林省示例研究院", "吉林市示例研究院", "no", ""),
    ("沈阳大学", "沈阳大学生就业服务中心", "no", ""),
    ("沈阳高新科技有限公司", "沈阳高新机电有限公司", "no", ""),
    ("沈阳", "沈阳云岭机器人有限公司", "no", ""),
    ("", "沈阳云岭机器人有限公司", "no", ""),
    ("", "", "no", ""),
]


@pytest.mark.parametrize(("one", "two", "verdict", "reason"), PAIRS)
def test_pairs_both_ways(one: str, two: str, verdict: str, reason: str):
    for likeness in (similar(one, two), similar(two, one)):
        assert (likeness.verdict, likeness.reason) == (verdict, reason)
        assert likeness.why
        assert not likeness.why.startswith("organisations.")


@pytest.mark.parametrize("name", sorted({name for pair in PAIRS for name in pair[:2] if name}))
def test_every_name_is_itself(name: str):
    assert similar(name, name).verdict == "same"
    assert similar(name, f" {name}　").verdict == "same"


def test_notes_and_spelling_are_evened_out():
    assert normalise("沈阳 云岭专利代理事务所（普通合伙）") == normalise("沈阳云岭专利代理事务所")
    assert normalise("沈阳工业大学（退休）") == "沈阳工业大学"
    assert normalise("ＡＢＣ　公司") == "abc公司"
    assert normalise(normalise("云岭（沈阳）科技")) == normalise("云岭（沈阳）科技")


def test_a_name_taken_apart():
    (taken,) = read_name("云岭（沈阳）机器人有限公司大连分公司").readings
    assert (taken.lead, taken.inner, taken.core, taken.form) == ("", {"沈阳"}, "云岭机器人", "有限公司")
    assert taken.chain[1:] == ("大连分公司",)
    (department,) = read_name("东北大学机械学院液压教研室").readings
    assert department.chain == ("东北大学", "机械学院", "液压教研室")


def test_the_rule_file_names_its_sources_and_does_not_contradict_itself():
    content = words()
    assert content["source"]
    assert content["date"]
    assert all(entry["source"] for entry in [*content["known"], *content["families"]])
    assert all(len(rewrite) == 3 and rewrite[2] for rewrite in content["rewrites"])
    present = {entry["name"] for entry in content["known"]}
    said = [other for entry in content["known"] for other in {*entry.get("short", ()), *entry.get("former", ())}]
    assert len(said) == len(set(said)), "one name leads to two units"
    assert not present & set(known_names()), "a present name is said to be another unit's"
