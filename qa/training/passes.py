"""What the reader learns from: the examples of each pass over the data, one kind of pass for each stage."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from qa.training.near_misses import near_misses
from qa.training.reading_data import (
    OWN,
    ReadingExample,
    mismatched,
    read_own,
    read_paragraphs,
    read_public,
    varied,
)
from qa.training.rivals import among_rivals, find_rivals

MOST_JAPANESE = 15_000
"""Half of the questions in other languages are Japanese; so many of them make a pass."""
OWN_AMONG_LANGUAGES = 6_000
"""Answerable questions of the project's own in a pass over the languages."""
OTHERS = 12_000
"""Questions in other languages in a pass over Vietnamese, lest the reader forget what it learned from them."""
OTHERS_CHOOSING = 4_000
"""The same in a pass over what the product finds."""

Passes = Iterator[list[ReadingExample]]
"""The examples of each pass, for ever."""
Drawing = Callable[[int], Passes]
"""A seed → passes, over data that were read once."""


def passes_over_languages(data: Path) -> Drawing:
    """All languages, the answerable Vietnamese questions, and some of the project's own."""
    path = data / "viqa" / "train.jsonl.gz"
    others = read_public(data / "multiqa" / "train.jsonl.gz")
    japanese = [example for example in others if example.language == "ja"]
    rest = [example for example in others if example.language != "ja"]
    rest += [example for example in read_public(path) if example.answers]
    own = [example for example in read_own(OWN, paragraphs=read_paragraphs(path)) if example.answers]

    def passes(seed: int) -> Passes:
        draw = random.Random(seed)
        while True:
            begin = draw.randrange(len(japanese))
            examples = [*rest, *[*japanese[begin:], *japanese[:begin]][:MOST_JAPANESE]]
            examples += draw.sample(own, OWN_AMONG_LANGUAGES)
            examples += mismatched(examples, share=0.12, draw=draw)
            draw.shuffle(examples)
            yield [varied(example, draw=draw, titled=0.3, stripped=0.15) for example in examples]

    return passes


def passes_over_vietnamese(data: Path) -> Drawing:
    """Public data twice, the project's own, near misses, other languages."""
    path = data / "viqa" / "train.jsonl.gz"
    public = read_public(path)
    own = read_own(OWN, paragraphs=read_paragraphs(path))
    others = read_public(data / "multiqa" / "train.jsonl.gz")
    bilingual = [example for example in others if example.source.startswith("MLQA")]
    foreign = [example for example in others if not example.source.startswith("MLQA")]

    def passes(seed: int) -> Passes:
        draw = random.Random(seed)
        while True:
            examples = [*public, *public, *own, *bilingual, *draw.sample(foreign, OTHERS)]
            examples += mismatched(public, share=0.3, draw=draw) + mismatched(own, share=0.2, draw=draw)
            examples += near_misses([*public, *own], share=0.4, draw=draw)
            draw.shuffle(examples)
            yield [varied(example, draw=draw, titled=0.6, stripped=0.12) for example in examples]

    return passes


def passes_over_found(data: Path) -> Drawing:
    """Vietnamese questions over what the product finds for them."""
    path = data / "viqa" / "train.jsonl.gz"
    vietnamese = [*read_public(path), *read_own(OWN, paragraphs=read_paragraphs(path))]
    rivals = find_rivals(vietnamese)
    others = read_public(data / "multiqa" / "train.jsonl.gz")

    def passes(seed: int) -> Passes:
        draw = random.Random(seed)
        while True:
            examples = [*vietnamese, *near_misses(vietnamese, share=0.3, draw=draw)]
            examples = [
                among_rivals(example, rivals, count=2, alone=0.25, missing=0.25, draw=draw)
                for example in examples
            ]
            examples += draw.sample(others, OTHERS_CHOOSING)
            draw.shuffle(examples)
            yield [varied(example, draw=draw, titled=0.6, stripped=0.12) for example in examples]

    return passes
