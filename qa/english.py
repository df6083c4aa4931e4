"""An English question → Vietnamese words for those of it that articles of offices and schools use.

No translation: the encoder and the reader understand some English; this gives BM25 something to find, and the reader
words that stand in the passage.  The list ships with the package.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from index.syllable import is_syllable
from index.terms import fold, has_tone_marks, marked_spellings
from qa.wordlist import phrases_in

WORDS = Path(__file__).with_name("english.txt")
"""English and Vietnamese words, lower case, with a tab between them."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|did|does)\b"
    r"|^\W*(?:do|can|could|will|would|should|has|have|had|may|please|list|name|give|tell|show|find)\b",
    re.IGNORECASE,
)
"""What asks in English; behind the begin of a question "do" and "can" may be Vietnamese."""
_ALIKE = frozenset(
    """
    a am an at be but buy by can day do get go got he him i in it let long lot man may me men met no not on pay put ran
    run sang say set so son song ten than that the them then to top try up via yet
    """.split()  # noqa: SIM905
)
"""Common English words that are spelled like Vietnamese syllables, or like some without their marks."""
_FEWEST, _SHARE = 2, 0.3  # of words that are no Vietnamese syllables, names apart
_MOST = 0.6  # of those together with the words that are spelled alike, where one is no Vietnamese


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
    said = [word for place, word in enumerate(words) if not place or word.islower() or word == "I"]
    said = said if len(said) > 1 else words
    foreign = sum(map(_is_foreign, said))
    alike = sum(word.lower() in _ALIKE for word in said)
    enough = foreign >= max(_FEWEST, _SHARE * len(said)) or 0 < foreign >= _MOST * len(said) - alike
    return _ASKS.search(question) is not None and enough and foreign > sum(map(has_tone_marks, said))


def is_english_word(word: str) -> bool:
    """Whether a word of an English question is English rather than part of a Vietnamese name.

    >>> [is_english_word(word) for word in ("water", "the", "song", "phú")]
    [True, True, True, False]
    """
    return word.lower() in _ALIKE or word.lower() in _words_known() or _is_foreign(word)


@lru_cache(maxsize=1)
def _words_known() -> frozenset[str]:
    """The words of the phrases in the list."""
    return frozenset(word for phrase in english_words() for word in phrase.split())


def _is_foreign(word: str) -> bool:
    """Whether a word is no Vietnamese syllable, nor one that lacks its marks."""
    return not is_syllable(word.lower()) and not marked_spellings(fold(word))


def vietnamese_for(question: str) -> tuple[tuple[str, str], ...]:
    """Phrases of an English question and the Vietnamese for them, the longest first that begin at a word.

    >>> vietnamese_for("How many party members attended the conference?")
    (('party members', 'đảng viên'), ('attended', 'tham dự'), ('conference', 'hội nghị'))
    """
    known = english_words()
    return tuple((phrase, known[phrase.lower()]) for phrase in phrases_in(question, known))
