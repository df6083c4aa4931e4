"""Whether a text is about something else than a question: another year, class, chi bộ, province or stage of school.

A text that says nothing of these contradicts nothing.  Leaves out whether a span is what is asked for: see
:mod:`qa.fit`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from index.terms import fold, has_tone_marks
from qa.abbreviations import folded_words
from qa.documents import document_numbers, without_years_of_documents
from qa.slips import one_edit, same_but_for_a_slip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.abbreviations import OtherForm

_UNIT = (
    "đồng|dong|đ|mét|met|m|m2|m3|km|người|nguoi|kg|ha|tấn|lít|lit|usd|lượt|luot|hộ|học sinh|hoc sinh|sinh viên"
    "|sinh vien|suất|suat"
)
YEAR = re.compile(
    rf"(?<![\d.,])(?:(?<=[nN][ăa]m )|(?<=[/–-])|(?!\d{{4}} ?(?:{_UNIT})\b))(?:19|20)\d\d(?![\d.,]*\d)"
)
"""A year; "2000 đồng" is none."""
_CODE = re.compile(
    r"(?<![\w/-])(?:[^\W\d_]{1,4}\d{3,}|(?<![Kk]hóa )(?<![Kk]hoá )(?<![Kk]hoa )[kK]\d\d)(?![\w/-])"
)
"""The name of a class, a type, a room: letters and a number; of two digits only that of a class, K60, since NQ35 is
Nghị quyết số 35-NQ/TW."""
_NUMBERED = re.compile(
    r"\b(chi bo|lop|khoa|to|khu pho|quan|phuong|thon|ap|phong|dieu|chuong|khoan|vong|doi|tram|dot|tap|nhom|tieu doan"
    r"|trung doan|su doan|quan khu|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|cong van|luat|ky hop|lan|tuan"
    r"|\w+(?= so ))(?: so| thu)? 0*(\d+)\b"
)
"""One of several things that only a number tells apart, in folded text."""
_QUARTER = re.compile(r"\bqu[ýí] (?:thứ )?(iv|i{1,3}|[1-4]|nhất|hai|ba|tư)\b")
_QUARTER_FOLDED = re.compile(
    r"\bquy (?:thu )?(iv|i{1,3}|[1-4]|nhat|hai|ba|tu(?=\s*(?:$|[^\w\s]|\d|(?:nay|nam (?:nay|ngoai|truoc|\d+))\b)))\b"
)
"""Without tone marks "quy tu" may be "quy tụ" or "quỹ từ", unless what follows ends it or is a year."""
_QUARTERS = {
    name: number
    for number, names in enumerate(("i 1 nhat", "ii 2 hai", "iii 3 ba", "iv 4 tu"), start=1)
    for name in names.split()
}
_MONTH = re.compile(r"(?<!\d )\bthang (?:thu )?0?(1[0-2]|[1-9])\b")
"""A month that no day is named of, in folded text."""
_ROMAN = re.compile(r"\b(lan(?: thu)?|khoa|ky hop(?: thu)?) ([ivx]+(?:(?:, | va )[ivx]+)*)\b")
"""Sessions and terms are numbered in Roman numerals, several behind one noun; folded."""
_STAGES = {
    name: names
    for names in (
        "mam non, mau giao",
        "tieu hoc, truong th",
        "trung hoc co so, thcs",
        "trung hoc pho thong, thpt",
    )
    for name in names.split(", ")
}
_STAGE = re.compile(rf"\b(?:{'|'.join(_STAGES)})\b")
"""Stages of school, in folded text."""
_CODE_OF = r"\b0*{}/(?:\d{{4}}/)?[a-z]"
"""The number of a document where the document itself gives it: Số: 417/QĐ-UBND."""
_YEAR_OF_KIND = re.compile(r"^/\d{4}")
_CLAUSE = r"(?m)^\W*{}[.)]"
"""The clause of an article of law, which only its number begins."""
_PLACED = re.compile(
    r"\b(?P<kind>(?i:tỉnh|huyện|xã|phường|thị xã|thị trấn|thành phố|quận|thôn)) "
    r"(?P<name>[^\W\d_a-zđ]\w*(?: [^\W\d_a-zđ]\w*){0,3})"
)
"""A place with the kind of place that it is."""
_INSTITUTION = re.compile(
    r"\b(?P<kind>(?i:cao đẳng|đại học|trung cấp|thpt|thcs|tiểu học|mầm non|bệnh viện|trung tâm)) "
    r"(?P<field>[^\W\d_]+(?: [^\W\d_]+){0,2}) (?P<seat>[^\W\d_a-zđ][^\W\d_]*(?: [^\W\d_a-zđ][^\W\d_]*)+)"
)
"""A school or hospital with its field and what it is called after: Cao đẳng Y tế Kim Bảng."""
_BREAK = re.compile(r"[\W_]+")


class Contradiction:
    """What a question names that texts may contradict; tone marks do not count.

    :param forms: of its abbreviations and names; whoever says one form says the other.
    """

    def __init__(self, question: str, *, forms: Sequence[OtherForm] = ()) -> None:
        self._words_of = lru_cache(maxsize=256)(folded_words)
        self._years = frozenset(YEAR.findall(without_years_of_documents(fold(question))))
        self._codes = [fold(code) for code in _CODE.findall(question)]
        self._numbered = _numbered(fold(question))
        self._documents = set(document_numbers(fold(question)))
        self._times = [
            set(told) for told in (YEAR.findall(question), _MONTH.findall(fold(question)), quarters(question))
        ]
        self._placed = [(fold(place["kind"]), fold(place["name"])) for place in _PLACED.finditer(question)]
        self._institutions = [
            (fold(found["kind"]), folded_words(found["field"]), fold(found["seat"]))
            for found in _INSTITUTION.finditer(question)
            if not any(map(str.isupper, found["field"].split()))  # ĐH BK is Đại học Bách khoa
        ]
        self._stages = _stages(fold(question))
        self._other_words = [(folded_words(typed), folded_words(other)) for typed, other in forms]

    def of(self, text: str) -> bool:
        """Whether a text speaks of years, of numbered things, of stages of school or of places of a kind, but not of
        those that the question names, or lacks its code.

        >>> asked = Contradiction("Ai chủ trì hội nghị năm 2023?")
        >>> [asked.of(text) for text in ("Sơ kết năm 2022", "Năm 2022 và 2023", "Sơ kết")]
        [True, False, False]
        >>> [Contradiction("Lớp K127 học ở đâu?").of(text) for text in ("Lớp K126", "Lớp K-127")]
        [True, False]
        >>> [Contradiction("lop k60 khai giang").of(text) for text in ("Lớp K61", "Lớp K60")]
        [True, False]
        >>> [Contradiction("Bí thư Chi bộ 5?").of(text) for text in ("Chi bộ 8 họp", "Chi bộ 05", "Chi bộ họp")]
        [True, False, False]
        >>> [Contradiction("Đại hội lần thứ VII").of(text) for text in ("Đại hội lần thứ VIII", "Lần thứ 7")]
        [True, False]
        >>> asked = Contradiction("Quyết định 417 có hiệu lực khi nào?")
        >>> [asked.of(text) for text in ("Quyết định số 203/QĐ-UB", "Số: 417/QĐ-UB. Thay Quyết định 203")]
        [True, False]
        >>> [Contradiction("Sở tỉnh Hưng Yêm").of(text) for text in ("tỉnh Hưng Yên", "tỉnh Hà Nam", "Hưng Yêm")]
        [False, True, False]
        >>> Contradiction("Huyện Vân Kê").of("huyện Vân Khê"), Contradiction("Huyện Vân Kê").of("huyện Lai Kê")
        (False, True)
        >>> asked = Contradiction("Nghị định 245/2024/NĐ-CP quy định gì?")
        >>> [asked.of(text) for text in ("Số: 231/2019/NĐ-CP", "Số: 245/2024/NĐ-CP", "Số 12-KL/TW")]
        [True, False, False]
        >>> asked = Contradiction("Hội thi cấp tiểu học có mấy thầy cô?")
        >>> [asked.of(text) for text in ("Hội thi giáo viên THPT", "Tiểu học và THCS", "Hội thi")]
        [True, False, False]
        >>> asked = Contradiction("Ai là hiệu trưởng Trường Cao đẳng Sư phạm Kim Bảng?")
        >>> [asked.of(f"Trường Cao đẳng {field} Kim Bảng họp") for field in ("Y tế", "Sư phạm")]
        [True, False]
        """
        told = set(YEAR.findall(text)) if self._years else set()
        if told and self._years.isdisjoint(told):
            return True
        if self._numbered and self._tells_other_numbers(fold(text)):
            return True
        if self._placed and self._tells_other_places(text):
            return True
        if self._documents and self._has_other_documents(fold(text)):
            return True
        if self._stages and (stages := _stages(fold(text))) and self._stages.isdisjoint(stages):
            return True
        if self._institutions and self._tells_other_fields(text):
            return True
        joined = _BREAK.sub("", fold(text)) if self._codes else ""
        return any(code not in joined for code in self._codes)

    def of_time(self, title: str, passage: str) -> bool:
        """Whether an article names another year, month or quarter in its title than the question, and its passage does
        not speak of that.

        >>> asked = Contradiction("Tháng Công nhân năm 2023 có chủ đề gì?")
        >>> title = "Phát động Tháng Công nhân 2024"
        >>> [asked.of_time(title, said) for said in ("Chủ đề: Đoàn kết", "Chủ đề năm 2023 là Đồng lòng")]
        [True, False]
        >>> Contradiction("Giá lúa tháng 5/2024 là bao nhiêu?").of_time("Giá lúa tháng 3", "Giá tăng.")
        True
        """
        titled, said = without_years_of_documents(fold(title)), fold(passage)
        told = [(found(titled), found(said)) for found in (YEAR.findall, _MONTH.findall)]
        told.append((quarters(title), quarters(passage)))
        return any(
            asked and first and asked.isdisjoint((*first, *further))
            for asked, (first, further) in zip(self._times, told, strict=True)
        )

    def _tells_other_numbers(self, folded: str) -> bool:
        told = set(_numbered(folded))
        nouns = {noun for noun, _ in told}
        return any(
            noun in nouns
            and (noun, number) not in told
            and not re.search((_CLAUSE if noun == "khoan" else _CODE_OF).format(number), folded)
            for noun, number in self._numbered
        )

    def _tells_other_places(self, text: str) -> bool:
        words = self._words_of(text)
        for kind, name in self._placed:
            initials = f" {''.join(word[0] for word in name.split())} "  # TP.HCM
            if not any(form in words for form in [initials, *self._forms_of(folded_words(name))]):
                told = [
                    fold(place["name"]) for place in _PLACED.finditer(text) if fold(place["kind"]) == kind
                ]
                # whoever is named behind a place is no part of its name: tỉnh Quảng Ninh Cao Tường Huy
                begins = ((" ".join(name.split()[: len(other.split())]), other) for other in told)
                if told and not any(_are_the_same(begin, other) for begin, other in begins):
                    return True
        return False

    def _has_other_documents(self, folded: str) -> bool:
        told = set(document_numbers(folded))
        kinds = {_YEAR_OF_KIND.sub("", kind) for _, kind in told}
        asked = {_YEAR_OF_KIND.sub("", kind) for _, kind in self._documents}
        if not self._documents.isdisjoint(told) or asked.isdisjoint(kinds):
            return False
        shortened = (rf"\b{noun}(?: so)? 0*{number}\b(?!/)" for noun, number in self._numbered)
        return not any(re.search(one, folded) for one in shortened)

    def _tells_other_fields(self, text: str) -> bool:
        """Whether a text has an institution of the same kind and seat, and says nothing of the field asked about."""
        words = self._words_of(text)
        return any(
            not any(form in words for form in self._forms_of(field))
            and re.search(rf" {kind} (?:\w+ ){{1,3}}{seat} ", words)
            for kind, field, seat in self._institutions
        )

    def _forms_of(self, name: str) -> list[str]:
        """A name, and what it is with the other form of an abbreviation in it."""
        return [name, *(name.replace(typed, other) for typed, other in self._other_words if typed in name)]


def quarters(text: str) -> list[int]:
    """The quarters of a year that a text names, 1 to 4.

    >>> quarters("GDP quý II và Quí 3"), quarters("gdp quy ii va quy tu nam 2023")
    ([2, 3], [2, 4])
    >>> quarters("Quỹ từ thiện, nơi quy tụ các nhà hảo tâm"), quarters("quy tu thien")
    ([], [])
    """
    pattern = _QUARTER if has_tone_marks(text) else _QUARTER_FOLDED
    return [_QUARTERS[fold(name)] for name in pattern.findall(text.lower())]


def _stages(folded: str) -> set[str]:
    """The stages of school that a folded text names.

    >>> sorted(_stages("thcs va trung hoc co so, tieu hoc"))
    ['tieu hoc, truong th', 'trung hoc co so, thcs']
    """
    return {_STAGES[name] for name in _STAGE.findall(folded)}


def _numbered(folded: str) -> list[tuple[str, str]]:
    """Nouns with the numbers that tell things apart.

    >>> _numbered("nghi quyet khoa xi, xii, chi bo 05")
    [('khoa', '11'), ('khoa', '12'), ('chi bo', '5')]
    """

    def in_digits(found: re.Match[str]) -> str:
        return ", ".join(f"{found[1]} {_number(numeral)}" for numeral in re.findall(r"[ivx]+", found[2]))

    return _NUMBERED.findall(_ROMAN.sub(in_digits, folded))


def _number(numeral: str) -> int:
    """The number that a Roman numeral below forty stands for."""
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _are_the_same(typed: str, name: str) -> bool:
    """Whether a folded name is meant by what was typed, slips of the keyboard aside."""
    pairs = list(zip_longest(typed.split(), name.split(), fillvalue=""))
    slips = [(one, other) for one, other in pairs if not same_but_for_a_slip(one, other)]
    # in a short syllable a letter may be missing where the rest of the name is right: Vân Kê for Vân Khê
    missing = [one for one, other in slips if one and len(one) != len(other) and one_edit(one, other)]
    return len(slips) == len(missing) <= min(1, len(pairs) - 1)
