import pytest

from expertpool.foundation import masking, text


@pytest.mark.parametrize(("written", "entries"), [
    ("数据安全，新能源汽车、动力电池", ["数据安全", "新能源汽车", "动力电池"]),
    ("植物新品种 标准必要专利", ["植物新品种", "标准必要专利"]),
    ("集成电路布图设计\n岩土工程", ["集成电路布图设计", "岩土工程"]),
    ("1.机械2.电子", ["机械", "电子"]),
    ("①机械②电子", ["机械", "电子"]),
    ("（一）机械（二）电子（含电机、电器）", ["机械", "电子（含电机、电器）"]),
    ("G06F 16/00、H04L 29/06/G01N", ["G06F 16/00", "H04L 29/06", "G01N"]),
    ("2024/5/1", ["2024/5/1"]),
    ("024-23871234/8001", ["024-23871234/8001"]),
    ("13812345678/13912345678", ["13812345678", "13912345678"]),
    ("TCP/IP协议、AI/大数据", ["TCP/IP协议", "AI", "大数据"]),
    ("machine learning, deep learning", ["machine learning", "deep learning"]),
    ("软件(未闭合、算法", ["软件(未闭合", "算法"]),
    ("机械、机械", ["机械"]),
    ("", []),
])
def test_split_list(written: str, entries: list[str]) -> None:
    assert text.split_list(written) == entries


def test_split_list_keeps_spaces_of_units() -> None:
    assert text.split_list("中国科学院 沈阳自动化研究所；东北大学", spaces=False) == [
        "中国科学院 沈阳自动化研究所", "东北大学"]


@pytest.mark.parametrize(("written", "name", "notes"), [
    ("张　三（组长）", "张三", ("组长",)),
    ("王 欢", "王欢", ()),
    ("买买提 • 艾力", "买买提·艾力", ()),
    ("阿卜杜拉．买买提(女)", "阿卜杜拉·买买提", ("女",)),
    ("John  A. Smith", "John A. Smith", ()),
    ("\u202e李四\u200b", "李四", ()),
    ("郭𬭎", "郭𬭎", ()),
])
def test_clean_name(written: str, name: str, notes: tuple[str, ...]) -> None:
    assert text.clean_name(written) == (name, notes)


@pytest.mark.parametrize(("name", "syllables", "letters"), [
    ("单小明", "shan xiao ming", "sxm"),
    ("解放", "xie fang", "xf"),
    ("仇和", "qiu he", "qh"),
    ("尉迟恭", "yu chi gong", "ycg"),
    ("买买提·艾力", "mai mai ti ai li", "mmtal"),
    ("John Smith", "john smith", "js"),
])
def test_pinyin(name: str, syllables: str, letters: str) -> None:
    assert text.pinyin(name) == syllables
    assert text.initials(name) == letters


def test_spaced() -> None:
    assert text.spaced("沈阳ＡＢＣ大学2024") == "沈 阳 abc 大 学 2024"


def test_fold_ignores_width_case_and_marks() -> None:
    assert text.fold("沈阳（ＡＢＣ）有限 公司") == text.fold("沈阳(abc)有限公司")


def test_strip_controls() -> None:
    assert text.strip_controls("a\x00b\ud800c_x000D_\nd\re\u200bf") == "abc\nd\nef"


def test_masks() -> None:
    assert masking.mask_id("21010219780512301X") == "21****************"
    assert masking.mask_phone("13812345678") == "138****5678"
    assert masking.mask_phone("024-23871234") == "024-******34"
    assert masking.mask_bank("6222020200112341234") == "6222 **** **** 1234"
    assert masking.mask_email("zhang.san@example.cn") == "zh***@example.cn"
    assert masking.mask_phone("12") == "**"
