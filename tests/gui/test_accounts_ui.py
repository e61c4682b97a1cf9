"""Accounts in the window: signing in, the idle lock, passwords, the tab of accounts, what each office sees."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit

from expertpool.accounts.accounts import AccountDraft, accounts, add_account, change_account, set_password, sign_in
from expertpool.accounts.permissions import SIGNED_OUT, Actor, offices
from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.pool import ExpertPool
from tests.gui.waiting import rest
from ui.account_dialogs import PasswordDialog, SignInDialog
from ui.accounts.idle import IdleWatch
from ui.application import open_pool
from ui.main_window import MainWindow

CHIEF, CLERK, SECRET = "王主任", "李书记员", "Court 2026!"


@pytest.fixture
def place(sqlite_template, tmp_path):
    path = tmp_path / "pool.expertpool"
    path.write_bytes(sqlite_template.read_bytes())
    with ExpertPool.open(path, actor=Actor("tester")) as pool:
        register(pool, PersonDraft(name="安示例"))
    return path


@pytest.fixture
def closed(place):
    """A pool whose chief and clerk have passwords of their own."""
    with ExpertPool.open(place) as pool:
        add_account(pool, AccountDraft(CHIEF, office="administrator"), SECRET)
        add_account(pool, AccountDraft(CLERK, "李", office="case_manager"), "given 2026")
        sign_in(pool, CLERK, "given 2026")
        set_password(pool, CLERK, SECRET, "given 2026")
    return place


@pytest.fixture
def make(qtbot):
    made = []

    def build(path):
        window = MainWindow(open_pool)
        window.prompts.prepare()
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        window.open_pool(str(path))
        rest(qtbot, window.jobs)
        return window

    yield build
    for window in made:
        window.prompts.prepare(True, "drop")
        window.close()


def typed(dialog, *texts):
    """Type into the dialog's fields one after the other by keyboard alone, and press Enter."""
    QTest.qWaitForWindowActive(dialog)
    for place, text in enumerate(texts):
        if place:
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        if isinstance(dialog.focusWidget(), QComboBox):  # stays as it is
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        edit = dialog.focusWidget()
        assert isinstance(edit, QLineEdit)
        edit.selectAll()
        if text.isascii():
            QTest.keyClicks(edit, text)
        else:
            edit.insert(text)  # as an input method does
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def entered(qtbot, window, name=CLERK, password=SECRET):
    typed(window.gate.dialog, name, password)
    rest(qtbot, window.jobs)


def test_an_open_pool_asks_nobody(qtbot, make, place):
    window = make(place)
    assert window.gate.dialog is None
    assert window.stack.current_name() == "overview"
    assert window.rail.account.isHidden()
    window.act("window.lock")
    assert not window.gate.locked


def test_a_closed_pool_shows_nothing_before_somebody_signs_in_by_keyboard(qtbot, make, closed):
    window = make(closed)
    assert isinstance(window.gate.dialog, SignInDialog)
    assert window.pool.actor == SIGNED_OUT
    assert window.stack.current() is None
    assert not window.navigate("experts")
    window.act("window.find")
    assert window.box.isHidden()
    entered(qtbot, window)
    assert window.gate.dialog is None
    assert window.stack.current_name() == "overview"
    assert window.rail.actor.text() == "李 · Case manager"
    assert window.status.counts.text().startswith("Experts 1")


def test_what_was_wrong_is_not_told_and_the_password_is_typed_again(qtbot, make, closed):
    window = make(closed)
    said = []
    for name, password in ((CLERK, "wrong"), ("nobody", SECRET)):
        window.gate.dialog.fields["name"].edit.setFocus()
        typed(window.gate.dialog, name, password)
        rest(qtbot, window.jobs)
        said.append(window.gate.dialog.problem.text())
        assert window.gate.dialog.fields["password"].value() == ""
    assert said[0] == said[1] != ""
    assert SECRET not in str(window.feedback.seen)


def test_esc_leaves_a_way_back_to_signing_in(qtbot, make, closed):
    window = make(closed)
    QTest.keyClick(window.gate.dialog, Qt.Key.Key_Escape)
    assert not window.gate.dialog.isVisible()
    shown = window.stack.currentWidget()
    assert shown.said.text() == "Nobody is signed in"
    qtbot.mouseClick(shown.buttons[0], Qt.MouseButton.LeftButton)
    entered(qtbot, window)
    assert window.stack.current_name() == "overview"


