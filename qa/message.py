"""A sentence for people, kept apart from what it speaks of, so that a page can say it in another language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A Vietnamese sentence with its values.

    >>> str(Message("Đã hiểu là: {}", ("hội nghị",)))
    'Đã hiểu là: hội nghị'

    :ivar template: as for :meth:`str.format`; taken as it is where there are no values.
    :ivar values: what fills the braces, in order; sentences among them are said in the language of the whole.
    """

    template: str
    values: tuple[str | Message, ...] = ()

    def __str__(self) -> str:
        return self.template.format(*self.values) if self.values else self.template
