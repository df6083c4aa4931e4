"""Words of an article as HTML that shows them and nothing else."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.span import Span


def highlight_html(text: str, *marks: Span) -> str:
    """Escaped text with the spans in ``<mark>``; line ends stay line ends.

    :param marks: in order, not overlapping.

    >>> from index.span import Span
    >>> highlight_html("có 72 đảng viên & khách", Span(3, 15))
    'có <mark>72 đảng viên</mark> &amp; khách'
    """
    parts, place = [], 0
    for mark in marks:
        parts += [html.escape(text[place : mark.start]), f"<mark>{html.escape(mark.of(text))}</mark>"]
        place = mark.end
    return "".join([*parts, html.escape(text[place:])])
