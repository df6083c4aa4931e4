"""A span → the whole day that it cuts, or the day that the question asks for, without what happened then.

Readers begin a day behind its "ngày", and may take the whole sentence that begins with it.  And whether a text names a
day without its date: "rằm tháng 7", "thứ Bảy".
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import fold, has_tone_marks
from qa.question_kind import Kind, asked_for

_NUMBERS = r"\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?| tháng \d{1,2}(?:(?: năm |/)\d{4})?)"
_DAY = re.compile(_NUMBERS + r"\b")
_CLAUSE = re.compile(rf"(?:(?:sáng|trưa|chiều|tối) )?(?:ngày )?{_NUMBERS}(?=, )", re.IGNORECASE)
_WORD = re.compile(r"\bngày $", re.IGNORECASE)
PART_OF_DAY = "khi nào trong ngày"
"""What asks whether it was in the morning or in the afternoon."""
_BEGINS = re.compile(r"(?:sáng|trưa|chiều|tối)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:sáng|trưa|chiều|tối) $", re.IGNORECASE)
_NAMES = (
    r"(?:^|\b(?:vào|từ|đến|trước|sau|sáng|trưa|chiều|tối|đêm|ngày) )thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy)\b|\bchủ nhật\b"
    r"|\bm[ùồ]ng (?:\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|\brằm\b|\bgiao thừa\b|\bngày quốc khánh\b"
    r"|\btết (?:nguyên đán|dương lịch|đoan ngọ|trung thu|âm lịch)\b|\b(?:giáng sinh|giỗ tổ|vu lan|phật đản)\b"
)
"""Names of days; "thứ ba" behind a noun is rather the third."""
_NAMES_MARKED, _NAMES_FOLDED = re.compile(_NAMES), re.compile(fold(_NAMES))
_PERIOD = re.compile(r"(?<!mung )(?<!mong )(?<!\d)\d+ (?:ngay|tuan|thang (?:dau|cuoi|qua|nay))\b")
"""A number of days, weeks or months, in folded text."""
_SHORT = 25  # characters that may stand behind a day and tell more of it: ", tại Hà Nội", ", lúc 8 giờ"


def with_day_word(text: str, span: Span, *, inside: Span, question: str) -> Span:
    """The span that begins with a day, with the word "ngày" before it, and the part of the day if that is asked for.

    :param inside: the sentence.

    >>> text = "Họp sáng ngày 17/8."
    >>> with_day_word(text, Span(14, 18), inside=Span(0, 19), question="Họp ngày nào?").of(text)
    'ngày 17/8'
    >>> with_day_word(text, Span(14, 18), inside=Span(0, 19), question="Họp khi nào trong ngày?").of(text)
    'sáng ngày 17/8'
    """
    start = span.start
    if _DAY.match(text, *span) and (word := _WORD.search(text[inside.start : start])):
        start = inside.start + word.start()
    if asks_for_part_of_day(question) and (part := _PART.search(text[inside.start : start])):
        start = inside.start + part.start()
    return Span(start, span.end)


def asks_for_part_of_day(question: str) -> bool:
    """Whether a question, as the reader is asked it, asks for a part of a day."""
    return PART_OF_DAY in question.lower()


def tells_part_of_day(text: str) -> bool:
    """Whether a text begins with a part of a day: "Sáng 18/7"."""
    return _BEGINS.match(text) is not None


def names_day(text: str) -> bool:
    """Whether a text names a day otherwise than by its date: of the moon, of the week or by its feast.

    >>> [names_day(text) for text in ("mùng 6 tháng Giêng", "19h30 tối thứ Bảy", "đêm Giao thừa")]
    [True, True, True]
    >>> [names_day(text) for text in ("7 ngày nghỉ Tết Nguyên đán", "giải thứ ba", "6 tháng đầu năm")]
    [False, False, False]
    """
    folded = fold(text)
    names = _NAMES_MARKED.search(text.lower()) if has_tone_marks(text) else _NAMES_FOLDED.search(folded)
    return names is not None and not _PERIOD.search(folded)


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
