"""A question that leans on the one before → the same question on its own feet.

``Còn Viện thì sao?`` takes the place of what it answers to in the question before, ``đơn vị đó`` gets its name, ``Ai
chủ trì?`` its conference.  A question that names what it is about is left alone.  Tone marks do not count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.terms import fold, has_tone_marks, marked_spellings
from qa.adverbials import asks_beside, stands_beside
from qa.antecedents import antecedent, beside, points, points_back, topic_of, with_names, with_what_was_asked
from qa.ellipsis import filled
from qa.exchange import corresponding, counting_part, exchanged
from qa.openings import OPENS_FOLDED, WHAT_OF, around_then, folded_words, opening
from qa.phrase import BODIES, EVENTS, HUMANS, WORD, Words, capitalised, without_second_halves
from qa.question_kind import OFFICES, Kind, asked_about, asked_for, asks, without_asking
from qa.ranks import among_asked, is_rank, leaves_out_whose, without_time

if TYPE_CHECKING:
    from qa.turn import Turn

_DEFINES = re.compile(r"(?:nhu )?the nao la ")
_WHAT_ABOUT = re.compile(r"^(?P<topic>.+?)(?:\s+(?:thi sao|thi the nao|the nao|ra sao|thi|sao|a|nua))?$")
"""What an opening is followed by."""
_MORE = re.compile(
    r"\b(?:ai|gi|dau|nao)(?: con)? (?:nua|khac(?! (?:nhau|voi|so|biet)\b))\b"
    r"|^(?:con|va) (?:nhung )?(?:ai|gi)(?: nua| khac)?$"
    r"|\b(?:who|what) else\b"
)
_NOTHING_NEW = frozenset(
    "con va the vay thi co khong chua ai gi nao la ra ngoai ay do nay nhung cac o a nhi them ong ba anh chi ho".split()  # noqa: SIM905
)
"""Words beside those that ask for more which name nothing, folded."""
_WHOSE = re.compile(rf"\b(?:{fold(f'{EVENTS}|{BODIES}|{HUMANS}')}) $")
"""The class of what is asked for, before "nào khác"."""
_WE_FIRST = re.compile(r"(?:chung (?:ta|toi)|(?:quan|cong|dan) chung|dong ho) ")
"""What, at the begin, a question is about though it names nothing, folded."""
_OFFICE = re.compile(rf"\b(?:{OFFICES})\b", re.IGNORECASE)
"""Is written with a capital, and is nobody's name."""
_ASKS_FIRST = re.compile(
    r"^(?:ai|nhung ai|\w+ nao|\w+ \w+ nao|bao nhieu|may|khi nao|vi sao|tai sao|who|when|where)\b"
)
_ORGANS = re.compile(r"BCH|BTV|BTC|UBKT|BG[HĐ]|P?GĐ|P?HT|TBT|CBCNV|CBGV|ĐV|HS|SV|GV")
"""Abbreviations that name nobody by themselves."""
_ENGLISH = re.compile(
    r"wh\w+|th\w+|were|does|have|could|will|would|should|tell|name|list|please|many|much", re.IGNORECASE
)
"""How questions in English begin: with no name."""
_NAME_FIRST = re.compile(r"^[^\W\d_a-zà-ỹ]\w*(?: [^\W\d_a-zà-ỹ]\w*){0,3} thì ")
_HOW_MANY = re.compile(r"(?:bao nhiêu|mấy|bao nhieu|may) (.+)", re.IGNORECASE)
_OF_THEM = r"trong (?:so )?(?:do|ay|nay)"
_PART = re.compile(
    rf"(?:{OPENS_FOLDED} )?(?:(?P<first>{_OF_THEM}) (?:thi )?)?(?:co )?(?:bao nhieu|may) (?:(?:nguoi|em|vi|dua|cai) )?"
    rf"(?(first)|{_OF_THEM} )(?:la |thuoc )?(?P<part>.+)"
)
_PART_FIRST = re.compile(
    rf"(?:{OPENS_FOLDED} )?{_OF_THEM} (?:so )?(?P<part>.+?) (?:la |co |thi )?"
    r"(?:bao nhieu|may)(?: nguoi| em| vi| dua| cai)?"
)
"""What is counted again in a part: "bao nhiêu người trong số đó là chính thức", folded; or the part first."""
_NUMBER_OF = re.compile(r"^(?:số lượng|số|so luong|so) (?=\w+ (?:thì|thi) )", re.IGNORECASE)
_OF_A_PERSON = re.compile(
    r"^(?:(?:la )?nguoi (?:nuoc|tinh|dan toc|o|nao)|que (?:o|quan)|quoc tich|sinh (?:nam|ngay|o)|(?:bao nhieu|may) tuoi"
    r"|(?:cao|nang) (?:bao nhieu|may)|(?:dang )?giu chuc|chuc vu|lam (?:o|gi|viec)|cong tac (?:o|tai))"
    r"(?: \S+){0,3}$"
)
"""What is asked, in few words, of a person who was just named, folded: "Quê ở đâu?"."""
_WHAT_OF_IT = frozenset(("sao", "thế nào", "ra sao"))
_SHORT = 4  # syllables beside those that ask: "Ai trình bày báo cáo?" says too little to stand alone


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
    words = folded_words(question)
    return bool(words) and (_MORE.search(words) is not None or _leans(question))


