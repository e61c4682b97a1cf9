"""What a draft takes and refuses: dates with precision, words of the vocabularies, lengths; what was there may stay."""

import pytest
from pydantic import ValidationError

from expertpool.cases.drafts import CaseDraft, PartyDraft
from expertpool.experts import catalogue
from expertpool.experts.drafts import EmploymentDraft, InterestDraft, PersonDraft, PhoneDraft, RoleDraft
from expertpool.rules.field_catalogue import CatalogueField, Kind
from expertpool.rules.field_checks import ColumnCheck, as_written, edited, fault


def refused(make: type, **values: object) -> tuple[str, str]:
    """Field and code of what a draft refuses."""
    with pytest.raises(ValidationError) as error:
        make(**values)
    one = error.value.errors()[0]
    return str(one["loc"][-1]), one["type"]


@pytest.mark.parametrize("birth", ["", "1978", "1978-05", "1978-05-12"])
def test_a_date_has_the_precision_that_is_known(birth: str) -> None:
    assert PersonDraft(name="安亦舟", birth=birth).birth == birth


@pytest.mark.parametrize("birth", ["78", "1978-5", "1978-13", "1978-02-30", "1978/05", "unknown", "1978-05-12T00:00"])
def test_what_is_no_date_is_refused(birth: str) -> None:
    assert refused(PersonDraft, name="安亦舟", birth=birth) == ("birth", "date.form")


@pytest.mark.parametrize(("make", "field", "values"), [
    (PersonDraft, "education", {"name": "安"}), (PersonDraft, "gender", {"name": "安"}), (PersonDraft, "party", {"name": "安"}),
    (RoleDraft, "role", {}), (RoleDraft, "state", {"role": "technical_investigator"}),
    (RoleDraft, "mode", {"role": "technical_investigator"}), (PhoneDraft, "kind", {"number": "1"}),
    (InterestDraft, "kind", {}), (InterestDraft, "relation", {"kind": "relative"}),
    (EmploymentDraft, "employer_kind", {"employer": "甲"}), (PartyDraft, "side", {"name": "甲"}),
    (PartyDraft, "kind", {"name": "甲", "side": "plaintiff"}), (CaseDraft, "procedure", {"number": "1"}),
    (CaseDraft, "state", {"number": "1"}), (CaseDraft, "role_needed", {"number": "1"}), (CaseDraft, "link_kind", {"number": "1"}),
])
def test_a_word_that_is_on_no_list_is_refused_with_a_sentence(make: type, field: str, values: dict[str, str]) -> None:
    assert refused(make, **values | {field: "nonsense"}) == (field, "field.word")
    with pytest.raises(ValidationError, match=r"“nonsense” is not one of the words for “.+”\. Nothing was saved"):
        make(**values | {field: "nonsense"})


def test_wrong_types_and_endless_texts_are_refused() -> None:
    assert refused(PersonDraft, name="安", case_cap="many")[0] == "case_cap"
    assert refused(EmploymentDraft, employer="甲", current="perhaps")[0] == "current"
    assert refused(PersonDraft, name="安", school="校" * 2001) == ("school", "field.long")
    assert refused(PersonDraft, name="") == ("name", "string_too_short")


def test_a_word_of_an_old_pool_stays_readable_and_may_stay_when_something_else_changes() -> None:
    stored = {"name": "安", "education": "研究生班", "interests": [{"kind": "relative", "relation": "表叔"}]}
    old = as_written(PersonDraft, stored)
    assert (old.education, old.interests[0].relation) == ("研究生班", "表叔")
    again = old.model_dump() | {"title": "教授"}
    assert edited(PersonDraft, again, old.model_dump()).title == "教授"
    with pytest.raises(ValidationError):
        edited(PersonDraft, again | {"degree": "硕士后"}, old.model_dump())


@pytest.mark.parametrize(("field", "value", "code"), [
    (CatalogueField("a", "A", Kind.YES_NO), 1, "field.type"), (CatalogueField("a", "A", Kind.WHOLE), True, "field.type"),
    (CatalogueField("a", "A", Kind.WHOLE), None, ""), (CatalogueField("a", "A", Kind.NUMBER), 1.5, ""),
    (CatalogueField("a", "A"), None, "field.type"), (CatalogueField("a", "A", Kind.LIST), "x", "field.type"),
    (CatalogueField("a", "A", Kind.MAP), {}, ""),
    (CatalogueField("a", "A", Kind.WORD, words=("relation", "case_role")), "witness", ""),
    (CatalogueField("a", "A", Kind.WORD, words=("role",)), "as written", ""),
    (CatalogueField("a", "A", Kind.WORD, words=("role",), closed=True), "as written", "field.word"),
    (CatalogueField("a", "A", Kind.WORD, words=("role",), closed=True, required=True), "", "field.word"),
])
def test_what_a_column_may_hold(field: CatalogueField, value: object, code: str) -> None:
    assert fault(field, value) == code
    check = ColumnCheck(field)
    if not code:
        check([value])
        return
    with pytest.raises(Exception, match=r"Nothing was saved"):
        check([value])


def test_a_personal_number_is_masked_in_the_sentence() -> None:
    from expertpool.rules.field_checks import parameters

    assert "19780512" not in parameters(catalogue.PERSON.by_key["id_number"], "210102197805123024")["value"]


def test_a_form_shows_the_sentence_at_the_field_that_was_refused() -> None:
    from ui.widgets.draft_problems import problems_of

    with pytest.raises(ValidationError) as refused:
        PersonDraft(name="安", education="nonsense")
    (problem,) = problems_of(refused.value)
    assert problem.field == "education"
    assert problem.text.startswith("“nonsense” is not one of the words for “Education”.")
    with pytest.raises(ValidationError) as nameless:
        PersonDraft(name="")
    assert [(one.field, one.code) for one in problems_of(nameless.value, "person.name")] == [("name", "person.name")]
