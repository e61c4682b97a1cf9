"""Every scenario of tests/data/recusal on both engines: exactly the rules expected, with the sentence expected."""

from collections import Counter

from expertpool.checks.screening_index import screen
from expertpool.foundation.language import set_language
from expertpool.pool import ExpertPool
from expertpool.rules.book import LEVELS
from tests.recusal_scenarios import all_findings, by_the_verb, enter_all, scenarios


def test_the_tables_are_wide_enough() -> None:
    wanted = list(scenarios())
    assert len(wanted) >= 170
    assert len({(one.file, one.number) for one in wanted}) == len(wanted)
    assert sum(not one.expected for one in wanted) >= 45
    rules = Counter(rule for one in wanted for rule, _level in one.expected)
    assert {f"R{number}" for number in range(1, 16)} <= rules.keys()
    worst = {level: place for place, level in enumerate(("", *LEVELS))}
    for one in wanted:
        found = max((level for _rule, level in one.expected), key=worst.__getitem__, default="")
        assert one.verdict == found, one.number


def test_every_scenario(pool: ExpertPool) -> None:
    wanted = list(scenarios())
    enter_all(pool, wanted)
    set_language("zh_CN")
    wrong = []
    everything = all_findings(pool, wanted)
    for one in wanted:
        found = everything[one.file, one.number]
        got = {(finding.rule, finding.level) for finding in found}
        if got != one.expected:
            wrong.append(f"{one.file} {one.number} {one.title}: {sorted(got)} ≠ {sorted(one.expected)}")
        elif one.sentence and not any(one.sentence in finding.text for finding in found):
            wrong.append(f"{one.file} {one.number} {one.title}: {[finding.text for finding in found]}")
        wrong += [f"{one.file} {one.number}: {finding.text}" for finding in found
                  if "…" in finding.text or "{" in finding.text or not str(finding.source)]
    assert not wrong, "\n".join(wrong)
    today = [one for one in wanted if not one.day and not any(rule == "R13" for rule, _level in one.expected)]
    for one in today[::9]:  # the verb, and the look at everybody at once, say the same
        expected = {(rule, level) for rule, level in one.expected if rule not in ("R14", "R15")}
        assert {(finding.rule, finding.level) for finding in by_the_verb(pool, one)} == expected, one.title
        everybody = screen(pool, one.case_number).of(one.person_id)
        assert {(finding.rule, finding.level) for finding in everybody} == expected, one.title
