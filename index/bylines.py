"""Who an article is by: a labelled byline, an agency in parentheses, a name or an office on the last line.

Takes the text and its furniture, gives one source or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.dates import cells, parse_date, signature
from index.lines import lines
from index.names import is_name, is_office
from index.phrases import phrases
from index.span import Span
from index.trim import outside

HEAD_LINES, TAIL_LINES = 6, 10
"""How many lines from the top and from the end may hold a byline."""

_NEAR = 40  # lines, of which some are furniture
_LONGEST_LINE = 160
_LONGEST_SOURCE = 14  # words

_PICTURE = "(ảnh|hình)"
_AUTHOR = phrases(
    r"(tác giả( bài viết)?|người viết|thực hiện|phóng viên|author|(written )?by)\s*[:：]\s*(?P<name>\S.*)"
)
_REPORTER = phrases(
    rf"(tin|bài|tin bài|bài viết)(\s*(,|và|&|\+|-|–|/)?\s*(bài|{_PICTURE}))*\s*[:：]\s*(?P<name>\S.*)"
)
_PUBLISHER = phrases(r"(nguồn( tin)?|theo|source|đơn vị đăng|nơi đăng)\s*[:：]\s*(?P<name>\S.*)")
_PHOTOGRAPHER = phrases(r"(hình ảnh|ảnh|photo)\s*[:：]\s*(?P<name>\S.*)")
_ACCORDING = phrases(r"(theo|nguồn:?) (?P<name>[^\(\);,]{2,60}?)\.?")
_LABELS = ((0, _AUTHOR), (0, _REPORTER), (1, _PUBLISHER), (1, _ACCORDING), (3, _PHOTOGRAPHER))

_AGENCY = phrases(r"\((?P<name>[^\(\)]{2,60})\)\.?")
_AGENCY_AT_END = phrases(r"\((theo|nguồn:?) (?P<name>[^\(\)]{2,60})\)\.?\Z")
_NOT_AN_AGENCY = phrases(r"(ảnh|hình|còn|hết|xem|kèm|lưu ý|ghi chú|đã|sưu tầm|tiếp|tin|bài|video)\b")
_OTHER_CREDIT = phrases(rf"\s*[-–,;|.\(]*\s*({_PICTURE}|video|đồ họa|nguồn)\s*[:：].*")
_BETWEEN_NAMES = ("và", "&", "-", "–")
_AROUND = " .,;|()[]*_-–"


class Byline(NamedTuple):
    """A source and the line, or the part of a line, that states it.

    :ivar rank: 0 the author, 1 the publisher, 2 a bare name or office, 3 the photographer alone.
    """

    source: str
    span: Span
    rank: int


def find_byline(text: str, *, furniture: Sequence[Span] = ()) -> Byline | None:
    r"""The best byline near the end or the head of an article, or ``None``.

    >>> find_byline("Tổng kết năm học\n\nNăm học đã kết thúc.\n\nTin, ảnh: Võ Thị Nhiên").source
    'Võ Thị Nhiên'
    """
    rows = _cells_near_the_edges(text, furniture)
    body = [cell for cell in rows if not parse_date(cell.of(text))]
    if len(body) < 2:
        return None
    head, tail = body[1:HEAD_LINES], body[max(HEAD_LINES, len(body) - TAIL_LINES) :]
    found = [byline for cell in (*head, *tail) if (byline := _labelled(text, cell))]
    found += [byline for cell in body[1:][-4:] if (byline := _agency(text, cell))]
    found += [
        Byline(name, cell, 1) for cell in rows if cell not in body and (name := signature(cell.of(text)))
    ]
    last = body[-1].of(text).strip(_AROUND)
    below_title = body[1].of(text).strip(_AROUND)
    if is_name(last) or is_office(last):
        found.append(Byline(last, body[-1], 2))
    elif is_name(below_title, surely=True):
        found.append(Byline(below_title, body[1], 2))
    return min(found, key=lambda byline: (byline.rank, -byline.span.start), default=None)


def is_byline(text: str) -> bool:
    """Whether a line or cell says by whom the article is, in words or in parentheses.

    >>> is_byline("Theo VnExpress"), is_byline("(UET-News)"), is_byline("Theo đó, năm học kết thúc.")
    (True, True, False)
    """
    whole = Span(0, len(text))
    return _labelled(text, whole) is not None or _agency(text, whole) is not None


def _cells_near_the_edges(text: str, furniture: Sequence[Span]) -> list[Span]:
    """Lines, or their parts between bars, that are no furniture."""
    rows = list(lines(text))
    if len(rows) > 2 * _NEAR:
        rows = [*rows[:_NEAR], *rows[-_NEAR:]]
    return [
        part
        for line in rows
        for cell in (cells(text, line) if line.end - line.start <= _LONGEST_LINE else [line])
        for part in outside(text, cell, pieces=furniture)
    ]


def _labelled(text: str, cell: Span) -> Byline | None:
    if cell.end - cell.start > _LONGEST_LINE:
        return None
    line = cell.of(text).strip("()[]*_ ")
    for rank, label in _LABELS:
        match = label.fullmatch(line)
        if match:
            name = _OTHER_CREDIT.sub("", match["name"]).strip(_AROUND)
            if _is_proper(name) or (
                label in (_AUTHOR, _PUBLISHER) and 0 < len(name.split()) <= _LONGEST_SOURCE
            ):
                return Byline(name, cell, rank)
    return None


def _is_proper(name: str) -> bool:
    """Whether a name is one of people, of an office or of a site: "Theo Đảng trọn đời" gives none of them."""
    words = [word for word in name.split() if word not in _BETWEEN_NAMES]
    capitals = bool(words) and all(word[0].isupper() for word in words)
    return capitals or is_office(name) or (len(words) == 1 and "." in name)


def _agency(text: str, cell: Span) -> Byline | None:
    at_end = _AGENCY_AT_END.search(text, max(cell.start, cell.end - 90), cell.end)
    match = at_end or _AGENCY.fullmatch(text, *cell)
    if not match:
        return None
    name = match["name"].strip()
    if not name[:1].isupper() or _NOT_AN_AGENCY.match(name) or len(name.split()) > 8:
        return None
    return Byline(name, Span(*match.span()), 1)
