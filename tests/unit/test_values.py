from datetime import date, datetime, time
from typing import Any

import pytest

from expertpool.foundation.dates import PartialDate
from expertpool.importing.values import titles, words
from expertpool.importing.values.avoidance import read_avoided
from expertpool.importing.values.education import read_education, read_schooling
from expertpool.importing.values.emails import read_emails
from expertpool.importing.values.id_numbers import read_id_number
from expertpool.importing.values.names import read_name, split_name_employer
from expertpool.importing.values.phones import read_phones
from expertpool.importing.values.roles import read_roles
from expertpool.importing.values.specialties import read_field_codes
from expertpool.importing.values.terms import end_after, read_term, read_until
from expertpool.importing.values.titles import split_employer_position_title, split_position_title
from expertpool.rules.vocabulary import word
from expertpool.spreadsheets.cell_dates import BIRTH, read_date


@pytest.mark.parametrize(("cell", "wanted", "code"), [
    ("1978.05", "1978-05", ""), ("197805", "1978-05", ""), ("7805", "1978-05", ""), ("65.09", "1965-09", ""),
    (1978.05, "1978-05", ""), (1946.12, "1946-12", ""), (1977.1, "1977", "birth_invalid"),
    (1977.01, "1977", "birth_invalid"), ("1975.1", "1975-01", ""), (65.09, "1965-09", ""),
    ("1978年5月", "1978-05", ""), ("一九七八年十二月", "1978-12", ""), ("1978-05-12 0:00:00", "1978-05-12", ""),
    ("1978/5/12", "1978-05-12", ""), (19780512, "1978-05-12", ""), (datetime(1978, 5, 12), "1978-05-12", ""),
    ("1978年5月12日生", "1978-05-12", ""), ("1978年", "1978", ""), ("12/25/1978", "1978-12-25", ""),
    (28621, "1978-05-11", "date_serial"), ("不详", "", ""), ("", "", ""), (None, "", ""),
    ("1965-02-30", "", "birth_invalid"), ("1900-00-00", "", "birth_invalid"), ("19651301", "", "birth_invalid"),
    ("1965年13月", "", "birth_invalid"), (date(1899, 12, 31), "", "birth_invalid"), (time(), "", "birth_invalid"),
    ("2090-01-01", "", "birth_invalid"), (float("nan"), "", ""),
])
def test_birth(cell: Any, wanted: str, code: str) -> None:
    found = read_date(cell, BIRTH)
    assert str(found.value or "") == wanted
    assert [problem.code for problem in found.problems] == ([code] if code else [])


@pytest.mark.parametrize(("cell", "wanted", "code"), [
    (5.20102194612049e17, "", "id_precision_lost"), (10**15, "", "id_precision_lost"),
    ("2.10102E+17", "", "id_precision_lost"), ("210102197805123000", "", "id_precision_lost"),
    ("11010519491231002x", "11010519491231002X", "id_repaired"), ('="210102197805123016"', "210102197805123016", ""),
    ("'210102 19780512 3016", "210102197805123016", "id_repaired"), ("身份证：210102197805123016", "210102197805123016", "id_repaired"),
    ("110105500120971", "110105500120971", "id_15"), ("210102197805123017", "210102197805123017", "id_checksum"),
    ("2101021978051230", "2101021978051230", "id_checksum"), ("210102********3016", "", "id_hidden"),
    ("护照E12345678", "E12345678", "id_repaired"), ("军字123", "军字123", "id_unknown"),
])
def test_id_numbers(cell: Any, wanted: str, code: str) -> None:
    found = read_id_number(cell)
    assert (found.value.number if found.value else "") == wanted
    assert [problem.code for problem in found.problems] == ([code] if code else [])


@pytest.mark.parametrize(("cell", "wanted", "code"), [
    ("+86 13208205936", [("mobile", "13208205936")], ""), ("１３２０５８１５８６５", [("mobile", "13205815865")], ""),
    ("17701349271（微信同号）", [("mobile", "17701349271")], ""), ("175-0350-5827", [("mobile", "17503505827")], ""),
    (15005633464.0, [("mobile", "15005633464")], ""),
    ("13800138000.0", [("mobile", "13800138000")], "phone_repaired"),
    ("1.38E+10", [], "phone_precision_lost"), ("1300538945", [("mobile", "1300538945")], "phone_invalid"),
    ("0755-26462791(办) 18108780043", [("work", "0755-26462791"), ("mobile", "18108780043")], ""),
    ("17703629371/0991-20164951", [("mobile", "17703629371"), ("work", "0991-20164951")], ""),
    ("024-23871234转8001", [("work", "024-23871234-8001")], ""), ("(024)23871234", [("work", "024-23871234")], ""),
    ("宅：024-22345678", [("home", "024-22345678")], ""), ("138****5678", [], "phone_invalid"),
    ("13206831426\n0755-44697635", [("mobile", "13206831426"), ("work", "0755-44697635")], ""), ("无", [], ""),
])
def test_phones(cell: Any, wanted: list[tuple[str, str]], code: str) -> None:
    found = read_phones(cell)
    assert found.value == wanted
    assert [problem.code for problem in found.problems] == ([code] if code else [])


def test_emails() -> None:
    assert read_emails("a@b.cn；ｄ＠e.com").value == ["a@b.cn", "d@e.com"]
    assert [problem.code for problem in read_emails("abc").problems] == ["email_invalid"]


