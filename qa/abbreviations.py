"""A question → the other forms of its abbreviations, of its names that are written shorter, and of its words.

What the articles say comes first, then a list that ships with the package, then the initials of bodies that the
articles name.  An abbreviation with several meanings is left alone, and a note says which.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.short_forms import SHORT
from index.syllable import is_syllable
from index.terms import fold, has_tone_marks
from qa.answer import Note
from qa.english import is_english, vietnamese_for
from qa.message import Message
from qa.phrase import DEPARTMENTS, capitalised
from qa.question_kind import OFFICES
from qa.synonyms import held, synonyms_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    import numpy as np
    from numpy.typing import NDArray

    from index.short_forms import ShortForm

    class Known(Protocol):
        """What is asked of an index; see :class:`index.search.Index`."""

        def short_forms(
            self, *, shorts: Sequence[str] = (), longs: Sequence[str] = ()
        ) -> tuple[ShortForm, ...]:
            """The abbreviations that the articles have."""

        def frequency(self, terms: Sequence[str]) -> NDArray[np.int64]:
            """How many passages hold each term."""


COMMON = Path(__file__).with_name("abbreviations.txt")
"""Abbreviations of the administration and of schools, with a tab between short and long form."""

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?")
_LONGEST = 9  # words of a name that may be written shorter
_SHORTEST = 3  # letters of a common abbreviation that is looked for as well; shorter ones mean many things
_HEAD = re.compile(fold(DEPARTMENTS))
_OFFICE = re.compile(rf"(?:{OFFICES})\b", re.IGNORECASE)
_SHOWN = 3  # meanings in a note


@lru_cache(maxsize=1)
def common_abbreviations() -> tuple[tuple[str, str], ...]:
    """Short and long forms that ship with the package."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return tuple((short, long) for short, long in (line.split("\t") for line in lines))


class OtherForm(NamedTuple):
    """Words of a question and another way to write them: a short form and a long one, or the other way round.

    :ivar typed: as the question has them.
    """

    typed: str
    other: str


def other_forms(question: str, index: Known) -> tuple[tuple[OtherForm, ...], tuple[Note, ...]]:
    """The other forms of the abbreviations in a question and of its names, and notes that say so.

    :param index: see :meth:`index.search.Index.short_forms` and :meth:`index.search.Index.frequency`.
    """
    if is_english(question):
        words_for = tuple(OtherForm(*pair) for pair in vietnamese_for(question))
        told = ", ".join(f"“{form.other}”" for form in words_for)
        return words_for, (Note("expanded", Message("Tìm cả: {}", (told,))),) if words_for else ()
    words = [word for word in _WORD.finditer(question) if not _in_code(question, word)]
    longer, notes = _spelled_out(question, index)
    shorter = _shortened(question, words, index)
    if shorter:
        listed = ", ".join(form.other for form in shorter)
        notes.append(Note("expanded", Message("Tìm cả dạng viết tắt: {}", (listed,))))
    same = (OtherForm(*pair) for pair in synonyms_for(question, frequency=index.frequency))
    return (*longer, *shorter, *same), tuple(notes)


def with_both(question: str, forms: Iterable[OtherForm]) -> str:
    """The question with each other form in brackets, for searching.

    >>> with_both("Sở GDĐT ở đâu?", [OtherForm("GDĐT", "Giáo dục và Đào tạo")])
    'Sở GDĐT (Giáo dục và Đào tạo) ở đâu?'
    """
    for typed, other in forms:
        question = _replaced(question, typed, f"{typed} ({other})")
    return question


def in_words_of(text: str, question: str, forms: Sequence[OtherForm]) -> str:
    """The question with the forms that a text has, for reading it.

    >>> forms = [OtherForm("GDĐT", "Giáo dục và Đào tạo")]
    >>> in_words_of("Sở Giáo dục và Đào tạo họp.", "Sở GDĐT ở đâu?", forms)
    'Sở Giáo dục và Đào tạo ở đâu?'
    >>> in_words_of("Sở GDĐT họp.", "Sở GDĐT ở đâu?", forms)
    'Sở GDĐT ở đâu?'
    """
    for typed, other in forms:
        if not _holds(text, typed) and _holds(text, other):
            question = _replaced(question, typed, other)
    return question


def with_offices(question: str, forms: Iterable[OtherForm]) -> str:
    """The question with its abbreviated offices spelled out: who holds one is asked for by its name alone.

    >>> with_offices("PGĐ Sở GDĐT?", [OtherForm("PGĐ", "Phó Giám đốc"), OtherForm("GDĐT", "Giáo dục và Đào tạo")])
    'Phó Giám đốc Sở GDĐT?'
    >>> with_offices("PGS Sơn nói gì?", [OtherForm("PGS", "phó giáo sư")])
    'PGS Sơn nói gì?'
    """
    spelled = question
    for typed, other in forms:
        if may_be_short(typed) and _OFFICE.match(other):
            spelled = _replaced(spelled, typed, other)
    return spelled if spelled == question else capitalised(spelled)


def _replaced(question: str, typed: str, by: str) -> str:
    """The question with other words for the first of what was typed, which is no part of a longer word."""
    return re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _: by, question, count=1)


def _holds(text: str, form: str) -> bool:
    """Whether a text has a form; an abbreviation only where it is written as one: "dự" is not ĐU."""
    if may_be_short(form):
        return fold(form) in _shorts(text)
    return folded_words(form) in folded_words(text)


