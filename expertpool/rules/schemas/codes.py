"""Codes in rule files: a text that must be a code of a vocabulary, or one of the extra values allowed."""

from dataclasses import dataclass

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from expertpool.rules import vocabulary


@dataclass(frozen=True)
class Code:
    """``Annotated[str, Code("procedure", "*")]``: a code of that kind, or ``*``."""

    kind: str
    more: tuple[str, ...]

    def __init__(self, kind: str, *more: str) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "more", more)

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> CoreSchema:
        return AfterValidator(self.checked).__get_pydantic_core_schema__(source, handler)

    def checked(self, text: str) -> str:
        """The text, where the vocabulary has it."""
        known = [word.code for word in vocabulary.words(self.kind)]
        if text not in self.more and text not in known:
            raise ValueError(f"{text} (≠ {', '.join(known)})")
        return text
