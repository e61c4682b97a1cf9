"""Case numbers in the styles that occur, courts, procedures and causes."""

import pytest

from expertpool.cases.case_number import find, parse, search_words
from expertpool.cases.causes import cause, causes, find_cause
from expertpool.cases.courts import appeal_court, court, court_code, court_name, courts, superiors
from expertpool.cases.procedures import link_kind, nature_of, procedure_of
from expertpool.rules import vocabulary


@pytest.mark.parametrize(("written", "normalised"), [
    ("（2026）辽01知民初418号", "(2026)辽01知民初418号"),
    ("(2026)辽01知民初418号", "(2026)辽01知民初418号"),
    ("〔2026〕辽01知民初418号", "(2026)辽01知民初418号"),
    ("[2026] 辽01 知民初 418 号", "(2026)辽01知民初418号"),
    ("（２０２６）辽０１知民初４１８号", "(2026)辽01知民初418号"),
    ("2026辽01知民初418", "(2026)辽01知民初418号"),
    ("案号：（2016）辽1204民初143号", "(2016)辽1204民初143号"),
    ("(2023)最高法知民终1590号", "(2023)最高法知民终1590号"),
    ("（2020）琼01知民初15号", "(2020)琼01知民初15号"),
    ("(2024)京0101民初123-130号", "(2024)京0101民初123-130号"),
    ("(2024)京0101民初123—130号", "(2024)京0101民初123-130号"),
    ("(2024)苏05民初732，733、734号", "(2024)苏05民初732、733、734号"),
    ("(2024)辽01民初12号之一", "(2024)辽01民初12号之一"),
    ("(2015)沪知民初字第58号", "(2015)沪知民初字第58号"),
    ("(2014)辽民三终字第00012号", "(2014)辽民三终字第12号"),
    ("(2024)辽01委鉴12号", "(2024)辽01委鉴12号"),
])
def test_recognised_styles(written: str, normalised: str):
    number = parse(written)
    assert number.recognised
    assert number.raw == written
    assert number.normalised == normalised
    assert parse(number.display(full_width=True)).normalised == normalised


@pytest.mark.parametrize("written", [
    "（2013）江宁知民初字第127号", "国知保裁字〔2022〕1号", "沈仲裁字(2024)第5号", "", "待立案",
    "(2024)辽01没有这种12号", "(2024)辽01知民初号",
])
def test_other_texts_stay_as_written(written: str):
    number = parse(written)
    assert not number.recognised
    assert number.raw == written
    assert number.display() == number.display(full_width=True) == written
    assert (number.year, number.court_code, number.type_code) == (None, "", "")


def test_parts():
    number = parse("（2026）辽01知民初418号之二")
    assert (number.year, number.court_code, number.type_code, number.serial, number.suffix) == (
        2026, "辽01", "知民初", "418", "之二")
    assert number.display(full_width=True) == "（2026）辽01知民初418号之二"


def test_series():
    assert parse("(2024)京0101民初123-126号").serials == ["123", "124", "125", "126"]
    assert parse("(2024)京0101民初1123-26号").serials == ["1123", "1124", "1125", "1126"]
    assert parse("(2024)京0101民初7、9号").serials == ["7", "9"]
    assert parse("(2024)京0101民初9-7号").serials == ["9", "7"]


def test_find_in_a_sentence():
    text = ("不服本院（2024）辽01知民初12号判决，上诉至(2025)最高法知民终5号；"
            "(2024)辽01知民初12号已结，电话024-23456789。")
    assert [number.normalised for number in find(text)] == ["(2024)辽01知民初12号", "(2025)最高法知民终5号"]
    assert find("没有案号的句子，2024年12月5日") == []


def test_search_words_lead_to_the_case():
    words = search_words(parse("(2024)京0101民初123-125号"))
    assert {"(2024)京0101民初123-125号", "124", "2024125", "京0101民初124"} <= set(words)
    assert search_words(parse("待立案")) == ["待立案"]
    assert search_words(parse("")) == []


