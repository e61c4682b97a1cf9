"""What an import read from every row, before anything is written (解析结果): values under the keys of the open
format."""


from expertpool.experts.drafts import PersonDraft
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.problems import Severity
from expertpool.importing.plan import ImportPlan, PlannedRow
from expertpool.rules import vocabulary

WORDS = ("education", "degree", "ethnicity", "party")  # shown as the words of the forms, not as codes
_SAME = ("name", "former_name", "gender", "birth", "id_number", "email", "title", "title_level", "school", "major",
         "expert_no", "hired", "remark")


def parsed_people(plan: ImportPlan[PersonDraft]) -> list[JsonObject]:
    """One entry for each row: file, sheet, row, slot, ``values`` and ``issues``.

    ``values`` has the keys of ``experts list`` and, for convenience, ``mobile``, ``landline`` and ``unit``; None
    where the row has nothing. Personal numbers are in full, because they come from the reader's own file. ``issues``
    are the codes of errors and warnings, each once, without notes. A row that names nobody is listed with its
    problems and no values.
    """
    return [{"file": row.file, "sheet": row.sheet, "row": row.row, "slot": row.slot,
             "values": person_values(row.draft) if row.draft is not None else {},
             "issues": _issues(row)} for row in plan.rows()]


def person_values(draft: PersonDraft) -> JsonObject:
    """A draft under the keys of ``experts list``, empty values as None."""
    job = draft.employments[0] if draft.employments else None
    licence = draft.licences[0] if draft.licences else None
    phones = [{"kind": phone.kind, "number": phone.number} for phone in draft.phones]
    mobile = next((p["number"] for p in phones if p["kind"] == "mobile"), "")
    landline = next((p["number"] for p in phones if p["kind"] not in ("mobile", "fax")), "")
    single = {
        **{name: getattr(draft, name) for name in _SAME},
        **{kind: vocabulary.word(kind, getattr(draft, kind), "zh_CN") for kind in WORDS},
        "employer": job.employer if job else "", "department": job.department if job else "",
        "position": job.position if job else "", "licence_number": licence.number if licence else "",
        "licence_until": licence.until if licence else "",
        "mobile": mobile, "landline": landline, "unit": job.employer if job else "",
    }
    return {
        **{name: value or None for name, value in single.items()},
        "phones": phones,
        "roles": [{"role": r.role, "mode": r.mode, "start": r.start, "end": r.end, "state": r.state}
                  for r in draft.roles],
        "specialties": [str(getattr(entry, "text", entry)) for entry in draft.specialties],
        "fields": [{"code": field.code, "main": field.main} for field in draft.fields_],
    }


def _issues(row: PlannedRow[PersonDraft]) -> list[str]:
    return list(dict.fromkeys(p.code for p in row.problems if p.severity is not Severity.NOTE))
