"""Rivals: passages that the product finds for a training question and that do not answer it.

This is what the reader meets in use: of eight passages that speak of the same thing one answers, or none.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from index.build import build_index
from index.errors import UsageError
from index.search import Index
from qa.training.reading_data import Passage, ReadingExample

FOUND = 10
"""Passages that are looked at for each question."""

Rivals = dict[str, list[Passage]]
"""By question, the best found first."""


def find_rivals(examples: Sequence[ReadingExample]) -> Rivals:
    """Search all passages of the examples for every question; what holds the words of an answer is no rival.

    :returns: nothing for a question that no example answers: a passage that was found may answer it.
    """
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        answers[example.question].update(span.of(example.passage).casefold() for span in example.answers)
    passages = list(dict.fromkeys((example.title, example.passage) for example in examples))
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "passages.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number, (title, text) in enumerate(passages):
                row = {"id": str(number), "title": title, "text": text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        build_index([path], index=Path(scratch) / "index")
        index = Index.open(Path(scratch) / "index")
        rivals = {
            question: _not_answering(index, question, said)
            for question, said in tqdm(answers.items(), unit=" questions")
            if said
        }
        index.close()
    return rivals


def _not_answering(index: Index, question: str, answers: set[str]) -> list[Passage]:
    try:
        hits = index.search(question, k=FOUND)
    except UsageError:  # longer than a question may be
        return []
    return [
        Passage(hit.article.title, hit.text)
        for hit in hits
        if not any(answer in hit.text.casefold() for answer in answers)
    ]


def among_rivals(
    example: ReadingExample, rivals: Rivals, *, count: int, alone: float, missing: float, draw: random.Random
) -> ReadingExample:
    """The example with so many rivals, better found ones more often.

    :param alone: share of the examples that stay without rivals.
    :param missing: share of the answerable ones whose own passage was not found: only rivals are left, and no answer.
    """
    found = rivals.get(example.question, [])
    if not found or draw.random() < alone:
        return example
    order = sorted(range(len(found)), key=lambda place: draw.random() * (place + 2))
    chosen = [found[place] for place in order]
    if example.answers and draw.random() < missing:
        first = chosen.pop(0)
        example = replace(example, title=first.title, passage=first.text, answers=())
    return replace(example, rivals=tuple(chosen[:count]))
