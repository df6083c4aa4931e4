import os
import subprocess
import sys
import unicodedata
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.moments import MOMENT
from index.numerals import numerals
from index.syllable import ONSETS, RHYMES, TONES, parse
from index.terms import (
    FOLDED,
    fold,
    has_tone_marks,
    marked_spellings,
    question_terms,
    syllables,
    term_counts,
    term_ids,
    terms,
)

vietnamese = st.text(alphabet="aàảãáạăằâậeêềiìoòôồơờuùưừyỳđbcdghklmnpqrstvx AĐ.,0123456789/-\n", max_size=80)


def flat(text: str) -> list[str]:
    return [syllable for sentence in syllables(text) for syllable in sentence]


def test_folding_removes_every_vietnamese_mark_and_keeps_the_length() -> None:
    letters = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
    assert fold(letters) == "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"
    assert fold(letters.upper()) == fold(letters)


def test_folding_takes_decomposed_text_and_leaves_other_scripts_alone() -> None:
    assert fold(unicodedata.normalize("NFD", "Nguyễn Hữu Quát")) == "nguyen huu quat"
    assert fold("हिन्दी 日本") == "हिन्दी 日本"


@given(vietnamese)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not has_tone_marks(fold(text))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Đảng", True),
        ("dang", False),
        ("DANG", False),
        ("đ", True),
        ("", False),
        ("2022?", False),
        ("ơ", True),
    ],
)
def test_tone_marks_are_seen_whatever_the_case(text: str, marked: bool) -> None:
    assert has_tone_marks(text) is marked
    assert has_tone_marks(unicodedata.normalize("NFD", text)) is marked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("tòan", "toàn"),
        ("qúy", "quý"),
        ("quý", "quí"),
        ("Mỹ", "mĩ"),
        ("tỷ lệ", "tỉ lệ"),
        ("K126", "k 126"),
        ("H'Ban", "H’Ban"),
        ("17/08/2022", "17/8/2022"),
        ("07 chi bộ", "7 chi bộ"),
        ("3.789 người", "3789 người"),
        ("1.234.567", "1,234,567"),
        ("COVID-19", "Covid 19"),
        (unicodedata.normalize("NFD", "Đảng uỷ"), "ĐẢNG ỦY"),
    ],
)
def test_two_spellings_of_one_thing_have_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hoa"), ("thuỷ", "thủi"), ("tay", "tai"), ("mùa", "muà a"), ("1.5", "15"), ("3.14", "314")],
)
def test_different_words_and_numbers_stay_apart(one: str, other: str) -> None:
    assert flat(one) != flat(other)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "nghĩa",
            "giếng",
            "gìn",
            "già",
            "giữa",
            "quà",
            "quốc",
            "khuỷu",
            "khuya",
            "ngoằn",
            "ngoái",
            "nguyễn",
        ),
        *("uỷ", "uých", "múa", "của", "người", "rượu", "uống", "huyền", "thuở", "xoáy", "oái", "yêu"),
    ],
)
def test_a_word_in_the_taught_spelling_is_its_own_form(word: str) -> None:
    assert flat(word) == [word]


def test_codes_of_documents_come_apart_into_letters_and_numbers() -> None:
    assert flat("11-QĐ/TW, năm học 2021-2022; 2022.jpg, 20:02") == [
        *("11", "qđ", "tw", "năm", "học", "2021", "2022", "2022", "jpg", "20", "2")
    ]


def test_foreign_words_keep_their_marks() -> None:
    assert flat("résumé của Müller, Đắk Lắk") == ["résumé", "của", "müller", "đắk", "lắk"]


def test_pairs_stop_at_sentence_ends_and_not_at_commas() -> None:
    found = terms("Họp xong. Ba đồng chí, sáng 18/7")
    assert "~ho xong" not in found and "~hop xong" in found
    assert "~xong ba" not in found
    assert "~chi sang" in found
    assert "~18 7" in found


def numbers(text: str) -> set[str]:
    """The digits of numbers in words."""
    return {number for sentence in syllables(text) for number in numerals(sentence)}


@given(vietnamese)
def test_the_channels_never_meet(text: str) -> None:
    typed = set(flat(text))
    assert not any(FOLDED in syllable or MOMENT in syllable or " " in syllable for syllable in typed)
    assert set(terms(text)) - typed - numbers(text) == {
        term for term in terms(text) if term.startswith((FOLDED, MOMENT))
    }


@given(vietnamese)
def test_a_question_without_marks_finds_the_folded_terms_of_the_passage(text: str) -> None:
    folded = {term for term in terms(text) if term.startswith((FOLDED, MOMENT))}
    assert folded <= set(question_terms(fold(text))) | {FOLDED + number for number in numbers(text)}


def test_a_question_with_one_mark_is_asked_as_typed() -> None:
    assert question_terms("dang bộ") == terms("dang bộ")


def test_a_question_weighs_its_syllables_alike_with_and_without_marks() -> None:
    marked, bare = question_terms("Bí thư Đảng uỷ"), question_terms("bi thu dang uy")
    assert len(marked) == len(bare)
    assert [term for term in marked if " " in term] == [term for term in bare if " " in term]


@pytest.mark.parametrize("text", ["", " \n", "…?!", "\u200b", "😀"])
def test_text_without_letters_has_no_terms(text: str) -> None:
    assert terms(text) == []
    assert question_terms(text) == []
    assert len(term_counts(text)[0]) == 0


def test_a_long_text_without_blanks_takes_no_time() -> None:
    assert flat("a" * 100_000) == ["a" * 100_000]
    assert len(flat("1.234" * 20_000)) > 0


def test_ids_are_the_published_digest_and_the_same_in_every_process() -> None:
    from hashlib import blake2b

    expected = [
        int.from_bytes(blake2b(t.encode(), digest_size=8).digest(), "little") for t in ("đảng", "~dang")
    ]
    assert term_ids(["đảng", "~dang"]).tolist() == expected
    code = "from index.terms import term_ids; print(term_ids(['đảng', '~dang']).tolist())"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        output = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        assert output.stdout.strip() == str(expected)


def test_counts_are_of_distinct_ascending_ids_and_saturate() -> None:
    ids, counts = term_counts("Đảng bộ, đảng viên")
    assert ids.dtype == np.uint64 and counts.dtype == np.uint16
    assert (np.diff(ids.astype(object)) > 0).all()
    counted = dict(zip(ids.tolist(), counts.tolist(), strict=True))
    assert counted[int(term_ids(["đảng"])[0])] == 2
    assert counts.sum() == len(terms("Đảng bộ, đảng viên"))
    assert term_counts("a " * 70_000)[1].max() == 65_535


def test_lone_surrogates_are_hashed_too() -> None:
    assert len(term_ids(["\ud800"])) == 1


def test_every_syllable_is_among_the_spellings_of_its_folded_form():
    for onset, rhyme, tone in product(sorted(ONSETS), sorted(RHYMES), ["", *TONES]):
        for at in range(len(rhyme)):
            word = unicodedata.normalize("NFC", onset + rhyme[: at + 1] + tone + rhyme[at + 1 :])
            if parse(word) is not None and len(word) < 5:
                [[spelled]] = syllables(word)
                assert spelled in marked_spellings(fold(spelled))
