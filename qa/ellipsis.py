"""What a follow-up leaves out of its sentence → the same with it, from the question before.

"Của cơ quan nào?" and "Vào ngày nào?" get what is asked about; a verb that has lost its object gets the one that it
had: "dự thế nào" the conference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.terms import fold, has_tone_marks
from qa.adverbials import asks_beside
from qa.antecedents import place_of_topic
from qa.phrase import BODIES, EVENTS, WORD, Words, capitalised, ends_phrase
from qa.tone_marks import is_common_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.turn import Turn

_ASKED_LAST = re.compile(
    r" (?:(?:vào lúc|vào|lúc|trong|ở|tại|từ|đến|do|bởi|của|cho|với|bằng|theo|về|là|hồi) )?"
    rf"(?:(?:(?:ngày|năm|tháng|hôm|buổi|giờ|lúc|khi|quý|thời gian|nước|nơi|chỗ|địa điểm|{BODIES}) )?(?:nào|gì|mấy)"
    r"|ai|đâu|bao giờ|bao lâu|mấy giờ)$",
    re.IGNORECASE,
)
"""What a question asks at its end, with the preposition before it."""
_ASKED_LAST_FOLDED = re.compile(fold(_ASKED_LAST.pattern), re.IGNORECASE)
_ASKED_FIRST = re.compile(
    r"(?:(?:những|các|nhung|cac) )?(?:ai|\w+(?: \w+)?? n[àa]o) (?P<says>\S.+)", re.IGNORECASE
)
"""Who is asked for first, and what the question says of them."""
_TO_WHOM = frozenset(("cho", "voi", "bang", "nho"))
"""Prepositions that belong to what somebody does, folded."""
_NO_DOER = re.compile(r" (?:duoc|bi|co|la)\b")
_HAPPENS = re.compile(r" (?:hop|dien ra|khai mac|ket thuc|bat dau)$")
"""What is said of something behind which, and before which, nobody is told who does it."""
_OF_EVENTS = ("tham dự", "dự", "chủ trì", "chủ tọa", "khai mạc", "bế mạc")
"""Verbs that have an event for their object."""
_NO_VERBS = frozenset("là có được bị ở do đã đang sẽ cùng tại của la co duoc da dang".split())  # noqa: SIM905
_HOW = (
    r"(?:kiểu (?:gì|nào)|thế nào|như thế nào|ra sao|bằng|theo|vào|lúc|khi|hôm|ngày|năm|tháng|ở|tại|từ|với|trong|qua"
    r"|bao giờ|bao lâu|đâu|bao nhiêu|mấy)\b"
)
_HOW_MANY = re.compile(r"bao nhi[êe]u|m[ấa]y", re.IGNORECASE)
_BETWEEN = 2  # words between a verb and the event that is its object: "dự trực tiếp hội nghị"
_HOW_ASKED = f"(?:{_HOW}|{fold(_HOW)})"


def filled(question: str, before: Turn) -> str:
    """The question with what it leaves out of its sentence; empty where that is nothing, or not known.

    >>> from qa.turn import Turn
    >>> before = Turn("Nghị quyết số 18 ban hành ngày nào?")
    >>> filled("Của ai?", before), filled("Do cơ quan nào?", before), filled("Ở đâu?", before)
    ('Nghị quyết số 18 của ai?', 'Nghị quyết số 18 do cơ quan nào ban hành?', 'Nghị quyết số 18 ban hành ở đâu?')
    >>> filled("Thư ký dự kiểu gì?", Turn("Những ai dự trực tiếp đại hội của Hội Nông dân?"))
    'Thư ký dự đại hội của Hội Nông dân kiểu gì?'
    """
    return _with_object(question, before) or _with_sentence(question, before)


def _with_sentence(question: str, before: Turn) -> str:
    """A preposition and what it asks, behind what the question before says, or behind what that is about."""
    how = asks_beside(question)
    if not how:
        return ""
    said = before.question.rstrip(" ?.!")
    topic = place_of_topic(before.question)
    marked = has_tone_marks(said)
    told = (_ASKED_LAST if marked else _ASKED_LAST_FOLDED).sub("", said)
    bare = question.rstrip(" ?.!")
    bare = bare[0].lower() + bare[1:]
    first = _ASKED_FIRST.fullmatch(said) if how in _TO_WHOM else None
    if first:
        return f"{capitalised(first['says'])} {bare}?"
    if told == said or (how == "cua" and topic):
        return f"{capitalised(topic.of(said))} {bare}?" if topic else ""
    does = told[topic.end :] if topic and topic.start == 0 and how == "do" else ""
    if not does or _NO_DOER.match(fold(does)):
        return f"{told} {bare}?"
    return f"{told[: -len(does)]} {bare}{'' if _HAPPENS.match(fold(does)) else does}?"


def _with_object(question: str, before: Turn) -> str:
    """A verb that is asked how, when or where, with the object that it had in the question before."""
    if Words(question).phrase(EVENTS):
        return ""
    for verb, told, half in _verbs(before.question):
        found = re.search(rf"\b{re.escape(verb)} (?={_HOW_ASKED})", question, re.IGNORECASE)
        if found and found.start() and (half or _HOW_MANY.match(question, found.end())):
            continue
        if found:
            by = before.answers[0] if found.start() == 0 and before.answers and not before.listed else ""
            said = f"{by} {question[:1].lower()}{question[1:]}" if by else question
            place = len(said) - len(question) + found.end()
            return f"{capitalised(said[:place])}{told} {said[place:].rstrip(' ?.!')}?"
    return ""


def _verbs(question: str) -> Iterator[tuple[str, str, bool]]:
    """The verbs of a question that have an object, each with it, and whether it may be half a verb."""
    said = question.rstrip(" ?.!")
    topic = place_of_topic(question)
    first = _ASKED_FIRST.fullmatch(said)
    words = list(WORD.finditer(said, first.start("says"))) if first else []
    for length in (2, 1):
        verb = [match[0] for match in words[:length]]
        if len(words) <= length or verb[0].lower() in _NO_VERBS:
            continue
        between = [match[0] for match in words[length:] if topic and match.end() <= topic.start]
        near = topic and 0 < len(between) <= _BETWEEN and not any(map(ends_phrase, between))
        half = length == 1 and is_common_pair(f"{verb[0]} {words[1][0]}")
        yield " ".join(verb), topic.of(said) if topic and near else said[words[length].start() :], half
    if topic and Words(topic.of(said)).begins(0, EVENTS):
        yield from ((verb, topic.of(said), False) for verb in _OF_EVENTS)