def test_signing_out_takes_the_pages_away(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window)
    window.rail.account_menu.aboutToShow.emit()
    words = [action.text() for action in window.rail.account_menu.actions() if action.text()]
    assert words == ["Change the password …", "Lock the window", "Sign out", "Sign in by itself on this computer"]
    window.rail.account_menu.actions()[2].trigger()
    rest(qtbot, window.jobs)
    assert window.pool.actor == SIGNED_OUT
    assert window.stack.pages == {}
    assert isinstance(window.gate.dialog, SignInDialog)
    assert window.rail.account.isHidden()


def test_the_user_of_the_computer_comes_in_by_itself_if_wanted(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window)
    window.gate.come_by_itself(True)
    rest(qtbot, window.jobs)
    rest(qtbot, window.jobs)
    assert window.gate.signed_in.comes_by_itself
    other = make(closed)
    assert other.gate.dialog is None
    assert other.rail.actor.text() == "李 · Case manager"


def test_a_given_password_is_changed_before_anything_is_seen(qtbot, make, closed):
    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        add_account(pool, AccountDraft("新人", office="reader"), "given 2026")
    window = make(closed)
    entered(qtbot, window, "新人", "given 2026")
    dialog = window.gate.dialog
    assert isinstance(dialog, PasswordDialog)
    assert window.stack.current() is None
    assert not window.navigate("experts")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    typed(dialog, "given 2026", "weak", "weak")
    rest(qtbot, window.jobs)
    assert "at least 8" in dialog.problem.text()
    typed(dialog, "given 2026", "my own 2026", "my other 2026")
    assert dialog.fields["again"].note.text() == "The two passwords are not the same."
    dialog.fields["old"].edit.setFocus()
    typed(dialog, "given 2026", "my own 2026", "my own 2026")
    rest(qtbot, window.jobs)
    rest(qtbot, window.jobs)
    assert window.stack.current_name() == "overview"


# -- the idle lock
def test_minutes_without_input_are_counted_by_the_clock(qtbot, make, closed):
    clock = [0.0]
    window = make(closed)
    entered(qtbot, window)
    watch, told = IdleWatch(window, lambda: clock[0]), []
    watch.idled.connect(lambda: told.append(clock[0]))
    watch.watch(15)
    for clock[0], input_comes in ((899.0, True), (1798.0, False), (1799.0, False), (9999.0, False)):
        if input_comes:
            watch._follow(window.windowHandle())
            QTest.mouseMove(window.windowHandle())
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
        watch.look()
    assert told == [1799.0]
    watch.watch(0)


def test_a_locked_window_shows_nothing_and_keeps_what_was_typed(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window)
    window.navigate("cases")
    rest(qtbot, window.jobs)
    search = window.stack.current().search
    search.setFocus()
    QTest.keyClicks(search, "half a wor")
    rest(qtbot, window.jobs)
    window.gate.idle.idled.emit()
    assert window.gate.locked
    cover = window.gate.covers[0]
    assert cover.isVisible()
    assert cover.geometry() == window.rect()
    window.resize(1400, 800)
    assert cover.geometry() == window.rect()
    assert not window.navigate("experts")
    window.feedback.info("安示例 was saved")
    assert window.feedback.layer.toasts == []
    dialog = window.gate.dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.fields["name"].value() == CLERK
    typed(dialog, "wrong")
    rest(qtbot, window.jobs)
    assert window.gate.locked
    typed(dialog, SECRET)
    rest(qtbot, window.jobs)
    assert not window.gate.locked
    assert window.stack.current_name() == "cases"
    assert search.text() == "half a wor"
    assert [toast.text for toast in window.feedback.layer.toasts] == ["安示例 was saved"]


def test_open_dialogs_are_covered_too(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window)
    window.gate.change_password()
    asking = window.gate.dialog
    other = QDialog(window)
    other.resize(300, 200)
    other.open()
    window.gate._close()
    assert asking is not None
    window.act("window.lock")
    assert [cover.parentWidget() for cover in window.gate.covers] == [window, other]
    typed(window.gate.dialog, SECRET)
    rest(qtbot, window.jobs)
    assert other.isVisible()
    other.reject()


