"""What comes back from a question: a reply of answers, each with the places in the articles that say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from index.display import highlight_html
from index.span import Span
from qa.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.text import Text

    from qa.explanation import Evidence


NO_ANSWER = "Không tìm thấy câu trả lời trong các bài viết."


@dataclass(frozen=True, slots=True)
class Citation:
    """A span of an article with the sentence around it.

    The law of the product: ``article.text[start:end] == text`` and
    ``article.text[sentence_start:sentence_end] == sentence``.

    :ivar article: identifier of the article.
    :ivar sha256: checksum of the article's text that the offsets count in.
    """

    text: str
    article: str
    title: str
    published: date | None
    source: str | None
    start: int
    end: int
    sentence: str
    sentence_start: int
    sentence_end: int
    sha256: str

    def __str__(self) -> str:
        parts = [self.title]
        if self.published:
            parts.append(self.published.strftime("%d/%m/%Y"))
        if self.source:
            parts.append(self.source)
        return f"{', '.join(parts)} ({self.article})"

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values; the date as ``YYYY-MM-DD``."""
        return {
            "text": self.text,
            "article": self.article,
            "title": self.title,
            "published": self.published.isoformat() if self.published else None,
            "source": self.source,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
            "sentence_start": self.sentence_start,
            "sentence_end": self.sentence_end,
            "sha256": self.sha256,
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Citation:
        """The citation that :meth:`to_dict` wrote; other fields are left alone."""
        published = fields["published"]
        known = {name: fields[name] for name in cls.__slots__}
        return cls(**{**known, "published": date.fromisoformat(published) if published else None})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and every place that gives it, best place first.

    :ivar confidence: calibrated probability in [0, 1] that the answer is right.
    :ivar citations: at least one.
    """

    confidence: float
    citations: tuple[Citation, ...]

    @property
    def citation(self) -> Citation:
        """The best place."""
        return self.citations[0]

    @property
    def text(self) -> str:
        """The answer, word for word as the best place has it."""
        return self.citation.text

    def to_dict(self) -> dict[str, Any]:
        """The best citation's fields, the confidence, and all citations."""
        return {
            **self.citation.to_dict(),
            "confidence": round(self.confidence, 4),
            "citations": [citation.to_dict() for citation in self.citations],
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Answer:
        """The answer that :meth:`to_dict` wrote."""
        return cls(fields["confidence"], tuple(map(Citation.from_dict, fields["citations"])))


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know about how the question was understood.

    :ivar kind: ``did_you_mean``, ``expanded``, ``follow_up``, ``conflict`` or another word for programs.
    :ivar message: one sentence for people.
    :ivar alternative: the question to ask instead, if it was understood wrongly.
    """

    kind: str
    message: Message
    alternative: str | None = None

    @property
    def text(self) -> str:
        """The sentence, in Vietnamese."""
        return str(self.message)

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {"kind": self.kind, "text": self.text, "alternative": self.alternative}


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that is shown for one question.

    :ivar answers: best first; empty where the articles do not answer.
    :ivar closest: filled when there is no answer: the nearest sentences, which are *not* answers.
    :ivar seconds: wall time from question to reply.
    :ivar understood: the question that was searched and read.
    :ivar listed: the answers are the items of one list, in the order of the article; else they compete.
    :ivar evidence: what it was made from; see :func:`qa.explanation.explain`.
    """

    question: str
    answers: tuple[Answer, ...]
    closest: tuple[Citation, ...]
    notes: tuple[Note, ...]
    seconds: float
    understood: str = ""
    listed: bool = False
    evidence: Evidence | None = field(default=None, repr=False, compare=False)

    def __rich_console__(self, *_: object) -> Iterator[Text]:
        from rich.text import Text

        for note in self.notes:
            yield Text(note.text, style="dim")
        if self.listed:
            yield from _items(self.answers)
        elif self.answered:
            for answer in self.answers:
                yield from _one(answer)
        else:
            yield Text(NO_ANSWER, style="bold")
            if self.understood:
                yield Text(f"Đã tìm: {self.understood}", style="dim")
            for citation in self.closest:
                yield Text(f"  Câu gần nhất, không phải câu trả lời: {citation.sentence}", style="dim")
                yield Text(f"    {citation}", style="dim")

    def _repr_html_(self) -> str:
        if not self.answered:
            closest = "".join(f"<li>{_marked_html(citation)}</li>" for citation in self.closest)
            return f"<p><b>{NO_ANSWER}</b></p><p>Những câu gần nhất:</p><ul>{closest}</ul>"
        return "".join(
            f"<p>{_marked_html(citation)}</p>" for answer in self.answers for citation in answer.citations
        )

    @property
    def answered(self) -> bool:
        """Whether the articles answer the question."""
        return bool(self.answers)

    def to_dict(self) -> dict[str, Any]:
        """The JSON that the command line, HTTP and MCP give."""
        return {
            "question": self.question,
            "answered": self.answered,
            "answers": [answer.to_dict() for answer in self.answers],
            "closest": [citation.to_dict() for citation in self.closest],
            "notes": [note.to_dict() for note in self.notes],
            "understood": self.understood,
            "listed": self.listed,
            "seconds": round(self.seconds, 4),
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Reply:
        """The reply that :meth:`to_dict` wrote, without its evidence."""
        return cls(
            question=fields["question"],
            answers=tuple(map(Answer.from_dict, fields["answers"])),
            closest=tuple(map(Citation.from_dict, fields["closest"])),
            notes=tuple(
                Note(note["kind"], Message(note["text"]), note["alternative"]) for note in fields["notes"]
            ),
            seconds=fields["seconds"],
            understood=fields["understood"],
            listed=fields["listed"],
        )


def _items(answers: Sequence[Answer]) -> Iterator[Text]:
    """The items of a list for a terminal, and each of their sources once."""
    from rich.text import Text

    for answer in answers:
        yield Text(f"• {answer.text}", style="bold green")
    yield from _sources(answer.citation for answer in answers)


def _sources(citations: Iterable[Citation]) -> Iterator[Text]:
    """Where citations are from, for a terminal, each article once."""
    from rich.text import Text

    for source in dict.fromkeys(map(str, citations)):
        yield Text(f"  {source}", style="dim")


def _one(answer: Answer) -> Iterator[Text]:
    """An answer for a terminal, in its sentence where it is not all of it."""
    from rich.text import Text

    yield Text(f"{answer.text}  ({answer.confidence:.0%})", style="bold green")
    if answer.text != answer.citation.sentence:
        yield _marked(answer.citation)
    yield from _sources(answer.citations)


def _marked(citation: Citation) -> Text:
    """The sentence with the answer in bold, for a terminal."""
    from rich.text import Text

    text = Text(citation.sentence)
    text.stylize(
        "bold green", citation.start - citation.sentence_start, citation.end - citation.sentence_start
    )
    return text


def _marked_html(citation: Citation) -> str:
    """The sentence with the answer marked and the place it comes from."""
    offset = citation.sentence_start
    span = Span(citation.start - offset, citation.end - offset)
    return f"{highlight_html(citation.sentence, span)} <small>{highlight_html(str(citation))}</small>"
