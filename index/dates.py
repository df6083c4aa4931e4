"""The day an article was published, read from its dateline.

Only a line (or a cell between bars) that is nothing but a date counts: a date in a sentence is the date of
an event.  Days come before months; a day that does not exist and a year of two digits are no date.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from index.lines import lines
from index.names import is_name
from index.phrases import phrases
from index.span import Span
from index.trim import trim

HEAD_LINES, TAIL_LINES = 8, 10
"""How many lines from the top and from the end may hold a dateline."""

_LONGEST_LINE = 160
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = (
    r"(?<!\d)((?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})"
    r"|(?P<iy>\d{4})(?P<isep>[/.-])(?P<im>\d{1,2})(?P=isep)(?P<id>\d{1,2})"
    r"|(?P<wd>\d{1,2})\s+tháng\s+(?P<wm>\d{1,2}),?\s+(?:năm\s+)?(?P<wy>\d{4})"
    rf"|(?P<ed>\d{{1,2}})\s+(?P<em>{_MONTH}),?\s+(?P<ey>\d{{4}})"
    rf"|(?P<am>{_MONTH})\s+(?P<ad>\d{{1,2}}),?\s+(?P<ay>\d{{4}}))(?!\d)"
)
_UPDATED = r"(ngày )?cập nhật( lần cuối| ngày| lúc| vào)*|(last )?(updated|modified)( on)?"
_POSTED = (
    r"(ngày|tin|bài) (đăng|xuất bản|viết|ban hành|phát hành|gửi)( bài| tin| ngày| lúc)*|thời gian đăng"
    r"|(được )?(đăng|xuất bản|gửi)( ngày| lúc| vào| bài| tin)*|published|posted|date"
)
_WEEKDAY = (
    r"t[2-7]|cn|thứ (hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|(mon|tues|wednes|thurs|fri|satur|sun)day"
)
_CLOCK = r"(lúc )?\d{1,2}(:\d{2}(:\d{2}(\.\d+)?)?|\s?(h|giờ|g)\s?(\d{2})?(\s?phút)?)(\s?(am|pm|sa|ch)\b)?"
_ZONE = r"(gmt|utc)\s?[+-]?\s?\d{0,2}(:?\d{2})?|[+-]\d{2}:?\d{2}|z(?!\w)"
_PART = phrases(
    rf"(?P<updated>{_UPDATED})",
    rf"(?P<posted>{_POSTED})",
    rf"(?P<day>{_DAY})",
    f"{_WEEKDAY}|{_CLOCK}|{_ZONE}",
    r"ngày(?=\s*:?\s*\d)|on(?=\s)|t(?=\d)|[\s,:;\(\)\[\]–-]",
)
_PLACE = re.compile(r"(?:[^\W\d_a-zđ][\w.]*\s?){1,5},\s*(?=(?:ngày\s+)?\d)")
_SITE = re.compile(
    r"(?:\([^()\d]{2,60}\)|(?!(?i:hội|đại hội|lễ|họp|kỳ|sơ kết|tổng kết|khai|chương trình)\b)"
    r"[^\W\d_a-zđ][^\s\d|:(),]*(?: [^\s\d|:(),]+){0,2} ?[-–])\s*(?:[-–]\s*)?(?=\D{0,30}\d)"
)
"""A newspaper or an agency before the day: "(Vân Hải Online) - 05/10/2024", "VHO - Thứ Năm 13/02/2025"."""
_COUNTER = re.compile(r"\s*[-–,;]\s*(?:số )?lượt (?:xem|đọc)\s*:?\s*[\d.,]*\s*$", re.IGNORECASE)
_SIGNED = phrases(
    r"(?P<by>(được )?(đăng|viết|gửi|tạo) bởi\s*:? )?"
    r"(?P<name>[^\d|:\(\),]{3,40}?)(\s*[-–,]| ngày| lúc| vào)\s+(?=\D{0,30}\d)",
)
_CELL = re.compile(r"[^|•·]+")


class Dateline(NamedTuple):
    """A line, or a cell of it, that says when the article was published.

    :ivar rank: 0 says so in words, 1 is a bare date, 2 tells the last update.
    """

    day: date
    span: Span
    rank: int


def parse_date(text: str) -> date | None:
    """The day that a text names, where it names one day, its time and nothing else.

    >>> parse_date("Thứ Năm, 18/08/2022, 20:02 (GMT+7)")
    datetime.date(2022, 8, 18)
    >>> parse_date("Hà Nội, ngày 18 tháng 8 năm 2022")
    datetime.date(2022, 8, 18)
    >>> parse_date("(Vân Hải Online) - 05/10/2024 06:30 GMT+7"), parse_date("Ngày 07/07/2023 10:02 - Số lượt xem: 312")
    (datetime.date(2024, 10, 5), datetime.date(2023, 7, 7))
    >>> parse_date("31/02/2022"), parse_date("Sáng 18/7/2022, hội nghị khai mạc"), parse_date("Hội nghị Sở - 18/7/2022")
    (None, None, None)
    """
    found = _read(text)
    return found[0] if found else None


def find_dateline(text: str) -> Dateline | None:
    """The dateline near the head or the end of an article; ``None`` where it does not state its day."""
    places = list(lines(text))
    near = [*places[:HEAD_LINES], *places[max(HEAD_LINES, len(places) - TAIL_LINES) :]]
    found: list[Dateline] = []
    for line in near:
        if line.end - line.start <= _LONGEST_LINE:
            for cell in cells(text, line):
                read = _read(cell.of(text))
                if read:
                    found.append(Dateline(read[0], cell, read[1]))
    return min(found, key=lambda dateline: (dateline.rank, dateline.span.start), default=None)


def signature(text: str) -> str | None:
    """The name that stands before the date on a dateline.

    >>> signature("Võ Thị Nhiên - 01/07/2022"), signature("Đăng bởi admin lúc 20:02, 18/08/2022")
    ('Võ Thị Nhiên', 'admin')
    >>> signature("Thứ Sáu - 01/07/2022") is None
    True
    """
    signed = _SIGNED.match(text) if len(text) <= _LONGEST_LINE else None
    named = signed and (signed["by"] or is_name(signed["name"], surely=True))
    return signed["name"] if signed and named else None


def cells(text: str, line: Span) -> list[Span]:
    """The parts of a line between bars and bullets, without blanks; the whole line where it has none."""
    parts = (trim(text, Span(*match.span())) for match in _CELL.finditer(text, *line))
    return [part for part in parts if part.start < part.end]


def _read(text: str) -> tuple[date, int] | None:
    """The day and the rank of a dateline, where the text is one from end to end."""
    if len(text) > _LONGEST_LINE:
        return None
    text = _COUNTER.sub("", text)
    before = _SIGNED.match(text) if signature(text) else _PLACE.match(text) or _SITE.match(text)
    at = before.end() if before else 0
    rank = 1
    days: list[date | None] = []
    while at < len(text):
        match = _PART.match(text, at)
        if not match:
            return None
        at = match.end()
        if match["posted"] and not days:
            rank = 0
        elif match["updated"] and not days:
            rank = 2
        elif match["updated"] or match["posted"]:
            break  # the second of "Ngày đăng: … Cập nhật: …"
        elif match["day"]:
            days.append(_day(match))
    # two days are the span of an event
    return (days[0], rank) if len(days) == 1 and days[0] else None


def _day(match: re.Match[str]) -> date | None:
    for day, month, year in (
        ("d", "m", "y"),
        ("id", "im", "iy"),
        ("wd", "wm", "wy"),
        ("ed", "em", "ey"),
        ("ad", "am", "ay"),
    ):
        if match[day]:
            name = match[month].lower()
            number = int(name) if name.isdecimal() else 1 + _MONTHS.index(name[:3])
            try:
                return date(int(match[year]), number, int(match[day])) if match[year] > "1800" else None
            except ValueError:
                return None
    return None
