"""The Vietnamese syllable: onset + rhyme + tone, as a small regular grammar.

Takes one word, gives its parts or nothing.  Tells Vietnamese from mojibake, from foreign words and from
acronyms.  Knows no dictionary: a syllable that nobody uses (``ngoắm``) is a syllable all the same.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
"""Combining mark → name of the tone; a syllable without a mark has the tone ``ngang``."""

# Tables read better as text than as lists of strings, hence SIM905 below.
ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()) | {""}  # noqa: SIM905

RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oe oen oeo oet
    oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uêu uơ
    uy uya uych uynh uyên uyêt uyn uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905
)
"""Vowels and finals, without their tones."""

_BEFORE_FRONT_VOWELS = {"k", "gh", "ngh"}
_BEFORE_OTHER_VOWELS = {"c", "ng"}
_RHYMES_OF_QU = RHYMES | {"ych", "yn", "ynh", "yt", "yp", "yu"}
_LONGEST = 7  # nghiêng


class Syllable(NamedTuple):
    """The parts of a syllable, in lower case.

    :ivar tone: ``ngang``, ``huyền``, ``sắc``, ``hỏi``, ``ngã`` or ``nặng``.
    """

    onset: str
    rhyme: str
    tone: str


def parse(word: str) -> Syllable | None:
    """The parts of a Vietnamese syllable, or ``None`` where the word is not spelled like one.

    Letters of both cases and both ways of placing the tone mark (``hòa``, ``hoà``) are read.

    >>> parse("Nghiêng")
    Syllable(onset='ngh', rhyme='iêng', tone='ngang')
    >>> parse("hoà") == parse("hòa")
    True
    >>> parse("quốc").rhyme, parse("§¶ng"), parse("bat")    # a final stop needs sắc or nặng
    ('ôc', None, None)
    """
    if len(word) > 2 * _LONGEST:
        return None
    bare = []
    tone = "ngang"
    for character in unicodedata.normalize("NFD", word.lower()):
        if character not in TONES:
            bare.append(character)
        elif tone != "ngang":
            return None
        else:
            tone = TONES[character]
    letters = unicodedata.normalize("NFC", "".join(bare))
    for length in (3, 2, 1, 0):
        onset, rhyme = letters[:length], letters[length:]
        if onset in ONSETS and _fit(onset, rhyme) and _carries(rhyme, tone):
            return Syllable(onset, rhyme, tone)
    return None


def is_syllable(word: str) -> bool:
    """Whether the word is spelled like one Vietnamese syllable."""
    return parse(word) is not None


def _fit(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _RHYMES_OF_QU and rhyme[0] not in "ouư"
    if rhyme not in RHYMES:
        return False
    front = rhyme[0] in "eêiy"
    if onset in _BEFORE_FRONT_VOWELS:
        return front
    if onset in _BEFORE_OTHER_VOWELS:
        return not front
    if onset == "g":
        return not front or rhyme[0] == "i"  # gì, gìn, giết: the i is written once
    if rhyme.startswith("yê"):
        return onset == ""
    return True


def _carries(rhyme: str, tone: str) -> bool:
    return tone in ("sắc", "nặng") or not rhyme.endswith(("c", "ch", "p", "t"))
