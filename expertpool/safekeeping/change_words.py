"""What a journal entry changed, in words (变更的说法): kinds of records, columns, values, as a person reads them."""

import re
from collections.abc import Mapping
from typing import Any

from expertpool.foundation.language import N_, _
from expertpool.foundation.text import mask_bank, mask_id, mask_phone
from expertpool.rules import vocabulary

KINDS = {"new": N_("new"), "deleted": N_("deleted"), "changed": N_("changed")}
TABLES = {
    "account": N_("Account"), "attachment": N_("Attachment"), "dispute": N_("Dispute"), "importbatch": N_("Import"),
    "organisation": N_("Unit"), "organisationanswer": N_("Answer about a unit"), "person": N_("Expert"),
    "setting": N_("Setting"), "achievement": N_("Achievement"), "courtcase": N_("Case"),
    "declaration": N_("Declaration"), "duplicateanswer": N_("Answer about a duplicate"),
    "employment": N_("Employer"), "evaluation": N_("Evaluation"), "interest": N_("Interest"),
    "licence": N_("Licence"), "organisationalias": N_("Other name of a unit"),
    "organisationlink": N_("Link between units"), "personfield": N_("Technical field"), "phone": N_("Telephone"),
    "roleterm": N_("Role and term"), "specialty": N_("Speciality"), "unavailability": N_("Not available"),
    "valuesource": N_("Origin of values"), "waitingrow": N_("Waiting row"),
    "casefield": N_("Technical field of a case"), "caselink": N_("Link between cases"),
    "checkrecord": N_("Record of a check"), "dismissal": N_("False alarm"), "draw": N_("Draw"),
    "party": N_("Party"), "patent": N_("Patent"), "agent": N_("Agent"), "assignment": N_("Appointment"),
    "alert": N_("Alert"), "assignmentevent": N_("Step of an appointment"), "drawanswer": N_("Answer after a draw"),
    "recusalapplication": N_("Recusal application"), "technicalopinion": N_("Technical opinion"),
}
_COLUMNS = {
    "name": N_("Name"), "former_name": N_("Former name"), "name_note": N_("Note on the name"),
    "gender": N_("Gender"), "birth": N_("Date of birth"), "ethnicity": N_("Ethnicity"),
    "party": N_("Political affiliation"), "id_kind": N_("Kind of identity document"),
    "id_number": N_("Identity number"), "email": N_("E-mail"), "address": N_("Address"), "postcode": N_("Postcode"),
    "wechat": N_("WeChat"), "qq": N_("QQ number"), "education": N_("Education"), "degree": N_("Degree"),
    "school": N_("School"), "major": N_("Subject studied"), "graduated": N_("Graduated"),
    "work_since": N_("At work since"), "title": N_("Professional title"), "title_level": N_("Level of title"),
    "title_date": N_("Title since"), "expert_no": N_("Expert number"), "hired": N_("Admitted on"),
    "recommended_by": N_("Recommended by"), "recommendation": N_("Recommendation"), "bank_name": N_("Bank"),
    "bank_account": N_("Bank account"), "case_cap": N_("Most cases in hand"), "state": N_("Standing"),
    "state_reason": N_("Reason"), "state_since": N_("Since"), "experience": N_("Work experience"),
    "remark": N_("Remarks"), "more": N_("Further information"), "employer": N_("Employer"),
    "department": N_("Department"), "position": N_("Position"), "start": N_("From"), "end": N_("Until"),
    "issued": N_("Licence issued"), "until": N_("Licence valid until"), "number": N_("Number"),
    "kind": N_("Kind"), "role": N_("Role"), "mode": N_("Kind of service"), "text": N_("Text"), "date": N_("Date"),
    "body": N_("Authority"), "certificate_no": N_("Number of the letter of appointment"), "code": N_("Code"),
    "court": N_("Court"), "cause": N_("Cause of action"), "procedure": N_("Procedure"), "city": N_("City"),
    "judge": N_("Judge"), "panel": N_("Panel"), "clerk": N_("Clerk"), "issue": N_("Technical issue"),
    "filed_on": N_("Filed on"), "hearing_on": N_("Hearing on"), "closed_on": N_("Closed on"),
    "judged_on": N_("Judged on"), "deliberation_on": N_("Deliberation on"), "side": N_("Side"), "firm": N_("Firm"),
    "role_needed": N_("Role needed"), "people_needed": N_("People needed"), "relation": N_("Relation"),
    "appointed_on": N_("Appointed on"), "notified_on": N_("Notified on"), "answered_on": N_("Answered on"),
    "ended_on": N_("Ended on"), "end_reason": N_("Reason of the end"), "reason": N_("Reason"),
    "answer": N_("Answer"), "note": N_("Note"), "source": N_("Source"), "value": N_("Value"), "key": N_("Setting"),
    "alias": N_("Other name"), "credit_code": N_("Credit code"), "region": N_("Region"), "unit": N_("Unit"),
    "detail": N_("Detail"), "display_name": N_("Name"), "office": N_("Office"), "courts": N_("Courts"),
    "active": N_("In force"), "os_user": N_("User of the computer"), "words": N_("Words"), "main": N_("Main"),
    "current": N_("Current"), "row": N_("Row"), "sheet": N_("Sheet"), "file": N_("File"), "fields": N_("Values"),
    "must_change": N_("Must choose a new password"), "failures": N_("Failed sign-ins"),
    "locked_until": N_("Locked until"), "last_signed_in_at": N_("Last signed in"),
    "password_changed_at": N_("Password changed"), "file_name": N_("File"), "operator": N_("Imported by"),
    "files": N_("Files"), "counts": N_("Counts"), "undone": N_("Taken back"), "listed": N_("Listed company"),
    "by": N_("By"), "at": N_("At"), "unit_consent": N_("Consent of the unit"), "own_consent": N_("Own consent"),
    "notice_given": N_("Told how data is used"), "secrecy": N_("Access to secrets"),
    "age_exemption": N_("Age exemption"), "effective_from": N_("In force from"),
    "number_raw": N_("Number as written"), "year": N_("Year"), "court_code": N_("Code of the court"),
    "nature": N_("Kind of case"), "original_number": N_("Original case number"), "signed_on": N_("Signed on"),
    "valid_until": N_("Valid until"), "form": N_("Form"), "retired": N_("Retired"), "grade": N_("Grade"),
    "score": N_("Score"), "unlisted": N_("Not in the list of units"), "declared_on": N_("Declared on"),
    "origin": N_("Origin"), "term_text": N_("Term as written"), "renewals": N_("Renewals"),
    "decision_no": N_("Number of the decision"), "checked_at": N_("Checked at"),
    "rules_version": N_("Version of the rules"), "facts": N_("Facts"), "findings": N_("Findings"),
    "overrides": N_("Overridden"), "rule": N_("Rule"), "record": N_("Record of the draw"), "people": N_("People"),
    "reasons": N_("Reasons"), "frozen_by": N_("Frozen by"), "result": N_("Result"), "drawn": N_("Drawn"),
    "drawn_at": N_("Drawn at"), "operator_half": N_("Operator's part of the seed"), "salt": N_("Salt"),
    "witness_half": N_("Witness's part of the seed"), "seed": N_("Seed"), "void_ground": N_("Ground of the voiding"),
    "void_by": N_("Declared void by"), "void_at": N_("Declared void at"), "opened_by": N_("Names opened by"),
    "opened_reason": N_("Reason of the opening"), "opened_at": N_("Names opened at"),
    "legal_representative": N_("Legal representative"), "inventors": N_("Inventors"),
    "patentees": N_("Patentees"), "examiners": N_("Examiners"), "method": N_("How appointed"),
    "duties": N_("Duties"), "opinion_due": N_("Opinion due"), "opinion_signed_on": N_("Opinion signed on"),
    "level": N_("Level"), "found_at": N_("Came up"), "answered_by": N_("Answered by"),
    "answered_at": N_("Answered at"), "from_state": N_("From state"), "to_state": N_("To state"),
    "actor": N_("Who"), "label": N_("Label"), "caller": N_("Called by"), "applicant": N_("Applicant"),
    "ground": N_("Ground"), "received_on": N_("Received on"), "suspended_from": N_("Suspended from"),
    "urgent": N_("Urgent"), "decide_by": N_("Decide by"), "decided_on": N_("Decided on"),
    "decision": N_("Decision"), "decided_by": N_("Decided by"), "decision_reason": N_("Reason of the decision"),
    "reconsideration_asked_on": N_("Reconsideration asked on"), "reconsider_by": N_("Reconsider by"),
    "reconsidered_on": N_("Reconsidered on"), "reconsideration": N_("Outcome of the reconsideration"),
    "reconsideration_reason": N_("Reason of the reconsideration"), "draft": N_("Whole row"),
    "answers": N_("Answers"), "ipc": N_("IPC class"), "on": N_("Day"),
}
_OF_TABLE = {
    ("account", "name"): N_("Account"), ("courtcase", "number"): N_("Case number"),
    ("courtcase", "state"): N_("State of the case"), ("phone", "number"): N_("Telephone"),
    ("licence", "number"): N_("Licence number"), ("patent", "title"): N_("Title of the patent"),
    ("assignment", "state"): N_("State"), ("alert", "state"): N_("State"),
}
_CODES = {"gender": "gender", "ethnicity": "ethnicity", "party": "party", "id_kind": "id_kind", "role": "role",
          "education": "education", "degree": "degree", "title_level": "title_level",
          "recommendation": "recommendation", "role_needed": "role"}
