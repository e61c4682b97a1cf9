"""Tables of draws by lot (抽取): the frozen record with its result, and the answers of those drawn."""

from typing import Any, ClassVar

from sqlmodel import Field

from expertpool.storage.records import Record, json_list, json_map


class Draw(Record, table=True):
    """One draw for a case and a role. The frozen part is never rewritten; result, ground of voidness and opening of
    names are each written once. ``state``: frozen, drawn, void.

    ``record`` is the frozen record of the algorithm, ``fingerprint`` its SHA-256; ``people`` maps a label to the
    person's uid, ``reasons`` a finding's key to its sentence on that day.
    """

    lasting: ClassVar[bool] = True

    court_case_id: int = Field(foreign_key="courtcase.id", index=True)
    role: str = Field(index=True)
    number: int = 1
    state: str = Field(default="frozen", index=True)
    record: dict[str, Any] = json_map()
    fingerprint: str = ""
    people: dict[str, str] = json_map()
    reasons: dict[str, str] = json_map()
    frozen_by: str = ""
    operator_half: str = ""
    salt: str = ""
    witness_half: str = ""
    seed: str = ""
    result: str = ""
    drawn: list[str] = json_list()  # labels, mains first
    drawn_at: str = ""
    void_ground: str = ""
    void_by: str = ""
    void_at: str = ""
    opened_by: list[str] = json_list()  # names of the officers who opened a blind draw
    opened_reason: str = ""
    opened_at: str = ""


class DrawAnswer(Record, table=True):
    """An answer of somebody drawn, in the order of the answers; ``follows_id`` is the answer before it in the same
    draw, so that no answer can be undone while a later one depends on it.

    ``answer``: accept, decline, no_answer, undecided, barred (a rule forbids it by now), released (left later).
    """

    draw_id: int = Field(foreign_key="draw.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    label: str = ""
    answer: str = ""
    reason: str = ""
    caller: str = ""
    at: str = ""
    by: str = ""
    findings: list[dict[str, Any]] = json_list()
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    follows_id: int | None = Field(default=None, foreign_key="drawanswer.id", unique=True)
