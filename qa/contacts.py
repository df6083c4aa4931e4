"""A question for a telephone number or an e-mail address → the one beside what the reader took.

Readers take whom to call, or how ("qua thư điện tử"); an answer is what can be dialled or written to.
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import fold
from qa.question_kind import Kind, asked_for

_HEAD = r"^\W*(?:\w+ ){0,4}?"
_LINE = "duong day nong|hotline|dien thoai|phone number"
_ASKS_NUMBER = re.compile(
    rf"{_HEAD}(?:so (?:{_LINE}|dt|may(?! (?:bay|tinh|moc|in|cay)\b))|sdt|phone number)\b(?!.*\bgi\b(?!\W*$))"
    r"|\b(?:goi|bam|quay|lien he)(?: \w+){0,3} so(?: may)? (?:nao|may|bao nhieu)\b"
    rf"|\b(?:{_LINE})(?: \w+){{0,8}} so (?:nao|may|bao nhieu|gi)\b"
)
_MAIL = "(?:dia chi )?(?:e-?mail|thu dien tu)"
_ASKS_ADDRESS = re.compile(rf"{_HEAD}{_MAIL}\b(?!.*\bgi\b(?!\W*$))|\b{_MAIL} (?:nao|gi|la gi)\b")
"""What asks for the one and the other, in folded text."""
_OTHERS = frozenset((Kind.PERSON, Kind.TIME, Kind.TRUTH, Kind.REASON, Kind.MANNER))
_NUMBER = re.compile(
    r"\b(?:(?:so )?(?:dien thoai|sdt|hotline)|so (?:dt|may|duong day nong)|phone number)\b(?! bay)"
    r"|\b(?:goi|bam|quay)(?: \w+){0,3} so (?:nao|may|bao nhieu)\b"
)
_ASKS_ADDRESS = re.compile(r"\b(?:e-?mail|thu dien tu)\b")
"""What may ask for the one and the other, in folded text."""
_KINDS = frozenset((Kind.THING, Kind.NUMBER))
_NUMBER = re.compile(
    r"(?<![\d/.,-])(?!\d{1,2}[./-]\d{1,2}[./-]\d{4}\b)"
    r"(?:(?:\(?(?:\+84|0)\d{0,3}\)?|1[89]00)[\d .-]{4,}\d|11[1-9])(?![\d/]|[.,]\d)"
)
"""A number of a telephone, a service or an emergency call; no date."""
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def with_contact(text: str, span: Span, *, inside: Span, question: str) -> tuple[Span, int]:
    """The telephone number or address in or behind the span, or else before it, if the question asks for one.

    :param inside: the sentence.
    :returns: with 1; the span itself with -1 where the sentence has none, with 0 where nothing of the kind is asked.

    >>> text = "Gặp bà Lan, điện thoại 0200 555 0145, hoặc viết cho lan@thuvien.vn trước ngày 12/3/2024."
    >>> lan, whole = Span(7, 10), Span(0, len(text))
    >>> asked = "Số điện thoại của bà Lan?", "Email của bà Lan là gì?", "Bà Lan dùng điện thoại từ khi nào?"
    >>> [with_contact(text, lan, inside=whole, question=question)[0].of(text) for question in asked]
    ['0200 555 0145', 'lan@thuvien.vn', 'Lan']
    >>> with_contact("Gặp bà Lan.", lan, inside=Span(0, 11), question=asked[0])
    (Span(start=7, end=10), -1)
    """
    written = _asked(question)
    if written is None:
        return span, 0
    found = [Span(*one.span()) for one in written.finditer(text, *inside)]
    if not found:
        return span, -1
    behind = [one for one in found if one.end > span.start]
    return (behind[0] if behind else found[-1]), 1


def _asked(question: str) -> re.Pattern[str] | None:
    """How what a question asks for is written; nothing where it asks who, when or what about."""
    if asked_for(question).kind in _OTHERS:
        return None
    folded = fold(question)
    if _ASKS_ADDRESS.search(folded):
        return _ADDRESS
    return _NUMBER if _ASKS_NUMBER.search(folded) else None
