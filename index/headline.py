"""The headline of an article: its first line that says what it is about.

Leaves out furniture, datelines, bylines and the national motto; a first line that is a paragraph of prose is
no headline.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.bylines import furniture_near, is_byline
from index.dates import parse_date
from index.lines import paragraphs

if TYPE_CHECKING:
    from index.span import Span

LONGEST = 250
"""Characters; a longer first line is prose."""

_MOTTO = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc|đảng cộng sản việt nam",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[.!?…]\s+[^\W\d_a-z]")
_HEAD_LINES = 12


def find_headline(text: str, *, furniture: tuple[Span, ...] = ()) -> Span | None:
    """Where the headline stands, or ``None`` where the text begins without one.

    >>> text = "|\\nĐọc bài viết\\nHội nghị sơ kết công tác Đảng năm 2022\\n18/08/2022"
    >>> find_headline(text).of(text)
    'Hội nghị sơ kết công tác Đảng năm 2022'
    """
    for row, line in enumerate(paragraphs(text)):
        words = line.of(text)
        if row == _HEAD_LINES:
            return None
        if furniture_near(furniture, line) and not _has_title_beside(words):
            continue
        if parse_date(words) or is_byline(words) or _MOTTO.fullmatch(words.strip(" |*-–")):
            continue
        return line if _is_headline(words) else None
    return None


def clean_title(title: str) -> str:
    """A title on one line, without bars and blanks around it.

    >>> clean_title("| Hội nghị\\n  sơ kết |")
    'Hội nghị sơ kết'
    """
    return " ".join(title.split()).strip("|•· #*_")


def _has_title_beside(words: str) -> bool:
    return len(words) > 60


def _is_headline(words: str) -> bool:
    if len(words) > LONGEST or _PROSE.search(words):
        return False
    return not (words.endswith((".", ";", ",")) and len(words) > 100)