def test_a_window_of_the_past_has_no_lock_of_its_own_and_goes_with_the_lock(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window, CHIEF)
    window.show_past("2")
    qtbot.waitUntil(lambda: bool(window.pasts) and window.pasts[0].isVisible(), timeout=15_000)
    past = window.pasts[0]
    rest(qtbot, past.jobs)
    assert past.stack.current_name() == "overview"
    assert past.gate.signed_in is None
    window.act("window.lock")
    assert window.pasts == []
    assert not past.isVisible()
    typed(window.gate.dialog, SECRET)
    rest(qtbot, window.jobs)
    assert not window.gate.locked


def test_an_account_that_is_closed_meanwhile_has_to_sign_in_again(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window)
    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        change_account(pool, AccountDraft(CLERK, "李", office="case_manager", active=False))
    window.opening.tell()
    rest(qtbot, window.jobs)
    assert window.pool.actor == SIGNED_OUT
    assert window.stack.pages == {}
    assert isinstance(window.gate.dialog, SignInDialog)


def test_only_the_same_account_or_an_administrator_opens_a_locked_window(qtbot, make, closed):
    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        add_account(pool, AccountDraft("监督", office="supervisor"), SECRET)
    window = make(closed)
    entered(qtbot, window)
    window.act("window.lock")
    window.gate.dialog.fields["name"].edit.setFocus()
    typed(window.gate.dialog, "监督", SECRET)
    rest(qtbot, window.jobs)
    assert window.gate.locked
    assert window.gate.dialog.problem.text().startswith(f"{CLERK} left this window locked")
    assert window.pool.actor.name == CLERK
    window.gate.dialog.fields["name"].edit.setFocus()
    typed(window.gate.dialog, CHIEF, SECRET)
    rest(qtbot, window.jobs)
    assert not window.gate.locked
    assert window.pool.actor.name == CHIEF
    assert window.rail.actor.text() == f"{CHIEF} · System administrator"


def test_an_account_without_a_password_is_not_locked_out_of_its_own_window(qtbot, make, closed):
    from expertpool.accounts.accounts import os_user

    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        add_account(pool, AccountDraft("本机", office="reader", os_user=os_user()))
    window = make(closed)
    assert window.rail.actor.text() == "本机 · Reader"
    assert window.gate.idle.minutes == 0
    window.act("window.lock")
    assert not window.gate.locked


def test_a_locked_window_asks_before_it_is_closed_over_what_was_typed(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window, CHIEF)
    window.navigate("settings", tab="accounts")
    rest(qtbot, window.jobs)
    card = window.stack.current().accounts.card
    qtbot.keyClicks(card.form.fields["display_name"].edit, "x")
    window.act("window.lock")
    window.prompts.prepare(False)
    assert not window.close()
    window.prompts.prepare(True)
    assert window.close()


# -- the tab of accounts
@pytest.fixture
def tab(qtbot, make, closed):
    window = make(closed)
    entered(qtbot, window, CHIEF)
    window.navigate("settings", tab="accounts")
    rest(qtbot, window.jobs)
    return window.stack.current().accounts


def chosen(qtbot, tab, name):
    tab.table.select(next(tab.table.model.ids[i] for i in range(tab.table.count())
                          if tab.table.model.row(i)["name"] == name))
    rest(qtbot, tab._page.jobs)
    assert tab.card.name == name


def test_the_first_account_closes_the_pool_and_its_maker_signs_in(qtbot, make, place):
    window = make(place)
    window.navigate("settings", tab="accounts")
    rest(qtbot, window.jobs)
    tab = window.stack.current().accounts
    assert tab.card.isHidden()
    qtbot.mouseClick(tab.empty.buttons[0], Qt.MouseButton.LeftButton)
    assert not tab.dialog.fields["office"].isEnabled()
    typed(tab.dialog, CHIEF, "王", SECRET, SECRET)
    rest(qtbot, window.jobs)
    rest(qtbot, window.jobs)
    assert isinstance(window.gate.dialog, SignInDialog)
    assert window.pool.actor == SIGNED_OUT
    entered(qtbot, window, CHIEF)
    assert window.rail.actor.text() == "王 · System administrator"


