"""The form for personnel offices (专家推荐表): an empty roster that is read back without any question.

Its columns and rules are data (``resources/templates/expert_form.json``); the names of columns and the words they
accept are in the catalogue of a person's fields. Headings are Chinese, in the English form bilingual; words to choose
from are always Chinese.
"""

import json
from functools import cache
from pathlib import Path

from expertpool.experts.catalogue import EXPERTS
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.language import language
from expertpool.foundation.places import resource
from expertpool.rules import vocabulary
from expertpool.rules.field_catalogue import CatalogueField, Kind, NamedColumn
from expertpool.spreadsheets.sheet_layout import Cell, ColumnStyle, SheetLayout
from expertpool.spreadsheets.writing import write_workbook

_SHOWN = 30  # most choices listed in the instructions
_WIDTHS = {"list": 28.0, "word": 14.0, "date": 13.0}
_TEXT_WIDTHS = {"id_number": 22.0, "employer": 26.0, "address": 26.0, "experience": 36.0, "achievements": 36.0,
                "email": 24.0, "school": 20.0, "bank_account": 24.0, "bank_name": 22.0, "remark": 30.0, "ignore": 7.0}


@cache
def form() -> JsonObject:
    """The data file of the form."""
    content: JsonObject = json.loads(resource("templates", "expert_form.json").read_text(encoding="utf-8"))
    return content


def write_template(path: Path, *, spoken: str = "") -> None:
    """Write the empty form to ``path``, in ``spoken`` (``zh_CN``, ``en``) or the language in force.

    It has a sheet to fill in, with an example row that reading ignores, and a sheet of instructions.
    """
    tongue = "en" if (spoken or language()).lower().startswith("en") else "zh"
    write_workbook(path, [_form_layout(tongue), _guide_layout(tongue)])


def heading(column: JsonMapping, tongue: str) -> str:
    """The heading of a column in ``zh`` or ``en``; a star marks what is required."""
    star = "*" if column.get("required") else ""
    named = _named(column)
    return f"{named.english}\n{named.chinese}{star}" if tongue == "en" else f"{named.chinese}{star}"


def _named(column: JsonMapping) -> CatalogueField | NamedColumn:
    """The catalogue's entry for a column; without one, the column is the row number, which reading ignores."""
    return EXPERTS.targets.get(column["field"]) or EXPERTS.numbering


def kind_of(column: JsonMapping) -> str:
    """How a column is filled in: a ``word`` from a list, a ``list``, ``date``, ``number`` (as text), ``text``."""
    if "kind" in column:
        return str(column["kind"])
    named = _named(column)
    if isinstance(named, CatalogueField) and named.kind is Kind.DATE:
        return "date"
    return "word" if named.words else "number" if named.digits else "text"


def _form_layout(tongue: str) -> SheetLayout:
    columns = form()["columns"]
    blank = [""] * len(columns)
    return SheetLayout(
        name=form()["sheet"][tongue], headers=[heading(column, tongue) for column in columns],
        lead=[form()["title"][tongue], form()["lead"][tongue]],
        rows=[[Cell(column["example"], "quiet") for column in columns], *[blank] * form()["rows"]],
        widths=[_width(column, tongue) for column in columns],
        text_columns=frozenset(range(1, len(columns) + 1)),
        column_styles={place: ColumnStyle(align="left" if kind_of(column) in ("text", "list") else "center")
                       for place, column in enumerate(columns, 1)},
        choices={place: _choices(column) for place, column in enumerate(columns, 1) if _named(column).words},
        prompts={place: hint for place, column in enumerate(columns, 1) if (hint := _hint(column, tongue))},
        header_comments={place: hint for place, column in enumerate(columns, 1) if (hint := _hint(column, tongue))})


def _guide_layout(tongue: str) -> SheetLayout:
    rows = [[heading(column, tongue).replace("*", "").replace("\n", " "),
             form()["required"][tongue] if column.get("required") else "", _listed(column),
             _hint(column, tongue), column["example"]]
            for column in form()["columns"] if column["field"] != "ignore"]
    return SheetLayout(
        name=form()["guide"][tongue], title=f"{form()['title'][tongue]} {form()['guide'][tongue]}",
        lead=[f"{number}. {rule}" for number, rule in enumerate(form()["rules"][tongue], 1)],
        headers=form()["guide_heads"][tongue], rows=rows, widths=[30, 10, 56, 48, 24],
        text_columns=frozenset({1, 2, 3, 4, 5}), page_footer="&P / &N")


def _width(column: JsonMapping, tongue: str) -> float:
    """A width sufficient for the heading and for what is usually typed."""
    least = _TEXT_WIDTHS.get(column["field"], _WIDTHS.get(kind_of(column), 16.0))
    named = _named(column)
    head = max(len(named.chinese) * 2 + 1, len(named.english) if tongue == "en" else 0)
    return max(least, head + 2.0)


def _choices(column: JsonMapping) -> list[str]:
    return [word for _code, word in vocabulary.choices(_named(column).words[0], "zh_CN")]


def _listed(column: JsonMapping) -> str:
    words = _choices(column) if _named(column).words else []
    return "、".join(words[:_SHOWN]) + ("……" if len(words) > _SHOWN else "")


def _hint(column: JsonMapping, tongue: str) -> str:
    """How a column is filled in; "" if its name says enough."""
    if "about" in column:
        return str(column["about"][tongue])
    return str(form()["hints"].get(kind_of(column), {}).get(tongue, "")) if column["field"] != "ignore" else ""
