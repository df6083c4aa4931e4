"""A question → the words that the articles have for what it says in other words.

"Cuộc họp" is asked about, "hội nghị" is written: articles of offices have one word for a thing, people who ask have
several.  The list ships with the package.  A line of it has phrases that may stand for each other (``a = b = c``), or
one and what may stand for it, but not the other way round (``a > b > c``).
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from index.terms import FOLDED, fold
from qa.wordlist import phrases_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Frequency = Callable[[Sequence[str]], NDArray[np.int64]]

WORDS = Path(__file__).with_name("synonyms.txt")
"""Groups of phrases in lower case, each of two Vietnamese syllables at least, as shorter words mean too many things,
or a word of another language."""
_MOST = 3  # other words for one phrase


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """The list: phrases and what may stand for each."""
    known: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if " > " in line:
            phrase, *others = line.split(" > ")
            known[phrase] |= dict.fromkeys(others)
        else:
            group = line.split(" = ")
            for phrase in group:
                known[phrase] |= dict.fromkeys(other for other in group if other != phrase)
    return {phrase: tuple(others) for phrase, others in known.items()}


def synonyms_for(question: str, *, frequency: Frequency) -> tuple[tuple[str, str], ...]:
    """Phrases of a question, as typed, and words for the same that more passages have, the commonest first.

    :param frequency: terms → how many passages of the index hold each.

    >>> counts = {"~cuoc hop": 1, "~hoi nghi": 9}
    >>> synonyms_for("Cuộc họp bàn gì?", frequency=lambda terms: [counts.get(term, 0) for term in terms])
    (('Cuộc họp', 'hội nghị'),)
    """
    found = []
    for phrase in phrases_in(question, synonyms()):
        if phrase[0].isupper() and not question.startswith(phrase):
            continue  # part of a name: "Ban Tổ chức"
        own = held(phrase, frequency=frequency)
        others = [(held(other, frequency=frequency), other) for other in synonyms()[phrase.lower()]]
        better = sorted((other for other in others if other[0] > own), key=lambda other: -other[0])
        found += [(phrase, other) for _, other in better[:_MOST]]
    return tuple(found)


def held(phrase: str, *, frequency: Frequency) -> int:
    """How many passages hold all neighbouring words of a phrase, at most; 0 for a single word."""
    pairs = [f"{FOLDED}{one} {other}" for one, other in pairwise(fold(phrase).split())]
    return int(min(frequency(pairs), default=0))
