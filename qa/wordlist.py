"""Lists of phrases that ship with the package, and where a question has one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_LONGEST = 6  # words of a phrase


def phrases_in(question: str, known: Container[str]) -> Iterator[str]:
    """The phrases of a question that are in a list, as typed; of those that begin at a word the longest.

    :param known: phrases in lower case.

    >>> list(phrases_in("Cuộc họp của Sở bàn gì?", {"cuộc họp", "họp của sở"}))
    ['Cuộc họp']
    """
    words = list(_WORD.finditer(question))
    place = 0
    while place < len(words):
        for last in range(min(len(words), place + _LONGEST), place, -1):
            phrase = question[words[place].start() : words[last - 1].end()]
            if phrase.lower() in known:
                yield phrase
                place = last
                break
        else:
            place += 1
