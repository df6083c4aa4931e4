"""Whether a number counts the things that a question asks to count, or is measured in its unit, or is a share.

"72 đảng viên" does not tell how many đoàn viên there are, nor "5 m" how many square metres; "35 ngôi nhà" may tell how
many "căn nhà", since two nouns may well be words for the same.  Leaves out which words are counted: see
:mod:`qa.counted`.
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import fold
from qa.counted import NUMBER, counted_in_vietnamese, words_counted
from qa.phrase import ends_phrase
from qa.units import Unit, unit_asked, unit_written

_WORD = re.compile(r"[^\W\d_]+")
_ANYBODY = frozenset(("nguoi", "ca", "don", "lan", "cai", "thu", "gio"))  # what anything may be counted as
_NOBODY = re.compile(
    r"\s?(?:%|(?:trận|điểm|đồng(?! chí| bào| đội| nghiệp)|ngày|tháng|năm|giờ|phút|m|km|ha|tấn|bản|phiếu|lần|cái|chiếc"
    r"|usd)\b)"
)
"""What stands behind a number that counts no people."""
_LARGE = re.compile(r"(?:\s?(?:nghin|ngan|van|trieu|ty|ti)\b)*")
"""Thousands and millions behind a number in digits, before what is counted; folded."""
_FURTHER = re.compile(
    r"\b(?:nu|du bi|chinh thuc|dan toc(?: thieu so)?|nuoc ngoai|xuat sac|tien tien|gioi|moi ket nap|moi"
    r"|cap (?:tinh|bo|nganh|truong|co so|huyen|xa|quoc gia|nha nuoc|thanh pho|trung uong|khoa|vien)"
    r"|loai \w+|hang \w+)\b"
)
"""What tells the things of one name apart; who asks for those of one kind is not told how many there are of all."""
_NOUN_WORDS = 6  # of what is counted, that its kind is looked for in
_OF_SOMETHING = re.compile(r"\s?(?:%|[^\W\d_]{2,})")
_SHARE = re.compile(r"\s?(?:%|phan tram\b)")
_RATIO = re.compile(r"\d ?(?:/|:|tren) ?\d")
_KINDS = {
    f"{first} {kind}": (kind, number)
    for kind, groups in (
        ("vien", "dang, doan, hoi, uy, giang giao, hoc sinh"),
        ("sinh", "nam, nu"),
        ("gioi", "nam, nu"),
        ("si", "tien, thac, bac, y, duoc, liet, chien, nghe ca nhac"),
        ("bo", "chi, dang, can"),
        ("uy", "chi, dang, tinh, huyen, thanh"),
        ("nhan", "cong, benh nan, quan, doanh"),
        ("hoc", "truong, lop khoa phong, mon"),
        ("dinh", "nghi, quyet"),
    )
    for number, group in enumerate(groups.split(", "))
    for first in group.split()
}
"""Kinds of one thing of which none is the other, folded: "đoàn viên" are no "đảng viên", but "giáo viên" may be called
"giảng viên"."""
_BODIES = frozenset(name for name, (kind, _) in _KINDS.items() if kind in ("bo", "uy", "hoc", "dinh")) - {
    "can bo"
}
"""Of these, what is no people."""


def fit_of_rate(text: str, span: Span) -> int:
    """1 for a share or a ratio, -1 where other things are counted."""
    behind = [fold(text[number.end() : number.end() + 12]) for number in NUMBER.finditer(text, *span)]
    if any(map(_SHARE.match, behind)) or _RATIO.search(fold(span.of(text))):
        return 1
    return -1 if behind and all(map(_OF_SOMETHING.match, behind)) else 0


def _noun(counted: list[str]) -> list[str]:
    """The one or two words that name what is counted: "lớp" of "lớp trong năm 2022"."""
    words = [word for word in counted[:2] if _WORD.fullmatch(word)]
    return words[:1] if len(words) > 1 and ends_phrase(words[1], folded=True) else words


def fit_of_count(question: str, text: str, span: Span, sentence: Span) -> int:
    """1 for a number of what a question counts, -1 for one of something else, 0 where nothing tells.

    >>> text = "Đội có 12 chiếc tàu và 72 đảng viên."
    >>> ships, members, whole = Span(7, 19), Span(23, 35), Span(0, 36)
    >>> [fit_of_count("Có bao nhiêu con tàu?", text, ships, whole)]
    [0]
    >>> [fit_of_count(f"Có bao nhiêu {noun}?", text, members, whole) for noun in ("đảng viên", "đoàn viên", "hộ")]
    [1, -1, 0]
    """
    counted = counted_in_vietnamese(question) or words_counted(question)
    wanted = _noun(counted)
    numbers = list(NUMBER.finditer(text, *span))
    written = [text[number.end() : min(sentence.end, number.end() + 30)] for number in numbers]
    if _of_people(wanted) and numbers and all(_counts_nobody(text, number.end()) for number in numbers):
        return -1
    unit = unit_asked(question)
    if unit is not None:
        return _fit_of_measure(unit, written)
    if not wanted or wanted[0] in _ANYBODY:
        return 0
    behind = [*map(fold, written)]
    if behind and all(_SHARE.match(words) for words in behind):
        return -1  # tells how large a part is, not how many there are
    counts = [_WORD.findall(_LARGE.sub("", words, count=1)) for words in behind]
    if any(words[: len(wanted)] == wanted for words in counts):
        return _fit_of_kind(counted, wanted, counts, sentence.of(text))
    return -int(any(_is_another_kind(" ".join(wanted), " ".join(words[:2])) for words in counts))


def _is_another_kind(wanted: str, told: str) -> bool:
    """Whether of two things that are counted none is the other.

    >>> [_is_another_kind("dang vien", told) for told in ("doan vien", "chi bo", "tien si", "nguoi")]
    [True, True, False, False]
    """
    if wanted not in _KINDS or told not in _KINDS:
        return False
    (one, number), (other, another) = _KINDS[wanted], _KINDS[told]
    return (one == other and number != another) or (wanted in _BODIES) != (told in _BODIES)


def _fit_of_measure(unit: Unit, behind: list[str]) -> int:
    """How a number fits that is asked for in a unit, by what stands behind each number: in another unit it may."""
    told = [unit_written(words) for words in behind]
    if unit in told:
        return 1
    if any(other and other.quantity == unit.quantity for other in told):
        return 0
    others = [other or _OF_SOMETHING.match(words) for other, words in zip(told, behind, strict=True)]
    return -1 if others and all(others) else 0


def _fit_of_kind(counted: list[str], wanted: list[str], counts: list[list[str]], sentence: str) -> int:
    """How a number of the things that are asked for fits, by what tells them further: "đảng viên dự bị"."""
    rests = [" ".join(words[len(wanted) :]) for words in counts if words[: len(wanted)] == wanted]
    told = [_FURTHER.match(rest) for rest in rests]
    # "hàng" of "gian hàng" tells nothing further
    further = _FURTHER.fullmatch(wanted[-1]) or _FURTHER.search(" ".join(counted[len(wanted) : _NOUN_WORDS]))
    if further is None:
        return int(not all(told))  # else of a part of them
    if any(kind and kind[0] == further[0] for kind in told):
        return 1
    said = fold(sentence)
    if all(told) or re.search(rf"\d {' '.join(wanted)} {further[0]}\b", said):
        return -1  # another number is of those that are asked for
    return 1 if re.search(rf"\b{further[0]}\b", said) else -1


def _of_people(wanted: list[str]) -> bool:
    return wanted[:1] == ["nguoi"] or wanted == ["dong", "chi"]


def _counts_nobody(text: str, end: int) -> bool:
    """Whether the number that ends here counts things, days or money."""
    behind = text[end : end + 30]
    large = _LARGE.match(fold(behind))
    rest = behind[large.end() if large else 0 :].lower()
    counted = _WORD.match(rest.lstrip())
    nothing = counted is None or ends_phrase(counted[0])
    return bool(_NOBODY.match(rest)) or bool(large and large[0] and nothing)
