"""Words as people shorten them in messages → the words: "ko", "ntn", "đ/c".

Only what means one thing whoever types it; abbreviations of offices and bodies are left to :mod:`qa.abbreviations`.
"""

from __future__ import annotations

import re
from itertools import takewhile

from index.names import is_name
from index.terms import fold, has_tone_marks
from qa.abbreviations import common_abbreviations
from qa.phrase import BODIES, capitalised
from qa.question_kind import OFFICES

_WORDS = {
    "ko": "không",
    "hok": "không",
    "ntn": "như thế nào",
    "bn": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "bao nhiu": "bao nhiêu",
    "bnhiu": "bao nhiêu",
    "j": "gì",
    "vs": "với",
    "đ/c": "đồng chí",
    "d/c": "đồng chí",
}
_BODIES = (
    f"{fold(BODIES)}|cong ty|cty|nha may|nha hang|khach san|cua hang|sieu thi|chi nhanh|van phong|chi cuc|toa an"
    "|bao tang|nha van hoa|hop tac xa|htx|xi nghiep|doanh nghiep|phong kham|tru so|buu dien|khu|bv|ben xe"
    "|nha thuoc|bql|quy|kho"
)
_WHERE = r"(?:o dau|o cho nao|cho nao|(?:o )?(?:duong nao|pho nao|so may)|la gi|(?:nhu )?the nao|ra sao)\b"
_BODY = re.compile(rf"(?:cua )?(?:{_BODIES})\b(?! (?:nao|vien|truong|pho|doi)\b)")
_NO_PERSON = re.compile(
    rf"{_WHERE}|(?:e-?mail|web|website|lien he|lien lac|cu the|chinh xac|nha (?:rieng|ong|ba|thay|co))\b"
)
_ASKS_WHERE = re.compile(rf"\b{_WHERE}")
_ASKS_ELSE = re.compile(r"\b(?:ai|nao|gi|may|bao|khi|sao|khong|chua)\b")
_SPEAKS = "họp|phát biểu|trình bày|tham gia|tham dự|chủ trì|báo cáo|công tác"
_DOES = re.compile(
    rf"\b(?:{_SPEAKS}|{fold(_SPEAKS)}|dự|nói|làm|ký|được|bị|đã|đang|sẽ|đến|đi|đọc|trả lời|sinh)\b",
    re.IGNORECASE,
)
"""What is done, and not where something is."""
_COUNTED = re.compile(r"\b(?:cac|nhung|may|nhieu|tung|hai|ba|\d+) $")
_SHORT_BODY = re.compile(r"(?:của )?([A-ZĐƯ]{3,})\b")
_OFFICE = re.compile(rf"(?:{fold(OFFICES)}|pho|uy vien|huan luyen vien)\b")
_WAS = re.compile(r"(?<=\w )[đd]c(?= (?!n[àa]o\b)(?P<next>\w))")
_NAMED_BEHIND = frozenset(
    "la do cua va voi gom co cac nhung may nhieu so hoi biet vang cong cu giao".split()  # noqa: SIM905
)
"""Behind one of these, folded, "đc" is a đồng chí or an address, not "được"."""
_SHORT = re.compile(rf"(?<![\w/.-])(?:{'|'.join(_WORDS)})(?![\w/.-])", re.IGNORECASE)


def written_out(question: str) -> str:
    """The question with such words written out; without tone marks where it has none itself.

    In capitals they are something else: BN may be a ward of a hospital.

    >>> written_out("Đ/c nào chủ trì, có họp trực tuyến ko?"), written_out("hop ntn"), written_out("BN ở đâu?")
    ('Đồng chí nào chủ trì, có họp trực tuyến không?', 'hop nhu the nao', 'BN ở đâu?')
    >>> written_out("Đ/c Sở Nội vụ ở đâu"), written_out("d/c cong ty Hoa Phu la gi")
    ('Địa chỉ Sở Nội vụ ở đâu', 'dia chi cong ty Hoa Phu la gi')
    >>> written_out("trường nào đc khen"), written_out("bi thu la dc le an"), written_out("dc nao chu tri")
    ('trường nào được khen', 'bi thu la dc le an', 'dc nao chu tri')
    """
    marked = has_tone_marks(_WAS.sub("", _SHORT.sub("", question)))

    def words(short: re.Match[str]) -> str:
        if len(short[0]) > 1 and short[0].isupper() and "/" not in short[0]:
            return short[0]
        whole = _WORDS[short[0].lower()]
        if "/" in short[0] and _is_address(
            short.string[: short.start()], short.string[short.end() :].lstrip()
        ):
            whole = "địa chỉ"
        whole = whole if marked else fold(whole)
        return capitalised(whole) if short[0][0].isupper() else whole

    def was(short: re.Match[str]) -> str:
        before = question[: short.start()].split()[-1].lower()
        named = before.isdigit() or fold(before) in _NAMED_BEHIND or short["next"].isupper()
        return short[0] if named else "được" if marked else "duoc"

    question = _WAS.sub(was, question)
    return _SHORT.sub(words, question)


def _is_address(before: str, behind: str) -> bool:
    """Whether "đ/c" between these words is "địa chỉ": of a body that is looked for, or of nobody.

    >>> _is_address("cho hỏi ", "công ty Hòa Phú ở đâu"), _is_address("", "Trường Đại học Thủy lợi?")
    (True, True)
    >>> _is_address("", "Trường ở đâu"), _is_address("", "công an xã nào"), _is_address("các ", "Sở ở đâu")
    (False, False, False)
    """
    said = fold(behind)
    if _COUNTED.search(fold(before)) or _is_person(behind):
        return False
    if _NO_PERSON.match(said):
        return True
    where = _ASKS_WHERE.search(said)
    if where is None:
        return _BODY.match(said) is not None and not _ASKS_ELSE.search(said) and not _DOES.search(behind)
    named = _BODY.match(said) or _SHORT_BODY.match(behind)
    return named is not None and not _DOES.search(behind[: where.start()])


def _is_person(behind: str) -> bool:
    """Whether somebody is named first, or an office."""
    short = _SHORT_BODY.match(behind)
    longs = [fold(long) for known, long in common_abbreviations() if short and known == short[1]]
    if any(_OFFICE.match(words) for words in [fold(behind), *longs]):
        return True
    name = [*takewhile(lambda word: word[0].isupper(), behind.split())]
    rest = " ".join(behind.split()[len(name) :])
    alone = len(name) == 1 and short is None and _ASKS_WHERE.match(fold(rest))
    return is_name(" ".join(name), surely=True) or bool(alone)
