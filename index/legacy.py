"""The Vietnamese encodings from before Unicode: bytes, read as Latin-1 text, → Vietnamese letters.

Fonts such as ``.VnTime`` (TCVN3) and ``VNI-Times`` showed Vietnamese letters in the places of others.  So the
readers take what a program without the font shows (``§¶ng bé``) and give what was meant (``Đảng bộ``).
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0309\u0303\u0323"

# TCVN 5712:1993 VN3: one byte a letter.  Capitals with a tone are small letters of a font of capitals.
_TCVN3_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3 = {first + place: letter for first, row in _TCVN3_ROWS.items() for place, letter in enumerate(row)}
"""Byte → letter."""

# VNI-Windows: a vowel, then a byte for its tone or, of circumflex and breve, for both; a few letters in one byte.
_VNI_MARKS = {"": ("AEOUYÔÖ", "ØÙÛÕÏ"), "\u0302": ("AEO", "ÀÁÅÃÄ"), "\u0306": ("A", "ÈÉÚÜË")}
_VNI_SHAPES = {"AÂ": "Â", "EÂ": "Ê", "OÂ": "Ô", "AÊ": "Ă"}
_VNI_LETTERS = {"Ô": "Ơ", "Ö": "Ư", "Ñ": "Đ", "Ì": "Ì", "Í": "Í", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ"}


def _vni_table() -> dict[str, str]:
    capitals = {**_VNI_SHAPES, **_VNI_LETTERS}
    for shape, (vowels, marks) in _VNI_MARKS.items():
        for vowel in vowels:
            for mark, tone in zip(marks, _TONES, strict=True):
                letter = _VNI_LETTERS.get(vowel, vowel) + shape + tone
                capitals[vowel + mark] = unicodedata.normalize("NFC", letter)
    small = {written.lower(): letter.lower() for written, letter in capitals.items()}
    mixed = {written[0] + written[1:].lower(): letter for written, letter in capitals.items()}
    return {**mixed, **capitals, **small}


VNI = _vni_table()
"""One or two characters of Latin-1 → letter."""

_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]{2,}")


def read_tcvn3(latin: str) -> str:
    """TCVN3 as its fonts show it.

    >>> read_tcvn3("§¶ng bé tØnh")
    'Đảng bộ tỉnh'
    """
    return _WORD.sub(lambda word: _in_capitals(word.group()), latin.translate(TCVN3))


def read_vni(latin: str) -> str:
    """VNI-Windows as its fonts show it.

    >>> read_vni("Ñaûng boä tænh")
    'Đảng bộ tỉnh'
    """
    return _VNI_PATTERN.sub(lambda written: VNI[written.group()], latin)


def _in_capitals(word: str) -> str:
    """``ĐảNG`` is ``ĐẢNG`` in its font of capitals; words with less to go by are left."""
    told = [letter for letter in word if letter.isascii() or letter in "ĂÂÊÔƠƯĐđ"]
    return word.upper() if len(told) >= 2 and all(letter.isupper() for letter in told) else word
