"""Whatever writes closes after its write: refused, it stays with the sentence and everything that was typed."""

from typing import Any

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from expertpool.foundation.changes import Changes
from expertpool.foundation.problems import UserProblem
from tests.gui.waiting import rest
from ui.jobs import Jobs
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.fields import TextField
from ui.widgets.many_dialog import ManyDialog
from ui.widgets.writing_dialog import WritingDialog


class Small(WritingDialog):
    """The least a dialog that writes consists of."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(None)
        self.line, self.button = QLineEdit(), QPushButton("Save")
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.button)


@pytest.fixture
def small(qtbot: Any) -> Small:
    dialog = Small()
    qtbot.addWidget(dialog)
    dialog.line.setText("typed at length")
    dialog.open()
    return dialog


def refuse() -> Changes:
    raise UserProblem("record.changed")


def test_it_closes_when_it_is_stored(qtbot: Any, jobs: Jobs, small: Small) -> None:
    stored: list[Any] = []
    small.wanted.connect(lambda: small.write(jobs, Changes, stored.append, words="Saved."))
    small.button.click()
    small.button.click()  # once more while it is written
    assert small.isVisible()
    small.reject()
    assert small.isVisible()  # not while it is written
    rest(qtbot, jobs)
    assert not small.isVisible()
    assert len(stored) == 1


def test_it_stays_when_it_is_refused(qtbot: Any, jobs: Jobs, small: Small, feedback: Any) -> None:
    small.wanted.connect(lambda: small.write(jobs, refuse, words="Saved."))
    small.button.click()
    qtbot.waitUntil(lambda: not small.isEnabled() or not small.writing)
    rest(qtbot, jobs)
    assert small.isVisible()
    assert small.isEnabled()
    assert small.line.text() == "typed at length"
    assert "changed by someone else" in small.refusal.text()
    assert small.refusal.isVisible()
    assert not feedback.seen  # said once, where it was written
    small.reject()
    assert not small.isVisible()


def test_a_fault_of_the_program_gives_the_dialog_back(qtbot: Any, jobs: Jobs, small: Small, feedback: Any) -> None:
    def broken() -> Changes:
        raise ZeroDivisionError

    small.wanted.connect(lambda: small.write(jobs, broken))
    small.button.click()
    rest(qtbot, jobs)
    assert small.isEnabled()
    assert small.line.text() == "typed at length"
    assert feedback.seen[-1][0] == "bug"


def test_a_password_that_is_looked_at_cannot_be_left(qtbot: Any) -> None:
    dialog = AskDialog(None, "Password", "", [TextField("name", "Name")], "Save")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.step()
    dialog.leave()
    assert dialog.isVisible()
    dialog.refused("It is too short.")
    assert dialog.problem.text() == "It is too short."
    dialog.leave()
    assert not dialog.isVisible()


def test_many_records_refused_at_once(qtbot: Any, jobs: Jobs) -> None:
    from expertpool.foundation.many import Affected

    reason = TextField("reason", "Reason", needed=True)
    dialog = ManyDialog(None, jobs, "Close", [reason], lambda _values: [Affected(1, "x", "甲", "open")], "case_state")
    qtbot.addWidget(dialog)
    dialog.agreed.connect(lambda _values: dialog.write(jobs, refuse))
    dialog.open()
    reason.edit.setText("a reason")
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    rest(qtbot, jobs)
    assert dialog.isVisible()
    assert reason.value() == "a reason"
    assert dialog.refusal.isVisible()


DIALOGS: dict[str, tuple[str, str]] = {  # every dialog that writes, and where it stands
    "AppointDialog": ("ui.matching.confirm", ""), "PlanDialog": ("ui.matching.plan_dialog", ""),
    "RecusalDialog": ("ui.cases.recusal_dialogs", ""), "UnitDialog": ("ui.organisations.dialog", ""),
    "SuggestionsDialog": ("ui.organisations.suggestions", ""), "AlertSheet": ("ui.overview.alerts", ""),
    "DeclarationDialog": ("ui.experts.interests_entry", ""), "ReadBackDialog": ("ui.experts.interests_readback", ""),
    "ManyDialog": ("ui.widgets.many_dialog", "")}
OTHERS = {"DrawDialog", "AskDialog", "BugDialog", "PartsDialog", "_TextDialog", "WritingDialog"}  # stay open, or only tell


def test_every_dialog_is_one_that_writes_or_is_known_not_to() -> None:
    """A new dialog says here how it closes."""
    import ast
    from pathlib import Path

    import ui

    found: dict[str, str] = {}
    for path in Path(ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    if ast.unparse(base) in ("QDialog", "WritingDialog"):
                        found[node.name] = ast.unparse(base)
    assert {name for name, base in found.items() if base == "WritingDialog"} == set(DIALOGS)
    assert {name for name, base in found.items() if base == "QDialog"} == OTHERS


def test_no_write_hangs_on_a_dialog_that_closed() -> None:
    """``accepted`` and ``finished`` come when the dialog is gone: nothing may be written then."""
    import ast
    from pathlib import Path

    import ui

    def writes(node: ast.AST) -> bool:
        return any(isinstance(one, ast.Attribute) and one.attr == "change" for one in ast.walk(node))

    wrong: list[str] = []
    for path in Path(ui.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions: dict[str, ast.AST] = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("accepted.connect", "finished.connect")):
                named = [functions[one.attr] for one in ast.walk(node) if isinstance(one, ast.Attribute)
                         and one.attr in functions]
                if any(map(writes, [node, *named])):
                    wrong.append(f"{path.name}: {ast.unparse(node)}")
    assert not wrong


