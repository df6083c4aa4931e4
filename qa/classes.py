"""Whether a span is of the class of things that a question names before "nào": "công ty nào" gets no "Sở Y tế".

Told by the noun that the span begins with; names that begin with none may be of any class.
"""

from __future__ import annotations

import re

_DEPARTMENTS = "sở|bộ|cục|vụ|phòng|ban|chi cục|tổng cục|văn phòng|ủy ban|ubnd|hđnd"
_COMPANIES = (
    "công ty|doanh nghiệp|tập đoàn|tổng công ty|xí nghiệp|nhà máy|hợp tác xã|htx|ngân hàng|nhà thầu|nhà xe"
)
_SCHOOLS = "trường|học viện|đại học"
_HOSPITALS = "bệnh viện|phòng khám|trạm y tế|trung tâm y tế"
_COMMITTEES = "đảng ủy|đảng bộ|chi bộ|chi ủy|công đoàn|hội đồng|ban chấp hành|ban thường vụ"
_PEOPLE = "đồng chí|người|cá nhân|ông|bà|(?<!tiếng )anh|chị|thầy|cô|vị"
_ANY_BODY = "đơn vị|cơ quan|tổ chức|đội|đoàn|clb|câu lạc bộ"
"""What is of many classes: a team may be that of a company."""
_CLASSES = (_HOSPITALS, _COMPANIES, _SCHOOLS, _COMMITTEES, _DEPARTMENTS)
_NOUNS = "|".join((*_CLASSES, _ANY_BODY))
_IN_A_WORD = """
    hội thị môi quảng công nông lâm sân thương chiến hiện lập nhà cán nội toàn tòa thời địa cơ trụ dịch nhiệm nghiệp
    chức phục mùa quốc tiến đồng
    """.split()  # noqa: SIM905
"""What makes another word with a noun behind it: hội trường, cán bộ, thời vụ, cơ sở."""
_WHICH = re.compile(
    rf"{''.join(f'(?<!{word} )' for word in _IN_A_WORD)}\b(?P<noun>{_NOUNS}|{_PEOPLE}) nào\b", re.IGNORECASE
)
_BEGINS = re.compile(rf"(?:{_NOUNS})\b")
_BEGINS_CLASS = tuple(re.compile(rf"(?:{nouns})\b(?! (?:trưởng|viên|chinh)\b)") for nouns in _CLASSES)
_ENGLISH = (
    ("hospitals?|clinics?", "bệnh viện"),
    ("compan(?:y|ies)|firms?", "công ty"),
    ("schools?|universit(?:y|ies)", "trường"),
)
_WHICH_ENGLISH = tuple(
    (re.compile(rf"\bwhich (?:{nouns})\b(?! year)", re.IGNORECASE), noun) for nouns, noun in _ENGLISH
)
_COUNT = re.compile(r"\d[\d.]* [^\W\d_]{2,}(?!.*:)")


def is_of_another_class(question: str, text: str) -> bool:
    """Whether a question asks which of a class it is, and a span tells how many, or one of another class.

    >>> [is_of_another_class("Công ty nào?", text) for text in ("Ban Quản lý", "3 gói thầu", "Công ty May", "Gấm")]
    [True, True, False, False]
    >>> is_of_another_class("Đồng chí nào ký?", "Ban Chấp hành Trung ương"), is_of_another_class("Ai ký?", "Đảng ủy")
    (True, False)
    """
    asked = _noun(question)
    if asked is None:
        return False
    its = _class_of(text.lower())
    if not _BEGINS.match(asked):
        return its is not None
    # a chi bộ is called after its department
    own = None if re.fullmatch(_COMMITTEES, asked) else _class_of(asked)
    return _COUNT.match(text.lower()) is not None or (own is not None and its is not None and own != its)


def _noun(question: str) -> str | None:
    """The noun whose members a question asks for one of."""
    if which := _WHICH.search(question):
        return which["noun"].lower()
    return next((noun for pattern, noun in _WHICH_ENGLISH if pattern.search(question)), None)


def _class_of(words: str) -> int | None:
    """The number of the class that words in lower case begin with a noun of."""
    return next((number for number, begins in enumerate(_BEGINS_CLASS) if begins.match(words)), None)
