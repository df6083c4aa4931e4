"""A question → the phrases in it that name an event, a body or a day.

By the noun that a phrase begins with and the verb, preposition or asking word that ends it.  Without tone marks, the
same without them.
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import fold, has_tone_marks

EVENTS = (
    "hội nghị|hội thảo|tọa đàm|toạ đàm|đại hội|cuộc họp|buổi lễ|buổi họp|lễ|sự kiện|chương trình|chuyên đề|phong trào"
    "|kỳ họp"
)
BODIES = (
    "đảng ủy|đảng uỷ|đảng bộ|chi bộ|chi ủy|học viện|đại học|trường|viện|sở|ủy ban|ubnd|hđnd|bộ|ban|phòng|vụ|cục|cụm"
    "|công đoàn|đoàn|trung tâm|công ty|nhà trường|đơn vị|cơ quan|tỉnh|huyện|xã(?! hội)|thành phố|khoa(?! học)|lớp"
    "|bệnh viện|ngân hàng|thư viện|liên đoàn|hội(?! nghị| thảo| thi)"
)
DEPARTMENTS = "sở|bộ|cục|vụ|viện|trường|ban|phòng|khoa"
"""Bodies that are many of a kind, each with a name of its own."""
DOCUMENTS = (
    "chi thi|nghi quyet|nghi dinh|quyet dinh|thong tu|ket luan|ke hoach|cong van|huong dan|thong bao|quy dinh|to trinh"
    "|luat|phap lenh"
)
"""Documents that have a number, folded."""
_DOCUMENT = re.compile(rf"\b(?:{DOCUMENTS})(?: so)? \d\S*")
HUMANS = "người|ông|bà|anh|chị|cô|thầy|em|cậu|chú|bác|đồng chí|vị"
_SECOND_HALVES = (
    "(?:cán|toàn|nội|cục|đồng|tiến|đi|sơ|đổ|lạc) bộ|(?:hiện|môi|thị|hội|công|nông|lâm|chiến|quảng|lập) trường"
    "|(?:phục|nhiệm|dịch|nghiệp|chức|nghĩa|công|mùa|thời|sự|nội|ngoại|thường|giáo|học|thương) vụ|(?:cơ|trụ|công) sở"
    "|(?:nhập|nằm|xuất|tu|nghị) viện|(?:xã|cơ|quốc|dạ|hiệp|giáo|ngày) hội|(?:văn|quốc|đề|dự|tiêm|biên) phòng"
    "|(?:tập|sư|trung|tiểu|phái|quân|toàn) đoàn|(?:bách|đa|thủ|nhãn|nha|y|ngoại|chuyên) khoa|(?:tầng|từng|đứng) lớp"
    "|(?:giao|trực|phát|phân) ban|(?:bố|kết|chi|tổng|bưu) cục|(?:tác|thị|tấn) xã"
)
"""Words that end as a word for a body does, and name none."""
_SECOND_HALF, _SECOND_HALF_FOLDED = re.compile(_SECOND_HALVES), re.compile(fold(_SECOND_HALVES))
_ENDS = (
    r"^(?:do|được|là|có|đã|đang|sẽ|tại|ở|vào|diễn|chủ trì|phát biểu|trình bày|tham|nhận|đạt|gồm|bao nhiêu|bao giờ|nào"
    r"|ai|gì|mấy|thế nào|ra sao|khi|lúc|đâu|vì|như|thì|tổ chức|kết thúc|bắt đầu|trong|ngày|tháng|năm|không|chưa|hay|để"
    r"|nhằm|bầu|trao|những|các|bị|với|về|từ|đến|đi|nói|họp|thành lập)(?= |$)"
)
_ENDS_PHRASE, _ENDS_PHRASE_FOLDED = re.compile(_ENDS), re.compile(fold(_ENDS))
WORD = re.compile(r"[\w’'/.&-]*\w")


def ends_phrase(word: str, *, folded: bool = False) -> bool:
    """Whether a word is a verb or a preposition that ends a phrase.

    :param folded: it has lost its tone marks, and may as well be another word.

    >>> ends_phrase("vào"), ends_phrase("viên"), ends_phrase("vao", folded=True)
    (True, False, True)
    """
    return (_ENDS_PHRASE_FOLDED if folded else _ENDS_PHRASE).match(word.lower()) is not None


def without_second_halves(text: str) -> str:
    """A text in lower case without the words that end as a word for a body does.

    >>> without_second_halves("cán bộ phục vụ mấy tỉnh"), without_second_halves("can bo cua so")
    ('mấy tỉnh', 'cua so')
    """
    pattern = _SECOND_HALF if has_tone_marks(text) else _SECOND_HALF_FOLDED
    return " ".join(re.sub(rf"\b(?:{pattern.pattern})\b", " ", text).split())


def capitalised(text: str) -> str:
    """The text with a capital at its begin."""
    return text[:1].upper() + text[1:]


class Words:
    """The words of a question, to find phrases in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.matches = list(WORD.finditer(text))
        self.folded = [fold(match[0]) for match in self.matches]
        self._marked = has_tone_marks(text)
        self._ends = _ENDS_PHRASE if self._marked else _ENDS_PHRASE_FOLDED

    def __len__(self) -> int:
        return len(self.matches)

    def span(self, first: int, last: int) -> Span:
        """The place in the text of the words from ``first`` to before ``last``."""
        return Span(self.matches[first].start(), self.matches[last - 1].end())

    def places(self, span: Span) -> tuple[int, int]:
        """The numbers of the words within a place in the text."""
        inside = [n for n, match in enumerate(self.matches) if span.start <= match.start() < span.end]
        return inside[0], inside[-1] + 1

    def find(self, wanted: tuple[str, ...]) -> int | None:
        """Where these folded words stand first."""
        starts = range(len(self) - len(wanted) + 1)
        return next((n for n in starts if tuple(self.folded[n : n + len(wanted)]) == wanted), None)

    def begins(self, first: int, heads: str) -> int:
        """How many words one of the heads takes that stands here; 0 where none does."""
        words = (match[0].lower() for match in self.matches[first : first + 4])
        said = " ".join(words if self._marked else self.folded[first : first + 4])
        found = re.match(rf"(?:{heads if self._marked else fold(heads)})\b", said)
        return len(found[0].split()) if found else 0

    def phrase(self, heads: str) -> tuple[int, int] | None:
        """The first phrase that begins with one of the heads and says more than it, or that is asked about."""
        for first in range(len(self)):
            length = 0 if self._is_second_half(first) else self.begins(first, heads)
            end = self.end_of_phrase(first + length)
            whole = self._asks_how(end) or (length > 1 and not self._asked(end))
            if length and (whole or end > first + length):
                return first, end
        return None

    def phrase_from(self, noun: str) -> tuple[int, int] | None:
        """The first phrase that begins with the folded noun and says more than it."""
        first = self.find(tuple(noun.split()))
        if first is None:
            return None
        behind = first + len(noun.split())
        end = self.end_of_phrase(behind)
        return (first, end) if end > behind else None

    def document(self) -> tuple[int, int] | None:
        """The first document with its number."""
        found = _DOCUMENT.search(" ".join(self.folded))
        if found is None:
            return None
        first = len(found.string[: found.start()].split())
        return first, first + len(found[0].split())

    def longest_name(self) -> tuple[int, int] | None:
        """The longest run of capitalised words, two or more of them; the first of equal ones."""
        runs, first = [(0, 0)], 0
        for place in range(len(self) + 1):
            if place == len(self) or not self.matches[place][0][0].isupper():
                runs.append((first, place))
                first = place + 1
        start, end = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
        return (start, end) if end - start > 1 else None

    def _is_second_half(self, place: int) -> bool:
        """Whether the word in lower case that stands here belongs to the one before: "bộ" in "cán bộ"."""
        pair = self.matches[max(0, place - 1) : place + 1]
        if len(pair) < 2 or pair[1][0][0].isupper():
            return False
        pattern = _SECOND_HALF if self._marked else _SECOND_HALF_FOLDED
        return pattern.fullmatch(f"{pair[0][0]} {pair[1][0]}".lower()) is not None

    def _asked(self, place: int) -> bool:
        """Whether the word that stands here asks."""
        return self.folded[place : place + 1] in (["nao"], ["gi"], ["may"], ["bao"])

    def _asks_how(self, place: int) -> bool:
        """Whether the words that stand here ask how it is."""
        return self.folded[place : place + 2] in (["the", "nao"], ["ra", "sao"])

    def end_of_phrase(self, start: int) -> int:
        """Where a phrase that goes on at ``start`` ends: before a verb, a preposition or a word that asks."""
        for place in range(start, len(self)):
            words = " ".join(match[0].lower() for match in self.matches[place : place + 2])
            if self._ends.match(words) and not (self._is_half_a_year(place) or self._is_in_name(place)):
                return place
        return len(self)

    def _is_in_name(self, place: int) -> bool:
        """Whether the word that stands here is written as a name is: "Phòng Tổ chức", "Quỹ Vì người nghèo"."""
        here = self.matches[place]
        before = self.text[: here.start()].rstrip()[-1:]
        return here[0].istitle() and before not in {"", ".", "?", "!", ":"}

    def _is_half_a_year(self, place: int) -> bool:
        """Whether the word that stands here is of "6 tháng đầu năm", which names a meeting and ends no phrase."""
        before, here = self.folded[max(0, place - 2) : place], self.folded[place : place + 2]
        months = before[-1:] and before[-1].isdigit() and here in (["thang", "dau"], ["thang", "cuoi"])
        return bool(months or (here[:1] == ["nam"] and before in (["thang", "dau"], ["thang", "cuoi"])))
