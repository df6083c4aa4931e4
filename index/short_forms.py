"""Text → the abbreviations that it explains, and the initials of the bodies that it names.

``Giáo dục và Đào tạo (GDĐT)`` and ``GDĐT (Giáo dục và Đào tạo)`` explain GDĐT; ``Trường Đại học Công nghệ`` may be
asked about as TĐHCN or ĐHCN, though nobody says so.  Leaves out what a question does with them: see
:mod:`qa.abbreviations`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from index.phrases import phrases
from index.span import Span
from index.terms import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORT = re.compile(r"\b[A-ZĐ](?:[A-ZĐƯ0-9&]|[a-z](?=[A-ZĐƯ])){1,9}\b")
"""An abbreviation as it is written: capitals, of which one may be followed by a small letter (``GDĐT``, ``ThS``)."""
FEWEST, MOST = 3, 9
"""How many initials of a name make an abbreviation that is worth knowing."""

_EXPLAINED = re.compile(
    rf"\(\s*(?:(?:sau đây |còn )?(?:gọi|viết) tắt là:? )?[“\"]?({SHORT.pattern})[”\"]?\s*\)"
)
_EXPLAINING = re.compile(rf"({SHORT.pattern})\s*\(([^()\d]{{5,80}})\)")
_WORD = re.compile(r"[^\W\d_]+")
CONNECTING = frozenset(("và", "của", "về", "các", "cho", "với", "the", "of", "and", "for"))
"""Words of a name whose initials are left out."""
_MARKS = re.compile("[\u0300-\u036f]")

_BODY = phrases(
    "trường|đại học|học viện|viện|sở|bộ|ban|phòng|khoa|trung tâm|(ủy|uỷ) ban|hội đồng|hội|đoàn|liên đoàn|công đoàn",
    "cục|tổng cục|chi cục|vụ|văn phòng|ngân hàng|công ty|tổng công ty|tập đoàn|báo|đài|tạp chí|nhà xuất bản|tòa án",
    "bệnh viện|bảo tàng|thư viện|quỹ|đảng (ủy|uỷ|bộ)|mặt trận|cụm|tỉnh (ủy|uỷ)|huyện (ủy|uỷ)|thành (ủy|uỷ)|toà án",
)
_JOINED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SINGLE = frozenset("trường viện sở bộ ban phòng đoàn cục vụ báo đài quỹ cụm".split())  # noqa: SIM905
_NEVER_IN_NAMES = frozenset(  # though they stand behind one: what the body does, has or is
    "đã đang sẽ có là được do tại ở trong trên theo từ đến này đó thì phải cần không cũng vẫn còn chưa".split()  # noqa: SIM905
)


class ShortForm(NamedTuple):
    """An abbreviation and what it stands for.

    :ivar defined: whether the text says so; else ``short`` are the initials of a name.
    """

    short: str
    long: str
    defined: bool


def short_forms(text: str) -> tuple[ShortForm, ...]:
    """The abbreviations of a text, each with each meaning once.

    >>> short_forms("Sở Giáo dục và Đào tạo (GDĐT) họp; UBKT (Ủy ban kiểm tra) báo cáo.")[:2]
    (ShortForm(short='GDĐT', long='Giáo dục và Đào tạo', defined=True), \
ShortForm(short='UBKT', long='Ủy ban kiểm tra', defined=True))
    >>> [form.short for form in short_forms("Đảng ủy Trường Đại học Công nghệ họp.")][-4:]
    ['TĐHC', 'TĐH', 'ĐHCN', 'ĐHC']
    """
    text = unicodedata.normalize("NFC", text)
    found: dict[tuple[str, str], ShortForm] = {}
    for form in (*_defined(text), *_named(text)):
        found.setdefault((form.short, fold(form.long)), form)
    return tuple(found.values())


def initials(words: str) -> str:
    """The first letters of the words of a name, without connecting words.

    >>> initials("Khoa học Giáo dục Việt Nam"), initials("Giáo dục và Đào tạo"), initials("Ủy ban")
    ('KHGDVN', 'GDĐT', 'UB')
    """
    return "".join(_initial(word) for word in _WORD.findall(words) if word.lower() not in CONNECTING)


def explanations(text: str) -> Iterator[tuple[str, Span]]:
    """The abbreviations that a text in NFC explains, each with the place of the words that it stands for.

    >>> [(short, place.of("UBKT (Ủy ban kiểm tra)")) for short, place in explanations("UBKT (Ủy ban kiểm tra)")]
    [('UBKT', 'Ủy ban kiểm tra')]
    """
    for match in _EXPLAINED.finditer(text):
        before = list(_WORD.finditer(text, max(0, match.start() - 120), match.start()))
        start = _start_of(match[1], before)
        if start is not None:
            yield match[1], Span(start, start + len(text[start : match.start()].rstrip()))
    for match in _EXPLAINING.finditer(text):
        if initials(match[2]) == match[1]:
            yield match[1], Span(*match.span(2))


def _defined(text: str) -> Iterator[ShortForm]:
    for short, place in explanations(text):
        yield ShortForm(short, " ".join(place.of(text).split()), defined=True)


def _start_of(short: str, before: Sequence[re.Match[str]]) -> int | None:
    """Where the words begin whose initials, read backwards from the end, are the letters of ``short``."""
    letters = list(short.upper())
    for word in reversed(before):
        if letters and _initial(word[0]) == letters[-1]:
            letters.pop()
            if not letters:
                return word.start()
        elif word[0].lower() not in CONNECTING:
            return None
    return None


def _named(text: str) -> Iterator[ShortForm]:
    """Names of bodies and the first parts of them with their initials, with and without the kind of body it is.

    Nothing tells whether the small word at the end belongs to the name ("Công nghệ") or follows it ("Việt Nam tổ
    chức"): both are given, and nobody asks for the wrong one.
    """
    for match in _JOINED.finditer(text):
        for name in _runs(match[0].split(" ")):
            bodies = [number for number, chunk in enumerate(name) if _BODY.fullmatch(" ".join(chunk))]
            for start in dict.fromkeys(start for body in bodies for start in (body, body + 1)):
                for end in range(
                    min(len(name), start + MOST), start + 1, -1
                ):  # a chunk has an initial at least
                    words = [word for chunk in name[start:end] for word in chunk]
                    cut = [words[:-1]] if end == len(name) and words[-1].islower() else []
                    for part in (words, *cut):
                        long = " ".join(part)
                        if part[0] not in CONNECTING and FEWEST <= len(initials(long)) <= MOST:
                            yield ShortForm(initials(long), long, defined=False)


def _runs(words: Sequence[str]) -> Iterator[list[list[str]]]:
    """Runs of chunks: a capitalised word and the small one behind it, connecting words before the next."""
    run: list[list[str]] = []
    place = 0
    while place < len(words):
        connected = words[place].lower() in CONNECTING and place + 1 < len(words)
        first = place + 1 if connected and run else place
        if not (words[first][0].isupper() and not words[first][1:2].isupper()):
            if run:
                yield run
            run, place = [], max(place + 1, first)
            continue
        end = first + 1
        small = words[end] if end < len(words) else ""
        takes_small = small.islower() and small not in CONNECTING | _NEVER_IN_NAMES
        if takes_small and words[first].lower() not in _SINGLE:
            end += 1
        run.append(list(words[place:end]))
        place = end
    if run:
        yield run


def _initial(word: str) -> str:
    """The first letter in upper case, without marks other than the stroke of Đ."""
    return _MARKS.sub("", unicodedata.normalize("NFD", word[0])).upper()
