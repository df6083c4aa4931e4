"""What a visitor typed to narrow the search → filters, and the words that say what is active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.dates import parse_date
from index.errors import UsageError
from ui.markup import day, isolated

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

        :raises UsageError: a date is none, or the first day comes after the last.

        >>> Filters.read("1/7/2022", "", " Đình Vinh ")
        Filters(since=datetime.date(2022, 7, 1), until=None, source='Đình Vinh')
        """
        first, last = _day(since), _day(until)
        if first and last and first > last:
            raise UsageError(f"Từ ngày {day(first)} lại sau đến ngày {day(last)}: hãy đổi một trong hai.")
        return cls(first, last, source.strip() or None)

    @property
    def active(self) -> str:
        """What is filtered, as HTML; nothing where nothing is.

        >>> Filters(source="Đình Vinh").active
        'Chỉ tìm trong các bài có nguồn, tiêu đề hoặc tên tệp chứa <bdi>Đình Vinh</bdi>'
        """
        parts = []
        if self.source:
            parts.append(f"có nguồn, tiêu đề hoặc tên tệp chứa {isolated(self.source)}")
        if self.since:
            parts.append(f"đăng từ {day(self.since)}")
        if self.until:
            parts.append(f"đăng đến {day(self.until)}" if not self.since else f"đến {day(self.until)}")
        return f"Chỉ tìm trong các bài {', '.join(parts)}" if parts else ""

    def as_arguments(self) -> dict[str, Any]:
        """For :meth:`qa.assistant.Assistant.ask`."""
        return {"since": self.since, "until": self.until, "source": self.source}


EVERYTHING = Filters()


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    found = parse_date(text.strip())
    if found is None:
        raise UsageError(f"“{text.strip()}” không phải là một ngày: hãy viết như 17/8/2022.")
    return found
