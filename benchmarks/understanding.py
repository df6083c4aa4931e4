"""How long understanding and deciding take beside the two models, as a share of a whole answer.

    python -m benchmarks.understanding tests/data/corpus_questions.jsonl

Every question of the set is asked of an index of ``corpus/``; the encoder's and the reader's time is taken out of that
of the whole answer.  Figures are medians over the questions, each the median of its rounds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.questions import read_questions
from index.build import build_index
from index.search import Index
from qa.assistant import Assistant

if TYPE_CHECKING:
    from collections.abc import Callable


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


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        build_index([Path("corpus")], index=scratch)
        assistant = Assistant(Index.open(scratch), remembered=0)
        models = [
            Stopwatch(assistant.index.encoder, "encode_questions"),
            Stopwatch(assistant.reader, "read"),
        ]
        whole, beside = [], []
        for asked in read_questions(arguments.questions):
            rounds = []
            for _ in range(arguments.rounds):
                for model in models:
                    model.seconds = 0.0
                start = time.perf_counter()
                assistant.ask(asked.question, history=asked.history)
                seconds = time.perf_counter() - start
                rounds.append((seconds, seconds - sum(model.seconds for model in models)))
            whole.append(statistics.median(total for total, _ in rounds))
            beside.append(statistics.median(rest for _, rest in rounds))
    share = statistics.median(rest / total for rest, total in zip(beside, whole, strict=True))
    print("| | median | 95th percentile |")
    print("|---|---|---|")
    for name, times in (("whole answer", whole), ("beside the models", beside)):
        highest = statistics.quantiles(times, n=20)[-1]
        print(f"| {name} | {1000 * statistics.median(times):.1f} ms | {1000 * highest:.1f} ms |")
    print(f"\nbeside the models: {share:.1%} of an answer")


if __name__ == "__main__":
    main()