_CODES_OF = {
    ("person", "state"): "person_state", ("roleterm", "state"): "role_state", ("roleterm", "mode"): "mode",
    ("roleterm", "end_reason"): "end_reason", ("phone", "kind"): "phone_kind", ("interest", "kind"): "interest",
    ("interest", "relation"): "relation", ("organisation", "kind"): "organisation_kind",
    ("organisationalias", "kind"): "alias_kind", ("organisationlink", "kind"): "organisation_link",
    ("organisationanswer", "answer"): "organisation_answer", ("courtcase", "state"): "case_state",
    ("courtcase", "nature"): "case_nature", ("courtcase", "procedure"): "procedure", ("party", "side"): "party_side",
    ("party", "kind"): "party_kind", ("agent", "kind"): "agent_kind", ("patent", "kind"): "patent_kind",
    ("caselink", "kind"): "case_link", ("assignment", "state"): "assignment_state",
    ("assignment", "method"): "assignment_method", ("assignment", "duties"): "duty",
    ("assignmentevent", "from_state"): "assignment_state", ("assignmentevent", "to_state"): "assignment_state",
    ("attachment", "kind"): "attachment_kind", ("evaluation", "grade"): "grade",
    ("declaration", "form"): "declaration_form", ("recusalapplication", "form"): "recusal_form",
    ("recusalapplication", "decision"): "recusal_decision", ("licence", "source"): "licence_source",
    ("alert", "level"): "level"}
