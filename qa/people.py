"""The names of people in running text, by form: a Vietnamese family name first, or a title before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.names import SURNAMES, is_name
from index.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILY_NAME = "|".join(sorted(SURNAMES))
_TITLES = (
    r"(?<!\w)(?:[Đđ]ồng chí|đ/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Tt]hầy|[Cc]ô"
    r"|(?:GS|PGS|TS|ThS|BS|KS|CN|NGƯT|NGND|TSKH)\.?)"
)
_PLACES = r"(?:Rịa|Nà|Đen|Quốc|Tô)\b"
"""What with a title before it is a place: Bà Rịa, Anh Quốc, Cô Tô."""
_GIVEN = r"[^\W\d_](?:[^\W\d_]|[’'])*"
_PERSON = re.compile(
    r"(?P<before>[^\W\d_]+[.,:;–-]?\s+)?"
    rf"(?P<name>(?:{FAMILY_NAME})(?: [^\W\d_a-zđ][^\W\d_]*(?:[’'][A-ZĐ][^\W\d_]+)?){{1,4}})\b"
)
_OTHER_PERSON = re.compile(
    rf"{_TITLES}(?<!tiếng Anh)\s+(?!{_PLACES})(?P<name>{_GIVEN}(?: {_GIVEN}){{0,4}})(?!\w)"
)
_NOBODY = re.compile(r"Phó |Đoàn Thanh$")  # family names that mostly begin an office or a body
_NAMED_AFTER = frozenset(
    "trị trường đường phố giải quỹ tỉnh học đại bộ đảng viện phường xã huyện cầu cụm".split()  # noqa: SIM905
)
_OFFICE_OF_PLACE = re.compile(
    r"\b(?:chủ tịch|bí thư|giám đốc|trưởng \w+)\b[^,.;:–]*\b(?:tỉnh|huyện|quận|thành phố) $", re.IGNORECASE
)
"""The office of a province, a city or a district: hardly any of these is called after somebody."""
_CAPITALS = re.compile(
    r"(?:[^\W\d_a-zđ][^\W\dA-Z_]+ )(?!Chí |Tịch |Thư |Đốc |Trưởng |Viên |Ông |Bà )[^\W\d_a-zđ][^\W\dA-Z_]+ $"
)
"""Words of a name that is longer: "Điện Máy Hà Lam" is no Hà Lam."""
_NEAR = 60  # characters before a name that may tell its office


def people_in(text: str, within: Span) -> Iterator[Span]:
    """The names of people in a stretch of text; a school or a street that is named after somebody is nobody.

    >>> text = "Dự có PGS.TS. Phạm Bảo Sơn, ông Y Bion và trường Chính trị Tô Hiệu."
    >>> [name.of(text) for name in people_in(text, Span(0, len(text)))]
    ['Phạm Bảo Sơn', 'Y Bion']
    >>> text = "Chủ tịch UBND thành phố Lê Anh Vinh dự lễ ở phố Lê Lợi."
    >>> [name.of(text) for name in people_in(text, Span(0, len(text)))]
    ['Lê Anh Vinh']
    >>> text = "Hiệu trưởng Ông Thị Cẩm Tú dự."
    >>> [name.of(text) for name in people_in(text, Span(0, len(text)))]
    ['Ông Thị Cẩm Tú']
    >>> text = "Sở Công Thương họp bên sông Hồng, tỉnh Thanh Hóa."
    >>> list(people_in(text, Span(0, len(text))))
    []
    >>> text = "Đội nữ Điện Máy Hà Lam gặp Đỗ Lan."
    >>> [name.of(text) for name in people_in(text, Span(0, len(text)))]
    ['Đỗ Lan']
    """
    end = within.start
    found: dict[int, Span] = {}
    for match in _OTHER_PERSON.finditer(text, *within):
        words = match["name"].split(" ")
        capital = next((n for n, word in enumerate(words) if not word[0].isupper()), len(words))
        if capital:
            start = match.start("name")
            if words[0] == "Thị" and capital > 1 and match[0].startswith("Ông Thị "):  # it begins no name
                start, words, capital = match.start(), ["Ông", *words], capital + 1
            found[start] = Span(start, start + len(" ".join(words[:capital])))
    for match in _PERSON.finditer(text, *within):
        before = (match["before"] or "").strip()
        named = is_name(match["name"], surely=True) and not _NOBODY.match(match["name"])
        after_somebody = before.lower() in _NAMED_AFTER and not _OFFICE_OF_PLACE.search(
            text, max(within.start, match.start("name") - _NEAR), match.start("name")
        )
        longer = match["name"].count(" ") == 1 and _CAPITALS.search(text, within.start, match.start("name"))
        if named and not after_somebody and not longer:
            found.setdefault(match.start("name"), Span(match.start("name"), match.end("name")))
    for start in sorted(found):
        if start >= end:
            end = found[start].end
            yield found[start]
