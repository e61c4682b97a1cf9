"""A labelled set of pairs: one human being written down twice with the noise of real rosters, and hard namesakes.

Everything is drawn from a seed; units, names and numbers are made up (area code 210199 belongs to no place).
"""

import random
from collections.abc import Callable
from typing import NamedTuple

from expertpool.experts.same_person import Identity
from expertpool.foundation.check_signs import identity_sign
from expertpool.organisations.names import normalise

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬燕彬云莲真环雪荣爱妹霜香月莺媛嘉思哲宇浩博文轩"
UNITS = [f"{place}{kind}" for place in ("浑河", "蒲河", "棋盘山", "北陵", "辽海", "云岭", "铁西示例", "大东示例")
         for kind in ("理工大学", "自动化研究所", "农业科学院", "医院", "知识产权保护中心", "材料研究所有限公司", "大学机械工程学院")]
COMMON = ("张伟", "王芳", "李娜", "王伟", "刘洋", "李强", "张敏", "王静")
TWINS = {"伟": "玮", "芳": "方", "娜": "纳", "敏": "闵", "静": "靖", "丽": "莉", "强": "蔷", "磊": "蕾", "军": "君", "洋": "阳",
         "勇": "永", "艳": "燕", "杰": "洁", "娟": "涓", "明": "铭", "华": "桦", "红": "宏", "玲": "铃", "云": "芸", "嘉": "佳",
         "哲": "喆", "宇": "羽", "浩": "皓", "博": "波", "文": "雯"}
OLD = {"张": "張", "刘": "劉", "陈": "陳", "杨": "楊", "赵": "趙", "黄": "黃", "吴": "吳", "孙": "孫", "马": "馬", "罗": "羅", "郑": "鄭",
       "谢": "謝", "韩": "韓", "冯": "馮", "邓": "鄧", "许": "許", "吕": "呂", "苏": "蘇", "卢": "盧", "蒋": "蔣", "叶": "葉", "阎": "閻"}


class LabelledPair(NamedTuple):
    """Two identities, whether they are one person, and what makes the pair hard."""

    one: Identity
    other: Identity
    same: bool
    kind: str


