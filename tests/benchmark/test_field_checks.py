"""What checking every value costs an import: rows of 20,000 people, against what working the same rows out costs."""

import time

from expertpool.experts.additions import counted, prepare, table_of
from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, PhoneDraft, RoleDraft, plain_of
from expertpool.storage.bulk import shape_of

PEOPLE, PART = 20_000, 1_000


def person(number: int) -> PersonDraft:
    return PersonDraft(
        name=f"专家{number}", birth=f"{1950 + number % 45}-{1 + number % 12:02d}", gender="男", education="doctorate",
        id_number=f"2101{number:014d}", title="教授", phones=[PhoneDraft(number=f"138{number:08d}")],
        roles=[RoleDraft(role="technical_investigator", start="2024-01-01", end="2026-12-31")],
        employments=[EmploymentDraft(employer=f"单位{number % 500}")], specialties=["机器人", "控制"],
        fields_=[FieldDraft(code="B25J", main=True)])


def test_checking_rows_against_working_them_out(figures: list[str]) -> None:
    people = [plain_of(person(number)) for number in range(PEOPLE)]
    worked = checked = 0.0
    for start in range(0, PEOPLE, PART):
        part = people[start:start + PART]
        ids = {kind: range(1, count + 1) for kind, count in counted(part).items()}
        begun = time.thread_time()
        prepared = prepare(part, ids, {}, "2026-01-01T00:00:00.000Z")
        between = time.thread_time()
        for addition in prepared.additions:
            shape_of(table_of(addition.table)).check_rows(addition.rows)
        worked, checked = worked + between - begun, checked + time.thread_time() - between
    figures.append(f"checking the rows of {PEOPLE:,} people: {checked:.2f} s, working them out {worked:.2f} s, "
                   f"ratio {checked / worked:.3f}")
