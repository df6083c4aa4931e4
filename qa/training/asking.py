"""Ask questions with gold answers by the way the product answers, and keep what was read for each.

A third of the questions is asked without tone marks; half of them of all indexed paragraphs at once, half of a small
folder of paragraphs that stand near each other in the data, mostly of one article, since many users have a few articles
about one thing.  Two thirds of the paragraphs are indexed, so that a third of the questions ask what no article says.
An answer counts as right where it shares half of its words with a gold answer (F1 ≥ 0.5) of a paragraph that is
indexed.

The public questions are about an encyclopaedia; what people ask of news and offices differs, and nearly misses more
often.  So the project's own questions about news, which no reader was trained on, are asked as well, of the made-up
articles that they are about.
"""

from __future__ import annotations

import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tqdm import tqdm

from index.build import build_index
from index.search import Index
from index.terms import fold
from qa.assistant import PASSAGES
from qa.coverage import Coverage
from qa.examples import index_contexts
from qa.finding import find
from qa.metrics import best_over, f1
from qa.question import understand
from qa.ranking import evidence, order
from qa.training.reading_data import CALIBRATION, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qa.examples import Example
    from qa.question import Query
    from qa.ranking import Ranked
    from qa.reader import Candidate, Reader

INDEXED, UNMARKED = 2 / 3, 1 / 3
"""Shares of the paragraphs that are indexed, and of the questions that are asked without tone marks."""
FOLDER = 30
"""Paragraphs of a small folder."""
RIGHT = 0.5
"""F1 with a gold answer from which an answer counts as right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what was read for it.

    :ivar evidence: of each candidate.
    :ivar golds: the answers that count as right; none where no indexed paragraph answers.
    :ivar group: number of the question's paragraph.
    :ivar passages: how many were searched.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    evidence: tuple[tuple[float, ...], ...]
    golds: tuple[str, ...]
    group: int
    passages: int

    @property
    def told(self) -> list[tuple[Candidate, tuple[float, ...]]]:
        """The candidates with their evidence."""
        return list(zip(self.candidates, self.evidence, strict=True))

    def ranked(self, weights: Sequence[float]) -> tuple[Ranked, ...]:
        """The candidates, likeliest first."""
        return order(self.told, kind=self.query.asked.kind, weights=weights)

    def is_right(self, candidate: Candidate) -> bool:
        """Whether a candidate is an answer."""
        return bool(self.golds) and best_over(f1, candidate.text, self.golds) >= RIGHT


def ask_all(examples: Sequence[Example], *, reader: Reader, seed: int, own: Path) -> list[Asked]:
    """Ask every question; one that finds nothing at all is left out.

    :param own: the folder of the project's own questions and articles.
    """
    draw = random.Random(seed)
    contexts = list(dict.fromkeys(example.context for example in examples))
    groups = {context: number for number, context in enumerate(contexts)}
    indexed = {context for context in contexts if draw.random() < INDEXED}
    of_folders = {number for number in range(len(contexts)) if number // FOLDER % 2}
    collections = [[e for e in examples if groups[e.context] not in of_folders]]
    for begin in range(FOLDER, len(contexts), 2 * FOLDER):
        collections.append([e for e in examples if begin <= groups[e.context] < begin + FOLDER])
    asked: list[Asked] = []
    with tqdm(total=len(examples), unit=" questions") as bar:
        for collection in collections:
            known = [example for example in collection if example.context in indexed]
            if collection is collections[0]:
                known = [example for example in examples if example.context in indexed]
            if known:
                with tempfile.TemporaryDirectory() as scratch:
                    index, _ = index_contexts(known, Path(scratch))
                    questions = (
                        Posed(e.question, e.answers if e.context in indexed else (), groups[e.context])
                        for e in collection
                    )
                    asked += _ask_of(index, questions, reader=reader, draw=draw)
                    index.close()
            bar.update(len(collection))
    return asked + list(_ask_own(own, reader=reader, draw=random.Random(seed), groups=len(groups)))


def _ask_own(folder: Path, *, reader: Reader, draw: random.Random, groups: int) -> Iterator[Asked]:
    """Ask the questions that are kept for calibration of an index of two thirds of the articles they are about.

    :param groups: how many numbers are taken.
    """
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    numbers = {json.loads(line)["id"]: groups + place for place, line in enumerate(lines)}
    indexed = {id for id in numbers if draw.random() < INDEXED}
    questions = [
        Posed(
            row["question"],
            tuple(answer["text"] for answer in row["answers"]) if row["context"] in indexed else (),
            numbers[row["context"]],
        )
        for row in read_rows(folder / CALIBRATION)
    ]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "articles.jsonl"
        path.write_text(
            "\n".join(line for line in lines if json.loads(line)["id"] in indexed), encoding="utf-8"
        )
        build_index([path], index=Path(scratch) / "index")
        index = Index.open(Path(scratch) / "index")
        yield from _ask_of(index, tqdm(questions, unit=" questions"), reader=reader, draw=draw)
        index.close()


class Posed(NamedTuple):
    """A question as it is put to an index.

    :ivar golds: the answers that count as right; none where the index has no answer.
    :ivar group: number of what it is about.
    """

    question: str
    golds: tuple[str, ...]
    group: int


def _ask_of(
    index: Index, questions: Iterable[Posed], *, reader: Reader, draw: random.Random
) -> Iterator[Asked]:
    """Ask questions of an index, a third of them without tone marks."""
    for posed in questions:
        question = fold(posed.question) if draw.random() < UNMARKED else posed.question
        query, hits = find(understand(question), index, k=PASSAGES)
        candidates = reader.read(query.worded_for(hits), hits)
        coverage = Coverage(query.text, forms=query.forms, rarity=index.rarity)
        if candidates:
            yield Asked(
                query,
                candidates,
                evidence=tuple(evidence(one, query=query, coverage=coverage) for one in candidates),
                golds=posed.golds,
                group=posed.group,
                passages=len(index),
            )
