"""The operations of the journal in words (操作的说法), for the window, the command line and refusals alike."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from expertpool.foundation.language import N_, _


class Operation(StrEnum):
    """Every operation: for which permissions are given and which the journal notes. The texts are stored as they
    are."""

    READ = "read"
    READ_JOURNAL = "read journal"
    VERIFY_JOURNAL = "verify journal"
    REVEAL = "reveal"
    REGISTER = "register"
    EDIT_PERSON = "edit person"
    CHANGE_STANDING = "change standing"
    DECLARE = "declare"
    READ_DECLARATIONS = "read declarations"
    IMPORT_EXPERTS = "import experts"
    APPROVE_IMPORT = "approve import"
    IMPORT_CASES = "import cases"
    IMPORT_WORKBOOK = "import workbook"
    UNDO_IMPORT = "undo import"
    ANSWER_DUPLICATE = "answer duplicate"
    REMEMBER_COLUMNS = "remember columns"
    SETTLE_WAITING_ROW = "settle waiting row"
    MERGE_PEOPLE = "merge people"
    UNMERGE_PEOPLE = "unmerge people"
    EDIT_ORGANISATION = "edit organisation"
    OPEN_CASE = "open case"
    EDIT_CASE = "edit case"
    APPOINT = "appoint"
    CHANGE_ASSIGNMENT = "change assignment"
    APPLY_PLAN = "apply plan"
    DRAW = "draw"
    WITNESS_DRAW = "witness draw"
    LIFT_BLOCK = "lift block"
    DISMISS_FINDING = "dismiss finding"
    ANSWER_ALERT = "answer alert"
    SWEEP = "sweep"
    RECUSAL_APPLICATION = "recusal application"
    EXPORT_ROSTER = "export roster"
    EXPORT_WORKBOOK = "export workbook"
    TECHNICAL_OPINION = "technical opinion"
    READ_OPINION = "read opinion"
    CLEAR_NUMBERS = "clear numbers"
    UNDO = "undo"
    UNDO_OF_OTHERS = "undo of others"
    RESTORE_DELETED = "restore deleted"
    CHANGE_SETTING = "change setting"
    MANAGE_ACCOUNTS = "manage accounts"
    MANAGE_VAULT = "manage vault"
    BACK_UP = "back up"
    RESTORE = "restore"
    CHECK_DATABASE = "check database"
    MOVE_DATABASE = "move database"
    REMEMBER_USER = "remember user"
    SET_PASSWORD = "set password"
    SIGN_IN = "sign in"
    SIGN_IN_FAILED = "sign in failed"
    SEARCH_NUMBER = "search number"
    OLDER_STATE = "older state"


OPERATIONS = {
    "register": N_("New expert {name}"),
    "edit person": N_("Changed {name}"),
    "change standing": N_("Changed the standing of {name}"),
    "import experts": N_("Imported “{files}”: {created} new, {updated} updated"),
    "import cases": N_("Imported “{files}”: {created} new, {updated} updated"),
    "import workbook": N_("Imported the pool workbook “{file}”"),
    "open case": N_("New case {number}"),
    "edit case": N_("Changed {number}"),
    "appoint": N_("Appointed {name} to {number}"),
    "change assignment": N_("Next step for {name} in {number}"),
    "export roster": N_("Exported “{title}”, {people} people"),
    "export workbook": N_("Exported the pool workbook “{file}”"),
    "reveal": N_("Full numbers shown: {reason}"),
    "edit organisation": N_("Changed the unit {name}"),
    "change setting": N_("Changed a setting"),
    "merge people": N_("Merged {other} into {name}"),
    "declare": N_("Recorded the declaration of {name} of {day}"),
    "read declarations": N_("Recorded {count} declarations from “{files}”"),
    "unmerge people": N_("Separated {other} from {name}"),
    "answer duplicate": N_("Answered whether {name} and {other} are one person"),
    "settle waiting row": N_("Settled the waiting row of {name}"),
    "apply plan": N_("Appointed {people} people to {cases} cases as planned"),
    "sweep": N_("Checked appointments again: {alerts} new alerts, {settled} settled"),
    "answer alert": N_("{name} goes on in {number}: {reason}"),
    "dismiss finding": N_("False alarm {rule} for {name}: {reason}"),
    "undo import": N_("Took the import of “{files}” back: {removed} removed, {restored} restored"),
    "draw.open": N_("Froze draw {count} for {number}"),
    "draw.complete": N_("Drew for {number}, check code {code}"),
    "draw.answer": N_("Answer of {name}, drawn for {number}"),
    "draw.void": N_("Declared a draw for {number} void: {ground}"),
    "draw.names": N_("Opened the names of a blind draw for {number}"),
    "recusal application.apply": N_("Application that {name} step aside from {number}"),
    "recusal application.decide": N_("Decided on the recusal of {name} in {number}"),
    "recusal application.ask": N_("Reconsideration asked for: recusal of {name} in {number}"),
    "recusal application.reconsider": N_("Reconsidered the recusal of {name} in {number}"),
    "set password": N_("Set the password of {name}"),
    "sign in": N_("Signed in"),
    "sign in.computer": N_("Signed in without a password, as the user of this computer"),
    "sign in failed": N_("Signing in failed"),
    "remember user": N_("Chose how {name} signs in on this computer"),
    "manage accounts.add": N_("New account {name}"),
    "manage accounts.change": N_("Changed the account {name}"),
    "manage accounts.unlock": N_("Unlocked the account {name}"),
    "manage vault.paper": N_("Printed the recovery paper"),
    "manage vault.passphrase": N_("Chose a new recovery passphrase"),
    "manage vault.code": N_("Made a new recovery code"),
    "manage vault.hand over": N_("Handed the key over in “{file}”"),
    "restore": N_("Restored a backup: {reason}"),
    "restore deleted": N_("Brought {name} back from the recycle bin"),
    "search number": N_("Looked people up by a number: {count} found"),
    "older state": N_("Found the pool older than it was last seen here: operation {seen} was missing"),
    "check database": N_("Made lists anew that were out of step"),
    "approve import": N_("Let {people} people of “{files}” into the pool"),
}
NAMES = {
    "register": N_("new expert"),
    "edit person": N_("change of an expert"),
    "import experts": N_("import of experts"),
    "import cases": N_("import of cases"),
    "open case": N_("new case"),
    "edit case": N_("change of a case"),
    "appoint": N_("appointment"),
    "change assignment": N_("step of an assignment"),
    "change standing": N_("change of standing"),
    "import workbook": N_("import of a workbook"),
    "change setting": N_("change of a setting"),
    "declare": N_("declaration of interests"),
    "read declarations": N_("reading of declarations"),
    "merge people": N_("merge of two people"),
    "unmerge people": N_("separation of two people"),
    "answer duplicate": N_("answer about a duplicate"),
    "settle waiting row": N_("settling of a waiting row"),
    "apply plan": N_("plan for many cases"),
    "sweep": N_("check of appointments"),
    "answer alert": N_("answer to an alert"),
    "dismiss finding": N_("dismissal of a false alarm"),
    "edit organisation": N_("change of a unit"),
    "undo import": N_("taking back of an import"),
    "draw": N_("answer after a draw"),
    "recusal application": N_("recusal application"),
    "undo": N_("taking back"),
    "set password": N_("password"),
    "sign in": N_("sign-in"),
    "sign in failed": N_("failed sign-in"),
    "remember user": N_("way of signing in"),
    "manage accounts": N_("work on accounts"),
    "manage vault": N_("work on the key"),
    "restore": N_("restore of a backup"),
    "restore deleted": N_("return from the recycle bin"),
    "older state": N_("Found the pool older than it was last seen here: operation {seen} was missing"),
    "check database": N_("check of the database"),
    "approve import": N_("approval of an import"),
    "reveal": N_("full numbers"),
    "search number": N_("search by a number"),
    "export roster": N_("export of a roster"),
    "export workbook": N_("export of a workbook"),
}


class _Given(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def operation_words(entry: Mapping[str, Any]) -> str:
    """An entry of the journal (``operation``, ``words``) as a sentence; an unknown operation by its bare name."""
    operation, words = str(entry["operation"]), entry["words"]
    if operation == "undo":
        return _("Undone: {what}").format(what=operation_name(str(words.get("what", ""))))
    template = OPERATIONS.get(f"{operation}.{words.get('step', '')}") or OPERATIONS.get(operation)
    said = _(template).format_map(_Given(words)) if template else operation_name(operation)
    return _("{what} (of the pool as of {day})").format(what=said, day=words["as_of"]) if "as_of" in words else said


def operation_name(operation: str) -> str:
    """The bare name of an operation; an unknown one shows itself."""
    return _(NAMES.get(operation, "")) or operation
