"""A sentence that tells who attended → the people and the groups of people that it names, each in its place.

``Tham dự có ông A – Bí thư; bà B – Phó Bí thư cùng toàn thể Đảng ủy, các ban Đảng`` names two people and two groups;
the offices behind a name are that person's, those behind a group stand for who holds them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.span import Span
from index.terms import fold
from index.trim import trim
from qa.people import people_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTEND = r"dự(?! (?:án|thảo|toán|kiến|báo|bị|phòng|định|thi|tuyển|thầu)\b)|tham dự|tham gia|có mặt|góp mặt|thành phần"
_ASKS = re.compile(rf"\b(?:{_ATTEND}|{fold(_ATTEND)}|attend(?:ed|s|ees)?)\b", re.IGNORECASE)
_CUE = re.compile(
    rf"\b(?:{_ATTEND})\b[^;:.]{{0,80}}?\b(?:có|gồm|là)(?: sự (?:tham gia|hiện diện) của)?:? ", re.IGNORECASE
)
"""What announces who attended: "Tham dự Hội nghị có"."""
_APART = re.compile(r"\s*;\s*(?:và\s+)?|,?\s+(?:bao )?gồm(?: có)?:?\s+|\s*:\s+")
_AND = re.compile(r"\s*,\s+(?:(?:và|cùng)\s+)?|\s+(?:và|cùng(?: với)?|với)\s+")
_GROUP = re.compile(
    r"(?:các|những|toàn thể|tập thể|đại diện|lãnh đạo|đông đảo|hơn|gần|trên|khoảng|hàng|một số|\d[\d.]*|đại biểu|cán bộ"
    r"|đảng viên|đoàn viên|hội viên|giáo viên|giảng viên|học viên|học sinh|sinh viên|người)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r",? (?:đã|cũng|tham dự|dự(?! (?:bị|án))|đến dự|về dự|có mặt|theo dõi)\b")
"""What stands behind the last group and is none of it: "các đảng viên tham dự trực tuyến"."""


def asks_who_attended(question: str) -> bool:
    """Whether a question may ask who attended.

    >>> asks_who_attended("Thành phần dự họp gồm những ai?"), asks_who_attended("Những ai phát biểu?")
    (True, False)
    """
    return _ASKS.search(question) is not None


def attendance(text: str, sentence: Span) -> list[Span]:
    """Who attended, by the sentence that announces it; nothing where it does not, or names people alone.

    >>> text = "Dự họp có ông Lê An – Bí thư; bà Hà Mai – Phó Bí thư cùng toàn thể Đảng ủy và Chủ tịch Công đoàn."
    >>> [part.of(text) for part in attendance(text, Span(0, len(text)))]
    ['Lê An', 'Hà Mai', 'toàn thể Đảng ủy', 'Chủ tịch Công đoàn']
    """
    cue = _CUE.search(text, *sentence)
    if cue is None:
        return []
    found: list[Span] = []
    named = 0
    for piece in _split(text, Span(cue.end(), sentence.end), _APART):
        is_group = not any(people_in(text, piece))
        for part in _split(text, piece, _AND):
            names = list(people_in(text, part))
            is_group = not names and (is_group or _GROUP.match(part.of(text)) is not None)
            found += names or ([_without_rest(text, part)] if is_group else [])
            named += len(names)
    return found if len(found) > named else []


def _split(text: str, region: Span, pattern: re.Pattern[str]) -> Iterator[Span]:
    """What stands between the places where a pattern matches, without blanks and full stops."""
    start = region.start
    for end, following in [
        *(match.span() for match in pattern.finditer(text, *region)),
        (region.end, region.end),
    ]:
        part = trim(text, Span(start, end))
        while part.end > part.start and text[part.end - 1] in ".,…":
            part = Span(part.start, part.end - 1)
        if part.start < part.end:
            yield part
        start = following


def _without_rest(text: str, part: Span) -> Span:
    rest = _ENDS.search(text, part.start + 1, part.end)
    return Span(part.start, rest.start()) if rest else part
