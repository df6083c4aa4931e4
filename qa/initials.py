"""An abbreviation that neither the articles nor a list explain → the words of the passages that it is initials of.

"BT ĐU", "P.TCHC" and "TĐKT HV" are what people type and no article writes.  The passages that the rest of the question
finds say "Bí thư Đảng ủy", "Phòng Tổ chức – Hành chính", "Thi đua – Khen thưởng Học viện": initials that stand side by
side are looked for together first, since more letters mean fewer things.  Leaves out abbreviations that are known: see
:mod:`qa.abbreviations`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from index.short_forms import CONNECTING
from index.syllable import is_syllable
from index.terms import fold, has_tone_marks
from qa.tone_marks import is_common_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(
    r"(?<![\w/&-])[^\W\d_]+(?:&[^\W\d_]+)?\d{0,2}(?![\w/&]|-\d)|(?<=[A-ZĐƯ]-)[A-ZĐƯ]+(?![\w/-])"
)
_ROMAN = re.compile(r"[IVXLC]+")
_COMMITTEE = re.compile(r" ([dcthq]u)(?!\w)")
"""A committee behind the office that is abbreviated with it: "bt du" is no Bí thư "dự"."""
_TOUCHING = re.compile(r"\s|\. ?|-")
"""What may stand between two abbreviations that are read together."""
_GAP = re.compile(r"\s*[-–—,&]?\s*")
"""What may stand between two words whose initials are read together."""
_FEW = 3
"""Words in capitals that may all be abbreviations; letters that are initials of much."""
_MOST = 10
"""Letters that are read together."""
_UNITS = frozenset("cm mm dm km kg mg ml kw mw kwh gb mb tb ghz mhz".split())  # noqa: SIM905
_MEASURED = re.compile(r"(?:\d|\b(?:bao nhiêu|mấy|bao nhieu|may)) ?$", re.IGNORECASE)
"""What stands before a unit."""
_EMPTY = frozenset("phải có là trong được đã đang sẽ cho khi để này đó các những cũng rất thì mà".split())  # noqa: SIM905
"""Words that two or three letters are initials of by chance."""
_BESIDE = 3
"""How many places more words have that stand beside the same word as the abbreviation."""
_ASKED = 8
"""The same for words of which the question has one."""
_AHEAD = 2
"""How much oftener the best words must be said than the next best."""


@dataclass(frozen=True, slots=True)
class Short:
    """An abbreviation in a question.

    :ivar open: whether it is still to be told what it means.
    :ivar meanings: those that are known; of several the passages choose.
    """

    start: int
    end: int
    letters: str
    open: bool
    meanings: tuple[str, ...] = ()


def abbreviations(
    question: str, *, meanings: Callable[[str], Sequence[str]], written: Callable[[str], bool]
) -> list[Short]:
    """The abbreviations of a question, as they stand; none where everything is in capitals.

    Without tone marks and capitals "du" may be ĐU, as a syllable is no abbreviation otherwise: where it stands behind
    one that is known, they are one.

    :param meanings: what an abbreviation is known to mean; one meaning is enough, several leave it open.
    :param written: whether the articles write it so; where they do, and do not tell what it means, it is left alone.
    """
    tokens = list(_TOKEN.finditer(question))
    if len(tokens) > _FEW and all(token[0].isupper() for token in tokens):
        return []
    found = []
    for token in tokens:
        letters = re.sub(r"[\d&]", "", token[0])
        if not _looks_short(letters) or _ROMAN.fullmatch(letters) or _is_unit(question, token):
            continue
        known = tuple(meanings(token[0])) if len(letters) > 1 else ()
        behind = _COMMITTEE.match(question, token.end())
        if known and behind and not has_tone_marks(question):
            found.append(Short(token.start(), behind.end(), letters + behind[1], open=True))
            continue
        open = len(known) > 1 or (not known and not written(token[0]))
        found.append(Short(token.start(), token.end(), letters, open, known))
    return found


def spelled_out(question: str, shorts: Sequence[Short], texts: Sequence[str]) -> str:
    """The question with its open abbreviations in the words of the texts, those that no text tells left as they are.

    :param shorts: from :func:`abbreviations`.

    >>> unknown = {"meanings": lambda short: (), "written": lambda short: False}
    >>> shorts = abbreviations("BT ĐU trường có mấy ĐV?", **unknown)
    >>> texts = ["Bí thư Đảng ủy cho biết đảng bộ có 72 đảng viên.", "Đảng viên học tập, đảng viên làm theo."]
    >>> spelled_out("BT ĐU trường có mấy ĐV?", shorts, texts)
    'Bí thư Đảng ủy trường có mấy đảng viên?'
    """
    said = [_Said(text) for text in texts]
    parts, end = [], 0
    for start, stop, words in _readings(question, shorts, said):
        parts += [question[end:start], words]
        end = stop
    return "".join([*parts, question[end:]])


def _looks_short(letters: str) -> bool:
    """Capitals, or what is no Vietnamese syllable."""
    return letters.isupper() or (1 < len(letters) <= _MOST and not is_syllable(letters))


def _is_unit(question: str, token: re.Match[str]) -> bool:
    return token[0].lower() in _UNITS and bool(_MEASURED.search(question, 0, token.start()))


def _readings(
    question: str, shorts: Sequence[Short], said: Sequence[_Said]
) -> Iterator[tuple[int, int, str]]:
    """Where abbreviations begin and end, and the words for them, in order."""
    place = 0
    while place < len(shorts):
        for size in range(_run(question, shorts, place), 0, -1):
            read = shorts[place : place + size]
            if any(short.open for short in read) and (words := _words_for(question, read, said)):
                yield read[0].start, read[-1].end, words
                place += size
                break
        else:
            place += 1


def _run(question: str, shorts: Sequence[Short], first: int) -> int:
    """How many abbreviations stand side by side, of no more than have letters that are read together."""
    size = 1
    for one, other in pairwise(shorts[first : first + _MOST]):
        if not _TOUCHING.fullmatch(question, one.end, other.start):
            break
        size += 1
    return size


def _words_for(question: str, read: Sequence[Short], said: Sequence[_Said]) -> str:
    """What the texts say for abbreviations that are read together; nothing where that is not plain."""
    start, end = read[0].start, read[-1].end
    letters = "".join(short.letters for short in read)
    if not 1 < len(letters) <= _MOST:
        return ""
    before, after = _WORD.findall(question[:start])[-1:], _WORD.findall(question[end:])[:1]
    asked = {fold(word) for word in _WORD.findall(f"{question[:start]} {question[end:]}")}
    number = re.sub(r"\D", "", question[start:end])
    found: defaultdict[str, _Meant] = defaultdict(_Meant)
    for text in said:
        for place in text.spelling(letters, marked=has_tone_marks(question)):
            if text.follows(place, number):
                one = found[fold(text.between(place))]
                one.written[f"{text.between(place)} {number}".rstrip()] += 1
                one.around.append(text.around(place))
                one.beside |= [fold(word) for word in before] == [fold(text.around(place)[0])]
                one.beside |= [fold(word) for word in after] == [fold(text.around(place)[1])]
                one.asked |= not asked.isdisjoint(map(fold, _WORD.findall(text.between(place))))
    known = read[0].meanings if len(read) == 1 else ()
    kept = {fold(meaning) for meaning in known}
    return _best(
        [one for words, one in found.items() if not kept or words in kept], len(letters), known=bool(known)
    )


@dataclass(slots=True)
class _Meant:
    """Words that may be meant.

    :ivar written: how often, by how they are written.
    :ivar around: the joined words before and behind each place, empty where there are none.
    :ivar beside: whether they stand beside the same word somewhere as the abbreviation does.
    :ivar asked: whether a word of the question is in them: "PVT của Viện" is its Phó Viện trưởng.
    """

    written: Counter[str] = field(default_factory=Counter)
    around: list[tuple[str, str]] = field(default_factory=list)
    beside: bool = False
    asked: bool = False

    @property
    def weight(self) -> int:
        return self.written.total() + (_BESIDE if self.beside else 0) + (_ASKED if self.asked else 0)

    @property
    def by_chance(self) -> bool:
        """Whether these begin or end amid a sentence: "phải có", "Vụ trưởng Vụ"."""
        first, *_, last = words = _WORD.findall(next(iter(self.written)).lower())
        return first in CONNECTING or first == last or not _EMPTY.isdisjoint((first, last)) or len(words) < 2

    @property
    def cut(self) -> bool:
        """Whether these are never said but with half of a word more: "giáo dục phổ" of "giáo dục phổ thông"."""
        first, *_, last = _WORD.findall(next(iter(self.written)))
        (before, *others), (behind, *more) = ({*words} for words in zip(*self.around, strict=True))
        return bool(
            (before and not others and is_common_pair(f"{before} {first}"))
            or (behind and not more and is_common_pair(f"{last} {behind}"))
        )


def _best(found: Sequence[_Meant], letters: int, *, known: bool) -> str:
    """The words that are plainly meant, if any are: two letters are initials of much, four of little."""
    weighed = sorted(found, key=lambda one: -one.weight)
    if letters <= _FEW and not known:
        weighed = [one for one in weighed if not one.by_chance]
    if letters <= _FEW and not known:
        weighed = [one for one in weighed if one.beside or one.asked or not one.cut]
    if not weighed:
        return ""
    next_ = weighed[1].weight if len(weighed) > 1 else 0
    enough = 1 if known or letters > _FEW else 2 + _FEW - letters
    ahead = _AHEAD if letters <= _FEW or known else 1
    return weighed[0].written.most_common(1)[0][0] if weighed[0].weight >= max(enough, ahead * next_) else ""


class _Said:
    """A text as words, to find initials in."""

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text)
        self._words = list(_WORD.finditer(self._text))
        self._initials = [word[0][0].upper() for word in self._words]
        self._folded = [fold(initial) for initial in self._initials]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, initial in enumerate(self._folded):
            self._places[initial].append(place)

    def spelling(self, letters: str, *, marked: bool) -> Iterator[tuple[int, int]]:
        """The first and the last word of each place whose initials are the letters.

        :param marked: whether Đ is told from D where it is typed.
        """
        wanted = letters.upper().replace("W", "Ư")
        for first in self._places.get(fold(wanted[0]), ()):
            last = first - 1
            for letter in wanted:
                at = self._next(last + 1, letter, joined=last >= first, marked=marked)
                if at is None:
                    break
                last = at
            else:
                yield first, last

    def _next(self, at: int, letter: str, *, joined: bool, marked: bool) -> int | None:
        """The word at a place if it has the initial, or the one behind a connecting word there.

        :param joined: to the word before.
        """
        if joined and not self._joined(at - 1):
            return None
        if self._begins(at, letter, marked=marked):
            return at
        if joined and self._words[at][0].lower() in CONNECTING and self._joined(at):
            return at + 1 if self._begins(at + 1, letter, marked=marked) else None
        return None

    def _begins(self, place: int, letter: str, *, marked: bool) -> bool:
        if marked and letter == "Đ":
            return self._initials[place] == letter
        return self._folded[place] == fold(letter)

    def _joined(self, place: int) -> bool:
        """Whether a word is read together with the one behind it."""
        if place + 1 >= len(self._words):
            return False
        return bool(_GAP.fullmatch(self._text, self._words[place].end(), self._words[place + 1].start()))

    def between(self, place: tuple[int, int]) -> str:
        """The words of a place, one blank apart."""
        first, last = place
        return " ".join(self._text[self._words[first].start() : self._words[last].end()].split())

    def around(self, place: tuple[int, int]) -> tuple[str, str]:
        """The words before and behind a place that are read together with it; empty where there are none."""
        first, last = place
        before = self._words[first - 1][0] if first and self._joined(first - 1) else ""
        return before, self._words[last + 1][0] if self._joined(last) else ""

    def follows(self, place: tuple[int, int], number: str) -> bool:
        """Whether a number stands behind a place; always where none is wanted."""
        return not number or bool(re.match(rf"\s+0*{number}\b", self._text[self._words[place[1]].end() :]))
