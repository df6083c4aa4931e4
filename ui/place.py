"""A place in an article that can be opened: its marked spans, and the link that leads there.

Takes citations or the query of an address, gives the same :class:`Place`, so that a click, a bookmark and a link
sent to a colleague open the same view.  Leaves out rendering: see :mod:`ui.article_view`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlencode

from index.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qa.answer import Citation

_AT = re.compile(r"(?:(\d{1,3}):)?(\d{1,9})-(\d{1,9})")
_CHECKSUM_DIGITS = 12  # enough to notice that an article changed; short enough for a link
_LONGEST_QUERY = 8_000  # characters; what people and this module write is far below


class Mark(NamedTuple):
    """A cited span and the number it carries in the reply; 0 where it has none."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where to open an article.

    :ivar marks: cited spans; the first is the one to scroll to.
    :ivar sentence: the sentence around the first mark.
    :ivar checksum: how the SHA-256 of the text that the spans count in starts; empty where it is not known.
    """

    article: str
    marks: tuple[Mark, ...] = ()
    sentence: Span | None = None
    checksum: str = ""

    @classmethod
    def of(cls, citation: Citation, *, number: int, others: Iterable[tuple[int, Citation]] = ()) -> Place:
        """The place of a citation, with the other numbered citations of the same text marked too."""
        beside = (
            Mark(other_number, Span(other.start, other.end))
            for other_number, other in others
            if other_number != number and (other.article, other.sha256) == (citation.article, citation.sha256)
        )
        return cls(
            article=citation.article,
            marks=(Mark(number, Span(citation.start, citation.end)), *beside),
            sentence=Span(citation.sentence_start, citation.sentence_end),
            checksum=citation.sha256[:_CHECKSUM_DIGITS],
        )

    @classmethod
    def from_query(cls, query: str) -> Place | None:
        """Read back what :meth:`query` wrote; ``None`` where the query names no article.

        Spans that are not numbers are left out: an address is typed by people and cut by mail programs.

        >>> Place.from_query("?article=a.txt&at=1:5-9").marks
        (Mark(number=1, span=Span(start=5, end=9)),)
        """
        fields = parse_qs(query.removeprefix("?")[:_LONGEST_QUERY])
        if "article" not in fields:
            return None
        sentences = [mark.span for mark in _marks(fields.get("in", []))]
        return cls(
            article=fields["article"][0],
            marks=tuple(_marks(fields.get("at", []))),
            sentence=sentences[0] if sentences else None,
            checksum=fields.get("of", [""])[0],
        )

    def query(self) -> str:
        """The place as the query of an address.

        >>> Place("a.txt", marks=(Mark(1, Span(5, 9)),), sentence=Span(0, 20)).query()
        '?article=a.txt&at=1%3A5-9&in=0-20'
        """
        fields = [("article", self.article)]
        fields += [("at", f"{mark.number}:{mark.span.start}-{mark.span.end}") for mark in self.marks]
        if self.sentence:
            fields.append(("in", f"{self.sentence.start}-{self.sentence.end}"))
        if self.checksum:
            fields.append(("of", self.checksum))
        return "?" + urlencode(fields)


def _marks(values: Iterable[str]) -> Iterable[Mark]:
    for value in values:
        if match := _AT.fullmatch(value):
            number, start, end = match.groups(default="0")
            if int(start) < int(end):
                yield Mark(int(number), Span(int(start), int(end)))
