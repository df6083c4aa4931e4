"""A question with slips of the keyboard → the question without them, where the articles leave no doubt.

Only a word that is no syllable of Vietnamese and that no article has is changed: into one or two syllables an edit
away that stand beside the neighbouring word in some article, or into what stands beside it in the table of common
pairs: itself with its last letter once, the syllable of its keys, and if it has marks one an edit away.  A name that no
article has is therefore left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from index.syllable import is_syllable
from index.terms import FOLDED, fold, has_tone_marks, marked_spellings, spelled
from qa.keystrokes import TELEX_TONES, spelled_by_keys
from qa.phrase import capitalised
from qa.tone_marks import common_pairs, keeps_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qa.tone_marks import Frequency

_WORD = re.compile(r"[^\W\d_]+(?![\w.-]*@)")
_LETTERS = "abcdeghiklmnopqrstuvxy"
_KEY_BEFORE = re.compile(r"(?:[a-z]đ|đd|ddđ)(\w+)|dd(?=\w*[^\Wa-z])(\w+)")
_VOWELS = frozenset("aeiouy")
_SHORTEST = 3  # letters; of a shorter word anything is an edit away, unless it has marks
_COMMON = 5  # times that words stand together in the table of common pairs and leave no doubt
_FOREIGN = 0.34
"""Share of words that are no Vietnamese, and have no marks of it, from which a question is in another language."""


def correct_slips(question: str, *, frequency: Frequency) -> str:
    """The question with its slips undone.

    :param frequency: terms → how many passages of the index hold each.

    >>> held = {"~hoi nghi": 3, "~bi thu": 2, "thư": 2, "hội": 3, "nghị": 3}
    >>> correct_slips("Bí thuk dự một hộinghị nào vậy?", frequency=lambda terms: [held.get(term, 0) for term in terms])
    'Bí thư dự một hội nghị nào vậy?'
    """
    places = list(_WORD.finditer(question))
    words = [place[0] for place in places]
    strange = [number for number, word in enumerate(words) if _is_strange(word)]
    foreign = sum(not has_tone_marks(words[number]) for number in strange)
    if not strange or foreign > _FOREIGN * len(words):
        return question
    parts, end = [], 0
    for number, is_written in zip(
        strange, _written([words[number] for number in strange], frequency), strict=True
    ):
        better = None if is_written else _meant(words, number, frequency, marked=has_tone_marks(question))
        if better is not None:
            better = capitalised(better) if words[number][0].isupper() else better
            parts += [question[end : places[number].start()], better]
            end = places[number].end()
    return "".join([*parts, question[end:]])


def _written(words: Sequence[str], frequency: Frequency) -> list[bool]:
    """Whether some article has each word, in whatever marks if it is no syllable in any."""
    typed = frequency([spelled(word) for word in words])
    folded = frequency([FOLDED + fold(word) for word in words])
    return [
        bool(one or (other and not _can_be_marked(word)))
        for word, one, other in zip(words, typed, folded, strict=True)
    ]


def _meant(words: Sequence[str], number: int, frequency: Frequency, *, marked: bool) -> str | None:
    """What a word should be; nothing where that is not plain.

    :param marked: the question has marks, so that the word gets those that it lacks.
    """
    typed = words[number]
    if half := _behind_a_key(typed.lower()):
        return half if has_tone_marks(half[1:]) else _marked(fold(half), frequency, typed=half)
    lower = [word.lower() for word in words]
    if typed.islower() and (plain := _said_once(lower, number) or (marked and _by_keys(lower, number))):
        return plain
    if has_tone_marks(typed) and (moved := _by_table(lower, number, [fold(typed)])):
        return moved
    better = _better([*map(fold, words)], number, frequency, letters=_marked_letters(typed))
    if better is None:
        return _by_table(lower, number, _edited(fold(typed))) if has_tone_marks(typed) else None
    return _marked(better, frequency, typed=typed) if marked else better


def _behind_a_key(word: str) -> str:
    """The syllable with đ that is left of a word without one letter before it, or a second d; empty for none.

    No letter stands before đ, nor d behind it: "dđ" is what an input method leaves of "dd" that was typed too late.

    >>> [_behind_a_key(word) for word in ("dđường", "ddường", "đdi", "kđể", "gđnđ", "ddos")]
    ['đường', 'đường', 'đi', 'để', '', '']
    """
    if found := _KEY_BEFORE.fullmatch(word):
        syllable = f"đ{found[1] or found[2]}"
        return syllable if is_syllable(syllable) else ""
    return ""


def _said_once(words: Sequence[str], number: int) -> str:
    """The syllable that a word is with its last letter once, if it is common beside a neighbour; empty for none.

    >>> _said_once(["là", "aii"], 1), _said_once(["holiday", "inn"], 1)
    ('ai', '')
    """
    word = words[number]
    once = word.rstrip(word[-1]) + word[-1]
    if once == word or not is_syllable(once):
        return ""
    return once if _beside(words, number, once) else ""


def _by_keys(words: Sequence[str], number: int) -> str:
    """The syllable whose Telex keys a word is, two of them exchanged at most, if it is common beside a neighbour.

    >>> _by_keys(["ai", "laf"], 1), _by_keys(["mấy", "giwof"], 1), _by_keys(["chơi", "golf"], 1)
    ('là', 'giờ', '')
    """
    word = words[number]
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    meant = filter(None, map(spelled_by_keys, (word, *swapped)))
    return next((form for form in meant if _beside(words, number, form)), "")


def _by_table(words: Sequence[str], number: int, folded: Iterable[str]) -> str | None:
    """Of folded syllables that a word may be, with its marked letters, the commonest beside the neighbours.

    >>> _by_table(["ở", "phòg", "nào"], 1, ["phong", "hong"]), _by_table(["uư", "tiên"], 0, ["uu"])
    ('phòng', 'ưu')
    """
    forms = sorted({form for syllable in folded for form in marked_spellings(syllable)})
    fitting = filter(_marked_letters(words[number]).issubset, forms)
    best = max(fitting, key=lambda form: _beside(words, number, form), default="")
    return best if best and _beside(words, number, best) >= _COMMON else None


def _beside(words: Sequence[str], number: int, form: str) -> int:
    """How often a form stands beside the neighbours of a word in the table of common pairs."""
    pairs = common_pairs().pairs
    before = (spelled(word) for word in words[max(0, number - 1) : number])
    after = (spelled(word) for word in words[number + 1 : number + 2])
    return sum(pairs[word, form] for word in before) + sum(pairs[form, word] for word in after)


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
    """Whether a word is no syllable, nor one without some of its marks: "đợc" is none whatever marks it gets.

    With a capital amid it or without a vowel a word is an abbreviation or a unit: "dBA", "đtn".
    """
    if len(word) < _SHORTEST - has_tone_marks(word) or not word[1:].islower() or is_syllable(word):
        return False
    if not _VOWELS & {*fold(word)} and word[-1] not in TELEX_TONES:
        return False
    return not any(keeps_marks(word.lower(), form) for form in marked_spellings(fold(word)))


def _can_be_marked(word: str) -> bool:
    return bool(marked_spellings(fold(word)))


def _marked(words: str, frequency: Frequency, *, typed: str) -> str:
    """The oftenest spelling of each folded word, of those with the marks that were typed if there are any."""
    letters = _marked_letters(typed)
    tone = TELEX_TONES.get(typed[-1:], "") if fold(typed[:-1]) == words else ""
    spelled = []
    for word in words.split():
        forms = marked_spellings(word)
        for fits in (letters.issubset, lambda form: tone in normalize("NFD", form)):
            forms = tuple(filter(fits, forms)) or forms
        counts = frequency(forms)
        ranked = zip(counts, (form == typed for form in forms), forms, strict=True)
        spelled.append(max(ranked, key=lambda ranked: ranked)[-1])
    return " ".join(spelled)


def _marked_letters(word: str) -> set[str]:
    return {letter for letter in word.lower() if fold(letter) != letter}


def _better(folded: Sequence[str], number: int, frequency: Frequency, *, letters: set[str]) -> str | None:
    """What the word should be: the form that stands oftenest beside its neighbours, or alone if it is two syllables.

    :param letters: with marks, that it has if any form does.
    """
    word = folded[number]
    before = folded[number - 1] if number else ""
    after = folded[number + 1] if number + 1 < len(folded) else ""
    edited = dict.fromkeys(_edited(word))
    forms = [form for form in edited if any(map(letters.issubset, marked_spellings(form)))] or [*edited]
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
