"""Questions with gold answers → figures: does the index find, does the reader read, does the whole way answer.

The data are JSON Lines, plain or gzip-compressed, one question a line: ``id``, ``context`` (one paragraph),
``question`` and ``answers``, a list of ``{"text", "start"}`` that is empty where the paragraph does not answer.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article
from index.build import NoProgress, build_index
from index.errors import UsageError
from index.passage import cut_passages
from index.search import Hit, Index
from index.terms import fold
from qa.assistant import Assistant
from qa.confidence import load_calibration
from qa.decision import decide
from qa.metrics import best_over, exact_match, f1, mean_reciprocal_rank, recall_at
from qa.question import understand
from qa.sentence_reader import read_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.build import Progress
    from index.encoder import Encoder

_DEPTH = 30  # passages that are looked through for ten distinct contexts


@dataclass(frozen=True, slots=True)
class Example:
    """A question about one paragraph.

    :ivar answers: texts of the gold answers; empty where the paragraph has none.
    :ivar source: the part of the data it comes from.
    """

    id: str
    context: str
    question: str
    answers: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures, and the prediction for every question.

    :ivar figures: as JSON values, rounded to four places.
    :ivar predictions: one JSON object a question.
    """

    figures: dict[str, Any]
    predictions: tuple[dict[str, Any], ...]


def read_examples(path: Path) -> tuple[Example, ...]:
    """The questions of a ``.jsonl`` or ``.jsonl.gz`` file.

    :raises UsageError: the file is not there or a line is not such a question.
    """
    examples = []
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                fields = json.loads(line)
                examples.append(
                    Example(
                        id=str(fields.get("id", number)),
                        context=fields["context"],
                        question=fields["question"],
                        answers=tuple(answer["text"] for answer in fields["answers"]),
                        source=fields.get("source") or "",
                    )
                )
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror or error}): give a .jsonl or .jsonl.gz file."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} line {len(examples) + 1} is no question ({type(error).__name__}: {error}): "
            "each line needs id, context, question and answers."
        ) from error
    if not examples:
        raise UsageError(f"{path} holds no question: give a file with one a line.")
    return tuple(examples)


def evaluate_reading(
    examples: Sequence[Example], *, encoder: Encoder, advance: Callable[[int], object] = lambda _: None
) -> Evaluation:
    """Answer each question from its own paragraph."""
    calibration = load_calibration()
    rows: list[dict[str, Any]] = []
    scored: list[tuple[Example, str | None]] = []
    for example in examples:
        article = Article.from_text(example.context, id=example.id, title="")
        query = understand(example.question)
        hits = tuple(
            Hit(article, passage.start, passage.end, passage.sentences, 1.0, None, None, 0.0)
            for passage in cut_passages(article, count_tokens=encoder.count_tokens)
        )
        sentences = read_sentences(query, hits, encoder=encoder)
        answers, _ = decide(sentences, calibration=calibration)
        best = answers[0] if answers else None
        rows.append(
            {
                "id": example.id,
                "text": best.text if best else "",
                "no_answer_probability": round(1 - best.confidence, 4) if best else 1.0,
            }
        )
        scored.append((example, best.text if best else None))
        advance(1)
    return Evaluation(_reading_figures(scored), tuple(rows))


def evaluate_retrieval(
    examples: Sequence[Example],
    *,
    distractors: Iterable[Example] = (),
    folded: bool = False,
    encoder: str | None = None,
    progress: Progress | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """Find the paragraph of each answerable question among all paragraphs, by the way the product searches.

    :param distractors: questions whose paragraphs are searched too.
    :param folded: ask without tone marks.
    :param encoder: as for :func:`index.build.build_index`.
    """
    asked = [example for example in examples if example.answers]
    with tempfile.TemporaryDirectory() as scratch:
        index, contexts = index_contexts(
            [*examples, *distractors], Path(scratch), encoder=encoder, progress=progress
        )
        rows: list[dict[str, Any]] = []
        for example in asked:
            question = fold(example.question) if folded else example.question
            found = dict.fromkeys(hit.article.id for hit in index.search(question, k=_DEPTH))
            wanted = contexts[example.context]
            rows.append(
                {"id": example.id, "ranks": [rank for rank, id in enumerate(found, start=1) if id == wanted]}
            )
            advance(1)
        passages = len(index)
        index.close()
    ranks = [row["ranks"][0] if row["ranks"] else None for row in rows]
    figures = {
        "n": len(asked),
        "passages": passages,
        "recall@1": round(recall_at(ranks, 1), 4),
        "recall@3": round(recall_at(ranks, 3), 4),
        "recall@10": round(recall_at(ranks, 10), 4),
        "mrr@10": round(mean_reciprocal_rank(ranks, 10), 4),
    }
    return Evaluation(figures, tuple(rows))


def evaluate_answers(
    examples: Sequence[Example],
    *,
    distractors: Iterable[Example] = (),
    progress: Progress | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """The whole way from question to answer over all paragraphs at once."""
    with tempfile.TemporaryDirectory() as scratch:
        index, contexts = index_contexts(
            [*examples, *distractors], Path(scratch), encoder=None, progress=progress
        )
        assistant = Assistant(index)
        scored: list[tuple[Example, str | None]] = []
        rows: list[dict[str, Any]] = []
        for example in examples:
            reply = assistant.ask(example.question)
            best = reply.answers[0] if reply.answers else None
            text = best.text if best else None
            scored.append((example, text))
            rows.append(
                {
                    "id": example.id,
                    "text": text or "",
                    "confidence": round(best.confidence, 4) if best else 0.0,
                    "right_article": bool(best and best.citation.article == contexts[example.context]),
                    "holds_gold": bool(best and any(gold in best.text for gold in example.answers)),
                }
            )
            advance(1)
        index.close()
    answerable = [row for row, example in zip(rows, examples, strict=True) if example.answers]
    figures = _reading_figures(scored)
    figures["right_article"] = _mean(row["right_article"] for row in answerable)
    figures["holds_gold"] = _mean(row["holds_gold"] for row in answerable)
    figures["abstained"] = _mean(not row["text"] for row in answerable)
    return Evaluation(figures, tuple(rows))


def index_contexts(
    examples: Sequence[Example], folder: Path, *, encoder: str | None = None, progress: Progress | None = None
) -> tuple[Index, dict[str, str]]:
    """An index with one article a distinct context, and the article of each context."""
    contexts = list(dict.fromkeys(example.context for example in examples))
    path = folder / "contexts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, context in enumerate(contexts):
            file.write(
                json.dumps({"id": str(number), "title": "", "text": context}, ensure_ascii=False) + "\n"
            )
    build_index([path], index=folder / "index", encoder=encoder, progress=progress or NoProgress())
    ids = {context: f"{path.name}#{number}" for number, context in enumerate(contexts)}
    return Index.open(folder / "index"), ids


def _reading_figures(scored: Sequence[tuple[Example, str | None]]) -> dict[str, Any]:
    return {
        **_agreement(scored),
        "answerable": _agreement([(example, text) for example, text in scored if example.answers]),
        "unanswerable": _agreement([(example, text) for example, text in scored if not example.answers]),
    }


def _agreement(scored: Sequence[tuple[Example, str | None]]) -> dict[str, Any]:
    return {
        "n": len(scored),
        "em": _mean(best_over(exact_match, text, example.answers) for example, text in scored),
        "f1": _mean(best_over(f1, text, example.answers) for example, text in scored),
    }


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(float(np.mean(listed)), 4) if listed else 0.0
