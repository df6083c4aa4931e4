"""Stand-ins for what is slow: an encoder and a reader that need no weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.terms import FOLDED, term_ids, terms
from qa.coverage import Coverage
from qa.reader import Candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from index.hit import Hit


class BagEncoder:
    """Unit vectors of hashed folded syllables: texts that share syllables are near each other.

    :ivar encoded: how many passages were ever encoded, for tests that count work.
    """

    max_tokens = 512

    def __init__(self, *, identity: str = "bag-1", dimension: int = 64) -> None:
        self.identity = identity
        self.dimension = dimension
        self.encoded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts]) if texts else self._none()

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded += len(texts)
        if progress:
            progress(len(texts))
        return self.encode_questions(texts)

    def _none(self) -> NDArray[np.float32]:
        return np.zeros((0, self.dimension), np.float32)

    def _vector(self, text: str) -> NDArray[np.float32]:
        single = [term for term in terms(text) if term.startswith(FOLDED) and " " not in term]
        buckets = (term_ids(single) % np.uint64(self.dimension)).astype(np.int64)
        vector = np.bincount(buckets, minlength=self.dimension).astype(np.float32)
        vector[0] += 0.01  # a text without syllables still has a direction
        return vector / np.linalg.norm(vector)


class SentenceReader:
    """Candidates are whole sentences; the margin is the share of what is asked that they say, less one half."""

    def read(self, questions: Sequence[str], hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        found = {}
        for question, hit in zip(questions, hits, strict=True):
            coverage = Coverage(question)
            for sentence in hit.sentences:
                share = coverage.share(sentence.of(hit.article.text))
                found[hit.article.id, sentence] = Candidate(hit, sentence, sentence, 20 * share - 10, share)
        return tuple(sorted(found.values(), key=lambda one: (-one.margin, one.article.id, one.span)))
