"""Start and end logits → the best spans of a window, and how they compare with no answer; numpy only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 96
"""Tokens of an answer; the longest gold answers of the training data are about as long."""
NO_ANSWER = 0
"""Place of the token whose logits stand for no answer."""


class TokenSpan(NamedTuple):
    """A run of tokens that may answer.

    :ivar first: place of its first token in the window.
    :ivar last: place of its last token, which belongs to it.
    :ivar margin: start and end logit less those of no answer; positive where answering is likelier.
    :ivar probability: of this span among all spans of the window and no answer, in [0, 1].
    """

    first: int
    last: int
    margin: float
    probability: float


def best_spans(
    logits: NDArray[np.float32], sentences: NDArray[np.int64], *, n: int, longest: int = LONGEST
) -> tuple[TokenSpan, ...]:
    """The best spans that share no token, best first.

    A span's score is the sum of its start and its end logit (Devlin and others, BERT, 2019, section 4.3), that of
    no answer is the same sum at :data:`NO_ANSWER`; probabilities are the softmax over the scores of all spans and
    no answer.

    :param logits: start and end, shape (tokens, 2).
    :param sentences: which sentence each token belongs to, shape (tokens,); negative where no answer may lie. A span
        lies in one sentence.
    :param n: how many at most.

    >>> logits = np.array([[1, 1], [0, 0], [4, 0], [0, 3], [2, 2]], np.float32)
    >>> [span[:3] for span in best_spans(logits, np.array([-1, -1, 0, 0, 1]), n=2)]
    [(2, 3, 5.0), (4, 4, 2.0)]
    """
    places = np.flatnonzero(sentences >= 0)
    if not len(places):
        return ()
    start, end = logits[places, 0].astype(np.float64), logits[places, 1].astype(np.float64)
    sentence = sentences[places]
    distance = places[None, :] - places[:, None]
    possible = (distance >= 0) & (distance < longest) & (sentence[:, None] == sentence[None, :])
    first, last = np.nonzero(possible)
    scores = start[first] + end[last]
    nothing = float(logits[NO_ANSWER, 0]) + float(logits[NO_ANSWER, 1])
    highest = max(float(scores.max()), nothing)
    total = float(np.exp(scores - highest).sum() + np.exp(nothing - highest))

    chosen: list[TokenSpan] = []
    free = np.ones(len(scores), bool)
    while len(chosen) < n and free.any():
        best = int(np.argmax(np.where(free, scores, -np.inf)))
        span = (int(first[best]), int(last[best]))
        score = float(scores[best])
        chosen.append(
            TokenSpan(
                int(places[span[0]]),
                int(places[span[1]]),
                score - nothing,
                float(np.exp(score - highest)) / total,
            )
        )
        free &= (last < span[0]) | (first > span[1])
    return tuple(chosen)
