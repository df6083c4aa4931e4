"""Answers → one for each thing that is said, and those side by side in which articles differ.

Leaves out which candidates are answers: see :mod:`qa.decision`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from index.span import Span
from qa.answer import Answer, Note
from qa.confidence import spoken
from qa.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.answer import Citation

_RIVAL = 0.75
"""Share of the best answer's confidence from which one of another article contradicts it; or of its support, where both
sentences say most of the question and both articles have every name in it."""


def merged(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Answers that say the same but for case, punctuation and spelling become one, with all citations.

    Of two spans that overlap in one place, a name and the name with its office for instance, the better one stays.
    """
    known: dict[str, Answer] = {}
    for answer in answers:
        same = spoken(answer.text)
        first = known.get(same)
        if first is not None:
            elsewhere = [
                one for one in answer.citations if not any(_overlap(one, place) for place in first.citations)
            ]
            known[same] = Answer(first.confidence, (*first.citations, *elsewhere))
        elif not any(_overlap(answer.citation, place) for one in known.values() for place in one.citations):
            known[same] = answer
    return tuple(known.values())


def _overlap(one: Citation, other: Citation) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end


def sides(answers: Sequence[Answer], *, plain: Mapping[tuple[str, Span], float]) -> tuple[Answer, ...]:
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


def conflict(answers: Sequence[Answer]) -> Note:
    """The note that articles say different things."""
    told = Message(", ".join("{}" for _ in answers), tuple(map(_told, answers)))
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
