"""A question that leans on the one before → the same question on its own feet.

``Còn Viện thì sao?`` takes the place of what it answers to in the question before, ``đơn vị đó`` gets its name, ``Ai
chủ trì?`` its conference.  A question that names what it is about is left alone.  Tone marks do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.moments import moments
from index.short_forms import SHORT
from index.span import Span
from index.terms import fold, has_tone_marks
from qa.people import people_in
from qa.phrase import BODIES, EVENTS, HUMANS, WORD, Words, capitalised
from qa.question_kind import OFFICES, Kind, asked_about, asked_for, asks, without_asking

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENS = r"(?:the con|vay con|the thi|vay thi|con|the|vay|va|ngoai ra|what about|how about|and)"
_WHAT_ABOUT = re.compile(
    rf"^{_OPENS}\s+(?P<topic>.+?)(?:\s+(?:thi sao|thi the nao|the nao|ra sao|thi|sao|a))?$"
)
_OPENING = re.compile(rf"^{_OPENS}\s+")
_MORE = re.compile(
    r"\b(?:ai|gi|dau|nao)(?: con)? (?:nua|khac)\b|^(?:con|va) (?:nhung )?(?:ai|gi)(?: nua| khac)?$"
    r"|\b(?:who|what) else\b"
)
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
    r"\b(?!(?:do|theo|nhờ) )\w+ (?:này|ấy|đó|đấy)\b|\b(?:họ|nó|hắn|chúng|(?:ông|bà|anh|chị|cô|cậu) ta)\b"
)
"""Any other noun or pronoun that points back, in lower case; without tone marks too many words look like these."""
_POINTS_FOLDED = re.compile(
    r"\b(?:sau|truoc|trong|khi|luc|tu) do\b|\b\w+ ay\b|\b(?:ong|ba|anh|chi|co|cau) ta\b"
)
_OFFICE = re.compile(rf"\b(?:{OFFICES})\b", re.IGNORECASE)
"""Is written with a capital, and is nobody's name."""
_ASKS_FIRST = re.compile(
    r"^(?:ai|nhung ai|\w+ nao|\w+ \w+ nao|bao nhieu|may|khi nao|vi sao|tai sao|who|when|where)\b"
)
_THEN = re.compile(r"\s+thì\s+|\s+thi\s+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_DATE = 6  # words: "ngày 17 tháng 8 năm 2022"
_TIMES = frozenset(("ngay", "nam", "thang", "hom", "luc", "khi"))
_PLACES = frozenset(("o", "tai", "noi", "cho"))
_GENERIC = _PLACES | {"don vi", "co quan", "bai", "bai viet", "viec"}
_NO_HEADS = frozenset("co la duoc bi cua cho o tai ve voi nhung cac mot da dang se khong ai gi so".split())  # noqa: SIM905
_SHORT = 4  # syllables beside those that ask: "Ai trình bày báo cáo?" says too little to stand alone


@dataclass(frozen=True, slots=True)
class Turn:
    """The question before, and what came of it.

    :ivar question: as it was understood.
    :ivar answers: their texts, best first.
    :ivar article: identifier of the article that the best answer is from.
    :ivar listed: whether the answers are the items of a list; else those behind the first are what it may be instead.
    """

    question: str
    answers: tuple[str, ...] = ()
    article: str | None = None
    listed: bool = False

    @property
    def kind(self) -> Kind:
        """What it asked for."""
        return asked_for(self.question).kind


class FollowUp(NamedTuple):
    """A follow-up on its own feet.

    :ivar text: the question.
    :ivar more: whether it asks for other answers than those that were given.
    """

    text: str
    more: bool = False


def is_follow_up(question: str) -> bool:
    """Whether a question leans on the one before.

    >>> is_follow_up("Còn đảng viên dự bị thì sao?"), is_follow_up("Ai chủ trì?"), is_follow_up("don vi do o dau")
    (True, True, True)
    >>> is_follow_up("Hội nghị do đơn vị nào tổ chức?"), is_follow_up("hoi nghi do don vi nao to chuc")
    (False, False)
    """
    words = _folded(question)
    if not words:
        return False
    if _OPENING.match(words) or _MORE.search(words) or _points_back(question):
        return True
    named = any(word[0].isupper() for word in WORD.findall(_OFFICE.sub(" ", question))[1:])
    if not named and _points(question):
        return True
    about = asked_about(question)
    heads = rf"\b(?:{EVENTS}|{BODIES})\b"
    names_it = re.search(heads if has_tone_marks(question) else fold(heads), about) or re.search(r"\d", about)
    return len(about.split()) <= _SHORT and not names_it and not named


def resolve(question: str, *, before: Turn) -> FollowUp:
    """The follow-up with what it leaves out.

    >>> before = Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên chính thức?", ("70 đảng viên",))
    >>> resolve("Còn đảng viên dự bị?", before=before).text
    'Đảng bộ Sở GDĐT có bao nhiêu đảng viên dự bị?'
    >>> resolve("Còn loại khá?", before=Turn("Học bổng loại giỏi được bao nhiêu một tháng?")).text
    'Học bổng loại khá được bao nhiêu một tháng?'
    >>> resolve("Đơn vị đó có mấy chi bộ?", before=before).text
    'Đảng bộ Sở GDĐT có mấy chi bộ?'
    >>> resolve("Ai chủ trì?", before=Turn("Hội nghị sơ kết của Viện diễn ra ngày nào?")).text
    'Ai chủ trì Hội nghị sơ kết của Viện?'
    """
    words = _folded(question)
    if _MORE.search(words):
        return FollowUp(before.question, more=True)
    if _points_back(question):
        return FollowUp(_with_names(question, before))
    about = _WHAT_ABOUT.match(words)
    if about:
        first = len(words[: about.start("topic")].split())
        topic = Words(question).span(first, first + len(about["topic"].split())).of(question)
        if not asks(topic):
            return FollowUp(_with_topic(topic, before.question))
        question = _standing(question, first)
        if not is_follow_up(question):
            return FollowUp(question)
    topic_before = _topic(before.question)
    if topic_before is None or _points(question):
        return FollowUp(_beside(question, before))
    bare = question.rstrip(" ?.!")
    if _ASKS_FIRST.match(fold(bare)):
        return FollowUp(f"{bare} {topic_before}?")
    return FollowUp(f"{capitalised(topic_before)} {bare[0].lower()}{bare[1:]}?")


def _standing(question: str, first: int) -> str:
    """The question from its word ``first`` on, without the "thì" between what it is about and what it asks."""
    return capitalised(_THEN.sub(" ", question[Words(question).matches[first].start() :], count=1))


def _folded(question: str) -> str:
    return " ".join(fold(word) for word in WORD.findall(question))


def _points_back(question: str) -> re.Match[str] | None:
    """Where a noun points back, in the words of the question one blank apart."""
    if has_tone_marks(question):
        return _BACK.search(" ".join(WORD.findall(question)).lower())
    return _BACK_FOLDED.search(_folded(question))


def _points(question: str) -> bool:
    """Whether any noun or pronoun of the question points back."""
    if has_tone_marks(question):
        return _POINTS.search(" ".join(WORD.findall(question)).lower()) is not None
    return _POINTS_FOLDED.search(_folded(question)) is not None


def _beside(question: str, before: Turn) -> str:
    """The question with all that the one before says beside it, where nothing tells what it leaves out."""
    return f"{question.rstrip(' ?.!')}, {without_asking(before.question)}?"


def _with_topic(topic: str, question: str) -> str:
    """The question before with the topic in the place of what it corresponds to."""
    words = Words(question)
    wanted = [fold(word) for word in WORD.findall(topic)]
    place = (
        _time(topic, words)
        or _same_head(wanted, words)
        or _shared(wanted, words)
        or _counted(topic, words)
        or _same_class(topic, words)
    )
    if place is None:
        return f"{question.rstrip(' ?.!')} {topic}?"
    span = words.span(*place)
    if span.start == 0:
        topic = capitalised(topic)
    return question[: span.start] + topic + question[span.end :]


def _time(topic: str, words: Words) -> tuple[int, int] | None:
    """The place of the day, month or year in the question, where the topic is one."""
    if not (_YEAR.search(topic) or moments(fold(topic))) or len(topic.split()) > _LONGEST_DATE:
        return None
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST_DATE), first, -1):
            part = fold(words.span(first, last).of(words.text))
            dated = moments(part) and re.fullmatch(r"(?:\d|ngay|thang|sang|chieu|toi)\b.*\d", part)
            if dated or re.fullmatch(rf"(?:nam )?{_YEAR.pattern}", part):
                return first, last
    return None


