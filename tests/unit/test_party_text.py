"""Pasted parties, patent numbers, credit codes."""

import pytest

from expertpool.cases.party_text import read_parties
from expertpool.cases.patent_number import check_digit, read_patent_number
from expertpool.foundation.check_signs import credit_code_sign
from expertpool.organisations.credit_code import clean_credit_code, credit_code_problem


def sides(text: str) -> list[tuple[str, str, str]]:
    return [(party.side, party.name, party.kind) for party in read_parties(text)]


def test_one_line():
    assert sides("原告：沈阳云岭机器人有限公司、张三；被告：大连海风重工股份有限公司") == [
        ("plaintiff", "沈阳云岭机器人有限公司", "organisation"), ("plaintiff", "张三", "person"),
        ("defendant", "大连海风重工股份有限公司", "organisation")]


def test_numbered_sides_and_lines():
    assert sides("原告：甲科技有限公司\n被告一：乙机械厂\n被告二:李四\n第三人：丙研究所") == [
        ("plaintiff", "甲科技有限公司", "organisation"), ("defendant", "乙机械厂", "organisation"),
        ("defendant", "李四", "person"), ("third_party", "丙研究所", "organisation")]


def test_positions_on_appeal():
    assert sides("上诉人（原审被告）：乙机械有限公司；被上诉人（原审原告）：甲科技有限公司") == [
        ("appellant", "乙机械有限公司", "organisation"), ("appellee", "甲科技有限公司", "organisation")]


def test_details_go_to_their_party():
    text = ("原告：沈阳云岭机器人有限公司，住所地沈阳市浑南区某街1号。\n法定代表人：王五，董事长。\n"
            "委托诉讼代理人：赵六，辽宁青松律师事务所律师。\n委托诉讼代理人：钱七，沈阳白桦专利代理事务所专利代理师。\n"
            "被告：大连海风重工股份有限公司。\n统一社会信用代码：91210200MA0000000X")
    first, second = read_parties(text)
    assert (first.name, first.legal_representative, first.address) == (
        "沈阳云岭机器人有限公司", "王五", "沈阳市浑南区某街1号")
    assert [(agent.name, agent.kind, agent.firm) for agent in first.agents] == [
        ("赵六", "lawyer", "辽宁青松律师事务所"), ("钱七", "patent_attorney", "沈阳白桦专利代理事务所")]
    assert (second.side, second.name, second.credit_code) == (
        "defendant", "大连海风重工股份有限公司", "91210200MA0000000X")


def test_names_alone_and_doubles():
    assert sides("甲公司、乙公司、甲公司") == [("plaintiff", "甲公司", "organisation"),
                                            ("plaintiff", "乙公司", "organisation")]
    assert sides("云岭（沈阳、大连）科技有限公司") == [
        ("plaintiff", "云岭(沈阳、大连)科技有限公司", "organisation")]
    assert sides("1. 甲公司\n2. 乙公司") == [("plaintiff", "甲公司", "organisation"),
                                          ("plaintiff", "乙公司", "organisation")]
    assert sides("") == []
    assert sides("原告：") == []


@pytest.mark.parametrize(("text", "normalised", "kind"), [
    ("ZL 2003 1 0102344.5", "200310102344.5", "invention"),
    ("200310102344.5", "200310102344.5", "invention"),
    ("专利号：ZL200310102344", "200310102344.5", "invention"),
    ("CN200310102344.5", "200310102344.5", "invention"),
    ("ZL201920123456.9", "201920123456.9", "utility_model"),
    ("201930123456.8", "201930123456.8", "design"),
    ("ＺＬ０２１１２３４５．Ｘ", "02112345.X", "invention"),
])
def test_patent_numbers(text: str, normalised: str, kind: str):
    number = read_patent_number(text)
    assert number.recognised
    assert (number.normalised, number.kind) == (normalised, kind)


def test_wrong_check_digits_and_foreign_numbers():
    assert read_patent_number("ZL200310102344.5").check_ok
    assert not read_patent_number("ZL200310102344.6").check_ok
    for text in ("US 9,123,456 B2", "CN1234567A", "CN 101234567 B", "待补", ""):
        number = read_patent_number(text)
        assert not number.recognised
        assert not number.check_ok
        assert number.raw == text


def test_check_digit_worked_by_hand():
    # 2×2 + 3×5 + 1×6 + 1×8 + 2×2 + 3×3 + 4×4 + 4×5 = 82, and 82 mod 11 = 5
    assert check_digit("200310102344") == "5"


def test_credit_codes():
    code = "91210100MA0QCXXX3"
    whole = code + credit_code_sign(code)
    assert credit_code_problem(whole) == ""
    assert credit_code_problem(" " + whole.lower()) == ""
    wrong = code + ("0" if whole[-1] != "0" else "1")
    assert credit_code_problem(wrong) == "check"
    assert credit_code_problem(whole[:-1]) == "length"
    assert credit_code_problem("91210100MA0QCXXXI3") == "characters"
    assert clean_credit_code("９１２１ 0100-MA") == "91210100MA"


def test_credit_code_of_the_standard():
    assert credit_code_sign("91350100M000100Y4") == "3"  # the example of GB 32100-2015
