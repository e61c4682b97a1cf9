"""Further layouts that are tables: text files, web pages, hidden parts, gaps, many sheets, samples, odd values."""

from typing import Any

from tests.sample_data.roster_layouts.heads import head
from tests.sample_data.roster_layouts.kit import BASE, Kit
from tests.sample_data.roster_layouts.pages import Page, Roster
from tests.sample_data.roster_layouts.persons import Made


def text_file(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page(""), kit.fields()
    kit.habits.real_dates = False
    kit.file = f"{kit.layout}_{kit.seed}{rng.choice(('.csv', '.csv', '.txt'))}"
    if rng.random() < .3:
        page.add("专家导出", "2024-05-01")
    kit.table(page, fields, kit.people())
    return kit.roster(page, separator=rng.choice(",,\t;"), encoding=rng.choice(("utf-8-sig", "utf-8", "gb18030", "utf-16")),
                      guarded=rng.random() < .4)


def web_page(kit: Kit) -> list[Roster]:
    page, fields = Page(""), kit.fields()
    kit.habits.real_dates = False
    kit.file = f"{kit.layout}_{kit.seed}.xls"
    page.wide(kit.title(), len(fields) + 1)
    kit.table(page, fields, kit.people())
    return kit.roster(page, encoding=kit.rng.choice(("gb18030", "utf-8")))


def hidden(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page("名单"), kit.fields()
    page.add(head("no", rng), *kit.heads(fields))
    for number, made in enumerate(kit.people(), 1):
        row, away = page.add(number, *kit.cells(made, fields)), rng.random() < .1
        if away:
            page.hidden_rows.add(row)
        kit.say(page, row, made, fields, more=("hidden_row",) if away else ())
    old = Page("旧名单", hidden=True)
    old.add("姓名", "身份证号", "手机", "单位")
    for made in kit.people(3):
        old.add(made.values["name"], made.values["id_number"], made.values["mobile"], made.values["unit"])
    return kit.roster(page, old)


def many_sheets(kit: Kit) -> list[Roster]:
    """A workbook with a cover, a table for each office and one of other things."""
    cover = Page("填表说明")
    cover.add("填表说明")
    for line in ("一、本表由推荐单位填写。", "二、姓名应与身份证一致，身份证号为18位。", "三、专业领域按《国际专利分类表》填写。"):
        cover.add(line)
    pages, fields = [cover], kit.fields()
    for number, name in enumerate(kit.rng.sample(("机械处", "电学处", "化学处", "医药处", "光电处"), 3)):
        page = Page(name)
        if number % 2:
            page.wide(f"{name}{kit.title()}", len(fields) + 1)
        kit.table(page, fields, kit.people(max(3, kit.size // 4)))
        pages.append(page)
    codes = Page("代码表")
    codes.add("领域代码", "领域名称")
    codes.add("01", "机械")
    codes.add("02", "电学")
    return kit.roster(*pages, codes)


def low_head(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page("填报"), kit.fields()
    for line in ("各推荐单位：", "请按照以下要求填写本表，于2024年5月31日前报送：", "1.姓名、身份证号等信息应与本人证件一致；",
                 "2.专业领域请填写具体技术方向；", "3.手机号码、电子邮箱必填。", "")[:rng.randint(3, 6)]:
        page.wide(line, len(fields) + 1)
    page.add("单位：", "某某大学", None, "日期：", "2024.5.1")
    kit.table(page, fields, kit.people())
    return kit.roster(page)


def gaps(kit: Kit) -> list[Roster]:
    """Empty columns between, empty rows between, the table not at the left, remarks far to the right."""
    rng, page = kit.rng, Page()
    fields = kit.fields([name for name in BASE if name != "remark"])
    left, holes = rng.choice((0, 1, 2)), {rng.randint(2, 6)}
    far = rng.choice((2, 5, 12))

    def placed(cells: list[Any], remark: Any) -> list[Any]:
        spread: list[Any] = [None] * left
        for place, value in enumerate(cells):
            spread += [None, value] if place in holes else [value]
        return [*spread, *[None] * far, remark]

    for _ in range(rng.choice((0, 1, 3))):
        page.add()
    page.add(*placed([head("no", rng), *kit.heads(fields)], head("remark", rng)))
    for number, made in enumerate(kit.people(), 1):
        if rng.random() < .12:
            page.add()
        row = page.add(*placed([number, *kit.cells(made, fields)], made.values["remark"]))
        kit.say(page, row, made, [*fields, "remark"])
    return kit.roster(page)


def sample_rows(kit: Kit) -> list[Roster]:
    rng, page, fields = kit.rng, Page(), kit.fields()
    page.wide(kit.title(), len(fields) + 1)
    page.add(head("no", rng), *kit.heads(fields))
    example: Made = kit.person(wrong=False)
    mark = rng.choice(("示例", "样例", "例", "（示例）", "填写示例", "name", "remark"))
    if mark in ("name", "remark"):
        example.cells[mark] = {"name": f"{example.values['name']}（示例）", "remark": "样例"}[mark]
    page.add(1 if mark in ("name", "remark") else mark, *kit.cells(example, fields))
    kit.table(page, fields, kit.people(), heading=False)
    for number in range(kit.size + 1, kit.size + 12):
        page.add(number)
    page.add("备注：请勿合并单元格。")
    return kit.roster(page)


def months(kit: Kit) -> list[Roster]:
    """Dates whose cells hold a day and show a month."""
    page = Page(months=True)
    kit.habits.precision, kit.habits.real_dates = "YM", True
    kit.table(page, [name for name in kit.fields() if name != "hired"], kit.people())
    return kit.roster(page)


def bracketed(kit: Kit) -> list[Roster]:
    """Names with sex, nation, office or stars behind them; old two-digit years; ids and phones with labels."""
    rng, page = kit.rng, Page("名册")
    kit.habits.precision, kit.habits.real_dates = "YM", False
    kit.habits.styles = (rng.choice(("{d:%y}.{d:%m}", "{d:%y%m}", "{d.year}年{d.month}月生", "{d:%Y.%m}.")),)
    fields, people = kit.fields(), kit.people()
    for made in people:
        v = made.values
        made.cells["name"] = rng.choice((
            f"{v['name']}（{made.values['gender']}）", f"{v['name']}({v['ethnicity']})", f"{v['name']}（组长）", f"{v['name']}*",
            f"{v['name']}", f"{v['name']}　（{v['gender']}，{v['ethnicity']}）"))
        if v["mobile"] and len(v["mobile"]) == 11 and rng.random() < .3:
            made.cells["mobile"] = rng.choice((f"{v['mobile']}（手机）", f"移动电话:{v['mobile']}", f"Tel：{v['mobile']}", f"{v['mobile']}；"))
        if v["id_number"] and made.wrong == "" and rng.random() < .2:
            made.cells["id_number"] = rng.choice((f"身份证：{v['id_number']}", v["id_number"].replace("X", "×"), f"\u202a{v['id_number']}\u202c"))
    kit.table(page, fields, people)
    return kit.roster(page)


def wide(kit: Kit) -> list[Roster]:
    """Every column of the truth and many that have no field of their own."""
    rng, page = kit.rng, Page("专家信息")
    fields = kit.fields(extra=1)
    more = {"微信号": "wx{n}", "QQ号码": "1000{n}", "邮政编码": "110{n:03d}", "通讯地址": "某市某区某路{n}号", "毕业院校": "东北某大学",
            "所学专业": "机械工程", "证件类型": "居民身份证", "参加工作时间": "2001.7", "职称取得时间": "2012年12月", "是否涉密人员": "否",
            "推荐单位": "某某大学", "推荐人联系方式": "024-8888{n:04d}", "开户行": "某某银行", "银行账号": "62220202001{n:08d}", "所属行业": "制造业",
            "学位": "", "在职状态": "在职", "传真": "024-2345{n:04d}", "近三年承担项目": "项目{n}", "健康状况": "良好", "籍贯": "某省某市"}
    chosen = rng.sample(sorted(more), rng.randint(6, 14))
    heads = kit.heads(fields)
    page.add("序号", *heads, *chosen)
    for number, made in enumerate(kit.people(), 1):
        extra = [made.degree if name == "学位" else more[name].format(n=number) for name in chosen]
        kit.say(page, page.add(number, *kit.cells(made, fields), *extra), made, fields)
    return kit.roster(page)
