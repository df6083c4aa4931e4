"""A reply → why it says what it says: what was searched, what both rankings found, what the reader made of it.

Made from what the reply keeps of its making, only where somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from index.terms import FOLDED, question_terms, terms
from qa.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.hit import Hit
    from qa.reader import Candidate

_SPANS = 5
"""How many of the reader's spans are told."""


class Considered(NamedTuple):
    """A candidate and what was made of it.

    :ivar support: probability in [0, 1] that its passage answers the question.
    :ivar confidence: probability in [0, 1] that it is right.
    """

    candidate: Candidate
    support: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reply was made from.

    :ivar searched: the text that both rankings were asked.
    :ivar hits: the passages that were read, best first.
    :ivar considered: strongest first.
    :ivar threshold: below this support a candidate is no answer.
    """

    searched: str
    hits: tuple[Hit, ...]
    considered: tuple[Considered, ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and how it was found.

    :ivar matched: the terms of the question that it or its header has, in the order of the question; those that only
        match without tone marks begin with ``~``.
    """

    hit: Hit
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a reply says what it says.

    :ivar passages: best first.
    :ivar spans: as in :class:`Evidence`, the first few.
    """

    searched: str
    passages: tuple[Found, ...]
    spans: tuple[Considered, ...]
    threshold: float

    @property
    def verdict(self) -> Message:
        """The decision in one sentence."""
        if not self.spans:
            return Message("Không đoạn nào có chỗ để trích.")
        support = self.spans[0].support
        said = (
            "Khả năng bài viết có câu trả lời: {}, đạt ngưỡng {}; được trả lời."
            if support >= self.threshold
            else "Khả năng bài viết có câu trả lời: {}, dưới ngưỡng {}; không trả lời."
        )
        return Message(said, (f"{support:.0%}", f"{self.threshold:.0%}"))

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "searched": self.searched,
            "threshold": self.threshold,
            "verdict": str(self.verdict),
            "passages": [
                {**found.hit.to_dict(), "cosine": round(found.hit.cosine, 4), "matched": list(found.matched)}
                for found in self.passages
            ],
            "spans": [
                {
                    "text": candidate.text,
                    "article": candidate.article.id,
                    "start": candidate.span.start,
                    "end": candidate.span.end,
                    "margin": round(candidate.margin, 3),
                    "reader_probability": round(candidate.probability, 4),
                    "support": round(support, 4),
                    "confidence": round(confidence, 4),
                }
                for candidate, support, confidence in self.spans
            ],
        }

    def lines(self) -> Iterator[Message]:
        """The explanation for people, a line each."""
        yield Message("Đã tìm: {}", (self.searched,))
        yield self.verdict
        for number, (candidate, support, confidence) in enumerate(self.spans, start=1):
            yield Message(
                "Chỗ {}: “{}” — có câu trả lời {}, đúng {}, bộ đọc {} so với “không có câu trả lời” ({}:{})",
                (
                    str(number),
                    candidate.text,
                    f"{support:.0%}",
                    f"{confidence:.0%}",
                    f"{candidate.margin:+.1f}",
                    candidate.article.id,
                    str(candidate.span.start),
                ),
            )
        for number, found in enumerate(self.passages, start=1):
            hit = found.hit
            yield Message(
                "Đoạn {}: {}:{}–{}, điểm {}, BM25 hạng {}, véc-tơ hạng {} (cos {}); từ khớp: {}",
                (
                    str(number),
                    hit.article.id,
                    str(hit.start),
                    str(hit.end),
                    f"{hit.score:.2f}",
                    str(hit.bm25_rank or "–"),
                    str(hit.dense_rank or "–"),
                    f"{hit.cosine:.2f}",
                    ", ".join(found.matched) or "–",
                ),
            )


def explain(evidence: Evidence) -> Explanation:
    """The explanation of a reply.

    :param evidence: see :attr:`qa.answer.Reply.evidence`.
    """
    wanted = list(dict.fromkeys(question_terms(evidence.searched)))
    return Explanation(
        searched=evidence.searched,
        passages=tuple(Found(hit, _matched(wanted, hit)) for hit in evidence.hits),
        spans=evidence.considered[:_SPANS],
        threshold=evidence.threshold,
    )


def _matched(wanted: list[str], hit: Hit) -> tuple[str, ...]:
    """The terms that match, without those whose marked or longer form matches as well."""
    said = set(terms(hit.with_header))
    found = [term for term in wanted if term in said]
    typed = [term for term in found if not term.startswith(FOLDED)]
    from_typed = {term for word in typed for term in terms(word)}
    return tuple(
        dict.fromkeys([*typed, *(term for term in found if term not in from_typed and " " not in term)])
    )
