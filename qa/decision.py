"""Candidates → the answers that are shown, or the closest sentences where none is sure enough.

One answer for one thing, all items of a list where several are asked for, answers side by side where articles differ.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from index.passage import header, sentences_of
from index.span import Span
from qa.answer import Answer, Citation, Note
from qa.confidence import features, spoken
from qa.contradiction import Contradiction
from qa.coverage import Coverage, equal_rarity
from qa.explanation import Considered
from qa.lists import list_around
from qa.message import Message
from qa.people import people_in
from qa.phrase import EVENTS, Words
from qa.question_kind import Kind, begins_with_office, can_be, can_name_people
from qa.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.article import Article
    from qa.confidence import Calibration, Caution
    from qa.coverage import Rarity
    from qa.question import Query
    from qa.reader import Candidate
    from qa.turn import Turn

_ANSWERS = 3
_CLOSEST = 3
_RIVAL = 0.75
"""Share of the best answer's confidence from which one of another article contradicts it; or of its support, where both
sentences say most of the question (:data:`_MOST`) and both articles have every name in it."""
_MOST = 0.7
_CONFLICTING = frozenset((Kind.PERSON, Kind.NUMBER, Kind.TIME, Kind.PLACE, Kind.BODY))
_TOLD_IN_PARTS = frozenset((Kind.THING, Kind.REASON, Kind.MANNER, Kind.TIME, Kind.PLACE))
_JOINS = re.compile(r"\s*,?\s+(?:và\s+)?")
"""What stands between two parts of one answer."""
_LEAST = 0.03
"""Confidence below which a span is no answer, however well its passage was found; of 5 such answers none was right."""
_WORTH = 0.2
"""Share of the first answer's confidence below which another is not shown; none of 88 such was right."""
_OTHER_COUNT = 0.5  # the same for a number that does not count what is asked for, behind one that does
_LIST = 0.5  # share of the strongest candidate's confidence from which another one's list is given instead
_CONSIDERED = 10  # candidates whose probability is worked out; further down none was ever the answer


class Decision(NamedTuple):
    """What is shown.

    :ivar answers: best first, at most three; or all items of one list, in the order of the article.
    :ivar closest: where there is no answer, at most three sentences, nearest first.
    :ivar notes: what the user should know about the answers.
    :ivar listed: whether the answers are the items of a list.
    :ivar considered: candidates with their probabilities, strongest first.
    :ivar threshold: of the support.
    """

    answers: tuple[Answer, ...]
    closest: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    listed: bool = False
    considered: tuple[Considered, ...] = ()
    threshold: float = 0.0


def decide(
    query: Query,
    candidates: Sequence[Candidate],
    *,
    calibration: Calibration,
    caution: Caution = "balanced",
    rarity: Rarity = equal_rarity,
    passages: int = 1,
) -> Decision:
    """Choose what is shown.

    :param candidates: in any order.
    :param caution: how sure an answer must be.
    :param rarity: of terms, in the collection.
    :param passages: how many the collection has.
    """
    threshold = calibration.thresholds[caution]
    coverage = Coverage(query.text, forms=query.forms, rarity=rarity)
    contradiction = Contradiction(query.text, forms=query.forms)
    ranked = rank(candidates, query=query, coverage=coverage, weights=calibration.ranking)
    considered = []
    contradicted: dict[str, bool] = {}
    plain: dict[tuple[str, Span], float] = {}
    for place, one in enumerate(ranked[:_CONSIDERED]):
        article = one.candidate.article
        if article.id not in contradicted:
            contradicted[article.id] = contradiction.of(f"{header(article)}\n{article.text}")
        another = contradicted[article.id] or contradiction.of_time(
            article.headline or "", one.candidate.hit.text
        )
        values = features(query, ranked, passages=passages, of=place)
        confidence = calibration.probability(values)
        answers_not = another or one.candidate.fit < 0 or confidence < _LEAST
        support = 0.0 if answers_not else calibration.support(values)
        considered.append(Considered(one.candidate, support, confidence))
        if _says_it(one.candidate, coverage=coverage):
            plain[article.id, one.candidate.span] = support
    sure = [(one.confidence, one.candidate) for one in considered if one.support >= threshold]
    answers, listed = _answers(sure, query=query)
    sides = () if listed or query.asked.kind not in _CONFLICTING else _sides(answers, plain=plain)
    return Decision(
        (*sides, *(answer for answer in answers if answer not in sides)),
        closest=() if answers else _closest([one.candidate for one in ranked]),
        notes=(_conflict(sides),) if sides else (),
        listed=listed,
        considered=tuple(considered),
        threshold=threshold,
    )


