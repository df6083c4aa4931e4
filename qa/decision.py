"""Scored sentences → the answers that are shown, or the closest sentences where none is good enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.terms import syllables
from qa.answer import Answer, Citation
from qa.confidence import features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from index.span import Span
    from qa.confidence import Calibration
    from qa.sentence_reader import ScoredSentence

_ANSWERS = 3
_CLOSEST = 3
_CONSIDERED = 10  # sentences whose probability is worked out; further down none was ever the answer


def decide(
    sentences: Sequence[ScoredSentence], *, calibration: Calibration
) -> tuple[tuple[Answer, ...], tuple[Citation, ...]]:
    """The answers, best first, or else the closest sentences.

    :param sentences: best first.
    :returns: at most three answers whose probability reaches the threshold, and, only where there is none, at most
        three closest sentences.
    """
    answers: list[Answer] = []
    for place, sentence in enumerate(sentences[:_CONSIDERED]):
        confidence = calibration.probability(features(sentences, of=place))
        if confidence >= calibration.threshold:
            citation = cite(sentence.article, sentence.span, sentence=sentence.span)
            answers.append(Answer(confidence, (citation,)))
    if answers:
        return _merged(answers)[:_ANSWERS], ()
    return (), tuple(cite(near.article, near.span, sentence=near.span) for near in sentences[:_CLOSEST])


def cite(article: Article, span: Span, *, sentence: Span) -> Citation:
    """The citation of a span in its sentence, with the words taken from the article itself.

    :raises ValueError: the span is empty, or not inside its sentence, or the sentence is not inside the article.
    """
    if not 0 <= sentence.start <= span.start < span.end <= sentence.end <= len(article.text):
        raise ValueError(
            f"{span} in {sentence} is no place of {article.id}, which has {len(article.text)} characters"
        )
    return Citation(
        text=span.of(article.text),
        article=article.id,
        title=article.title,
        published=article.published,
        source=article.source,
        start=span.start,
        end=span.end,
        sentence=sentence.of(article.text),
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        sha256=article.sha256,
    )


def _merged(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Answers that say the same but for case, punctuation and spelling become one, with all citations."""
    merged: dict[str, Answer] = {}
    for answer in answers:
        same = " ".join(word for words in syllables(answer.text) for word in words)
        first = merged.get(same)
        merged[same] = (
            answer if first is None else Answer(first.confidence, first.citations + answer.citations)
        )
    return tuple(merged.values())
