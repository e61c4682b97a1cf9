"""The words of the register: codes, spellings met in spreadsheets, flags."""

import unicodedata

import pytest

from expertpool.foundation.language import language, set_language
from expertpool.rules import vocabulary


def test_every_word_is_complete_and_codes_are_unique():
    for kind in vocabulary.kinds():
        codes = [word.code for word in vocabulary.words(kind)]
        assert len(codes) == len(set(codes)), kind
        assert all(word.zh and word.en for word in vocabulary.words(kind)), kind
        assert vocabulary.source(kind), kind


def test_no_spelling_means_two_words_of_one_kind():
    for kind in vocabulary.kinds():
        meant: dict[str, str] = {}
        for word in vocabulary.words(kind):
            for text in (word.code, word.zh, word.en, *word.synonyms):
                assert meant.setdefault(vocabulary.plain(text), word.code) == word.code, (kind, text)


def test_every_word_is_found_by_code_and_by_both_names():
    for kind in vocabulary.kinds():
        for word in vocabulary.words(kind):
            assert {vocabulary.code_of(kind, text) for text in (word.code, word.zh, word.en)} == {word.code}


@pytest.mark.parametrize(("kind", "text", "code"), [
    ("role", "技术调查官", "technical_investigator"), ("role", "咨询 专家", "technical_consultant"),
    ("role", "鉴定人", "judicial_appraiser"), ("gender", "Ｍ", "男"), ("gender", "女性", "女"),
    ("ethnicity", "汉", "汉族"), ("ethnicity", "满 族", "满族"), ("ethnicity", "MA", "满族"),
    ("party", "党员", "01"), ("party", "九三", "10"), ("education", "本科", "bachelor"),
    ("degree", "工学博士", "doctor"), ("title_level", "副高", "associate"),
    ("organisation_kind", "审协中心", "examination_body"), ("phone_kind", "固话", "work"),
    ("case_nature", "民事", "civil"), ("party_side", "被上诉人", "appellee"), ("grade", "合格", "competent"),
])
def test_spellings_of_spreadsheets(kind: str, text: str, code: str):
    assert vocabulary.code_of(kind, text) == code


def test_unknown_text_has_no_code_and_unknown_code_shows_itself():
    assert vocabulary.code_of("role", "司机") is None
    assert vocabulary.code_of("role", "") is None
    assert vocabulary.code_of("role", None) is None
    assert vocabulary.word("role", "driver") == "driver"
    assert vocabulary.word("role", None) == ""
    assert not vocabulary.flag("assignment_state", "driver", "open")


def test_56_ethnicities_and_the_flags_that_rules_read():
    assert len(vocabulary.words("ethnicity")) == 56
    assert vocabulary.flag("assignment_state", "serving", "open")
    assert not vocabulary.flag("assignment_state", "completed", "open")
    assert vocabulary.flag("relation", "cousin", "near")
    assert not vocabulary.flag("relation", "classmate", "near")
    ranks = [vocabulary.value("education", code, "rank") for code in ("doctorate", "master", "bachelor")]
    assert ranks == sorted(ranks, reverse=True)


def test_words_follow_the_language():
    before = language()
    try:
        set_language("zh_CN")
        assert vocabulary.word("role", "judicial_appraiser") == "司法鉴定人"
        assert ("appointed", "聘任") in vocabulary.choices("mode")
        set_language("en")
        assert vocabulary.word("role", "judicial_appraiser") == "judicial appraiser"
    finally:
        set_language(before)
    assert vocabulary.word("role", "judicial_appraiser", "zh_CN") == "司法鉴定人"


def test_comparison_form_is_stable():
    assert vocabulary.plain(" Ａ b\u200b") == vocabulary.plain(unicodedata.normalize("NFD", "ab"))