def _answers(sure: Sequence[tuple[float, Candidate]], *, query: Query) -> tuple[tuple[Answer, ...], bool]:
    """The answers, and whether they are the items of a list."""
    asked = query.asked
    if asked == (Kind.PERSON, True):
        sure = [one for one in sure if can_name_people(one[1].text)]
    elif asked.kind is Kind.PERSON and sure:
        sure = _without_offices(sure)
    elif asked == (Kind.NUMBER, False) and sure and sure[0][1].fit > 0:
        least = _OTHER_COUNT * sure[0][0]
        sure = [(sureness, one) for sureness, one in sure if one.fit > 0 or sureness >= least]
    given = _given(query.before) if query.before and query.more else frozenset()
    for confidence, candidate in sure if asked.several or query.more else ():
        if confidence < _LIST * sure[0][0]:
            break
        items = [
            item for item in _listed(confidence, candidate, query=query) if spoken(item.text) not in given
        ]
        if items:
            return tuple(items), len(items) > 1
    if asked.kind in _TOLD_IN_PARTS:
        sure = _whole(sure, kind=asked.kind)
    # what settles a question of yes or no is a statement, not a phrase of it
    whole = asked.kind is Kind.TRUTH
    single = [
        Answer(confidence, (_cited(candidate, candidate.sentence if whole else candidate.span),))
        for confidence, candidate in sure
        if spoken(candidate.text) not in given and confidence >= _WORTH * sure[0][0]
    ]
    return _merged(single)[:_ANSWERS], False


def _whole(sure: Sequence[tuple[float, Candidate]], *, kind: Kind) -> list[tuple[float, Candidate]]:
    """The candidates, the first with those that a comma, "và" or a blank joins to it: "quan tâm, tạo điều kiện".

    Behind a place stays apart what is hardly an answer, a time or what was done there, and beside a time what is none.
    """
    if not sure:
        return []
    (confidence, first), *others = sure
    text, span = first.article.text, first.span
    for sureness, other in others:
        beside = other.article == first.article and other.sentence == first.sentence
        least = _WORTH * confidence if kind is Kind.PLACE else 0.0
        if beside and sureness >= least and can_be(kind, other.text):
            one, two = sorted((span, other.span))
            if _JOINS.fullmatch(text, one.end, max(one.end, two.start)):
                span = Span(one.start, two.end)
    return [(confidence, replace(first, span=span)), *others]


