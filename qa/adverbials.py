"""Phrases that tell or ask when, where, how or whose, without the sentence that they belong to.

"Năm ngoái" and "ở thành phố" are told beside what is asked; "Của cơ quan nào?" and "Vào ngày nào?" ask beside what the
question before says.
"""

from __future__ import annotations

import re

from index.terms import fold, has_tone_marks
from qa.phrase import WORD

PLACES = "tỉnh|huyện|xã|phường|quận|thành phố|thị xã"
_TIME_BESIDE = (
    r"(?:vào |trong )?(?:(?:năm học|năm|tháng|quý|tuần|ngày|giai đoạn|nhiệm kỳ|nhiệm kì|khóa|kỳ|kì|đợt|lần) "
    r"(?:\d|[ivx]+$|(?:nay|này|trước|ngoái|sau|tới|qua|đó|đầu|cuối|liền|kế|tiếp|thứ|một|hai|ba|tư|bốn)(?= |$))"
    r"|(?:hôm|mùa|dịp|buổi|sáng|trưa|chiều|tối) )"
)
"""How a time begins that is told beside what is counted: "năm 2022", "quý II", "tháng trước"."""
_BESIDE = (
    r"(?:ở|tại|trong|ngoài|trên|dưới|theo|từ(?! điển)|đến|với|về|cho|của|do|vào|khi|lúc|sau|trước|thuộc|các|những|là"
    r"|có|được|bị(?! can| cáo| đơn)|đã|đang|sẽ|đạt|không|chưa|tham gia|tham dự) "
)
"""Prepositions, plurals and verbs, before what is told beside it."""
_BESIDE_FOLDED = (
    rf"(?:theo|tren|nhung|cac|tham gia|tham du|o (?={'|'.join(map(fold, PLACES.split('|')))}|nong thon)) ?"
)
"""Those of them that are no other words without their marks: "o to", "tai xe"."""
_STANDS_BESIDE = re.compile(f"{_TIME_BESIDE}|{_BESIDE}", re.IGNORECASE)
_STANDS_BESIDE_FOLDED = re.compile(f"{fold(_TIME_BESIDE)}|{_BESIDE_FOLDED}")
_ASKS = (
    r"(của|do|bởi|vào|đến|tới|ở|tại|với|trong|nhờ|vì|qua|từ(?! (?:chức|bỏ|thiện))|theo(?! (?:dõi|học))"
    r"|bằng(?! (?:khen|cấp|lái))|cho(?! (?:vay|phép|thuê))|về(?! (?:hưu|quê|nước|nhất|đích))) (?:(?:những|các) )?"
    r"(?:ai|đâu|gì|bao lâu|bao giờ|(?:\w+ ){1,3}?(?:nào|gì)|(?:\w+ ){0,2}?(?:bao nhiêu|mấy)(?: \w+){0,2})"
)
_ASKS_BESIDE, _ASKS_BESIDE_FOLDED = re.compile(_ASKS), re.compile(fold(_ASKS))
"""A preposition and what asks behind it; but "cho vay", "bằng khen" and "về hưu" are none."""


def stands_beside(topic: str) -> bool:
    """Whether a topic tells when, where or how: it takes the place of nothing but another such.

    >>> stands_beside("năm ngoái"), stands_beside("ở thành phố"), stands_beside("chi bộ"), stands_beside("con o to")
    (True, True, False, False)
    """
    if has_tone_marks(topic):
        return _STANDS_BESIDE.match(topic) is not None
    return _STANDS_BESIDE_FOLDED.match(topic.lower()) is not None


def asks_beside(question: str) -> str:
    """The folded preposition that a question begins with which asks nothing but when, where, how or whose; or nothing.

    >>> asks_beside("Của cơ quan nào?"), asks_beside("Ở đâu?"), asks_beside("Do đơn vị nào tổ chức?")
    ('cua', 'o', '')
    """
    said = " ".join(WORD.findall(question)).lower()
    found = (_ASKS_BESIDE if has_tone_marks(question) else _ASKS_BESIDE_FOLDED).fullmatch(said)
    return fold(found[1]) if found else ""
