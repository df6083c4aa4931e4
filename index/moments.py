"""Days and months that a text names, whatever way they are written → terms in one form.

``17-8-2022``, ``17/08/2022``, ``2022-08-17``, ``ngày 17 tháng 8 năm 2022`` and ``August 17, 2022`` give the same terms,
and so does ``sáng 17/8`` in an article of that year.  Texts come folded, since marks do not count here: see
:func:`index.terms.fold`.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.article import Article

MOMENT = "@"
"""Prefix of the terms that stand for days and months; no syllable contains it."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|(?<!\bsa )dec|december)\b\.?"  # Sa Đéc is a town
)
# Folded they may be "máy", "mây", "sếp": names of months only with a year, "of" or "on", or an ordinal.
_UNSURE_NAME = r"(?:may|sep)\b\.?"
_SURE_YEAR = r",?\s+((?:19|20)\d\d)(?!\d)"
_PARTS_OF_DAYS = r"ngay|hom|mung|sang|trua|chieu|toi|dem|tu|den|va"
_YEAR = r"(?:,?\s+(?:nam\s+)?(\d{4}))?(?!\d)"
_PATTERNS = (  # each with the names of its groups, in their order
    (re.compile(r"(?<![\d.,/-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)"), "d-my"),
    (re.compile(r"(?<![\d/-])(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?![\d/-])"), "y-md"),
    (re.compile(r"(?<![\d.,/-])(\d{1,2})/(\d{1,2})(?![\d/.-]\d|\d|/)"), "dm"),
    (re.compile(rf"\b(?:{_PARTS_OF_DAYS})\s+(\d{{1,2}})-(\d{{1,2}})(?![\d/.-]\d|\d)"), "dm"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})\s*,?\s*thang\s+(\d{{1,2}})(?!\d){_YEAR}"), "dmy"),
    (re.compile(r"\bthang\s+(\d{1,2})(?:\s?[/-]\s?|,?\s+nam\s+)(\d{4})(?!\d)"), "my"),
    (re.compile(r"(?<!\d)(?<!\d[/.,-])(\d{1,2})/(\d{4})(?![\d/])"), "my"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH_NAME}){_YEAR}"), "dmy"),
    (re.compile(rf"\b({_MONTH_NAME})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_YEAR}"), "mdy"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_UNSURE_NAME}){_SURE_YEAR}"), "dmy"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:(?:st|nd|rd|th)(?:\s+of)?|\s+of)\s+({_UNSURE_NAME})"), "dm"),
    (re.compile(rf"\b({_UNSURE_NAME})\s+(\d{{1,2}})(?:st|nd|rd|th)?{_SURE_YEAR}"), "mdy"),
    (re.compile(rf"\b({_UNSURE_NAME})\s+(\d{{1,2}})(?:st|nd|rd|th)\b"), "md"),
    (re.compile(rf"\b(?:on|of)\s+({_UNSURE_NAME})\s+(\d{{1,2}})(?![\d/])"), "md"),
    (re.compile(rf"\b({_MONTH_NAME})\s+(\d{{4}})(?!\d)"), "my"),
    (re.compile(rf"\b({_UNSURE_NAME}){_SURE_YEAR}"), "my"),
    (re.compile(r"\bthang\s+(\d{1,2})(?!\d)"), "m"),
)


class Moment(NamedTuple):
    """A day, or a month, that a text names.

    :ivar day: ``None`` for a month.
    :ivar year: ``None`` where the text leaves it out and nothing tells.
    """

    year: int | None
    month: int
    day: int | None

    def terms(self) -> Iterator[str]:
        """The terms in which it is found: with and without its year, and its month.

        >>> list(Moment(2022, 8, 17).terms())
        ['@17.8', '@8', '@17.8.2022', '@8.2022']
        """
        names = [f"{self.day}.{self.month}"] if self.day else []
        names.append(str(self.month))
        yield from (MOMENT + name for name in names)
        if self.year:
            yield from (f"{MOMENT}{name}.{self.year}" for name in names)


def moments(folded: str, *, about: date | None = None) -> tuple[Moment, ...]:
    """The days and months that a text names, each once, in the order of their forms above.

    :param folded: the text.
    :param about: when it was written: a day without a year is the one nearest to this day.

    >>> moments("ngay 17-8-2022 va sang 18/7", about=date(2022, 8, 18))
    (Moment(year=2022, month=8, day=17), Moment(year=2022, month=7, day=18))
    >>> moments("thang 11/2022"), moments("quyet dinh 11/qd, 3/4 so phieu, ti le 40/60")
    ((Moment(year=2022, month=11, day=None),), (Moment(year=None, month=4, day=3),))
    """
    found: dict[Moment, None] = {}
    taken: list[tuple[int, int]] = []
    for pattern, names in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            named = dict(zip(names, match.groups(), strict=True))
            moment = _moment(named.get("d"), named["m"], named.get("y"), about=about)
            if moment is not None:
                taken.append(match.span())
                found[moment] = None
    return tuple(found)


def moment_terms(folded: str, *, about: date | None = None) -> list[str]:
    """The terms of all days and months that a text names, each once.

    >>> moment_terms("ngay 17 thang 8 nam 2022") == moment_terms("17/08/2022") == moment_terms("aug. 17, 2022")
    True
    """
    return list(dict.fromkeys(term for moment in moments(folded, about=about) for term in moment.terms()))


def written_about(article: Article) -> date | None:
    """The day near which an article was written: that of its dateline, or the middle of the year that it names most.

    >>> from index.article import Article
    >>> written_about(Article("a", "Sơ kết năm 2022", "Sáng 18/7, sau năm 2021, năm 2022 …"))
    datetime.date(2022, 7, 1)
    """
    if article.published is not None:
        return article.published
    years = Counter(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", article.text))
    if not years:
        return None
    return date(int(max(years, key=lambda year: (years[year], year))), 7, 1)


def _moment(day: str | None, month: str, year: str | None, *, about: date | None) -> Moment | None:
    number = int(month) if month.isdecimal() else 1 + _MONTHS.index(month[:3])
    if not 1 <= number <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    known = int(year) if year else None
    if known is None and about is not None and day is not None:
        known = _nearest_year(number, about)
    if known is not None and not 1000 <= known <= 2999:
        return None
    return Moment(known, number, int(day) if day else None)


def _nearest_year(month: int, about: date) -> int:
    """The year in which the month lies nearest to a day."""
    years = range(max(MINYEAR, about.year - 1), min(MAXYEAR, about.year + 1) + 1)
    middles = [date(year, month, 15) for year in years]
    return min(middles, key=lambda middle: (abs(middle - about), -middle.toordinal())).year
