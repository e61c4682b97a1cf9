"""Every rule, outcome, stage and parameter of the rule book is read by some code; what is planted unread is found."""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from expertpool.foundation.data_file import plain_of, read
from expertpool.rules.schemas import law
from expertpool.rules.stages import Stage
from tests.rule_readers import ROOT, Reads, named_in_code, readers_of, reads
from tests.unit.test_rule_schemas import schemas

FILES = (law.Recusal, law.Eligibility, law.RankingFile, law.DrawFile, law.PlanFile, law.Deadlines)


@pytest.fixture(scope="module")
def found() -> Reads:
    return reads()


def entries() -> list[dict[str, Any]]:
    return [copy.deepcopy(plain_of(entry)) for schema in FILES for entry in read(schema).rules]


def entry(rules: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(one for one in rules if one["id"] == key)


def test_everything_in_the_book_is_read(found: Reads) -> None:
    assert found.unread(entries()) == []


def test_every_check_that_is_run_stands_in_the_book(found: Reads) -> None:
    assert set().union(*found.checked.values()) == {one["id"] for one in entries() if one["id"][0] in "RE"}


def test_every_stage_is_asked_for_by_some_rule_and_some_code(found: Reads) -> None:
    asked = {stage for stages in found.stages.values() for stage in stages}
    assert asked == {stage for one in entries() for stage in one.get("stages", ())} == {str(stage) for stage in Stage}


@pytest.mark.parametrize(("plant", "said"), [
    (lambda rules: rules.append({"id": "R99", "stages": ["match"]}), ["rule R99", "stage R99 match"]),
    (lambda rules: rules.append({"id": "D-NEW", "parameters": {"days": 3}}), ["rule D-NEW", "parameter D-NEW days"]),
    (lambda rules: entry(rules, "R3")["parameters"].update(months=3), ["parameter R3 months"]),
    (lambda rules: entry(rules, "R4").update(parameters={"years": 3}), ["parameter R4 years"]),  # read, of other rules
    (lambda rules: entry(rules, "ranking")["parameters"].update(vote_blunt=1), ["parameter ranking vote_blunt"]),
    (lambda rules: entry(rules, "D-TERM")["parameters"].update(warn_days=90), ["parameter D-TERM warn_days"]),
    (lambda rules: entry(rules, "E-ROLE")["stages"].append("recheck"), ["stage E-ROLE recheck"]),
    (lambda rules: entry(rules, "R15")["stages"].append("assign"), ["stage R15 assign"]),
    (lambda rules: entry(rules, "R1")["stages"].append("overview"), ["stage R1 overview"]),
    (lambda rules: entry(rules, "R9")["outcomes"].update(half_listed="warn"), ["outcome R9 half_listed"]),
])
def test_what_nobody_reads_is_found(found: Reads, plant: Callable[[list[dict[str, Any]]], Any], said: list[str]) -> None:
    rules = entries()
    plant(rules)
    assert found.unread(rules) == said


TOLD = {"about", "source", "date", "version", "note", "title", "notes", "tag", "surnames_source"}  # for people to read
BY_NATURE = {"civil", "administrative", "criminal"}  # asked for by the nature of a case


def keys(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Every key of a schema and of its parts, as the file and as the program call it."""
    for name, one in model.model_fields.items():
        yield one.alias or name, name
        waiting: list[Any] = [one.annotation]
        while waiting:
            part = waiting.pop()
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from keys(part)
            waiting += get_args(part)


def test_every_key_of_the_other_files_is_named_by_some_code() -> None:
    code = named_in_code()
    unread = {(schema.path, key) for schema in schemas().values() if schema not in FILES for key, name in keys(schema)
              if key not in TOLD | BY_NATURE and key not in code and name not in code}
    assert unread == set()


def test_the_paper_names_every_file_its_schema_and_its_readers() -> None:
    table = (ROOT / "resources" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+\.json)` (\| .+ \|)$", table, re.M))
    assert set(rows) == set(schemas())
    for file, schema in schemas().items():
        _start, _about, named, readers, _end = (cell.strip() for cell in rows[file].split("|"))
        assert named == f"`{schema.__module__.removeprefix('expertpool.')}.{schema.__name__}`", file
        assert readers == ", ".join(f"`{one}`" for one in readers_of(schema.__name__)), file
        assert readers, file
