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

_CLOSING = {"“": "”", "‘": "’", "(": ")", "[": "]", "«": "»", "{": "}", '"': '"'}
_QUOTES = re.compile(r"[“”‘’()\[\]«»{}\"]")

# With the numbers of references behind it: "… năm 1945.[12] Sau đó …"
# A run of marks is tried from its beginning only: from each of them, a long one would take its length squared.
_END = re.compile(r"(?<![.!?…])[.!?…]+[”’\"')\]}»]*(?:\s?\[\s?\d{1,3}\s?\])*(?=\s)|[。！？]+[”’」』]*")
_GLUED = re.compile(r"(?<=[^\W\d_])[.!?…]+(?=[^\W\d_])")
_LABEL = r"\((?P<a>\d{1,2}|[a-zđ]|[ivx]{1,4})\)|(?P<b>\d{1,2}|[a-zđ])[.)]|(?P<dash>[-–*+])"
_ITEM = re.compile(rf"(?<=[;:])\s+(?:và\s+)?(?=(?:{_LABEL})\s)|(?<=\S)\s+(?=(?P<bullet>[•▪►●○])\s)")
_FIRST_LABELS = ("1", "01", "a", "i")
_NUMBER = re.compile(r"(?:\d{1,3}\.)*\d{1,3}|[a-zA-ZđĐ]|[IVX]{1,5}")
_NUMBERED_PART = re.compile(
    r"(?:điều|chương|mục|phần|khoản|câu|bài|bước|phụ lục|hình|bảng|tiết|quyển|tập)\s+[\divx]{1,5}",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\s*\(?(?:\d{1,2}|[a-zđ])[.)]\s")
_LETTERS = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"[\W_]{0,12}(?P<letter>\w)")
_REACH = 24  # characters around a mark that tell what it is


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
            inside = next(quotations, Span(end, end + 1))
        if not inside.start < cut < inside.end:
            cuts.append(cut)
    return cuts


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a mark with a blank behind it ends the sentence."""
    following = _NEXT.match(text, match.end())
    if following and following["letter"].islower() and not _LETTERED.match(text, match.end()):
        return False
    marks, stop = match.group(), match.start()
    if marks[0] != "." or marks.startswith(".."):
        return True
    return not is_abbreviation(text, stop) and not (marks == "." and _numbers_an_item(text, start, stop))


def _numbers_an_item(text: str, start: int, stop: int) -> bool:
    """Whether the full stop stands behind a list number or ``Điều 5`` and so opens its text."""
    before = text[max(start, stop - _REACH) : stop].strip()
    if stop - start <= _REACH and (_NUMBER.fullmatch(before) or _NUMBERED_PART.fullmatch(before)):
        return True
    words = before.rsplit(maxsplit=1)
    return (
        len(words) == 2
        and words[1].isdecimal()
        and len(words[1]) <= 2
        and words[0].endswith((".", ";", ":", "…"))
    )


def _ends_glued(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether two sentences were typed without a blank: ``… năm học.Tham dự …``, but not ``vnu.edu``."""
    before = _LETTERS.findall(text, max(start, match.start() - _REACH), match.start())[-1]
    after = _LETTERS.match(text, match.end(), match.end() + _REACH)
    return (
        after is not None
        and after.group()[0].isupper()
        and after.group()[1:].islower()
        and before[-1].islower()
        and is_syllable(before)
        and is_syllable(after.group())
        and not is_abbreviation(text, match.start())
    )


def _begins_item(text: str, match: re.Match[str]) -> bool:
    """Whether a list item follows: after ``;`` with any label, after ``:`` with the first one of a list."""
    if match["bullet"] or match["dash"] or text[match.start() - 1] == ";":
        return True
    return (match["a"] or match["b"]) in _FIRST_LABELS


def _quotations(text: str, paragraph: Span) -> Iterator[Span]:
    """Balanced quotations and parentheses of bounded length, outermost ones only, in order.

    Marks that are never closed, or never opened, are passed over.
    """
    found: list[Span] = []
    opened: list[tuple[str, int]] = []  # what closes it, where it stands
    waiting = dict.fromkeys(_CLOSING.values(), 0)
    for match in _QUOTES.finditer(text, *paragraph):
        place, mark = match.start(), match.group()
        if waiting.get(mark):
            closer = ""
            while closer != mark:
                closer, start = opened.pop()
                waiting[closer] -= 1
            if place + 1 - start <= LONGEST_QUOTATION:
                found.append(Span(start, place + 1))
        elif mark in _CLOSING:
            opened.append((_CLOSING[mark], place))
            waiting[_CLOSING[mark]] += 1
    end = paragraph.start
    for span in sorted(found):
        if span.start >= end:
            yield span
            end = span.end
