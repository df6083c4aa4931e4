"""How much of what a question asks about a text says, rare words counting more."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from index.terms import fold, folded_syllables
from qa.abbreviations import folded_words
from qa.documents import document_numbers, without_years_of_documents
from qa.question_kind import asked_about
from qa.slips import one_edit, same_but_for_a_slip
from qa.tone_marks import is_common_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from qa.abbreviations import OtherForm

    Rarity = Callable[[Sequence[str]], NDArray[np.float64]]

_WORD = re.compile(r"\w+")
_MOST_NAMES = 20
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
_NUMBER = re.compile(r"~\d+")
_CODE = re.compile(r"(?<![\w/-])(?!(?:[tT]|[qQ])\d\d?\b)(?:[^\W\d_]{1,4}\d{3,}|[^\W\d_]{1,2}\d\d)(?![\w/-])")
"""The name of a class, a type, a room: letters and a number; "t11" is a month."""
_NUMBERED = re.compile(
    r"\b(chi bo|lop|khoa|to|khu pho|quan|phuong|thon|ap|phong|dieu|chuong|khoan|vong|doi|tram|dot|tap|nhom|tieu doan"
    r"|trung doan|su doan|quan khu|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|cong van|luat|ky hop|lan|tuan"
    r"|\w+(?= so ))(?: so| thu)? 0*(\d+)\b"
)
"""One of several things that only a number tells apart, in folded text."""
_QUARTER = re.compile(r"\bquy (?:thu )?(iv|i{1,3}|[1-4]|nhat|hai|ba|tu)\b")
_QUARTERS = {
    name: number
    for number, names in enumerate(("i 1 nhat", "ii 2 hai", "iii 3 ba", "iv 4 tu"), start=1)
    for name in names.split()
}
_MONTH = re.compile(r"(?<!\d )\bthang (?:thu )?0?(1[0-2]|[1-9])\b")
"""A month that no day is named of, in folded text."""
_ROMAN = re.compile(r"\b(lan(?: thu)?|khoa|ky hop(?: thu)?) ([ivx]+(?:(?:, | va )[ivx]+)*)\b")
"""Sessions and terms are numbered in Roman numerals, several behind one noun; folded."""
_CODE_OF = r"\b0*{}/(?:\d{{4}}/)?[a-z]"
"""The number of a document where the document itself gives it: Số: 417/QĐ-UBND."""
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


def equal_rarity(terms: Sequence[str]) -> NDArray[np.float64]:
    """The rarity of terms where there is no collection to count in: all the same."""
    return np.ones(len(terms))


class Coverage:
    """What a question asks about, to be looked for in texts; tone marks do not count.

    :param forms: of its abbreviations and names; whoever says one form says the other.
    :param rarity: of terms, in the collection; see :meth:`index.search.Index.rarity`.

    >>> coverage = Coverage("Ai chủ trì hội nghị năm 2023?")
    >>> coverage.share("Đồng chí Khoa chủ trì hội nghị năm 2022."), coverage.missing_numbers("năm 2022")
    (0.8333333333333334, 1)
    """

    def __init__(
        self, question: str, *, forms: Sequence[OtherForm] = (), rarity: Rarity = equal_rarity
    ) -> None:
        self._syllables_of = lru_cache(maxsize=256)(lambda text: frozenset(folded_syllables(text)))
        self._words_of = lru_cache(maxsize=256)(folded_words)
        self._forms = [(folded_syllables(typed), set(folded_syllables(other))) for typed, other in forms]
        asked = list(dict.fromkeys(folded_syllables(asked_about(question))))
        self._weights = dict(zip(asked, rarity(asked).tolist(), strict=True))
        self._names = _names(question)
        self._years = frozenset(YEAR.findall(question))
        self._codes = [fold(code) for code in _CODE.findall(question)]
        self._numbered = _numbered(fold(question))
        self._documents = set(document_numbers(fold(question)))
        self._times = [
            (found, set(found(fold(question)))) for found in (YEAR.findall, _MONTH.findall, quarters)
        ]
        self._placed = [(fold(place["kind"]), fold(place["name"])) for place in _PLACED.finditer(question)]
        self._institutions = [
            (fold(found["kind"]), folded_words(found["field"]), fold(found["seat"]))
            for found in _INSTITUTION.finditer(question)
            if not any(map(str.isupper, found["field"].split()))  # ĐH BK is Đại học Bách khoa
        ]
        self._other_words = [(folded_words(typed), folded_words(other)) for typed, other in forms]

    @property
    def names_something(self) -> bool:
        """Whether the question names something that a text can lack."""
        return bool(self._names)

    def share(self, *texts: str) -> float:
        """The share in [0, 1] of what is asked about, in syllables weighted by their rarity, that the texts say."""
        total = sum(self._weights.values())
        said = self._said(texts)
        return sum(weight for term, weight in self._weights.items() if term in said) / total if total else 0.0

    def missing_numbers(self, *texts: str) -> int:
        """How many numbers of the question, years for instance, none of the texts has."""
        said = self._said(texts)
        return sum(term not in said for term in self._weights if _NUMBER.fullmatch(term))

    def missing_names(self, text: str) -> int:
        """How many pieces of names in the question, two words each or a word of capitals, a text lacks.

        >>> coverage = Coverage("Ai là Giám đốc Sở Nội vụ?")
        >>> coverage.missing_names("Giám đốc Sở Giáo dục họp tại Hà Nội"), coverage.missing_names("Sở Nội vụ, Giám đốc")
        (2, 0)
        >>> Coverage("Sở Công Thương Lam Giang ở đâu?").missing_names("Sở Công Thương tỉnh Lam Giang")
        0
        """
        if not self._names:
            return 0
        said = self._words_of(text)
        said += "".join(typed for typed, other in self._other_words if other in said)
        pairs = {name: any(form in said for form in self._forms_of(name)) for name in self._names}
        begin, end = ({name.split()[at] for name, there in pairs.items() if there} for at in (0, -1))

        def is_seam(name: str) -> bool:
            """Whether it is where two names meet that the text has apart."""
            first, *last = name.split()
            return first in end and len(last) == 1 and last[0] in begin

        return sum(not there and not is_seam(name) for name, there in pairs.items())

    def _forms_of(self, name: str) -> list[str]:
        """The piece of a name, and what it is with the other form of an abbreviation in it."""
        return [name, *(name.replace(typed, other) for typed, other in self._other_words if typed in name)]

    def contradicts(self, text: str) -> bool:
        """Whether a text speaks of years, of numbered things or of places of a kind, but not of those that the question
        names, or lacks its code.

        >>> coverage = Coverage("Ai chủ trì hội nghị năm 2023?")
        >>> [coverage.contradicts(text) for text in ("Sơ kết năm 2022", "Năm 2022 và 2023", "Sơ kết")]
        [True, False, False]
        >>> [Coverage("Lớp K127 học ở đâu?").contradicts(text) for text in ("Lớp K126", "Lớp K-127")]
        [True, False]
        >>> [Coverage("lop k60 khai giang").contradicts(text) for text in ("Lớp K61", "Lớp K60")]
        [True, False]
        >>> [Coverage("Bí thư Chi bộ 5?").contradicts(text) for text in ("Chi bộ 8 họp", "Chi bộ 05", "Chi bộ họp")]
        [True, False, False]
        >>> [Coverage("Đại hội lần thứ VII").contradicts(text) for text in ("Đại hội lần thứ VIII", "Lần thứ 7")]
        [True, False]
        >>> asked = Coverage("Quyết định 417 có hiệu lực khi nào?")
        >>> [asked.contradicts(text) for text in ("Quyết định số 203/QĐ-UB", "Số: 417/QĐ-UB. Thay Quyết định 203")]
        [True, False]
        >>> [Coverage("Sở tỉnh Hưng Yêm").contradicts(text) for text in ("tỉnh Hưng Yên", "tỉnh Hà Nam", "Hưng Yêm")]
        [False, True, False]
        >>> Coverage("Huyện Vân Kê").contradicts("huyện Vân Khê"), Coverage("Huyện Vân Kê").contradicts("huyện Lai Kê")
        (False, True)
        >>> asked = Coverage("Nghị định 245/2024/NĐ-CP quy định gì?")
        >>> [asked.contradicts(text) for text in ("Số: 231/2024/NĐ-CP", "Số: 245/2024/NĐ-CP", "Số 12-KL/TW")]
        [True, False, False]
        >>> asked = Coverage("Ai là hiệu trưởng Trường Cao đẳng Sư phạm Kim Bảng?")
        >>> [asked.contradicts(f"Trường Cao đẳng {field} Kim Bảng họp") for field in ("Y tế", "Sư phạm")]
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
        if self._institutions and self._tells_other_fields(text):
            return True
        joined = _BREAK.sub("", fold(text)) if self._codes else ""
        return any(code not in joined for code in self._codes)

    def is_of_another_time(self, title: str, passage: str) -> bool:
        """Whether an article names another year, month or quarter in its title than the question, and its passage does
        not speak of that.

        >>> asked = Coverage("Tháng Công nhân năm 2023 có chủ đề gì?")
        >>> title = "Phát động Tháng Công nhân 2024"
        >>> [asked.is_of_another_time(title, said) for said in ("Chủ đề: Đoàn kết", "Chủ đề năm 2023 là Đồng lòng")]
        [True, False]
        >>> Coverage("Giá lúa tháng 5/2024 là bao nhiêu?").is_of_another_time("Giá lúa tháng 3", "Giá tăng.")
        True
        """
        titled, said = without_years_of_documents(fold(title)), fold(passage)
        return any(
            asked and set(found(titled)) and asked.isdisjoint((*found(titled), *found(said)))
            for found, asked in self._times
        )

    def _tells_other_numbers(self, folded: str) -> bool:
        told = set(_numbered(folded))
        nouns = {noun for noun, _ in told}
        return any(
            noun in nouns and (noun, number) not in told and not re.search(_CODE_OF.format(number), folded)
            for noun, number in self._numbered
        )

    def _tells_other_places(self, text: str) -> bool:
        words = self._words_of(text)
        for kind, name in self._placed:
            if not any(form in words for form in self._forms_of(folded_words(name))):
                told = [
                    fold(place["name"]) for place in _PLACED.finditer(text) if fold(place["kind"]) == kind
                ]
                if told and not any(_are_the_same(name, other) for other in told):
                    return True
        return False

    def _has_other_documents(self, folded: str) -> bool:
        told = set(document_numbers(folded))
        kinds = {kind for _, kind in told}
        return self._documents.isdisjoint(told) and any(kind in kinds for _, kind in self._documents)

    def _tells_other_fields(self, text: str) -> bool:
        """Whether a text has an institution of the same kind and seat, and says nothing of the field asked about."""
        words = self._words_of(text)
        return any(
            not any(form in words for form in self._forms_of(field))
            and re.search(rf" {kind} (?:\w+ ){{1,3}}{seat} ", words)
            for kind, field, seat in self._institutions
        )

    def _said(self, texts: Iterable[str]) -> set[str]:
        said = set[str]().union(*map(self._syllables_of, texts))
        return said.union(*(typed for typed, other in self._forms if other <= said))


def quarters(folded: str) -> list[int]:
    """The quarters of a year that a folded text names, 1 to 4.

    >>> quarters("gdp quy ii va quy 3")
    [2, 3]
    """
    return [_QUARTERS[name] for name in _QUARTER.findall(folded)]


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


def _names(question: str) -> list[str]:
    """Words of capitals; and pairs of words that are both capitalised, or that are one word of two syllables ("Nội vụ")
    which is, the first word of the question apart.
    """
    words = list(_WORD.finditer(question))
    names = []
    for number, word in enumerate(words):
        capitals = word[0].isupper() and len(word[0]) > 1
        if capitals:
            names.append(folded_words(word[0]))
        elif (
            0 < number < len(words) - 1
            and word[0][0].isupper()
            and question[word.end() : words[number + 1].start()] == " "
        ):
            pair = f"{word[0]} {words[number + 1][0]}"
            if words[number + 1][0][0].isupper() or is_common_pair(pair):
                names.append(folded_words(pair))
    return [name for name in dict.fromkeys(names) if asked_about(name) == name.strip()][:_MOST_NAMES]
