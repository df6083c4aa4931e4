"""Where the time of an answer goes: to the encoder, the reader, and everything beside these two models.

    python -m benchmarks.answers [tests/data/corpus_questions.jsonl]           # of an index of corpus/
    python -m benchmarks.answers --passages 100000 --data FOLDER [--scratch DISK]

The second asks 200 real questions of a made collection of that size; see :mod:`benchmarks.made_collection`.  By the
clock; no reply is remembered.  Figures are medians over the questions, each the median of its rounds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.made_collection import CORPUS, Maker, Sources
from benchmarks.questions import read_questions
from index.build import build_index
from index.encoder import load_encoder
from index.search import Index
from qa.assistant import Assistant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ASKED = CORPUS.parent / "tests" / "data" / "corpus_questions.jsonl"
QUESTIONS = 200
WARM = 20  # questions that are asked before

Question = tuple[str, tuple[str, ...]]


class Stopwatch:
    """Counts the seconds that a method takes.

    :ivar seconds: since it was last set to 0.
    """

    def __init__(self, owner: object, method: str) -> None:
        self.seconds = 0.0
        self._call: Callable[..., Any] = getattr(owner, method)
        setattr(owner, method, self._timed)

    def _timed(self, *arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        result = self._call(*arguments, **named)
        self.seconds += time.perf_counter() - start
        return result


def of_corpus(scratch: Path, questions: Path) -> list[Question]:
    """Index ``corpus/`` in a folder, and return the questions of a file."""
    build_index([CORPUS], index=scratch / "index")
    return [(asked.question, tuple(asked.history)) for asked in read_questions(questions)]


def of_made(scratch: Path, *, passages: int, data: Path | None) -> list[Question]:
    """Make a collection and its index in a folder, and return real questions."""
    random = np.random.default_rng(0)
    sources = Sources.read(data)
    Maker(sources, load_encoder()).make(scratch, size=passages, random=random)
    build_index([scratch / "articles"], index=scratch / "index")
    return [(question, ()) for question in sources.asked(QUESTIONS, random=random)]


def measure(assistant: Assistant, questions: Sequence[Question], *, rounds: int) -> dict[str, list[float]]:
    """Ask, and return the seconds of each question, by what they were spent on."""
    watches = {
        "the encoder": Stopwatch(assistant.index.encoder, "encode_questions"),
        "the reader": Stopwatch(assistant.reader, "read"),
    }
    spent: dict[str, list[float]] = {name: [] for name in ("a whole answer", *watches, "beside the models")}
    for question, history in [*questions[:WARM], *questions]:
        counted: dict[str, list[float]] = {name: [] for name in spent}
        for _ in range(rounds):
            for watch in watches.values():
                watch.seconds = 0.0
            start = time.perf_counter()
            assistant.ask(question, history=history)
            whole = time.perf_counter() - start
            counted["a whole answer"].append(whole)
            counted["beside the models"].append(whole - sum(watch.seconds for watch in watches.values()))
            for name, watch in watches.items():
                counted[name].append(watch.seconds)
        for name, seconds in counted.items():
            spent[name].append(statistics.median(seconds))
    return {name: seconds[WARM:] for name, seconds in spent.items()}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, nargs="?", default=ASKED)
    parser.add_argument("--passages", type=int, help="of a made collection instead of corpus/")
    parser.add_argument("--data", type=Path, help="folder of .jsonl.gz files with contexts and questions")
    parser.add_argument("--scratch", type=Path, help="folder on a disk with room; a temporary one by default")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as folder:
        scratch = Path(folder)
        questions = (
            of_made(scratch, passages=arguments.passages, data=arguments.data)
            if arguments.passages
            else of_corpus(scratch, arguments.questions)
        )
        assistant = Assistant(Index.open(scratch / "index"), remembered=0)
        spent = measure(assistant, questions, rounds=arguments.rounds)
    whole = spent["a whole answer"]
    print(f"| {len(whole)} questions | median | 95th percentile | share of an answer |")
    print("|---|---|---|---|")
    for name, seconds in spent.items():
        share = statistics.median(part / all_of_it for part, all_of_it in zip(seconds, whole, strict=True))
        highest = statistics.quantiles(seconds, n=20)[-1]
        print(
            f"| {name} | {1e3 * statistics.median(seconds):.1f} ms | {1e3 * highest:.1f} ms | {share:.0%} |"
        )


if __name__ == "__main__":
    main()
