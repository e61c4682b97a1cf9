"""Units and people to avoid (回避单位、回避人员) as declared in a cell."""

import re

from expertpool.foundation.text import clean_name, is_han, split_list
from expertpool.spreadsheets.cell_text import Value, content, per_value

_LABEL = re.compile(r"^\s*(?:需|应|申请|主动)?(?:要|当)?回避(?:单位|人员|情况|信息|的单位|的人员)?\s*[:：]\s*")
_CODE = re.compile(r"^[0-9A-Z]{4,18}\s*[-—:： ]\s*(?=\D)")
_UNIT_MARK = re.compile("公司|大学|学院|研究|医院|中心|事务所|局|厂|集团|律所|协会|学会|院$|所$|银行|企业|机构|单位")


@per_value
def read_avoided(value: Value) -> tuple[list[str], list[str]]:
    """(units, people) named in a cell; leading codes and the label ``回避：`` are removed."""
    units, people = [], []
    for entry in split_list(_LABEL.sub("", content(value)), spaces=False):
        text = _CODE.sub("", entry).strip()
        name, _notes = clean_name(text)
        if is_han(name) and 2 <= len(name) <= 4 and not _UNIT_MARK.search(name):
            people.append(name)
        elif text:
            units.append(text)
    return units, people


@per_value
def units_in_remark(value: Value) -> list[str]:
    """Units named in a remark such as ``回避：某某公司``; empty if it names none."""
    text = content(value)
    return read_avoided(text)[0] if _LABEL.match(text) else []
