"""Numbers in words and in Roman figures → the digits that stand for them, as extra terms beside the words.

Takes syllables, gives numerals; leaves out fractions, and words that are mostly something else when they stand alone
(``ba`` is also a father, ``năm`` a year, ``một`` an article).
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_AFTER_TENS = {**_UNITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
del _AFTER_TENS["năm"]  # "ba mươi năm" are thirty years
_BETWEEN = ("linh", "lẻ")
_SCALES = ((10**9, ("tỉ",)), (10**6, ("triệu",)), (10**3, ("nghìn", "ngàn")))
_WORDS = frozenset(
    (
        *_UNITS,
        *_AFTER_TENS,
        "mười",
        "mươi",
        "trăm",
        "không",
        *_BETWEEN,
        *(word for _, words in _SCALES for word in words),
    )
)
_UNIT = "|".join(_UNITS)
_BELOW_THOUSAND = re.compile(
    rf"(?:(?P<hundreds>{_UNIT}|không) trăm)?(?(hundreds)(?: (?:linh|lẻ) (?P<few>{_UNIT}))?)"
    rf"(?(few)|(?: ?(?:(?P<tens>{_UNIT}) mươi|(?P<ten>mười))(?: (?P<ones>{'|'.join(_AFTER_TENS)}))?"
    rf"|(?(hundreds) | ?)(?P<unit>{_UNIT}))?)"
)
_ALONE = frozenset(("hai", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "mười"))

_BEFORE_ROMAN = frozenset(
    "quí khoá kì thứ vực hạng loại cấp chương phần quy khoa ki thu vuc hang loai".split()  # noqa: SIM905
)
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")


def numerals(syllables: Sequence[str]) -> Iterator[str]:
    """The numbers that are written in words or Roman figures, in digits.

    :param syllables: of one sentence, as :func:`index.terms.syllables` gives them.

    >>> list(numerals("có hai mươi bảy lớp với ba nghìn bảy trăm tám mươi chín học viên".split()))
    ['27', '3789']
    >>> list(numerals("năm ý trong quí iii của ba tôi".split())), list(numerals("tháng tám năm ba mươi".split()))
    (['3'], ['8', '30'])
    """
    for is_number, run in groupby(syllables, key=_WORDS.__contains__):
        if is_number:
            yield from _values(list(run))
    for before, figures in pairwise(syllables):
        if before in _BEFORE_ROMAN and _ROMAN.fullmatch(figures):
            yield str(_roman(figures))


def _values(run: list[str]) -> Iterator[str]:
    """The numbers in a run of number words, the longest first from the left."""
    start = 0
    while start < len(run):
        for end in range(len(run), start, -1):
            value = _value(run[start:end])
            if value is not None and (end - start > 1 or run[start] in _ALONE):
                yield str(value)
                start = end
                break
        else:
            start += 1


def _value(words: Sequence[str]) -> int | None:
    """The number that the words are as a whole, if they are one.

    >>> _value("hai nghìn không trăm hai mươi hai".split()), _value("hai nghìn lẻ năm".split())
    (2022, 2005)
    >>> _value("một nghìn năm".split()) is None    # a thousand years
    True
    """
    if len(words) > 1 and words[-1] == "năm" and words[-2] not in _BETWEEN:
        return None
    total, rest = 0, list(words)
    for scale, names in _SCALES:
        place = next((n for n, word in enumerate(rest) if word in names), None)
        if place is not None:
            group = _below_thousand(rest[:place], leads=not total)
            if not group:
                return None
            total, rest = total + group * scale, rest[place + 1 :]
    group = _below_thousand(rest, leads=not total) if rest else 0
    return None if group is None else total + group


def _below_thousand(words: Sequence[str], *, leads: bool) -> int | None:
    """The number below a thousand; one that leads does not begin with "không trăm" or "linh"."""
    if words and words[0] in ("không", *_BETWEEN):
        if leads:
            return None
        words = words if words[0] == "không" else ("không", "trăm", *words)
    match = _BELOW_THOUSAND.fullmatch(" ".join(words)) if words else None
    if match is None:
        return None
    hundreds, few, tens, ten, ones, unit = match.group("hundreds", "few", "tens", "ten", "ones", "unit")
    value = 100 * _UNITS.get(hundreds, 0) + 10 * (_UNITS.get(tens, 0) + bool(ten))
    return value + _UNITS.get(few, 0) + _AFTER_TENS.get(ones, 0) + _UNITS.get(unit, 0)


def _roman(figures: str) -> int:
    """The value of Roman figures.

    >>> [_roman(figures) for figures in ("iv", "xiii", "ix")]
    [4, 13, 9]
    """
    values = [{"i": 1, "v": 5, "x": 10}[figure] for figure in figures]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))
