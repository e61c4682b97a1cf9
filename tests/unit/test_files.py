"""Whatever a user keeps is written whole or not at all, and by one helper."""

import ast
import os
import stat
import sys
from pathlib import Path

import pytest

from expertpool.foundation.files import replacing, write_whole

ROOT = Path(__file__).resolve().parents[2]
# who writes in another way, and why
OTHERWISE = {
    "expertpool/foundation/files.py": "the helper itself",
    "expertpool/foundation/work_folder.py": "notes of what is to be cleared away, in a folder that goes with its process",
    "expertpool/storage/encrypting.py": "a database made by the engine beside its files, put in place by its own check",
    "expertpool/storage/restore.py": "a database made by the engine beside its files, put in place by its own check",
    "expertpool/storage/window_lock.py": "a lock, held open and rewritten in place",
    "expertpool/spreadsheets/packed_workbook.py": "a part of a package in memory",
    "expertpool/spreadsheets/worker.py": "the null device of a helping process",
    "ui/theme.py": "pictures of this run in a temporary folder",
    "ui/importing/clipboard.py": "a pasted table, removed once it is read",
}
# ui/remembered.py writes window.ini by QSettings, which itself writes a new file and puts it in place


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    path = tmp_path / "a.txt"
    with replacing(path) as draft:
        draft.write_text("one")
        assert not path.exists()
    assert path.read_text() == "one"
    with pytest.raises(ZeroDivisionError), replacing(path) as draft:
        draft.write_text(f"tw{1 // 0}")
    assert path.read_text() == "one"
    assert list(tmp_path.iterdir()) == [path]


def test_text_and_bytes(tmp_path):
    write_whole(tmp_path / "a", "专家", "utf-8-sig")
    assert (tmp_path / "a").read_bytes() == b"\xef\xbb\xbf" + "专家".encode()
    write_whole(tmp_path / "a", b"\x00\n")
    assert (tmp_path / "a").read_bytes() == b"\x00\n"


def test_a_file_that_is_there_stays_where_a_fresh_one_is_wanted(tmp_path):
    path = tmp_path / "key"
    for text in ("first", "second"):
        with replacing(path, private=True, fresh=True) as draft:
            draft.write_text(text)
    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_folder_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "a", "x")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe with a name")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"through")
    assert os.read(reading, 20) == b"through"
    os.close(reading)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def raw_writes(source: str) -> list[int]:
    """Lines that write or rename a file by themselves, and not to a draft of ``replacing``."""
    tree = ast.parse(source)
    drafts = {item.optional_vars.id for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items
              if isinstance(item.optional_vars, ast.Name) and isinstance(item.context_expr, ast.Call)
              and isinstance(item.context_expr.func, ast.Name)
              and item.context_expr.func.id in ("replacing", "replacing_target")}
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and writes(node, drafts)]


def writes(call: ast.Call, drafts: set[str]) -> bool:
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    modes = {one.value for part in given for one in ast.walk(part)
             if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    to_write = any(set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes)
    if isinstance(call.func, ast.Name):
        return call.func.id == "open" and to_write
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
    if owner in drafts:
        return False
    renamed = call.func.attr in ("replace", "rename") and len(call.args) == 1 and not call.keywords
    return (call.func.attr in ("write_text", "write_bytes", "copyfile", "copy2") or renamed
            or (owner == "os" and call.func.attr in ("replace", "rename", "link"))
            or (call.func.attr in ("open", "fdopen") and to_write))


@pytest.mark.parametrize(("line", "found"), [
    ("path.write_text('x')", [1]), ("open(path, 'w')", [1]), ("path.open(mode='ab')", [1]), ("part.replace(path)", [1]),
    ("os.replace(part, path)", [1]), ("path.open('rb')", []), ("name.replace('a', 'b')", []),
    ("day.replace(day=1)", []), ("with replacing(path) as draft:\n    draft.write_bytes(b'')", [])])
def test_the_rule_sees_what_it_is_meant_to(line, found):
    assert raw_writes(line) == found


def test_nothing_is_written_in_another_way():
    found = {path.relative_to(ROOT).as_posix(): lines for part in ("expertpool", "ui")
             for path in sorted((ROOT / part).rglob("*.py")) if (lines := raw_writes(path.read_text(encoding="utf-8")))}
    assert {name: lines for name, lines in found.items() if name not in OTHERWISE} == {}
    assert set(OTHERWISE) == set(found), "an exception that nothing needs any more"
