"""Made-up people in numbers for measuring: every value is drawn from a fixed seed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

DAYS = 12_000
HEADS = ("序号", "姓名", "性别", "出生年月", "身份证号", "工作单位", "部门", "职务", "职称", "学历", "学位", "毕业院校",
         "所学专业", "专业特长", "手机号码", "办公电话", "电子邮箱", "民族", "政治面貌", "备注")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬燕彬云莲真环雪荣爱妹霜香月莺媛"
UNITS = ("理工大学", "自动化研究所", "农业科学院", "机械工程学会", "知识产权保护中心", "材料研究所")
WORDS = ("移动机器人", "伺服控制", "高分子材料", "动力电池", "芯片设计", "数据安全", "光学仪器", "植物新品种", "焊接工艺",
         "数控机床", "航空发动机", "食品添加剂", "药物制剂", "图像识别", "无线通信", "电力电子", "环境监测", "建筑结构")
TITLES = ("教授", "副教授", "研究员", "高级工程师", "工程师", "讲师")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def rows(count: int, seed: int = 7) -> Iterator[tuple[str, ...]]:
    """Rows under :data:`HEADS`; everybody is another person."""
    draw = random.Random(seed)
    for number in range(count):
        name = draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)
        turn, day = divmod(number, DAYS)  # as many people as wanted, no two with one identity number
        born = date(1960, 1, 1) + timedelta(days=day * 7919 % DAYS)
        digits = f"210199{born:%Y%m%d}{turn:03d}"
        check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]
        unit = f"浑河第{number % 300 + 1}{draw.choice(UNITS)}"
        yield (str(number + 1), name, "男" if int(digits[-1]) % 2 else "女", born.isoformat(),
               digits + check, unit, "研究室", "主任", draw.choice(TITLES), "博士研究生", "博士", "浑河理工大学",
               "机械工程", "、".join(draw.sample(WORDS, 3)), f"138{number:08d}", "024-23456789",
               f"e{number}@example.cn", "汉族", "群众", "")


def roster(path: Path, count: int) -> Path:
    """A roster workbook of so many people."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, HEADS)
        for place, row in enumerate(rows(count), 1):
            sheet.write_row(place, 0, row)
    return path
