"""Titles (职称), posts (职务) and units (单位), alone or joined in one cell."""

import re
from dataclasses import dataclass
from functools import cache

from expertpool.foundation.data_file import read
from expertpool.rules.schemas.words import WorkWords
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.cell_text import Value, content, line, per_value


@cache
def _words() -> dict[str, str]:
    """The word lists as alternatives of a regular expression, longest first where that matters."""
    return {name: "|".join(sorted(entry, key=len, reverse=True)) for name, entry in read(WorkWords)
            if isinstance(entry, tuple)}


@cache
def _title_pattern() -> re.Pattern[str]:
    words = _words()
    return re.compile(
        rf"(?:{words['title_prefixes']})?"
        rf"(?:(?:{words['ranks']})?(?:{words['careers']})|{words['whole_titles']}"
        r"|副主任(?:法|中)?(?:医|药|护|技)师|主任(?:法|中)?(?:医|药|护|技)师|主管(?:药|护|技|检验)师|主治(?:中)?医师"
        r"|(?:助理|高级)?住院医师|(?:高级|正高级|副高级|中级|初级)?(?:专利)?审查员|(?:正高|副高|高级|中级|初级)级?(?:职称)?)"
        r"(?:[(（][^()（）]{1,12}[)）])?$")


@cache
def _post_pattern() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"(?:(?:{words['post_prefixes']})*(?:{words['posts']}))(?:助理)?"
                      r"(?:[兼、/及和](?:\S{0,12}?(?:长|主任|书记|经理|师|总监|主席|人)))?$")


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words()['unit_ends']})(?:[(（][^()（）]+[)）])?")


_LINKS = r"\s/／|｜、,，;；\n·"
_NOTED = re.compile(r"([^()（）]{2,})[(（]([^()（）]{2,6})[)）]")
_JOINTS = re.compile(f"[{_LINKS}]+")
_EDGES = " \t\n/／|｜、,，;；·\u3000"


@dataclass(frozen=True, slots=True)
class Work:
    """What one cell says of a person's work; empty where it says nothing."""

    employer: str = ""
    department: str = ""
    position: str = ""
    title: str = ""


@per_value
def read_title(value: Value) -> str:
    """A title as written, on one line; several keep their order, joined by ``、``. A level in brackets is removed:
    ``研究员级高工（正高级）`` → ``研究员级高工``."""
    text = _JOINTS.sub("、", line(value)).strip("、") if "\n" in content(value) else line(value)
    if (noted := _NOTED.fullmatch(text)) and code_of("title_level", noted[2]):
        return noted[1].strip()
    return text


def is_title(text: str) -> bool:
    """Whether the whole text is a title (职称), not a post."""
    found = _title_pattern().search(text)
    return bool(found) and found is not None and found.start() == 0


@per_value
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
    """Split a title off the end; the text before it is the post. ``总工程师`` is a post, not a title."""
    if not (found := _title_pattern().search(text)):
        return text, ""
    before = text[:found.start()]
    if before.endswith("总") or (before.endswith("副") and not found[0].startswith("主任")):
        return text, ""
    return before.strip(_EDGES), found[0]


@per_value
def split_employer_position_title(value: Value) -> Work:
    """``合肥律师事务所 系主任主任医师`` or ``东北大学机械学院院长、教授`` → unit, department, post, title."""
    text = content(value).strip(_EDGES)
    rest = text
    titles: list[str] = []
    posts: list[str] = []
    while rest:
        if (title := _title_pattern().search(rest)) and title.start() > 0 and not _belongs_to_post(rest, title):
            titles.insert(0, title[0])
            rest = rest[:title.start()].rstrip(_EDGES)
        elif (post := _post_pattern().search(rest)) and (start := _post_start(rest, post)) > 0:
            posts.insert(0, rest[start:].strip(_EDGES))
            rest = rest[:start].rstrip(_EDGES)
        else:
            break
    employer, department = _unit_and_department(rest)
    return Work(employer, department, "、".join(posts), "、".join(titles))


def _belongs_to_post(text: str, title: re.Match[str]) -> bool:
    return text[:title.start()].endswith("总")


def _post_start(text: str, post: re.Match[str]) -> int:
    """Where the post starts; characters that end the unit's name (…学院 | 院长) stay with the unit."""
    start = post.start()
    if start and text[start - 1] in _EDGES:
        return start
    for unit in _unit_pattern().finditer(text):
        if start < unit.end() < post.end() and text[unit.end():] and _post_pattern().fullmatch(text[unit.end():]):
            start = unit.end()
    return start


def _unit_and_department(text: str) -> tuple[str, str]:
    parts = [part for part in re.split(r"[\s/／|｜\n]+", text) if part]
    if len(parts) > 1 and _unit_pattern().search(parts[0]) and re.search(r"\w{2}", parts[1]):
        return parts[0], " ".join(parts[1:])
    return " ".join(parts), ""


@per_value
def split_employer_department(value: Value) -> Work:
    """``东北大学/机械学院`` or ``东北大学 机械学院`` → unit and department; a text without separator is all unit."""
    text = line(value)
    if found := re.fullmatch(r"([^()（）]{4,})[(（]([^()（）]*(?:部|处|室|科|院|系|所|中心))[)）]", text):
        return Work(found[1].strip(), found[2].strip())
    employer, department = _unit_and_department(content(value))
    return Work(employer, department)