def test_accounts_are_added_changed_and_closed(qtbot, tab):
    qtbot.mouseClick(tab.adding, Qt.MouseButton.LeftButton)
    typed(tab.dialog, "人事", "人事处", "weak", "weak")
    rest(qtbot, tab._page.jobs)
    assert "at least 8" in tab.dialog.problem.text()
    tab.dialog.fields["password"].edit.setFocus()
    typed(tab.dialog, "given 2026", "given 2026")
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    assert not tab.dialog.isVisible()
    assert tab.card.name == "人事"
    form = tab.card.form
    office = form.fields["office"].box
    office.setCurrentIndex(office.findData("importer"))
    form.fields["courts"].edit.insert("辽01、无")
    assert form.fields["courts"].note.text() == "“无” is not the code of a court."
    form.fields["courts"].edit.setText("辽01、辽0102")
    form.fields["active"].box.setChecked(False)
    qtbot.mouseClick(form.saving, Qt.MouseButton.LeftButton)
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    row = next(row for row in accounts(tab._page.pool) if row.name == "人事")
    assert (row.office, row.courts, row.active) == ("importer", ("辽01", "辽0102"), False)
    shown = next(tab.table.model.row(i) for i in range(tab.table.count()) if tab.table.model.row(i)["name"] == "人事")
    assert shown["state"] == ("closed", "neutral")


def test_the_last_administrator_stays(qtbot, tab):
    chosen(qtbot, tab, CHIEF)
    tab.card.form.fields["active"].box.setChecked(False)
    qtbot.mouseClick(tab.card.form.saving, Qt.MouseButton.LeftButton)
    rest(qtbot, tab._page.jobs)
    assert tab._page.feedback.seen[-1][1].startswith("One active administrator")


def test_a_locked_account_is_unlocked_and_gets_a_password(qtbot, tab, closed):
    with ExpertPool.open(closed, actor=SIGNED_OUT) as pool:
        for _try in range(5):
            with pytest.raises(Exception, match="wrong"):
                sign_in(pool, CLERK, "wrong")
    tab.read()
    rest(qtbot, tab._page.jobs)
    chosen(qtbot, tab, CLERK)
    assert tab.card.unlock.isVisible()
    qtbot.mouseClick(tab.card.unlock, Qt.MouseButton.LeftButton)
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    assert tab.card.unlock.isHidden()
    qtbot.mouseClick(tab.card.password, Qt.MouseButton.LeftButton)
    assert "old" not in tab.dialog.fields
    typed(tab.dialog, "given 2027", "given 2027")
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    assert next(row for row in accounts(tab._page.pool) if row.name == CLERK).must_change


# -- what each office sees
@pytest.mark.parametrize("office", offices())
def test_every_office_walks_through_all_pages_without_a_refusal(qtbot, make, closed, office):
    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        add_account(pool, AccountDraft("某人", office=office), "given 2026")
        sign_in(pool, "某人", "given 2026")
        set_password(pool, "某人", SECRET, "given 2026")
    window = make(closed)
    entered(qtbot, window, "某人")
    for page in window.stack.entries:
        assert window.navigate(page)
        rest(qtbot, window.jobs)
    window.navigate("settings")
    for code, button in window.stack.current().tabs.tabs._buttons.items():
        if not button.isHidden():
            window.stack.current().tabs.tabs.choose(code)
            rest(qtbot, window.jobs)
    assert [seen for seen in window.feedback.seen if seen[0] in ("danger", "bug")] == []
    shown = window.stack.page("experts")
    assert shown.action_button("experts.add").isHidden() == (office not in ("administrator", "register_keeper"))
    assert window.stack.page("settings").tabs.tabs._buttons["accounts"].isHidden() == (office != "administrator")
    offered = [finding.text for finding in window.box._own("")]
    assert ("New case" in offered) == (office in ("administrator", "case_manager"))
    window.navigate("cases")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    rest(qtbot, window.jobs)
    assert [seen for seen in window.feedback.seen if seen[0] in ("danger", "bug")] == []


