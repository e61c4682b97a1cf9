"""Invented people, what may be wrong with them, and how their values are written in cells."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from expertpool.foundation.check_signs import identity_sign

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢"
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟")
GIVEN = "志明晓东海燕春秋冬梅兰竹国栋文武学勤思远子轩雨桐嘉树若水安宁博雅承宗启航立新永康镕喆堃犇淼祎翀"
ETHNIC_NAMES = ("买买提·吐尔逊", "阿依古丽·卡德尔", "巴特尔·其木格", "扎西·多吉", "古丽娜尔·艾合买提")
RARE = ("𠮷野", "䶮飞", "㛃宁", "𬭎远")
CITIES = ("沈阳", "大连", "鞍山", "长春", "青岛", "南京", "武汉", "成都", "西安", "深圳")
AREAS = ("机械", "电子", "生物", "化工", "材料", "通信", "医药", "光电", "建筑", "农业")
UNITS = ("{c}{a}大学", "{c}{a}研究所", "{c}市{a}研究院", "{c}{a}科技有限公司", "{c}{a}股份有限公司", "{c}市第三人民医院",
         "{c}知识产权保护中心", "{c}专利代理事务所（普通合伙）", "{c}{a}职业技术学院", "{c}市{a}行业协会", "中国科学院{c}{a}研究所",
         "{c}市产品质量监督检验院", "国家知识产权局专利局专利审查协作{c}中心")
DEPARTMENTS = ("机械工程学院", "研发部", "信息中心", "材料研究室", "技术处", "")
TITLES = ("教授", "副教授", "讲师", "研究员", "副研究员", "高级工程师", "正高级工程师", "工程师", "主任医师", "副主任医师",
          "高级会计师", "助理研究员", "教授级高级工程师", "高级农艺师", "主任药师")
POSITIONS = ("院长", "副院长", "所长", "主任", "副主任", "系主任", "总工程师", "部门经理", "处长", "技术总监", "")
EDUCATIONS = ("博士研究生", "硕士研究生", "大学本科", "大专")
DEGREES = {"博士研究生": "博士", "硕士研究生": "硕士", "大学本科": "学士", "大专": ""}
PARTIES = ("中共党员", "民盟", "民建", "九三学社", "群众", "无党派人士", "农工党", "致公党")
ETHNICITIES = ("汉族",) * 8 + ("满族", "蒙古族", "回族", "朝鲜族", "锡伯族", "维吾尔族")
SPECIALTIES = ("机械设计制造", "数控加工", "半导体器件", "集成电路布图设计", "人工智能", "计算机软件", "通信网络", "高分子材料",
               "生物制药", "中药制剂", "食品检测", "动力电池", "新能源汽车", "光学仪器", "建筑结构", "岩土工程", "环境监测",
               "植物新品种", "软件源代码比对", "商业秘密鉴定", "电力系统", "网络安全", "航空发动机", "医疗器械", "焊接工艺")
REGIONS = ("210102", "210202", "220102", "110108", "310115", "320505", "440305", "510104", "610113", "150102")
REMARKS = ("已退休", "回避：某某公司", "可参加现场勘验", "周三不便", "")
ISSUES = (("id_missing", .03), ("id_checksum", .02), ("id_15", .015), ("birth_invalid", .012),
          ("birth_id_mismatch", .012), ("gender_id_mismatch", .008), ("phone_invalid", .02),
          ("id_precision_lost", .008), ("phone_precision_lost", .008))
Cell = Any


@dataclass
class Made:
    """One person with the truth of each field; ``wrong`` is the seeded problem, "" for none."""

    number: int
    values: dict[str, Any]
    birth: date
    wrong: str = ""
    department: str = ""
    degree: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)  # field → the cell where it must stand so
    issues: list[str] = field(default_factory=list)


def _name(rng: Random) -> str:
    chance = rng.random()
    if chance < .03:
        return rng.choice(ETHNIC_NAMES)
    if chance < .05:
        return rng.choice(SURNAMES) + rng.choice(RARE)
    surname = rng.choice(COMPOUND) if chance < .08 else rng.choice(SURNAMES)
    return surname + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))


def person(rng: Random, number: int, wrong: bool = True) -> Made:
    """The ``number``-th person, sometimes with one seeded problem."""
    gender = rng.choice("男男女")
    birth = date(rng.randint(1950, 1993), rng.randint(1, 12), rng.randint(1, 28))
    seventeen = f"{rng.choice(REGIONS)}{birth:%Y%m%d}{rng.randint(10, 99)}{rng.choice('13579' if gender == '男' else '02468')}"
    city, area = rng.choice(CITIES), rng.choice(AREAS)
    education = rng.choice(EDUCATIONS)
    values: dict[str, Any] = {
        "name": _name(rng), "gender": gender, "birth": birth.isoformat(), "id_number": seventeen + identity_sign(seventeen),
        "mobile": f"1{rng.choice('3578')}{rng.randint(0, 999999999):09d}",
        "landline": f"0{rng.choice(('24', '411', '10', '755', '21'))}-{rng.randint(20000000, 89999999)}" if rng.random() < .6 else None,
        "email": f"expert{number}@example.cn" if rng.random() < .85 else None,
        "unit": rng.choice(UNITS).format(c=city, a=area), "title": rng.choice(TITLES),
        "position": rng.choice(POSITIONS) or None, "education": education,
        "specialties": rng.sample(SPECIALTIES, rng.choice((1, 1, 2, 2, 3, 4))),
        "ethnicity": rng.choice(ETHNICITIES), "party": rng.choice(PARTIES),
        "hired": date(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28)).isoformat(),
        "expert_no": f"ZJ{rng.randint(2015, 2024)}{number:05d}",
        "former_name": _name(rng) if rng.random() < .06 else None, "remark": rng.choice(REMARKS) or None}
    made = Made(number, values, birth, department=rng.choice(DEPARTMENTS), degree=DEGREES[education])
    if wrong:
        _seed(rng, made)
    return made


def _seed(rng: Random, made: Made) -> None:
    chance = rng.random()
    for issue, share in ISSUES:
        if (chance := chance - share) < 0:
            made.wrong = issue
            break
    values, number = made.values, made.values["id_number"]
    if made.wrong == "id_missing":
        values["id_number"] = None
        made.cells["id_number"] = rng.choice((None, "", "无", "/", "—"))
    elif made.wrong == "id_checksum":
        values["id_number"] = number[:17] + next(d for d in "123456789" if d != number[17])
    elif made.wrong == "id_15":
        values["id_number"] = number[:6] + number[8:17]
    elif made.wrong == "id_precision_lost":
        values["id_number"] = None
        made.cells["id_number"] = f"{int(number[:17] + '0'):.5E}"
    elif made.wrong == "birth_invalid":
        values["birth"] = None
        y = made.birth.year
        made.cells["birth"] = rng.choice((f"{y}-02-30", f"{y}.13", f"{y}年13月5日", f"{y}1341", f"{y}/0/12"))
    elif made.wrong == "birth_id_mismatch":
        other = made.birth.replace(year=made.birth.year + 1)
        made.birth, values["birth"] = other, other.isoformat()
    elif made.wrong == "gender_id_mismatch":
        values["gender"] = "女" if values["gender"] == "男" else "男"
    elif made.wrong == "phone_invalid":
        values["mobile"] = values["mobile"][:10]
    elif made.wrong == "phone_precision_lost":
        made.cells["mobile"] = f"{float(values['mobile']):.2E}"
        values["mobile"] = None
    made.issues = [made.wrong] if made.wrong else []


BIRTH_STYLES = {
    "YMD": ("{d:%Y-%m-%d}", "{d.year}.{d.month}.{d.day}", "{d.year}/{d.month}/{d.day}", "{d.year}年{d.month}月{d.day}日",
            "{d:%Y%m%d}", "{d:%Y.%m.%d}", "{d:%Y/%m/%d}", "{d:%Y年%m月%d日}", "{d:%Y-%m-%d} 00:00:00"),
    "YM": ("{d:%Y.%m}", "{d.year}年{d.month}月", "{d:%Y-%m}", "{d:%Y%m}", "{d:%Y/%m}", "{d.year}年{d:%m}月", "{d:%Y}．{d:%m}"),
    "Y": ("{d.year}", "{d.year}年"),
}
SEPARATORS = ("、", "，", ",", "；", ";", "/", "|", "\n", " ")


@dataclass
class Habits:
    """How one file writes its values: the precision and style of dates, separators, phones."""

    precision: str = "YMD"
    styles: tuple[str, ...] = BIRTH_STYLES["YMD"]
    real_dates: bool = False
    tidy: bool = False  # no odd spaces or labels

    @classmethod
    def of(cls, rng: Random, **more: Any) -> "Habits":
        precision = rng.choice(("YMD", "YMD", "YM", "Y" if rng.random() < .2 else "YM"))
        styles = BIRTH_STYLES[precision]
        if rng.random() < .6:
            styles = (rng.choice(styles),)
        return cls(precision, styles, precision == "YMD" and rng.random() < .25, **more)


def truth(made: Made, habits: Habits, fields: list[str]) -> dict[str, Any]:
    """The fields as an importer should store them from this file."""
    values = {name: made.values[name] for name in fields}
    if values.get("birth"):
        values["birth"] = values["birth"][:{"YMD": 10, "YM": 7, "Y": 4}[habits.precision]]
    return values


def issues(made: Made, habits: Habits, fields: list[str]) -> list[str]:
    """The seeded problems that this file's columns can show."""
    needs = {"id_missing": {"id_number"}, "id_checksum": {"id_number"}, "id_15": {"id_number"},
             "id_precision_lost": {"id_number"}, "birth_invalid": {"birth"}, "birth_id_mismatch": {"birth", "id_number"},
             "gender_id_mismatch": {"gender", "id_number"}, "phone_invalid": {"mobile"}, "phone_precision_lost": {"mobile"}}
    return [issue for issue in made.issues if needs.get(issue, set()) <= set(fields)]


