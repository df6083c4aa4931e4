"""Candidates → the answers that are shown, or the closest sentences where none is sure enough.

One answer for one thing, all items of a list where several are asked for, answers side by side where articles differ.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from index.passage import header, sentences_of
from index.span import Span
from qa.answer import Answer, Citation, Note
from qa.confidence import features, spoken
from qa.contradiction import Contradiction
from qa.coverage import Coverage, equal_rarity
from qa.explanation import Considered
from qa.lists import list_around
from qa.people import people_in
from qa.phrase import EVENTS, Words
from qa.question_kind import Kind, begins_with_office, can_be, can_name_people
from qa.ranking import rank
from qa.sides import conflict, merged, sides

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from qa.confidence import Calibration, Caution
    from qa.coverage import Rarity
    from qa.question import Query
    from qa.reader import Candidate
    from qa.turn import Turn

_ANSWERS = 3
_CLOSEST = 3
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
        cut = query.asked.kind is Kind.NUMBER and any(
            _is_part_of(one.candidate, other.candidate) for other in ranked[:place]
        )
        answers_not = another or one.candidate.fit < 0 or cut or confidence < _LEAST
        support = 0.0 if answers_not else calibration.support(values)
        considered.append(Considered(one.candidate, support, confidence))
        if _says_it(one.candidate, coverage=coverage):
            plain[article.id, one.candidate.span] = support
    sure = [(one.confidence, one.candidate) for one in considered if one.support >= threshold]
    answers, listed = _answers(sure, query=query)
    differing = () if listed or query.asked.kind not in _CONFLICTING else sides(answers, plain=plain)
    return Decision(
        (*differing, *(answer for answer in answers if answer not in differing)),
        closest=() if answers else _closest([one.candidate for one in ranked]),
        notes=(conflict(differing),) if differing else (),
        listed=listed,
        considered=tuple(considered),
        threshold=threshold,
    )


def _is_part_of(one: Candidate, other: Candidate) -> bool:
    """Whether a span of which nothing is known is cut out of one that is of something else than what is asked for."""
    return (
        one.fit == 0
        and other.fit < 0
        and one.article == other.article
        and other.span.start <= one.span.start
        and one.span.end <= other.span.end
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
    elif asked.kind is Kind.NUMBER and sure:
        sure = _numbers_first(sure)
    given = _given(query.before) if query.before and query.more else frozenset()
    if (asked.several or query.more) and (items := _likeliest_list(sure, query=query, given=given)):
        return items, len(items) > 1
    if asked.kind in _TOLD_IN_PARTS:
        sure = _whole(sure, kind=asked.kind)
    # what settles a question of yes or no is a statement, not a phrase of it
    whole = asked.kind is Kind.TRUTH
    single = [
        Answer(confidence, (_cited(candidate, candidate.sentence if whole else candidate.span),))
        for confidence, candidate in sure
        if spoken(candidate.text) not in given and confidence >= _WORTH * sure[0][0]
    ]
    return merged(single)[:_ANSWERS], False


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


def _likeliest_list(
    sure: Sequence[tuple[float, Candidate]], *, query: Query, given: frozenset[str]
) -> tuple[Answer, ...]:
    """The items of the list that holds most of what the candidates say, as sure as the surest of these.

    Several candidates that are items of one list speak for it together: each would be a right answer.

    :param given: what is known already, and left out.
    """
    lists: list[tuple[float, tuple[Answer, ...]]] = []
    for confidence, candidate in sure:
        listed = _listed(confidence, candidate, query=query)
        items = tuple(item for item in listed if spoken(item.text) not in given)
        if not items:
            continue
        doubt = 1 - confidence
        for place, (known, others) in enumerate(lists):
            if _places(items) <= _places(others) or _places(others) < _places(items):
                lists[place] = (known * doubt, max(items, others, key=len))
                break
        else:
            lists.append((doubt, items))
    doubt, likeliest = min(lists, key=lambda one: one[0], default=(1.0, ()))
    return likeliest if likeliest and 1 - doubt >= _LIST * sure[0][0] else ()


def _places(items: Sequence[Answer]) -> frozenset[Citation]:
    return frozenset(item.citation for item in items)


def _numbers_first(sure: Sequence[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The likeliest that tells a number before the others, unless the first is much surer than that."""
    least = _WORTH * sure[0][0]
    number = next((one for one in sure if one[0] >= least and can_be(Kind.NUMBER, one[1].text)), sure[0])
    return [number, *(one for one in sure if one is not number)]


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
