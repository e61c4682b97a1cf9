"""Starting: nothing heavy before the first paint, a sentence where there is no screen, sane tables of actions."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from ui.actions import ACTIONS, action
from ui.pages import GROUPS, PAGES

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlmodel", "sqlalchemy", "openpyxl", "numpy", "pypinyin", "python_calamine", "xlsxwriter", "psycopg",
         "pydantic", "alembic", "typer")


def _python(code, tmp_path, **environment):
    names = {name: value for name, value in os.environ.items()
             if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          encoding="utf-8", env=names | {"EXPERTPOOL_HOME": str(tmp_path), "PYTHONUTF8": "1"}
                          | environment, check=False)


def test_shell_is_painted_without_heavy_libraries(tmp_path):
    code = f"""
import json, sys
from ui.application import start, make_window
application = start()
window = make_window(lambda target: None)
window.show()
window.grab()
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
window.jobs.close()
"""
    done = _python(code, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.strip().splitlines()[-1]) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these systems always have a screen")
def test_without_a_screen_one_sentence_names_the_other_way(tmp_path):
    done = _python("from ui.application import run; raise SystemExit(run([]))", tmp_path, EXPERTPOOL_LANGUAGE="en")
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "python main.py --help" in done.stderr
    assert "python main.py demo DIR" in done.stderr


def test_whole_run_opens_the_pool_and_ends(tmp_path):
    code = """
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
import ui.pages, ui.main_window
from ui.application import run
from ui.page import Page
import dataclasses, sys
class Pool:
    name, actor, place, undo_last = "Court", "Li", "here", None
    def counts(self): return {}
    def badges(self): return {}
    def close(self): print("closed")
sys.modules["tiny"] = sys.modules["__main__"]
class Tiny(Page):
    def shown(self, **arguments):
        print("shown", target)
        copied = QMimeData()
        copied.setHtml("<b>1</b>")
        QGuiApplication.clipboard().setMimeData(copied)
        QTimer.singleShot(0, self.surroundings.window.close)
entries = tuple(dataclasses.replace(page, target="tiny:Tiny") for page in ui.pages.PAGES)
ui.main_window.MainWindow.__init__.__defaults__ = (entries,)
def opener(wanted):
    global target
    target = wanted
    return Pool()
raise SystemExit(run(["--database", "x.expertpool"], opener))
"""
    done = _python(code, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["shown", "x.expertpool", "closed"]


def test_wheel_does_not_lose_references():
    """Tripwire: PySide6 6.12.0 under Linux and Python 3.11 dies after some 5,000 calls that return None."""

    class Sender(QObject):
        told = Signal(bool)

    edit, sender, heard = QLineEdit(), Sender(), []
    edit.textChanged.connect(heard.append)
    sender.told.connect(heard.append)
    for count in range(20_000):
        edit.setText(str(count))
        sender.told.emit(True)
    assert len(heard) == 40_000
    edit.deleteLater()


def test_actions_have_their_own_names_and_keys():
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)
    for page in {one.page for one in ACTIONS}:
        keys = [one.shortcut for one in ACTIONS if one.shortcut and one.page in (page, "")]
        assert len(keys) == len(set(keys)), page
    assert {one.page for one in ACTIONS} <= {page.name for page in PAGES} | {""}
    assert all(one.id.startswith(f"{one.page or 'window'}.") for one in ACTIONS)
    with pytest.raises(KeyError):
        action("experts.fly")


def test_window_has_every_action_it_lists():
    from ui.main_window import MainWindow

    for one in ACTIONS:
        if not one.page:
            assert callable(getattr(MainWindow, one.call.split(":")[0])), one.id


def test_pages_stand_in_known_groups_in_their_order():
    groups = [page.group for page in PAGES]
    assert groups == sorted(groups, key=list(GROUPS).index)
    assert all(page.target.startswith("ui.") and ":" in page.target for page in PAGES)


def test_initials_are_those_of_the_chinese_words():
    from pypinyin import Style, lazy_pinyin

    from expertpool.foundation.language import _, set_language

    set_language("zh_CN")
    for one in (*ACTIONS, *PAGES):
        text = one.title if hasattr(one, "title") else one.text
        words = _(text).replace("、", "").replace("…", "")
        if words.isascii():  # the language's own name stays English
            continue
        assert "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).lower() == one.letters, words


def test_the_wheel_has_nothing_to_change():
    """Boxes come from ``ui.widgets.fields``, where the wheel scrolls the page instead of changing a value."""
    made = re.compile(r"\bQ(ComboBox|SpinBox|DoubleSpinBox|DateEdit|Slider|Dial)\(\s*(?!\w*\):)")
    found = [str(path.relative_to(ROOT)) for path in (ROOT / "ui").rglob("*.py")
             for line in path.read_text("utf-8").splitlines() if made.search(line) and "class " not in line]
    assert found == []
