"""A declaration written into the form is read back as it was; recording it twice changes nothing more."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from expertpool.declarations.comparing import Steps, compare
from expertpool.declarations.form import FormContent, form_layout
from expertpool.declarations.form_reading import read_form
from expertpool.declarations.questions import QuestionColumn, questions, says_nothing
from expertpool.experts.drafts import InterestDraft
from expertpool.rules.book import RuleBook
from expertpool.rules.vocabulary import words
from expertpool.spreadsheets.reading import read_workbook
from expertpool.spreadsheets.writing import write_workbook
from tests.seeds import examples

RULES = RuleBook.load()
UID = "01936f6e-7d3a-7c1e-8a52-1f0d3c5b7a90"
HAN = st.sampled_from("安毕蔡邓高江川舟秋云岭桥海星辰科技药业")
NAMES = st.text(HAN, min_size=2, max_size=4)
UNITS = st.builds("{}{}".format, st.text(HAN, min_size=2, max_size=6),
                  st.sampled_from(["有限公司", "大学", "（沈阳）股份有限公司", "律师事务所", " Co., Ltd"]))
DETAILS = st.text(st.sampled_from("=+-@持股5%任职、；顾问 /(）\n"), max_size=12).map(lambda text: " ".join(text.split()))
DAYS = st.sampled_from(["", "2019", "2021-03", "2024-02-29"])
NUMBERS = st.sampled_from(["ZL201810000001.X", "(2024)辽01知民初8号", "202310123456.7"])


def column_values(kind: str, column: QuestionColumn) -> st.SearchStrategy[Any]:
    if column.field == "unlisted":
        return st.booleans()
    if column.words:
        return st.sampled_from([word.code for word in words(column.words)])
    if column.field in ("start", "end"):
        return DAYS
    if column.field == "name":
        return NUMBERS if kind in ("patent", "examined_patent", "case_role") else NAMES
    return UNITS if column.field == "unit" else DETAILS.filter(lambda text: not says_nothing(text) or not text)


INTERESTS = st.one_of([st.fixed_dictionaries({
    "kind": st.just(question.kind),
    **{column.field: column_values(question.kind, column) for column in question.columns},
}).map(lambda values: InterestDraft(**values)) for question in questions()])


@examples(20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(INTERESTS, max_size=8), NAMES)
def test_what_is_written_is_read(interests: list[InterestDraft], name: str) -> None:
    ordered = [one for question in questions() for one in interests if one.kind == question.kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_workbook(path, [form_layout(FormContent(UID, name, "浑河理工大学", interests=ordered), RULES)])
        form = read_form(read_workbook(path).sheets[0])
    assert form is not None
    assert (form.uid, form.name, form.unit) == (UID, name, "浑河理工大学")
    assert form.interests == ordered
    assert {question.code for question in questions() if form.answers.get(question.code) == "some"} == {
        question.code for question in questions() if question.kind in {one.kind for one in ordered}}


def applied(known: list[dict[str, Any]], steps: Steps, day: str) -> list[dict[str, Any]]:
    """What the pool would hold after the steps."""
    changed = {one["uid"]: values for one, values in steps.changed}
    ended, kept = {one["uid"] for one in steps.ended}, {one["uid"] for one in steps.kept}
    after = []
    for one in known:
        values = dict(one) | changed.get(one["uid"], {})
        if one["uid"] in ended:
            values["end"] = day
        if one["uid"] in changed or (one["uid"] in kept and one["declared_on"] < day):
            values["declared_on"] = day
        after.append(values)
    return after + [stored(draft, f"new{place}", day) for place, draft in enumerate(steps.added)]


def stored(draft: InterestDraft, uid: str, day: str) -> dict[str, Any]:
    return draft.model_dump() | {"uid": uid, "declared_on": day}


@examples(60)
@given(st.lists(INTERESTS, max_size=6), st.lists(INTERESTS, max_size=6))
def test_recording_twice_changes_nothing_more(before: list[InterestDraft], named: list[InterestDraft]) -> None:
    day, kinds = "2026-11-20", [question.kind for question in questions()]
    known = [stored(draft, f"old{place}", "2025-01-01") for place, draft in enumerate(before)]
    steps = compare(known, named, kinds, day)
    assert {one["uid"] for part in (steps.kept, steps.ended) for one in part} | {
        one["uid"] for one, _values in steps.changed} <= {one["uid"] for one in known}
    after = applied(known, steps, day)
    assert all(any(all(row[name] == getattr(draft, name) for name in ("kind", "name", "unit")) for row in after)
               for draft in named)  # whatever is named is on file
    again = compare(after, named, kinds, day)
    assert not again, again
