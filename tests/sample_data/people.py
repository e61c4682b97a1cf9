"""The invented people of the five sample rosters: one line each, the rest follows from the line's number.

A line reads: name (* for a woman), topic, professional title, department or unit. Units, names and numbers
are made up; identity numbers use the area code 210199, which no place has, mobiles the row 1380000xxxx.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from expertpool.foundation.check_signs import identity_sign
from tests.sample_data.topics import TOPICS, Topic

UNIVERSITY = "浑河理工大学"
INSTITUTE = "示例自动化研究所"
LICENCE_BODIES = ("辽海知识产权司法鉴定所", "棋盘山知识产权司法鉴定中心")

_UNIVERSITY = """
韩启明 机器人 教授 机械工程学院
苏婉晴* 机械臂 副教授 机械工程学院
丁向北 机床 教授 机械工程学院
吕思远 传动 副教授 机械工程学院
姚景行 压缩机 教授 能源与动力学院
田若谷 盾构 副教授 机械工程学院
贺清扬 焊接 教授 材料科学与工程学院
沈知微* 晶圆 副教授 微电子学院
陆云舟 布图 教授 微电子学院
汪子衡 真空 副教授 机械工程学院
金在熙* 功率器件 副教授 微电子学院
白云起 飞机 教授 航空宇航学院
程远帆 无人机 副教授 航空宇航学院
罗建章 发动机 教授 航空宇航学院
宋雨桐* 乳品 副教授 生命科学与食品学院
郑书怀 粮油 教授 生命科学与食品学院
万佳宁* 食品检测 讲师 生命科学与食品学院
于承泽 变速器 教授 车辆工程学院
高向阳 底盘 副教授 车辆工程学院
齐思齐 智能驾驶 副教授 车辆工程学院
关山月* 车身 教授 车辆工程学院
邱明澈 药物 教授 化学与制药学院
范以诺* 生物药 副教授 化学与制药学院
薛怀远 影像 教授 医学与生物信息工程学院
尹若兰* 手术器械 副教授 医学与生物信息工程学院
佟立新 软件 教授 计算机学院
邵一鸣 工业软件 副教授 计算机学院
康宁远 视觉 副教授 计算机学院
梅映雪* 通信 教授 计算机学院
石敬之 电池 教授 材料科学与工程学院
龙在野 风电 副教授 信息与电气学院
毕云涛 电力 教授 信息与电气学院
夏清和* 环保 教授 资源与环境学院
樊立行 材料 教授 材料科学与工程学院
安若溪* 机器人 副教授 机械工程学院
孔令仪* 视觉 讲师 计算机学院
"""

_INSTITUTE = """
曹启航 机器人 研究员 机器人学研究室
冯致远 机械臂 副研究员 机器人学研究室
蒋文澜* 机械臂 研究员 智能装备研究室
卢景明 工业软件 研究员 工业控制研究室
谢知行 视觉 副研究员 智能感知研究室
潘若愚 晶圆 研究员 集成电路装备研究室
杜思衡 真空 副研究员 集成电路装备研究室
任晓棠* 视觉 副研究员 智能感知研究室
方逸尘 无人机 研究员 水面与空中机器人研究室
袁清越* 无人机 副研究员 水面与空中机器人研究室
邓怀瑾 焊接 研究员 智能装备研究室
彭一苇 工业软件 高级工程师 工业控制研究室
钟毓秀* 通信 副研究员 工业网络研究室
崔景和 通信 研究员 工业网络研究室
戴云深 机床 研究员 数控技术研究室
廖思危 机床 高级工程师 数控技术研究室
贾若水* 手术器械 研究员 医疗机器人研究室
魏长风 机器人 研究员 机器人学研究室
龚景澄 传动 高级工程师 智能装备研究室
熊思辰 智能驾驶 副研究员 智能感知研究室
孟繁锦* 软件 高级工程师 信息中心
阎守正 底盘 高级工程师 智能装备研究室
段明轩 机器人 工程师 机器人学研究室
侯雅宁* 影像 副研究员 医疗机器人研究室
"""

_SOCIETY = """
# 一、机械领域
雷振声 机床 正高级工程师 沈阳铁西示例机床有限责任公司
常胜男* 传动 高级工程师 沈阳云岭精密传动有限公司
武景略 压缩机 正高级工程师 棋盘山透平机械有限公司
乔松年 盾构 正高级工程师 沈阳浑南掘进装备有限公司
赖文渊 焊接 高级工程师 示例重型装备研究院
龚若冰* 变速器 高级工程师 大东示例汽车零部件有限公司
文修齐 底盘 正高级工程师 大东示例汽车零部件有限公司
施望舒* 车身 高级工程师 大东示例汽车零部件有限公司
牛致和 机器人 高级工程师 大连云岭机器人有限公司
管思敏* 材料 正高级工程师 示例金属材料检测中心
宫自强 材料 高级工程师 示例金属材料检测中心
# 二、航空领域
洪一川 飞机 研究员级高级工程师 北陵飞机设计研究所
时若枫* 飞机 高级工程师 北陵飞机设计研究所
滕远航 发动机 研究员级高级工程师 北陵航空动力研究所
路承平 发动机 高级工程师 北陵航空动力研究所
# 三、电子信息领域
易初尘 布图 高级工程师 沈阳浑南芯图集成电路设计有限公司
柴静斋* 功率器件 高级工程师 沈阳浑南芯图集成电路设计有限公司
葛一诺* 晶圆 正高级工程师 沈阳示例半导体设备股份有限公司
柯明远 真空 高级工程师 沈阳示例真空技术有限公司
项知秋* 软件 高级工程师 浑河软件测评中心
季凌霄 电池 高级工程师 专利审查协作示例中心
辛若川 通信 高级工程师 专利审查协作示例中心
游子谦 机器人 高级工程师 浑河专利代理事务所
# 四、农业领域
木青禾* 育种 研究员 棋盘山农业科学院
耿秋实 育种 研究员 蒲河种子检验中心
植松涛 设施农业 副研究员 棋盘山农业科学院
鲍麦冬 农机 研究员 棋盘山农业机械化研究所
司徒景 农机 高级工程师 棋盘山农业机械化研究所
# 五、食品领域
米雪霏* 粮油 高级工程师 蒲河粮油食品研究所
安若素* 乳品 正高级工程师 蒲河乳品技术中心
"""

_APPRAISERS = """
祝明理 机械臂 正高级工程师 0
裴知非 软件 高级工程师 0
尚文蔚* 软件 高级工程师 0
费思诚 机床 高级工程师 0
卓若云* 药物 主任药师 0
左安邦 电力 高级工程师 0
凌霜华* 布图 高级工程师 0
欧阳霁 视觉 高级工程师 0
郁葱茏 车身 高级工程师 0
谈笑生 电池 高级工程师 1
房若瑜* 食品检测 正高级工程师 1
解忧之 压缩机 高级工程师 1
鲁直道 材料 正高级工程师 1
臧云鹏 焊接 高级工程师 1
卜算清* 通信 高级工程师 1
申屠明 育种 研究员 1
东方朗 手术器械 高级工程师 1
车景云 变速器 高级工程师 1
岳千峰 环保 高级工程师 1
"""

_ASSOCIATION = """
秦朗川 机器人 高级工程师 沈阳云岭机器人股份有限公司
骆书航 机器人 高级工程师 沈阳步云机器人有限公司
应怀宁 机械臂 工程师 浑南柔臂自动化有限公司
纪云开 底盘 高级工程师 铁岭示例汽车制动系统有限公司
甘霖雨* 智能驾驶 高级工程师 沈北智行科技有限公司
庄思睿 车身 高级工程师 大东示例汽车零部件有限公司
温如言* 药物 高级工程师 本溪示例药业股份有限公司
乐天行 药物 高级工程师 棋盘山药物研究所
芦荻秋* 生物药 高级工程师 本溪钟灵生物技术有限公司
翟明德 中药 主任中药师 本溪示例药业股份有限公司
阮清词* 中药 高级工程师 蒲河中医药研究所
焦点明 影像 高级工程师 浑南示例医疗影像设备有限公司
虞可欣* 手术器械 高级工程师 浑南示例医疗影像设备有限公司
向晚舟 软件 高级工程师 三好街示例软件股份有限公司
沙漠川 工业软件 高级工程师 三好街示例软件股份有限公司
舒望北 视觉 高级工程师 沈北智行科技有限公司
曲径通 通信 高级工程师 浑南星链通信设备有限公司
支点云 电池 高级工程师 抚顺示例新能源电池有限公司
桂子月* 电池 高级工程师 沈北示例储能研究院
风行健 风电 正高级工程师 沈阳示例风电装备有限公司
连海平 风电 高级工程师 沈阳示例风电装备有限公司
常青藤* 电力 高级工程师 法库示例输变电设备有限公司
浦江流 电力 高级工程师 法库示例输变电设备有限公司
水清浅* 环保 高级工程师 浑河示例环保工程有限公司
钱思源 环保 正高级工程师 抚顺示例水处理研究所
麦穗香* 农机 高级工程师 铁岭示例农业装备有限公司
仓满廪 粮油 高级工程师 盘锦示例米业有限公司
牧歌晚* 乳品 高级工程师 辉山示例乳业有限公司
井然序 无人机 高级工程师 法库示例通用航空有限公司
齐云飞 飞机 高级工程师 法库示例通用航空有限公司
"""

ROLES = ("技术调查官", "技术咨询专家")
TERMS = ("2024-03-01至2027-02-28", "2025-01-01至2027-12-31", "2024-06-01至2027-05-31", "2026-01-01至2028-12-31")
SOON = "2024-01-01至2026-12-31"  # within 90 days of 2026-11-22
_EDUCATION = (("博士研究生", "博士"), ("博士研究生", "博士"), ("硕士研究生", "硕士"), ("大学本科", "学士"))
_SCHOOLS = ("浑河理工大学", "北陵航空学院", "蒲河农业大学", "棋盘山医药大学", "白塔工业大学")
_PARTIES = ("中共党员", "群众", "九三学社", "中共党员", "民盟", "无党派人士")


@dataclass
class SamplePerson:
    """One line of a roster, everything as text; ``number`` runs over all rosters and makes the numbers unique."""

    number: int
    name: str
    gender: str
    topic: Topic
    title: str
    place: str
    group: str
    birth: tuple[int, int, int]
    role: str
    term: str
    specialties: list[str]
    ipc: str
    education: tuple[str, str]
    more: dict[str, object] = field(default_factory=dict)

    @property
    def id_number(self) -> str:
        year, month, day = self.birth
        serial = 2 * self.number % 998 + (1 if self.gender == "男" else 2)
        digits = f"210199{year:04}{month:02}{day:02}{serial:03}"
        return digits + identity_sign(digits)

    @property
    def mobile(self) -> str:
        return f"1380000{self.number:04}"

    @property
    def email(self) -> str:
        return f"expert{self.number:03}@example.cn"

    @property
    def school(self) -> str:
        return _SCHOOLS[self.number % len(_SCHOOLS)]

    @property
    def party(self) -> str:
        return _PARTIES[self.number % len(_PARTIES)]


def roster(key: str) -> list[SamplePerson]:
    """The people of one roster: university, institute, society, appraisers or association."""
    people, group, number = [], "", _FIRST[key]
    for line in _TEXTS[key].strip().splitlines():
        if line.startswith("#"):
            group = line.removeprefix("# ")
            continue
        people.append(_person(number, line.split(), group, key))
        number += 1
    return people


def _person(number: int, words: list[str], group: str, key: str) -> SamplePerson:
    name, topic, title, place = words
    subject = TOPICS[topic]
    first, many = number % len(subject.words), 3 + number % 3
    turned = subject.words[first:] + subject.words[:first]
    person = SamplePerson(
        number, name.rstrip("*"), "女" if name.endswith("*") else "男", subject, title, place, group,
        (1969 + number * 7 % 20 + (4 if title in ("讲师", "工程师") else 0), 1 + number * 5 % 12, 1 + number * 11 % 28),
        _role(number, key), TERMS[number % len(TERMS)], list(turned[:many]),
        "、".join(subject.ipc[:1 + number % 2]) if number % 3 == 0 else "",
        _EDUCATION[0 if title in ("教授", "研究员", "讲师") else number % len(_EDUCATION)])
    for name_, value in SPECIAL.get(person.name, {}).items():
        setattr(person, name_, value)
    return person


def _role(number: int, key: str) -> str:
    if key == "appraisers":
        return "司法鉴定人、技术咨询专家" if number % 6 == 0 else "司法鉴定人"
    return ROLES[_order()[number] % 2]


@cache
def _order() -> dict[int, int]:
    """Number of a person → how many of the same topic stand before: roles take turns within each topic."""
    order: dict[int, int] = {}
    seen: Counter[str] = Counter()
    for key in ("university", "institute", "society", "association"):
        lines = [line for line in _TEXTS[key].strip().splitlines() if not line.startswith("#")]
        for number, line in enumerate(lines, _FIRST[key]):
            topic = line.split()[1]
            order[number] = seen[topic]
            seen[topic] += 1
    return order


# What the rules of eligibility need, and two people who hold several roles.
SPECIAL: dict[str, dict[str, object]] = {
    "姚景行": {"birth": (1964, 4, 18), "role": "技术调查官"},
    "韩启明": {"role": "技术调查官"}, "曹启航": {"role": "技术调查官"}, "魏长风": {"role": "技术调查官"},
    "游子谦": {"role": "技术调查官"}, "季凌霄": {"role": "技术调查官"}, "常胜男": {"role": "技术调查官"},
    "秦朗川": {"role": "技术调查官"}, "骆书航": {"role": "技术调查官"}, "牛致和": {"role": "技术调查官"},
    "安若溪": {"role": "技术调查官"}, "段明轩": {"role": "技术调查官", "term": "2027-01-01至2029-12-31"},
    "苏婉晴": {"role": "技术调查官", "term": SOON}, "蒋文澜": {"role": "技术调查官", "term": SOON},
    "文修齐": {"role": "技术调查官", "term": SOON}, "陆云舟": {"role": "技术调查官", "term": SOON},
    "冯致远": {"role": "技术调查官", "term": "2022-03-01至2025-02-28"},
    "应怀宁": {"role": "技术调查官", "education": ("大专", "")},
    "佟立新": {"role": "技术调查官、技术咨询专家"}, "木青禾": {"role": "技术调查官、技术咨询专家"},
    "裴知非": {"role": "司法鉴定人、技术咨询专家"}, "祝明理": {"role": "司法鉴定人"},
    "卢景明": {"role": "技术调查官"}, "彭一苇": {"role": "技术调查官"}, "康宁远": {"role": "技术调查官"},
    "石敬之": {"role": "技术调查官"}, "潘若愚": {"role": "技术调查官"}, "任晓棠": {"role": "技术调查官"},
    "杜思衡": {"role": "技术调查官"},
    "崔景和": {"role": "技术调查官"}, "费思诚": {"role": "司法鉴定人"}, "郑书怀": {"role": "技术调查官"}, "邱明澈": {"role": "技术调查官"},
}
SPECIAL |= {name: {"role": ROLES[0]} for name in ("耿秋实", "钱思源", "桂子月", "乐天行")}
SPECIAL |= {name: {"role": ROLES[1]} for name in (
    "安若素", "沙漠川", "曲径通", "常青藤", "施望舒", "管思敏", "龚若冰", "水清浅", "支点云", "温如言")}
_TEXTS = {"university": _UNIVERSITY, "institute": _INSTITUTE, "society": _SOCIETY, "appraisers": _APPRAISERS,
          "association": _ASSOCIATION}
_FIRST = {"university": 1, "institute": 41, "society": 71, "appraisers": 111, "association": 141}
