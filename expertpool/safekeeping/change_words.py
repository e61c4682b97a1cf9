"""What a journal entry changed, in words (变更的说法): kinds of records, columns, values.

The words of people and cases are those of their catalogues; the others are here.
"""

from collections.abc import Mapping

from expertpool.foundation.language import N_, _
from expertpool.rules import vocabulary
from expertpool.rules.field_catalogue import CatalogueField, TableFields
from expertpool.storage.records import entity

KINDS = {"new": N_("new"), "deleted": N_("deleted"), "changed": N_("changed")}
_TABLES = {
    "account": N_("Account"), "attachment": N_("Attachment"), "importbatch": N_("Import"),
    "organisation": N_("Unit"), "organisationanswer": N_("Answer about a unit"), "setting": N_("Setting"),
    "declaration": N_("Declaration"), "duplicateanswer": N_("Answer about a duplicate"),
    "organisationalias": N_("Other name of a unit"), "organisationlink": N_("Link between units"),
    "valuesource": N_("Origin of values"), "waitingrow": N_("Waiting row"), "checkrecord": N_("Record of a check"),
    "dismissal": N_("False alarm"), "draw": N_("Draw"), "assignment": N_("Appointment"), "alert": N_("Alert"),
    "assignmentevent": N_("Step of an appointment"), "drawanswer": N_("Answer after a draw"),
    "recusalapplication": N_("Recusal application"), "technicalopinion": N_("Technical opinion"),
}
_COLUMNS = {
    "name": N_("Name"), "state": N_("Standing"), "remark": N_("Remarks"), "start": N_("From"), "end": N_("Until"),
    "number": N_("Number"), "kind": N_("Kind"), "role": N_("Role"), "text": N_("Text"), "code": N_("Code"),
    "cause": N_("Cause of action"), "side": N_("Side"), "appointed_on": N_("Appointed on"),
    "notified_on": N_("Notified on"), "answered_on": N_("Answered on"), "ended_on": N_("Ended on"),
    "end_reason": N_("Reason of the end"), "reason": N_("Reason"), "answer": N_("Answer"), "note": N_("Note"),
    "source": N_("Origin"), "value": N_("Value"), "key": N_("Setting"), "alias": N_("Other name"),
    "credit_code": N_("Credit code"), "region": N_("Region"), "display_name": N_("Name"), "office": N_("Office"),
    "courts": N_("Courts"), "active": N_("In force"), "os_user": N_("User of the computer"), "row": N_("Row"),
    "sheet": N_("Sheet"), "file": N_("File"), "fields": N_("Values"),
    "must_change": N_("Must choose a new password"), "failures": N_("Failed sign-ins"),
    "locked_until": N_("Locked until"), "last_signed_in_at": N_("Last signed in"),
    "password_changed_at": N_("Password changed"), "file_name": N_("File"), "operator": N_("Imported by"),
    "files": N_("Files"), "counts": N_("Counts"), "undone": N_("Taken back"), "listed": N_("Listed company"),
    "by": N_("By"), "at": N_("At"), "effective_from": N_("In force from"), "signed_on": N_("Signed on"),
    "valid_until": N_("Valid until"), "form": N_("Form"), "checked_at": N_("Checked at"),
    "rules_version": N_("Version of the rules"), "facts": N_("Facts"), "findings": N_("Findings"),
    "overrides": N_("Overridden"), "rule": N_("Rule"), "record": N_("Record of the draw"), "people": N_("People"),
    "reasons": N_("Reasons"), "frozen_by": N_("Frozen by"), "result": N_("Result"), "drawn": N_("Drawn"),
    "drawn_at": N_("Drawn at"), "operator_half": N_("Operator's part of the seed"), "salt": N_("Salt"),
    "witness_half": N_("Witness's part of the seed"), "seed": N_("Seed"), "void_ground": N_("Ground of the voiding"),
    "void_by": N_("Declared void by"), "void_at": N_("Declared void at"), "opened_by": N_("Names opened by"),
    "opened_reason": N_("Reason of the opening"), "opened_at": N_("Names opened at"), "method": N_("How appointed"),
    "duties": N_("Duties"), "opinion_due": N_("Opinion due"), "opinion_signed_on": N_("Opinion signed on"),
    "level": N_("Level"), "found_at": N_("Came up"), "answered_by": N_("Answered by"),
    "answered_at": N_("Answered at"), "from_state": N_("From state"), "to_state": N_("To state"), "actor": N_("Who"),
    "label": N_("Label"), "caller": N_("Called by"), "applicant": N_("Applicant"), "ground": N_("Ground"),
    "received_on": N_("Received on"), "suspended_from": N_("Suspended from"), "urgent": N_("Urgent"),
    "decide_by": N_("Decide by"), "decided_on": N_("Decided on"), "decision": N_("Decision"),
    "decided_by": N_("Decided by"), "decision_reason": N_("Reason of the decision"),
    "reconsideration_asked_on": N_("Reconsideration asked on"), "reconsider_by": N_("Reconsider by"),
    "reconsidered_on": N_("Reconsidered on"), "reconsideration": N_("Outcome of the reconsideration"),
    "reconsideration_reason": N_("Reason of the reconsideration"), "draft": N_("Whole row"),
    "answers": N_("Answers"), "on": N_("Day"),
}
_OF_TABLE = {("account", "name"): N_("Account"), ("assignment", "state"): N_("State"),
             ("alert", "state"): N_("State")}
