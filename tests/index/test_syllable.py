import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.syllable import ONSETS, RHYMES, Syllable, is_syllable, parse


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Đảng", ("đ", "ang", "hỏi")),
        ("NGHIÊNG", ("ngh", "iêng", "ngang")),
        ("quốc", ("qu", "ôc", "sắc")),
        ("quyết", ("qu", "yêt", "sắc")),
        ("gì", ("g", "i", "huyền")),
        ("giặt", ("gi", "ăt", "nặng")),
        ("giếng", ("g", "iêng", "sắc")),
        ("yêu", ("", "yêu", "ngang")),
        ("khuỷu", ("kh", "uyu", "hỏi")),
        ("ngoằn", ("ng", "oăn", "huyền")),
        ("ý", ("", "y", "sắc")),
        ("ương", ("", "ương", "ngang")),
    ],
)
def test_a_syllable_has_its_onset_rhyme_and_tone(word, parts):
    assert parse(word) == Syllable(*parts)
    assert parse(unicodedata.normalize("NFD", word)) == Syllable(*parts)


def test_both_ways_of_placing_the_tone_are_the_same_syllable():
    for old, new in (("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("úy", "uý")):
        assert parse(old) == parse(new) is not None


@pytest.mark.parametrize(
    "word",
    [
        "",
        "Ñaûng",
        "§¶ng",
        "ĐảẢng",
        "bat",
        "các̀",
        "jazz",
        "Windows",
        "gha",
        "ki e",
        "ci",
        "kan",
        "ngi",
        "ngha",
        "học.",
        "km²",
        "GDĐT",
        "ß" * 100,
        "x" * 1000,
        "nướướng",
    ],
)
def test_other_words_are_none(word):
    assert not is_syllable(word)


@given(st.sampled_from(sorted(ONSETS)), st.sampled_from(sorted(RHYMES)))
def test_what_is_parsed_is_put_together_again(onset, rhyme):
    parts = parse(onset + rhyme)
    assert parts is None or parts.onset + parts.rhyme == onset + rhyme


@given(st.text(max_size=20))
def test_any_text_is_a_syllable_or_not(text):
    assert is_syllable(text) in (True, False)