def _same_head(wanted: Sequence[str], words: Words) -> tuple[int, int] | None:
    """The phrase of the question that begins as the topic does."""
    for length in (2, 1):
        head = tuple(wanted[:length])
        nouns = fold(f"{BODIES}|{EVENTS}|{HUMANS}")
        if len(head) == length and (length > 1 or re.fullmatch(nouns, head[0])):
            first = words.find(head)
            if first is not None:
                return first, words.end_of_phrase(first + length)
    first = words.find(tuple(wanted[:1])) if len(wanted) > 1 and wanted[0] not in _NO_HEADS else None
    if first is None:
        return None
    last = first + len(wanted)  # of any other noun no more is exchanged: "loại giỏi" for "loại khá"
    return (first, last) if last <= words.end_of_phrase(first + 1) else None


def _shared(wanted: Sequence[str], words: Words) -> tuple[int, int] | None:
    """The words of the question that the topic has in its middle or at its end: ``bí thư`` for ``phó bí thư``."""
    for length in range(len(wanted) - 1, 1, -1):
        for start in range(1, len(wanted) - length + 1):
            first = words.find(tuple(wanted[start : start + length]))
            if first is not None:
                return first, first + length
    return None


def _counted(topic: str, words: Words) -> tuple[int, int] | None:
    """What the question counts, where the topic can be counted as well: it is no name."""
    asking = words.find(("bao", "nhieu"))
    if asking is None or any(char.isupper() for char in topic):
        return None
    end = words.end_of_phrase(asking + 2)
    return (asking + 2, end) if end > asking + 2 else None


