"""Questions asked side by side, as ``hoidap ask --batch`` does, against one at a time.

    python -m benchmarks.batches                                              # the questions about corpus/
    python -m benchmarks.batches DATA/viqa/dev.jsonl.gz [--questions 200]     # over the paragraphs of a file

Both ways ask the same questions in turns of 40, so that other work meets both; no reply is remembered.  Stops with
an error if any reply differs.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.answers import ASKED, of_corpus
from index.build import build_index
from index.onnx_model import available_cores
from index.search import Index
from qa.assistant import Assistant
from qa.examples import read_examples, write_contexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.answers import Question
    from qa.answer import Reply

TURN = 40
"""Questions that are asked one way before the other way has its turn."""


def of_paragraphs(scratch: Path, data: Path) -> list[Question]:
    """Index the paragraphs of a file in a folder, and return its questions."""
    examples = read_examples(data)
    contexts, _ = write_contexts(examples, scratch)
    build_index([contexts], index=scratch / "index")
    return [(example.question, ()) for example in examples]


def one_at_a_time(assistant: Assistant, questions: Sequence[Question]) -> Iterable[Reply]:
    """The replies, each asked for when the one before is there."""
    return (assistant.ask(question, history=history) for question, history in questions)


def timed(replies: Iterable[Reply]) -> tuple[list[Reply], float]:
    """The replies without their own times, and the seconds that they took together."""
    start = time.perf_counter()
    got = list(replies)
    seconds = time.perf_counter() - start
    return [replace(reply, seconds=0.0) for reply in got], seconds


def main() -> None:
    """Print a table with the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "data", type=Path, nargs="?", help="a .jsonl.gz file of questions with their contexts"
    )
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--scratch", type=Path, help="folder on a disk with room; a temporary one by default")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as folder:
        scratch = Path(folder)
        questions = of_paragraphs(scratch, arguments.data) if arguments.data else of_corpus(scratch, ASKED)
        random.Random(arguments.seed).shuffle(questions)
        questions = questions[: arguments.questions]
        assistant = Assistant(Index.open(scratch / "index"), remembered=0)
        passages = len(assistant.index)
        timed(assistant.ask_all(questions[:8]))  # warms up
        alone, together = 0.0, 0.0
        for start in range(0, len(questions), TURN):
            asked = questions[start : start + TURN]
            singly, seconds = timed(one_at_a_time(assistant, asked))
            alone += seconds
            batch, seconds = timed(assistant.ask_all(asked))
            together += seconds
            if singly != batch:
                raise SystemExit(f"Replies differ among questions {start + 1} to {start + len(asked)}.")
    print(f"{len(questions)} questions, {passages} passages, {available_cores()} cores; all replies equal")
    print("| | questions a second |")
    print("|---|---|")
    print(f"| one at a time | {len(questions) / alone:.1f} |")
    print(f"| in a batch | {len(questions) / together:.1f} |")
    print(f"ratio: {alone / together:.2f}")


if __name__ == "__main__":
    main()
