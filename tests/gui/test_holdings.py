"""A person's own copy of everything, from the list of experts to a PDF: a reason first, then the place."""

import pytest

from expertpool.documents.personal_copy import personal_copy
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register


@pytest.fixture
def filled(empty_pool):
    pool = empty_pool
    register(pool, PersonDraft.model_validate({
        "name": "王新宇", "id_kind": "resident_id", "id_number": "210102197805123016",
        "phones": [{"kind": "mobile", "number": "13812345678"}], "employments": [{"employer": "东北大学"}]}))
    return pool


def test_the_copy_is_written_for_a_reason(qtbot, jobs, filled, tmp_path, prompts, show_page):
    from ui.experts.page import ExpertsPage
    from ui.experts.personal_copy import print_holdings
    from ui.paper_html import paper_html

    made = show_page(ExpertsPage, filled, "Experts")
    made.shown()
    qtbot.waitUntil(lambda: jobs.idle() and made.table.count() == 1, timeout=15_000)
    made.table.select(made.table.all_ids()[0])
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    state = filled.state()
    prompts.prepare("")
    print_holdings(made)
    assert filled.state() == state
    prompts.prepare("本人申请", tmp_path / "copy.pdf")
    print_holdings(made)
    qtbot.waitUntil(jobs.idle, timeout=15_000)
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
    assert filled.state() == state + 1
    with filled.read() as session:
        from sqlalchemy import select

        from expertpool.experts.tables import Person

        uid = session.scalars(select(Person.uid)).one()
    html = paper_html(personal_copy(filled, uid, "again"))
    for part in ("210102197805123016", "13812345678", "东北大学", "本人申请"):
        assert part in html