def _same_class(topic: str, words: Words) -> tuple[int, int] | None:
    """The person, event or body of the question, where the topic is one."""
    if any(people_in(topic, Span(0, len(topic)))):
        return next((words.places(name) for name in people_in(words.text, Span(0, len(words.text)))), None)
    is_short = any(SHORT.fullmatch(word) for word in topic.split())
    for heads in (EVENTS, BODIES):
        if Words(topic).begins(0, heads) or (heads == BODIES and is_short):
            found = words.phrase(heads)
            if found:
                return found
    return None


def _topic(question: str) -> str | None:
    """What a question is about: its event, or else its body, or else its longest name."""
    words = Words(question)
    found = words.phrase(EVENTS) or words.phrase(BODIES) or words.longest_name()
    return words.span(*found).of(question) if found else None


def _with_names(question: str, before: Turn) -> str:
    """The question with a name for the phrase that points back."""
    found = _points_back(question)
    if found is None:
        return question
    noun = fold(found["noun"])
    name = _antecedent(noun, before)
    if name is None:
        topic = _topic(before.question)
        return f"{question.rstrip(' ?.!')} {topic}?" if topic else _beside(question, before)
    words = Words(question)
    first = len(found.string[: found.start()].split())
    span = words.span(first, first + len(found[0].split()))
    if noun in {"o", "tai"}:
        name = f"{words.matches[first][0]} {name}"
    return question[: span.start] + name + question[span.end :]


def _antecedent(noun: str, before: Turn) -> str | None:
    """What a noun that points back stands for."""
    answer = before.answers[0] if before.answers else None
    question = before.question
    if re.fullmatch(fold(HUMANS), noun):
        if answer and before.kind is Kind.PERSON:
            return next((said for said in before.answers if any(people_in(said, Span(0, len(said))))), answer)
        return next((name.of(question) for name in people_in(question, Span(0, len(question)))), None)
    if noun in _TIMES:
        return answer if before.kind is Kind.TIME else None
    if answer and (
        (noun in _PLACES and before.kind is Kind.PLACE)
        or (before.kind is Kind.BODY and re.fullmatch(fold(BODIES), noun))
    ):
        return answer
    words = Words(question)
    own = None if noun in _GENERIC else words.phrase_from(noun)
    others = (EVENTS,) if re.fullmatch(fold(EVENTS), noun) else (BODIES, EVENTS)
    found = own or next(filter(None, map(words.phrase, others)), None)
    return words.span(*found).of(question) if found else None
