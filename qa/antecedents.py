"""A noun or a pronoun that points back → what it stands for in the question before and its answers.

"Đơn vị đó" is the body that was asked about, "ông ấy" who was named, "ở đó" the place that was told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.span import Span
from index.terms import fold, has_tone_marks, spelled
from qa.openings import folded_words
from qa.people import people_in
from qa.phrase import BODIES, EVENTS, HUMANS, WORD, Words, capitalised, ends_phrase
from qa.question_kind import OFFICES, Kind, without_asking
from qa.tone_marks import common_pairs

if TYPE_CHECKING:
    from qa.turn import Turn

_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What an answer tells of somebody in brackets: it may be what is asked next."""
_POINTING = (
    rf"\b(?P<noun>{EVENTS}|{BODIES}|{HUMANS}|ở|tại|nơi|chỗ|bên|ngày|năm|tháng|hôm|lúc|khi|bài|bài viết|việc) "
)
_BACK = re.compile(rf"{_POINTING}(?:đó|ấy|này|nói trên)(?=$| )")
# "đó" without its marks is also "do", by; there it points back only where no doer can follow.
_BACK_FOLDED = re.compile(
    fold(_POINTING).replace("(?p<", "(?P<")
    + r"(?:ay|nay|noi tren|do(?=$| (?:do|la|co|o|nhu|thi|duoc|da|ten|nam|gom|dien|to chuc|vao|tai|bao)\b))(?=$| )"
)
_POINTS = re.compile(
    r"\b(?!(?:do|theo|nhờ) )\w+ (?:này|ấy|đó|đấy)\b|\b(?:nó|hắn|(?:ông|bà|anh|chị|cô|cậu) ta)\b"
    r"|(?<!\bdòng )(?<!\bcùng )(?<!\bmột )\bhọ\b(?! (?:(?:và )?tên|hàng|tộc|mạc|đạo|nội|ngoại|nào|gì)\b)"
    r"|(?<!\bquần )(?<!\bcông )(?<!\bdân )(?<!\bđại )(?<!\bthính )(?<!\bphật )"
    r"\bchúng\b(?! (?:ta|tôi|mình|em|con|cháu|sinh)\b)"
)
"""Any other noun or pronoun that points back, in lower case; without tone marks too many words look like these.

But "dòng họ" and "quần chúng" are nouns, and "chúng ta" are those who ask.
"""
_POINTS_FOLDED = re.compile(
    r"\b(?:sau|truoc|trong|khi|luc|tu) do\b|\b\w+ ay\b|\b(?:ong|ba|anh|chi|co|cau) ta\b"
)
_NOUN_BACK = re.compile(r"(?:(?P<before>\w+) )?\b(?P<noun>\w+) (?:này|đó|ấy|đấy|nói trên)\b", re.IGNORECASE)
_TIMES = frozenset(("ngay", "nam", "thang", "hom", "luc", "khi"))
_PLACES = frozenset(("o", "tai", "noi", "cho", "ben"))
_WHICH_PLACE = re.compile(r"\b(?:tinh|huyen|xa|phuong|thanh pho|nuoc|noi|cho|vung) nao\b")
_OTHER_EVENTS = (
    "cuộc thi|hội thi|kỳ thi|lễ hội|hội thao|hội chợ|triển lãm|liên hoan|giải (?=chạy|đua|đấu|bóng)|cuộc vận động"
    "|chiến dịch|dự án|đề án|gói thầu|phiên họp|phiên tòa|phiên toà|vụ án|vụ tai nạn"
)
_OTHER_BODIES = (
    "quỹ|hợp tác xã|câu lạc bộ|hiệp hội|tập đoàn|tổng công ty|xí nghiệp|nhà máy|doanh nghiệp|cửa hàng|khách sạn|đài"
    "|tòa án|toà án|viện kiểm sát|văn phòng|chi cục|tổng cục|trạm|nhà văn hóa|bảo tàng|thị xã|thị trấn|phường|quận"
)
"""Other events and bodies that a question may be about; where none of the commoner ones is named."""
_VERB = re.compile(
    "tuyển|mở|nằm|lập|họp|dạy|thưởng|phạt|thu|chi|bán|mua|cấp|xây|trồng|nuôi|tặng|trao|thuê|chở|đón|gửi|nộp|đóng|lấy|học"
    "|thi|tăng|giảm|còn|mất|cần|dài|rộng|cao|nặng|sâu|ra|ký|kí|xử|bắt|cử|đặt|hết|tốn|chia|giao|chạy|làm|dùng|vay|trả|lãi"
    "|lỗ|nợ|thắng|thua|bàn|tên"
)
_BEHIND_VERB = re.compile(
    r"(?:may|bao|ai|gi|o|tai|vao|tu|voi|cho)\b|(?:ngay|nam|thang|hom|luc|khi|gio) (?:nao|may)\b"
)
"""Verbs that end no phrase, since they are other words besides, and what stands behind them in a question, folded."""
_WHEN_OR_WHERE = re.compile(
    r"(?:(?:vao|luc|tu|o|tai|trong) )*"
    r"(?:(?:ngay|hom|nam|thang|luc|khi|tinh|huyen|xa|noi|cho) (?:nao|may)|(?:bao|may) gio|dau)"
)
_OFFICE_OR_BODY = re.compile(rf"(?:{fold(f'{OFFICES}|{BODIES}|{HUMANS}|trưởng|phó')})\b")
_DOES = 4  # words at most that tell what is done: "khảo sát hiện trường"
_GENERIC = _PLACES | {"don vi", "co quan", "bai", "bai viet", "viec"}


