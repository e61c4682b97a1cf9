"""``suggest-fields`` and ``similar``: from a text to its fields, from a case to the cases like it."""

from dataclasses import asdict
from typing import Annotated

import typer

from expertpool.commands.frame import answer, opened, table
from expertpool.foundation.language import _
from expertpool.rules import vocabulary

Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Most = Annotated[int, typer.Option(help="At most so many.")]


def suggest_fields(
    text: Annotated[str, typer.Argument(help="The technical issue (争议焦点) or the title of a patent.")],
    most: Most = 8, json: Json = False,
) -> None:
    """Which technical fields a text is about, and the words and cases that led there."""
    from expertpool.fields.tree import tree
    from expertpool.relevance.field_suggestion import suggest_fields as suggest

    with opened() as pool:
        found = suggest(pool, text, most)
    rows = [asdict(one) | {"title": tree().title(one.code), "label": tree().label(one.code)} for one in found]
    answer(rows, json, lambda: table(
        [(row["code"], row["title"], f"{row['value']:.2f}", "、".join(row["words"]), "、".join(row["cases"]))
         for row in rows], [_("Code"), _("Title of the field"), _("Value"), _("Words that led there"), _("Cases")])
        if rows else _("This text names no technical field."))


def similar(
    number: Annotated[str, typer.Argument(help="Case number (案号) in any spelling, or a text.")],
    most: Most = 8, json: Json = False,
) -> None:
    """Earlier cases like this one (类案): fields and words shared, who served, how it went."""
    from expertpool.fields.tree import tree
    from expertpool.relevance.similar_cases import similar_cases

    with opened(create=False) as pool:
        found = similar_cases(pool, number, most)
    answer([asdict(one) for one in found], json, lambda: table(
        [(one.number, f"{one.likeness:.2f}", "、".join(tree().title(code) for code in one.fields),
          "、".join(one.words), "、".join(who.name for who in one.served),
          vocabulary.word("case_state", one.state), one.judged_on) for one in found],
        [_("Case number"), _("Likeness"), _("Fields"), _("Shared words"), _("Served"), _("State"), _("Judged on")])
        if found else _("No case in the pool is like this one."))
