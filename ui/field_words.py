"""Words for what a column can hold (列的含义), for people and for cases."""

from expertpool.foundation.language import N_, _

KEPT, IGNORED = "", "ignore"
_SHARED = {KEPT: N_("Further information (kept as text)"), IGNORED: N_("Leave out")}
_EXPERTS = {
    "name": N_("Name"),
    "former_name": N_("Former name"),
    "role": N_("Role"),
    "mode": N_("Kind of service"),
    "gender": N_("Gender"),
    "birth": N_("Date of birth"),
    "age": N_("Age"),
    "ethnicity": N_("Ethnicity"),
    "party": N_("Political affiliation"),
    "id_kind": N_("Kind of identity document"),
    "id_number": N_("Identity number"),
    "employer": N_("Employer"),
    "employer_kind": N_("Kind of employer"),
    "industry": N_("Line of business"),
    "department": N_("Department"),
    "position": N_("Position"),
    "title": N_("Professional title"),
    "title_level": N_("Level of title"),
    "title_date": N_("Title since"),
    "education": N_("Education"),
    "degree": N_("Degree"),
    "school": N_("School"),
    "major": N_("Subject studied"),
    "graduated": N_("Graduated"),
    "work_since": N_("At work since"),
    "specialty": N_("Technical field or speciality"),
    "field_code": N_("Code of the field (IPC)"),
    "licence_number": N_("Licence number"),
    "licence_kind": N_("Scope of the licence"),
    "licence_issued": N_("Licence issued"),
    "licence_until": N_("Licence valid until"),
    "licence_body": N_("Licensing authority"),
    "phone": N_("Telephone"),
    "mobile": N_("Mobile"),
    "landline": N_("Office telephone"),
    "fax": N_("Fax"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "postcode": N_("Postcode"),
    "wechat": N_("WeChat"),
    "qq": N_("QQ number"),
    "term": N_("Term of appointment"),
    "term_start": N_("Term begins"),
    "term_end": N_("Term ends"),
    "hired": N_("Admitted on"),
    "certificate_no": N_("Number of the letter of appointment"),
    "expert_no": N_("Expert number"),
    "avoid_units": N_("Units to avoid"),
    "avoid_persons": N_("Persons to avoid"),
    "experience": N_("Work experience"),
    "achievements": N_("Achievements"),
    "secret": N_("Access to secrets"),
    "status": N_("Standing"),
    "bank_account": N_("Bank account"),
    "bank_name": N_("Bank"),
    "recommended_by": N_("Recommended by"),
    "remark": N_("Remarks"),
    "education_degree": N_("Education and degree"),
    "position_title": N_("Position and title"),
    "contact": N_("Telephone and e-mail"),
    "school_major": N_("School and subject"),
    "school_major_graduated": N_("School, subject and year"),
    "name_employer": N_("Name and employer"),
    "name_gender": N_("Name and gender"),
    "employer_position_title": N_("Employer, position and title"),
    "employer_department": N_("Employer and department"),
    "gender_birth": N_("Gender and birth"),
    "ethnicity_party": N_("Ethnicity and party"),
    "birth_age": N_("Birth and age"),
    "licence_range": N_("Licence valid from and until"),
}
_CASES = {
    "case_number": N_("Case number"),
    "cause": N_("Cause of action"),
    "plaintiff": N_("Plaintiff"),
    "defendant": N_("Defendant"),
    "third_party": N_("Third party"),
    "parties": N_("Parties"),
    "agents": N_("Agents"),
    "plaintiff_agents": N_("Agents of the plaintiff"),
    "defendant_agents": N_("Agents of the defendant"),
    "patents": N_("Patents in suit"),
    "ipc": N_("IPC class"),
    "issue": N_("Technical issue"),
    "filed_on": N_("Filed on"),
    "hearing_on": N_("Hearing on"),
    "procedure": N_("Procedure"),
    "judge": N_("Judge"),
    "city": N_("City"),
    "original_number": N_("Original case number"),
    "field": N_("Technical field"),
    "remark": N_("Remarks"),
    "state": N_("State of the case"),
}
_DRAFT = {
    "secrecy": N_("Access to secrets"),
    "phones": N_("Telephone"),
    "roles": N_("Role"),
    "employments": N_("Employer"),
    "fields_": N_("Technical field"),
    "specialties": N_("Specialities"),
    "licences": N_("Licence"),
    "interests": N_("Interests and units to avoid"),
    "name_note": N_("Note on the name"),
    "more": N_("Further information"),
    "row": N_("Whole row"),
    "unavailable": N_("Not available"),
    "case_cap": N_("Most cases in hand"),
    "recommendation": N_("Recommendation"),
    "state": N_("Standing"),
}
# What identity was judged by, as the core names it.
_KEYS = {
    "id_number": N_("Identity number"),
    "name": N_("Name"),
    "birth": N_("Date of birth"),
    "phone": N_("Mobile"),
    "mobile": N_("Mobile"),
    "unit": N_("Employer"),
    "employer": N_("Employer"),
    "number": N_("Case number"),
}


def field_word(field: str, kind: str = "experts") -> str:
    """The word of a field; an unknown one shows itself."""
    found = _SHARED.get(field) or (_CASES if kind == "cases" else _EXPERTS).get(field) or _DRAFT.get(field)
    return _(found) if found else field


def in_field_words(code: str, text: str, kind: str = "experts", **parameters: str) -> str:
    """A text of one or several sentences of ``code`` with the codes of fields replaced by their words."""
    from expertpool.foundation.sentences import sentence

    words = {sentence(code, field=field, **parameters): sentence(code, field=field_word(field, kind), **parameters)
             for field in (*_SHARED, *(_CASES if kind == "cases" else _EXPERTS), *_DRAFT) if field}
    return "; ".join(words.get(part, part) for part in text.split("; "))


def key_word(key: str) -> str:
    """The word of a key that two records have in common."""
    return _(_KEYS[key]) if key in _KEYS else field_word(key)


def field_choices(kind: str) -> list[tuple[str, str]]:
    """(code, word) of everything a column can hold, keeping and leaving out first."""
    fields = _CASES if kind == "cases" else _EXPERTS
    return [(code, _(word)) for code, word in (_SHARED | fields).items()]