_CODES_OF = {
    ("organisation", "kind"): "organisation_kind", ("organisationalias", "kind"): "alias_kind",
    ("organisationlink", "kind"): "organisation_link", ("organisationanswer", "answer"): "organisation_answer",
    ("assignment", "state"): "assignment_state", ("assignment", "method"): "assignment_method",
    ("assignment", "duties"): "duty", ("assignmentevent", "from_state"): "assignment_state",
    ("assignmentevent", "to_state"): "assignment_state", ("attachment", "kind"): "attachment_kind",
    ("declaration", "form"): "declaration_form", ("recusalapplication", "form"): "recusal_form",
    ("recusalapplication", "decision"): "recusal_decision", ("alert", "level"): "level",
}
_INNER = ("_id", "_key", "fingerprint", "keys", "sha256", "created", "place", "cause_code", "cause_version",
          "type_code", "serial", "suffix", "recognised", "slot", "parameters", "ground_code", "owner_kind",
          "media_type", "access")


def described(table: str) -> TableFields | None:
    """The catalogue's fields of a table; None for tables that no catalogue describes."""
    try:
        return entity(table).described
    except KeyError:
        return None


def described_field(table: str, column: str) -> CatalogueField | None:
    """The catalogue's entry for a column, if people are shown it."""
    fields = described(table)
    found = fields.by_key.get(column) if fields else None
    return found if found and not found.technical else None


def table_word(table: str) -> str:
    """The kind of a record; an unknown one shows itself."""
    if fields := described(table):
        return fields.shown
    return _(_TABLES[table]) if table in _TABLES else table


def column_word(table: str, column: str) -> str:
    """A column in words; an unknown one shows itself."""
    if field := described_field(table, column):
        return field.shown
    found = _OF_TABLE.get((table, column)) or _COLUMNS.get(column)
    return _(found) if found else column


def is_inner(column: str) -> bool:
    """Whether a column means nothing to people: ids, positions, fingerprints."""
    return column.endswith(_INNER)


def value_words(table: str, column: str, value: object) -> str:
    """A value as a person reads it; a dash for none."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str) and (kinds := _vocabularies(table, column)):
        return next((shown for kind in kinds if (shown := vocabulary.word(kind, value)) != value), value)
    if isinstance(value, Mapping):
        return "；".join(f"{name} {value_words(table, '', one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "、".join(value_words(table, column, one) for one in value)
    return str(value)


def _vocabularies(table: str, column: str) -> tuple[str, ...]:
    if field := described_field(table, column):
        return field.words
    return tuple(filter(None, (_CODES_OF.get((table, column), "role" if column == "role" else ""),)))
