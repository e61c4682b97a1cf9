"""The form of a declaration of interests (利益冲突声明表) to print and sign by hand; same content as the spreadsheet,
always in Chinese."""

from collections.abc import Iterable, Sequence

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.declarations.form import CHINESE, FormContent, case_lines, form_contents, form_number, shown_values
from expertpool.declarations.questions import Question, form_data, questions
from expertpool.documents.paper import Block, Heading, PageBreak, Paper, Signature, Signatures, Span, Table, Text
from expertpool.rules.book import RuleBook

BLANK_ROWS = 2  # empty rows below what is on file
SHARES = {"relation": 14, "name": 18, "unit": 28, "detail": 22, "start": 10, "end": 10}
GAP = "　　　　"


@numbers_hidden
def declaration_paper(pool: Pool, people: Sequence[str], number: str = "") -> Paper:
    """The forms of these people (uids), each on a new page; for the case with this 案号 or for the year.

    Raises ``declarations.nobody`` and ``case.unknown``.
    """
    return paper_of(form_contents(pool, people, number), pool.rules)


def paper_of(contents: Sequence[FormContent], rules: RuleBook) -> Paper:
    """The papers of form contents that were already read."""
    first, *others = contents
    blocks = [*_form(first, rules)]
    for one in others:
        blocks += [PageBreak(), Heading(one.title, 1), *_form(one, rules)]
    return Paper(first.title, tuple(blocks), number=first.number)


def _form(content: FormContent, rules: RuleBook) -> Iterable[Block]:
    data, labels = form_data(), form_data()["labels"]
    number = form_number(content.uid, content.number)
    yield Text((Span(f"{labels['form_number']}：{number}", "small"),), "right")
    yield Text(f"{labels['person']}：{content.name}{GAP}{labels['unit']}：{content.unit}")
    yield from map(Text, case_lines(content.case))
    yield Text((Span(data["instructions"]["case" if content.case else "yearly"], "small"),))
    for question in questions():
        yield from _question(question, content, rules)
    yield Text(data["statement"])
    yield Signatures((Signature(labels["signer"], blank="＿＿＿＿＿＿＿＿"),
                      Signature(labels["signed_on"], blank="＿＿＿＿年＿＿月＿＿日")))


def _question(question: Question, content: FormContent, rules: RuleBook) -> Iterable[Block]:
    words = form_data()["answer_words"]
    entries = [shown_values(one, question) for one in content.interests if one.kind == question.kind]
    some = "☑" if entries else "☐"
    yield Text((Span(f"{question.place}、{question.short}", "strong"),
                Span(f"　　☐{words['none']}　{some}{words['some']}\n"),
                Span(f"{question.words(rules, CHINESE)}（{question.source.zh}）", "small")))
    shares = [SHARES[column.at] for column in question.columns]
    widths = (*(share * 100 // sum(shares) for share in shares[:-1]), 0)
    rows: list[dict[str, str]] = [*entries, *({} for _row in range(BLANK_ROWS))]
    yield Table(tuple(column.zh for column in question.columns),
                tuple(tuple(row.get(column.at, "") or " " for column in question.columns) for row in rows), widths)
