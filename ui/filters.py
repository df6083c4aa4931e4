"""What a visitor typed to narrow the search → filters, and the words that say what is active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.dates import parse_date
from qa.message import Message
from ui.markup import day
from ui.problems import WrongInput

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles are searched.

    :ivar since: only articles published on this day or later.
    :ivar until: only articles published on this day or earlier.
    :ivar source: only articles whose source, title or file name has this.
    """

    since: date | None = None
    until: date | None = None
    source: str | None = None

    @classmethod
    def read(cls, since: str, until: str, source: str) -> Filters:
        """The filters as they were typed; a blank one filters nothing.

        :raises WrongInput: a date is none, or the first day comes after the last.

        >>> Filters.read("1/7/2022", "", " Đình Vinh ")
        Filters(since=datetime.date(2022, 7, 1), until=None, source='Đình Vinh')
        """
        first, last = _day(since), _day(until)
        if first and last and first > last:
            raise WrongInput(
                Message(
                    "“Đăng từ ngày” ({}) muộn hơn “Đăng đến ngày” ({}): hãy sửa một trong hai.",
                    (day(first), day(last)),
                )
            )
        return cls(first, last, source.strip() or None)

    @property
    def active(self) -> tuple[Message, ...]:
        """What the articles that are left have in common; nothing where nothing is filtered.

        >>> [str(message) for message in Filters(source="Đình Vinh").active]
        ['nguồn, tiêu đề hoặc tên tệp có “Đình Vinh”']
        """
        parts = []
        if self.source:
            parts.append(Message("nguồn, tiêu đề hoặc tên tệp có “{}”", (self.source,)))
        if self.since:
            parts.append(Message("đăng từ {}", (day(self.since),)))
        if self.until:
            parts.append(Message("đăng đến {}", (day(self.until),)))
        return tuple(parts)

    def as_arguments(self) -> dict[str, Any]:
        """For :meth:`qa.assistant.Assistant.ask`."""
        return {"since": self.since, "until": self.until, "source": self.source}


EVERYTHING = Filters()


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    found = parse_date(text.strip())
    if found is None:
        raise WrongInput(Message("“{}” không phải là một ngày: hãy viết như 17/8/2022.", (text.strip(),)))
    return found
