"""Read the question-answering data: gzip-compressed JSON Lines, one question a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.training.questions import detokenise


@dataclass(frozen=True, slots=True)
class Example:
    """One question over one paragraph; no answers means that the paragraph does not hold any."""

    id: str
    source: str
    title: str | None
    context: str
    question: str
    answers: tuple[str, ...]


def read_examples(path: Path) -> Iterator[Example]:
    """Yield the examples of a ``.jsonl.gz`` file, the tokenised snippets of mailong25 detokenised."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tidy = detokenise if row["source"] == "mailong25" else str
            yield Example(
                id=row["id"],
                source=row["source"],
                title=row["title"],
                context=tidy(row["context"]),
                question=tidy(row["question"]),
                answers=tuple(tidy(answer["text"]) for answer in row["answers"]),
            )


def distinct_contexts(examples: list[Example]) -> list[str]:
    """Return the different paragraphs, in the order in which they first come."""
    return list(dict.fromkeys(example.context for example in examples))


def split_pairs(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """Split the English-Vietnamese questions of MLQA into a half to train on and a half to check with.

    The variants of one question follow each other in the data, and so do the questions of one article.
    """
    pairs = [example for example in examples if example.source.startswith("MLQA")]
    return pairs[: len(pairs) // 2], pairs[len(pairs) // 2 :]
