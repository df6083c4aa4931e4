"""A question that was asked before, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.question_kind import Kind, asked_for


@dataclass(frozen=True, slots=True)
class Turn:
    """The question before, and what came of it.

    :ivar question: as it was understood.
    :ivar answers: their texts, best first.
    :ivar article: identifier of the article that the best answer is from.
    :ivar listed: whether the answers are the items of a list; else those behind the first are what it may be instead.
    """

    question: str
    answers: tuple[str, ...] = ()
    article: str | None = None
    listed: bool = False

    @property
    def kind(self) -> Kind:
        """What it asked for."""
        return asked_for(self.question).kind
