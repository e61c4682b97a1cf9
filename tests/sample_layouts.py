"""The layouts of the sample files: as recommending bodies and court offices really draw them up."""

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def _sheet(name: str, title: str, line: str, widths: Sequence[float]) -> tuple[Workbook, Any]:
    """A sheet with a merged title and a line under it."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    last = get_column_letter(len(widths))
    for number, text, size in ((1, title, 16), (2, line, 11)):
        sheet.cell(number, 1, text).font = Font(name="宋体", size=size, bold=number == 1)
        sheet.merge_cells(f"A{number}:{last}{number}")
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 32
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return book, sheet


def _write(sheet: Any, number: int, cells: Sequence[Any], *, bold: bool = False) -> None:
    for place, value in enumerate(cells, 1):
        cell = sheet.cell(number, place, value)
        cell.font = Font(name="宋体", size=10.5, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if bold else None)
        cell.border = BOX
        if isinstance(value, str) and value.isdigit() and len(value) > 9:
            cell.number_format = "@"


def _dotted(date: str) -> str:
    year, month = date.split("-")[:2]
    return f"{year}.{month}"


def university(people: Iterable[Any]) -> Workbook:
    """推荐汇总表: title, unit and date, a head of two rows, the college merged downwards, notes and signatures."""
    book, sheet = _sheet("推荐汇总表", "技术调查官、技术咨询专家推荐汇总表",
                         "推荐单位（盖章）：浑河理工大学                                填表日期：2024年1月8日",
                         [6, 10, 6, 10, 22, 16, 24, 12, 12, 14, 10, 14, 28, 40, 20, 16, 20])
    upper = ["序号", "姓名", "性别", "出生年月", "身份证号码", "工作单位", "所在学院", "职务", "职称", "最高学历", None,
             "联系方式", None, "专业特长", "IPC分类号", "拟聘类别", "聘期"]
    lower = [None] * 9 + ["学历", "学位", "手机", "电子邮箱"] + [None] * 4
    _write(sheet, 3, upper, bold=True)
    _write(sheet, 4, lower, bold=True)
    for place in range(1, len(upper) + 1):
        letter = get_column_letter(place)
        if upper[place - 1] and not lower[place - 1]:
            sheet.merge_cells(f"{letter}3:{letter}4")
    sheet.merge_cells("J3:K3")
    sheet.merge_cells("L3:M3")
    number, first, department = 5, 5, ""
    for count, one in enumerate(people, 1):
        _write(sheet, number, [
            count, one.name, one.gender, _dotted(one.birth), one.id_number, one.employer, one.department,
            one.position, one.title, one.education, one.degree, one.mobile, one.email, "、".join(one.terms),
            "；".join(one.ipc), one.role, f"{_dotted(one.start)}-{_dotted(one.end)}"])
        if one.department != department:
            _merge_down(sheet, "G", first, number - 1)
            first, department = number, one.department
        number += 1
    _merge_down(sheet, "G", first, number - 1)
    for text in ("注：1.“拟聘类别”按技术调查官、技术咨询专家填写；2.推荐人选均已征得本人和所在学院同意。",
                 "填表人：                审核人：                单位负责人（签字）：                联系电话：024-80000001"):
        sheet.cell(number, 1, text)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(upper))
        number += 1
    return book


def _merge_down(sheet: Any, letter: str, first: int, last: int) -> None:
    if last > first:
        sheet.merge_cells(f"{letter}{first}:{letter}{last}")


def institute(people: Iterable[Any]) -> Workbook:
    """A plain list of an institute's personnel office: head in the first row, nothing around it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    heads = ["编号", "姓名", "性别", "出生日期", "民族", "政治面貌", "身份证号", "工作单位", "部门", "职称", "学历", "学位",
             "毕业院校", "所学专业", "研究方向", "专家类别", "聘期起", "聘期止", "联系电话", "邮箱", "备注"]
    for place, head in enumerate(heads, 1):
        sheet.cell(1, place, head).font = Font(bold=True)
    for count, one in enumerate(people, 1):
        cells = [f"QPS{count:03}", one.name, one.gender, one.birth, one.more.get("ethnicity", "汉族"),
                 one.more.get("party", "群众"), one.id_number, one.employer, one.department, one.title, one.education,
                 one.degree, one.school, one.major, "；".join(one.terms), one.role, one.start, one.end, one.mobile,
                 one.email, one.more.get("remark", "")]
        for place, value in enumerate(cells, 1):
            sheet.cell(count + 1, place, value)
    return book


