"""Titles (职称), posts (职务) and units (单位), alone or joined in one cell."""

import re
from dataclasses import dataclass

from expertpool.importing.cleaning import Value, content, line

_CAREERS = ("工程师|农艺师|会计师|经济师|统计师|审计师|实验师|政工师|工艺美术师|畜牧师|兽医师|兽医|医师|药师|护师|技师|检验师"
            "|建筑师|规划师|设计师|园艺师|林业师|馆员|翻译|编辑|编审|记者|播音员|讲师|教练|律师|公证员|船长|工艺师|气象师|专利代理师")
_RANKS = "教授级高级|研究员级高级|教授级|研究员级|正高级|副高级|高级|特级|一级|二级|三级|四级|五级|中级|初级|助理|主管|主治"
_TITLE = re.compile(
    rf"(?:特聘|讲席|讲座|首席|客座|兼职|终身|博导|硕导)?"
    rf"(?:(?:{_RANKS})?(?:{_CAREERS})|正高工|教授级高工|研究员级高工|研高|研究员级高工|高工|助工"
    r"|副主任(?:医|药|护|技|法医|中医)师|主任(?:医|药|护|技|法医|中医)师|主管(?:药|护|技|检验)师|主治(?:中)?医师|(?:助理|高级)?(?:住院)?医师"
    r"|副教授|教授|助教|副研究员|副研究馆员|研究馆员|助理研究员|研究实习员|研究员|副编审|编审|译审|副译审"
    r"|(?:高级|正高级|副高级|中级|初级)?(?:专利)?审查员|(?:正高|副高|高级|中级|初级)(?:级)?(?:职称)?|院士)"
    r"(?:[(（][^()（）]{1,12}[)）])?$")
_POST = re.compile(
    r"(?:(?:第[一二三]|党委|党总支|党支部|党组|原|前|执行|常务|副|总|首席|高级|代理|名誉|资深|创始|部门|项目|技术|研发|质量|生产|市场|运营|行政"
    r"|系|室|所|院|处|科|部|课题组|实验室|教研室|教研部|研究室|研究所|事业部|检测|学科|团队|培训|审查|业务|专利|法务)*"
    r"(?:院长|校长|所长|主任|部长|处长|科长|局长|厅长|司长|厂长|站长|室主任|主席|理事长|会长|秘书长|书记|董事长|董事|监事|总裁|总经理|经理|总监"
    r"|总工程师|总工艺师|总设计师|总会计师|总建筑师|总工|主管|主编|组长|队长|负责人|带头人|合伙人|创始人|助理|委员|调研员|研究室主任|法定代表人|科员|职员"
    r"|专员|顾问|班长|车间主任|巡视员|干事|教师|辅导员|博士生导师|硕士生导师|审查员|代理师|专利代理师|律师|首席专家|首席科学家|科学家))"
    r"(?:助理)?(?:[兼、/及和](?:\S{0,12}?(?:长|主任|书记|经理|师|总监|主席|人)))?$")
_UNIT_END = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司|集团|大学|学院|学校|研究院|研究所|研究中心|设计院|科学院|检测院|医院|检验所|鉴定所|鉴定中心|事务所|律所"
    r"|协会|学会|联合会|委员会|管理局|监督局|知识产权局|局|厅|中心|实验室|出版社|杂志社|工厂|厂|站|馆|院|所|部|处|系|室|科|社|会)(?:[(（][^()（）]+[)）])?")
_LINKS = r"\s/／|｜、,，;；\n·"
_JOINTS = re.compile(f"[{_LINKS}]+")
_EDGES = " \t\n/／|｜、,，;；·\u3000"


@dataclass(frozen=True, slots=True)
class Work:
    """What one cell said of a person's work; empty where it said nothing."""

    employer: str = ""
    department: str = ""
    position: str = ""
    title: str = ""


def read_title(value: Value) -> str:
    """A title as written, on one line; several keep their order, joined by ``、``."""
    return _JOINTS.sub("、", line(value)).strip("、") if "\n" in content(value) else line(value)


def is_title(text: str) -> bool:
    """Whether the whole text is a title (职称), not a post."""
    found = _TITLE.search(text)
    return bool(found) and found is not None and found.start() == 0


def split_position_title(value: Value) -> Work:
    """``副院长/教授``, ``所长高级工程师``, ``教授、博导`` → post and title; the order does not matter."""
    positions: list[str] = []
    titles: list[str] = []
    for part in _JOINTS.split(content(value)):
        if bracket := re.fullmatch(r"(.+?)[(（](.+)[)）]", part):
            inner = bracket[2]
            if is_title(inner) or is_title(bracket[1]):
                for piece in (bracket[1], inner):
                    (titles if is_title(piece) else positions).append(piece)
                continue
        post, title = _post_and_title(part)
        positions += [post] if post else []
        titles += [title] if title else []
    return Work(position="、".join(dict.fromkeys(positions)), title="、".join(dict.fromkeys(titles)))


def _post_and_title(text: str) -> tuple[str, str]:
    """Cut a title off the end; what is before it is the post. ``总工程师`` is a post, not a title."""
    if not (found := _TITLE.search(text)):
        return text, ""
    before = text[:found.start()]
    if before.endswith("总") or (before.endswith("副") and not found[0].startswith("主任")):
        return text, ""
    return before.strip(_EDGES), found[0]


def split_employer_position_title(value: Value) -> Work:
    """``合肥律师事务所 系主任主任医师`` or ``东北大学机械学院院长、教授`` → unit, department, post, title."""
    text = content(value).strip(_EDGES)
    rest, titles, posts = text, [], []
    while rest:
        if (title := _TITLE.search(rest)) and title.start() > 0 and not _belongs_to_post(rest, title):
            titles.insert(0, title[0])
            rest = rest[:title.start()].rstrip(_EDGES)
        elif (post := _POST.search(rest)) and (start := _post_start(rest, post)) > 0:
            posts.insert(0, rest[start:].strip(_EDGES))
            rest = rest[:start].rstrip(_EDGES)
        else:
            break
    employer, department = _unit_and_department(rest)
    return Work(employer, department, "、".join(posts), "、".join(titles))


def _belongs_to_post(text: str, title: re.Match[str]) -> bool:
    return text[:title.start()].endswith("总")


def _post_start(text: str, post: re.Match[str]) -> int:
    """Where the post starts; letters that end the unit (…学院 | 院长) stay with the unit."""
    start = post.start()
    if start and text[start - 1] in _EDGES:
        return start
    for unit in _UNIT_END.finditer(text):
        if start < unit.end() < post.end() and text[unit.end():] and _POST.fullmatch(text[unit.end():]):
            start = unit.end()
    return start


def _unit_and_department(text: str) -> tuple[str, str]:
    parts = [part for part in re.split(r"[\s/／|｜\n]+", text) if part]
    if len(parts) > 1 and _UNIT_END.search(parts[0]) and re.search(r"\w{2}", parts[1]):
        return parts[0], " ".join(parts[1:])
    return " ".join(parts), ""


def split_employer_department(value: Value) -> Work:
    """``东北大学/机械学院`` or ``东北大学 机械学院`` → unit and department; unseparated text stays the unit."""
    text = line(value)
    if found := re.fullmatch(r"([^()（）]{4,})[(（]([^()（）]*(?:部|处|室|科|院|系|所|中心))[)）]", text):
        return Work(found[1].strip(), found[2].strip())
    employer, department = _unit_and_department(content(value))
    return Work(employer, department)
