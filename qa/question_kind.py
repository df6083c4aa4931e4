"""A question → what it asks for: a person, a number, a day, a place, a reason, a list, whether something is so.

By the words that ask, in Vietnamese with or without tone marks and in English; and the same in reverse, whether a span
can be that at all.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from index.moments import moments
from index.terms import fold, has_tone_marks, spelled, syllables, words


class Kind(Enum):
    """What an answer has to be."""

    PERSON = "person"
    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    BODY = "body"
    REASON = "reason"
    MANNER = "manner"
    THING = "thing"
    TRUTH = "truth"


class Asked(NamedTuple):
    """What a question asks for.

    :ivar kind: of each answer.
    :ivar several: whether it asks for all there are.
    """

    kind: Kind
    several: bool


_BODIES = (
    "đơn vị|cơ quan|tổ chức|trường|viện|sở|ban|bộ|phòng|chi bộ|đảng bộ|tỉnh|huyện|xã|thành phố|công ty|học viện"
    "|khoa"
)
HEADS = (
    "bí thư|giám đốc|chủ tịch|hiệu trưởng|viện trưởng|vụ trưởng|cục trưởng|chủ nhiệm|trưởng ban|trưởng phòng"
    "|trưởng khoa|tổng giám đốc|bộ trưởng|chánh văn phòng|thư k[ýí]|kế toán trưởng|tổ trưởng|đội trưởng|trạm trưởng"
    "|tổng biên tập|thủ tướng"
)
"""Offices of one person that may have deputies."""
OFFICES = rf"(?:phó )?(?:{HEADS})|thứ trưởng"
_OFFICE_FIRST = re.compile(rf"(?:{OFFICES}|phó \w+|trưởng \w+|[uủ][yỷ] viên)\b", re.IGNORECASE)
_PEOPLE = f"người|ông|bà|đồng chí|đại biểu|cá nhân|lãnh đạo|nhân vật|vị|tác giả|thầy|cô|{OFFICES}"
_ROLES = (
    "hành khách|học sinh|sinh viên|học viên|bệnh nhân|nạn nhân|cầu thủ|trọng tài|huấn luyện viên|vận động viên|thủ môn"
    "|bác sĩ|nghệ sĩ|ca sĩ|diễn viên|nhà báo|nhà thơ|nhà văn|nhà khoa học|giáo viên|giảng viên|diễn giả|báo cáo viên"
    "|thủ khoa|tài xế|tiến sĩ|giáo sư|đảng viên|cán bộ|công nhân|nông dân|bé gái|bé trai|cháu bé|bị cáo|nghi phạm"
)
"""What people are called who are asked for one by one: "Cầu thủ nào ghi bàn?"."""
_NOUN = r"(?:\w+ ){0,3}?"
_OWN_NOUN = r"(?:(?!(?:tại|bằng|theo(?! học)|vào|trong) )\w+ ){0,3}?"
"""Words that belong to the one before; in "thủ tướng tại kỳ họp nào" it is not the office that is asked for."""
_DURING = "trong sau suốt qua trước ngoài theo khoảng một nhiều hết mất quá".split()  # noqa: SIM905
"""What stands before "thời gian" where it only tells when something else is so."""
_PATTERNS = (  # the first that a question matches decides
    (
        Kind.TIME,
        r"\b(?:khi nào|bao giờ|lúc nào|hôm nào|thời gian nào|mấy giờ|bao lâu|when|what (?:date|day|time|year))\b"
        r"|\b(?:ngày|năm|tháng|buổi|hôm|thời điểm|nhiệm kì|giai đoạn) (?:nào|bao nhiêu|mấy|gì)\b|"
        + "".join(rf"(?<!\b{before} )" for before in _DURING)
        + r"\bthời gian\b.*\blà\b",
    ),
    (Kind.REASON, r"\b(?:vì sao|tại sao)\b|^(?:mà |thế )?sao (?:có|lại|mà|không)\b"),
    (
        Kind.NUMBER,
        r"\b(?:bao nhiêu|mấy(?! (?:\w+ ){1,3}nào\b)|how (?:many|much))\b"
        r"|\b(?:số lượng|tổng số|tỉ lệ)\b.*\b(?:là|bằng)\b",
    ),
    (
        Kind.REASON,
        r"\b(?:vì sao|tại sao|sao lại|lí do|nguyên nhân|why|nhằm (?:mục đích )?gì|để làm gì|mục đích)\b",
    ),
    (Kind.MANNER, r"\b(?:như thế nào|thế nào|ra sao|bằng cách nào|làm sao|how)\b"),
    (Kind.PLACE, r"\b(?:(?:ở|tại|từ|đến) đâu|nơi nào|chỗ nào|địa điểm|where)\b|\bđâu$"),
    (Kind.PERSON, rf"\b(?:{_ROLES}) nào\b(?!.*\b(?:không|chưa)(?: \w+)?$)"),
    (  # "Bí thư chi bộ nào?" asks for people, not for a chi bộ
        Kind.PERSON,
        rf"(?:^|\b(?:những|các) )(?:{OFFICES}) {_NOUN}nào\b"
        rf"|^(?:{_PEOPLE}|{_ROLES})\b(?! (?:trí|dân|con)\b).*\btên (?:là )?gì\b",
    ),
    (
        Kind.BODY,
        rf"\b(?:{_BODIES}) (?:{_NOUN}nào|(?:tên )?gì)\b|\b(?:đơn vị|cơ quan) {_NOUN}(?:là|tên|tên là) gì\b"
        rf"|\b(?:kể tên|liệt kê|nêu tên|danh sách) (?:các |những )?(?:{_BODIES})\b"
        r"|\bwhich (?:unit|school|office|agency|organi[sz]ation)s?\b",
    ),
    (
        Kind.PERSON,
        rf"\b(?:ai|who|whom|whose)\b|\b(?:{_PEOPLE}) {_OWN_NOUN}nào\b|\btên (?:của )?(?:{_PEOPLE})\b"
        r"|\b(?:ông|bà|thầy|cô|đồng chí|người) gì\b"
        rf"|\b(?:kể tên|liệt kê|nêu tên|danh sách|tên) (?:các |những )?(?:{_PEOPLE})\b",
    ),
    (
        Kind.TRUTH,
        r"(?:^| )(?:phải |hay |có |đúng )*(?:không|chưa|à)(?: (?:ạ|vậy|nhỉ|nhé|hả|thế))*$"
        r"|^(?:có phải|is|are|was|were|did|does|do|has|have)\b",
    ),
)
_BARE_NUMBER = re.compile(
    r"^(?:tổng số|số lượng|tỉ lệ|số (?!(?:điện|hiệu|nhà|tài khoản|kí hiệu|báo|công văn|máy|phận|hóa|hoá|kiếp|hotline"
    r"|đường|thứ|đăng|hộ chiếu|văn|liệu)\b)\w+) \w+(?!.*\b(?:nào|gì)\b)"
)
"""A number that is asked for by its name alone: "Số đề tài của Trường?"; without marks it may be a Sở or anything."""
_ALL = (
    r"\b(?:kể tên|liệt kê|nêu tên|kể ra|(?:kể|nêu) (?:đầy đủ|hết|tất cả)|nêu các|nêu những|danh sách|list"
    r"|name (?:all|the))\b"
    r"|\b(?:những|các) (?:\w+ ){0,4}?(?:ai|(?<!thế )nào|gì)\b|\bnhững ai\b|\bmấy (?:\w+ ){1,3}nào\b"
    r"|\b(?:giấy tờ|hồ sơ|thủ tục|điều kiện) (?:gì|nào)\b"
    r"|\b(?:những|các) (?:(?:nghị quyết|nghị định|quyết định|chỉ thị|kết luận|thông tư|quy định|kế hoạch) ){2,}nào\b"
    rf"|\b(?:bao gồm|gồm|gồm có|là) (?:những |các )(?:ai|gì|{_NOUN}nào)\b|\b(?:gồm|gồm có) (?:ai|gì)\b"
    r"|\b(?:who|which|what) (?:\w+ ){0,2}(?:are|were)\b"
)


def _counted(numbers: str) -> str:
    """What asks for as many things as it counts: "Bốn ý chính là gì?", "5 thầy cô được khen là những ai?"."""
    measures = "tháng|ngày|năm|tuần|giờ|phút|lần|quý|triệu|tỉ|nghìn|đồng|phần|mét|m|km|ha|nhiệm kì|kì|học kì"
    return (
        r"(?:^|\b(?:kể|nêu|đủ|là|chỉ đạo|đưa ra|có|với|thống nhất|đề ra|xác định|chỉ ra) )"
        rf"(?:{numbers}|0?[2-9]|1\d) (?!\d|(?:{measures}|của|là)\b)"
        r"(?:\w+ ){0,12}?(?:là (?:gì|ai|những|các)|gồm|(?<!khi )(?<!lúc )(?<!hôm )(?<!ngày )(?<!thế )nào)\b"
    )


_MARKED = (
    [*((kind, re.compile(pattern)) for kind, pattern in _PATTERNS), (Kind.NUMBER, _BARE_NUMBER)],
    re.compile(f"{_ALL}|{_counted('hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười')}"),
)
# "thay" and "co" are rather thấy and có than teachers
_UNMARKED = (
    [(kind, re.compile(fold(pattern).replace("|thay|co|", "|"))) for kind, pattern in _PATTERNS],
    re.compile(fold(f"{_ALL}|{_counted('hai|bốn|mười')}")),  # "ba" is also bà, and "nam" a year
)

_ASKING = re.compile(
    r"\b(bao nhiêu|bao lâu|bao giờ|bao xa|như thế nào|thế nào|là ai|là gì|vì sao|tại sao|ở đâu|khi nào|lúc nào"
    r"|nào|gì|ai|đâu|mấy|sao)\b"
)
# Alone, the last ones of these would be words of their own without marks: "dau" is also "đầu", "ai" also "ái".
_ASKING_FOLDED = re.compile(
    r"\b(bao nhieu|bao lau|bao gio|bao xa|nhu the nao|the nao|la ai|la gi|vi sao|tai sao|o dau|khi nao|luc nao"
    r"|nao)\b|^ai\b"
)
_NUMBER_WORDS = frozenset(
    "một hai ba bốn năm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ vài nhiều nửa".split()  # noqa: SIM905
)
_SPANS_OF_TIME = re.compile(
    r"\b(?:sang|trua|chieu|toi|dem|ngay|thang|nam|quy|tuan|gio|the ki|the ky|nhiem ky|thoi|khi|mua|luc|truoc|sau"
    r"|dau|cuoi)\b"
)
_DAYS = (
    r"(?:^|\b(?:vào|từ|đến|trước) )thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy)\b|\b(?:chủ nhật|hôm|tết|rằm|giao thừa)\b"
    r"|\bm[ùồ]ng (?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b"
)
"""Names of days in which no number need be; "thứ ba" behind a noun is rather the third."""
_DAYS_MARKED, _DAYS_FOLDED = re.compile(_DAYS), re.compile(fold(_DAYS))
_PLACES = re.compile(
    r"\b(?:o|tai|phong|hoi truong|xa|huyen|tinh|thanh pho|duong|so|truc tuyen|nuoc|khu|noi)\b"
)


_LIKE_WHO = re.compile(r"\bAI\b|\b[Aa]i(?= [Cc]ập\b(?! (?:nhật|bến|cảng|kê)\b))")
"""A name that is written as "ai" is: artificial intelligence, and Egypt."""


def _names_like_who(question: str) -> set[int]:
    """Where such names begin in a question; in one all in capitals "AI" asks."""
    found = _LIKE_WHO.finditer(question)
    return {name.start() for name in found if name[0] != "AI" or not question.isupper()}


def _said(question: str) -> str:
    """The syllables of a question in lower case; those names in capitals, so that no pattern takes them to ask."""
    names = _names_like_who(question)
    shown = _LIKE_WHO.sub(lambda name: "AI" if name.start() in names else name[0].lower(), question)
    return " ".join(word if word == "AI" else spelled(word) for sentence in words(shown) for word in sentence)


@lru_cache(maxsize=1 << 10)
def asked_for(question: str) -> Asked:
    """What a question asks for.

    >>> asked_for("Đảng bộ có bao nhiêu đảng viên?"), asked_for("nhung ai phat bieu tai hoi nghi")
    (Asked(kind=<Kind.NUMBER: 'number'>, several=False), Asked(kind=<Kind.PERSON: 'person'>, several=True))
    >>> [asked_for(text).kind.value for text in ("Hội nghị diễn ra ở đâu?", "When was it held?", "Cầu dài 240 mét à?")]
    ['place', 'time', 'truth']
    >>> [asked_for(text).kind.value for text in ("Số đề tài của Trường?", "Số điện thoại của Trường?")]
    ['number', 'thing']
    """
    said = _said(question)
    patterns, everything = _MARKED if has_tone_marks(question) else _UNMARKED
    kind = next((kind for kind, pattern in patterns if pattern.search(said)), Kind.THING)
    return Asked(kind, kind is not Kind.TRUTH and everything.search(said) is not None)


_PERSONS_FIRST = re.compile(
    rf"^(?:(?:các|những|một|một số|nhiều|toàn thể|đại diện|tất cả|\d[\d.]*) )*(?:{_PEOPLE}|{_ROLES}|ủy viên|thành viên"
    r"|công chức|viên chức|nhân viên|nhân dân|hộ|gia đình|phụ nữ|thanh niên|trẻ em|đoàn viên|hội viên|đối tượng)\b",
    re.IGNORECASE,
)


def begins_with_office(text: str) -> bool:
    """Whether a span is an office rather than who holds it.

    >>> [begins_with_office(text) for text in ("Phó Chủ nhiệm UBKT", "Ủy viên Ban Thường vụ", "Chủ Văn An")]
    [True, True, False]
    """
    return _OFFICE_FIRST.match(text) is not None


def can_name_people(text: str) -> bool:
    """Whether a span may name people: it begins with a capital, or with a word for people.

    >>> [can_name_people(text) for text in ("Phan Sơn", "các đồng chí trong Đảng ủy", "một số nhiệm vụ của Sở")]
    [True, True, False]
    """
    return text[:1].isupper() or begins_with_people(text)


def begins_with_people(text: str) -> bool:
    """Whether a span begins with a word for people, their number before it or not.

    >>> [begins_with_people(text) for text in ("3 đồng chí: Lê An, Hà Mai", "hộ nghèo, hộ cận nghèo", "Lê An")]
    [True, True, False]
    """
    return _PERSONS_FIRST.match(text) is not None


def can_be(kind: Kind, text: str) -> bool:
    """Whether a span can be an answer of this kind; true where its form does not tell.

    >>> can_be(Kind.NUMBER, "hai mươi bảy lớp"), can_be(Kind.NUMBER, "đồng chí Khoa")
    (True, False)
    >>> can_be(Kind.PERSON, "đồng chí Khoa"), can_be(Kind.PERSON, "vào buổi sáng")
    (True, False)
    >>> can_be(Kind.TIME, "thứ Hai"), can_be(Kind.TIME, "thứ trưởng")
    (True, False)
    """
    if kind is Kind.NUMBER:
        return any(char.isdigit() for char in text) or not _NUMBER_WORDS.isdisjoint(text.lower().split())
    if kind is Kind.TIME:
        folded = fold(text)
        days = _DAYS_MARKED.search(text.lower()) if has_tone_marks(text) else _DAYS_FOLDED.search(folded)
        return any(c.isdigit() for c in text) or bool(
            moments(folded) or _SPANS_OF_TIME.search(folded) or days
        )
    if kind is Kind.PERSON:
        return any(char.isupper() for char in text)
    if kind is Kind.PLACE:
        return any(char.isupper() for char in text) or _PLACES.search(fold(text)) is not None
    return True


def asked_about(question: str) -> str:
    """The question without the words that only ask, in lower case.

    >>> asked_about("Đảng bộ có bao nhiêu đảng viên?"), asked_about("ai chu tri hoi nghi")
    ('đảng bộ có đảng viên', 'chu tri hoi nghi')
    """
    pattern = _ASKING if has_tone_marks(question) else _ASKING_FOLDED
    return " ".join(pattern.sub(" ", _said(question)).split()).lower()


def without_asking(question: str) -> str:
    """The question as it is written, without the words that only ask and without its question mark.

    >>> without_asking("Ai chủ trì Hội nghị của Viện?")
    'chủ trì Hội nghị của Viện'
    """
    pattern = _ASKING if has_tone_marks(question) else _ASKING_FOLDED
    names = _names_like_who(question)
    plain = re.sub(
        pattern.pattern,
        lambda match: match[0] if names & {*range(*match.span())} else " ",
        question.rstrip(" ?.!"),
        flags=re.IGNORECASE,
    )
    return " ".join(plain.split()).replace(" ,", ",")


def asks(text: str) -> bool:
    """Whether a word of the text asks.

    >>> asks("Ai chủ trì"), asks("đảng viên của Sở")
    (True, False)
    """
    return " ".join(syllable for sentence in syllables(text) for syllable in sentence) != asked_about(text)
