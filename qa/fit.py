"""Whether a span counts the things, holds the office, is the day or the document that a question asks for.

"72 đảng viên" does not tell how many đoàn viên there are, who is named as Phó Bí thư is not the Bí thư, and
"6 tháng đầu năm" is no day, nor the other half of the year: readers fall for all of these.  Leaves out whether the span
is a number or a person at all: see :func:`qa.question_kind.can_be`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.moments import moments
from index.span import Span
from index.terms import fold, has_tone_marks
from qa.classes import is_of_another_class
from qa.contradiction import YEAR, quarters
from qa.counted import words_counted
from qa.days import asks_for_part_of_day, names_day, tells_part_of_day
from qa.documents import CODE, without_years_of_documents
from qa.fit_of_counts import fit_of_count, fit_of_rate
from qa.offices import fit_of_office, offices_in
from qa.people import people_in
from qa.phrase import BODIES, DOCUMENTS
from qa.question_kind import OFFICES, Kind, asked_for, asks
from qa.roles import is_of_another_role
from qa.subjects import is_of_another_person, is_of_another_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHAT_NUMBER = re.compile(r"\bso (?:may|nao|bao nhieu|hieu)\b")
_RATE = re.compile(r"^(?:ti|ty) le\b(?!.*\b(?:nguoi|nao|ai)\b)")
_NAMED = re.compile(r"\bten(?: \w+){0,2} (?:la )?gi\b")
_WHAT_PART = re.compile(r"\b(?:vai tro|cuong vi|nhiem vu|chuc danh) (?:gi|nao)\b")
_BODY_FIRST = re.compile(rf"(?:{BODIES})\b", re.IGNORECASE)
_OFFICE = re.compile(OFFICES)
_WHAT_DAY = re.compile(r"\b(?:ngay|hom) (?:nao|may|bao nhieu)\b|\bwhat (?:date|day)\b")
_DAY = re.compile(r"\bngay \d")
_PART_OF_YEAR = re.compile(
    r"\b(?:(?P<months>\d+|hai|ba|bon|nam|sau|bay|tam|chin|muoi) thang|nua|(?P<quarter>quy)) (?P<which>dau|cuoi)"
    r"(?: cua)? nam\b"
)
"""The first or the last months of a year, in folded text."""
_MONTHS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_TELLS_WHICH = re.compile(
    r"\b(?:khoi cong|thanh lap|(?<!tuyen )(?<!hoc )(?<!thi )sinh|(?<!nhiem )(?<!hoc )k[yi]|ban hanh|bat dau)"
    r"(?: (?:vao|tu|hoi|trong|nam|ngay|thang|[\d/.-]+?))*[ /.-](?:19|20)\d\d"
)
"""A year by which a thing is known when another time of it is asked for, in folded text."""
_BESIDE = re.compile(
    r"\b(?:so voi|lich su|tung|cung ky|cung thoi diem|truoc|sau(?! thang)|tu|den|toi"
    r"|before|after|since|until|from|to)\b"
    r"[^,.;]{0,40}?(?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d"
)
"""Years, in folded text, that something is compared with, or that begin or end a period."""
_DOCUMENT = re.compile(rf"\b(?:{DOCUMENTS}|bao cao) (?:so )?0*(\d+)")
"""A document and its number, in folded text."""
_WHAT_DOCUMENT = re.compile(
    rf"\b(?:{DOCUMENTS}|van ban)(?: so)? (?:nao|may|bao nhieu)\b"
    r"|\bwhich (?:directive|resolution|decree|decision)\b"
)
_ANY_DOCUMENT = re.compile(rf"\b(?:{DOCUMENTS}|bao cao|van ban|tai lieu|ban hanh|ki|ky)\b")
_DATED = re.compile(_DOCUMENT.pattern + r"[^\s,]*,?(?: ngay)? $")
"""The same where its day follows: "Chỉ thị số 05-CT/TW, ngày 15/5/2016"."""
_KIND = re.compile(r"\b(?:nghi quyet|chi thi|ket luan|nghi dinh|thong tu|quyet dinh)\b")
"""Kinds of documents of which none is called by the name of another, in folded text."""
_OPPOSITES = tuple(
    tuple(re.compile(rf"(?<!việt )\b{word}\b") for word in pair)
    for pair in (
        ("nam", "nữ"),
        ("xuất khẩu", "nhập khẩu"),
        ("người lớn", "trẻ em"),
        ("trước thuế", "sau thuế"),
        ("sơ thẩm", "phúc thẩm"),
        ("nội trú", "ngoại trú"),
        ("trong nước", "ngoài nước"),
    )
)
"""Of two kinds of one thing, the one and the other; with a capital they are names: Dệt Nam Định."""
_TOLD_IN_WORDS = frozenset((Kind.THING, Kind.BODY, Kind.MANNER, Kind.REASON))
_CHOICE = re.compile(
    r"\b(?:hay|hoặc|giữa|so sánh|hơn|gặp|đấu|trong (?:hai|ba|số)|or|between|versus|vs)\b", re.IGNORECASE
)
_ALL_OF = re.compile(r"\b(?:các|những) $", re.IGNORECASE)
_NEAR = 60  # characters before a body that may tell that it is one of many
_AT_PLACE = re.compile(
    r"\b(?:ở|tại|tỉnh|huyện|quận|xã|phường|thôn|bản|ấp|thị xã|thị trấn|thành phố|đường|phố) $", re.IGNORECASE
)
"""What stands before a place, which is nobody."""
_LISTED = re.compile(r"[,;]| và | cùng ")


def fit(question: str, text: str, span: Span, *, sentence: Span) -> int:
    """1 where the span is of what the question names, -1 where it is of something else, 0 where nothing tells.

    :param text: of the article.
    :param sentence: around the span.

    >>> from index.span import Span
    >>> text = "Dự có ông Phan Sơn – Bí thư; ông Lê Trình – Phó Bí thư và 72 đảng viên."
    >>> whole, son, trinh, number = Span(0, 71), Span(10, 18), Span(33, 41), Span(58, 70)
    >>> [fit("Ai là Bí thư?", text, span, sentence=whole) for span in (son, trinh)]
    [1, -1]
    >>> [fit(f"Có bao nhiêu {noun}?", text, number, sentence=whole) for noun in ("đảng viên", "đoàn viên")]
    [1, -1]
    >>> fit("Phan Sơn giữ chức gì?", text, son, sentence=whole)
    -1
    """
    folded = fold(question)
    said = sentence.of(text)
    elsewhere = _of_another_time(question, said) or _of_the_other(question, said)
    others = is_of_another_person(question, said) or is_of_another_rank(question, said)
    if (
        elsewhere
        or others
        or _repeats(question, span.of(text))
        or _is_part_of_nobody(question, span.of(text))
    ):
        return -1
    counted = words_counted(question)
    if CODE.fullmatch(span.of(text)) and (counted or _asks_number(question, folded)):
        return -1 if counted else 1
    if _RATE.match(folded):
        return fit_of_rate(text, span)
    if counted:
        return fit_of_count(question, text, span, sentence)
    if asks_for_part_of_day(question):
        return 1 if tells_part_of_day(span.of(text)) else -1
    if _WHAT_DAY.search(folded):
        return _fit_of_day(folded, text, span)
    if _WHAT_DOCUMENT.search(folded):
        return int(bool(_DOCUMENT.search(fold(span.of(text))) or CODE.search(span.of(text))))
    if _is_of_many(question, text, span) or is_of_another_class(question, span.of(text)):
        return -1
    return _fit_of_person(question, text, span, sentence) if _asks_who(question, folded) else 0


def _asks_number(question: str, folded: str) -> bool:
    """Whether a question asks for the number of something; "Sở nào" looks like it without its marks."""
    return bool(_WHAT_NUMBER.search(folded)) and ("số" in question.lower() or not has_tone_marks(question))


def _repeats(question: str, said: str) -> bool:
    """Whether a span says nothing but words of the question, which gives no choice of them."""
    chooses = asked_for(question).kind not in _TOLD_IN_WORDS or _CHOICE.search(question)
    return not chooses and f" {' '.join(_words(said))} " in f" {' '.join(_words(question))} "


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _is_part_of_nobody(question: str, said: str) -> bool:
    """Whether a span is an office, and the question asks for the part that a body plays."""
    asked = _WHAT_PART.search(fold(question)) and _BODY_FIRST.match(question)
    return bool(asked and _OFFICE.fullmatch(said.lower())) and not any(
        people_in(question, Span(0, len(question)))
    )


def _asks_who(question: str, folded: str) -> bool:
    """Whether a question that names an office asks who holds it, were it by the name of the office alone."""
    kind = asked_for(question).kind
    return kind is Kind.PERSON or bool(_NAMED.search(folded)) or (kind is Kind.THING and not asks(question))


def _fit_of_person(question: str, text: str, span: Span, sentence: Span) -> int:
    office = next(offices_in(question), None)
    if office is None:
        if asked_for(question).kind is Kind.PERSON and _is_place(text, span, sentence):
            return -1
        return -int(is_of_another_role(question, sentence.of(text)))
    several = asked_for(question).several  # their office may be told once, before the list
    return fit_of_office(office, text, span, sentence, several=several)


def _is_place(text: str, span: Span, sentence: Span) -> bool:
    """Whether a span stands where a place does, and nobody is named there: "ở xã Phú Hạ"."""
    named = any(span.start <= name.start < span.end for name in people_in(text, sentence))
    return not named and _AT_PLACE.search(text, sentence.start, span.start) is not None


def _is_of_many(question: str, text: str, span: Span) -> bool:
    """Whether a question for one body would get what all of its kind are called: of "các trường Chính trị" no one."""
    if asked_for(question) != (Kind.BODY, False):
        return False
    return bool(_ALL_OF.search(text[max(0, span.start - _NEAR) : span.start])) and not _LISTED.search(
        text, span.start, span.end + 1
    )


def _of_another_time(question: str, sentence: str) -> bool:
    """Whether a sentence tells years, or parts of a year, and none of those that the question asks about."""
    asked, said = fold(question), fold(sentence)
    if asked_for(question).kind is Kind.TIME:
        asked = _TELLS_WHICH.sub(" ", asked)
    years = [] if _BESIDE.search(asked) else YEAR.findall(asked)
    told = YEAR.findall(without_years_of_documents(_BESIDE.sub(" ", said)))
    parts = _differ(_parts_of_year(asked), _parts_of_year(said))
    return parts or _differ(years, told) or _differ(quarters(question), quarters(sentence))


def _parts_of_year(folded: str) -> list[tuple[int, str]]:
    """How many months the parts of a year have that a folded text names, and at which end of it they are.

    >>> _parts_of_year("chin thang dau nam va nua cuoi nam")
    [(9, 'dau'), (6, 'cuoi')]
    """

    def months(part: re.Match[str]) -> int:
        if part["months"]:
            return _MONTHS.get(part["months"]) or int(part["months"])
        return 3 if part["quarter"] else 6

    return [(months(part), part["which"]) for part in _PART_OF_YEAR.finditer(folded)]


def _differ(asked: Sequence[object], told: Sequence[object]) -> bool:
    return bool(asked and told) and set(asked).isdisjoint(told)


def _of_the_other(question: str, sentence: str) -> bool:
    """Whether a sentence tells only of the other of two kinds than that which the question asks about."""

    def only(text: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
        return one.search(text) is not None and not other.search(text)

    return any(
        only(question, asked, other) and only(sentence, other, asked)
        for pair in _OPPOSITES
        for asked, other in (pair, pair[::-1])
    )


def _fit_of_day(question: str, text: str, span: Span) -> int:
    said = fold(span.of(text))
    if not (any(moment.day for moment in moments(said)) or _DAY.search(said) or names_day(span.of(text))):
        return -1 if any(char.isdigit() for char in said) else 0
    before = fold(text[max(0, span.start - _NEAR) : span.start])
    asked, dated = _DOCUMENT.search(question), _DATED.search(before)
    if dated and not _ANY_DOCUMENT.search(question):
        return -1  # of a document, where something that happened is asked about
    kinds, own = _KIND.findall(question), _KIND.findall(dated[0]) if dated else []
    another = bool(kinds and own) and set(kinds).isdisjoint(own)
    return -1 if another or (asked and dated and asked[1] != dated[1]) else 1
