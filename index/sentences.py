"""Text → sentence spans, for Vietnamese: abbreviations, lists, headings, captions, quotations.

Every character that is not blank lies in exactly one sentence.  Headings, captions and table rows are
sentences of their own; furniture is not told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.abbreviations import is_abbreviation
from index.lines import paragraphs
from index.span import Span
from index.syllable import is_syllable
from index.trim import trim

LONGEST_QUOTATION = 300
"""Characters; a longer quotation or parenthesis is cut inside like other text."""

_OPENERS = {"“": "”", "‘": "’", "(": ")", "[": "]", "«": "»", "{": "}"}
_CLOSERS = frozenset(_OPENERS.values())

# With the numbers of references behind it: "… năm 1945.[12] Sau đó …"
_END = re.compile(r"[.!?…]+[”’\"')\]}»]*(?:\s?\[\s?\d{1,3}\s?\])*(?=\s)|[。！？]+[”’」』]*")
_GLUED = re.compile(r"(?<=[^\W\d_])[.!?…]+(?=[^\W\d_])")
_ITEM = re.compile(
    r"(?<=[;:.…,])\s+(?:và\s+)?(?=(?:\((?P<a>\d{1,2}|[a-zđ]|[ivx]{1,4})\)|(?P<b>\d{1,2}|[a-zđ])[.)]|(?P<c>[-–•+*▪►●]))\s)"
)
_FIRST_ITEMS = frozenset(("1", "01", "a", "i"))
_NUMBER = re.compile(r"(?:\d{1,3}\.)*\d{1,3}\Z|[a-zA-ZđĐ]\Z|[IVX]{1,5}\Z")
_NUMBERED_PART = re.compile(
    r"(?:điều|chương|mục|phần|khoản|câu|bài|bước|phụ lục|hình|bảng|tiết|quyển|tập)\s+[\dIVXivxA-Z]{1,5}\Z",
    re.IGNORECASE,
)
_LIST_MARKER = re.compile(r"\(?(?:\d{1,2}|[a-zđ])[.)]\s")


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order: not overlapping, no blanks around them, nothing left out.

    >>> text = "Tham dự có PGS.TS. Phạm Bảo Sơn. Có hai ý: (1) Đổi mới; (2) Phối hợp."
    >>> for sentence in split_sentences(text):
    ...     print(sentence.of(text))
    Tham dự có PGS.TS. Phạm Bảo Sơn.
    Có hai ý:
    (1) Đổi mới;
    (2) Phối hợp.
    """
    sentences = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for cut in (*_cuts(text, paragraph), paragraph.end):
            sentence = trim(text, Span(start, cut))
            if sentence.start < sentence.end:
                sentences.append(sentence)
            start = cut
    return tuple(sentences)


def _cuts(text: str, paragraph: Span) -> list[int]:
    """Where sentences end inside a paragraph, in order."""
    start, end = paragraph
    candidates = {m.end() for m in _END.finditer(text, start, end) if _ends(text, start, m)}
    candidates |= {m.end() for m in _GLUED.finditer(text, start, end) if _ends_glued(text, start, m)}
    candidates |= {m.start() for m in _ITEM.finditer(text, start, end) if _begins_item(text, m)}
    if not candidates:
        return []
    quotations = _quotations(text, paragraph)
    cuts = []
    inside = Span(start, start)
    for cut in sorted(candidates):
        while inside.end <= cut:
            inside = next(quotations, Span(end + 1, end + 1))
            if inside.start > cut:
                break
        if not inside.start < cut < inside.end:
            cuts.append(cut)
    return cuts


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop (or other mark) that a blank follows ends the sentence."""
    stop = match.start()
    following = _following(text, match.end())
    if following.islower() and not _LIST_MARKER.match(text[match.end() : match.end() + 40].lstrip()):
        return False
    marks = match.group()
    if marks[0] != "." or marks.startswith(".."):
        return True
    return not is_abbreviation(text, stop) and not (marks == "." and _numbers_an_item(text, start, stop))


def _numbers_an_item(text: str, start: int, stop: int) -> bool:
    """Whether the full stop stands behind a list number or ``Điều 5`` and so opens its text."""
    before = text[max(start, stop - 24) : stop]
    if stop - start <= 24 and (_NUMBER.match(before.strip()) or _NUMBERED_PART.match(before.strip())):
        return True
    token = before.rsplit(maxsplit=1)
    if len(token) != 2 or not token[1].isdecimal() or len(token[1]) > 2:
        return False
    return token[0].rstrip().endswith((".", ";", ":", "…"))


def _ends_glued(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether two sentences were typed without a blank: ``… năm học.Tham dự …``, but not ``vnu.edu``."""
    before = re.search(r"[^\W\d_]+\Z", text[max(start, match.start() - 12) : match.start()])
    after = re.match(r"[^\W\d_]+", text[match.end() : match.end() + 12])
    if not before or not after or not after.group()[0].isupper() or not after.group()[1:].islower():
        return False
    if not before.group()[-1].islower() or is_abbreviation(text, match.start()):
        return False
    return is_syllable(before.group()) and is_syllable(after.group())


def _begins_item(text: str, match: re.Match[str]) -> bool:
    """Whether a list item follows: after ``;`` any, after another mark only the first of its list."""
    mark = text[match.start() - 1]
    label = match["a"] or match["b"] or match["c"]
    if mark == ";":
        return True
    if mark == ":":
        return label in _FIRST_ITEMS or match["c"] is not None
    return False


def _quotations(text: str, paragraph: Span) -> Iterator[Span]:
    """Balanced quotations and parentheses of bounded length, outermost first, not overlapping."""
    found: list[Span] = []
    stack: list[tuple[str, int]] = []  # what closes it, where it opened
    waiting: dict[str, int] = {}
    for match in re.compile('[“”‘’()\\[\\]«»{}"]').finditer(text, *paragraph):
        place, mark = match.start(), match.group()
        if waiting.get(mark):
            while stack:
                closer, opened = stack.pop()
                waiting[closer] -= 1
                if closer == mark:
                    if place + 1 - opened <= LONGEST_QUOTATION:
                        found.append(Span(opened, place + 1))
                    break
        elif mark == '"' or mark in _OPENERS:
            closer = _OPENERS.get(mark, '"')
            stack.append((closer, place))
            waiting[closer] = waiting.get(closer, 0) + 1
    found.sort(key=lambda span: (span.start, -span.end))
    end = paragraph.start
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


def _following(text: str, place: int) -> str:
    """The first letter or digit after a place, past blanks, quotes and dashes; empty where there is none."""
    match = re.compile(r"[\W_]{0,12}(\w)").match(text, place)
    return match.group(1) if match else ""
