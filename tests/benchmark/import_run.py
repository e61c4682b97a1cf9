"""One import as the window runs it, in a process of its own: ``python -m tests.benchmark.import_run FILE POOL``.

Prints a line of JSON: ``seconds`` of preview and writing, ``peak_mb`` of this process, ``slot_ms`` the longest
time the window's thread did not answer, ``counts``.
"""

import json
import os
import sys
import time
from pathlib import Path

_BEAT = 5  # milliseconds between two heartbeats


def main(roster: Path, target: Path) -> None:
    """Import through the jobs of a real application while its event loop keeps time."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from expertpool.importing.experts import apply_plan, preview_experts
    from expertpool.pool import ExpertPool
    from ui.feedback import Feedback
    from ui.jobs import Jobs

    application = QApplication([])
    jobs, owner = Jobs(Feedback()), QObject()
    pool = ExpertPool.open(target)
    beats = [time.perf_counter()]
    slots: list[float] = []

    def beat() -> None:
        now = time.perf_counter()
        slots.append(now - beats[0] - _BEAT / 1000)
        beats[0] = now

    timer = QTimer()
    timer.setInterval(_BEAT)
    timer.timeout.connect(beat)
    timer.start()
    started = time.perf_counter()
    said: dict[str, object] = {}

    def previewed(plan: object) -> None:
        said["preview"] = round(time.perf_counter() - started, 2)
        jobs.change(owner, lambda progress: apply_plan(pool, plan, progress=progress), written)

    def written(report: object) -> None:
        said["seconds"] = round(time.perf_counter() - started, 2)
        said["counts"] = report.counts
        application.quit()

    jobs.read(owner, lambda progress: preview_experts(pool, [roster], progress=progress), previewed)
    application.exec()
    jobs.close()
    pool.close()
    print(json.dumps({**said, "peak_mb": peak_mb(), "slot_ms": round(max(slots) * 1000)}))


def peak_mb() -> int:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
