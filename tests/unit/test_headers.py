import pytest

from expertpool.importing.fields import COMBINED, CaseValues, PersonValues
from expertpool.importing.headers import canonical_fields, header_key, header_score, match_header, of_others


@pytest.mark.parametrize(("heading", "field"), [
    ("姓 名", "name"), ("*手机号码（必填）", "mobile"), ("联系方式（手机）", "mobile"), ("联系方式", "contact"),
    ("现 工作\n单位", "employer"), ("学历/学位", "education_degree"), ("职称（职务）", "position_title"),
    ("姓名（性别）", "name_gender"), ("单位及职务职称", "employer_position_title"), ("基本信息/姓名", "name"),
    ("出生\n年月：", "birth"), ("E-mail", "email"), ("身份证号码（18位）", "id_number"), ("专业领域1", "specialty"),
    ("聘期 起", "term_start"), ("职称取得时间", "title_date"), ("拟聘专业技术职务", "title"),
    ("填报人联系方式", ""), ("联系人姓名", ""), ("是否具有高级职称", ""), ("外语水平", ""),
])
def test_match_header(heading: str, field: str) -> None:
    assert match_header(heading)[0] == field


@pytest.mark.parametrize(("heading", "field"), [
    ("案号", "case_number"), ("原告（上诉人）", "plaintiff"), ("委托诉讼代理人", "agents"), ("涉案专利号", "patents"),
    ("技术领域", "field"), ("原审案号", "original_number"), ("立案日期", "filed_on"),
])
def test_match_case_header(heading: str, field: str) -> None:
    assert match_header(heading, "cases")[0] == field


@pytest.mark.parametrize("cell", ["教授", "沈阳理工大学", "某某公司", "制表人：某某", "技术专家信息汇总表", "男",
                                  "13812345678", "", "本人的专业特长从最熟悉的专业开始依次排序并加以说明"])
def test_values_and_titles_score_nothing(cell: str) -> None:
    assert header_score(cell) == 0


def test_header_key_drops_what_does_not_matter() -> None:
    assert header_key("* 手机\r\n号码（必填）：") == header_key("手机号码")


def test_every_field_can_be_stored() -> None:
    people = set(PersonValues.__dataclass_fields__) | {"ignore", "role", "mode", "age", "phone", "mobile", "landline",
                                                       "fax", "specialty", "field_code", "term", "term_start",
                                                       "term_end"}
    assert set(canonical_fields("experts")) <= people | set(COMBINED)
    cases = set(CaseValues.__dataclass_fields__) | {"ignore", "plaintiff", "defendant", "third_party", "parties",
                                                    "plaintiff_agents", "defendant_agents", "field"}
    assert set(canonical_fields("cases")) <= cases


def test_headings_no_list_holds_are_understood_by_a_word_the_sound_or_their_parts() -> None:
    for text, field in (("评上的职称", "title"), ("可接通手机", "mobile"), ("入专家库时间", "hired"), ("身份正号码", "id_number"),
                        ("手机号吗", "mobile"), ("工做单位", "employer"), ("职务、专业技术职称", "position_title"),
                        ("工作单位\nEmployer", "employer"), ("3.民　族", "ethnicity"), ("（2）曾用名", "former_name"),
                        ("【备注】", "remark"), ("办公室号码（座机）", "landline"), ("Professional Title", "title")):
        assert match_header(text)[0] == field, text
    for text in ("身份证复印件", "联系人手机", "填报人姓名", "配偶单位", "推荐单位意见"):
        assert match_header(text)[0] not in ("id_number", "mobile", "name", "employer"), text


def test_words_of_closed_lists_do_not_look_like_headings() -> None:
    for text in ("无党派人士", "硕士研究生", "汉族", "正高级"):
        assert header_score(text) == 0, text


@pytest.mark.parametrize("heading", ["应急联系人电话", "推荐单位联系人电话", "家庭联系人手机", "紧急联系电话", "备用联系人电话"])
def test_somebody_elses_number_is_not_the_experts(heading: str) -> None:
    assert of_others(heading)


@pytest.mark.parametrize("heading", ["联系电话", "本人联系电话", "手机号码"])
def test_the_experts_own_number_is(heading: str) -> None:
    assert not of_others(heading)