@pytest.mark.parametrize(("written", "nature", "procedure"), [
    ("(2026)辽01知民初1号", "civil", "first_instance"),
    ("(2026)最高法知民终1号", "civil", "second_instance"),
    ("(2026)辽行初1号", "administrative", "first_instance"),
    ("(2026)辽01刑初1号", "criminal", "first_instance"),
    ("(2026)最高法知民申1号", "civil", "retrial_review"),
    ("(2026)最高法民再1号", "civil", "retrial"),
    ("(2026)最高法知民辖终1号", "civil", "jurisdiction_second"),
    ("(2026)辽01财保1号", "civil", "preservation"),
    ("(2026)辽01执异1号", "enforcement", "enforcement"),
    ("(2014)辽民三终字第1号", "civil", "second_instance"),
    ("待立案", "", ""),
])
def test_nature_and_procedure(written: str, nature: str, procedure: str):
    assert (nature_of(parse(written)), procedure_of(parse(written))) == (nature, procedure)


def test_links_between_procedures():
    assert link_kind("first_instance", "second_instance") == "appeal"
    assert link_kind("second_instance", "first_instance") == "remand"
    assert link_kind("second_instance", "retrial_review") == "review"
    assert link_kind("preservation", "first_instance") == "preservation"
    assert link_kind("first_instance", "first_instance") == "related"


def test_every_code_of_the_data_is_a_word_of_the_vocabulary():
    kinds = {word.code for word in vocabulary.words("case_link")}
    procedures = {word.code for word in vocabulary.words("procedure")}
    assert {link_kind(a, b) for a in procedures for b in procedures} <= kinds


def test_courts_of_liaoning():
    assert court_name("辽01") == "沈阳市中级人民法院"
    assert court_name("辽1204") == "铁岭市清河区人民法院"
    assert court_name("辽0181") == "新民市人民法院"
    assert court_name("辽99") == ""
    assert [above.code for above in superiors("辽0102")] == ["辽01", "辽", "最高法"]
    assert court_code("由沈阳市和平区人民法院移送") == "辽0102"
    middle = [one for one in courts() if one.level == "intermediate" and one.parent == "辽"]
    assert len(middle) == 17  # 14 cities, railway, maritime, oil field
    assert all(court(one.parent) for one in courts() if one.parent)


@pytest.mark.parametrize(("code", "kind", "major", "to"), [
    ("辽01", "invention", False, "最高法"),
    ("辽01", "monopoly", False, "最高法"),
    ("辽01", "software", False, "辽"),
    ("辽01", "software", True, "最高法"),
    ("辽01", "trademark", True, "辽"),
    ("辽0102", "software", True, "辽01"),
    ("辽", "variety", False, "最高法"),
])
def test_where_appeals_go(code: str, kind: str, major: bool, to: str):
    above = appeal_court(code, kind, major=major)
    assert above is not None
    assert above.code == to


def test_appeals_before_the_rules_and_of_unknown_courts():
    above = appeal_court("辽01", "invention", day="2018-01-01")
    assert above is not None
    assert above.code == "辽"
    assert appeal_court("辽99") is None
    assert appeal_court("最高法") is None


def test_causes_by_text_and_day():
    newest, older = find_cause("侵害发明专利权纠纷"), find_cause("侵害发明专利权纠纷", "2024-06-01")
    assert newest is not None
    assert older is not None
    assert (newest.code, newest.version, older.code, older.version) == ("167.3", "2025", "160.3", "2020")
    assert newest.technical
    assert find_cause("侵犯 发明专利权") == newest
    assert cause("160.3", "2020") == older
    named = find_cause("原告甲公司诉被告乙公司侵害技术秘密纠纷一案")
    assert named is not None
    assert (named.name, named.kind) == ("侵害技术秘密纠纷", "technical_secret")
    assert find_cause("买卖合同纠纷") is None
    assert find_cause("纠纷") is None


def test_causes_are_one_list_a_day():
    names = [one.name for one in causes("2026-03-01")]
    assert len(names) == len(set(names))
    assert "数据权属纠纷" in names
    assert not find_cause("数据权属纠纷", "2024-01-01")
    assert all(one.parent == "" or cause(one.parent, one.version) for one in causes())
    trademark = find_cause("侵害商标权纠纷")
    assert trademark is not None
    assert not trademark.technical


def test_a_court_is_known_by_its_short_name_and_a_provision_in_both_languages() -> None:
    from expertpool.cases.courts import appeal_source
    from expertpool.foundation.language import set_language

    assert court_code("由最高法院提审") == "最高法"
    assert appeal_source("invention").startswith("Provisions")
    try:
        set_language("zh_CN")
        assert appeal_source("invention").startswith("《最高人民法院")
    finally:
        set_language("en")
