"""A span → the whole amount or name that it cuts in two.

Readers stop at "55 triệu" of "55 triệu đồng", at "14 giờ" of "14 giờ 52 phút" and at "7 năm" of "7 năm 6 tháng", and
begin a name behind its first word.
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import fold
from qa.documents import CODE
from qa.people import people_in
from qa.phrase import ends_phrase
from qa.question_kind import Kind, asked_for, begins_with_office

_THOUSANDS = "nghìn|ngàn|triệu|tỷ|tỉ"
_MEASURES = "đồng|tấn|tạ|kg|g|mg|km|m|m2|m3|lít|ml|kWh|lượt|người"
_PER = "ha|hecta|h|giờ|ngày|đêm|tháng|năm|quý|vụ|người|hộ|cháu|em|tấn|tạ|kg|lít|m|km|mét|lượt|xe|thuyền"
_RESTS = (
    (re.compile(r"\b\d{1,2} giờ$"), re.compile(r" \d{1,2}(?: phút\b|(?![\d.,/–-])(?! [^\W\d_])\b)")),
    (re.compile(r"\b\d{1,2} năm$"), re.compile(r" (?:và )?\d{1,2} tháng\b(?! (?:đầu|cuối|tới|qua|nay|\d))")),
    (re.compile(r"\b\d{1,2} (?:tháng|tuần)$"), re.compile(r" (?:và )?\d{1,2} ngày\b(?! \d)")),
    (
        re.compile(rf"\b\d[\d.,]*(?: (?:{_THOUSANDS}))*$"),
        re.compile(rf"(?: (?:{_THOUSANDS}))* (?:đồng\b|USD\b|euro\b)| ?%"),
    ),
    (
        re.compile(rf"\b\d[\d.,]*(?: (?:{_THOUSANDS}))* ?(?:{_MEASURES})$"),
        re.compile(rf"(?:/(?:{_PER})[²³23]?)+(?!\w)"),
    ),
)
"""What a span may end with, and the rest that stands behind it."""
_LONGEST = 40  # characters before the end that an amount is looked for in
_WHAT_OFFICE = re.compile(r"\b(?:chuc(?: vu| danh)?|cuong vi) (?:gi|nao)\b")
_NEXT_WORDS = re.compile(r" ([^\W_]+)(?: ([^\W_]+))?")
_BEHIND_OFFICE = re.compile(r"(?:cùng|và|đồng|thay|kiêm)$")
_ONLY_LINKS = re.compile(
    r"(?:vì|do|bởi|nhờ|để|nhằm|và|là|của|tại|ở|từ|vào|với|theo|trong|khi|nên|thì)", re.IGNORECASE
)


def with_whole_amount(text: str, span: Span, *, inside: Span) -> Span:
    """The span with the rest of the amount that it ends in.

    :param inside: the sentence.

    >>> text = "Phạt 55 triệu đồng lúc 14 giờ 52 phút, giảm 12,5% so với ngày 3."
    >>> whole = Span(0, len(text))
    >>> [with_whole_amount(text, Span(*part), inside=whole).of(text) for part in ((5, 13), (23, 29), (44, 48))]
    ['55 triệu đồng', '14 giờ 52 phút', '12,5%']
    >>> with_whole_amount("Thu 5,1 tấn/ha lúa", Span(4, 11), inside=Span(0, 18)).of("Thu 5,1 tấn/ha lúa")
    '5,1 tấn/ha'
    >>> with_whole_amount("8 giờ 17/8", Span(0, 5), inside=Span(0, 10)).of("8 giờ 17/8")
    '8 giờ'
    """
    said = text[max(span.start, span.end - _LONGEST) : span.end]
    for end, behind in _RESTS:
        rest = behind.match(text, span.end, inside.end) if end.search(said) else None
        if rest:
            return Span(span.start, rest.end())
    return span


def with_whole_code(text: str, span: Span, *, inside: Span) -> Span:
    """The span with the whole numbers of documents that it cuts.

    :param inside: the sentence.

    >>> with_whole_code("Kết luận số 21-KL/TW của Trung ương", Span(12, 17), inside=Span(0, 35))
    Span(start=12, end=20)
    """
    codes = [
        code for code in CODE.finditer(text, *inside) if code.start() < span.end and span.start < code.end()
    ]
    return Span(min([span.start, *(c.start() for c in codes)]), max([span.end, *(c.end() for c in codes)]))


def with_whole_name(text: str, span: Span, *, inside: Span, question: str) -> Span:
    """The span grown to the whole names of people that it cuts, if the question asks for people.

    >>> text = "Bí thư là đồng chí Phó Đức Lai, quê An Khuê."
    >>> with_whole_name(text, Span(23, 30), inside=Span(0, 44), question="Bí thư là ai?").of(text)
    'Phó Đức Lai'
    >>> with_whole_name(text, Span(10, 30), inside=Span(0, 44), question="Bí thư là ai?").of(text)
    'đồng chí Phó Đức Lai'
    """
    if asked_for(question).kind is not Kind.PERSON:
        return span
    start, end = span
    for name in people_in(text, inside):
        if name.start < span.start < name.end:
            start = name.start
        if name.start < span.end < name.end:
            end = name.end
    return Span(start, end)


def with_whole_office(text: str, span: Span, *, inside: Span, question: str) -> Span:
    """The span of an office with the body that it is of, if the question asks for an office.

    >>> text = "Ông Lê An - Bí thư Đoàn thanh niên Viện phát biểu."
    >>> with_whole_office(text, Span(12, 18), inside=Span(0, 50), question="Ông An giữ chức gì?").of(text)
    'Bí thư Đoàn thanh niên Viện'
    """
    if not _WHAT_OFFICE.search(fold(question)) or not begins_with_office(span.of(text)):
        return span
    end = span.end
    name = min(
        (person.start for person in people_in(text, inside) if person.start >= end), default=inside.end
    )
    while (words := _NEXT_WORDS.match(text, end, name)) and not _BEHIND_OFFICE.match(words[1]):
        if ends_phrase(" ".join(filter(None, words.groups()))):
            break
        end = words.end(1)
    return Span(span.start, end)


def only_links(text: str) -> bool:
    """Whether a span is a word that only links others, which answers nothing.

    >>> only_links("để"), only_links("để dành")
    (True, False)
    """
    return _ONLY_LINKS.fullmatch(text) is not None
