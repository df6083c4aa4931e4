"""Make the encoder's training rows: two questions and a passage each, batched with their near misses.

A row costs one passage and two questions, because a passage costs as much as eight questions.  A batch is made
of groups of passages that the hybrid ranking confuses, so that the negatives in a batch are hard ones without
any extra passage; a passage that holds the answer of another row's question is never put beside it.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from index.bm25 import BM25
from index.encoder import Encoder
from index.fusion import fuse, ranking
from index.terms import question_terms, term_counts, term_ids
from qa.training.data import Example, distinct_contexts
from qa.training.questions import retype, strip_marks

GROUP = 8
LONGEST = 500
"""Letters of a passage in training, about 115 tokens; half of what the product cuts, for the sake of time."""

SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """Two ways to ask for one passage."""

    question: str
    other: str
    passage: str


def mine_neighbours(
    examples: Sequence[Example], encoder: Encoder, *, depth: int = 30
) -> dict[str, list[str]]:
    """Return for each answerable paragraph those that the hybrid ranking puts near its questions.

    :param examples: all questions, whose paragraphs are the haystack.
    :returns: twenty answerable paragraphs at most, the most confused first, none of which holds an answer
        of the paragraph's questions.
    """
    contexts = distinct_contexts(list(examples))
    bm25 = BM25.from_counts(term_counts(context) for context in contexts)
    passages = encoder.encode_passages(contexts)
    asked = [example for example in examples if example.answers]
    dense = encoder.encode_questions([example.question for example in asked]) @ passages.T
    confused: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    answers: dict[str, set[str]] = defaultdict(set)
    for example, scores in zip(asked, dense, strict=True):
        answers[example.context].update(answer.casefold() for answer in example.answers)
        for place, row in enumerate(_nearest(example.question, scores, bm25, depth=depth)):
            if contexts[row] != example.context:
                confused[example.context][contexts[row]] += 1 / (place + 1)
    kept = {}
    for context, near in confused.items():
        order = sorted(near, key=lambda other: (-near[other], other))
        useful = (other for other in order if other in answers and not holds(other, answers[context]))
        kept[context] = list(islice(useful, 20))
    return kept


def _nearest(question: str, dense: NDArray[np.float32], bm25: BM25, *, depth: int) -> list[int]:
    scores = fuse(bm25.scores(term_ids(question_terms(question))), dense)
    rows: list[int] = ranking(scores, k=depth).tolist()
    return rows


def holds(passage: str, answers: set[str]) -> bool:
    """Tell whether the passage contains any of the answers, which are case-folded."""
    folded = passage.casefold()
    return any(answer in folded for answer in answers)


def make_batches(
    examples: Sequence[Example], neighbours: Mapping[str, list[str]], *, size: int, epochs: int, seed: int
) -> list[list[Row]]:
    """Return the batches of all epochs, each epoch typed, cropped and mixed anew.

    :param size: rows of a batch; a multiple of ``GROUP``.
    """
    random_ = random.Random(seed)
    batches: list[list[Row]] = []
    for _ in range(epochs):
        groups = _group(_pair_up(examples, random_), neighbours, random_)
        groups.sort(key=lambda group: sum(len(row.passage) for row in group))
        together = size // GROUP
        starts = range(0, len(groups) - together + 1, together)
        mixed = [list(chain.from_iterable(groups[start : start + together])) for start in starts]
        random_.shuffle(mixed)
        batches.extend(mixed)
    return batches


def _pair_up(examples: Sequence[Example], random_: random.Random) -> dict[str, list[tuple[Example, Example]]]:
    """Pair the questions of each paragraph; an odd one is paired with itself, typed differently."""
    by_context: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_context[example.context].append(example)
    pairs = {}
    for context, asked in by_context.items():
        random_.shuffle(asked)
        pairs[context] = [(a, b) for a, b in zip(asked[::2], [*asked[1::2], asked[0]], strict=False)]
    return pairs


def _group(
    pairs: dict[str, list[tuple[Example, Example]]],
    neighbours: Mapping[str, list[str]],
    random_: random.Random,
) -> list[list[Row]]:
    """Gather rows of different paragraphs, each group around one paragraph and its neighbours."""
    groups: list[list[Row]] = []
    waiting = {context: list(rows) for context, rows in pairs.items()}
    while len(waiting) >= GROUP:
        contexts = list(waiting)
        seed = random_.choice(contexts)
        near = [context for context in neighbours.get(seed, ()) if context in waiting]
        far = random_.sample(contexts, min(len(contexts), 2 * GROUP))
        chosen = list(dict.fromkeys([seed, *near[: GROUP - 2], *far]))[:GROUP]
        groups.append([_row(*waiting[context].pop(), random_) for context in chosen])
        for context in chosen:
            if not waiting[context]:
                del waiting[context]
    return groups


def _row(first: Example, second: Example, random_: random.Random) -> Row:
    passage = crop(first, second, random_)
    if first.title and random_.random() < 0.5:
        passage = f"{first.title}\n{passage}"
    other = second.question if random_.random() < 0.8 else _fragment(passage, random_)
    return Row(
        question=retype(first.question, random=random_, stripped=0.1),
        other=retype(other, random=random_, stripped=0.4),
        passage=passage if random_.random() < 0.97 else strip_marks(passage),
    )


def _fragment(passage: str, random_: random.Random) -> str:
    """Return some words of one sentence of the passage, as a search for it might have them."""
    words = random_.choice(SENTENCE_END.split(passage)).split()
    start = random_.randrange(max(1, len(words) - 8))
    return " ".join(words[start : start + random_.randint(4, 12)])


def crop(first: Example, second: Example, random_: random.Random) -> str:
    """Cut a long paragraph to a stretch from a sentence's start that holds the answers, or the first one's."""
    context = first.context
    if len(context) <= LONGEST:
        return context
    places = [context.find(example.answers[0]) for example in (first, second)]
    ends = [place + len(example.answers[0]) for place, example in zip(places, (first, second), strict=True)]
    low, high = min(places), max(ends)
    if high - low > LONGEST:
        low, high = places[0], ends[0]
    edges = [0, *(match.end() for match in SENTENCE_END.finditer(context))]
    starts = [edge for edge in edges if high - LONGEST <= edge <= low] or [low]
    start = random_.choice(starts)
    return context[start : start + LONGEST]
