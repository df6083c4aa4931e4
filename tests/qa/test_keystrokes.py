"""Whatever syllable was typed in Telex or VNI comes back; other words stay."""

from __future__ import annotations

from itertools import product
from unicodedata import combining, normalize

import pytest

from index.syllable import ONSETS, RHYMES, TONES, parse
from index.terms import syllables
from qa.keystrokes import _ENGLISH as ENGLISH
from qa.keystrokes import undo_keystrokes
from qa.training.questions import telex

VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
VNI_LETTERS = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}


def vni(word):
    keys, tone = [], ""
    for letter in word:
        parts = normalize("NFD", letter)
        tone = next((VNI[part] for part in parts if part in VNI), tone)
        base = normalize("NFC", "".join(part for part in parts if part not in VNI))
        keys.append(VNI_LETTERS.get(base, base))
    return "".join(keys) + tone


def every_marked_syllable():
    found = {}
    for onset, rhyme, tone in product(sorted(ONSETS), sorted(RHYMES), ["", *TONES]):
        for at in range(len(rhyme)):
            word = normalize("NFC", onset + rhyme[: at + 1] + tone + rhyme[at + 1 :])
            if parse(word) is not None and (any(combining(c) for c in normalize("NFD", word)) or "đ" in word):
                found[syllables(word)[0][0]] = None
    return [word for word in found if not parse(word).rhyme.startswith("oo")]  # "oongs" is "ống" as well


@pytest.mark.parametrize("keys", [telex, vni])
def test_every_syllable_comes_back_from_its_keys(keys):
    others = keys("đường")  # one word alone may be what it looks like: "bus"
    wrong = [
        (word, keys(word), undo_keystrokes(f"{others} {keys(word)}"))
        for word in every_marked_syllable()
        if parse(keys(word)) is None
        and not ENGLISH.search(keys(word))
        and not (len(keys(word)) == 2 and keys(word)[1].isdigit() and keys(word) != "y1")  # "A1" is a class
        and undo_keystrokes(f"{others} {keys(word)}") != f"đường {word}"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dduwowngf", "đường"),
        ("duowngf", "dường"),
        ("Ho65i nghi5", "Hội nghị"),
        ("DDANGR bộ", "ĐẢNG bộ"),
        ("truowngf hocj", "trường học"),
        ("ai chur trif hooij nghij?", "ai chủ trì hội nghị?"),
        ("Hooij nghị họp ở đâu?", "Hội nghị họp ở đâu?"),
        ("y1 kie61n cua3 ai", "ý kiến của ai"),
        ("thuw kys", "thư kí"),
        ("lop 12A1 hocj owr ddaau", "lop 12A1 học ở đâu"),
        (
            "ai chur trif hop cuar UBND, HĐND",
            "ai chủ trì hop của UBND, HĐND",
        ),  # Đ is learnt with the abbreviation
    ],
)
def test_words_are_read_as_keys_with_their_case(typed, wanted):
    assert undo_keystrokes(typed) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Who chaired this conference?",
        "Quận 7, K126, 05-CT/TW",
        "Đảng bộ Sở GDĐT",
        "Covid19 ở Paris",
        "Xe bus số 5 chạy bằng gas hay xăng E5?",
        "Bằng lái hạng A1 là gì?",
        "lop A1 co bao nhieu hoc sinh",
        "toa nha A2 o dau",
        "in tren giay A4",
        "xang E5 gia bao nhieu",
        "xe bus so 7 di dau",
        "taxi",
        "xe bus hay taxi re hon",
        "khach san Rex o dau",
        "chi bo3 co may nguoi",
        "",
        "w",
        "x1",
    ],
)
def test_other_words_stay(question):
    assert undo_keystrokes(question) == question
