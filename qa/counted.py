"""A span → the number that the question asks for with what it counts, where the question names that.

"72" becomes "72 đảng viên", and so does "07 chi bộ, 72 đảng viên", for "Có bao nhiêu đảng viên?"; "III" becomes
"khu vực III" for "Học viện khu vực mấy?".
"""

from __future__ import annotations

import re
import unicodedata

from index.span import Span
from index.terms import fold
from qa.abbreviations import folded_words
from qa.english import english_words, vietnamese_for
from qa.phrase import ends_phrase
from qa.question_kind import Kind, asked_for
from qa.slips import same_but_for_a_slip
from qa.tone_marks import is_common_pair

_MACHINE = "gio|bay|tinh|moc|bom|in|lanh|giat|phat"
_HOW_MANY = re.compile(
    rf"(?<!\bso )\b(?:bao nhieu|(?<!\bnha )(?<!\bxe )may(?! (?:{_MACHINE})\b|(?: \w+){{1,3}} nao\b)|how many)"
    r"(?! (?:mot|moi)\b)\s+(.+)"
)
"""What is counted, in folded text; "may" may be "máy" without its marks."""
_MAY = re.compile(r"\bm(?:áy|ây|ấy)\b", re.IGNORECASE)
_RANGE_FIRST = re.compile(
    r"(?:\b(?:từ|khoảng) )?\b\d[\d.,]*\s?(?:-|–|/|đến|tới|hoặc|hay|trên(?: tổng số)?)\s?$", re.IGNORECASE
)
_RANGE_LAST = re.compile(r"(?<=\d)\s?(?:-|–|đến|tới|hoặc|hay)\s?\d[\d.,]*", re.IGNORECASE)
_ADJECTIVES = 2
_ENGLISH_WORDS = 6  # behind "how many" among which the noun is
_PLURAL = re.compile(r"\w{2,}[^\Wsui]s|people|men|women|children|staff")
_PEOPLE = re.compile(r"\s+\w+ (?:viên|sinh|sĩ|sỹ|nhân|chức|chiến)\b", re.IGNORECASE)
"""What people are called who are counted: đảng viên, bệnh nhân, bác sĩ."""
NUMBER = re.compile(r"(?<![^\W\d_])\d[\d.,]*(?<=\d)")
_NUMBERED = "khoa|dieu|chuong|muc|lop|quy|cap|hang|tang|tuan|vong|dot"
_WHICH_NUMBER = re.compile(rf"\b(?:(?:\w+ )?({_NUMBERED}) (?:so )?(?:may|nao)|([a-z]+ [a-z]+) (?:so )?may)\b")
"""One of the nouns that are often numbered by themselves, or one of two words."""
_WORDS_BEFORE = re.compile(r"\b(\w+ )?(\w+) $")
_ONE = r"(?:số )?(?:\d+|[IVXLC]+|[A-Z])"
_ORDINAL = re.compile(rf"{_ONE}(?:(?:, | và ){_ONE})*")
_WORD = re.compile(r"\s+(\w+)")
_NEXT = re.compile(r"\s([^\W\d_]+)")
_LAST = re.compile(r"[^\W\d_]+$")
_LINK = re.compile(
    r"và|hoặc|hay|cùng|nhưng|so|theo|cho|của|ra|lên|xuống|mỗi|một|trên|dưới|giữa|sau|trước|nữa|khác|này|đó|rất|cũng|mới"
    r"|nhờ|bởi|dù|tuy|thuộc|vượt|áp|bao|đạt|dự|còn|vẫn|nên|mà|cả|hơn|trở|làm|sang|chiếm|tăng|giảm"
)
"""What stands behind a number and is not what it counts."""
_COMPOUND = re.compile(r"\b(?:dự|chuẩn|thiết|trang) bị$")
"""What "bị" is the second half of, no verb by itself."""
_PAPER = re.compile(r"\s+tham luận\b", re.IGNORECASE)


def with_counted(text: str, span: Span, *, inside: Span, question: str) -> Span:
    """The span with the words behind it that the question asks to count, and without other numbers before it.

    :param inside: the sentence.
    :returns: the span itself where it holds no number of what is counted, or several; a bare number gets the noun
        behind it all the same.

    >>> text = "Đảng bộ có 07 chi bộ, 72 đảng viên, trong đó 70 chính thức."
    >>> asked = "Đảng bộ có bao nhiêu đảng viên chính thức?"
    >>> with_counted(text, Span(22, 24), inside=Span(0, len(text)), question=asked).of(text)
    '72 đảng viên'
    >>> with_counted(text, Span(11, 34), inside=Span(0, len(text)), question=asked).of(text)
    '72 đảng viên'
    >>> with_counted("Có 80 máy trạm.", Span(3, 5), inside=Span(0, 15), question="How many workstations?")
    Span(start=3, end=14)
    >>> with_counted("Học viện khu vực III", Span(17, 20), inside=Span(0, 20), question="Học viện khu vực mấy?")
    Span(start=9, end=20)
    >>> with_counted("Đại hội khóa XI, XII", Span(13, 20), inside=Span(0, 20), question="Nghị quyết khóa mấy?")
    Span(start=8, end=20)
    """
    if named := _named_before(text, span, inside=inside, question=question):
        return named
    counted = [words_counted(question), *_in_vietnamese(question)]
    last = _RANGE_LAST.match(text, span.end, inside.end)
    found = [
        Span(number.start(), end)
        for number in NUMBER.finditer(text, span.start, last.end() if last else span.end)
        if (end := max(_end_of(words, text, number.end(), inside.end) for words in counted)) > number.end()
    ]
    if len(found) == 1:
        return _with_further(text, _with_range(text, found[0], inside=inside), inside, question)
    if asked_for(question).kind is not Kind.NUMBER:
        return span
    return _with_further(text, _with_noun(text, span, inside), inside, question)


