"""Tables of declarations of interests (利益冲突声明)."""

from typing import Any

from sqlmodel import Field

from expertpool.storage.records import Record
from expertpool.storage.secrets import secret_map


class Declaration(Record, table=True):
    """A signed declaration (利益冲突声明): yearly or for one case.

    ``form`` is paper or spreadsheet, ``answers`` the question codes with what was answered, ``source`` the file.
    """

    person_id: int = Field(foreign_key="person.id", index=True)
    court_case_id: int | None = Field(default=None, index=True)
    signed_on: str = ""
    valid_until: str = ""
    content: str = ""
    form: str = ""
    answers: dict[str, Any] = secret_map("declaration")
    source: str = ""
