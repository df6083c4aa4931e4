"""A span that ends in half of a body's name → the span with its whole name: "Phòng Tổ chức – Hành chính"."""

from __future__ import annotations

import re

from index.span import Span
from qa.coverage import is_common_pair

_BODY = re.compile(
    r"\b(?:phòng|ban|khoa|sở|bộ|vụ|cục|tổ|chi bộ|trung tâm|đội) (?:[^\W_]+ )*[^\W_]+$", re.IGNORECASE
)
_SECOND = re.compile(r" ?[-–] ?((?=[^\W\d_a-zà-ỹđ])\w+ \w+)")


def with_second_half(text: str, span: Span, *, inside: Span) -> Span:
    """The span with what follows it behind a dash, where both make one body's name.

    :param inside: the sentence.

    >>> text = "Dự có Phòng Tổ chức – Hành chính và Phòng Đào tạo – ông Sơn."
    >>> whole = Span(0, len(text))
    >>> [with_second_half(text, Span(6, end), inside=whole).of(text) for end in (19, 12)]
    ['Phòng Tổ chức – Hành chính', 'Phòng ']
    >>> with_second_half(text, Span(36, 49), inside=whole).of(text)
    'Phòng Đào tạo'
    """
    second = _SECOND.match(text, span.end, inside.end)
    if second is None or not is_common_pair(second[1]) or not _BODY.search(text[inside.start : span.end]):
        return span
    return Span(span.start, second.end())
