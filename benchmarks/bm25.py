"""Milliseconds to score every passage for one question: ours, rank_bm25 and bm25s, side by side in one run.

The three answer the same questions over the same tokens, one question at a time in turn, so that a busy
machine slows all of them alike.  Passages are sentences of the articles in ``corpus/`` put together with a
seed, some of their syllables replaced by new ones made of the same onsets and rhymes; nothing else is read.
Ours is ``index.okapi.BM25Okapi``, the drop-in, and its scores are checked against rank_bm25's on the way.
bm25s (``pip install bm25s``) is left out where it is not installed; its idf has no floor, so its scores are
not compared.

    python -m benchmarks.bm25 [--sizes 1000 10000 100000] [--seed 0]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from statistics import median

import numpy as np
import rank_bm25
from numpy.typing import NDArray

from index.okapi import BM25Okapi
from index.syllable import parse
from index.terms import syllables

CORPUS = Path(__file__).parent.parent / "corpus"
SENTENCES_PER_PASSAGE = 4  # of 27 syllables: a passage of about 107, as in Vietnamese Wikipedia
REPLACED = 0.15  # share of new syllables, which gives the collection a tail of rare terms
QUESTION_SYLLABLES = 12
PASSAGES_ASKED = 1_000_000
"""rank_bm25 takes time in proportion to questions times passages; this keeps each size to some seconds."""

Scorer = Callable[[list[str]], "NDArray[np.floating]"]


@dataclass(frozen=True, slots=True)
class Timing:
    """One row of the table; times in seconds.

    :ivar scores: engine → median time of one question.
    :ivar builds: engine → time to build it from tokens.
    """

    passages: int
    questions: int
    scores: dict[str, float]
    builds: dict[str, float]


def make_passages(
    size: int, *, questions: int, random: np.random.Generator
) -> tuple[list[list[str]], list[list[str]]]:
    """The tokens of ``size`` passages, and of questions cut out of some of them."""
    sentences = [s for path in sorted(CORPUS.glob("*.txt")) for s in syllables(path.read_text("utf-8"))]
    known = list(dict.fromkeys(chain.from_iterable(sentences)))
    parts = [part for part in map(parse, known) if part]
    made = [a.onset + b.rhyme for a in parts for b in parts[:: len(parts) // 40]]
    vocabulary = np.array(known + list(dict.fromkeys(made)), dtype=object)

    number = {syllable: at for at, syllable in enumerate(known)}
    numbered = [np.array([number[syllable] for syllable in sentence]) for sentence in sentences]
    passages = []
    for drawn in random.integers(len(numbered), size=(size, SENTENCES_PER_PASSAGE)):
        passage = np.concatenate([numbered[sentence] for sentence in drawn])
        replaced = random.random(len(passage)) < REPLACED
        passage[replaced] = random.integers(len(vocabulary), size=int(replaced.sum()))
        passages.append(vocabulary[passage].tolist())
    asked = []
    for row in random.integers(size, size=questions):
        start = int(random.integers(max(len(passages[row]) - QUESTION_SYLLABLES, 1)))
        asked.append(passages[row][start : start + QUESTION_SYLLABLES])
    return passages, asked


def measure(size: int, *, random: np.random.Generator) -> Timing:
    """Build every engine on ``size`` passages and ask each the same questions in turn.

    :raises ValueError: our scores differ from rank_bm25's by more than 1e-4, relative.
    """
    questions = min(max(PASSAGES_ASKED // size, 5), 50)
    passages, asked = make_passages(size, questions=questions, random=random)
    engines: dict[str, Scorer] = {}
    builds: dict[str, float] = {}
    for name, build in _builders().items():
        started = time.perf_counter()
        engines[name] = build(passages)
        builds[name] = time.perf_counter() - started

    seconds: dict[str, list[float]] = {name: [] for name in engines}
    names = list(engines)
    for scorer in engines.values():
        scorer(asked[0])  # touches memory that building has left to be mapped
    for turn, question in enumerate(asked):
        scores = {}
        first = turn % len(names)  # rank_bm25 leaves the caches cold for whoever follows it
        for name in names[first:] + names[:first]:
            started = time.perf_counter()
            scores[name] = engines[name](question)
            seconds[name].append(time.perf_counter() - started)
        if not np.allclose(scores["ours"], scores["rank_bm25"], rtol=1e-4, atol=1e-5):
            raise ValueError(f"our scores are not rank_bm25's for {question}")
    medians = {name: median(times) for name, times in seconds.items()}
    return Timing(passages=size, questions=questions, scores=medians, builds=builds)


def _builders() -> dict[str, Callable[[list[list[str]]], Scorer]]:
    builders: dict[str, Callable[[list[list[str]]], Scorer]] = {
        "rank_bm25": lambda passages: rank_bm25.BM25Okapi(passages).get_scores,
        "ours": lambda passages: BM25Okapi(passages).get_scores,
    }
    if find_spec("bm25s"):
        builders["bm25s"] = _build_bm25s
    return builders


def _build_bm25s(passages: list[list[str]]) -> Scorer:
    import bm25s

    engine = bm25s.BM25(method="atire", k1=1.5, b=0.75)
    engine.index(passages, show_progress=False)
    scorer: Scorer = engine.get_scores
    return scorer


def print_table(timings: Sequence[Timing]) -> None:
    """The timings in milliseconds, with what the others take in multiples of ours."""
    engines = list(timings[0].scores)
    others = [engine for engine in engines if engine != "ours"]
    columns = ["passages", "questions", *(f"{engine} ms" for engine in engines)]
    columns += [*(f"{other} / ours" for other in others), *(f"{engine} build s" for engine in engines)]
    print("  ".join(f"{column:>16}" for column in columns))
    for timing in timings:
        ours = timing.scores["ours"]
        cells = [f"{timing.passages:,}", str(timing.questions)]
        cells += [f"{timing.scores[engine] * 1e3:.3f}" for engine in engines]
        cells += [f"{timing.scores[other] / ours:.1f}×" for other in others]
        cells += [f"{timing.builds[engine]:.1f}" for engine in engines]
        print("  ".join(f"{cell:>16}" for cell in cells))


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description="BM25 scoring time: ours, rank_bm25 and bm25s")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    print_table([measure(size, random=random) for size in arguments.sizes])


if __name__ == "__main__":
    main()
