"""The structure of the catalogues of a person's and a case's fields (字段目录).

A room describes each field of its tables once, in its ``catalogue.py``; labels, history, journal, forms, cards, the
pool workbook, the blank form, rosters and importers read it there. The English name is the key in the catalogue of
translations, which holds the Chinese one.
"""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import cached_property

from expertpool.foundation.language import _, in_language
from expertpool.foundation.masking import mask_bank, mask_id, mask_phone


class Kind(StrEnum):
    """What a field holds; the values are the kinds of the pool workbook's columns."""

    TEXT = "text"
    LONG = "long"  # text of several lines
    DATE = "date"  # ISO text with Y, YM or YMD precision
    YES_NO = "yes_no"
    WHOLE = "whole"
    NUMBER = "number"
    WORD = "word"  # a code of one of the vocabularies named
    LIST = "list"
    MAP = "json"
    CODE = "field"  # a code of the tree of technical fields


class Mask(StrEnum):
    """How a personal value is masked until somebody asks for it with a reason."""

    NONE = ""
    IDENTITY = "id"
    PHONE = "phone"
    BANK = "bank"
    ADDRESS = "address"  # encrypted when stored, shown to anybody who may read the record

    def hide(self, text: str) -> str:
        """The text as shown to people who may not see it in full."""
        hide = {Mask.IDENTITY: mask_id, Mask.PHONE: mask_phone, Mask.BANK: mask_bank}.get(self)
        return hide(text) if hide else text

    @property
    def operation(self) -> str:
        """The operation whose permission is needed to see such a value in full."""
        return "read" if self in (Mask.NONE, Mask.ADDRESS) else "reveal"


class _Named:
    """Something with a name: its English, marked for translation where it is written, is the key of its Chinese."""

    __slots__ = ()
    english: str

    @property
    def shown(self) -> str:
        """The name in the language in force."""
        return _(self.english)

    @property
    def chinese(self) -> str:
        """The name in Chinese, whatever language is in force: for files that courts exchange."""
        return in_language("zh_CN", self.english)

    def spoken(self, language: str) -> str:
        """The name in ``zh``, ``zh_CN`` or ``en``."""
        return self.english if language.startswith("en") else self.chinese


@dataclass(frozen=True, slots=True)
class CatalogueField(_Named):
    """One column of a table.

    ``key`` is the column, ``words`` the vocabularies whose codes it holds: a ``closed`` field takes nothing else,
    other fields may hold a roster's own word as written. ``never_in`` names purposes of rosters that may never show
    the field; ``digits`` marks numbers written as text. Where it appears: ``card`` and ``form`` name the section;
    ``workbook`` says whether the pool workbook has a column for it, ``formerly`` lists earlier headings that are
    still read; ``target`` is its name in importers and the blank form (``several``: more than one column may mean it;
    ``personal``: never taken from the cell above); ``roster`` is the key of the roster's column. ``technical`` gives
    the reason why nobody is shown the column.
    """

    key: str
    english: str
    kind: Kind = Kind.TEXT
    _: KW_ONLY
    words: tuple[str, ...] = ()
    closed: bool = False
    required: bool = False
    mask: Mask = Mask.NONE
    never_in: tuple[str, ...] = ()
    digits: bool = False
    card: str = ""
    form: str = ""
    workbook: bool = True
    formerly: tuple[str, ...] = ()
    target: str = ""
    several: bool = False
    personal: bool = False
    roster: str = ""
    technical: str = ""

    @property
    def vocabulary(self) -> str:
        """The main vocabulary; "" if the field holds no code."""
        return self.words[0] if self.words else ""


@dataclass(frozen=True, slots=True)
class NamedColumn(_Named):
    """A column that files have but tables do not: several fields in one cell, or a combination of other values.

    ``parts`` are the targets that a joined cell holds; ``roster`` is the key of the roster's column, if it has one.
    """

    key: str
    english: str
    _: KW_ONLY
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    digits: bool = False
    several: bool = False
    personal: bool = False
    never_in: tuple[str, ...] = ()
    roster: str = ""
    target: bool = True


