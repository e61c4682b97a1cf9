"""Time to a usable window against a bare PySide6 window, each in a fresh process."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import time; start = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow(); window.show()
QTimer.singleShot(0, lambda: (print(time.perf_counter() - start), application.quit()))
application.exec()
"""
OURS = """
import time; start = time.perf_counter()
import sys
from ui.application import make_window, open_pool, start as start_application
application = start_application()
window = make_window(open_pool); window.show()
from PySide6.QtCore import QTimer
painted = []
def first():
    painted.append(time.perf_counter() - start)
    window.open_pool(sys.argv[1])
def usable():
    if window.surroundings.pool is None:
        QTimer.singleShot(5, usable)
        return
    print(painted[0], time.perf_counter() - start)
    window.close(); application.quit()
QTimer.singleShot(0, first); QTimer.singleShot(5, usable)
application.exec()
window.jobs.close()
if window.surroundings.pool: window.surroundings.pool.close()
"""


def run(code: str, *arguments: str, home: Path) -> list[float]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "EXPERTPOOL_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, check=True,
                          capture_output=True, text=True, timeout=120)
    return [float(word) for word in done.stdout.split()]


def test_start_against_a_bare_window(benchmark: Any, sqlite_template: Path, tmp_path: Path,
                                     figures: list[str]) -> None:
    floor = min(run(BARE, home=tmp_path)[0] for _turn in range(3))
    painted, usable = min((run(OURS, str(sqlite_template), home=tmp_path) for _turn in range(3)),
                          key=lambda times: times[1])
    benchmark.pedantic(lambda: run(BARE, home=tmp_path), rounds=1)
    assert painted < usable
    figures.append(f"first paint {painted * 1000:.0f} ms, usable window {usable * 1000:.0f} ms, bare PySide6 window "
                   f"{floor * 1000:.0f} ms, ratios {painted / floor:.1f} and {usable / floor:.1f}")
