"""Questions to train the reader on: the public data, the project's own, and pairs that do not belong together.

An example is one question over one passage, with the spans that answer it, or with none.  Questions are
varied as people type them; passages keep every letter, so that spans stay where they are.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from index.span import Span
from qa.training.questions import detokenise, retype

OWN = Path(__file__).parents[2] / "training_data"
CALIBRATION = "questions-news.jsonl"
"""The project's own questions that no reader learns from: its confidence is fitted to them."""
OWN_TEXTS = ("articles*.jsonl", "paragraphs*.jsonl")
"""Files of the project's own articles and paragraphs."""
TOKENISED = "mailong25"
"""The source whose paragraphs have blanks before punctuation."""


class Paragraph(NamedTuple):
    """A text as it lies in the data, where it is from, and the title of its article, or nothing."""

    source: str
    title: str
    text: str


class Passage(NamedTuple):
    """A text that answers are cut from, and the title of its article, or nothing."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question over a passage.

    :ivar title: of the passage's article, or empty.
    :ivar passage: the text that answers are cut from.
    :ivar answers: their places in the passage; empty where it does not answer.
    :ivar language: two letters; only Vietnamese questions are retyped.
    :ivar rivals: other passages that were found for the question, and do not answer it.
    """

    source: str
    language: str
    title: str
    passage: str
    question: str
    answers: tuple[Span, ...]
    rivals: tuple[Passage, ...] = ()


def read_public(path: Path) -> list[ReadingExample]:
    """Read a ``.jsonl.gz`` file of the public data, tokenised snippets detokenised."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_public(json.loads(line)) for line in lines]


def read_paragraphs(path: Path) -> dict[str, Paragraph]:
    """Read the paragraphs of a ``.jsonl.gz`` file as they lie there, each under the SHA-256 of its text."""
    paragraphs: dict[str, Paragraph] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            digest = sha256(row["context"].encode()).hexdigest()
            paragraphs.setdefault(digest, Paragraph(row["source"], row["title"] or "", row["context"]))
    return paragraphs


def read_own(folder: Path, *, paragraphs: Mapping[str, Paragraph]) -> list[ReadingExample]:
    """Read the project's own questions but those that its confidence is fitted to.

    :param paragraphs: of the public training data, which some questions name by hash.
    """
    texts = {**paragraphs}
    for path in (path for pattern in OWN_TEXTS for path in sorted(folder.glob(pattern))):
        for row in read_rows(path):
            texts[row["id"]] = Paragraph(path.name, row["title"], row["text"])
    examples = []
    for row in own_questions(folder, leave_out=CALIBRATION):
        question = " ".join([*row["history"], row["question"]])
        example = _example(texts[row["context"]], question, row["answers"])
        language = "en" if row["kind"] == "english" else "vi"
        examples.append(replace(example, source="own", language=language))
    return examples


def own_questions(folder: Path, *, leave_out: str | None = None) -> Iterator[dict[str, Any]]:
    """The lines of all files of the project's own questions but one; see ``training_data/README.md``."""
    for path in sorted(folder.glob("questions*.jsonl")):
        if path.name != leave_out:
            yield from read_rows(path)


def mismatched(
    examples: Sequence[ReadingExample], *, share: float, draw: random.Random, reach: int = 3
) -> list[ReadingExample]:
    """Pair questions with another passage, mostly of the same article, which does not answer them.

    :param share: how many to make, as a share of the answerable examples.
    :param reach: how many distinct passages before or behind the other one may lie.
    """
    passages = sorted({e.passage: e for e in examples}.values(), key=lambda e: (e.source, e.title))
    place = {example.passage: number for number, example in enumerate(passages)}
    pairs = []
    for example in examples:
        if not example.answers or draw.random() >= share:
            continue
        step = draw.choice([-1, 1]) * draw.randint(1, reach)
        other = passages[(place[example.passage] + step) % len(passages)]
        said = [span.of(example.passage).casefold() for span in example.answers]
        if other.passage != example.passage and not any(text in other.passage.casefold() for text in said):
            pairs.append(replace(example, title=other.title, passage=other.passage, answers=()))
    return pairs


def varied(example: ReadingExample, *, draw: random.Random, titled: float, stripped: float) -> ReadingExample:
    """Return the example as the reader may meet it: retyped, with or without the titles before the passages.

    :param titled: share of the examples that keep their titles.
    :param stripped: share of the Vietnamese questions that lose their tone marks.
    """
    question = example.question
    if example.language == "vi":
        question = retype(question, random=draw, stripped=stripped)
    if draw.random() < titled:
        return replace(example, question=question)
    untitled = tuple(Passage("", rival.text) for rival in example.rivals)
    return replace(example, question=question, title="", rivals=untitled)


def _public(row: dict[str, Any]) -> ReadingExample:
    paragraph = Paragraph(row["source"], row["title"] or "", row["context"])
    example = _example(paragraph, row["question"], row["answers"])
    question_language = row.get("language", "vi")
    if row["source"].startswith("MLQA"):
        question_language = "vi" if row["source"].startswith(("MLQA vi question", "MLQA vi-vi")) else "en"
    return replace(example, language=question_language)


def _example(paragraph: Paragraph, question: str, answers: Sequence[dict[str, Any]]) -> ReadingExample:
    """The Vietnamese question over the paragraph; both detokenised where a tokeniser left blanks."""
    source, title, text = paragraph
    spans = [Span(a["start"], a["start"] + len(a["text"])) for a in answers]
    if source == TOKENISED:
        question = detokenise(question)
        spans = [moved for span in spans if (moved := _detokenised_span(text, span))]
        text = detokenise(text)
    return ReadingExample(source, "vi", title, text, question, tuple(spans))


def _detokenised_span(context: str, span: Span) -> Span | None:
    """Where a span lies in the detokenised text; nowhere if its edge is a blank that went."""
    end = len(detokenise(context[: span.end]))
    text = detokenise(span.of(context))
    start = end - len(text)
    return Span(start, end) if start >= 0 and detokenise(context)[start:end] == text else None


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
