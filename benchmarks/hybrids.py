"""Hybrid retrieval beside another library's: Haystack over the same passages, vectors and questions, in one run.

    python -m benchmarks.hybrids DEV.jsonl.gz [--distractors TRAIN.jsonl.gz] [--questions 300]

Haystack is installed into an environment of its own, which needs a package registry.  It joins its BM25 and its search
by vectors as its documentation shows: reciprocal rank fusion, the best hundred of each.  Our passages are its
documents, the vectors of our encoder theirs, so that what differs is terms, BM25, fusion and speed.  Its time is in
neither.  Recall is that of the paragraph that a question was asked about.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.build import build_index
from index.encoder import load_encoder
from index.passage import cut_passages, search_text
from index.search import Index
from qa.examples import read_examples, write_contexts

if TYPE_CHECKING:
    from collections.abc import Sequence

PEER = Path(__file__).parent / "peers" / "haystack_hybrid.py"
NEEDS = ["haystack-ai>=2.10,<4", "numpy"]
DEPTH = 10
"""Passages that are found; recall is counted at 1 and here."""


class Remembered:
    """An encoder that makes the vector of a question once."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_questions(self, texts: Sequence[str]) -> Any:
        """The vectors of questions, shape (n, dimension)."""
        for text in texts:
            if text not in self._vectors:
                self._vectors[text] = self._encoder.encode_questions([text])[0]
        return np.stack([self._vectors[text] for text in texts])


def ours(index: Index, questions: Sequence[str]) -> tuple[list[list[str]], list[float]]:
    """The articles found for each question, best first, and the seconds that it took."""
    found, seconds = [], []
    for question in questions:
        index.search(question, k=DEPTH)  # its vector is remembered
        start = time.perf_counter()
        hits = index.search(question, k=DEPTH)
        seconds.append(time.perf_counter() - start)
        found.append([hit.article.id for hit in hits])
    return found, seconds


def theirs(index: Index, questions: Sequence[str], scratch: Path) -> tuple[list[list[str]], list[float]]:
    """The same by Haystack, in a process and an environment of its own."""
    environment = scratch / "environment"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDS], check=True)
    articles = [article for one in index.articles() if (article := index.article(one.id))]
    passages = [
        (article.id, search_text(article, passage))
        for article in articles
        for passage in cut_passages(article, count_tokens=index.encoder.count_tokens)
    ]
    asked = {"passages": passages, "questions": list(questions), "depth": DEPTH}
    (scratch / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    np.save(scratch / "passages.npy", index.encoder.encode_passages([text for _, text in passages]))
    np.save(scratch / "questions.npy", index.encoder.encode_questions(questions))
    subprocess.run([python, PEER, scratch], check=True)
    answer = json.loads((scratch / "found.json").read_text(encoding="utf-8"))
    return answer["found"], answer["seconds"]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="questions with their paragraphs")
    parser.add_argument("--distractors", type=Path, help="more paragraphs, of the same form")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    examples = [example for example in read_examples(arguments.data) if example.answers]
    others = read_examples(arguments.distractors) if arguments.distractors else ()
    asked = random.Random(arguments.seed).sample(examples, min(arguments.questions, len(examples)))
    questions = [example.question for example in asked]
    with tempfile.TemporaryDirectory() as folder:
        path, ids = write_contexts([*examples, *others], Path(folder))
        build_index([path], index=Path(folder) / "index")
        encoder = Remembered(load_encoder())
        index = Index.open(Path(folder) / "index", load=lambda _: encoder)
        wanted = [ids[example.context] for example in asked]
        sides = {
            "hoidap": ours(index, questions),
            "Haystack, in memory": theirs(index, questions, Path(folder)),
        }
    base = statistics.median(sides["hoidap"][1])
    print(
        f"| {len(ids)} paragraphs, {len(asked)} questions | recall@1 | recall@{DEPTH} | time of a question |"
    )
    print("|---|---|---|---|")
    for name, (found, seconds) in sides.items():
        recalls = [
            statistics.mean(article in hits[:k] for article, hits in zip(wanted, found, strict=True))
            for k in (1, DEPTH)
        ]
        print(f"| {name} | {recalls[0]:.3f} | {recalls[1]:.3f} | {statistics.median(seconds) / base:.2f} × |")


if __name__ == "__main__":
    main()
