"""The catalogues of fields: every column of the tables is in them, has one word in each language, and every reader has it."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Float, Integer
from sqlmodel import SQLModel

import expertpool.pool  # noqa: F401 – knows every table
from expertpool.cases import drafts as case_drafts
from expertpool.cases.catalogue import CASES
from expertpool.experts import drafts
from expertpool.experts.catalogue import EXPERTS, PERSON
from expertpool.experts.details import HIDDEN_CHILD
from expertpool.foundation.language import in_language, set_language
from expertpool.foundation.places import resource
from expertpool.importing.headers import canonical_fields, match_header
from expertpool.importing.rows import _READERS
from expertpool.importing.template import form, heading
from expertpool.rosters.roster import purposes
from expertpool.rules import vocabulary
from expertpool.rules.field_catalogue import Catalogue, CatalogueField, Kind, Mask, NamedColumn, TableFields
from expertpool.safekeeping.change_words import column_word, table_word, value_words
from expertpool.storage.records import Record, entity
from expertpool.storage.secrets import SecretText
from expertpool.workbook.sheets import plain, sheets

CATALOGUES = (EXPERTS, CASES)
OF_EVERY_RECORD = set(Record.model_fields)
OTHER_TABLES = {"attachment": "a kept file is no field of a person", "personlisting": "derived", "caselisting": "derived",
                "importbatch": "an import", "valuesource": "an import", "duplicateanswer": "an answer", "waitingrow": "an import"}
TYPES = {Kind.YES_NO: Boolean, Kind.WHOLE: Integer, Kind.NUMBER: Float}


def walked() -> list[tuple[TableFields, CatalogueField]]:
    return [pair for catalogue in CATALOGUES for pair in catalogue.every_field()]


def doubled(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def doubly_named(catalogue: Catalogue) -> list[str]:
    """Words that name two things a person could confuse: columns of one table, targets, parts of a draft."""
    found: list[str] = []
    for speak in (lambda named: named.english, lambda named: named.chinese):
        for table in catalogue.tables:
            found += doubled(speak(field) for field in table.fields if not field.technical)
        for names in (catalogue.targets, catalogue.in_draft, catalogue.in_roster):
            found += doubled(speak(named) for named in names.values())
    return found


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.kind)
def test_every_column_of_the_tables_is_in_the_catalogue(catalogue: Catalogue) -> None:
    for table in catalogue.tables:
        columns = {column.name for column in entity(table.table).__table__.columns} - OF_EVERY_RECORD
        assert {field.key for field in table.fields} == columns, table.table
        assert entity(table.table).described is table


def test_every_table_of_the_two_rooms_has_a_catalogue() -> None:
    rooms = ("expertpool.experts.", "expertpool.cases.")
    tables = {str(mapper.class_.__tablename__) for mapper in SQLModel._sa_registry.mappers
              if mapper.class_.__module__.startswith(rooms)}
    assert tables == {table.table for catalogue in CATALOGUES for table in catalogue.tables} | OTHER_TABLES.keys()


def test_kinds_and_masks_are_those_of_the_columns() -> None:
    for table, field in walked():
        if field.technical:
            continue
        column = entity(table.table).__table__.c[field.key]
        assert isinstance(column.type, TYPES.get(field.kind, object)), (table.table, field.key)
        sealed = column.type.kind if isinstance(column.type, SecretText) else ""
        assert sealed == {Mask.IDENTITY: "identity", Mask.PHONE: "phone", Mask.BANK: "bank", Mask.ADDRESS: "address"}.get(
            field.mask, ""), (table.table, field.key)
        assert (field.kind is Kind.WORD) == bool(field.words)
        assert all(vocabulary.words(kind) for kind in field.words)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.kind)
def test_words_stand_in_both_languages_and_name_one_thing(catalogue: Catalogue) -> None:
    for table, field in catalogue.every_field():
        if field.technical:
            assert not field.english
            continue
        assert field.english, (table.table, field.key)
        assert re.search("[一-鿿]|^QQ", field.chinese), (table.table, field.key)
    assert all(re.search("[一-鿿]", column.chinese) for column in catalogue.columns)
    assert doubly_named(catalogue) == []


def test_a_planted_second_name_is_found() -> None:
    planted = CatalogueField("nickname", "Name", target="nickname")
    person = replace(PERSON, fields=(*PERSON.fields, planted))
    assert "Name" in doubly_named(replace(EXPERTS, own=person))
    assert "姓名" in doubly_named(replace(EXPERTS, own=person))
    column = NamedColumn("duty", "Position")
    assert "Position" in doubly_named(replace(EXPERTS, columns=(*EXPERTS.columns, column)))


def test_drafts_have_the_fields_and_lists_of_the_catalogue() -> None:
    made_by_verbs = {"notice_given", "state", "state_reason", "state_since"}
    assert set(drafts.OWN) == {field.key for field in PERSON.fields if not field.technical} - made_by_verbs
    assert set(drafts.CHILDREN) == {table.child for table in EXPERTS.children if table.child}
    assert set(drafts.PersonDraft.model_fields) == {*drafts.OWN, *drafts.CHILDREN}
    own = {field.key for field in CASES.own.fields if not field.technical}
    said_by_the_number = {"number_raw", "year", "court_code", "cause_version"}
    assert set(case_drafts.OWN) | {"number"} == own - said_by_the_number


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.kind)
def test_labels_history_and_journal_say_the_words_of_the_catalogue(catalogue: Catalogue) -> None:
    from ui.experts.history import change_words
    from ui.field_words import field_choices, field_word

    set_language("zh_CN")
    try:
        for table, field in catalogue.every_field():
            if field.technical:
                continue
            assert column_word(table.table, field.key) == field.chinese
            assert table_word(table.table) == table.chinese
            if field.target:
                assert field_word(field.target, catalogue.kind) == field.chinese
            if table is PERSON and field.key != "more":
                assert change_words(field.key, "", "x").startswith(field.chinese)
            for kind in field.words[:1]:
                code, word = vocabulary.choices(kind)[0]
                assert value_words(table.table, field.key, code) == word
        assert dict(field_choices(catalogue.kind)).keys() - {"", "ignore"} == catalogue.targets.keys()
    finally:
        set_language("en")


def test_a_blank_form_of_before_is_understood() -> None:
    path = Path(__file__).parents[1] / "data" / "heads_of_older_files.json"
    for target, (chinese, english) in json.loads(path.read_text(encoding="utf-8"))["expert_form"].items():
        for head in (chinese, f"{english}\n{chinese}"):
            found, sure = match_header(head)
            assert (found, sure >= 0.9) == (target, True)


def test_the_blank_form_asks_for_targets_and_reads_its_own_heads() -> None:
    for column in form()["columns"]:
        if column["field"] != "ignore":
            assert match_header(heading(column, "zh"))[0] == column["field"]
            assert match_header(heading(column, "en"))[0] == column["field"]


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.kind)
def test_importers_know_every_target_by_its_words(catalogue: Catalogue) -> None:
    assert set(canonical_fields(catalogue.kind)) == catalogue.targets.keys()
    spellings = json.loads(resource("rules", "headers.json").read_text(encoding="utf-8"))
    assert set(spellings[catalogue.kind]) - {"ignore"} <= catalogue.targets.keys()
    for target, named in catalogue.targets.items():
        for word in (named.chinese, named.english):
            found, sure = match_header(word, catalogue.kind)
            assert (found, sure >= 0.9) == (target, True), word
    if catalogue is EXPERTS:
        assert _READERS.keys() >= catalogue.targets.keys()


def test_workbook_columns_are_the_fields_with_old_heads_beside() -> None:
    by_table = {table.table: table for catalogue in CATALOGUES for table in catalogue.tables}
    seen = {kind.table for kind in sheets()}
    for table in by_table.values():
        if table.in_workbook:
            assert table.table in seen
    for kind in sheets():
        if kind.table not in by_table:
            continue
        heads = {column.key: column for column in kind.columns}
        for field in by_table[kind.table].in_workbook:
            column = heads[field.key]
            assert (column.head, column.en, column.words) == (field.chinese, field.english, field.words)
        assert doubled(plain(column.head) for column in kind.columns) == []
        assert doubled(plain(text) for column in kind.columns for text in {*column.formerly, column.head}) == []


def test_rosters_show_what_the_catalogue_allows() -> None:
    for purpose, entry in purposes().items():
        keys = {column["key"] for column in entry["columns"]}
        assert keys <= EXPERTS.in_roster.keys()
        assert not keys & EXPERTS.kept_from(purpose)
    assert {"id_number", "phone", "birth", "bank_account"} <= EXPERTS.kept_from("public")


def test_an_expert_number_means_one_thing() -> None:
    """专家编号 once was the number a court gives and the number of the pool; old files of either are still read."""
    words = [field.chinese for _table, field in walked()] + [column.head for kind in sheets() for column in kind.columns]
    assert "专家编号" not in words
    assert in_language("zh_CN", PERSON.by_key["expert_no"].english) == "专家证号"
    assert match_header("专家编号")[0] == match_header("专家证号")[0] == "expert_no"
    roles = next(kind for kind in sheets() if kind.key == "roles")
    assert "专家编号" in roles.column("person_uid").formerly
    assert roles.column("person_uid").head == "系统编号"


def test_what_hides_a_child_row_is_technical() -> None:
    for table in EXPERTS.children:
        assert {field.key for field in table.fields if field.technical} <= HIDDEN_CHILD | {"organisation_id", "assignment_id"}