@lru_cache(maxsize=32)
def _shorts(text: str) -> frozenset[str]:
    """The words of a text that may be abbreviations, folded."""
    return frozenset(fold(word) for word in _WORD.findall(text) if may_be_short(word))


@lru_cache(maxsize=32)
def folded_words(text: str) -> str:
    """The folded words with a blank around each, to look for words in.

    >>> folded_words("Sở GD&ĐT, Hà Nội")
    ' so gd&dt ha noi '
    """
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _in_code(question: str, word: re.Match[str]) -> bool:
    """Whether a word is part of a number of a document: ``05-CT/TW``."""
    around = question[max(0, word.start() - 1) : word.start()] + question[word.end() : word.end() + 1]
    return "/" in around or "-" in around


def known_meanings(question: str, index: Known) -> dict[str, list[str]]:
    """What each word of a question that may be an abbreviation is known to mean, under the word as it is typed."""
    words = [word for word in _WORD.finditer(question) if not _in_code(question, word)]
    candidates = {fold(word[0]): word[0] for word in words if may_be_short(word[0])}
    if not candidates:
        return {}
    heads = {fold(word[0]): fold(head[0]) for head, word in pairwise(words) if _HEAD.fullmatch(fold(head[0]))}
    with_head = [heads[short][0] + short for short in candidates if short in heads]
    known = index.short_forms(shorts=[*candidates, *with_head])
    marked = has_tone_marks(question)
    found = {}
    for short, typed in candidates.items():
        meanings = _behind_head(heads.get(short), short, known) or _meanings(typed, known, marked=marked)
        if len(meanings) > 1:
            # of several meanings the one that the articles have, if it is the only one
            said = [meaning for meaning in meanings if held(meaning, frequency=index.frequency)]
            meanings = said if len(said) == 1 else meanings
        found[typed] = meanings
    return found


def _spelled_out(question: str, index: Known) -> tuple[list[OtherForm], list[Note]]:
    """The long forms of abbreviations, and what to say about them."""
    forms, notes = [], []
    for typed, meanings in known_meanings(question, index).items():
        if len(meanings) > 1:
            listed = "; ".join(meanings[:_SHOWN])
            notes.append(
                Note(
                    "ambiguous",
                    Message("“{}” có thể là: {}. Hãy viết đầy đủ để tìm chính xác hơn.", (typed, listed)),
                )
            )
        elif meanings and folded_words(meanings[0]) not in folded_words(question):
            forms.append(OtherForm(typed, meanings[0]))
            notes.append(Note("expanded", Message("Đã hiểu “{}” là “{}”", (typed, meanings[0]))))
    return forms, notes


def _behind_head(head: str | None, short: str, known: Iterable[ShortForm]) -> list[str]:
    """The rest of the bodies whose names begin with a word and have its initial and the abbreviation for initials.

    "Sở CT" is the Sở Công Thương of the articles, whatever else CT may stand for.
    """
    if head is None:
        return []
    named = [form.long for form in known if fold(form.short) == head[0] + short]
    rests = [long.split(maxsplit=1)[-1] for long in named if fold(long).startswith(f"{head} ")]
    return list({fold(rest): rest for rest in rests}.values())


def may_be_short(word: str) -> bool:
    """Whether a word can be an abbreviation: in capitals, or no syllable of Vietnamese."""
    return (
        bool(SHORT.fullmatch(word))
        or "&" in word
        or (len(word) > 1 and word.isalpha() and not is_syllable(word))
    )


def _meanings(typed: str, known: Iterable[ShortForm], *, marked: bool) -> list[str]:
    """The long forms of an abbreviation, from the best source that has any; each once.

    :param marked: typed by somebody who types tone marks, and so tells Đ from D.
    """
    forms = [form for form in known if fold(form.short) == fold(typed)]
    sources = (
        [(form.short, form.long) for form in forms if form.defined],
        [(short, long) for short, long in common_abbreviations() if fold(short) == fold(typed)],
        [(form.short, form.long) for form in forms if not form.defined],
    )
    for found in sources:
        as_typed = [(short, long) for short, long in found if short.lower() == typed.lower()]
        longs = [long for _, long in (as_typed if marked and as_typed else found)]
        if longs:
            return list({fold(long): long for long in reversed(longs)}.values())[::-1]
    return []


def _shortened(question: str, words: Sequence[re.Match[str]], index: Known) -> list[OtherForm]:
    """The short forms of names in the question that the articles also write shorter; of nested names the longest."""
    stretches: dict[str, tuple[int, int]] = {}
    for first, word in enumerate(words):
        for last in range(first + 1, min(len(words), first + _LONGEST)):
            place = word.start(), words[last].end()
            stretches.setdefault(" ".join(fold(question[slice(*place)]).split()), place)
    if not stretches:
        return []
    known = [(form.short, fold(form.long)) for form in index.short_forms(longs=list(stretches))]
    known += [
        (short, fold(long))
        for short, long in common_abbreviations()
        if len(short) >= _SHORTEST and fold(long) in stretches
    ]
    said = folded_words(question)
    found: dict[tuple[int, int], str] = {}
    for short, long in known:
        if long in stretches and folded_words(short) not in said:
            found.setdefault(stretches[long], short)
    written = index.frequency([short.lower() for short in found.values()])
    used = {place: short for (place, short), count in zip(found.items(), written, strict=True) if count}
    outer = [
        (start, end)
        for start, end in used
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in used)
    ]
    return [OtherForm(question[start:end], used[start, end]) for start, end in outer]
