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
from qa.counted import NUMBER, words_counted
from qa.days import asks_for_part_of_day, tells_part_of_day
from qa.documents import CODE, without_years_of_documents
from qa.offices import fit_of_office, offices_in
from qa.people import people_in
from qa.phrase import BODIES, DOCUMENTS, ends_phrase
from qa.question_kind import OFFICES, Kind, asked_for, asks
from qa.slips import same_but_for_a_slip

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_PERCENT = r"%|phan tram\b"
_SHARE = re.compile(rf"\s?(?:{_PERCENT})")
_WHAT_NUMBER = re.compile(r"\bso (?:may|nao|bao nhieu|hieu)\b")
_RATIO = re.compile(r"\d ?(?:/|:|tren) ?\d")
_RATE = re.compile(r"^(?:ti|ty) le\b(?!.*\b(?:nguoi|nao|ai)\b)")
_UNITS = tuple(
    (tuple(name.split()), re.compile(rf"\s?(?:{written})"))
    for names, written in (
        ("phan tram, percent", _PERCENT),
        (
            "tien, dong",
            r"\$|(?:(?:nghin|ngan|trieu|ty|ti) )*(?:dong(?! (?:chi|bao|doi|nghiep|ho)\b)|d|vnd|usd|do la|euro)\b"
            r"|(?:nghin|ngan|trieu|ty|ti)\b(?! (?:nguoi|dan|luot|con|cay|ha|m|km|tan|khach|san pham|ban)\b)",
        ),
        ("hec ta, ha", r"(?:nghin |ngan |trieu )?(?:ha|hec[- ]?ta)\b"),
        ("ki lo met, cay so, km", r"(?:km|ki-?lo-?met|cay so)\b"),
        ("met, m", r"(?:m|met)\b"),
        ("kg, ki lo gam, can", r"(?:kg|ki-?lo-?gam|can)\b"),
        ("tan", r"(?:nghin |ngan |trieu )?tan\b"),
        ("tang", r"tang\b"),
        ("lit", r"(?:l|lit)\b"),
        ("tuoi", r"tuoi\b"),
        ("luot xem, luot doc, lan xem", r"(?:(?:luot|lan) (?:xem|doc)|views?)\b"),
    )
    for name in names.split(", ")
)
"""What is asked for in one word and written behind its number in another."""
_COMPOUNDS = re.compile(
    r"dong (?:chi|bao|doi|nghiep|ho|phuc)|tien (?:si|sy|dao|ve)|can (?:bo|ho|cuoc)|tan (?:cong|sinh|binh)"
)
"""Words of two syllables of which the first alone would be a unit."""
_SUMS = [[number, *unit] for number in ("nghin", "trieu", "ty", "ti") for unit in ([], ["dong"], ["usd"])]
_NAMED = re.compile(r"\bten(?: \w+){0,2} (?:la )?gi\b")
_WHAT_PART = re.compile(r"\b(?:vai tro|cuong vi|nhiem vu|chuc danh) (?:gi|nao)\b")
_BODY_FIRST = re.compile(rf"(?:{BODIES})\b", re.IGNORECASE)
_OFFICE = re.compile(OFFICES)
_WHAT_DAY = re.compile(r"\b(?:ngay|hom) (?:nao|may|bao nhieu)\b|\bwhat (?:date|day)\b")
_DAY = re.compile(r"\bngay \d")
_HALF = re.compile(r"\b(?:\d+|sau|nua|quy) (?:thang )?(dau|cuoi)(?: cua)? nam\b")
"""A half of a year, in folded text."""
_BESIDE = re.compile(
    r"\b(?:so voi|lich su|truoc|sau(?! thang)|tu|den|toi|before|after|since|until|from|to)\b[^,.;]{0,40}?(?:19|20)\d\d"
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
_OPPOSITES = tuple(
    tuple(re.compile(rf"(?<!việt )\b{word}\b") for word in pair)
    for pair in (
        ("nam", "nữ"),
        ("xuất khẩu", "nhập khẩu"),
        ("người lớn", "trẻ em"),
        ("trước thuế", "sau thuế"),
    )
)
"""Of two kinds of one thing, the one and the other; with a capital they are names: Dệt Nam Định."""
_TOLD_IN_WORDS = frozenset((Kind.THING, Kind.BODY, Kind.MANNER, Kind.REASON))
_CHOICE = re.compile(
    r"\b(?:hay|hoặc|giữa|so sánh|hơn|gặp|đấu|trong (?:hai|ba|số)|or|between|versus|vs)\b", re.IGNORECASE
)
_ALL_OF = re.compile(r"\b(?:các|những) $", re.IGNORECASE)
_NEAR = 60  # characters before a body that may tell that it is one of many
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
    folded, said = fold(question), fold(sentence.of(text))
    elsewhere = _of_another_time(folded, said) or _of_the_other(question, sentence.of(text))
    if elsewhere or _repeats(question, span.of(text)) or _is_part_of_nobody(question, span.of(text)):
        return -1
    counted = words_counted(question)
    if CODE.fullmatch(span.of(text)) and (counted or _asks_number(question, folded)):
        return -1 if counted else 1
    if _RATE.match(folded):
        return _fit_of_rate(text, span)
    if counted:
        return _fit_of_count(counted, text, span, sentence)
    if asks_for_part_of_day(question):
        return 1 if tells_part_of_day(span.of(text)) else -1
    if _WHAT_DAY.search(folded):
        return _fit_of_day(folded, text, span)
    if _WHAT_DOCUMENT.search(folded):
        return int(bool(_DOCUMENT.search(fold(span.of(text))) or CODE.search(span.of(text))))
    if _is_of_many(question, text, span) or is_of_another_class(question, span.of(text)):
        return -1
    office = next(offices_in(question), None)
    if office is not None and _asks_who(question, folded):
        several = asked_for(question).several  # their office may be told once, before the list
        return fit_of_office(office, text, span, sentence, several=several)
    return 0


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


def _is_of_many(question: str, text: str, span: Span) -> bool:
    """Whether a question for one body would get what all of its kind are called: of "các trường Chính trị" no one."""
    if asked_for(question) != (Kind.BODY, False):
        return False
    return bool(_ALL_OF.search(text[max(0, span.start - _NEAR) : span.start])) and not _LISTED.search(
        text, span.start, span.end + 1
    )


def _of_another_time(question: str, sentence: str) -> bool:
    """Whether a sentence tells years, or a half of a year, and none of those that the question asks about."""
    years = [] if _BESIDE.search(question) else YEAR.findall(question)
    told = YEAR.findall(without_years_of_documents(_BESIDE.sub(" ", sentence)))
    return _differ(years, told) or any(
        _differ(found(question), found(sentence)) for found in (_HALF.findall, quarters)
    )


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
    if not (any(moment.day for moment in moments(said)) or _DAY.search(said)):
        return -1 if any(char.isdigit() for char in said) else 0
    before = fold(text[max(0, span.start - _NEAR) : span.start])
    asked, dated = _DOCUMENT.search(question), _DATED.search(before)
    if dated and not _ANY_DOCUMENT.search(question):
        return -1  # of a document, where something that happened is asked about
    return -1 if asked and dated and asked[1] != dated[1] else 1


def _fit_of_rate(text: str, span: Span) -> int:
    """1 for a share or a ratio, -1 where other things are counted."""
    behind = [fold(text[number.end() : number.end() + 12]) for number in NUMBER.finditer(text, *span)]
    if any(map(_SHARE.match, behind)) or _RATIO.search(fold(span.of(text))):
        return 1
    return -1 if behind and all(map(_OF_SOMETHING.match, behind)) else 0


def _unit(wanted: list[str]) -> re.Pattern[str] | None:
    """How the unit is written that is asked for; a thousand or a million by itself is of money."""
    if wanted in _SUMS:
        wanted = ["tien"]
    if _COMPOUNDS.fullmatch(" ".join(wanted[:2])):
        return None
    return next((unit for name, unit in _UNITS if wanted[: len(name)] == [*name]), None)


def _noun(counted: list[str]) -> list[str]:
    """The one or two words that name what is counted: "lớp" of "lớp trong năm 2022"."""
    words = [word for word in counted[:2] if _WORD.fullmatch(word)]
    return words[:1] if len(words) > 1 and ends_phrase(words[1], folded=True) else words


def _fit_of_count(counted: list[str], text: str, span: Span, sentence: Span) -> int:
    wanted = _noun(counted)
    numbers = list(NUMBER.finditer(text, *span))
    behind = [fold(text[number.end() : min(sentence.end, number.end() + 30)]) for number in numbers]
    if _of_people(wanted) and numbers and all(_counts_nobody(text, number.end()) for number in numbers):
        return -1
    if not wanted or wanted[0] in _ANYBODY:
        return 0
    measured = _unit(wanted)
    if measured is not None:
        if any(measured.match(words) for words in behind):
            return 1
        return -1 if behind and all(map(_OF_SOMETHING.match, behind)) else 0
    if behind and all(_SHARE.match(words) for words in behind):
        return -1  # tells how large a part is, not how many there are
    counts = [_WORD.findall(_LARGE.sub("", words, count=1)) for words in behind]
    things = [words[: len(wanted)] for words in counts]
    if wanted in things:
        rests = [" ".join(words[len(wanted) :]) for words in counts if words[: len(wanted)] == wanted]
        told = [_FURTHER.match(rest) for rest in rests]
        further = _FURTHER.search(" ".join(counted[:_NOUN_WORDS]))
        if further is None:
            return int(not all(told))  # else of a part of them
        if any(kind and kind[0] == further[0] for kind in told):
            return 1
        said = fold(sentence.of(text))
        if all(told) or re.search(rf"\d {' '.join(wanted)} {further[0]}\b", said):
            return -1  # another number is of those that are asked for
        return 1 if re.search(rf"\b{further[0]}\b", said) else -1
    return -1 if any(_is_another(wanted, thing) for thing in things) else 0


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


def _is_another(wanted: list[str], thing: list[str]) -> bool:
    """Whether two nouns are kinds of one thing, as "đoàn viên" and "đảng viên" are, and no slip makes them the same.

    Nouns that share nothing may well be two words for the same: "gia đình" and "hộ".
    """
    return (
        len(wanted) == len(thing) == 2
        and wanted[1] == thing[1]
        and not same_but_for_a_slip(wanted[0], thing[0])
    )