def points_back(question: str) -> re.Match[str] | None:
    """Where a noun points back, in the words of the question one blank apart."""
    if has_tone_marks(question):
        return _BACK.search(" ".join(WORD.findall(question)).lower())
    return _BACK_FOLDED.search(folded_words(question))


def points(question: str) -> bool:
    """Whether any noun or pronoun of the question points back."""
    if has_tone_marks(question):
        return _POINTS.search(" ".join(WORD.findall(question)).lower()) is not None
    return _POINTS_FOLDED.search(folded_words(question)) is not None


def with_what_was_asked(question: str, before: Turn) -> str:
    """The question with the answer before for the noun that it was asked with: "nước đó" after "Nước nào …?"."""
    for pointing in _NOUN_BACK.finditer(question) if before.answers else ():
        asked = re.search(rf"(?:(\w+) )?\b{pointing['noun']} nào\b", before.question, re.IGNORECASE)
        if asked:
            both = asked[1] and pointing["before"] and asked[1].lower() == pointing["before"].lower()
            # "đơn vị đó", and not only its "vị đó"
            start = pointing.start() if both else pointing.start("noun")
            name = before.answers[0] if start else capitalised(before.answers[0])
            return question[:start] + name + question[pointing.end() :]
    return ""


def with_names(question: str, before: Turn) -> str:
    """The question with a name for the phrase that points back."""
    found = points_back(question)
    if found is None:
        return question
    noun = fold(found["noun"])
    name = antecedent(noun, before)
    words = Words(question)
    first = len(found.string[: found.start()].split())
    span = words.span(first, first + len(found[0].split()))
    if name is None:
        topic = topic_of(before.question)
        if topic and noun in _PLACES and any(people_in(topic, Span(0, len(topic)))):
            # nobody is a place; the article that was cited is preferred anyway
            return question[: span.start].rstrip() + question[span.end :]
        return f"{question.rstrip(' ?.!')} {topic}?" if topic else beside(question, before)
    if noun in {"o", "tai"}:
        name = f"{words.matches[first][0]} {name}"
    return question[: span.start] + name + question[span.end :]


def beside(question: str, before: Turn) -> str:
    """The question with all that the one before says beside it, where nothing tells what it leaves out."""
    return f"{question.rstrip(' ?.!')}, {without_asking(before.question)}?"


