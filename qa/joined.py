"""Words typed without the blanks between them → the words: "chủtrì hộinghị".

Only words with a tone mark, which are Vietnamese whatever else is in the question, that are no syllable and fall into
some; of several ways the one whose syllables stand side by side in most passages, then the one that leaves the
consonants to the begin of syllables.  Without marks see :mod:`qa.slips`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.syllable import is_syllable, parse
from index.terms import FOLDED, fold, has_tone_marks
from qa.abbreviations import common_abbreviations

if TYPE_CHECKING:
    from qa.tone_marks import Frequency

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 7  # letters of a syllable: nghiêng
_VOWELS = "aeiouy"
_SHORTEST = 3  # letters of an abbreviation that may stand behind
_MOST_LETTERS = 40  # of a word that is taken apart
_MOST_WAYS = 8  # to read its begin that are followed: they double with each syllable


def without_joins(question: str, *, frequency: Frequency) -> str:
    """The question with blanks between the syllables of its joined words; a word that some article has stays.

    :param frequency: terms → how many passages of the index hold each.

    >>> without_joins("Ai chủtrì hộinghị ở HàNội?", frequency=lambda terms: [0] * len(terms))
    'Ai chủ trì hội nghị ở Hà Nội?'
    """

    def likelihood(parts: list[str]) -> tuple[bool, int, int, list[str]]:
        begun_by_vowel = sum(fold(part[0]) in _VOWELS for part in parts)
        return _begin_words(parts), _least(parts, frequency), -begun_by_vowel, parts

    def apart(word: re.Match[str]) -> str:
        typed = word[0]
        if len(typed) > _MOST_LETTERS or not has_tone_marks(typed) or is_syllable(typed):
            return typed
        ways = _ways(typed) or _before_short(typed)
        if not ways or frequency([FOLDED + fold(typed)])[0]:
            return typed
        best: list[str] = max(ways, key=likelihood)
        return " ".join(best)

    return _WORD.sub(apart, question)


def _before_short(word: str) -> list[list[str]]:
    """The ways to read a word that ends in a common abbreviation: "trườngthpt"."""
    shorts = [short for short, _ in common_abbreviations() if _SHORTEST <= len(short) < len(word)]
    behind = {len(short) for short in shorts if word.lower().endswith(short.lower())}
    return [[*way, word[-size:]] for size in sorted(behind) for way in _ways(word[:-size])]


def _ways(word: str) -> list[list[str]]:
    """The ways to read a word as syllables one behind the other, with as few of them as will do; none for no way."""
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(word) + 1):
        begun = [
            [*way, word[start:end]]
            for start in range(max(0, end - _LONGEST), end)
            if _may_stand(word, start, end)
            for way in ways[start]
        ]
        fewest = min(map(len, begun), default=0)
        ways.append([way for way in begun if len(way) == fewest][:_MOST_WAYS])
    return ways[-1]


def _may_stand(word: str, start: int, end: int) -> bool:
    """Whether a part of a word is a syllable; of one letter only with its tone or as in "y tế" and "ô tô".

    A letter that was held down is none: "hộii" and "bàà" have one syllable.
    """
    part = word[start:end].lower()
    syllable = parse(part)
    if syllable is None or len(part) > 1:
        return syllable is not None
    return (part in "yô" or syllable.tone != "ngang") and not word[:start].lower().endswith(part)


def _begin_words(parts: list[str]) -> bool:
    """Whether capitals stand nowhere but at the begin of a part, as in "Hà", "Nội"."""
    return all(part.isupper() or part[1:].islower() or len(part) == 1 for part in parts)


def _least(parts: list[str], frequency: Frequency) -> int:
    """How many passages have the rarest pair of neighbours among the parts."""
    return min(map(int, frequency([f"{FOLDED}{fold(one)} {fold(other)}" for one, other in pairwise(parts)])))
