"""Adds a new row to a known person: empty values are filled, a new unit or title is a change that keeps the old one
as history, lists grow; nothing is lost."""

from expertpool.experts.drafts import OWN, EmploymentDraft, PersonDraft
from expertpool.experts.same_person import valid_number
from expertpool.foundation.text import fold
from expertpool.organisations.names import normalise

LONGER_WINS = ("birth",)  # fields of which the more precise date is kept
KEPT = ("name", "more", "case_cap")


def merged(known: PersonDraft, new: PersonDraft) -> PersonDraft:
    """``known`` completed by ``new``; equal to ``known`` if that says nothing new."""
    values = {}
    for name in OWN:
        if name in KEPT:
            continue
        before, after = getattr(known, name), getattr(new, name)
        if not after or after == before:
            continue
        if name in LONGER_WINS and before and len(after) <= len(before):
            continue
        if name == "id_number" and before and not _better_number(after, before):
            continue
        values[name] = after
    more = known.more | {key: value for key, value in new.more.items() if value}
    return known.model_copy(update=values | {
        "more": more, "employments": _jobs(known, new),
        "phones": [*known.phones, *(p for p in new.phones if p.number not in {k.number for k in known.phones})],
        "specialties": [*known.specialties, *(text for text in new.specialties
                                              if fold(text) not in {fold(k) for k in known.specialties})],
        "fields_": [*known.fields_, *(f.model_copy(update={"main": f.main and not known.fields_})
                                      for f in new.fields_ if f.code not in {k.code for k in known.fields_})],
        "roles": [*known.roles, *(role for role in new.roles if not any(
            (role.role, role.start or k.start, role.end or k.end) == (k.role, k.start, k.end)
            for k in known.roles))],
        "licences": [*known.licences, *(x for x in new.licences if x.number not in
                                        {k.number for k in known.licences})],
        "interests": [*known.interests, *(x for x in new.interests if (x.kind, x.name, x.unit) not in
                                          {(k.kind, k.name, k.unit) for k in known.interests})],
        "achievements": [*known.achievements, *(a for a in new.achievements if a.text not in
                                                {k.text for k in known.achievements})],
    })


def _better_number(new: str, known: str) -> bool:
    """Whether the new identity number is to be kept: not if it is an old or wrong one and the known one has 18 valid
    digits."""
    right = valid_number(new), valid_number(known)
    return right[0] >= right[1] and not (right[1] and len(new) < len(known))


def _jobs(known: PersonDraft, new: PersonDraft) -> list[EmploymentDraft]:
    jobs = list(known.employments)
    for job in new.employments:
        same = next((i for i, k in enumerate(jobs) if normalise(k.employer) == normalise(job.employer)), None)
        if same is not None:
            fresh = {name: getattr(job, name) for name in ("department", "position", "start", "end")
                     if getattr(job, name)}
            jobs[same] = jobs[same].model_copy(update=fresh)
        else:
            if job.current:
                jobs = [k.model_copy(update={"current": False}) for k in jobs]
            jobs.insert(0, job)
    return jobs
