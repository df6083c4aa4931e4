"""A span that answers a question about several things → all of them, each in its place, in the order of the article.

Articles list things in four ways: numbered ``(1) …; (2) …``, on lines of their own behind a colon, in captions of one
pattern (``Đồng chí X – chức vụ phát biểu``), and within a sentence behind commas and ``và``.  The first of these that
the span is part of gives the items; where none is, there is no list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.lines import lines
from index.names import is_name
from index.span import Span
from index.terms import fold, has_tone_marks, syllables
from index.trim import trim
from qa.abbreviations import folded_words
from qa.attendance import asks_who_attended, attendance
from qa.documents import documents_in
from qa.people import FAMILY_NAME, people_in
from qa.phrase import BODIES, DEPARTMENTS, HUMANS
from qa.question_kind import Kind, asked_about, begins_with_people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBERED = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2}|[a-hđ])\)\s+", re.MULTILINE)
_BULLET = re.compile(r"\s*(?:[-–•+*◦]|\(?\d{1,2}[.)]|\(?[a-hđ]\))\s+")
_CUE = re.compile(r":|\b(?:gồm có|bao gồm|gồm|như|có các|là các|cho các|là)\b(?=\s)")
_OR_AND = re.compile(r"\s*;\s*(?:và\s+)?|\s*,\s+(?:và\s+)?(?!\d)|\s+(?:và|cùng)\s+")
_COMMA = re.compile(r"\s*,\s+(?:và\s+)?(?!\d)")
_PEOPLE_APART = re.compile(rf"\s*:\s+|{_OR_AND.pattern}")
_DEPARTMENT = re.compile(
    r"\b(?i:sở|bộ|cục|vụ|viện|ban|phòng|khoa|đài) [^\W\d_a-zđ][^\W\d_]*(?:(?: - | |(?<=Văn hóa), )[^\W\d_]+)*$"
)
_SECOND_HALF = re.compile(
    rf"(?: và|(?<=Văn hóa),) (?:Xã hội\b|(?!(?i:{BODIES}|{HUMANS}|{DEPARTMENTS}|đài)\b)"
    rf"(?!(?:{FAMILY_NAME}) [^\W\d_a-zđ])[^\W\d_a-zđ][^\W\d_A-Z]+ [^\W\d_])"
)
"""Where the name of a department goes on: "Sở Thông tin và Truyền thông", "Sở Văn hóa, Thể thao và Du lịch"."""
_IS = re.compile(r"\s+(?:[–-]|là)\s+")
"""Between who and what in a part of an enumeration."""
_SEMICOLON = re.compile(r"\s*;\s*(?:và\s+)?")
_PREPOSITIONS = "tại ở của trong về cho với"
_THINGS = re.compile(rf"\b(?:các|những) ({BODIES})\b(?!,| và | hoặc )", re.IGNORECASE)
_MOST_WORDS = 40  # of an item, or of a caption
_NO_GROUP = re.compile(r"^đại diện\b|\b(?:đã|đang|sẽ|được)\b", re.IGNORECASE)
"""What a list of groups of people has none of: "các đồng chí trong Đảng ủy, Ban Giám hiệu"."""


class Item(NamedTuple):
    """One thing of a list.

    :ivar span: in the article's text.
    :ivar sentence: that it stands in, likewise.
    """

    span: Span
    sentence: Span


def list_around(
    text: str, span: Span, *, sentences: Sequence[Span], kind: Kind, question: str, title: str = ""
) -> tuple[Item, ...]:
    """All items of the list that a span is part of, in the order of the text; none where it is part of none.

    :param text: of the article.
    :param sentences: of the article, in order, page furniture left out.
    :param kind: what each item has to be.
    :param title: of the article; a caption need not repeat what it says.

    >>> text = "Hội nghị có bốn ý chính: (1) Họp đúng hạn; (2) Đổi mới; (3) Phối hợp."
    >>> asked = "Hội nghị có những ý chính nào?"
    >>> found = list_around(text, Span(29, 41), sentences=[Span(0, 70)], kind=Kind.THING, question=asked)
    >>> [item.span.of(text) for item in found]
    ['Họp đúng hạn', 'Đổi mới', 'Phối hợp']
    """
    sentence = next((one for one in sentences if one.start <= span.start and span.end <= one.end), None)
    if sentence is None:
        return ()
    if kind is Kind.PERSON:
        found = _people_around(text, span, sentence, sentences, question, title)
    else:
        found = _things_around(text, span, sentence, sentences, question)
    return next((tuple(_of_the_noun(items, text, question)) for items in found if len(items) > 1), ())


def _of_the_noun(items: Sequence[Item], text: str, question: str) -> Sequence[Item]:
    """The items that begin with the noun that is asked for, if several do: "50 đảng viên" are no chi bộ."""
    asked = _THINGS.search(question)
    kept = [item for item in items if asked and fold(item.span.of(text)).startswith(f"{fold(asked[1])} ")]
    return kept if len(kept) > 1 else items


def _people_around(
    text: str, span: Span, sentence: Span, sentences: Sequence[Span], question: str, title: str
) -> Iterator[list[Item]]:
    """What may be the list of people that a span is part of, likeliest first."""
    if asks_who_attended(question):
        yield [Item(part, sentence) for part in attendance(text, sentence)]
    yield _captions(text, sentence, sentences, question, title)
    said = span.of(text)
    groups = begins_with_people(said) and not _NO_GROUP.search(said) and not any(people_in(text, span))
    yield _groups(text, span, sentence) if groups else _people(text, sentence)


def _things_around(
    text: str, span: Span, sentence: Span, sentences: Sequence[Span], question: str
) -> Iterator[list[Item]]:
    """What may be the list of anything else that a span is part of, likeliest first."""
    announced = _BULLET.match(text, sentence.start, span.start) and _CUE.search(
        text, sentence.start, span.start
    )
    if announced:  # by a single point of a longer list
        yield _coordinated(text, span, sentence, question)
    documents = documents_in(text, sentence, question=question)
    if any(one.start < span.end and span.start < one.end for one in documents):
        yield [Item(one, sentence) for one in documents]
    yield _numbered(text, sentence, sentences)
    yield _bulleted(text, sentence, sentences)
    yield _plain_lines(text, sentence, sentences)
    yield _coordinated(text, span, sentence, question)


def _numbered(text: str, sentence: Span, sentences: Sequence[Span]) -> list[Item]:
    """The parts of ``(1) …; (2) …``, where the sentence is one of them or announces them."""
    line = next((line for line in lines(text) if line.start <= sentence.start < line.end), sentence)
    marks = list(_NUMBERED.finditer(text, *line))
    if len(marks) < 2 or marks[0][1] not in {"1", "a"}:
        return []
    last = next((one.end for one in sentences if one.start <= marks[-1].start() < one.end), line.end)
    announces = next((one for one in sentences if one.start <= marks[0].start() < one.end), sentence)
    before = sentence.end <= announces.start and not sentence.of(text).endswith(":")
    if before or sentence.start >= last:
        return []
    ends = [*(mark.start() for mark in marks[1:]), last]
    spans = [_bare(text, Span(mark.end(), end)) for mark, end in zip(marks, ends, strict=True)]
    return [Item(span, _sentence_of(span, sentences)) for span in spans if span.start < span.end]


def _bulleted(text: str, sentence: Span, sentences: Sequence[Span]) -> list[Item]:
    """Lines that begin with one kind of bullet, where the sentence is in one or stands right before with a colon.

    The dashes of a conversation are no bullets.
    """
    places = [line for line in lines(text) if line.of(text).strip()]
    at = next((n for n, line in enumerate(places) if line.start <= sentence.start < line.end), None)
    if at is None:
        return []
    if not _BULLET.match(text, *places[at]):
        if not sentence.of(text).rstrip().endswith(":"):
            return []
        at += 1
    kinds = [_kind_of_bullet(text, line) for line in places]
    if at == len(places) or not kinds[at]:
        return []
    first, last = at, at + 1
    while first > 0 and kinds[first - 1] == kinds[at]:
        first -= 1
    while last < len(places) and kinds[last] == kinds[at]:
        last += 1
    marks = [(_BULLET.match(text, *line), line) for line in places[first:last]]
    spans = [_bare(text, Span(mark.end(), line.end)) for mark, line in marks if mark]
    if any(span.of(text).endswith("?") for span in spans):
        return []
    return [Item(span, _sentence_of(span, sentences)) for span in spans if span.start < span.end]


def _plain_lines(text: str, sentence: Span, sentences: Sequence[Span]) -> list[Item]:
    """Short lines without bullets, no blank one between them, behind a line that ends with a colon."""
    every = list(lines(text))
    at = next((n for n, line in enumerate(every) if line.start <= sentence.start < line.end), None)
    if at is None:
        return []
    announces = [line.of(text).endswith(":") for line in every]
    first = last = at + announces[at]
    while first > 0 and not announces[first - 1] and _follows(text, *every[first - 1 : first + 1]):
        first -= 1
    while last < len(every) and (last == first or _follows(text, *every[last - 1 : last + 1])):
        last += 1
    found = every[first:last]
    short = all(len(line.of(text).split()) <= _MOST_WORDS for line in found)
    if not first or not announces[first - 1] or not short or any(announces[first:last]):
        return []
    spans = [_bare(text, line) for line in found if not _BULLET.match(text, *line)]
    return [Item(span, _sentence_of(span, sentences)) for span in spans if span.start < span.end]


def _follows(text: str, line: Span, other: Span) -> bool:
    """Whether no blank line is between two lines."""
    return text.count("\n", line.end, other.start) == 1


def _kind_of_bullet(text: str, line: Span) -> str:
    """The bullet that a line begins with, the same for all numbers and for all letters; empty for none."""
    mark = _BULLET.match(text, *line)
    return re.sub(r"[^\W\d]", "a", re.sub(r"\d+", "1", mark[0].strip())) if mark else ""


def _captions(text: str, sentence: Span, sentences: Sequence[Span], question: str, title: str) -> list[Item]:
    """The people of lines that say of one person each what the question asks about, each person once."""
    marked = has_tone_marks(question)  # then "chỉ đạo" does not say the "chi" of "chi bộ"
    asked = _words(asked_about(question), marked=marked)
    asked -= _words(title, marked=marked) | _words(_PREPOSITIONS, marked=marked)
    said = {one: asked & _words(one.of(text), marked=marked) for one in sentences}
    line_of = {line.start: line for line in lines(text)}
    found: dict[str, Item] = {}
    for one in sentences:
        alone = one.start in line_of and len(one.of(text).split()) <= _MOST_WORDS
        if not alone or not said[one] >= said[sentence]:
            continue
        names = list(people_in(text, one))
        if len(names) == 1:
            found.setdefault(names[0].of(text), Item(names[0], one))
    own = {name.of(text) for name in people_in(text, sentence)}
    return list(found.values()) if own & found.keys() else []


def _people(text: str, sentence: Span) -> list[Item]:
    """The people of the sentence, those of rare family names included who are named right before or behind others."""
    people = list(people_in(text, sentence))
    parts = _parts(text, sentence, _PEOPLE_APART)
    known = [part in people for part in parts]
    beside = [any(known[max(0, at - 1) : at + 2]) for at in range(len(parts))]
    rare = [
        part
        for part, near in zip(parts, beside, strict=True)
        if near and part not in people and is_name(part.of(text)) and " và " not in part.of(text)
    ]
    return [Item(name, sentence) for name in sorted((*people, *rare))]


def _groups(text: str, span: Span, sentence: Span) -> list[Item]:
    """The parts of a span that names groups of people instead of their members."""
    return [Item(part, sentence) for part in _parts(text, _bare(text, span), _OR_AND)]


def _coordinated(text: str, span: Span, sentence: Span, question: str) -> list[Item]:
    """The parts of an enumeration within the sentence."""
    if _is_quoted(text, span, sentence):
        return []
    cues = [cue.end() for cue in _CUE.finditer(text, sentence.start, span.end)]
    colon = text.find(":", sentence.start, span.end)
    if colon >= 0 and ";" in text[colon : sentence.end]:
        cues = [
            cue for cue in cues if cue <= colon + 1
        ]  # behind it "là" is of the parts: "A là một; B là hai"
    start = max((cue for cue in cues if cue <= span.start + len(span.of(text)) // 2), default=span.start)
    end = sentence.end if cues else span.end
    region = _bare(text, Span(start, end))
    pattern = _SEMICOLON if ";" in region.of(text) else _COMMA if _has_inner_and(text, region) else _OR_AND
    parts = [part for part in _parts(text, region, pattern) if len(part.of(text).split()) <= _MOST_WORDS]
    return [Item(part, sentence) for part in _with_what_is_named(text, parts, question)]


def _has_inner_and(text: str, region: Span) -> bool:
    """Whether "và" stands within a part before the last comma, and so joins no parts: "A và B của C, D, E"."""
    commas = [comma.start() for comma in _COMMA.finditer(text, *region)]
    return len(commas) > 1 and " và " in text[region.start : commas[-1]]


def _parts(text: str, region: Span, pattern: re.Pattern[str]) -> list[Span]:
    """What stands between the places where a pattern matches, without what is empty."""
    between = [
        match.span()
        for match in pattern.finditer(text, *region)
        if not (
            _DEPARTMENT.search(text, region.start, match.start()) and _SECOND_HALF.match(text, match.start())
        )
    ]
    bounds = [*between, (region.end, region.end)]
    starts = [region.start, *(end for _, end in bounds)]
    parts = [_bare(text, Span(start, end)) for start, (end, _) in zip(starts, bounds, strict=False)]
    return [part for part in parts if part.start < part.end]


def _with_what_is_named(text: str, parts: list[Span], question: str) -> list[Span]:
    """Of parts that each say who and what, ``A và B – Bằng khen``, ``A là Cụm phó``, those who have what is named.

    All parts, as they are, where the question names none of them or does not tell them apart.
    """
    dashes = [_IS.search(text, *part) for part in parts]
    asked = folded_words(question)
    named = [
        (part, dash)
        for part, dash in zip(parts, dashes, strict=True)
        if dash and folded_words(" ".join(text[dash.end() : part.end].split()[:2])) in asked
    ]
    if None in dashes or not named or len(named) == len(parts):
        return parts
    return [who for part, dash in named for who in _parts(text, Span(part.start, dash.start()), _OR_AND)]


def _is_quoted(text: str, span: Span, sentence: Span) -> bool:
    """Whether a span stands within quotation marks: a title is one thing, however many commas it has."""
    before = text[sentence.start : span.start]
    return before.rfind("“") > before.rfind("”")


def _bare(text: str, span: Span) -> Span:
    """The span without blanks and punctuation around it."""
    start, end = trim(text, span)
    while end > start and (text[end - 1] in ".;,:… " or _is_single_quote(text, start, end, at=end - 1)):
        end -= 1
    while start < end and _is_single_quote(text, start, end, at=start):
        start += 1
    return Span(start, end)


def _is_single_quote(text: str, start: int, end: int, *, at: int) -> bool:
    """Whether a straight quotation mark stands at the edge of a stretch without the other one of its pair."""
    return text[at] == '"' and text.count('"', start, end) % 2 == 1


def _sentence_of(span: Span, sentences: Sequence[Span]) -> Span:
    """The stretch from the first to the last sentence that the span reaches into."""
    inside = [one for one in sentences if one.start < span.end and span.start < one.end]
    return Span(min(inside[0].start, span.start), max(inside[-1].end, span.end)) if inside else span


def _words(text: str, *, marked: bool) -> set[str]:
    return {word if marked else fold(word) for words in syllables(text) for word in words}
