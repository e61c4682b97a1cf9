"""Drafts of a declaration of interests, and rows about declarations on file."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from expertpool.experts.drafts import InterestDraft

FORMS = ("paper", "spreadsheet")


class DeclarationDraft(SQLModel):
    """A signed declaration as filled in. ``number`` is the 案号, "" for the yearly one.

    ``answers`` maps each question code to ``some`` or ``none``; a question left out was not answered and changes
    nothing. ``interests`` are all that the person names; declaring none at all is an answer too.
    """

    signed_on: str
    number: str = ""
    form: Literal["paper", "spreadsheet"] = "paper"
    source: str = ""
    content: str = ""
    answers: dict[str, str] = Field(default_factory=dict)
    interests: list[InterestDraft] = Field(default_factory=list)

    @field_validator("signed_on")
    @classmethod
    def _whole_day(cls, text: str) -> str:
        if str(date.fromisoformat(text)) != text:
            raise ValueError("date.form")
        return text


@dataclass(frozen=True, slots=True)
class SignedDeclaration:
    """A declaration on file; ``number`` and ``case_uid`` are "" for a yearly one."""

    uid: str
    signed_on: str
    valid_until: str
    number: str = ""
    case_uid: str = ""
    form: str = ""
    content: str = ""
    source: str = ""
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether every question that was answered was answered ``none``."""
        return bool(self.answers) and set(self.answers.values()) == {"none"}


@dataclass(frozen=True, slots=True)
class DeclarationState:
    """The state of a person's declarations. ``state`` of the yearly one: valid, soon, overdue or never (年度声明).

    ``age`` in days since it was signed, ``left`` days until it expires (negative: expired).
    """

    uid: str
    name: str
    state: str
    signed_on: str = ""
    valid_until: str = ""
    age: int | None = None
    left: int | None = None
    yearly: tuple[SignedDeclaration, ...] = ()
    cases: tuple[SignedDeclaration, ...] = ()


@dataclass(frozen=True, slots=True)
class DueDeclaration:
    """Somebody whose yearly declaration is missing, expired or about to expire."""

    id: int
    uid: str
    name: str
    employer: str
    state: str
    signed_on: str = ""
    valid_until: str = ""
    age: int | None = None
    left: int | None = None
