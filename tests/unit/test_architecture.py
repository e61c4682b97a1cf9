"""The rules of the house as sentences that a machine checks."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted([*(ROOT / "expertpool").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
MOST_LINES = 360


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_top_level_is_as_agreed() -> None:
    wanted = {"expertpool", "ui", "resources", "main.py", "tests", "pyproject.toml", "README.md", "README.zh-CN.md",
              "LICENSE", "NOTICE", "CONTRIBUTING.md"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "build"
             and not path.name.endswith(".egg-info")}
    assert found == wanted


def test_files_stay_small() -> None:
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE
             if "migrations/versions" not in path.as_posix()}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_a_room_says_its_purpose_and_holds_no_code() -> None:
    rooms = {name(path): path.read_text(encoding="utf-8").strip() for path in CODE
             if path.name == "__init__.py" and path.parent.name not in ("expertpool", "versions")}
    assert rooms
    assert [path for path, text in rooms.items()
            if not (text.startswith('"""') and text.endswith('"""') and text.count('"""') == 2)] == []


def occurrences(pattern: str, part: str, allowed: set[str]) -> list[str]:
    found = []
    for path in sorted((ROOT / part).rglob("*.py")):
        if name(path) in allowed:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{name(path)}:{number}: {line.strip()}")
    return found


def test_colours_stand_in_the_theme_alone() -> None:
    assert occurrences(r"""["']#[0-9a-fA-F]{3,8}["']""", "ui", {"ui/theme.py"}) == []


def test_threads_stand_in_one_place() -> None:
    assert occurrences(r"QThread|QRunnable|threading\.Thread|ThreadPoolExecutor", "ui", {"ui/jobs.py"}) == []


def test_message_boxes_and_file_pickers_stand_in_one_place() -> None:
    assert occurrences(r"\b(QMessageBox|QFileDialog|QInputDialog)\b[.(]", "ui", {"ui/prompts.py", "ui/feedback.py"}) == []


def test_no_room_of_the_core_prints() -> None:
    assert occurrences(r"^\s*print\(", "expertpool", set()) == []


def test_nothing_runs_through_a_shell() -> None:
    assert occurrences(r"shell=True|os\.system|os\.popen", "expertpool", set()) == []
    assert occurrences(r"shell=True|os\.system|os\.popen", "ui", set()) == []


def test_tips_are_given_in_one_place() -> None:
    """Qt takes tips for markup by itself; ``ui.widgets.labels.tip`` makes them inert."""
    assert occurrences(r"\.setToolTip\(", "ui", {"ui/widgets/labels.py"}) == []


def test_the_window_opens_no_session() -> None:
    """Verbs of the core read and write; a page that opened a session itself would bypass what they check."""
    assert occurrences(r"\bpool\.(read|write|own_write)\(|\.database\b|\bSession\(", "ui", set()) == []


def test_no_exemption_from_the_type_checker_grows_long() -> None:
    """Whole rooms are held to the same checks: what is exempt is few, and named."""
    import tomllib

    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["overrides"]
    assert all(len(one["module"]) <= 10 for one in overrides)
    assert not [one["module"] for one in overrides if one.get("disable_error_code")]


def test_many_keys_are_asked_for_in_one_way() -> None:
    """Rows of many keys come by ``storage.queries``, which asks in parts and compiles the statement once."""
    assert occurrences(r"expanding=True", "expertpool", {
        "expertpool/storage/queries.py", "expertpool/storage/dialects.py"}) == []  # the latter: a statement in text
    # a list that is cut by hand instead of by ``chunks``
    assert occurrences(r"range\(0, len\(\w+\), (CHUNK|PAGE|\d+00)\)", "expertpool", set()) == []


def test_the_list_of_rooms_is_that_of_the_contract() -> None:
    """``expertpool/README.md`` names every room once, in the order that import contracts prove."""
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["name"] == "Downward only")
    levels = [{room.strip().removeprefix("expertpool.") for room in re.split(r"[:|]", layer)} for layer in layers]
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "expertpool" / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) == len(set(listed))
    for level in levels:
        assert set(listed[:len(level)]) == level
        listed = listed[len(level):]
    assert listed == []