class Draw:
    """People from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.phone = 13800000000

    def name(self) -> str:
        return self.random.choice(SURNAMES) + "".join(self.random.sample(GIVEN, self.random.choice((1, 2, 2, 2))))

    def mobile(self) -> str:
        self.phone += 1
        return str(self.phone)

    def birth(self) -> str:
        return f"{self.random.randint(1950, 1995)}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"

    def number(self, birth: str) -> str:
        first = "210199" + birth.replace("-", "") + f"{self.random.randint(0, 999):03d}"
        return first + identity_sign(first)

    def person(self, **given: object) -> Identity:
        birth = str(given.get("birth") or self.birth())
        known = {"name": self.name(), "id_number": self.number(birth), "birth": birth, "phones": (self.mobile(),),
                 "units": (normalise(self.random.choice(UNITS)),), "former_name": ""} | given
        return Identity(**known)  # type: ignore[arg-type]


def labelled(seed: int = 11, each: int = 100) -> list[LabelledPair]:
    """About 3,300 pairs: ``each`` of every kind, true and false."""
    draw = Draw(seed)
    pairs = []
    for kind, make in {**TRUE, **FALSE}.items():
        for _number in range(each):
            one, other = make(draw, draw.person())
            if draw.random.random() < 0.5:
                one, other = other, one
            pairs.append(LabelledPair(one, other, kind in TRUE, kind))
    draw.random.shuffle(pairs)
    return pairs


Maker = Callable[[Draw, Identity], tuple[Identity, Identity]]


def _typed(draw: Draw, number: str) -> str:
    """One wrong digit, or two neighbours in exchange."""
    at = draw.random.randrange(6, len(number) - 1)
    if draw.random.random() < 0.4 and number[at] != number[at + 1]:
        return number[:at] + number[at + 1] + number[at] + number[at + 2:]
    digit = draw.random.choice([d for d in "0123456789" if d != number[at]])
    return number[:at] + digit + number[at + 1:]


def _less(draw: Draw, person: Identity) -> Identity:
    """The same person in a list that asks for less: no number, the birth to the month or year."""
    return person._replace(id_number="", birth=person.birth[:draw.random.choice((4, 7, 7, 10))])


def _twin_name(draw: Draw, name: str) -> str:
    places = [i for i, c in enumerate(name) if i and c in TWINS]
    if not places:
        return name[:1] + "".join(TWINS.get(c, c) for c in "伟") + name[2:]
    at = draw.random.choice(places)
    return name[:at] + TWINS[name[at]] + name[at + 1:]


def _one_character(draw: Draw, name: str) -> str:
    if len(name) > 2 and draw.random.random() < 0.5:
        return name[0] + name[2:]
    return name[:-1] + draw.random.choice([c for c in GIVEN if c not in name])


def _sounding(draw: Draw, person: Identity) -> tuple[Identity, Identity]:
    name = person.name[:1] + draw.random.choice(list(TWINS)) + person.name[2:]
    person = person._replace(name=name)
    return person, _less(draw, person)._replace(name=_twin_name(draw, name))


def _short_unit(unit: str) -> str:
    return unit[:-2] if unit.endswith("学院") else unit[:-1] if unit.endswith("大学") else unit.replace("科学", "科")


def _noisy(draw: Draw, person: Identity) -> Identity:
    """Each value by itself goes missing, ages or is mistyped: several things are wrong at once."""
    hit, values = draw.random.random, person._asdict()
    values["id_number"] = "" if hit() < 0.5 else _typed(draw, person.id_number) if hit() < 0.06 else person.id_number
    values["birth"] = "" if hit() < 0.15 else person.birth[:draw.random.choice((4, 7, 7, 10, 10))]
    values["phones"] = () if hit() < 0.15 else (draw.mobile(),) if hit() < 0.25 else person.phones
    values["units"] = (normalise(draw.random.choice(UNITS)),) if hit() < 0.15 else (
        _short_unit(person.units[0]),) if hit() < 0.1 else person.units
    if hit() < 0.05:
        values["name"] = draw.random.choice((_one_character, _twin_name))(draw, person.name)
    return Identity(**values)


def _namesake(draw: Draw, person: Identity) -> tuple[Identity, Identity]:
    """Another person of a common name in a unit of the same few, both written down carelessly."""
    name = draw.random.choice(COMMON)
    other = draw.person(name=name, units=person.units if draw.random.random() < 0.5 else ("某单位",))
    return _noisy(draw, person._replace(name=name)), _noisy(draw, other)


TRUE: dict[str, Maker] = {
    "noise on every value, once": lambda d, p: (p, _noisy(d, p)),
    "noise on every value, twice": lambda d, p: (_noisy(d, p), _noisy(d, p)),
    "as it was": lambda d, p: (p, p),
    "number only": lambda d, p: (p, p._replace(birth="", phones=(), units=())),
    "moved, new phone, number": lambda d, p: (p, p._replace(phones=(d.mobile(),), units=(normalise("新单位研究院"),))),
    "no number, same phone": lambda d, p: (p, _less(d, p)),
    "no number, moved, same phone": lambda d, p: (p, _less(d, p)._replace(units=(normalise("新单位研究院"),))),
    "no number, new phone, same unit": lambda d, p: (p, _less(d, p)._replace(phones=(d.mobile(),))),
    "name and unit alone": lambda d, p: (p, Identity(p.name, units=p.units)),
    "name and birth alone": lambda d, p: (p, Identity(p.name, birth=p.birth)),
    "unit written shorter": lambda d, p: (p, Identity(p.name, birth=p.birth[:7], units=(_short_unit(p.units[0]),))),
    "digit of the number wrong": lambda d, p: (p, p._replace(id_number=_typed(d, p.id_number))),
    "digit wrong, new phone": lambda d, p: (p, p._replace(id_number=_typed(d, p.id_number), phones=(d.mobile(),))),
    "old number of 15 digits": lambda d, p: (p, p._replace(id_number=p.id_number[:6] + p.id_number[8:17],
                                                           phones=(), units=())),
    "sounds the same": _sounding,
    "sounds the same, number": lambda d, p: (p, p._replace(name=_twin_name(d, p.name[:1] + "伟" + p.name[2:]))
                                             if p.name[1] != "伟" else p),
    "character wrong, number": lambda d, p: (p, p._replace(name=_one_character(d, p.name))),
    "character wrong, phone": lambda d, p: (p, _less(d, p)._replace(name=_one_character(d, p.name))),
    "former name": lambda d, p: (p, _less(d, p)._replace(name=d.name(), former_name=p.name)),
    "former name, number": lambda d, p: (p, p._replace(name=d.name(), former_name=p.name)),
    "traditional characters": lambda d, p: (
        p._replace(name=(s := d.random.choice(list(OLD))) + p.name[1:]),
        _less(d, p)._replace(name=OLD[s] + p.name[1:])),
    "name with brackets": lambda d, p: (p, _less(d, p)._replace(name=p.name + "（组长）")),
    "birth mistyped, same phone": lambda d, p: (p, p._replace(id_number="", birth=d.birth())),
}
FALSE: dict[str, Maker] = {
    "namesakes with noise": _namesake,
    "namesakes with noise, again": _namesake,
    "common name": lambda d, p: (p._replace(name=(n := d.random.choice(COMMON))), d.person(name=n)),
    "common name, same big unit": lambda d, p: (
        _named(d, p, n := d.random.choice(COMMON)), d.person(name=n, units=p.units, id_number="")),
    "common name, same year and unit": lambda d, p: (
        _named(d, p, n := d.random.choice(COMMON))._replace(birth=p.birth[:4]),
        d.person(name=n, units=p.units, id_number="", birth=p.birth[:4])),
    "same name, unit and birth, numbers differ": lambda d, p: (
        p, d.person(name=p.name, units=p.units, birth=p.birth)),
    "spouses with one phone": lambda d, p: (p._replace(id_number=""), d.person(phones=p.phones, units=p.units,
                                                                              id_number="")),
    "siblings with one phone": lambda d, p: (
        p._replace(id_number=""), d.person(name=_one_character(d, p.name), phones=p.phones, id_number="")),
    "father and son": lambda d, p: (
        p, d.person(name=p.name[0] + d.name()[1:], phones=p.phones, id_number="",
                    birth=f"{int(p.birth[:4]) + 27}{p.birth[4:]}")),
    "twins in one unit": lambda d, p: (
        p._replace(id_number=""), d.person(name=_one_character(d, p.name), birth=p.birth, units=p.units, id_number="")),
}


def _named(_draw: Draw, person: Identity, name: str) -> Identity:
    return person._replace(name=name, id_number="")