def _with_noun(text: str, span: Span, inside: Span) -> Span:
    """A bare number with the noun behind it, of two words where they are a common pair or the last of the sentence."""
    end = span.end
    for _ in range(2 if NUMBER.fullmatch(text, *span) else 0):
        word = _NEXT.match(text, end, inside.end)
        if word is None or word[1] != word[1].lower() or ends_phrase(word[1]) or _LINK.fullmatch(word[1]):
            break
        is_last = _NEXT.match(text, word.end(), inside.end) is None
        if end > span.end and not is_last and not is_common_pair(text[span.end : word.end()]):
            break
        end = word.end()
    return Span(span.start, end)


def _with_further(text: str, span: Span, inside: Span, question: str) -> Span:
    """The span of a number and a noun with the words that tell it further in the question: "02 đảng viên dự bị"."""
    asked = folded_words(question)
    end = span.end
    while (last := _LAST.search(text, span.start, end)) and (word := _NEXT.match(text, end, inside.end)):
        if _ends_phrase(text, span.start, word) or f" {fold(last[0])} {fold(word[1])} " not in asked:
            break
        end = word.end()
    return Span(span.start, end)


def _with_range(text: str, span: Span, *, inside: Span) -> Span:
    """The span of a number with the one before that it ends a range with, or of which it is the whole: "từ 03 đến 07
    thành viên", "36/37 phiếu".
    """
    first = _RANGE_FIRST.search(text, inside.start, span.start)
    return Span(first.start(), span.end) if first else span


def words_counted(question: str) -> list[str]:
    """The folded words from those on that name what is to be counted; none where nothing is.

    >>> words_counted("Sở có bao nhiêu chi bộ?"), words_counted("Sở họp lúc mấy giờ?")
    (['chi', 'bo'], [])
    >>> words_counted("Vé bao nhiêu một lượt?"), words_counted("Giám đốc nhà máy xử lý rác là ai?")
    ([], [])
    """
    return [*map(fold, counted_as_written(question))]


def counted_as_written(question: str) -> list[str]:
    """The same words in lower case, with their tone marks.

    >>> counted_as_written("Sở có bao nhiêu chi bộ?")
    ['chi', 'bộ']
    """
    written = unicodedata.normalize("NFC", question.lower())
    asked = _HOW_MANY.search(fold(_MAY.sub(lambda word: "may" if word[0] == "mấy" else "…" * 3, written)))
    return re.findall(r"\w+|%", written[slice(*asked.span(1))]) if asked else []


def counted_in_vietnamese(question: str) -> list[str]:
    """The folded Vietnamese words for what an English question counts; none for one in Vietnamese.

    >>> counted_in_vietnamese("How many party members are there?"), counted_in_vietnamese("How many of it came?")
    (['dang', 'vien'], [])
    >>> counted_in_vietnamese("How many new transport projects did it start?")
    ['du', 'an']
    """
    _, _, rest = question.lower().partition("how many ")
    words = re.findall(r"[a-z'’-]+", rest)[:_ENGLISH_WORDS]
    last = next((place for place, word in enumerate(words) if _PLURAL.fullmatch(word)), 0)
    known = english_words()
    phrases = (" ".join(words[first : last + 1]) for first in range(last + 1))
    return next((fold(known[phrase]).split() for phrase in phrases if phrase in known), [])


def _in_vietnamese(question: str) -> list[list[str]]:
    """What an English question may count, folded: its words in Vietnamese, or Vietnamese ones behind an adjective."""
    _, many, rest = question.lower().partition("how many ")
    words = re.findall(r"\w+", fold(rest))
    behind = [words[at:] for at in range(1, min(_ADJECTIVES + 1, len(words)))]
    return [*(fold(other).split() for _, other in vietnamese_for(rest)), *behind] if many else []


def _named_before(text: str, span: Span, *, inside: Span, question: str) -> Span | None:
    """The span of a bare number with the words before it that the question asks the number of."""
    asked = _WHICH_NUMBER.search(fold(question)) if _ORDINAL.fullmatch(span.of(text)) else None
    before = _WORDS_BEFORE.search(text, inside.start, span.start)
    if asked is None or before is None or (asked[2] and ends_phrase(before[2])):
        return None
    if fold(before[0].strip()) == asked[2]:
        return Span(before.start(), span.end)
    return Span(before.start(2), span.end) if fold(before[2]) == asked[1] else None


def _end_of(counted: list[str], text: str, start: int, stop: int) -> int:
    """Where the words that stand at ``start`` and are the first of those counted end, before a verb or preposition."""
    end = start
    if counted[:1] == ["nguoi"] and (people := _PEOPLE.match(text, start, stop)):
        end, counted = people.end(), counted[1:]
    for wanted in counted:
        word = _WORD.match(text, end, stop)
        if word is None or not same_but_for_a_slip(wanted, fold(word[1])):
            break
        if end > start and _ends_phrase(text, start, word):
            break
        end = word.end()
    return end


def _ends_phrase(text: str, start: int, word: re.Match[str]) -> bool:
    """Whether a word behind others from ``start`` on is a verb or preposition, no half of a noun."""
    whole = _COMPOUND.search(text[start : word.end()].lower()) or _PAPER.match(text, word.start())
    return ends_phrase(word[1]) and not whole
