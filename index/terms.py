"""Text in, BM25 terms out; the only place where case and tone marks are folded.

Terms come in two channels: syllables as typed (lower case, one spelling per sound), and folded syllables and
pairs of neighbours (tone marks removed, with a prefix that no typed term can have).  A question typed without
tone marks meets its passage in the folded channel; one typed with them is told apart from its homographs in
the other.  Pairs stay out of the typed channel: counted twice they outweigh the syllables, and recall@1 on
1,417 questions fell from 0.630 to 0.587.  Numbers in words and days in any form are terms besides, in one form:
see :mod:`index.numerals` and :mod:`index.moments`.  Word segmentation and stop words are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from index.moments import moment_terms
from index.numerals import numerals
from index.syllable import RHYMES, TONES, Syllable, parse

FOLDED = "~"
"""Prefix of the terms of the folded channel; no syllable contains it."""

_COMBINING = re.compile("[\u0300-\u036f]")
_SENTENCE_END = re.compile(r"[.!?…:;]+[\"”’')\]]*\s|[\n\r\t|]")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?![.,]?\d)")
_SYLLABLE = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+|\\d+")
_Y_OR_I = frozenset({"h", "k", "l", "m", "qu", "s", "t"})
_MARKS = {"ngang": ""} | {name: mark for mark, name in TONES.items()}


def fold(text: str) -> str:
    """``text`` in lower case without tone marks, vowel marks or the stroke of đ.

    Marks of other scripts are kept; the length is that of ``text`` where every letter is precomposed.

    >>> fold("Đảng ủy Sở GDĐT")
    'dang uy so gddt'
    """
    stripped = _COMBINING.sub("", unicodedata.normalize("NFD", text.lower()))
    return unicodedata.normalize("NFC", stripped).replace("đ", "d")


def has_tone_marks(text: str) -> bool:
    """Whether any letter of ``text`` carries a mark that :func:`fold` would take away.

    >>> has_tone_marks("Ai chủ trì?"), has_tone_marks("Ai chu tri?")
    (True, False)
    """
    return fold(text) != unicodedata.normalize("NFC", text.lower())


def syllables(text: str) -> list[list[str]]:
    """The syllables and numbers of ``text``, one list a sentence, each in its one spelling.

    Lower case, NFC; tone marks where the present spelling rules put them; ``y`` as ``i`` where both are in
    use; numbers without leading zeros or thousands separators; letters and digits apart, so that ``K126``
    and ``K 126`` agree.

    >>> syllables("Ngày 07/08, K126 có 3.789 người. Đào tạo, hòa bình, quí I.")
    [['ngày', '7', '8', 'k', '126', 'có', '3789', 'người'], ['đào', 'tạo', 'hoà', 'bình', 'quí', 'i']]
    """
    return [[spelled(word) for word in sentence] for sentence in words(text)]


def words(text: str) -> list[list[str]]:
    """The words and numbers of ``text`` as they are written, one list a sentence; numbers without separators.

    >>> words("Ngày 07/08 có 3.789 người. Đào tạo")
    [['Ngày', '07', '08', 'có', '3789', 'người'], ['Đào', 'tạo']]
    """
    sentences = _SENTENCE_END.split(unicodedata.normalize("NFC", text))
    split = (_SYLLABLE.findall(_THOUSANDS.sub(_without_separators, sentence)) for sentence in sentences)
    return [found for found in split if found]


def terms(text: str, *, about: date | None = None) -> list[str]:
    """The terms of a passage, repeated as often as they occur.

    :param about: when it was written, for days without a year.
    :returns: per sentence its typed syllables, its folded syllables, its folded pairs and the digits of its numbers
        in words; then the days and months that it names.

    >>> terms("Bí thư Đảng")
    ['bí', 'thư', 'đảng', '~bi', '~thu', '~dang', '~bi thu', '~thu dang']
    >>> terms("quý II"), terms("17/8")
    (['quí', 'ii', '~qui', '~ii', '~qui ii', '2', '~2'], ['17', '8', '~17', '~8', '~17 8', '@17.8', '@8'])
    """
    found = [
        term for typed in syllables(text) for term in (*typed, *_folded_terms(typed), *_in_digits(typed))
    ]
    return found + moment_terms(fold(text), about=about)


def folded_syllables(text: str) -> list[str]:
    """Those of :func:`terms` that are single syllables and numbers, folded.

    >>> folded_syllables("Bí thư, quý II")
    ['~bi', '~thu', '~qui', '~ii', '~2']
    """
    return [FOLDED + term for typed in syllables(text) for term in (*map(_folded, typed), *numerals(typed))]


def question_terms(question: str) -> list[str]:
    """The terms to look for in passages: those of :func:`terms`, where the question has tone marks.

    Without any mark its typed syllables would only meet words that happen to be spelt without one (``ban``
    is a word, but hardly what ``ban chap hanh`` means), so its folded syllables are asked for twice.

    >>> question_terms("Bí thư?")
    ['bí', 'thư', '~bi', '~thu', '~bi thu']
    >>> question_terms("bi thu?")
    ['~bi', '~thu', '~bi', '~thu', '~bi thu']
    """
    if has_tone_marks(question):
        return terms(question)
    return [
        term
        for typed in syllables(question)
        for term in (*(FOLDED + syllable for syllable in typed), *_folded_terms(typed), *_in_digits(typed))
    ] + moment_terms(fold(question))


@lru_cache(maxsize=1 << 12)
def marked_spellings(syllable: str) -> tuple[str, ...]:
    """Every syllable, each in its one spelling, that a syllable without marks may stand for; none for other words.

    :param syllable: as :func:`syllables` gives it, without marks.

    >>> marked_spellings("ech"), len(marked_spellings("dang")), marked_spellings("gddt")
    (('ếch', 'ệch'), 36, ())
    """
    found: dict[str, None] = {}
    for length in range(min(4, len(syllable))):
        onsets = {"d": ("d", "đ")}.get(syllable[:length], (syllable[:length],))
        rhymes = _rhymes_by_fold().get(syllable[length:], ())
        for onset, rhyme, tone in product(onsets, rhymes, _MARKS):
            spelled = _spell(Syllable(onset, rhyme, tone))
            if parse(spelled) is not None and fold(spelled) == syllable:
                found[spelled] = None
    return tuple(found)


def term_ids(terms: Iterable[str]) -> NDArray[np.uint64]:
    """A 64-bit BLAKE2b digest for each term, the same in every process and on every machine.

    The index keeps these instead of strings.  Among *n* distinct terms the chance that any two share an id
    is about n² / 2⁶⁵ (birthday bound): 3·10⁻⁸ for a million terms, 3·10⁻⁴ for a hundred million; one
    collision would add one term's contribution to the wrong passages, no more.

    :returns: shape (n,), in the order of ``terms``.
    """
    return np.fromiter((_digest(term) for term in terms), dtype=np.uint64)


def term_counts(text: str, *, about: date | None = None) -> tuple[NDArray[np.uint64], NDArray[np.uint16]]:
    """What the database keeps of a passage: its distinct term ids, ascending, and how often each occurs.

    :param about: when it was written.
    :returns: two arrays of one length; a term is counted up to 65,535 times.
    """
    ids, counts = np.unique(term_ids(terms(text, about=about)), return_counts=True)
    return ids, np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)


def _without_separators(number: re.Match[str]) -> str:
    return re.sub(r"\D", "", number[0])


def _folded_terms(typed: Sequence[str]) -> list[str]:
    folded = [_folded(syllable) for syllable in typed]
    pairs = [f"{first} {second}" for first, second in pairwise(folded)]
    return [FOLDED + term for term in folded + pairs]


def _in_digits(typed: Sequence[str]) -> list[str]:
    return [term for number in numerals(typed) for term in (number, FOLDED + number)]


@lru_cache(maxsize=1)
def _rhymes_by_fold() -> dict[str, list[str]]:
    rhymes: dict[str, list[str]] = {}
    for rhyme in sorted(RHYMES):
        rhymes.setdefault(fold(rhyme), []).append(rhyme)
    return rhymes


@lru_cache(maxsize=1 << 16)
def _digest(term: str) -> int:
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(maxsize=1 << 15)
def _folded(syllable: str) -> str:
    return fold(syllable)


@lru_cache(maxsize=1 << 15)
def spelled(word: str) -> str:
    """A word in lower case and its one spelling.

    >>> spelled("Hòa"), spelled("quý"), spelled("007")
    ('hoà', 'quí', '7')
    """
    word = word.lower()
    if word.isdigit():
        return word.lstrip("0") or "0"
    syllable = parse(word)
    if syllable is None:
        return word
    return _spell(syllable)


def _spell(syllable: Syllable) -> str:
    onset, rhyme, tone = syllable
    if rhyme == "y" and onset in _Y_OR_I:
        rhyme = "i"
    at = _toned_letter(rhyme)
    toned = onset + rhyme[: at + 1] + _MARKS[tone] + rhyme[at + 1 :]
    return unicodedata.normalize("NFC", toned)


def _toned_letter(rhyme: str) -> int:
    """Which letter of a rhyme carries the tone mark, by the rules taught since 1980 (``hoà``, ``thuý``)."""
    marked = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    vowels = len(rhyme.rstrip("cghmnpt"))
    if vowels < len(rhyme) or rhyme in {"oa", "oe", "uy"}:
        return vowels - 1
    return max(vowels - 2, 0)
