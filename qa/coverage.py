"""How much of what a question asks about a text says, rare words counting more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from index.terms import FOLDED, terms
from qa.question import asked_about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Rarity = Callable[[Sequence[str]], NDArray[np.float64]]

_NUMBER = re.compile(r"~\d+")


def equal_rarity(terms: Sequence[str]) -> NDArray[np.float64]:
    """The rarity of terms where there is no collection to count in: all the same."""
    return np.ones(len(terms))


class Coverage:
    """What a question asks about, to be looked for in texts; tone marks do not count.

    :param rarity: of terms, in the collection; see :meth:`index.search.Index.rarity`.

    >>> coverage = Coverage("Ai chủ trì hội nghị năm 2023?")
    >>> coverage.share("Đồng chí Khoa chủ trì hội nghị năm 2022."), coverage.missing_numbers("năm 2022")
    (0.8333333333333334, 1)
    """

    def __init__(self, question: str, *, rarity: Rarity = equal_rarity) -> None:
        asked = list(dict.fromkeys(_syllables(asked_about(question))))
        self._weights = dict(zip(asked, rarity(asked).tolist(), strict=True))

    def share(self, *texts: str) -> float:
        """The share in [0, 1] of what is asked about, in syllables weighted by their rarity, that the texts say."""
        total = sum(self._weights.values())
        said = {term for text in texts for term in _syllables(text)}
        return sum(weight for term, weight in self._weights.items() if term in said) / total if total else 0.0

    def missing_numbers(self, *texts: str) -> int:
        """How many numbers of the question, years for instance, none of the texts has."""
        said = {term for text in texts for term in _syllables(text)}
        return sum(term not in said for term in self._weights if _NUMBER.fullmatch(term))


def _syllables(text: str) -> Iterable[str]:
    return (term for term in terms(text) if term.startswith(FOLDED) and " " not in term)
