"""Candidates → the answers that are shown, or the closest sentences where none is sure enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.answer import Answer, Citation
from qa.confidence import features, rank, spoken
from qa.coverage import Coverage, equal_rarity
from qa.question import asks_yes_or_no

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from index.span import Span
    from qa.confidence import Calibration, Caution
    from qa.coverage import Rarity
    from qa.question import Query
    from qa.reader import Candidate

_ANSWERS = 3
_CLOSEST = 3
_CONSIDERED = 10  # candidates whose probability is worked out; further down none was ever the answer


def decide(
    query: Query,
    candidates: Sequence[Candidate],
    *,
    calibration: Calibration,
    caution: Caution = "balanced",
    rarity: Rarity = equal_rarity,
) -> tuple[tuple[Answer, ...], tuple[Citation, ...]]:
    """The answers, best first, or else the closest sentences.

    :param candidates: in any order.
    :param caution: how sure an answer must be.
    :param rarity: of terms, in the collection.
    :returns: at most three answers whose probability reaches the threshold, and, only where there is none, at most
        three closest sentences.
    """
    weight = calibration.retrieval_weight
    ranked = rank(candidates, retrieval_weight=weight)
    threshold = calibration.thresholds[caution]
    coverage = Coverage(query.text, rarity=rarity)
    whole = asks_yes_or_no(query.text)  # what settles such a question is a statement, not a phrase of it
    answers: list[Answer] = []
    for place, candidate in enumerate(ranked[:_CONSIDERED]):
        values = features(query, ranked, coverage=coverage, retrieval_weight=weight, of=place)
        confidence = calibration.probability(values)
        if confidence >= threshold:
            span = candidate.sentence if whole else candidate.span
            answers.append(Answer(confidence, (cite(candidate.article, span, sentence=candidate.sentence),)))
    if answers:
        return _merged(answers)[:_ANSWERS], ()
    sentences = dict.fromkeys((c.article.id, c.sentence) for c in ranked)
    articles = {c.article.id: c.article for c in ranked}
    closest = [(articles[id], sentence) for id, sentence in sentences][:_CLOSEST]
    return (), tuple(cite(article, sentence, sentence=sentence) for article, sentence in closest)


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
    """Answers that say the same but for case, punctuation and spelling become one, with all citations.

    Of two spans that overlap in one place, a name and the name with its office for instance, the better one stays.
    """
    merged: dict[str, Answer] = {}
    for answer in answers:
        same = spoken(answer.text)
        first = merged.get(same)
        if first is not None:
            merged[same] = Answer(first.confidence, first.citations + answer.citations)
        elif not any(_overlap(answer.citation, place) for one in merged.values() for place in one.citations):
            merged[same] = answer
    return tuple(merged.values())


def _overlap(one: Citation, other: Citation) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
