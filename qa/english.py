"""An English question → Vietnamese words for those of it that articles of offices and schools use.

No translation: the encoder and the reader understand some English; this gives BM25 something to find, and the reader
words that stand in the passage.  The list ships with the package.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from index.syllable import is_syllable
from qa.wordlist import phrases_in

WORDS = Path(__file__).with_name("english.txt")
"""English and Vietnamese words, lower case, with a tab between them."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|did|does|do|list|name)\b",
    re.IGNORECASE,
)
_FEWEST, _SHARE = 2, 0.3  # of words that are no Vietnamese syllables


@lru_cache(maxsize=1)
def english_words() -> dict[str, str]:
    """The list."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def is_english(question: str) -> bool:
    """Whether a question is asked in English; names in it may be Vietnamese.

    >>> is_english("Who chaired the conference of Trường Chính trị?"), is_english("Ai chủ trì hội nghị?")
    (True, False)
    """
    words = _WORD.findall(question)
    foreign = sum(not is_syllable(word.lower()) for word in words)
    return _ASKS.search(question) is not None and foreign >= _FEWEST and foreign >= _SHARE * len(words)


def vietnamese_for(question: str) -> tuple[tuple[str, str], ...]:
    """Phrases of an English question and the Vietnamese for them, the longest first that begin at a word.

    >>> vietnamese_for("How many party members attended the conference?")
    (('party members', 'đảng viên'), ('attended', 'tham dự'), ('conference', 'hội nghị'))
    """
    known = english_words()
    return tuple((phrase, known[phrase.lower()]) for phrase in phrases_in(question, known))