def test_a_reader_sees_no_button_that_the_core_would_refuse(qtbot, make, closed):
    from expertpool.cases.docket import open_case
    from expertpool.cases.drafts import CaseDraft

    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        register(pool, PersonDraft(name="全示例", bank_account="6222020200112233445"))
        open_case(pool, CaseDraft(number="(2026)辽01知民初418号", cause="侵害发明专利权纠纷"))
        add_account(pool, AccountDraft("读者", office="reader"), "given 2026")
        sign_in(pool, "读者", "given 2026")
        set_password(pool, "读者", SECRET, "given 2026")
    for name, may in ((CHIEF, True), ("读者", False)):
        window = make(closed)
        entered(qtbot, window, name)
        window.navigate("experts")
        rest(qtbot, window.jobs)
        page = window.stack.current()
        place = next(i for i in range(page.table.count()) if page.table.model.row(i)["name"] == "全示例")
        page.table.select(page.table.model.ids[place])
        card = page.card
        qtbot.waitUntil(lambda card=card: bool(card.data and card.data.detail.values["name"] == "全示例" and card.masked))
        assert [card.editing.isVisible(), card.changing.isVisible()] == [may, may]
        assert {masked.button.isHidden() for masked in card.masked.values()} == {not may}
        window.navigate("cases")
        rest(qtbot, window.jobs)
        page = window.stack.current()
        page.table.select(page.table.model.ids[0])
        qtbot.waitUntil(lambda page=page: page.card.data is not None)
        assert page.card.isAncestorOf(page.card.editing) == may
        window.navigate("settings", tab="general")
        rest(qtbot, window.jobs)
        page = window.stack.current()
        assert page.court.saving.isVisible() == may
        assert page.court.court.edit.isReadOnly() != may
        window.close()


def test_an_import_that_waits_is_approved_by_somebody_else(qtbot, make, closed, tmp_path):
    from expertpool.experts.browse import PeopleQuery, people_ids
    from expertpool.importing.experts import import_experts

    roster = tmp_path / "名册.csv"
    roster.write_text("姓名,工作单位,专业领域\n甲示例,东北大学,通信\n乙示例,东北大学,通信\n", encoding="utf-8-sig")
    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        add_account(pool, AccountDraft("人事", office="importer"), "given 2026")
        pool.actor = Actor("人事", "importer")
        import_experts(pool, [roster])
    window = make(closed)
    entered(qtbot, window, CHIEF)
    window.navigate("importing")
    rest(qtbot, window.jobs)
    recent = window.stack.current().choosing.recent
    row = recent.table.model.row(0)
    assert row["what"].startswith("2 wait for approval")
    assert row["approve"] == "Approve"
    assert not recent.table.view.isColumnHidden(3)
    recent.table.acted.emit(0, "approve")
    rest(qtbot, window.jobs)
    rest(qtbot, window.jobs)
    assert recent.table.model.row(0)["approve"] == ""
    assert recent.table.view.isColumnHidden(3)
    assert len(people_ids(window.pool, PeopleQuery())) == 3


def at_another_desk(closed, draft):
    with ExpertPool.open(closed, actor=Actor("tester")) as pool:
        change_account(pool, draft)


def test_an_account_that_somebody_else_changed_meanwhile(qtbot, tab, closed):
    chosen(qtbot, tab, CLERK)
    office = tab.card.form.fields["office"].box
    office.setCurrentIndex(office.findData("reader"))
    at_another_desk(closed, AccountDraft(CLERK, "李某某", office="case_manager"))
    qtbot.mouseClick(tab.card.form.saving, Qt.MouseButton.LeftButton)
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    view = tab.card.guarded
    assert view.currentWidget() is view.conflict
    assert {row.one.name: row.choice() for row in view.conflict.rows} == {"display_name": "theirs", "office": "mine"}
    view.conflict.save()
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    row = next(row for row in accounts(tab._page.pool) if row.name == CLERK)
    assert (row.display_name, row.office) == ("李某某", "reader")


@pytest.mark.parametrize("answer", ["stay", "drop", "save"])
def test_what_was_typed_for_an_account_is_not_dropped(qtbot, tab, answer):
    chosen(qtbot, tab, CLERK)
    edit = tab.card.form.fields["display_name"].edit
    edit.setText("李改")
    tab.read()  # another window wrote something
    rest(qtbot, tab._page.jobs)
    assert edit.text() == "李改"
    tab._page.prompts.prepare(answer)
    tab.table.select(next(tab.table.model.ids[i] for i in range(tab.table.count())
                          if tab.table.model.row(i)["name"] == CHIEF))
    rest(qtbot, tab._page.jobs)
    rest(qtbot, tab._page.jobs)
    found = next(row.display_name for row in accounts(tab._page.pool) if row.name == CLERK)
    assert (found == "李改") == (answer == "save")
    assert tab.card.name == (CLERK if answer == "stay" else CHIEF)
    assert tab.table.current_row()["name"] == tab.card.name
    if answer == "stay":
        assert edit.text() == "李改"
        tab.card.form.show_values(tab.card.form.opened())
