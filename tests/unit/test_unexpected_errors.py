"""Errors that nobody expected: a missing sentence is one, and reports say nothing of any record."""

import ast
from pathlib import Path

import pytest

from expertpool.foundation.crash_report import crash_report, plain_words, said_of
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.sentences import MissingSentenceError, codes, sentence

ROOT = Path(__file__).resolve().parents[2]
WORDED = {"UserProblem", "EnvironmentProblem", "Problem", "problem", "sentence", "_problem"}


def named_codes() -> dict[str, str]:
    """Every code that is written out where a problem or sentence is made → the place."""
    found: dict[str, str] = {}
    for part in ("expertpool", "ui"):
        for path in sorted((ROOT / part).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                options = [node.args[0]]
                if isinstance(node.args[0], ast.IfExp):
                    options = [node.args[0].body, node.args[0].orelse]
                for given in options:
                    if called in WORDED and isinstance(given, ast.Constant) and isinstance(given.value, str):
                        found[given.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return {code: place for code, place in found.items() if "." in code and " " not in code}


def test_every_code_that_is_named_has_a_sentence() -> None:
    named = named_codes()
    assert len(named) > 200
    assert {code: place for code, place in named.items() if code not in codes()} == {}


def test_a_code_without_a_sentence_is_a_bug_and_no_sentence() -> None:
    with pytest.raises(MissingSentenceError):
        sentence("matching.R2.no_such_outcome")
    with pytest.raises(MissingSentenceError):
        _ = UserProblem("no.such.code").text


def test_the_command_line_ends_with_70_where_a_sentence_is_missing(capsys: pytest.CaptureFixture[str],
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    from expertpool import cli

    def fails(*_given: object, **_more: object) -> int:
        raise UserProblem("no.such.code")

    monkeypatch.setattr(cli, "app", fails)
    assert cli.run(["experts", "list"]) == 70
    assert "MissingSentenceError" in capsys.readouterr().err


@pytest.mark.parametrize(("message", "kept"), [
    ("'张三 210102197805123016' is not in list", "… is not in list"),
    ("invalid literal for int() with base 10: '13812345678'", "invalid literal for int … with base …"),
    ("could not convert 210102197805123016 to date", "could not convert … to date"),
    ("(psycopg.errors.X) value too long [SQL: INSERT INTO person VALUES ('张三')] [parameters: {'n': '张三'}]",
     "… value too long …"),
    ("安亦舟", "…"),
    ("", ""),
])
def test_a_message_keeps_its_plain_words_alone(message: str, kept: str) -> None:
    assert plain_words(message) == kept


def test_a_report_names_the_place_and_no_person() -> None:
    def deep(name: str) -> None:
        raise ValueError(f"bad value {name!r} of {name}")

    try:
        try:
            deep("安亦舟 210102197805123016 13812345678")
        except ValueError as error:
            raise KeyError("安亦舟") from error
    except KeyError as error:
        report = crash_report(error, "Qt 6")
        line = said_of(error)
    assert "ValueError: bad value … of …" in report
    assert "deep" in report
    assert "test_unexpected_errors.py" in report
    for secret in ("安亦舟", "210102", "138123", str(Path.home())):
        assert secret not in report
    assert line == "KeyError: …"
