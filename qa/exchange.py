"""A question, with something else in the place of what it is about: what "Còn …?" asks.

Takes the question before and the topic of a follow-up; a day stands for a day, a body for a body, what is counted for
what is counted.  Leaves out what else a follow-up leaves out: see :mod:`qa.follow_up`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.moments import moments
from index.short_forms import SHORT
from index.span import Span
from index.terms import fold, has_tone_marks, spelled
from qa.adverbials import PLACES, stands_beside
from qa.people import people_in
from qa.phrase import BODIES, EVENTS, HUMANS, WORD, Words, capitalised, ends_phrase
from qa.question_kind import OFFICES, asked_for, asks
from qa.ranks import same_rank
from qa.tone_marks import common_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER_OF = re.compile(
    r"(?:tổng số|số lượng|số) (?P<what>.+?)(?P<of> (?:của|ở|tại) .+)? là bao nhiêu[ ?.]*", re.IGNORECASE
)
_RELATIVE_YEAR = re.compile(
    r"(?:vao )?nam (?:(?:lien )?truoc|ngoai|(?P<later>sau|ke tiep|tiep theo))(?: do| nua)?"
)
_NO_KIND = re.compile(r"(?:nam|nữ|hạng|giải|á quân|vô địch|thời gian|địa điểm|kế hoạch)\b", re.IGNORECASE)
_KINDS = "môn|bộ môn|hạng mục|loại|ngành|nghề"
"""What is said before the name of one of a kind."""
_WHERE = "ở|tại"
_UNITS = (
    r"tiền|(?:(?:trăm|chục|nghìn|ngàn|triệu|tỷ|tỉ) )*(?:đồng(?! chí)|đô la|usd|euro)|triệu|tỷ|tỉ|mét(?: vuông| khối)?"
    r"|m[23]?|km2?|ki lô mét|cây số|hecta|héc ta|ha|tấn|tạ|kg|lít|phần trăm|điểm|tuổi|giờ|phút|giây|ngày|tuần|tháng"
    r"|năm|lần"
)
"""What is counted of something else: whatever comes instead is not counted in place of it."""
_NOT_OF_IT = frozenset("mot moi tren theo cho nua them roi vay the".split())  # noqa: SIM905
"""Words behind a unit that do not say of what it is: "bao nhiêu tiền một tháng"."""
_PLURAL = re.compile(r"(?:các|những|cac|nhung) (?=(?P<head>\w+))", re.IGNORECASE)
_ON_TO = re.compile(r"sang (?=(?:\w+ )?\d)", re.IGNORECASE)
"""What only leads over to another time: "sang năm 2023", but not "sang năm", which is the next."""
_ONE_ASKED = re.compile(r"(?:^|\blà |\d (?!là ))(?=(?:\w+ ){1,2}nào\b|ai\b)")
"""Before what asks for one of them: "là trường nào"."""
_LONGEST_DATE = 6  # words: "ngày 17 tháng 8 năm 2022"
_HOLDER = re.compile(rf"(?:{OFFICES}|trưởng|phó|của|cho|thuộc|một|mỗi) $", re.IGNORECASE)
"""What stands before a body without making one word with it: "giám đốc sở", "của viện"."""
_NO_HEADS = frozenset("co la duoc bi cua cho o tai ve voi nhung cac mot da dang se khong ai gi so".split())  # noqa: SIM905


def exchanged(question: str, topic: str) -> str:
    """The question with the topic in the place of what it corresponds to, at its end where that is nothing.

    >>> exchanged("Sở có bao nhiêu đảng viên?", "chi bộ")
    'Sở có bao nhiêu chi bộ?'
    >>> exchanged("Sở có bao nhiêu đảng viên năm 2024?", "năm trước đó")
    'Sở có bao nhiêu đảng viên năm 2023?'
    >>> exchanged("Ai là Bí thư Đoàn thanh niên Viện KHGD?", "Chủ tịch Công đoàn")
    'Ai là Chủ tịch Công đoàn Viện KHGD?'
    >>> exchanged("Ai là Giám đốc Sở Nội vụ tỉnh Hà Nam?", "Chủ tịch UBND tỉnh")
    'Ai là Chủ tịch UBND tỉnh Hà Nam?'
    >>> exchanged("Đội nào nhất môn kéo co ở hội thao?", "bóng chuyền nữ")
    'Đội nào nhất môn bóng chuyền nữ ở hội thao?'
    >>> exchanged("Tỉnh có bao nhiêu hộ nghèo?", "quý 2"), exchanged("Tỉnh có bao nhiêu ha rừng?", "lúa")
    ('Tỉnh có bao nhiêu hộ nghèo quý 2?', 'Tỉnh có bao nhiêu ha lúa?')
    """
    years = _YEAR.findall(question)
    if years and (away := _RELATIVE_YEAR.fullmatch(fold(topic))):
        topic = f"năm {int(years[-1]) + (1 if away['later'] else -1)}"
    topic = _ON_TO.sub("", topic)
    if several := _PLURAL.match(topic):
        rest, words = topic[several.end() :], Words(question)
        if _office(rest, words) or _deputy(rest, words):
            question, topic = _for_several(question), rest
        elif fold(several["head"]) in words.folded:
            topic = rest
    place = corresponding(question, topic)
    if place is None:
        return f"{question.rstrip(' ?.!')} {topic}?"
    if place.start == 0:
        topic = capitalised(topic)
    return question[: place.start] + topic + question[place.end :]


def _for_several(question: str) -> str:
    """The question that asks for one, asked for several: "là những trường nào"."""
    if asked_for(question).several:
        return question
    small = question[:1].lower() + question[1:] if _ONE_ASKED.match(question.lower()) else question
    return capitalised(_ONE_ASKED.sub(r"\g<0>những ", small, count=1))


def counting_part(question: str, part: str) -> str:
    """The question for how many, asked of a part of what it counts; empty where it counts nothing.

    >>> counting_part("Sở có bao nhiêu đảng viên?", "chính thức"), counting_part("Sở họp ở đâu?", "chính thức")
    ('Sở có bao nhiêu đảng viên chính thức?', '')
    >>> counting_part("Sở có bao nhiêu đảng viên?", "đảng viên dự bị")
    'Sở có bao nhiêu đảng viên dự bị?'
    >>> counting_part("Đoàn được bao nhiêu giải quốc gia năm 2023?", "giải nhất")
    'Đoàn được bao nhiêu giải nhất năm 2023?'
    >>> counting_part("Tổng số đảng viên của Sở là bao nhiêu?", "chính thức")
    'Có bao nhiêu đảng viên chính thức của Sở?'
    """
    words = Words(question)
    if told := _NUMBER_OF.fullmatch(question):
        return f"Có bao nhiêu {told['what']} {part}{told['of'] or ''}?"
    place = _counted(part, words)
    if place is None:
        return ""
    whole = words.span(*place)
    named = fold(part).split()[:1] == fold(whole.of(question)).split()[:1]
    return (
        question[: whole.start] + (part if named else f"{whole.of(question)} {part}") + question[whole.end :]
    )


def corresponding(question: str, topic: str) -> Span | None:
    """What the topic corresponds to in the question; ``None`` where that is nothing."""
    words = Words(question)
    wanted = [fold(word) for word in WORD.findall(topic)]
    found = same_rank(topic, words) or _time(topic, words)
    if found is None and stands_beside(topic):
        found = _same_head(topic, words) or _where(topic, words)
    elif found is None:
        found = (
            _office(topic, words)
            or _deputy(topic, words)
            or _same_head(topic, words)
            or _shared(wanted, words)
            or _counted_of_it(topic, words)
            or _same_class(topic, words)
            or (words.document() if Words(topic).document() == (0, len(wanted)) else None)
            or _name(topic, words)
            or _of_a_kind(topic, words)
        )
    if found is None:
        return None
    first, last = found
    asks_how = (["the", "nao"], ["ra", "sao"])
    end = next(
        (place for place in range(first + 1, last) if words.folded[place : place + 2] in asks_how), last
    )
    return words.span(first, end)


def _time(topic: str, words: Words) -> tuple[int, int] | None:
    """The place of the day, month or year in the question, where the topic is one."""
    if not (_YEAR.search(topic) or moments(fold(topic))) or len(topic.split()) > _LONGEST_DATE:
        return None
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST_DATE), first, -1):
            part = fold(words.span(first, last).of(words.text))
            dated = moments(part) and re.fullmatch(r"(?:\d+|ngay|thang|sang|chieu|toi)\b.*\d", part)
            if dated or re.fullmatch(rf"(?:nam )?{_YEAR.pattern}", part):
                head = fold(topic).split()[0]  # "đợt" of "đợt 3/2/2025", "quý" of "quý I năm 2025"
                back = next((n for n in (1, 2) if first >= n and words.folded[first - n] == head), 0)
                return first - back, last
    return None


def _same_head(topic: str, words: Words) -> tuple[int, int] | None:
    """The phrase of the question that begins as the topic does."""
    wanted = WORD.findall(topic)
    for length in (2, 1):
        nouns = fold(f"{BODIES}|{EVENTS}|{HUMANS}")
        if len(wanted) >= length and (length > 1 or re.fullmatch(nouns, fold(wanted[0]))):
            first = _head(wanted[:length], topic, words)
            if first is not None:
                return first, words.end_of_phrase(first + length)
    first = _head(wanted[:1], topic, words) if len(wanted) > 1 and fold(wanted[0]) not in _NO_HEADS else None
    if first is None:
        return None
    last = first + len(wanted)  # of any other noun no more is exchanged: "loại giỏi" for "loại khá"
    return (first, last) if last <= words.end_of_phrase(first + 1) else None


def _head(head: Sequence[str], topic: str, words: Words) -> int | None:
    """Where the first words of the topic stand, with their own marks, and where they are a name as no half a word."""
    form = spelled if has_tone_marks(topic) and has_tone_marks(words.text) else fold
    wanted = [form(word) for word in head]
    for first in range(len(words) - len(head) + 1):
        same = [form(match[0]) for match in words.matches[first : first + len(head)]] == wanted
        if same and not (head[0][0].isupper() and _ends_word(first, words)):
            return first
    return None


def _ends_word(place: int, words: Words) -> bool:
    """Whether the word in lower case that stands here is rather the second half of one: "bộ" in "cán bộ"."""
    here = words.matches[place][0]
    before = words.matches[place - 1][0] if place else ""
    apart = (
        here[0].isupper() or ends_phrase(before) or _HOLDER.search(words.text[: words.matches[place].start()])
    )
    if apart or not before:
        return False
    pairs, behind = common_pairs().pairs, words.matches[place + 1 : place + 2]
    joined = (
        0 if not behind or words.begins(place + 1, BODIES) else pairs[spelled(here), spelled(behind[0][0])]
    )
    return pairs[spelled(before), spelled(here)] > joined or words.begins(place - 1, BODIES) > 1


def _shared(wanted: Sequence[str], words: Words) -> tuple[int, int] | None:
    """The words of the question that the topic has in its middle or at its end: ``bí thư`` for ``phó bí thư``."""
    for length in range(len(wanted) - 1, 1, -1):
        for start in range(1, len(wanted) - length + 1):
            first = words.find(tuple(wanted[start : start + length]))
            if first is not None:
                return first, first + length
    return None


def _office(topic: str, words: Words) -> tuple[int, int] | None:
    """The office of the question, where the topic is one; with the body behind it, where the topic has one, too."""
    asked = Words(topic)
    length = asked.begins(0, OFFICES)
    first = next((n for n in range(len(words)) if words.begins(n, OFFICES)), None) if length else None
    if first is None:
        return None
    last = first + words.begins(first, OFFICES)
    head = words.begins(last, BODIES) if asked.begins(length, BODIES) else 0
    if not head:
        return first, last
    behind = range(last + head, words.end_of_phrase(last + head))
    # with a small letter a word for a body belongs to the name: Sở Nội vụ; but for those of places
    heads = (n for n in behind if words.begins(n, BODIES if words.matches[n][0][0].isupper() else PLACES))
    end = next(heads, behind.stop)
    said_twice = (
        end < len(words) and words.folded[end] == asked.folded[-1]
    )  # "UBND tỉnh" for "Sở Y tế" before "tỉnh"
    return first, end + said_twice


def _deputy(topic: str, words: Words) -> tuple[int, int] | None:
    """The chief of something where the topic is its deputy, or the deputy for a chief: "cụm trưởng" for "cụm phó"."""
    form = spelled if has_tone_marks(topic) and has_tone_marks(words.text) else fold
    chiefs = {form("trưởng"), form("phó")}
    wanted = [form(word) for word in WORD.findall(topic)]
    of = [word for word in wanted if word not in chiefs]
    if len(of) != 1 or not 1 < len(wanted) <= 3:
        return None
    said = [form(match[0]) for match in words.matches]
    for first, (here, behind) in enumerate(pairwise(said)):
        if (here == of[0] and behind in chiefs) or (behind == of[0] and here in chiefs):
            return first - (said[first - 1 : first] == [form("phó")]), first + 2
    return None


def _counted(topic: str, words: Words) -> tuple[int, int] | None:
    """What the question counts, where the topic can be counted as well: it is no name."""
    if any(char.isupper() for char in topic):
        return None
    asking = words.find(("bao", "nhieu"))
    few = next((n for n, match in enumerate(words.matches) if match[0].lower() == "mấy"), None)
    counted = asking + 2 if asking is not None else few + 1 if few is not None else None
    if counted is None or words.folded[counted : counted + 1] in (["mot"], ["moi"]):
        return None
    end = words.end_of_phrase(counted)
    return (counted, end) if end > counted else None


def _counted_of_it(topic: str, words: Words) -> tuple[int, int] | None:
    """What the question counts, without the unit that it is counted in; ``None`` where it has nothing but a unit."""
    place = _counted(topic, words)
    if place is None:
        return None
    first = place[0] + words.begins(place[0], _UNITS)
    if first > place[0] and (first >= place[1] or words.folded[first] in _NOT_OF_IT):
        return None
    return first, place[1]


def _where(topic: str, words: Words) -> tuple[int, int] | None:
    """The place that the question names behind a preposition, where the topic does."""
    if not Words(topic).begins(0, _WHERE):
        return None
    first = next((n for n in range(len(words)) if words.begins(n, _WHERE)), len(words))
    last = words.end_of_phrase(first + 1)
    return (first, last) if last > first + 1 else None


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


def _of_a_kind(topic: str, words: Words) -> tuple[int, int] | None:
    """What the question names one of a kind by, where the topic is no name: "bóng đá" for "kéo co" in "môn kéo co"."""
    if any(char.isupper() for char in topic) or asks(topic) or _NO_KIND.match(topic):
        return None
    for first in range(len(words)):
        behind = first + words.begins(first, _KINDS)
        if behind > first and (end := words.end_of_phrase(behind)) > behind:
            return behind, end
    return None


def _name(topic: str, words: Words) -> tuple[int, int] | None:
    """The last name of the question that has as many words, where the topic is a name: "Ninh Bình" for "Hưng Yên"."""
    length = len(topic.split())
    if not all(word[0].isupper() for word in topic.split()):
        return None
    capital = [False, *(match[0][0].isupper() for match in words.matches), False]
    if len(words) and re.fullmatch(BODIES, words.matches[0][0].lower()):
        capital[1] = False  # "Huyện" is a capital for beginning the question
    for last in range(len(words), length, -1):  # the first word of a question has a capital anyway
        run = capital[last - length : last + 2]
        if run == [False, *[True] * length, False]:
            return last - length, last
    return None
