"""The form of a declaration as PDF, to print and to sign by hand; the same content as the spreadsheet."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from expertpool.declarations.form import FormContent, case_lines, form_number, shown_values
from expertpool.declarations.questions import form_data, questions
from expertpool.rules.book import RuleBook
from ui.printing import ruled, write_pdf

BLANK = 2  # empty rows below what is on file
SHARES = {"relation": 14, "name": 18, "unit": 28, "detail": 22, "start": 10, "end": 10}
_GAP = "&nbsp;" * 8
NEW_PAGE = "<div style='page-break-after:always'></div>"


def save_paper(path: Path, contents: Sequence[FormContent], rules: RuleBook) -> dict[str, object]:
    """Write the forms of these people as one PDF, each on a new page. Returns ``people`` and ``file``."""
    write_pdf(NEW_PAGE.join(_form(one, rules) for one in contents), contents[0].title, path)
    return {"people": len(contents), "file": path.name}


def _form(content: FormContent, rules: RuleBook) -> str:
    data, labels = form_data(), form_data()["labels"]
    head = [f"<h2 align='center'>{escape(content.title)}</h2>",
            f"<p align='right'><small>{labels['form_number']}：{form_number(content.uid, content.number)}"
            "</small></p>",
            f"<p>{labels['person']}：{escape(content.name)}{_GAP}{labels['unit']}：{escape(content.unit)}</p>"]
    head += [f"<p>{_text(line)}</p>" for line in case_lines(content.case)]
    head.append(f"<p><small>{escape(data['instructions']['case' if content.case else 'yearly'])}</small></p>")
    parts = [_question(place, content, rules) for place in range(len(questions()))]
    foot = (f"<p>{escape(data['statement'])}</p><br>"
            f"<table width='100%'><tr><td width='55%'>{labels['signer']}：＿＿＿＿＿＿＿＿</td>"
            f"<td>{labels['signed_on']}：＿＿＿＿年＿＿月＿＿日</td></tr></table>")
    return "".join([*head, *parts, foot])


def _text(line: str) -> str:
    """A line with its wide gaps, which HTML would close."""
    return escape(line).replace("\u3000\u3000", _GAP)


def _question(place: int, content: FormContent, rules: RuleBook) -> str:
    question = questions()[place]
    words = form_data()["answer_words"]
    entries = [shown_values(one, question) for one in content.interests if one.kind == question.kind]
    some = "☑" if entries else "☐"
    answers = f"☐{words['none']}&nbsp;&nbsp;{some}{words['some']}"
    title = (f"<p><b>{question.place}、{escape(question.short)}</b>&nbsp;&nbsp;&nbsp;{answers}<br>"
             f"<small>{escape(question.words(rules, 'zh_CN'))}（{escape(question.source.zh)}）</small></p>")
    total = sum(SHARES[column.at] for column in question.columns)
    last = question.columns[-1]
    heads = "".join(
        f"<td{'' if column is last else f' width={SHARES[column.at] * 100 // total}%'}><b>"
        f"<small>{escape(column.zh)}</small></b></td>" for column in question.columns)
    rows = "".join("<tr>" + "".join(f"<td>{escape(entry.get(column.at, '')) or '&nbsp;'}</td>"
                                    for column in question.columns) + "</tr>"
                   for entry in [*entries, *({} for _row in range(BLANK))])
    return title + ruled(f"<tr>{heads}</tr>{rows}")