def topic_of(question: str) -> str | None:
    """What a question is about: its event, or else its document, its body, or its longest name.

    >>> topic_of("Quyết định số 12 của Sở Y tế có hiệu lực khi nào?"), topic_of("Quỹ Bảo trợ trẻ em tuyển mấy kế toán?")
    ('Quyết định số 12', 'Quỹ Bảo trợ trẻ em')
    """
    place = place_of_topic(question)
    return place.of(question) if place else None


def place_of_topic(question: str) -> Span | None:
    """Where a question names what it is about."""
    words = Words(question)
    document = words.document()
    if document and words.folded[max(0, document[0] - 1)] == "theo":
        document = None  # it tells what is asked, and is not asked about
    found = (
        words.phrase(EVENTS)
        or words.phrase(_OTHER_EVENTS)
        or document
        or _body(words)
        or words.longest_name()
    )
    if found is None:
        return None
    first, last = _without_verb(*found, words)
    return words.span(0 if _is_done_to(first, last, words) else first, last)


def _is_done_to(first: int, last: int, words: Words) -> bool:
    """Whether what a question says before the phrase is what is done to it: "Khởi công dự án Cầu Bè ngày nào?"."""
    does = words.text[: words.matches[first].start()].split()
    if not 0 < first <= _DOES or _OFFICE_OR_BODY.match(fold(" ".join(does))):
        return False
    plain = not any(char.isupper() for char in " ".join(does)[1:]) and all(map(str.isalpha, does))
    folded = not has_tone_marks(words.text)
    others = "của" in does or any(ends_phrase(word, folded=folded) for word in does)
    return plain and not others and _WHEN_OR_WHERE.fullmatch(" ".join(words.folded[last:])) is not None


def _body(words: Words) -> tuple[int, int] | None:
    """The first body."""
    return words.phrase(BODIES) or _named(_OTHER_BODIES, words)


def _named(heads: str, words: Words) -> tuple[int, int] | None:
    """The first phrase that begins with one of the heads, where it says more than that."""
    found = words.phrase(heads)
    return found if found and found[1] > found[0] + words.begins(found[0], heads) else None


def _without_verb(first: int, last: int, words: Words) -> tuple[int, int]:
    """A phrase without the verb of one syllable at its end: "Trung tâm Lam Khê nằm" before "ở đâu"."""
    before, verb = (match[0] for match in words.matches[last - 2 : last])
    behind = " ".join(words.folded[last : last + 2])
    is_verb = _VERB.fullmatch(verb) and not common_pairs().pairs[spelled(before), spelled(verb)]
    return (first, last - 1) if is_verb and last - first > 2 and _BEHIND_VERB.match(behind) else (first, last)


def antecedent(noun: str, before: Turn) -> str | None:
    """What a noun that points back stands for."""
    answer = before.answers[0] if before.answers else None
    question = before.question
    if re.fullmatch(fold(HUMANS), noun):
        named = next((said for said in before.answers if any(people_in(said, Span(0, len(said))))), None)
        if answer and (named or before.kind is Kind.PERSON):
            return _ASIDE.sub("", named or answer) or answer
        return next((name.of(question) for name in people_in(question, Span(0, len(question)))), None)
    if noun in _TIMES:
        return answer if before.kind is Kind.TIME else None
    if answer and (
        (noun in _PLACES and (before.kind is Kind.PLACE or _WHICH_PLACE.search(fold(question))))
        or (before.kind is Kind.BODY and re.fullmatch(fold(BODIES), noun))
    ):
        return answer
    words = Words(question)
    found = None if noun in _GENERIC else words.phrase_from(noun)
    if found is None and re.fullmatch(fold(EVENTS), noun):
        found = words.phrase(EVENTS)
    elif found is None:
        found = (
            _body(words) or words.phrase(EVENTS) or (_name_of_a_place(words) if noun in _GENERIC else None)
        )
    return words.span(*_without_verb(*found, words)).of(question) if found else None


def _name_of_a_place(words: Words) -> tuple[int, int] | None:
    """The longest name, where it is nobody's."""
    found = words.longest_name()
    name = words.span(*found) if found else None
    return None if name is None or any(people_in(words.text, name)) else found
