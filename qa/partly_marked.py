"""A question in which some tone marks were left off → the question with them: "đại hoc" is "đại học".

By the same counts as :mod:`qa.tone_marks`, between the words that do have marks.  A word that may be meant as it was
typed changes only where it is far likelier with marks beside its neighbours; one that is no syllable as it stands,
as "hoc" and "kêt", gets the marks that it lacks wherever its neighbours tell them.  Marks that were typed stay, and
so does a capitalised syllable, which may be a name: "Lê Hoan" is not "Lê Hoàn".
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.syllable import is_syllable
from index.terms import fold, has_tone_marks, marked_spellings, spelled
from qa.tone_marks import Neighbours, common_pairs, keeps_marks, likeliest, shares_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qa.tone_marks import Frequency

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_AS_TYPED = 30.0
"""How many times likelier a syllable is meant as it was typed than with the marks that it lacks."""
_UNSAID = 5.0
"""The same where no article has it as it was typed."""


def complete_tone_marks(
    question: str, texts: Callable[[str], Iterable[str]], *, typed: str, frequency: Frequency
) -> str:
    """The question with the marks that it lacks; itself where it has none or where none is missing.

    :param typed: the question before its slips were corrected, which tells nothing of the marks of those words.
    :param texts: gives what a question finds, with marks; asked only where some may be missing.
    :param frequency: terms → how many passages of the index hold each.

    >>> texts = ["Trường Đại học Sông Mây có 72 đảng viên."]
    >>> complete_tone_marks("đảng vien đại hoc", lambda _: texts, typed="", frequency=lambda terms: [0] * len(terms))
    'đảng viên đại học'
    """
    matches = list(_WORD.finditer(question))
    words = [match[0] for match in matches]
    spellings = [spelled(word) for word in words]
    if not any(map(has_tone_marks, words)) or not _doubtful(words, spellings):
        return question
    found = Neighbours.of(texts(question))
    likelier = _as_typed(spellings, typed, frequency)
    best = likeliest([_forms(word, found, frequency) for word in words], found, likelier=likelier)
    parts, end = [], 0
    for place, (match, form) in enumerate(zip(matches, best, strict=True)):
        changed = form != spellings[place] and _is_told(best, place, found)
        parts += [question[end : match.start()], written(match[0], form, "") if changed else match[0]]
        end = match.end()
    return "".join([*parts, question[end:]])


def _doubtful(words: Sequence[str], spellings: Sequence[str]) -> bool:
    """Whether a word may lack marks: it is no syllable, or in the table only with marks between its neighbours."""
    around = zip(words, ["", *spellings], spellings, [*spellings[1:], ""], strict=False)
    return any(
        _may_lack_marks(word) and (not is_syllable(word) or (word.islower() and _is_likelier_marked(*places)))
        for word, *places in around
    )


def _is_likelier_marked(before: str, itself: str, behind: str) -> bool:
    """Whether the table has a syllable beside a neighbour only with marks."""
    pairs = common_pairs().pairs
    beside = [
        bool(pairs[before, form] or pairs[form, behind])
        for form in (itself, *(form for form in marked_spellings(fold(itself)) if form != itself))
    ]
    return not beside[0] and any(beside[1:])


def _as_typed(spellings: Sequence[str], typed: str, frequency: Frequency) -> list[dict[str, float]]:
    """How many times likelier each syllable is meant as it is; of one that was not typed so, nothing."""
    words = {*map(spelled, _WORD.findall(typed))}
    weights = [_AS_TYPED if said else _UNSAID for said in frequency(spellings)]
    return [
        {spelling: weight} if spelling in words else {}
        for spelling, weight in zip(spellings, weights, strict=True)
    ]


def _may_lack_marks(word: str) -> bool:
    """Whether a word is one syllable that may have lost marks: one without any, or none as it stands."""
    return (
        (len(word) > 1 or word == "o")
        and (not has_tone_marks(word) or not is_syllable(word))
        and bool(marked_spellings(fold(spelled(word))))
    )


def _forms(word: str, found: Neighbours, frequency: Frequency) -> dict[str, float]:
    """The forms that a word may stand for, with their share; only itself where nothing is missing."""
    itself = spelled(word)
    if not _may_lack_marks(word):
        return {itself: 1.0}
    whole = is_syllable(word) or bool(frequency([itself])[0])
    if whole and not word.islower():
        return {itself: 1.0}
    allowed = shares_of(
        fold(itself),
        found,
        frequency,
        allowed=lambda form: (whole or form != itself) and keeps_marks(itself, form),
    )
    return allowed or {itself: 1.0}


def _is_told(forms: Sequence[str], place: int, found: Neighbours) -> bool:
    """Whether a syllable stands so beside a neighbour in the texts or in the table of common pairs."""
    pairs = [*pairwise(["", *forms])][place : place + 2]
    return any(found.pairs[pair] or common_pairs().pairs[pair] for pair in pairs)
