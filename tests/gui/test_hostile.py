"""What comes from outside stays text: names, units, cases and files that look like markup, turn the writing round,
hold control characters or never end, on every page and in every tip."""

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from expertpool.accounts.permissions import Actor
from expertpool.cases.docket import open_case
from expertpool.cases.drafts import AgentDraft, CaseDraft, PartyDraft
from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.pool import ExpertPool
from ui.widgets.labels import inert

MARKUP = "<b>粗</b><img src='file:///etc/passwd'>&amp;<a href='http://x'>点</a>"
HOSTILE = (MARKUP, "\u202e倒过来\u202c", "控\x07制\x1b[31m符", "长" * 20_000)
NUMBER = "(2026)辽01知民初1号"


@pytest.fixture
def window(qtbot, sqlite_template, tmp_path):
    from ui.main_window import MainWindow

    path = tmp_path / "pool.expertpool"
    path.write_bytes(sqlite_template.read_bytes())
    with ExpertPool.open(path, actor=Actor("tester")) as pool:
        for text in HOSTILE:
            register(pool, PersonDraft.model_validate({
                "name": text[:200], "title": text[:2000], "experience": text, "remark": text, "employments": [
                    {"employer": text[:2000], "department": text[:2000], "position": text[:2000]}], "specialties": [text],
                "roles": [{"role": "technical_investigator", "body": text[:100]}],
                "phones": [{"kind": "mobile", "number": "13812345678"}]}))
        open_case(pool, CaseDraft(number=NUMBER, cause=MARKUP, issue=MARKUP, judge=MARKUP, city=MARKUP, remark=MARKUP,
                                  parties=[PartyDraft(side="plaintiff", name=text[:2000], legal_representative=text[:100],
                                                      agents=[AgentDraft(name=MARKUP, firm=MARKUP)])
                                           for text in HOSTILE]))
    made = MainWindow(lambda target: ExpertPool.open(target or path, actor=Actor("tester")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.open_pool(str(path))
    qtbot.waitUntil(lambda: made.pool is not None and made.jobs.idle(), timeout=20_000)
    yield made
    made.close()


def markup_in(widget: QWidget) -> list[str]:
    """What the widgets would take for markup: labels that are not plain, tips that were not made inert."""
    found = []
    for part in (widget, *widget.findChildren(QWidget)):
        if (isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText
                and Qt.mightBeRichText(part.text())):
            found.append(f"label {part.text()[:80]}")
        if "<b>" in part.toolTip() or "<img" in part.toolTip() or "<a " in part.toolTip():
            found.append(f"tip {part.toolTip()[:80]}")
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            model = part.model()
            for row in range(min(model.rowCount(), 8)):
                for column in range(model.columnCount()):
                    said = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
                    if said and ("<b>" in str(said) or "<img" in str(said)):
                        found.append(f"cell {said!s:.80}")
    return found


def test_every_page_shows_it_as_text(qtbot, window):
    for page in window.stack.entries:
        window.navigate(page)
        qtbot.waitUntil(window.jobs.idle, timeout=30_000)
        assert markup_in(window) == [], page


def test_the_cards_of_a_hostile_person_and_case(qtbot, window):
    pool = window.pool
    for row in people_rows(pool, people_ids(pool, PeopleQuery())):
        window.navigate("experts", kind="person", uid=row.uid)
        qtbot.waitUntil(window.jobs.idle, timeout=30_000)
        assert markup_in(window) == []
    for page in ("cases", "matching"):
        window.navigate(page, kind="case", uid=NUMBER, number=NUMBER)
        qtbot.waitUntil(window.jobs.idle, timeout=30_000)
        assert markup_in(window) == []


def test_messages_and_questions_are_text(qtbot, window, monkeypatch):
    from PySide6.QtWidgets import QMessageBox

    window.feedback.ok(MARKUP)
    window.feedback.warning(MARKUP)
    assert markup_in(window) == []
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append((box.textFormat(), box.text())))
    window.prompts.choose(window, MARKUP, [("a", "A"), ("b", "B")])
    assert shown == [(Qt.TextFormat.PlainText, MARKUP)]


def test_a_tip_is_bounded_and_inert():
    assert "&lt;b&gt;" in inert(MARKUP)
    assert "<img" not in inert(MARKUP)
    assert inert("普通文字\n第二行") == "普通文字\n第二行"
    assert len(inert("长" * 100_000)) < 3000
