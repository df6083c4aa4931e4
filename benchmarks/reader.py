"""Compare the shipped reader with the same weights in transformers (torch, float32).

    python -m benchmarks.reader

Both read the same passages of about 200 tokens, recombined from the sentences of ``corpus/`` with a seed, eight
for a question as the product does, in alternating rounds of one process; figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import torch
from transformers import AutoModelForQuestionAnswering

from benchmarks.encoder import QUESTIONS, make_passages
from index.article import Article
from index.encoder import load_encoder
from index.hit import Hit
from index.onnx_model import available_cores
from index.passage import sentences_of
from qa.reader import SHIPPED, Reader

PASSAGES = 8


def seconds(call: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Print a table with the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    texts = make_passages(load_encoder(), count=PASSAGES, tokens=180, seed=arguments.seed)
    articles = [Article.from_text(text, id=f"{number}.txt", title="") for number, text in enumerate(texts)]
    hits = [Hit(a, 0, len(a.text), sentences_of(a), 1.0, 1, 1, 1.0) for a in articles]
    reader = Reader.from_folder()
    reference = AutoModelForQuestionAnswering.from_pretrained(SHIPPED).train(False)

    def by_torch(question: str) -> None:
        windows = [window.ids for hit in hits for window in reader.windows(question, hit)]
        length = max(map(len, windows))
        padded = torch.tensor([[*ids, *[1] * (length - len(ids))] for ids in windows])
        with torch.inference_mode():
            reference(input_ids=padded, attention_mask=(padded != 1).long())

    tokens = statistics.mean(
        len(window.ids) for question in QUESTIONS for hit in hits for window in reader.windows(question, hit)
    )
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(arguments.rounds + 1):
        for question in QUESTIONS:
            ours, theirs = (
                seconds(partial(reader.read, [question] * len(hits), hits)),
                seconds(partial(by_torch, question)),
            )
            if turn:  # the first round warms up
                times[0].append(ours)
                times[1].append(theirs)
    onnx, torch_seconds = map(statistics.median, times)
    print(f"{PASSAGES} passages, {tokens:.0f} tokens each with the question, {available_cores()} cores")
    print("| | one question, ms | tokens/s |")
    print("|---|---|---|")
    for name, spent in (
        ("shipped: onnxruntime, int8", onnx),
        ("transformers: torch, float32", torch_seconds),
    ):
        print(f"| {name} | {1000 * spent:.0f} | {PASSAGES * tokens / spent:.0f} |")
    print(f"ratio: {torch_seconds / onnx:.1f}")


if __name__ == "__main__":
    main()