@dataclass(frozen=True)
class TableFields(_Named):
    """The fields of one table. ``child`` is the list of the draft that its rows form, "" for the record itself."""

    table: str
    english: str
    fields: tuple[CatalogueField, ...]
    child: str = ""
    roster: str = ""  # the key of the roster's column that lists the rows

    @cached_property
    def by_key(self) -> dict[str, CatalogueField]:
        """The fields by their columns."""
        return {field.key: field for field in self.fields}

    @cached_property
    def in_workbook(self) -> tuple[CatalogueField, ...]:
        """The fields that are columns of the pool workbook, in their order."""
        return tuple(field for field in self.fields if field.workbook and not field.technical)

    def on_card(self, section: str) -> list[CatalogueField]:
        """The fields in a section of the card."""
        return [field for field in self.fields if field.card == section]

    def in_form(self, section: str) -> list[CatalogueField]:
        """The fields in a section of the form."""
        return [field for field in self.fields if field.form == section]

    @cached_property
    def masked(self) -> dict[str, Mask]:
        """Column → how it is masked, for those that need a reason to be seen."""
        return {field.key: field.mask for field in self.fields if field.mask.operation != "read"}


@dataclass(frozen=True)
class Catalogue:
    """All fields of one kind of record: of its own table, of its lists, and columns that only files have."""

    kind: str  # experts / cases, as importers say
    own: TableFields
    children: tuple[TableFields, ...]
    columns: tuple[NamedColumn, ...]

    @property
    def tables(self) -> tuple[TableFields, ...]:
        """The record's own table first, then those of its lists."""
        return (self.own, *self.children)

    @cached_property
    def by_table(self) -> dict[str, TableFields]:
        """The tables by name."""
        return {table.table: table for table in self.tables}

    def every_field(self) -> Iterator[tuple[TableFields, CatalogueField]]:
        """Each field with its table."""
        return ((table, field) for table in self.tables for field in table.fields)

    @cached_property
    def targets(self) -> dict[str, CatalogueField | NamedColumn]:
        """What a column of a file can mean, by target; single fields first."""
        named = {column.key: column for column in self.columns if column.target}
        return {**self.field_of, **named}

    @property
    def numbering(self) -> NamedColumn:
        """The running number of a list's rows."""
        return next(column for column in self.columns if column.key == "number")

    @cached_property
    def joined(self) -> dict[str, tuple[str, ...]]:
        """Targets of cells that hold several fields → the targets of those."""
        return {column.key: column.parts for column in self.columns if column.parts}

    @cached_property
    def digits(self) -> frozenset[str]:
        """Targets that are written as text, because a spreadsheet would spoil their digits."""
        return frozenset(target for target, named in self.targets.items() if named.digits)

    @cached_property
    def several(self) -> frozenset[str]:
        """Targets that several columns may mean; of all others only one column is used."""
        return frozenset(target for target, named in self.targets.items() if named.several)

    @cached_property
    def personal(self) -> frozenset[str]:
        """Targets never taken from a merged cell or a ditto mark above: each person has their own."""
        return frozenset(target for target, named in self.targets.items() if named.personal)

    @cached_property
    def field_of(self) -> dict[str, CatalogueField]:
        """Target → the field that it fills."""
        return {field.target: field for _table, field in self.every_field() if field.target}

    @cached_property
    def in_draft(self) -> dict[str, CatalogueField | TableFields]:
        """The fields of a draft: its own and its lists, by key."""
        own = {field.key: field for field in self.own.fields if not field.technical}
        return {**own, **{table.child: table for table in self.children if table.child}}

    @cached_property
    def in_roster(self) -> dict[str, CatalogueField | TableFields | NamedColumn]:
        """What a roster's columns can show, by their keys."""
        lists = {table.roster: table for table in self.children if table.roster}
        fields = {field.roster: field for _table, field in self.every_field() if field.roster}
        return {**lists, **fields, **{column.roster: column for column in self.columns if column.roster}}

    def kept_from(self, purpose: str) -> frozenset[str]:
        """The keys of roster columns that a roster for this purpose may never show."""
        return frozenset(key for key, shown in self.in_roster.items()
                         if not isinstance(shown, TableFields) and purpose in shown.never_in)