_INNER = ("_id", "_key", "fingerprint", "keys", "sha256", "created", "place", "cause_code", "cause_version",
          "type_code", "serial", "suffix", "recognised", "slot", "parameters", "ground_code", "owner_kind",
          "media_type", "access")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])|(?<!\d)[1-9]\d{14}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ACCOUNT = re.compile(r"(?<!\d)\d{16,19}(?!\d)")


def table_word(table: str) -> str:
    """The kind of a record; an unknown one shows itself."""
    return _(TABLES[table]) if table in TABLES else table


def column_word(table: str, column: str) -> str:
    """A column in words; an unknown one shows itself."""
    found = _OF_TABLE.get((table, column)) or _COLUMNS.get(column)
    return _(found) if found else column


def is_inner(column: str) -> bool:
    """Whether a column says nothing to a person: keys, places, fingerprints."""
    return column.endswith(_INNER)


def value_words(table: str, column: str, value: Any) -> str:
    """A value as a person reads it; a dash for none."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    kind = _CODES_OF.get((table, column)) or _CODES.get(column)
    if kind and isinstance(value, str):
        try:
            return vocabulary.word(kind, value)
        except KeyError:
            return value
    if isinstance(value, Mapping):
        return "；".join(f"{name} {value_words(table, '', one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "、".join(value_words(table, column, one) for one in value)
    return str(value)


def masked_within(value: Any) -> Any:
    """The value with every identity number, mobile and account number masked that stands anywhere in it."""
    if isinstance(value, str):
        value = _IDENTITY.sub(lambda found: mask_id(found[0]), value)
        value = _MOBILE.sub(lambda found: mask_phone(found[0]), value)
        return _ACCOUNT.sub(lambda found: mask_bank(found[0]), value)
    if isinstance(value, Mapping):
        return {name: masked_within(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked_within(one) for one in value]
    return value
