"""A noun or a pronoun that points back → what it stands for in the question before and its answers.

"Đơn vị đó" is the body that was asked about, "ông ấy" who was named, "ở đó" the place that was told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.span import Span
from index.terms import fold, has_tone_marks
from qa.openings import folded_words
from qa.people import people_in
from qa.phrase import BODIES, EVENTS, HUMANS, WORD, Words, capitalised
from qa.question_kind import Kind, without_asking

if TYPE_CHECKING:
    from qa.turn import Turn

_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What an answer tells of somebody in brackets: it may be what is asked next."""
_POINTING = (
    rf"\b(?P<noun>{EVENTS}|{BODIES}|{HUMANS}|ở|tại|nơi|chỗ|ngày|năm|tháng|hôm|lúc|khi|bài|bài viết|việc) "
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
_PLACES = frozenset(("o", "tai", "noi", "cho"))
_WHICH_PLACE = re.compile(r"\b(?:tinh|huyen|xa|phuong|thanh pho|nuoc|noi|cho|vung) nao\b")
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
    """What a question is about: its event, or else its body, or else its longest name."""
    words = Words(question)
    found = words.phrase(EVENTS) or words.phrase(BODIES) or words.longest_name()
    return words.span(*found).of(question) if found else None


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
    own = None if noun in _GENERIC else words.phrase_from(noun)
    others = (EVENTS,) if re.fullmatch(fold(EVENTS), noun) else (BODIES, EVENTS)
    found = own or next(filter(None, map(words.phrase, others)), None)
    return words.span(*found).of(question) if found else None
