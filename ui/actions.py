"""Every action of the window in one table, used by buttons, context menus, shortcuts and the Ctrl+K box.

``call`` is a method of the page named by ``page``; without a page, of the main window. ``letters`` are the pinyin
initials of the Chinese words, so that Ctrl+K needs no pinyin library.
"""

from dataclasses import dataclass
from operator import attrgetter

from expertpool.foundation.language import N_


@dataclass(frozen=True)
class Action:
    """One thing the user can do. ``listed``: offered in the Ctrl+K box (it needs no selection).

    ``asks``: the operation of the core for which the user needs permission; without it the action is not shown.
    """

    id: str
    text: str
    call: str
    page: str = ""
    icon: str = ""
    shortcut: str = ""
    letters: str = ""
    listed: bool = True
    asks: str = ""

    def run(self, target: object) -> None:
        """Call the method on the page or window; words after a colon are its arguments."""
        name, *arguments = self.call.split(":")
        attrgetter(name)(target)(*arguments)


ACTIONS = (
    Action("experts.add", N_("Add an expert"), "add_expert", "experts", "add", "Ctrl+N", "xzzj", asks="register"),
    Action("experts.edit", N_("Edit"), "edit_current", "experts", "edit", "F2", "bj", listed=False,
           asks="edit person"),
    Action(
        "experts.delete",
        N_("Remove from the pool"),
        "delete_selected",
        "experts",
        "delete",
        "Del",
        "yczjk",
        listed=False,
        asks="change standing",
    ),
    Action(
        "experts.import",
        N_("Import a spreadsheet"),
        "import_experts",
        "experts",
        "import",
        "",
        "drbg",
        listed=False,
        asks="import experts",
    ),
    Action(
        "experts.roster",
        N_("Export a roster"),
        "export_roster",
        "experts",
        "export",
        "Ctrl+E",
        "dcmc",
        listed=False,
        asks="export roster",
    ),
    Action("experts.forms", N_("Declaration forms for those selected"), "forms_for_selected", "experts", "print",
           "", "wsxryscsmb", listed=False),
    Action("experts.forms_due", N_("Declaration forms for all that are overdue"), "forms_due", "experts", "print",
           "", "wyqwsbryscsmb"),
    Action("experts.holdings", N_("Copy of what is held on a person"), "declarations.print_holdings", "experts",
           "print", "", "brxxfb", listed=False, asks="reveal"),
    Action("experts.states", N_("Change the standing of those selected …"), "change_states", "experts", "edit", "",
           "bgsxrydzt", listed=False, asks="change standing"),
    Action("experts.print", N_("Print the list …"), "print_list", "experts", "print", "Ctrl+P", "dylb"),
    Action("settings.unit_edit", N_("Facts of the unit …"), "edit_current", "settings", "edit", "F2", "dwxx",
           listed=False, asks="edit organisation"),
    Action("settings.unit_print", N_("Print the list …"), "print_list", "settings", "print", "Ctrl+P", "dylb",
           listed=False),
    Action("cases.close", N_("Close the cases selected …"), "close_selected", "cases", "check", "", "jsxajja",
           listed=False, asks="edit case"),
    Action("cases.print", N_("Print the list …"), "print_list", "cases", "print", "Ctrl+P", "dylb"),
    Action("cases.add", N_("New case"), "add_case", "cases", "add", "Ctrl+Shift+N", "xjaj", asks="open case"),
    Action("cases.edit", N_("Edit the case"), "edit_current", "cases", "edit", "F2", "bjaj", listed=False,
           asks="edit case"),
    Action("cases.import", N_("Import cases"), "import_cases", "cases", "import", "", "draj", listed=False,
           asks="import cases"),
    Action(
        "cases.match",
        N_("Find an expert"),
        "match_current",
        "cases",
        "matching",
        "Ctrl+M",
        "ppzj",
        listed=False,
    ),
    Action(
        "matching.again", N_("Check again"), "match_again", "matching", "refresh", "", "cxhd", listed=False
    ),
    Action(
        "matching.print",
        N_("Print the check sheet"),
        "print_sheet",
        "matching",
        "print",
        "Ctrl+P",
        "dyhdb",
        listed=False,
    ),
    Action(
        "matching.appoint",
        N_("Appoint the chosen"),
        "appoint_chosen",
        "matching",
        "check",
        "Ctrl+Return",
        "zpyx",
        listed=False,
        asks="appoint",
    ),
    Action(
        "importing.open",
        N_("Import experts from a spreadsheet"),
        "choose_files",
        "importing",
        "import",
        "Ctrl+O",
        "cbgdrzj",
        asks="import experts",
    ),
    Action(
        "importing.cases",
        N_("Import cases from a spreadsheet"),
        "choose_case_files",
        "importing",
        "table",
        "",
        "cbgdraj",
        asks="import cases",
    ),
    Action(
        "importing.paste",
        N_("Import a table from the clipboard"),
        "paste_table",
        "importing",
        "paste",
        "",
        "drjtbzdbg",
        asks="import experts",
    ),
    Action(
        "importing.sample",
        N_("Open the sample pool"),
        "load_samples",
        "importing",
        "pool",
        "",
        "dkslk",
        listed=False,
    ),
    Action(
        "rosters.export", N_("Export a styled roster"), "export_roster", "rosters", "rosters", "", "dczsmc",
        asks="export roster",
    ),
    Action(
        "rosters.pool_out",
        N_("Export the whole pool as a workbook"),
        "export_pool",
        "rosters",
        "export",
        "",
        "qkdcwgzb",
        asks="export workbook",
    ),
    Action(
        "rosters.pool_in", N_("Import a pool workbook"), "import_pool", "rosters", "import", "", "drqkgzb",
        asks="import workbook",
    ),
    Action("window.past", N_("Back to a day …"), "ask_past", "", "history", "", "hdmyt", asks="read journal"),
    Action("window.undo", N_("Undo the last operation"), "undo_last", "", "undo", "Ctrl+Z", "cxsyccz", asks="undo"),
    Action(
        "window.find",
        N_("Find people, cases, actions"),
        "open_command_box",
        "",
        "search",
        "Ctrl+K",
        "czryajcz",
        listed=False,
    ),
    Action("window.refresh", N_("Read again"), "reload_page", "", "refresh", "F5", "sx"),
    Action("window.rail", N_("Narrow or widen the rail"), "toggle_rail", "", "rail", "Ctrl+B", "sqhzkdhl"),
    Action("window.light", N_("Light look"), "set_look:light", "", "theme", "", "qswg"),
    Action("window.dark", N_("Dark look"), "set_look:dark", "", "theme", "", "sswg"),
    Action("window.auto", N_("Look follows the system"), "set_look:auto", "", "theme", "", "wggsxt"),
    Action("window.chinese", "中文界面", "set_language:zh_CN", "", "settings", "", "zwjm"),
    Action("window.english", "English interface", "set_language:en", "", "settings", "", "english"),
    Action("window.password", N_("Change the password …"), "change_password", "", "edit", "", "xgmm"),
    Action("window.lock", N_("Lock the window"), "lock", "", "lock", "Ctrl+L", "sdck"),
    Action("window.sign_out", N_("Sign out"), "sign_out", "", "close", "", "tcdl"),
    Action("window.close", N_("Close the program"), "close", "", "close", "Ctrl+Q", "tccx"),
)
BY_ID = {action.id: action for action in ACTIONS}


def action(name: str) -> Action:
    """The action with this id; an unknown one is a bug (``KeyError``)."""
    return BY_ID[name]