def cell(made: Made, name: str, habits: Habits, rng: Random) -> Cell:
    """A field as it stands in a cell of this file."""
    if name in made.cells:
        return made.cells[name]
    value = made.values.get(name)
    if name == "birth" and value is not None:
        return made.birth if habits.real_dates else rng.choice(habits.styles).format(d=made.birth)
    if name == "hired" and value is not None and habits.real_dates:
        return date.fromisoformat(value)
    if value is None or habits.tidy:
        return "、".join(value) if isinstance(value, list) else value
    return _WRITTEN.get(name, lambda text, _rng: text)(value, rng)


def _written_name(text: str, rng: Random) -> str:
    if len(text) == 2 and rng.random() < .5:
        return text[0] + rng.choice((" ", "  ", "　", "\u00a0")) + text[1]
    if "·" in text and rng.random() < .5:
        return text.replace("·", rng.choice("•．・"))
    return rng.choice((text,) * 12 + (f" {text}", f"{text}　", f"{text}\u200b"))


def _written_mobile(text: str, rng: Random) -> str:
    if len(text) != 11:
        return text
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return rng.choice((text,) * 6 + (f"{text[:3]}-{text[3:7]}-{text[7:]}", f"{text[:3]} {text[3:7]} {text[7:]}", f"+86 {text}",
                                     f"86-{text}", f"手机：{text}", f"{text}（微信同号）", text.translate(wide), f"+86{text}"))


def _written_id(text: str, rng: Random) -> str:
    if len(text) == 18 and rng.random() < .15:
        return rng.choice((text.lower(), f"{text[:6]} {text[6:14]} {text[14:]}", f"'{text}", f" {text}", f"{text}\t"))
    return text


def _written_specialties(entries: list[str], rng: Random) -> str:
    if len(entries) > 1 and rng.random() < .15:
        return rng.choice((" ".join(f"{n}.{e}" for n, e in enumerate(entries, 1)),
                           "".join(f"{'①②③④'[n]}{e}" for n, e in enumerate(entries)),
                           "\n".join(f"{n}、{e}" for n, e in enumerate(entries, 1))))
    return rng.choice(SEPARATORS).join(entries)


_WRITTEN: dict[str, Any] = {
    "name": _written_name, "mobile": _written_mobile, "id_number": _written_id, "specialties": _written_specialties,
    "landline": lambda text, rng: rng.choice((text,) * 4 + (f"（{text[:text.index('-')]}）{text[text.index('-') + 1:]}",)),
    "email": lambda text, rng: rng.choice((text,) * 8 + (text.replace("@", "＠"), f" {text}")),
    "gender": lambda text, rng: rng.choice((text,) * 12 + (f"{text} ",)),
}