def test_names() -> None:
    found = read_name("张 三（曾用名：张四）（女）").value
    assert found is not None
    assert (found.name, found.former, found.gender) == ("张三", "张四", "女")
    assert [problem.code for problem in read_name("李?").problems] == ["name_damaged"]
    assert [problem.code for problem in read_name("王\ue123").problems] == ["name_rare"]
    assert split_name_employer("张三（沈阳工业大学）") == ("张三", "沈阳工业大学")


@pytest.mark.parametrize(("cell", "employer", "position", "title"), [
    ("合肥律师事务所 系主任主任医师", "合肥律师事务所", "系主任", "主任医师"),
    ("武汉大学新能源学院 主任工程师", "武汉大学新能源学院", "主任", "工程师"),
    ("东北大学机械学院院长、教授", "东北大学机械学院", "院长", "教授"),
    ("中国科学院沈阳自动化研究所研究员", "中国科学院沈阳自动化研究所", "", "研究员"),
    ("沈阳化工研究院总工程师", "沈阳化工研究院", "总工程师", ""),
    ("大连理工大学", "大连理工大学", "", ""),
])
def test_unit_post_and_title(cell: str, employer: str, position: str, title: str) -> None:
    found = split_employer_position_title(cell)
    assert (found.employer, found.position, found.title) == (employer, position, title)


@pytest.mark.parametrize(("cell", "position", "title"), [
    ("副院长/教授", "副院长", "教授"), ("所长高级工程师", "所长", "高级工程师"), ("教授（院长）", "院长", "教授"),
    ("总工程师", "总工程师", ""), ("系主任副主任医师", "系主任", "副主任医师"), ("正高级工程师", "", "正高级工程师"),
])
def test_post_and_title(cell: str, position: str, title: str) -> None:
    found = split_position_title(cell)
    assert (found.position, found.title) == (position, title)


@pytest.mark.parametrize(("cell", "education", "degree"), [
    ("博士研究生/工学博士", "doctorate", "doctor"), ("本科学士", "bachelor", "bachelor"), ("硕士", "master", ""),
    ("全日制本科", "bachelor", ""), ("硕士研究生工学硕士", "master", "master"), ("大专", "college", ""),
])
def test_education(cell: str, education: str, degree: str) -> None:
    found = read_education(cell)
    assert (found.education, found.degree) == (education, degree)


def test_schooling() -> None:
    found = read_schooling("1999年7月毕业于东北大学机械专业")
    assert (found.school, found.major, found.graduated) == ("东北大学", "机械", PartialDate(1999, 7))


@pytest.mark.parametrize(("cell", "start", "end"), [
    ("2024.1-2026.12", "2024-01", "2026-12"), ("2024年1月至2026年12月", "2024-01", "2026-12"),
    ("自2024年1月1日起至2026年12月31日止", "2024-01-01", "2026-12-31"), ("2024-2026", "2024", "2026"),
    ("3年（2024.1-2026.12）", "2024-01", "2026-12"), ("至2026年", "", "2026"), ("2024.1至今", "2024-01", ""),
])
def test_terms(cell: str, start: str, end: str) -> None:
    found = read_term(cell).value
    assert (str(found.start or ""), str(found.end or "")) == (start, end)


def test_length_of_a_term() -> None:
    assert read_term("三年").value.months == 36
    assert str(end_after(PartialDate(2024, 1, 1), 36)) == "2026-12-31"
    assert str(end_after(PartialDate(2024, 3), 36)) == "2027-02"
    assert [problem.code for problem in read_term("2026.12-2024.1").problems] == ["term_reversed"]


def test_licence_validity() -> None:
    assert [str(day) for day in read_until("2021.6.1-2026.5.31").value] == ["2021-06-01", "2026-05-31"]
    assert read_until("长期").value == (None, None)


def test_roles_and_fields_and_avoidance() -> None:
    assert read_roles("兼职技术调查官、司法鉴定人").value == [("technical_investigator", "part_time"),
                                                    ("judicial_appraiser", "")]
    assert read_field_codes("机械 G06F16/00；0808") == (["G06F 16/00", "0808"], ["机械"])
    assert read_avoided("91210100MA0123456X 沈阳甲有限公司、李四") == (["沈阳甲有限公司"], ["李四"])


@pytest.mark.parametrize(("cell", "wanted"), [
    ("研究员级高工(正高级)", "研究员级高工"), ("高级工程师（副高）", "高级工程师"), ("教授（博导）", "教授（博导）"), ("教授", "教授")])
def test_a_level_in_brackets_is_no_part_of_the_title(cell: str, wanted: str) -> None:
    assert titles.read_title(cell) == wanted


@pytest.mark.parametrize(("cell", "wanted"), [
    ("满族/九三学社社员", ("满族", "九三学社")), ("中共党员/汉族", ("汉族", "中共党员")), ("回", ("回族", "")),
    ("汉族、群众", ("汉族", "群众"))])
def test_ethnicity_and_party_in_one_cell(cell: str, wanted: tuple[str, str]) -> None:
    ethnicity, party = words.read_ethnicity_party(cell)
    assert (word("ethnicity", ethnicity, "zh_CN") if ethnicity else "",
            word("party", party, "zh_CN") if party else "") == wanted


@pytest.mark.parametrize(("cell", "mode"), [("技术调查官（兼职）", "part_time"), ("兼职技术调查官", "part_time"), ("技术调查官", "")])
def test_a_mode_beside_the_role(cell: str, mode: str) -> None:
    assert read_roles(cell).value == [("technical_investigator", mode)]
