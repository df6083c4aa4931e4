"""A span → the whole day that it cuts, or the day that the question asks for, without what happened then.

Readers begin a day behind its "ngày", and may take the whole sentence that begins with it.
"""

from __future__ import annotations

import re

from index.span import Span
from qa.question_kind import Kind, asked_for

_NUMBERS = r"\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?| tháng \d{1,2}(?:(?: năm |/)\d{4})?)"
_DAY = re.compile(_NUMBERS + r"\b")
_CLAUSE = re.compile(rf"(?:(?:sáng|trưa|chiều|tối) )?(?:ngày )?{_NUMBERS}(?=, )", re.IGNORECASE)
_WORD = re.compile(r"\bngày $", re.IGNORECASE)
_SHORT = 25  # characters that may stand behind a day and tell more of it: ", tại Hà Nội", ", lúc 8 giờ"


def with_day_word(text: str, span: Span, *, inside: Span) -> Span:
    """The span that begins with a day, with the word "ngày" before it.

    :param inside: the sentence.

    >>> with_day_word("Họp ngày 17/8.", Span(9, 13), inside=Span(0, 14)).of("Họp ngày 17/8.")
    'ngày 17/8'
    """
    word = _WORD.search(text[inside.start : span.start]) if _DAY.match(text, *span) else None
    return Span(inside.start + word.start(), span.end) if word else span


def only_the_day(text: str, span: Span, *, question: str) -> Span:
    """The day that the span begins with, if the question asks when and a long clause follows it behind a comma.

    >>> text = "Ngày 11/11/2022, tại Trường Chính trị đã diễn ra Hội nghị tổng kết."
    >>> only_the_day(text, Span(0, 66), question="Hội nghị diễn ra ngày nào?").of(text)
    'Ngày 11/11/2022'
    >>> only_the_day(text, Span(0, 20), question="Hội nghị diễn ra ngày nào?").of(text)
    'Ngày 11/11/2022, tại'
    >>> only_the_day(text, Span(0, 66), question="Hội nghị diễn ra ở đâu?").of(text) == text[:66]
    True
    """
    if asked_for(question).kind is not Kind.TIME:
        return span
    day = _CLAUSE.match(text, span.start, span.end)
    return Span(span.start, day.end()) if day and span.end - day.end() > _SHORT else span