def _without_offices(sure: Sequence[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Those behind the first without the offices of the people that it names, and without events.

    Beside somebody's name "Phó Chủ nhiệm" and "Toạ đàm" are no second answers.
    """
    (_, first), *others = sure
    text = first.article.text
    named = {spoken(name.of(text)) for name in people_in(text, first.span)}

    def is_office(one: Candidate) -> bool:
        told = {spoken(name.of(one.article.text)) for name in people_in(one.article.text, one.sentence)}
        return begins_with_office(one.text) and not named.isdisjoint(told)

    def is_event(one: Candidate) -> bool:
        return bool(named and Words(one.text).begins(0, EVENTS))

    return [sure[0], *(one for one in others if not is_office(one[1]) and not is_event(one[1]))]


def _given(before: Turn) -> frozenset[str]:
    """What the turn before has answered; who asks for more may want what stood behind the first answer."""
    return frozenset(map(spoken, before.answers if before.listed else before.answers[:1]))


def _closest(ranked: Sequence[Candidate]) -> tuple[Citation, ...]:
    """The sentences of the strongest candidates, each once."""
    articles = {candidate.article.id: candidate.article for candidate in ranked}
    places = dict.fromkeys((candidate.article.id, candidate.sentence) for candidate in ranked)
    return tuple(cite(articles[id], sentence, sentence=sentence) for id, sentence in [*places][:_CLOSEST])


def _listed(confidence: float, best: Candidate, *, query: Query) -> tuple[Answer, ...]:
    """The items of the list that the best candidate is part of, each as sure as that."""
    items = list_around(
        best.article.text,
        best.span,
        sentences=sentences_of(best.article),
        kind=query.asked.kind,
        question=query.text,
        title=best.article.title,
    )
    return tuple(
        Answer(confidence, (cite(best.article, item.span, sentence=item.sentence),)) for item in items
    )


def _cited(candidate: Candidate, span: Span) -> Citation:
    return cite(candidate.article, span, sentence=candidate.sentence)


def _says_it(candidate: Candidate, *, coverage: Coverage) -> bool:
    """Whether the question names something, the article has all of that, and the sentence says most of the question."""
    article = candidate.article
    about = header(article)
    return (
        coverage.names_something
        and not coverage.missing_names(f"{about}\n{article.text}")
        and coverage.share(candidate.sentence.of(article.text), about) >= _MOST
    )


def _sides(answers: Sequence[Answer], *, plain: Mapping[tuple[str, Span], float]) -> tuple[Answer, ...]:
    """Answers of different articles that are about equally sure, newest article first; none where one stands out.

    :param plain: the support of the candidates whose sentences say most of the question, by their places.
    """

    def support(answer: Answer) -> float | None:
        place = answer.citation
        return plain.get((place.article, Span(place.start, place.end)))

    def is_rival(answer: Answer) -> bool:
        if answer.confidence >= _RIVAL * best.confidence:
            return True
        own, its = support(best), support(answer)
        return own is not None and its is not None and its >= _RIVAL * own

    if not answers:
        return ()
    best = answers[0]
    cited = {place.article for place in best.citations}
    rivals = [one for one in answers[1:] if one.citation.article not in cited and is_rival(one)]
    return tuple(sorted((best, *rivals), key=_newest, reverse=True)) if rivals else ()


def _conflict(sides: Sequence[Answer]) -> Note:
    """The note that articles say different things."""
    told = Message(", ".join("{}" for _ in sides), tuple(map(_told, sides)))
    return Note("conflict", Message("Các bài viết trả lời khác nhau: {}.", (told,)))


def _told(side: Answer) -> Message:
    """How many articles say what."""
    articles = len({place.article for place in side.citations})
    said = f"“{side.text}”{_dated(side)}"
    return (
        Message("1 bài nói {}", (said,)) if articles == 1 else Message("{} bài nói {}", (str(articles), said))
    )


def _newest(answer: Answer) -> date:
    """The day of the newest article that gives an answer; long ago where none states its day."""
    return max((place.published or date.min for place in answer.citations), default=date.min)


def _dated(answer: Answer) -> str:
    day = _newest(answer)
    return f" ({day:%d/%m/%Y})" if day > date.min else ""


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
            elsewhere = [
                one for one in answer.citations if not any(_overlap(one, known) for known in first.citations)
            ]
            merged[same] = Answer(first.confidence, (*first.citations, *elsewhere))
        elif not any(_overlap(answer.citation, place) for one in merged.values() for place in one.citations):
            merged[same] = answer
    return tuple(merged.values())


def _overlap(one: Citation, other: Citation) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
