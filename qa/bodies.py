"""A span that ends in half of a body's name → the span with its whole name: "Phòng Tổ chức – Hành chính"; likewise
"Trường Chính trị Tô Hiệu thành phố Hải Phòng".
"""

from __future__ import annotations

import re

from index.span import Span
from qa.tone_marks import is_common_pair

_BODY = re.compile(
    r"\b(?:phòng|ban|khoa|sở|bộ|vụ|cục|tổ|chi bộ|trung tâm|đội) (?:[^\W_]+ )*[^\W_]+$", re.IGNORECASE
)
_SECOND = re.compile(r" ?[-–] ?((?=[^\W\d_a-zà-ỹđ])\w+ \w+)")
_SEATED = re.compile(
    r"\b(?:trường|học viện|sở|đại học|bệnh viện|trung tâm|ban|chi cục|cục|viện) (?:[^\W_]+ )*[^\W_]+$",
    re.IGNORECASE,
)
_SEAT = re.compile(r" (?:tỉnh|thành phố|huyện|quận|thị xã)(?: (?=[^\W\d_a-zà-ỹđ])\w+)+")


def with_seat(text: str, span: Span, *, inside: Span) -> Span:
    """The span with the province or town that follows a body's name and belongs to it.

    :param inside: the sentence.

    >>> text = "Cụm trưởng là Trường Chính trị Tô Hiệu thành phố Hải Phòng."
    >>> with_seat(text, Span(14, 38), inside=Span(0, len(text))).of(text)
    'Trường Chính trị Tô Hiệu thành phố Hải Phòng'
    """
    seat = _SEAT.match(text, span.end, inside.end)
    return Span(span.start, seat.end()) if seat and _SEATED.search(span.of(text)) else span


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
