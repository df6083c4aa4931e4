"""What a number tells from others of its kind: "người thứ hai", "đợt II", "giải nhì", "gói thầu số 07", "tàu 11 m".

Takes the topic of a follow-up and the question before; gives the place of the one that the topic stands for, and tells
a question that leaves out what "người thứ hai" or "lần trước" is of.  Leaves out days, see :mod:`index.moments`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.terms import fold, has_tone_marks, spelled
from qa.phrase import Words, ends_phrase
from qa.question_kind import asked_about

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMS = {
    "NUMERAL": "nhất|nhì|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?",
    "ONE_OF": "đầu tiên|cuối cùng|khuyến khích|đặc biệt",
    "ROW": "lần|đợt|vòng|hạng|giải|loại|bậc|mức|nhóm|khóa|khoá|kỳ|kì|quý|tập|phần|chương|tầng|lượt|tổ|ca|ý|câu",
    "AGAIN": "lần|mùa|kỳ|kì|đợt|khóa|khoá|vòng|lượt|trận|nhiệm kỳ|nhiệm kì",
    "TIME": "năm|tháng|quý|tuần",
    "OTHER": "(?:liền )?(?:trước|ngoái|sau|tiếp theo|kế tiếp)(?: (?:đó|nữa))?",
    "PLACED": "(?:xếp|đứng|về)(?: hạng)?",
    "UNIT": "m|mét|km|tấn|tạ|kg|ha|lít|tuổi|tháng|năm|ngày|giờ|phút|chỗ",
    "FROM": "từ|đến|tới|ở|cho|với|của|trong|là|sang|vào",
    "NTH": "thứ",
    "NUMBER": "số",
    "THEN": "thì",
    "WAR": "thế chiến",
}
"""Words of a kind, by the name that stands for them in a template."""
_SIGN = r"\d{1,3}[a-zA-Z]?|[IVX]+|[A-H]\d?|[A-ZĐ]{1,4}\d{1,4}"
"""Numbers, Roman ones, letters and codes, in the capitals that they are written in."""
_FEW, _MOST = 2, 4
"""Syllables behind "người thứ hai" that say too little to stand alone: "trúng thưởng là ai", but not "leo lên đỉnh núi
là ai"; and where it is not asked who that is: "nhận được bao nhiêu tiền"."""
_WHO_IT_IS = re.compile(r"\b(?:la|ten) (?:ai|gi|\w+ nao)$")


def _both(template: str) -> dict[bool, re.Pattern[str]]:
    """The patterns for a text with tone marks, by true, and for one without them, by false."""
    filled = {True: template, False: template}
    for name, words in _FORMS.items():
        for marked in filled:
            filled[marked] = filled[marked].replace(f"<{name}>", f"(?i:{words if marked else fold(words)})")
    return {marked: re.compile(pattern) for marked, pattern in filled.items()}


_RANK = _both(rf"(?:(?:(?i:lần |lan )?<NTH>|<NUMBER>) (?:<NUMERAL>|{_SIGN})|{_SIGN})(?=$| )")
_IN_ROW = _both(r"(?:<NUMERAL>(?! \d)|<ONE_OF>)(?=$| )")
_MEASURE = _both(r"\d[\d.,]* ?<UNIT>(?=$| )")
_ROW, _FROM = _both("<ROW>(?=$| )"), _both("<FROM>(?=$| )")
_ONE = _both(
    rf"(?P<noun>(?!<WAR>)\w+(?: \w+)??) (?:<PLACED> )?<NTH> (?:<NUMERAL>|{_SIGN})(?: <THEN>)? (?P<rest>.+)"
)
_OTHER_TIME = _both("(?:<FROM> )?(?:<AGAIN>|(?P<time><TIME>)) <OTHER>(?P<then> <THEN>)? (?P<rest>.+)")
_THIS_TIME = _both(rf" <AGAIN> (?:<NTH> )?(?:<NUMERAL>|{_SIGN})$")


def same_rank(topic: str, words: Words) -> tuple[int, int] | None:
    """The place of what the question tells apart by a number, where the topic is another of its kind.

    >>> words = Words("Hộ có người thứ nhất đóng bao nhiêu?")
    >>> same_rank("người thứ hai", words), same_rank("thứ hai", words), same_rank("đợt hai", words)
    ((2, 5), (3, 5), None)
    """
    wanted = Words(topic)
    start = _length(_FROM, wanted, 0)
    for behind in (start + 2, start + 1, start):
        for sort in (_ranked, _measured):
            if behind < len(wanted) and sort(wanted, start, behind) == len(wanted) - behind:
                place = _another(wanted, words, named=(start, behind), sort=sort)
                if place is not None:
                    return place
    return None


