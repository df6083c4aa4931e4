"""A question with slips of the keyboard → the question without them, where the articles leave no doubt.

Only a word that is no syllable of Vietnamese and that no article has is changed: into one or two syllables an edit
away that stand beside the neighbouring word in some article, or into itself with its last letter once if that stands
beside it in the table of common pairs.  A name that no article has is therefore left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.syllable import is_syllable
from index.terms import FOLDED, fold, has_tone_marks, marked_spellings
from qa.phrase import capitalised
from qa.tone_marks import is_common_pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qa.tone_marks import Frequency

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdeghiklmnopqrstuvxy"
_SHORTEST = 3  # letters; of a shorter word anything is an edit away
_FOREIGN = 0.34
"""Share of words that are no Vietnamese from which a question is in another language."""


def correct_slips(question: str, *, frequency: Frequency) -> str:
    """The question with its slips undone.

    :param frequency: terms → how many passages of the index hold each.

    >>> held = {"~hoi nghi": 3, "~bi thu": 2, "thư": 2, "hội": 3, "nghị": 3}
    >>> correct_slips("Bí thuk dự một hộinghị nào vậy?", frequency=lambda terms: [held.get(term, 0) for term in terms])
    'Bí thư dự một hội nghị nào vậy?'
    """
    words = list(_WORD.finditer(question))
    strange = [number for number, word in enumerate(words) if _is_strange(word[0])]
    if not strange or len(strange) > _FOREIGN * len(words):
        return question
    folded = [fold(word[0]) for word in words]
    counts = frequency([FOLDED + folded[number] for number in strange])
    parts, end = [], 0
    for number, count in zip(strange, counts, strict=True):
        typed = words[number][0]
        once = _said_once([word[0].lower() for word in words], number) if typed.islower() else ""
        better = None if count else once or _better(folded, number, frequency)
        if better is not None:
            if has_tone_marks(question) and not once:
                better = _marked(better, frequency, typed=typed)
            better = capitalised(better) if typed[0].isupper() else better
            parts += [question[end : words[number].start()], better]
            end = words[number].end()
    return "".join([*parts, question[end:]])


def _said_once(words: Sequence[str], number: int) -> str:
    """The syllable that a word is with its last letter once, if it is common beside a neighbour; empty for none.

    >>> _said_once(["là", "aii"], 1), _said_once(["holiday", "inn"], 1)
    ('ai', '')
    """
    word = words[number]
    once = word.rstrip(word[-1]) + word[-1]
    if once == word or not is_syllable(once):
        return ""
    pairs = [f"{before} {once}" for before in words[max(0, number - 1) : number]]
    pairs += [f"{once} {after}" for after in words[number + 1 : number + 2]]
    return once if any(map(is_common_pair, pairs)) else ""


def same_but_for_a_slip(typed: str, meant: str) -> bool:
    """Whether two folded words are the same or, if they are long enough, what is meant is a syllable one edit apart.

    >>> [same_but_for_a_slip(typed, "vien") for typed in ("vien", "viem", "vein", "vin", "viene", "vieemn")]
    [True, True, True, True, True, False]
    >>> same_but_for_a_slip("bo", "so")
    False
    """
    return typed == meant or (len(typed) >= _SHORTEST and one_edit(typed, meant) and _can_be_marked(meant))


def one_edit(one: str, other: str) -> bool:
    """Whether two words differ by a letter more, less or changed, or by two exchanged."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def _is_strange(word: str) -> bool:
    return (
        len(word) >= _SHORTEST and not word.isupper() and not is_syllable(word) and not _can_be_marked(word)
    )


def _can_be_marked(word: str) -> bool:
    return bool(marked_spellings(fold(word)))


def _marked(words: str, frequency: Frequency, *, typed: str) -> str:
    """The oftenest spelling of each folded word, of those with the marked letters that were typed if there are any."""
    letters = {letter for letter in typed.lower() if fold(letter) != letter}
    spelled = []
    for word in words.split():
        every = marked_spellings(word)
        forms = [form for form in every if letters & {*form}] or every
        counts = frequency(forms)
        spelled.append(max(zip(counts, forms, strict=True), key=lambda pair: (pair[0], pair[1]))[1])
    return " ".join(spelled)


def _better(folded: Sequence[str], number: int, frequency: Frequency) -> str | None:
    """What the word should be: the form that stands oftenest beside its neighbours, or alone if it is two syllables."""
    word = folded[number]
    before = folded[number - 1] if number else ""
    after = folded[number + 1] if number + 1 < len(folded) else ""
    forms = dict.fromkeys(_edited(word))
    pairs = {f"{word[:at]} {word[at:]}": None for at in range(1, len(word))}
    split = [pair for pair in pairs if all(map(_can_be_marked, pair.split()))]
    asked = [
        *(f"{FOLDED}{before} {form}" for form in forms),
        *(f"{FOLDED}{form} {after}" for form in forms),
        *(FOLDED + pair for pair in split),
    ]
    counts: NDArray[np.int64] | Sequence[int] = frequency(asked)
    beside = [int(counts[place]) + int(counts[place + len(forms)]) for place in range(len(forms))]
    scored = [*zip(beside, forms, strict=True), *zip(map(int, counts[2 * len(forms) :]), split, strict=True)]
    best = max(scored, key=lambda scored: (scored[0], scored[1]), default=(0, ""))
    return best[1] if best[0] else None


def _edited(word: str) -> Iterator[str]:
    """The syllables one edit away: a letter left out, changed, put in, or two exchanged (Damerau, 1964)."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        edits = [left + letter + right for letter in _LETTERS]
        if right:
            edits += [left + right[1:], *(left + letter + right[1:] for letter in _LETTERS)]
        if len(right) > 1:
            edits.append(left + right[1] + right[0] + right[2:])
        yield from (edit for edit in edits if edit != word and _can_be_marked(edit))