def _leans(question: str) -> bool:
    """Whether a question leaves out what it is about."""
    words = folded_words(question)
    if opening(question) or any(begin.match(words) for begin in (WHAT_OF, _OF_A_PERSON)):
        return True
    if _NAME_FIRST.match(question) or is_rank(around_then(question)[0]):
        return True
    if points_back(question) or asks_beside(question):
        return True
    if _DEFINES.match(words):
        return False
    named = _begins_with_name(question) or any(
        word[0].isupper() for word in WORD.findall(_OFFICE.sub(" ", question))[1:]
    )
    if not named and (points(question) or leaves_out_whose(question)):
        return True
    if _WE_FIRST.match(words):
        return False
    about = asked_about(question)
    heads = rf"\b(?:{EVENTS}|{BODIES})\b"
    heads = heads if has_tone_marks(question) else fold(heads)
    names_it = re.search(heads, without_second_halves(about)) or re.search(r"\d", about)
    return len(about.split()) <= _SHORT and not names_it and not named


def resolve(question: str, *, before: Turn) -> FollowUp:
    """The follow-up with what it leaves out.

    >>> from qa.turn import Turn
    >>> before = Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên chính thức?", ("70 đảng viên",))
    >>> resolve("Còn đảng viên dự bị?", before=before).text
    'Đảng bộ Sở GDĐT có bao nhiêu đảng viên dự bị?'
    >>> resolve("Còn loại khá?", before=Turn("Học bổng loại giỏi được bao nhiêu một tháng?")).text
    'Học bổng loại khá được bao nhiêu một tháng?'
    >>> resolve("Trong số đó có mấy người là nữ?", before=Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?")).text
    'Đảng bộ Sở GDĐT có bao nhiêu đảng viên nữ?'
    >>> resolve("Đơn vị đó có mấy chi bộ?", before=before).text
    'Đảng bộ Sở GDĐT có mấy chi bộ?'
    >>> resolve("Ai chủ trì?", before=Turn("Hội nghị sơ kết của Viện diễn ra ngày nào?")).text
    'Ai chủ trì Hội nghị sơ kết của Viện?'
    """
    words = folded_words(question)
    if _asks_for_more(words, before):
        return FollowUp(before.question, more=True)
    if part := _PART.fullmatch(words) or _PART_FIRST.fullmatch(words):
        first = len(words[: part.start("part")].split())
        place = Words(question).span(first, first + len(part["part"].split()))
        if asked := counting_part(before.question, place.of(question)):
            return FollowUp(asked)
    if named := with_what_was_asked(question, before):
        return FollowUp(named)
    if points_back(question):
        return FollowUp(with_names(question, before))
    if said := filled(_without_opening(question), before):
        return FollowUp(said)
    about = _what_about(question)
    if about is not None:
        topic = _asked_again(about, before)
        if topic:
            return FollowUp(exchanged(before.question, topic))
        question = f"{capitalised(' '.join(filter(None, around_then(about))))}?"
    return FollowUp(_completed(question, before) if _leans(question) else question)


