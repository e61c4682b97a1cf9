"""Education (学历) and degree (学位), school and major, alone or joined in one cell."""

import re
from dataclasses import dataclass

from expertpool.foundation.dates import PartialDate
from expertpool.rules.vocabulary import code_of
from expertpool.spreadsheets.cell_dates import DAY, read_date
from expertpool.spreadsheets.cell_text import Value, content, line, per_value

_JOINTS = re.compile(r"[/／、，,；;|｜+\n]|\s+|(?<=研究生)(?=\S{0,4}[博硕]士)|(?<=本科)(?=\S{0,4}学士)"
                     r"|(?<=大学)(?=\S{0,4}学士)")
_SCHOOL = re.compile(r"^(.*?(?:大学|学院|学校|研究院|研究所|科学院|党校|分校|University|College|Institute)"
                     r"(?:[(（][^()（）]*[)）])?)(.*)$")
_DATE = re.compile(r"\d{4}[年./-]?\d{0,2}[月./-]?(?:\d{1,2}日?)?(?:毕业)?")
_EDGES = " \t\n/／、，,；;|｜-—·:：（）()"


@dataclass(frozen=True, slots=True)
class Education:
    """Codes of the vocabularies ``education`` and ``degree``, or the text as written if no code fits."""

    education: str = ""
    degree: str = ""


@dataclass(frozen=True, slots=True)
class Schooling:
    """School, major and day of graduation; empty or None if the cell does not say."""

    school: str = ""
    major: str = ""
    graduated: PartialDate | None = None


@per_value
def read_education(value: Value) -> Education:
    """Read ``博士研究生/工学博士``, ``本科学士``, ``硕士`` in a column that may hold education, degree or both."""
    text = line(value)
    if not text:
        return Education()
    if code := code_of("education", text):
        return Education(code)
    parts = [part for part in _JOINTS.split(content(value).strip("()（）")) if part]
    education = degree = ""
    for part in parts:
        if not education and (code := code_of("education", part)):
            education = code
        elif not degree and (code := code_of("degree", part)):
            degree = code
    bare = re.sub(r"[(（].*?[)）]|^(?:全日制|在职|函授|自考|成人|非全日制)|(?:学历|毕业|在读|\(.*\))$", "", text)
    education = education or code_of("education", bare) or ""
    return Education(education or (text if not degree else ""), degree)


@per_value
def read_degree(value: Value) -> str:
    """A degree's code; the text as written if no code fits."""
    text = line(value)
    for part in (text, *re.split(r"[/／、，,；;\s]+", text)):
        if code := code_of("degree", part):
            return code
    return text


@per_value
def read_schooling(value: Value) -> Schooling:
    """``东北大学机械工程``, ``东北大学/机械工程/2001.7``, ``1999年7月毕业于东北大学机械专业``."""
    text = content(value)
    graduated: PartialDate | None = None
    if (found := _DATE.search(text)) and len(re.sub(r"\D", "", found[0])) >= 4:
        graduated = read_date(found[0].removesuffix("毕业"), DAY).value
        if graduated:
            text = (text[:found.start()] + " " + text[found.end():]).strip()
    text = re.sub(r"^\s*(?:毕业)?于|毕业$", "", text.strip(_EDGES)).strip(_EDGES)
    text = text + "）" * (text.count("（") - text.count("）"))
    if found := _SCHOOL.match(" ".join(text.split())):
        return Schooling(found[1].strip(_EDGES[:-4]), re.sub("专业$", "", found[2].strip(_EDGES)), graduated)
    parts = [part for part in re.split(r"[/／、，,；;|｜\n]+", text) if part.strip()]
    return Schooling(parts[0].strip() if parts else "", " ".join(parts[1:]).strip(), graduated)
