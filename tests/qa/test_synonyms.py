"""A question finds what articles say in other words; names, and words that the articles have, are left alone."""

from __future__ import annotations

import unicodedata

import pytest

from index.syllable import is_syllable
from qa.abbreviations import in_words_of, other_forms
from qa.synonyms import WORDS, synonyms, synonyms_for


def held(**counts):
    """How many passages hold each pair of words."""
    return lambda terms: [counts.get(term[1:].replace(" ", "_"), 0) for term in terms]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Ai chủ trì cuộc họp?", (("cuộc họp", "hội nghị"),)),
        ("Buổi họp bàn gì?", (("Buổi họp", "hội nghị"), ("Buổi họp", "cuộc họp"))),
        ("Ai chủ trì hội nghị?", ()),
        ("Nhà Cuộc Họp ở đâu?", ()),
        ("Ở đâu?", ()),
        ("", ()),
    ],
)
def test_the_word_that_more_passages_have_is_the_one_to_look_for(question, wanted):
    assert synonyms_for(question, frequency=held(hoi_nghi=9, cuoc_hop=2)) == wanted


def test_one_way_only():
    director = synonyms_for("Người đứng đầu là ai?", frequency=held(giam_doc=3))
    assert director == (("Người đứng đầu", "giám đốc"),)
    assert synonyms_for("Giám đốc là ai?", frequency=held(nguoi_dung=9, dung_dau=9)) == ()


def test_a_longer_phrase_is_held_where_all_its_neighbouring_words_are():
    counts = {"6_thang": 5, "thang_dau": 5, "dau_nam": 5, "nua_dau": 1}
    asked = "Nửa đầu năm có gì?"
    assert synonyms_for(asked, frequency=held(**counts)) == (("Nửa đầu năm", "6 tháng đầu năm"),)
    assert synonyms_for(asked, frequency=held(**counts | {"dau_nam": 1})) == ()


def test_the_reader_is_asked_in_the_words_of_the_passage():
    class Index:
        def short_forms(self, *, shorts=(), longs=()):
            return ()

        frequency = staticmethod(held(hoi_nghi=9))

    forms, notes = other_forms("Ai chủ trì cuộc họp?", Index())
    assert in_words_of("Ông Sơn chủ trì hội nghị.", "Ai chủ trì cuộc họp?", forms) == "Ai chủ trì hội nghị?"
    assert notes == ()


def test_every_phrase_is_in_lower_case_and_of_two_syllables_at_least_if_vietnamese():
    text = WORDS.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    for phrase, others in synonyms().items():
        for words in (phrase, *others):
            assert words == words.lower().strip()
            assert len(words.split()) > 1 or not is_syllable(words)
        assert others
        assert phrase not in others
