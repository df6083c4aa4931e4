"""One question of a conversation and what came of it, as the page shows it and as it is kept."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from qa.answer import Note, Reply
from qa.explanation import explain
from qa.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

Verdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its reply.

    :ivar number: place in the conversation, from 0.
    :ivar reply: ``None`` while the question is being answered, and where it could not be asked.
    :ivar error: why it could not be asked, one sentence.
    :ivar within: what the articles that were searched have in common; nothing where all of them were.
    :ivar why: what the reply was made from, a line each.
    :ivar verdict: what the user thinks of the reply.
    :ivar correction: the answer that the user expected.
    """

    question: str
    reply: Reply | None = None
    error: Message | None = None
    within: tuple[Message, ...] = ()
    why: tuple[Message, ...] = ()
    verdict: Verdict | None = None
    correction: str = ""
    number: int = 0

    @property
    def waits(self) -> bool:
        """Whether it is still being answered."""
        return self.reply is None and self.error is None

    def answered(self, reply: Reply) -> Turn:
        """The turn with its reply, and in words what the reply was made from.

        The evidence itself, with the articles in it, is not kept for as long as the page is.
        """
        why = tuple(explain(reply.evidence).lines()) if reply.evidence else ()
        return replace(self, reply=replace(reply, evidence=None), why=why)

    def to_dict(self) -> dict[str, Any]:
        """The turn as JSON values; a waiting one has neither reply nor error."""
        reply = self.reply
        return {
            "question": self.question,
            "reply": reply.to_dict() if reply else None,
            "notes": [_written(note.message) for note in reply.notes] if reply else [],
            "error": _written(self.error) if self.error else None,
            "within": [*map(_written, self.within)],
            "why": [*map(_written, self.why)],
            "verdict": self.verdict,
            "correction": self.correction,
            "number": self.number,
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Turn:
        """The turn that :meth:`to_dict` wrote."""
        reply = Reply.from_dict(fields["reply"]) if fields["reply"] else None
        if reply:
            notes = (
                Note(note.kind, message, note.alternative)
                for note, message in zip(reply.notes, map(_read, fields["notes"]), strict=True)
            )
            reply = replace(reply, notes=tuple(notes))
        return cls(
            question=fields["question"],
            reply=reply,
            error=_read(fields["error"]) if fields["error"] else None,
            within=tuple(map(_read, fields["within"])),
            why=tuple(map(_read, fields["why"])),
            verdict=fields["verdict"],
            correction=fields["correction"],
            number=fields["number"],
        )


def _written(message: Message) -> dict[str, Any]:
    values = [_written(value) if isinstance(value, Message) else value for value in message.values]
    return {"template": message.template, "values": values}


def _read(written: Mapping[str, Any]) -> Message:
    values = (value if isinstance(value, str) else _read(value) for value in written["values"])
    return Message(sys.intern(written["template"]), tuple(values))