def is_rank(text: str) -> bool:
    """Whether a text names nothing but one of many of a kind.

    >>> is_rank("Người thứ hai?"), is_rank("Đợt II"), is_rank("Nghị định 100"), is_rank("Người thứ hai là ai?")
    (True, True, False, False)
    """
    words = Words(text)
    start = _length(_FROM, words, 0)
    for behind in (start + 2, start + 1):
        if behind < len(words) and _ranked(words, start, behind) == len(words) - behind:
            return words.folded[behind] == "thu" or _length(_ROW, words, behind - 1) > 0
    return False


def leaves_out_whose(question: str) -> bool:
    """Whether a question is about one of many, or about the last time, and does not tell of what.

    >>> leaves_out_whose("Nước xếp thứ hai chiếm mấy phần trăm?"), leaves_out_whose("Lần trước có mấy người tới?")
    (True, True)
    >>> leaves_out_whose("Người thứ hai leo lên đỉnh núi là ai?"), leaves_out_whose("Năm ngoái giá điện tăng mấy lần?")
    (False, False)
    """
    said = " ".join(match[0] for match in Words(question).matches)
    marked = has_tone_marks(question)
    if re.search(r"\d", said):
        return False
    if other := _OTHER_TIME[marked].match(said):
        rest = other["rest"]
        if other["time"] and not (
            other["then"] or ends_phrase(" ".join(rest.split()[:2]), folded=not marked)
        ):
            return False
        return len(asked_about(rest).split()) <= _MOST
    one = _ONE[marked].match(said)
    if one is None:
        return False
    few = _FEW if _WHO_IT_IS.search(fold(one["rest"])) else _MOST
    return len(asked_about(one["rest"]).split()) <= few


def without_time(topic: str) -> str:
    """A topic without which time it was, for a question about another: "lần trước".

    >>> without_time("Giải chạy thành phố lần thứ II"), without_time("lễ hội hoa")
    ('Giải chạy thành phố', 'lễ hội hoa')
    """
    return _THIS_TIME[has_tone_marks(topic)].sub("", topic)


def among_asked(question: str, before: str) -> str:
    """What the question before says of those that it asked for, where this one is about the next of them; or nothing.

    >>> among_asked("Đội thứ ba được bao nhiêu tiền?", "Đội nào vô địch giải chạy Hồ Tây?")
    'vô địch giải chạy Hồ Tây'
    """
    said = " ".join(match[0] for match in Words(question).matches)
    one = _ONE[has_tone_marks(question)].match(said)
    asked = one and re.match(rf"(?:những |các )?{one['noun']} nào (.+?)[ ?.!]*$", before, re.IGNORECASE)
    return asked[1] if asked else ""


def _length(patterns: dict[bool, re.Pattern[str]], words: Words, place: int) -> int:
    """How many words the pattern takes that stand here."""
    said = " ".join(match[0] for match in words.matches[place : place + 4])
    found = patterns[has_tone_marks(words.text)].match(said)
    return len(found[0].split()) if found else 0


def _ranked(words: Words, first: int, behind: int) -> int:
    """How many words tell by number which one of what is named from ``first`` to ``behind`` is meant."""
    length = _length(_RANK, words, behind)
    if length or behind == first or not _length(_ROW, words, behind - 1):
        return length
    return _length(_IN_ROW, words, behind)


def _measured(words: Words, first: int, behind: int) -> int:
    """How many words tell by its measure which one of what is named from ``first`` to ``behind`` is meant."""
    return _length(_MEASURE, words, behind) if behind > first else 0


def _another(
    wanted: Words, words: Words, *, named: tuple[int, int], sort: Callable[[Words, int, int], int]
) -> tuple[int, int] | None:
    """The place in the question of another one of what the topic names."""
    noun, many = _nouns(wanted, words)[slice(*named)], named[1] - named[0]
    if not many:
        return _another_number(words, wanted.folded[named[1]])
    here = _nouns(words, wanted)
    for first in range(len(words) - many):
        if here[first : first + many] != noun:
            continue
        for behind in (first + many, first + many + 1):  # "gói thầu số 07", "tàu dài 7 m"
            aside = behind > first + many and sort is _ranked and words.folded[behind : behind + 1] != ["so"]
            if not aside and (length := sort(words, first, behind)):
                same = named[0] and words.folded[first - 1 : first] == wanted.folded[: named[0]]
                return first - (1 if same else 0), behind + length
    return None


def _another_number(words: Words, begin: str) -> tuple[int, int] | None:
    """The place of another number that begins as this one does: "số 03" for "số 11", "NL15" for "NL31"."""
    begin = begin.rstrip("0123456789")
    for place, word in enumerate(words.folded):
        if begin and word.rstrip("0123456789") == begin and (length := _ranked(words, place, place)):
            return place, place + length
    return None


def _nouns(words: Words, others: Words) -> list[str]:
    """The words in a form in which they can be compared with those others."""
    both = has_tone_marks(words.text) and has_tone_marks(others.text)
    return [spelled(match[0]) if both else fold(match[0]) for match in words.matches]