def association(people: Sequence[Any]) -> Workbook:
    """An association's roster with group rows; a few careless cells, as such lists have them."""
    book, sheet = _sheet("专家名册", "辽宁示例装备与新能源产业协会专家名册", "（2025年12月）",
                         [6, 10, 6, 12, 24, 34, 16, 16, 44, 16, 16, 14, 24, 30])
    heads = ["序号", "姓名", "性别", "出生年月", "身份证号", "工作单位", "职务", "职称", "熟悉专业", "专家类别", "IPC分类号",
             "手机号码", "聘任期限", "回避单位"]
    _write(sheet, 3, heads, bold=True)
    number, group, count = 4, "", 0
    titles = {"装备": "一、机械装备领域", "航空": "二、航空领域", "汽车": "三、汽车及零部件领域", "能源": "四、新能源与节能环保领域"}
    for one in people:
        if one.industry != group:
            group = one.industry
            sheet.cell(number, 1, titles[group]).font = Font(name="宋体", bold=True)
            sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(heads))
            number += 1
        count += 1
        birth: Any = one.more.get("birth", one.birth[:7].replace("-", "年") + "月")
        id_number: Any = one.more.get("id_number", one.id_number)
        mobile: Any = one.more.get("mobile", one.mobile)
        _write(sheet, number, [
            count, one.name, one.gender, birth, int(id_number) if one.more.get("id_as_number") else id_number,
            one.employer, one.position, one.title, "、".join(one.terms), one.role, "；".join(one.ipc),
            int(mobile) if one.more.get("mobile_as_number") else mobile,
            f"{one.start.replace('-', '.')}-{one.end.replace('-', '.')}", one.avoid])
        number += 1
    sheet.cell(number, 1, f"合计：{count}人")
    return book


def appraisers(people: Iterable[Any]) -> Workbook:
    """鉴定人名册: licences with their bodies and validity."""
    book, sheet = _sheet("鉴定人名册", "知识产权鉴定机构鉴定人名册（2026年度）", "编制单位：辽宁示例知识产权司法鉴定中心",
                         [6, 10, 6, 12, 24, 34, 16, 14, 12, 18, 18, 14, 44, 14])
    heads = ["序号", "鉴定人姓名", "性别", "出生年月", "公民身份号码", "执业机构", "职称", "学历", "专家类别", "执业类别",
             "执业证号", "有效期至", "擅长领域", "联系方式"]
    _write(sheet, 3, heads, bold=True)
    for count, one in enumerate(people, 1):
        _write(sheet, count + 3, [
            count, one.name, one.gender, _dotted(one.birth), one.id_number, one.employer, one.title, one.education,
            one.role, "知识产权鉴定", one.licence, one.licence_until, "、".join(one.terms), one.mobile])
    return book


def self_nominated(people: Iterable[Any]) -> list[list[str]]:
    """Rows of a registration form exported as text in GB 18030, numbers guarded against spreadsheet programs."""
    heads = ["姓名", "性别", "出生年月", "身份证号", "单位名称", "部门", "职务", "职称", "学历", "学位", "毕业院校", "专业",
             "专业领域", "IPC", "手机", "电子邮箱", "申报类别", "用人方式", "聘期", "需回避单位"]
    return [heads] + [[
        one.name, one.gender, one.birth, f"=\"{one.id_number}\"", one.employer, one.department, one.position, one.title,
        one.education, one.degree, one.school, one.major, "、".join(one.terms), "；".join(one.ipc), f"=\"{one.mobile}\"",
        one.email, one.role, one.mode, f"{one.start}至{one.end}", one.avoid] for one in people]


def court_docket(rows: Sequence[Sequence[str]]) -> Workbook:
    """The docket of a court's technical cases."""
    heads = ["序号", "案号", "案由", "原告", "被告", "第三人", "原告代理人", "被告代理人", "专利号", "IPC分类号",
             "技术争议焦点", "立案日期", "开庭日期", "承办法官", "城市", "原审案号", "技术领域", "案件状态", "备注"]
    book, sheet = _sheet("案件台账", "知识产权技术类案件台账", "统计日期：2026年11月22日",
                         [6, 26, 24, 36, 36, 20, 30, 30, 22, 22, 60, 12, 12, 10, 8, 26, 12, 8, 18])
    _write(sheet, 3, heads, bold=True)
    for number, row in enumerate(rows, 4):
        _write(sheet, number, [int(row[0]), *(cell or None for cell in row[1:])])
    return book


def workbook(content: dict[str, list[list[Any]]]) -> Workbook:
    """A pool workbook as the product reads it."""
    book = Workbook()
    book.remove(book.active)
    for name, (heads, *rows) in content.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        _write(sheet, 1, heads, bold=True)
        for number, row in enumerate(rows, 2):
            _write(sheet, number, row)
        for place in range(1, len(heads) + 1):
            sheet.column_dimensions[get_column_letter(place)].width = 22
    return book
