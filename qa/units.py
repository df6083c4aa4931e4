"""Units of measure: the one that a question asks for, and the one that stands behind a number.

"Dài bao nhiêu mét?" is told by "240 m", and may be by "1,2 km", which is a length too, but not by "5 m²".  Leaves out
to turn one unit into another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.terms import fold, has_tone_marks
from qa.counted import counted_as_written
from qa.phrase import ends_phrase


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    :ivar quantity: that it measures, as other units may.
    :ivar names: by which questions ask for it, in words.
    :ivar written: how it begins behind a number, with tone marks and without.
    """

    quantity: str
    names: tuple[str, ...]
    written: tuple[re.Pattern[str], re.Pattern[str]]


def _both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(pattern), re.compile(fold(pattern))


_KILOMETRE = r"(?:km|ki[- ]?l[oô][- ]?m[eé]t|cây số)"
_UNITS = tuple(
    Unit(quantity, tuple(names.split(", ")) if names else (), _both(rf"\s?(?:{written})"))
    for quantity, names, written in (
        ("share", "phần trăm, percent, %", r"%|phần trăm\b"),
        ("length", "mét, met, m", r"m(?:[eé]t)?\b(?! (?:vuông|khối)\b)"),
        ("length", "ki lô mét, kilômét, kilomet, cây số, km", rf"{_KILOMETRE}\b(?! vuông\b)"),
        ("length", "", r"(?:cm|mm|xăng[- ]?ti[- ]?m[eé]t|mi[- ]?li[- ]?m[eé]t)\b(?! (?:vuông|khối)\b)"),
        ("area", "mét vuông, m2, m²", r"(?:m2|m²|m(?:[eé]t)? vuông)\b"),
        ("area", "héc ta, hécta, hecta, ha", r"(?:ha|h[eé]c[- ]?ta)\b"),
        ("area", "ki lô mét vuông, cây số vuông, km vuông, km2, km²", rf"(?:km2|km²|{_KILOMETRE} vuông)\b"),
        ("area", "", r"(?:sào|mẫu (?:đất|ruộng))\b"),
        ("volume", "mét khối, m3, m³", r"(?:m3|m³|m(?:[eé]t)? khối)\b"),
        ("volume", "lít, l", r"(?:l|lít)\b"),
        ("mass", "kg, ki lô gam, kilôgam, kilogam, cân", r"(?:kg|ki[- ]?l[oô][- ]?gam|cân)\b"),
        ("mass", "tấn", r"tấn\b"),
        ("mass", "", r"(?:tạ|g|gam|gram|lạng)\b"),
        ("floors", "tầng", r"tầng\b"),
        ("age", "tuổi", r"tuổi\b"),
        ("views", "lượt xem, lượt đọc, lần xem", r"(?:(?:lượt|lần) (?:xem|đọc)|views?)\b"),
    )
)
"""What is asked for in one word and written behind its number in another."""
_MONEY = Unit(
    "money", ("tiền", "đồng", "usd", "đô la", "đô"), _both(r"\s?(?:\$|(?:đồng|đ|vnđ|vnd|usd|đô la|euro)\b)")
)
_SHARE = _UNITS[0]
_EVERY = (*_UNITS, _MONEY)
_BY_NAME = sorted(
    ((name.split(), unit) for unit in _EVERY for name in unit.names), key=lambda named: -len(named[0])
)
"""Units by the words of their names, the longest first: "mét vuông" is no "mét"."""
_LARGE = _both(r"(?:\s?(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\b)*")
_THOUSANDS = frozenset(("nghin", "ngan", "trieu", "ty", "ti"))
_COUNTED = _both(
    r"\s?(?:người|dân|lượt|con|cây|khách|du khách|sản phẩm|bản|hộ|lao động|học sinh|sinh viên|xe|liều)\b"
)
"""What millions are counted of, which are no money then."""
_SAME_MARKS = (
    r"đồng (?:chí|bào|đội|nghiệp|hồ|phục|cỏ|ruộng|minh)|tiền (?:vệ|đạo|đề|lệ|sử|bối)|tấn công|tầng lớp"
)
_COMPOUNDS = (
    re.compile(rf"(?:{_SAME_MARKS})\b"),
    re.compile(
        rf"(?:{fold(_SAME_MARKS)}|dong (?:vat|co|thai|luc|mach|tac|dan|thap)|tien (?:si|sy|trinh|bo)|ha (?:ma|noi|tang)"
        r"|can (?:bo|ho|cuoc|nha|bang)|tan (?:sinh|binh|cu)|tang (?:vat|ni|pham))\b"
    ),
)
"""Words of two syllables of which the first alone would be a unit; without tone marks there are more of them."""


def unit_asked(question: str) -> Unit | None:
    """The unit in which a question asks how many there are; a thousand or a million by itself is of money.

    >>> [unit_asked(f"Có bao nhiêu {words}?").quantity for words in ("mét vuông đất", "mét", "triệu tấn thép", "tỷ")]
    ['area', 'length', 'mass', 'money']
    >>> [unit_asked(text).quantity for text in ("Tăng mấy %?", "Hỏng bao nhiêu phần?")]
    ['share', 'share']
    >>> [unit_asked(text) for text in ("Có bao nhiêu động cơ?", "co bao nhieu dong co", "Có mấy tầng lớp?")]
    [None, None, None]
    """
    words = counted_as_written(question)
    marked = has_tone_marks(question)
    large = next((n for n, word in enumerate(words) if fold(word) not in _THOUSANDS), len(words))
    words = words[large:]
    if large and (not words or ends_phrase(words[0], folded=not marked)):
        return _MONEY
    if _COMPOUNDS[0 if marked else 1].match(" ".join(words[:2])):
        return None
    if words[:1] in (["phần"], ["phan"]) and (not words[1:] or ends_phrase(words[1], folded=not marked)):
        return _SHARE
    for name, unit in _BY_NAME:
        if words[: len(name)] == (name if marked else [*map(fold, name)]):
            return unit
    return None


def unit_written(behind: str) -> Unit | None:
    """The unit that what stands behind a number begins with; a thousand or a million of nothing is of money.

    >>> [unit_written(text).quantity for text in (" nghìn ha lúa", "m²", "%", " tỷ cho đường", " km đường")]
    ['area', 'area', 'share', 'money', 'length']
    >>> [unit_written(text) for text in (" động vật", " đồng hồ", " triệu lượt khách", " mâm")]
    [None, None, None, None]
    """
    text = behind.lower()
    form = 0 if has_tone_marks(text) else 1
    large = _LARGE[form].match(text)
    rest = text[large.end() :] if large else text
    if _COMPOUNDS[form].match(rest.lstrip()):
        return None
    of_money = large and large[0] and not _COUNTED[form].match(rest)
    return next((unit for unit in _EVERY if unit.written[form].match(rest)), _MONEY if of_money else None)
