"""Questions with gold answers → figures: does the index find, does the reader read, does the whole way answer."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article
from index.hit import Hit
from index.passage import sentences_of
from index.terms import fold
from qa.assistant import Assistant
from qa.confidence import load_reading_calibration
from qa.examples import index_contexts
from qa.finding import find
from qa.metrics import best_over, exact_match, f1, mean_reciprocal_rank, recall_at
from qa.question import understand
from qa.reranking import reranked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.engine import Engine
    from index.report import Progress
    from qa.confidence import Caution
    from qa.examples import Example
    from qa.reader import Candidate, Reader

_DEPTH = 30  # passages that are looked through for ten distinct contexts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures, and the prediction for every question.

    :ivar figures: as JSON values, rounded to four places.
    :ivar sources: the same figures for each source of the questions, by its name.
    :ivar predictions: one JSON object a question.
    """

    figures: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    predictions: tuple[dict[str, Any], ...]


def evaluate_reading(
    examples: Sequence[Example], *, reader: Reader, advance: Callable[[int], object] = lambda _: None
) -> Evaluation:
    """Answer each question from its own paragraph, by the reader alone."""
    calibration = load_reading_calibration()
    rows: list[dict[str, Any]] = []
    for example in examples:
        candidates = read_paragraph(example, reader=reader)
        best = candidates[0] if candidates else None
        missing = 1 - calibration.probability(best.margin) if best else 1.0
        text = best.text if best and best.margin >= calibration.least_margin else None
        rows.append({"id": example.id, "text": text or "", "no_answer_probability": round(missing, 4)})
        advance(1)
    return _evaluated(examples, rows, _reading_figures)


def read_paragraph(example: Example, *, reader: Reader) -> tuple[Candidate, ...]:
    """The candidates of an example's own paragraph, best first."""
    article = Article.from_text(example.context, id=example.id, title="")
    hit = Hit(article, 0, len(article.text), sentences_of(article), 1.0, None, None, 0.0)
    return reader.read([example.question], [hit])


def evaluate_retrieval(
    examples: Sequence[Example],
    *,
    distractors: Iterable[Example] = (),
    folded: bool = False,
    reader: Reader | None = None,
    encoder: str | None = None,
    progress: Progress | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """Find the paragraph of each answerable question among all paragraphs, by the way the product searches.

    :param distractors: questions whose paragraphs are searched too.
    :param folded: ask without tone marks.
    :param reader: what is found first is reranked by it.
    :param encoder: as for :func:`index.build.build_index`.
    """
    asked = [example for example in examples if example.answers]
    with tempfile.TemporaryDirectory() as scratch:
        index, contexts = index_contexts(
            [*examples, *distractors], Path(scratch), encoder=encoder, progress=progress
        )
        evaluation = evaluate_engine(
            asked, index, contexts=contexts, folded=folded, reader=reader, advance=advance
        )
        index.close()
    return evaluation


def evaluate_engine(
    asked: Sequence[Example],
    engine: Engine,
    *,
    contexts: dict[str, str],
    folded: bool = False,
    reader: Reader | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """Find the paragraph of each question in what is indexed already.

    :param asked: answerable questions.
    :param contexts: the article of each context; see :func:`write_contexts`.
    """
    rows: list[dict[str, Any]] = []
    for example in asked:
        question = fold(example.question) if folded else example.question
        query, hits = find(understand(question), engine, k=_DEPTH)
        if reader is not None:
            hits = reranked(hits, query=query, reader=reader)
        found = dict.fromkeys(hit.article.id for hit in hits)
        wanted = contexts[example.context]
        rows.append(
            {"id": example.id, "ranks": [rank for rank, id in enumerate(found, start=1) if id == wanted]}
        )
        advance(1)
    return _evaluated(asked, rows, lambda _, rows: _retrieval_figures(rows, passages=len(engine)))


def evaluate_answers(
    examples: Sequence[Example],
    *,
    distractors: Iterable[Example] = (),
    caution: Caution = "balanced",
    progress: Progress | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """The whole way from question to answer over all paragraphs at once.

    :param caution: as for :class:`qa.assistant.Assistant`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        index, contexts = index_contexts(
            [*examples, *distractors], Path(scratch), encoder=None, progress=progress
        )
        assistant = Assistant(index, caution=caution)
        evaluation = evaluate_assistant(examples, assistant, contexts=contexts, advance=advance)
        index.close()
    return evaluation


def evaluate_assistant(
    examples: Sequence[Example],
    assistant: Assistant,
    *,
    contexts: dict[str, str],
    advance: Callable[[int], object] = lambda _: None,
) -> Evaluation:
    """The whole way from question to answer over what is indexed already.

    :param contexts: the article of each context; see :func:`write_contexts`.
    """
    rows: list[dict[str, Any]] = []
    for example in examples:
        reply = assistant.ask(example.question)
        best = reply.answers[0] if reply.answers else None
        rows.append(
            {
                "id": example.id,
                "text": best.text if best else "",
                "confidence": round(best.confidence, 4) if best else 0.0,
                "right_article": bool(best and best.citation.article == contexts[example.context]),
            }
        )
        advance(1)
    return _evaluated(examples, rows, _answer_figures)


def _evaluated(
    examples: Sequence[Example],
    rows: Sequence[dict[str, Any]],
    figures: Callable[[Sequence[Example], Sequence[dict[str, Any]]], dict[str, Any]],
) -> Evaluation:
    """The figures of all predictions, and those of each source."""
    parts: dict[str, list[int]] = {}
    for place, example in enumerate(examples):
        parts.setdefault(example.source, []).append(place)
    return Evaluation(
        figures=figures(examples, rows),
        sources={
            source: figures([examples[place] for place in places], [rows[place] for place in places])
            for source, places in parts.items()
        },
        predictions=tuple(rows),
    )


def _retrieval_figures(rows: Sequence[dict[str, Any]], *, passages: int) -> dict[str, Any]:
    ranks = [row["ranks"][0] if row["ranks"] else None for row in rows]
    return {
        "n": len(rows),
        "passages": passages,
        "recall@1": round(recall_at(ranks, 1), 4),
        "recall@3": round(recall_at(ranks, 3), 4),
        "recall@10": round(recall_at(ranks, 10), 4),
        "mrr@10": round(mean_reciprocal_rank(ranks, 10), 4),
    }


def _reading_figures(examples: Sequence[Example], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    scored = [(example, row["text"] or None) for example, row in zip(examples, rows, strict=True)]
    return {
        **_agreement(scored),
        "answerable": _agreement([(example, text) for example, text in scored if example.answers]),
        "unanswerable": _agreement([(example, text) for example, text in scored if not example.answers]),
    }


def _answer_figures(examples: Sequence[Example], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    answerable = [row for row, example in zip(rows, examples, strict=True) if example.answers]
    others = [row for row, example in zip(rows, examples, strict=True) if not example.answers]
    return {
        **_reading_figures(examples, rows),
        "right_article": _mean(row["right_article"] for row in answerable),
        "abstained": _mean(not row["text"] for row in answerable),
        "abstained_rightly": _mean(not row["text"] for row in others),
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
