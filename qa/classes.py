"""Whether a span is of the class of things that a question names before "nào": "công ty nào" gets no "Sở Y tế".

Told by the noun that the span begins with; names that begin with none may be of any class.
"""

from __future__ import annotations

import re

from index.terms import fold

_DEPARTMENTS = "so|bo|cuc|vu|phong|ban|chi cuc|tong cuc|van phong|uy ban|ubnd|hdnd"
_COMPANIES = (
    "cong ty|doanh nghiep|tap doan|tong cong ty|xi nghiep|nha may|hop tac xa|htx|ngan hang|nha thau|nha xe"
)
_SCHOOLS = "truong|hoc vien|dai hoc"
_HOSPITALS = "benh vien|phong kham|tram y te|trung tam y te"
_COMMITTEES = "dang uy|dang bo|chi bo|chi uy|cong doan|hoi dong|hoi|vien|ban chap hanh|ban thuong vu"
_PEOPLE = "dong chi|nguoi|ca nhan|(?:ong|ba|anh|chi|thay|co|vi)(?= nao)"
_ANY_BODY = "don vi|co quan|to chuc|doi|doan|clb|cau lac bo"
"""What is of many classes: a team may be that of a company."""
_CLASSES = (_COMPANIES, _HOSPITALS, _SCHOOLS, _DEPARTMENTS)
_NOUNS = "|".join((*_CLASSES, _COMMITTEES, _ANY_BODY))
_BODIES = frozenset(_NOUNS.split("|"))
_WHICH = re.compile(rf"\b(?P<noun>{_NOUNS}|{_PEOPLE})(?: (?!(?:{_NOUNS}|{_PEOPLE})\b)\w+){{0,2}} nao\b")
_ENGLISH = (
    ("hospitals?|clinics?", "benh vien"),
    ("compan(?:y|ies)|firms?", "cong ty"),
    ("schools?|universit(?:y|ies)", "truong"),
)
_WHICH_ENGLISH = tuple((re.compile(rf"\bwhich {nouns}\b"), noun) for nouns, noun in _ENGLISH)
_BEGINS = re.compile(rf"(?:{_NOUNS})\b")
_COUNT = re.compile(r"\d[\d.]* [a-z]{2,}")


def is_of_another_class(question: str, text: str) -> bool:
    """Whether a question asks which of a class it is, and a span tells how many, or one of another class.

    >>> [is_of_another_class("Công ty nào?", text) for text in ("Ban Quản lý", "3 gói thầu", "Công ty May", "Gấm")]
    [True, True, False, False]
    >>> is_of_another_class("Đồng chí nào ký?", "Ban Chấp hành Trung ương"), is_of_another_class("Ai ký?", "Đảng ủy")
    (True, False)
    """
    asked = _noun(fold(question))
    said = fold(text)
    if asked is None:
        return False
    begun = _BEGINS.match(said)
    if asked not in _BODIES:
        return begun is not None
    if _COUNT.match(said):
        return True
    own = next((one for one in _CLASSES if re.fullmatch(one, asked)), None)
    its = next((one for one in (*_CLASSES, _COMMITTEES) if begun and re.fullmatch(one, begun[0])), None)
    return own is not None and its is not None and own != its


def _noun(question: str) -> str | None:
    """The noun whose members a folded question asks for one of."""
    which = _WHICH.search(question)
    if which:
        return which["noun"]
    return next((noun for pattern, noun in _WHICH_ENGLISH if pattern.search(question)), None)
