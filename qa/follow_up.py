"""A question that leans on the one before → the same question on its own feet.

``Còn Viện thì sao?`` takes the place of what it answers to in the question before, ``đơn vị đó`` gets its name, ``Ai
chủ trì?`` its conference.  A question that names what it is about is left alone.  Tone marks do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from index.span import Span
from index.terms import fold, has_tone_marks, marked_spellings
from qa.exchange import corresponding, counting_part, exchanged, stands_beside
from qa.openings import OPENS_FOLDED, WHAT_OF, around_then, folded_words, opening
from qa.people import people_in
from qa.phrase import BODIES, EVENTS, HUMANS, WORD, Words, capitalised
from qa.question_kind import OFFICES, Kind, asked_about, asked_for, asks, without_asking

_DEFINES = re.compile(r"(?:nhu )?the nao la ")
_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What an answer tells of somebody in brackets: it may be what is asked next."""
_WHAT_ABOUT = re.compile(r"^(?P<topic>.+?)(?:\s+(?:thi sao|thi the nao|the nao|ra sao|thi|sao|a))?$")
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
_WE_FIRST = re.compile(r"(?:chung (?:ta|toi)|(?:quan|cong|dan) chung|dong ho) ")
"""What, at the begin, a question is about though it names nothing, folded."""
_POINTS_FOLDED = re.compile(
    r"\b(?:sau|truoc|trong|khi|luc|tu) do\b|\b\w+ ay\b|\b(?:ong|ba|anh|chi|co|cau) ta\b"
)
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
_NOUN_BACK = re.compile(r"(?:(?P<before>\w+) )?\b(?P<noun>\w+) (?:này|đó|ấy|đấy|nói trên)\b", re.IGNORECASE)
_WHAT_OF_IT = frozenset(("sao", "thế nào", "ra sao"))
_TIMES = frozenset(("ngay", "nam", "thang", "hom", "luc", "khi"))
_PLACES = frozenset(("o", "tai", "noi", "cho"))
_WHICH_PLACE = re.compile(r"\b(?:tinh|huyen|xa|phuong|thanh pho|nuoc|noi|cho|vung) nao\b")
_GENERIC = _PLACES | {"don vi", "co quan", "bai", "bai viet", "viec"}
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
    words = folded_words(question)
    return bool(words) and (_MORE.search(words) is not None or _leans(question))


def _leans(question: str) -> bool:
    """Whether a question leaves out what it is about."""
    words = folded_words(question)
    leans = opening(question) or any(begin.match(words) for begin in (WHAT_OF, _OF_A_PERSON))
    if leans or _NAME_FIRST.match(question) or _points_back(question):
        return True
    if _DEFINES.match(words):
        return False
    named = _begins_with_name(question) or any(
        word[0].isupper() for word in WORD.findall(_OFFICE.sub(" ", question))[1:]
    )
    if not named and _points(question):
        return True
    if _WE_FIRST.match(words):
        return False
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
    if named := _with_what_was_asked(question, before):
        return FollowUp(named)
    if _points_back(question):
        return FollowUp(_with_names(question, before))
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


def _with_what_was_asked(question: str, before: Turn) -> str:
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


def _completed(question: str, before: Turn) -> str:
    """The question about what the one before is about, or about the person that answered it."""
    words = folded_words(question)
    if before.kind is Kind.PERSON and _OF_A_PERSON.match(words) and (name := _antecedent("nguoi", before)):
        return f"{name} {_behind_others(question)}"
    topic_before = _topic(before.question)
    if topic_before is None or _points(question):
        return _beside(question, before)
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


def _what_about(question: str) -> str | None:
    """What stands behind "Còn …", without "thì sao"; the whole question where it is "Hải Dương thì được gì?"."""
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
        kind, says = asked_for(rest).kind, len(without_asking(rest).split())
        same = kind is before.kind and says <= (kind is not Kind.NUMBER)  # "được gì", but not "bao nhiêu em"
        return head if same and (stands_beside(head) or corresponding(before.question, head)) else ""
    counted = _HOW_MANY.fullmatch(about)
    if counted and before.kind is Kind.NUMBER:
        words = Words(counted[1])
        return counted[1] if words.end_of_phrase(0) == len(words) else ""
    return ""


def _points_back(question: str) -> re.Match[str] | None:
    """Where a noun points back, in the words of the question one blank apart."""
    if has_tone_marks(question):
        return _BACK.search(" ".join(WORD.findall(question)).lower())
    return _BACK_FOLDED.search(folded_words(question))


def _points(question: str) -> bool:
    """Whether any noun or pronoun of the question points back."""
    if has_tone_marks(question):
        return _POINTS.search(" ".join(WORD.findall(question)).lower()) is not None
    return _POINTS_FOLDED.search(folded_words(question)) is not None


def _beside(question: str, before: Turn) -> str:
    """The question with all that the one before says beside it, where nothing tells what it leaves out."""
    return f"{question.rstrip(' ?.!')}, {without_asking(before.question)}?"


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
    words = Words(question)
    first = len(found.string[: found.start()].split())
    span = words.span(first, first + len(found[0].split()))
    if name is None:
        topic = _topic(before.question)
        if topic and noun in _PLACES and any(people_in(topic, Span(0, len(topic)))):
            # nobody is a place; the article that was cited is preferred anyway
            return question[: span.start].rstrip() + question[span.end :]
        return f"{question.rstrip(' ?.!')} {topic}?" if topic else _beside(question, before)
    if noun in {"o", "tai"}:
        name = f"{words.matches[first][0]} {name}"
    return question[: span.start] + name + question[span.end :]


def _antecedent(noun: str, before: Turn) -> str | None:
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
