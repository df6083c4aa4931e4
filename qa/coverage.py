"""How much of what a question asks about a text says, rare words counting more."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from index.terms import folded_syllables
from qa.abbreviations import folded_words
from qa.question_kind import asked_about
from qa.tone_marks import is_common_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from qa.abbreviations import OtherForm

    Rarity = Callable[[Sequence[str]], NDArray[np.float64]]

_WORD = re.compile(r"\w+")
_MOST_NAMES = 20
_NUMBER = re.compile(r"~\d+")


def equal_rarity(terms: Sequence[str]) -> NDArray[np.float64]:
    """The rarity of terms where there is no collection to count in: all the same."""
    return np.ones(len(terms))


class Coverage:
    """What a question asks about, to be looked for in texts; tone marks do not count.

    :param forms: of its abbreviations and names; whoever says one form says the other.
    :param rarity: of terms, in the collection; see :meth:`index.search.Index.rarity`.

    >>> coverage = Coverage("Ai chủ trì hội nghị năm 2023?")
    >>> coverage.share("Đồng chí Khoa chủ trì hội nghị năm 2022."), coverage.missing_numbers("năm 2022")
    (0.8333333333333334, 1)
    """

    def __init__(
        self, question: str, *, forms: Sequence[OtherForm] = (), rarity: Rarity = equal_rarity
    ) -> None:
        self._syllables_of = lru_cache(maxsize=256)(lambda text: frozenset(folded_syllables(text)))
        self._words_of = lru_cache(maxsize=256)(folded_words)
        self._forms = [(folded_syllables(typed), set(folded_syllables(other))) for typed, other in forms]
        asked = list(dict.fromkeys(folded_syllables(asked_about(question))))
        self._weights = dict(zip(asked, rarity(asked).tolist(), strict=True))
        self._names = _names(question)
        self._other_words = [(folded_words(typed), folded_words(other)) for typed, other in forms]

    @property
    def names_something(self) -> bool:
        """Whether the question names something that a text can lack."""
        return bool(self._names)

    def share(self, *texts: str) -> float:
        """The share in [0, 1] of what is asked about, in syllables weighted by their rarity, that the texts say."""
        total = sum(self._weights.values())
        said = self._said(texts)
        return sum(weight for term, weight in self._weights.items() if term in said) / total if total else 0.0

    def missing_numbers(self, *texts: str) -> int:
        """How many numbers of the question, years for instance, none of the texts has."""
        said = self._said(texts)
        return sum(term not in said for term in self._weights if _NUMBER.fullmatch(term))

    def missing_names(self, text: str) -> int:
        """How many pieces of names in the question, two words each or a word of capitals, a text lacks.

        >>> coverage = Coverage("Ai là Giám đốc Sở Nội vụ?")
        >>> coverage.missing_names("Giám đốc Sở Giáo dục họp tại Hà Nội"), coverage.missing_names("Sở Nội vụ, Giám đốc")
        (2, 0)
        >>> Coverage("Sở Công Thương Lam Giang ở đâu?").missing_names("Sở Công Thương tỉnh Lam Giang")
        0
        """
        if not self._names:
            return 0
        said = self._words_of(text)
        said += "".join(typed for typed, other in self._other_words if other in said)
        pairs = {name: any(form in said for form in self._forms_of(name)) for name in self._names}
        begin, end = ({name.split()[at] for name, there in pairs.items() if there} for at in (0, -1))

        def is_seam(name: str) -> bool:
            """Whether it is where two names meet that the text has apart."""
            first, *last = name.split()
            return first in end and len(last) == 1 and last[0] in begin

        return sum(not there and not is_seam(name) for name, there in pairs.items())

    def _forms_of(self, name: str) -> list[str]:
        """The piece of a name, and what it is with the other form of an abbreviation in it."""
        return [name, *(name.replace(typed, other) for typed, other in self._other_words if typed in name)]

    def _said(self, texts: Iterable[str]) -> set[str]:
        said = set[str]().union(*map(self._syllables_of, texts))
        return said.union(*(typed for typed, other in self._forms if other <= said))


def _names(question: str) -> list[str]:
    """Words of capitals; and pairs of words that are both capitalised, or that are one word of two syllables ("Nội vụ")
    which is, the first word of the question apart.
    """
    words = list(_WORD.finditer(question))
    names = []
    for number, word in enumerate(words):
        capitals = word[0].isupper() and len(word[0]) > 1
        if capitals:
            names.append(folded_words(word[0]))
        elif (
            0 < number < len(words) - 1
            and word[0][0].isupper()
            and question[word.end() : words[number + 1].start()] == " "
        ):
            pair = f"{word[0]} {words[number + 1][0]}"
            if words[number + 1][0][0].isupper() or is_common_pair(pair):
                names.append(folded_words(pair))
    return [name for name in dict.fromkeys(names) if asked_about(name) == name.strip()][:_MOST_NAMES]
