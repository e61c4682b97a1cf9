"""The command line as a person or a script calls it: one JSON document on stdout, words on stderr, exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from expertpool.cli import run
from expertpool.commands.frame import SETTINGS
from tests.engines.test_importing import roster

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "(2026)辽01知民初418号"


@pytest.fixture
def call(pool_target: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on an empty pool; gives (exit code, parsed stdout or text, stderr)."""
    monkeypatch.setenv("EXPERTPOOL_DATABASE", pool_target)

    def once(*arguments: str) -> tuple[int, Any, str]:
        code = run(["--language", "en", *arguments])
        out = capsys.readouterr()
        SETTINGS.database = ""
        machine = "--json" in arguments and code == 0
        return code, json.loads(out.out) if machine else out.out, out.err

    return once


@pytest.fixture
def filled(call: Any, tmp_path: Path) -> Any:
    """The same with a small roster and one case."""
    from expertpool.spreadsheets.sheet_layout import SheetLayout
    from expertpool.spreadsheets.writing import write_workbook

    assert call("import", "experts", str(roster(tmp_path / "roster.xlsx")))[0] == 0
    write_workbook(tmp_path / "docket.xlsx", [SheetLayout("案件", ["案号", "案由", "原告", "被告", "技术争议焦点"], [
        [NUMBER, "侵害发明专利权纠纷", "沈阳步云机器人有限公司", "棋盘山研究院", "移动机器人的步态控制"]])])
    assert call("import", "cases", str(tmp_path / "docket.xlsx"))[0] == 0
    return call


def test_import_says_everything(call: Any, tmp_path: Path) -> None:
    code, report, _err = call("import", "experts", str(roster(tmp_path / "推荐表.xlsx")), "--json")
    assert code == 0
    assert {"files", "rows", "created", "updated", "unchanged", "duplicates", "rejected", "problems",
            "batch"} <= report.keys()
    assert report["rows"] == sum(report[k] for k in ("created", "updated", "unchanged", "duplicates", "rejected"))
    (sheet,) = report["files"][0]["sheets"]
    assert sheet["sheet"] == "名单"
    assert {column["header"]: column["field"] for column in sheet["columns"]}["专业特长"] == "specialty"
    problem = report["problems"][0]
    assert {"code", "severity", "file", "sheet", "row", "column", "field", "value", "text"} == problem.keys()
    assert report["batch"]


def test_list_masks_until_a_reason_is_given(filled: Any) -> None:
    code, people, _err = filled("experts", "list", "--json")
    assert code == 0
    assert {"uid", "name", "former_name", "gender", "birth", "id_number", "phones", "email", "employer", "department",
            "position", "title", "title_level", "education", "degree", "school", "major", "ethnicity", "party",
            "roles", "specialties", "fields", "licence_number", "licence_until", "expert_no", "hired", "remark",
            "sources"} == people[0].keys()
    by_name = {person["name"]: person for person in people}
    assert by_name["李娜"]["id_number"] == "11****************"
    _code, people, _err = filled("experts", "list", "--json", "--reveal", "年度核对")
    assert {person["name"]: person["id_number"] for person in people}["李娜"] == "11010519491231002X"
    _code, lines, _err = filled("experts", "list", "--jsonl", "--search", "wangxinyu")
    assert [json.loads(line)["name"] for line in lines.splitlines()] == ["王新宇"]


def test_from_match_to_appointment(filled: Any) -> None:
    code, answer, _err = filled("match", NUMBER, "--json")
    assert code == 0
    (first,) = answer["candidates"]
    assert first["name"] == "王新宇"
    assert set(first["parts"]) == {"field", "text", "vote", "experience", "evaluation", "load"}
    assert first["reasons"]
    code, check, _err = filled("check", NUMBER, first["uid"], "--json")
    assert (code, check["verdict"], check["findings"]) == (0, "clear", [])
    code, row, _err = filled("appoint", NUMBER, first["uid"], "--role", "技术调查官", "--json")
    assert (code, row["person"], row["state"]) == (0, "王新宇", "appointed")
    _code, rows, _err = filled("assignments", "list", "--json")
    assert len(rows) == 1
    _code, shown, _err = filled("cases", "show", "2026辽01知民初418", "--json")
    assert shown["assignments"][0]["person"] == "王新宇"
    code, _out, err = filled("appoint", NUMBER, first["uid"])
    assert code == 1
    assert "already serves" in err
    assert filled("undo")[0] == 0
    assert filled("assignments", "list", "--json")[1] == []


def test_who_is_excluded_is_told_with_the_law(filled: Any) -> None:
    _code, answer, _err = filled("match", NUMBER, "--role", "technical_consultant", "--json")
    (excluded,) = [one for one in answer["excluded"] if one["name"] == "李娜"]
    assert excluded["rule"] == "R2"
    assert excluded["severity"] == "block"
    assert "棋盘山研究院" in excluded["text"]
    assert excluded["source"]
    assert excluded["facts"]


def test_all_open_cases_at_once(filled: Any) -> None:
    _code, answer, _err = filled("match", "--all-open", "--json")
    assert [one["case"] for one in answer] == [NUMBER]


def test_a_roster_goes_out(filled: Any, tmp_path: Path) -> None:
    from expertpool.spreadsheets.reading import read_workbook

    code, done, _err = filled("roster", "export", str(tmp_path / "out.xlsx"), "--public", "--json")
    assert (code, done["people"]) == (0, 2)
    texts = [str(value) for row in read_workbook(tmp_path / "out.xlsx").sheets[0].rows for value in row if value]
    assert "王新宇" in texts
    assert not any("138" in text or "11010519491231002X" in text for text in texts)


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (["bogus"], 2, "bogus"), (["match"], 2, ""), (["cases", "show", "(2026)辽01知民初9号"], 1, "no case"),
    (["import", "experts", "nowhere.xlsx"], 1, "nowhere.xlsx"), (["undo"], 1, "nothing to undo"),
    (["import", "experts", "x.xlsx", "--duplicates", "perhaps"], 2, "")])
def test_mistakes_have_a_code_and_a_sentence(call: Any, arguments: list[str], code: int, words: str) -> None:
    got, out, err = call(*arguments)
    assert got == code
    assert words in err
    assert "Traceback" not in err + out


def test_a_missing_pool_is_not_made_by_reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "missing.expertpool"
    assert run(["--language", "en", "--database", str(path), "experts", "list"]) == 1
    SETTINGS.database = ""
    assert not path.exists()
    assert "no pool" in capsys.readouterr().err


def test_without_a_screen_the_program_says_so(tmp_path: Path) -> None:
    import os

    if sys.platform in ("win32", "darwin"):
        pytest.skip("a screen is always there")
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "main.py"], cwd=ROOT, env=environment | {"EXPERTPOOL_HOME": str(tmp_path)},
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert "main.py demo" in done.stderr


def test_the_demo_walks_the_whole_path(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXPERTPOOL_DATABASE", raising=False)
    assert run(["--language", "en", "demo", str(tmp_path / "示例"), "--json"]) == 0
    SETTINGS.database = ""
    done = json.loads(capsys.readouterr().out)
    assert done["experts"] >= 120
    assert Path(done["roster"]).exists()
    assert Path(done["workbook"]).exists()
    assert done["excluded"] > 0
    assert run(["--language", "en", "demo", str(tmp_path / "示例")]) == 1
    SETTINGS.database = ""
    assert "holds people already" in capsys.readouterr().err
