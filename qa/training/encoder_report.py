"""Retrieval figures of an encoder on the development data, beside BM25: the table of the model card.

    python -m qa.training.encoder_report --data DATA [--model FOLDER ...] [--reference FOLDER]

The haystack is every distinct paragraph of both files, and a question counts as answered at k when its own
paragraph is among the first k.  English is checked with the MLQA pairs that training leaves out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bm25 import BM25
from index.encoder import SHIPPED, Encoder, OnnxEncoder, load_encoder
from index.fusion import fuse
from index.terms import question_terms, term_counts, term_ids
from qa.training.data import Example, distinct_contexts, read_examples, split_pairs
from qa.training.questions import strip_marks

DEPTHS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions, and for each the row of its paragraph in the haystack."""

    name: str
    texts: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Haystack:
    """Paragraphs to search, with their BM25 postings."""

    passages: tuple[str, ...]
    bm25: BM25

    @classmethod
    def from_passages(cls, passages: Sequence[str]) -> Haystack:
        """Index the paragraphs for BM25."""
        return cls(tuple(passages), BM25.from_counts(term_counts(passage) for passage in passages))


def development_questions(dev: Sequence[Example], haystack: Haystack) -> Iterator[Questions]:
    """Yield the answerable questions of each source, and those of UIT-ViQuAD without tone marks too."""
    answerable = [example for example in dev if example.answers]
    wikipedia = [example for example in answerable if example.source.startswith("UIT-ViQuAD")]
    yield _asked("UIT-ViQuAD", wikipedia, haystack)
    yield _asked("UIT-ViQuAD, no tone marks", wikipedia, haystack, strip=True)
    for source in dict.fromkeys(example.source for example in answerable):
        if not source.startswith("UIT-ViQuAD"):
            yield _asked(source, [example for example in answerable if example.source == source], haystack)
    yield _asked("all", answerable, haystack)
    yield _asked("all, no tone marks", answerable, haystack, strip=True)


def _asked(name: str, examples: Sequence[Example], haystack: Haystack, *, strip: bool = False) -> Questions:
    rows = {passage: row for row, passage in enumerate(haystack.passages)}
    texts = tuple(strip_marks(e.question) if strip else e.question for e in examples)
    return Questions(name, texts, tuple(rows[e.context] for e in examples))


def ranks(scores: NDArray[Any], rows: Sequence[int]) -> NDArray[np.int64]:
    """Return the rank, from 1, of each question's own passage; equal scores rank by row.

    :param scores: (questions, passages).
    """
    own = scores[np.arange(len(rows)), rows][:, None]
    earlier = np.arange(scores.shape[1])[None, :] < np.asarray(rows)[:, None]
    found: NDArray[np.int64] = 1 + ((scores > own) | ((scores == own) & earlier)).sum(axis=1)
    return found


def recalls(found: NDArray[np.int64]) -> str:
    """Format recall at 1, 3 and 10."""
    return " / ".join(f"{np.mean(found <= depth):.3f}" for depth in DEPTHS)


def report(encoder: Encoder, haystack: Haystack, passages: NDArray[np.float32], asked: Questions) -> str:
    """Return a table row: recall@1 / @3 / @10 of BM25, of the encoder, and of both."""
    dense = encoder.encode_questions(asked.texts) @ passages.T
    sparse = np.stack([haystack.bm25.scores(term_ids(question_terms(text))) for text in asked.texts])
    both = np.stack([fuse(a, b) for a, b in zip(sparse, dense, strict=True)])
    cells = (recalls(ranks(scores, asked.rows)) for scores in (sparse, dense, both))
    return f"| {asked.name} ({len(asked.texts)}) | {' | '.join(cells)} |"


def english_report(encoder: Encoder, pairs: Sequence[Example]) -> Iterator[str]:
    """Yield table rows for English questions over the English and the Vietnamese paragraphs of MLQA, dense only."""
    for source in ("MLQA en", "MLQA en question, vi context"):
        examples = [example for example in pairs if example.source == source]
        contexts = distinct_contexts(examples)
        passages = encoder.encode_passages(contexts)
        scores = encoder.encode_questions([e.question for e in examples]) @ passages.T
        found = ranks(scores, [contexts.index(e.context) for e in examples])
        yield f"| {source} ({len(examples)} over {len(contexts)}) | | {recalls(found)} | |"


def agreement(encoder: Encoder, reference: Encoder, passages: Sequence[str]) -> str:
    """Compare two encoders' vectors of the same passages, as one line."""
    cosines = (encoder.encode_passages(passages) * reference.encode_passages(passages)).sum(axis=1)
    low = cosines.min()
    return f"cosine with {reference.identity} on {len(passages)} passages: mean {cosines.mean():.5f}, minimum {low:.5f}"


def load_folder(folder: Path) -> Encoder:
    """Load an exported folder with onnxruntime, any other with sentence-transformers."""
    exported = (folder / "model.onnx").exists()
    return OnnxEncoder.from_folder(folder) if exported else load_encoder(str(folder))


def main() -> None:
    """Print one table for each encoder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the question data")
    parser.add_argument(
        "--model", type=Path, nargs="*", default=[SHIPPED], help="exported or float32 folders"
    )
    parser.add_argument(
        "--reference", type=Path, help="the float32 folder that the (one) model was exported from"
    )
    arguments = parser.parse_args()
    train = list(read_examples(arguments.data / "viqa" / "train.jsonl.gz"))
    dev = list(read_examples(arguments.data / "viqa" / "dev.jsonl.gz"))
    _, english = split_pairs(read_examples(arguments.data / "multiqa" / "train.jsonl.gz"))
    haystack = Haystack.from_passages(distinct_contexts(train + dev))
    for folder in arguments.model:
        encoder = (
            OnnxEncoder.from_folder(folder) if (folder / "model.onnx").exists() else load_encoder(str(folder))
        )
        passages = encoder.encode_passages(haystack.passages)
        print(f"\n{encoder.identity}, {len(haystack.passages)} passages, recall@1 / @3 / @10\n")
        print("| questions | BM25 | dense | hybrid |\n|---|---|---|---|")
        for asked in development_questions(dev, haystack):
            print(report(encoder, haystack, passages, asked), flush=True)
        for row in english_report(encoder, english):
            print(row, flush=True)
        if arguments.reference:
            sample = distinct_contexts(dev)[::8]
            print("\n" + agreement(encoder, load_folder(arguments.reference), sample), flush=True)


if __name__ == "__main__":
    main()
