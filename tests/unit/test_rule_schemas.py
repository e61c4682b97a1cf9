"""What a rule file may hold: anything misspelt, of another type or out of order is refused with file, entry and key."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expertpool.foundation import surnames
from expertpool.foundation.data_file import DataFile, parse, read
from expertpool.foundation.language import set_language
from expertpool.foundation.problems import DataProblem, UserProblem
from expertpool.rules import schemas as schemas_of_rules
from expertpool.rules.book import RuleBook
from expertpool.rules.schemas import calendar, cases, house, law, words
from expertpool.rules.stages import AssignmentState, Level, Stage
from expertpool.rules.vocabulary import words as vocabulary_words
from expertpool.spreadsheets import schemas as schemas_of_spreadsheets

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"


def schemas() -> dict[str, type[DataFile]]:
    """File → its schema, found in every module that holds schemas."""
    modules = [surnames, schemas_of_spreadsheets, *(
        importlib.import_module(f"{schemas_of_rules.__name__}.{one.name}")
        for one in pkgutil.iter_modules(schemas_of_rules.__path__))]
    return {one.path.removeprefix("rules/"): one for module in modules for one in vars(module).values()
            if inspect.isclass(one) and issubclass(one, DataFile) and hasattr(one, "path")}


def test_every_file_has_a_schema_and_fits_it() -> None:
    assert set(schemas()) == {path.name for path in RULES.iterdir()}
    for schema in schemas().values():
        read(schema)


def text_of(schema: type[DataFile]) -> str:
    return (RULES.parent / schema.path).read_text(encoding="utf-8")


def refusal(schema: type[DataFile], change: Callable[[Any], Any]) -> DataProblem:
    content = json.loads(text_of(schema))
    change(content)
    with pytest.raises(DataProblem) as refused:
        parse(schema, json.dumps(content, ensure_ascii=False))
    assert refused.value.exit_code == 70
    return refused.value


def rule(content: Any, key: str) -> dict[str, Any]:
    return next(one for one in content["rules"] if one["id"] == key)


PLANTED: list[tuple[type[DataFile], Callable[[Any], Any], str, str]] = [
    (law.Recusal, lambda one: rule(one, "R2").update(stages=["mach"]), "R2", "stages.0"),
    (law.Recusal, lambda one: rule(one, "R2").update(stage=["match"]), "R2", "stage"),
    (law.Recusal, lambda one: rule(one, "R2").update(stages=[]), "R2", "stages"),
    (law.Recusal, lambda one: rule(one, "R2").pop("stages"), "R2", "stages"),
    (law.Recusal, lambda one: rule(one, "R2").update(level="bloc"), "R2", "level"),
    (law.Recusal, lambda one: rule(one, "R2")["outcomes"].update(branch="stop"), "R2", "outcomes.branch"),
    (law.Recusal, lambda one: rule(one, "R2")["outcomes"].update(brunch="warn"), "R2", "brunch"),
    (law.Recusal, lambda one: rule(one, "R2")["outcomes"].pop("branch"), "R2", "branch"),
    (law.Recusal, lambda one: rule(one, "R2").update(id="R22"), "R22", "id R22"),
    (law.Recusal, lambda one: one["rules"].pop(1), "", "id R2"),
    (law.Recusal, lambda one: one["rules"].append(dict(rule(one, "R2"))), "", "id R2"),
    (law.Recusal, lambda one: one["rules"].insert(1, dict(rule(one, "R1"))), "", "id R1"),
    (law.Recusal, lambda one: rule(one, "R3").update(parameters={"year": 3}), "R3", "parameters.year"),
    (law.Recusal, lambda one: rule(one, "R3").update(parameters={"years": "3"}), "R3", "parameters.years"),
    (law.Recusal, lambda one: rule(one, "R3").update(parameters={}), "R3", "parameters.years"),
    (law.Recusal, lambda one: rule(one, "R1")["parameters"].update(kinds=["partie"]), "R1", "partie"),
    (law.Recusal, lambda one: rule(one, "R6").update(override=["former_frim"]), "R6", "former_frim"),
    (law.Recusal, lambda one: rule(one, "R11").update(dismiss="cases"), "R11", "dismiss"),
    (law.Recusal, lambda one: rule(one, "R2").update({"from": "2019-5-1"}), "R2", "from"),
    (law.Recusal, lambda one: rule(one, "R2").update({"from": "2019-02-30"}), "R2", "from"),
    (law.Recusal, lambda one: rule(one, "R2").update(to="2018-01-01"), "R2", "2018-01-01"),
    (law.Recusal, lambda one: rule(one, "R2")["title"].pop("en"), "R2", "title.en"),
    (law.Recusal, lambda one: rule(one, "R2").update(editable="false"), "R2", "editable"),
    (law.Recusal, lambda one: one.update(rule=[]), "", "rule"),
    (law.Eligibility, lambda one: rule(one, "E-EDUCATION")["parameters"].update(at_least="batchelor"),
     "E-EDUCATION", "batchelor"),
    (law.Eligibility, lambda one: rule(one, "E-BODIES")["parameters"].update(roles=["appraiser"]), "E-BODIES", "roles"),
    (law.Deadlines, lambda one: rule(one, "D-NOTICE")["parameters"].update(days=0), "D-NOTICE", "parameters.days"),
    (law.Deadlines, lambda one: rule(one, "D-NOTICE").update(stages=["assign"]), "D-NOTICE", "stages"),
    (law.Deadlines, lambda one: rule(one, "D-COUNT")["parameters"].update(first_day_counts=0), "D-COUNT", "first_day"),
    (law.Procedures, lambda one: one["served"][0].update(later="remand_third"), "", "later"),
    (law.Procedures, lambda one: one["served"][0].update(code="remand_exeption"), "", "code"),
    (law.Procedures, lambda one: one["served"][0].update(part="5(3)"), "", "5(3)"),
    (law.Procedures, lambda one: one["links"][0].update(kind="apeal"), "", "kind"),
    (cases.AssignmentStates, lambda one: one["steps"]["appointed"].append("notifed"), "", "notifed"),
    (cases.AssignmentStates, lambda one: one["steps"].update(apointed=["notified"]), "", "apointed"),
    (cases.Causes, lambda one: one["causes"][0].update(kind="inventoin"), "146", "kind"),
    (cases.Causes, lambda one: one["causes"].append(dict(one["causes"][0])), "", "146"),
    (cases.Courts, lambda one: one["courts"][-1].update(parent="辽99"), "", "parent"),
    (house.Permissions, lambda one: one["offices"]["reader"]["allow"].append("raed"), "", "raed"),
    (house.Permissions, lambda one: one["operations"].update({"regster": {"zh": "登记", "en": "register"}}), "", "regster"),
    (house.Permissions, lambda one: one["case_bound"].append("apoint"), "", "apoint"),
    (house.Backups, lambda one: one["before"].append("merge poeple"), "", "merge poeple"),
    (house.Accounts, lambda one: one["lock_out"].update(minuts=3), "", "minuts"),
    (calendar.Holidays, lambda one: one["years"]["2026"]["work"].append("2026-13-01"), "", "years"),
    (calendar.Holidays, lambda one: one["years"]["2026"]["off"].append(["2026-11-03", "2026-11-02", "假"]), "", "2026-11-03"),
    (calendar.Holidays, lambda one: one["years"]["2026"]["work"].append("2027-01-02"), "", "2027-01-02"),
    (words.Vocabularies, lambda one: one["kinds"]["assignment_state"]["words"][0].update(opne=True), "proposed", "opne"),
    (words.Vocabularies, lambda one: one["kinds"]["role"]["words"][0].update(open=True), "", "open"),
    (words.Vocabularies, lambda one: one["kinds"]["role"]["words"].append(one["kinds"]["role"]["words"][0]), "",
     "technical_investigator"),
]


@pytest.mark.parametrize(("schema", "change", "entry", "named"), PLANTED,
                         ids=[f"{one[0].__name__}-{number}" for number, one in enumerate(PLANTED)])
def test_a_planted_fault_is_refused_and_named(schema: type[DataFile], change: Callable[[Any], Any], entry: str,
                                              named: str) -> None:
    problem = refusal(schema, change)
    said = problem.parameters
    assert said["file"] == schema.path
    assert not entry or said["entry"] == entry
    assert named in f"{said['key']} {said.get('value', '')}"
    try:
        for tongue in ("en", "zh_CN"):
            set_language(tongue)
            assert {schema.path, said["entry"], said["key"]} <= set(re.split(r"[\s,:：，。]+", problem.text)) or (
                schema.path in problem.text and said["key"] in problem.text)
    finally:
        set_language("en")


def test_a_key_written_twice_and_a_broken_file_are_refused() -> None:
    for broken in ('{"version": "2026-01-01", "version": "2026-01-02"}', "{", '{"version": NaN}'):
        with pytest.raises(DataProblem):
            parse(law.Recusal, broken)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_wrong_letter_in_a_key_or_a_listed_word_is_refused(data: st.DataObject) -> None:
    text = text_of(law.Recusal)
    # every key and every listed word: ids, levels, stages, outcomes, names of parameters, codes; not running text
    places = [found.span(1) for found in re.finditer(r'"([A-Za-z_0-9*-]+)"', text)]
    start, end = data.draw(st.sampled_from(places))
    at = data.draw(st.integers(start, end - 1))
    letter = data.draw(st.sampled_from("abxyzQ_7").filter(lambda one: one != text[at]))
    changed = text[:at] + letter + text[at + 1:]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text[start:end]) and letter == "7":
        return  # may be another day
    if text[start:end] == "against" and text[start - 2] == " " and text[end + 1] in "]":
        return  # a word looked for in running text
    with pytest.raises(DataProblem):
        parse(law.Recusal, changed)


@pytest.mark.parametrize(("change", "named"), [
    ({"R3": {"parameters": {"years": "3"}}}, "years"), ({"R3": {"parameters": {"years": 2.5}}}, "years"),
    ({"R3": {"parameters": {"years": -1}}}, "years"), ({"R3": {"parameters": {"months": 3}}}, "months"),
    ({"R3": {"parameters": {"years": True}}}, "years"), ({"R3": {"off": "yes"}}, "off"),
    ({"R3": {"outcomes": {"left_lately": "warn"}}}, "left_lately"), ({"R3": {"stages": ["mach"]}}, "stages"),
    ({"R3": {"stages": ["match"]}}, "stages"), ({"E-EDUCATION": {"parameters": {"at_least": "phd"}}}, "phd"),
    ({"D-APPRAISAL": {"parameters": {"working_days": 0}}}, "working_days"),
    ({"draw": {"parameters": {"load_weights": []}}}, "load_weights"),
    ({"ranking": {"parameters": {"unrated": 1.5}}}, "unrated"), ({"R14": {"parameters": {"also": ["data", "date"]}}}, "date"),
])
def test_a_change_of_the_court_that_the_rule_does_not_know_is_refused(change: dict[str, Any], named: str) -> None:
    with pytest.raises(UserProblem) as refused:
        RuleBook.load(change)
    assert refused.value.code == "rules.value"
    assert named in refused.value.parameters["value"]


def test_whole_numbers_do_where_any_number_does() -> None:
    assert RuleBook.load({"ranking": {"parameters": {"unrated": 1}}}).parameter("ranking", "unrated") == 1


def test_closed_lists_are_those_of_the_vocabulary() -> None:
    assert [one.value for one in AssignmentState] == [one.code for one in vocabulary_words("assignment_state")]
    assert {one.value for one in Level} == {one.code for one in vocabulary_words("level")}
    assert "notice" in {one.value for one in Stage}


def test_the_book_of_one_content_is_made_once() -> None:
    assert RuleBook.load() is RuleBook.load({})
    assert RuleBook.load({"R3": {"level": "block"}}) is RuleBook.load({"R3": {"level": "block"}})
    assert RuleBook.load({"R3": {"level": "block"}}) is not RuleBook.load()