def _asks_for_more(words: str, before: Turn) -> bool:
    """Whether nothing but other answers to the question before are asked for: no word of a folded question is new."""
    found = _MORE.search(words)
    if found is None or found[0].endswith("else"):  # in English whatever the question before is in
        return found is not None
    rest = _WHOSE.sub("", words[: found.start()]) + words[found.end() :]
    return set(rest.lower().split()) <= _NOTHING_NEW.union(
        *(folded_words(said).lower().split() for said in (before.question, *before.answers))
    )


def _completed(question: str, before: Turn) -> str:
    """The question about what the one before is about, or about the person that answered it."""
    words = folded_words(question)
    if before.kind is Kind.PERSON and _OF_A_PERSON.match(words) and (name := antecedent("nguoi", before)):
        return f"{name} {_behind_others(question)}"
    if asked := among_asked(question, before.question):
        return f"{question.rstrip(' ?.!')}, {asked}?"
    topic_before = topic_of(before.question)
    if topic_before is None or points(question):
        return beside(question, before)
    if leaves_out_whose(question):
        topic_before = without_time(topic_before)
    bare = question.rstrip(" ?.!")
    if _ASKS_FIRST.match(fold(bare)):
        return f"{bare} {topic_before}?"
    return f"{capitalised(topic_before)} {_behind_others(bare)}?"


def _begins_with_name(question: str) -> bool:
    """Whether the first word is a name in spite of its place: "GDP", "iPhone", and "Bitcoin", which is no syllable."""
    word = next(iter(WORD.findall(question)), "")
    if word[1:] != word[1:].lower():
        return _ORGANS.fullmatch(word) is None
    foreign = word[:1].isupper() and len(word) >= _SHORT and not marked_spellings(fold(word))
    return foreign and word.isalpha() and _ENGLISH.fullmatch(word) is None


def _behind_others(question: str) -> str:
    """The question as it is written behind other words: with a small letter first, where that begins no name."""
    first = next(iter(WORD.findall(question)), "")
    named = first[1:] != first[1:].lower() or _begins_with_name(question)
    return question if named else f"{question[0].lower()}{question[1:]}"


def _without_opening(question: str) -> str:
    """The question without the words that only open it."""
    first, words = opening(question), Words(question)
    return question[words.span(first, first + 1).start :] if first < len(words) else question


def _what_about(question: str) -> str | None:
    """What stands behind "Còn …", without "thì sao"; the whole question where it is "Hải Dương thì được gì?".

    And where it only names one of many: "Người thứ hai?".
    """
    first = opening(question)
    said = " ".join(folded_words(question).split()[first:])
    about = (_WHAT_ABOUT if first else WHAT_OF).match(said)
    if about:
        words = Words(question)
        place = words.span(first, first + len(about["topic"].split()))
        topic = question[place.start :].rstrip(" ?.!…") if asks(place.of(question)) else place.of(question)
        # "Chi bộ thì sao?" has its capital from the question
        named = place.start or topic[1:] != topic[1:].lower() or _begins_with_name(topic)
        return topic if named else topic.lower()
    if is_rank(around_then(question)[0]):
        return _behind_others(question.rstrip(" ?.!…"))
    return question.rstrip(" ?.!…") if _NAME_FIRST.match(question) else None


def _asked_again(about: str, before: Turn) -> str:
    """What takes the place of something in the question before; nothing where something else is asked.

    "chi bộ 8" does, and "chỉ thị 05 thì ngày nào" and "mấy học viên", where before a day or a number was asked for.
    """
    if not asks(about):
        return about
    about = _NUMBER_OF.sub("", about)
    head, rest = around_then(about)
    if rest in _WHAT_OF_IT:
        return head
    if rest and not asks(head):
        kind, said = asked_for(rest).kind, without_asking(rest).lower().split()
        if kind is Kind.NUMBER:  # "được bao nhiêu", but not "bao nhiêu em"
            said = [word for word in said if word not in before.question.lower().split()]
        same = kind is before.kind and len(said) <= (kind is not Kind.NUMBER)
        return head if same and (stands_beside(head) or corresponding(before.question, head)) else ""
    counted = _HOW_MANY.fullmatch(about)
    if counted and before.kind is Kind.NUMBER:
        words = Words(counted[1])
        return counted[1] if words.end_of_phrase(0) == len(words) else ""
    return ""
