"""The rule book: versions, periods of validity, a court's changes."""

import pytest

from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import codes
from expertpool.relevance.scores import PARTS
from expertpool.rules import vocabulary
from expertpool.rules.book import LEVELS, RuleBook


def test_every_rule_has_source_level_and_validity():
    for rule in RuleBook.load():
        assert rule.title.zh, rule.id
        assert rule.title.en, rule.id
        assert rule.source.zh, rule.id
        assert rule.source.en, rule.id
        assert rule.tag in "CHML", rule.id
        assert {rule.level, *rule.outcomes.values()} <= set(LEVELS), rule.id
        assert rule.valid_from[4] == rule.valid_from[7] == "-", rule.id


def test_every_outcome_has_a_sentence():
    checks = [rule for rule in RuleBook.load() if rule.id[0] in "RE" and rule.outcomes]
    assert len(checks) >= 20
    for rule in checks:
        for outcome in rule.outcomes:
            assert f"matching.{rule.id}.{outcome}" in codes(), (rule.id, outcome)


def test_every_row_of_the_procedure_tables_has_words():
    table = RuleBook.load().table("procedures")
    procedures = {word.code for word in vocabulary.words("procedure")} | {"*", ""}
    roles = {word.code for word in vocabulary.words("case_role")} | {"*"}
    for row in table["served"]:
        assert {row["earlier"], row["later"]} <= procedures
        assert f"matching.R7.{row['code']}" in codes()
        assert row["part"] in table["sources"]
    for row in table["cross"]:
        assert {row["earlier"], row["later"]} <= roles
        assert f"matching.R7.{row['code']}" in codes()


def test_version_names_the_content():
    book = RuleBook.load()
    assert book.version == RuleBook.load().version
    assert book.version.startswith(book.dated + "+")
    changed = RuleBook.load({"R3": {"parameters": {"years": 5}}})
    assert changed.version != book.version
    assert changed.parameter("R3", "years") == 5
    assert book.parameter("R3", "years") == 3


def test_weights_add_up():
    weights = RuleBook.load().rule("ranking").parameters
    assert sum(weights[part] for part in PARTS) == 100


def test_rules_in_force_on_a_day():
    book = RuleBook.load()
    assert "R1" in book.as_of("2019-05-01")
    assert "R1" not in book.as_of("2019-04-30")
    with pytest.raises(KeyError):
        book.as_of("2019-04-30").rule("R1")
    assert "R10" not in RuleBook.load({"R10": {"off": True}}).as_of("2026-01-01")


def test_levels_by_outcome():
    book = RuleBook.load({"R3": {"outcomes": {"left_recently": "block"}}})
    assert book.rule("R3").level_of("left_recently") == "block"
    assert book.rule("R3").level_of("left_unknown") == "warn"
    assert book.rule("R1").source_for("criminal") != book.rule("R1").source_for("civil")
    assert book.rule("R3").source_for("criminal") == book.rule("R3").source


@pytest.mark.parametrize(("change", "code"), [
    ({"R99": {"level": "warn"}}, "rules.unknown"), ({"R1": {"level": "warn"}}, "rules.fixed"),
    ({"R7": {"off": True}}, "rules.fixed"), ({"R3": {"level": "mild"}}, "rules.value"),
    ({"R3": {"outcomes": {"left_recently": "never"}}}, "rules.value"),
    ({"R3": {"parameters": {"months": 3}}}, "rules.value"), ({"R3": {"colour": "red"}}, "rules.value"),
])
def test_changes_that_are_refused(change: dict[str, dict[str, object]], code: str):
    with pytest.raises(UserProblem) as caught:
        RuleBook.load(change)
    assert caught.value.code == code
    assert "{" not in str(caught.value)
