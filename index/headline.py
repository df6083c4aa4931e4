"""The headline of an article: its first line that says what it is about.

Leaves out furniture, datelines, bylines and the national motto.  A text that begins with a paragraph of
prose has no headline.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

from index.bylines import is_byline
from index.dates import parse_date
from index.lines import paragraphs
from index.phrases import phrases
from index.trim import outside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.span import Span

LONGEST = 250
"""Characters; a longer first line is prose."""

_HEAD = 12  # lines
_MOTTO = phrases(
    r"cộng h(òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam|độc lập\W+tự do\W+hạnh phúc",
)
# The subject of an official document stands below its kind, and above both stand the office and the number.
_KIND = phrases(
    "báo cáo|biên bản|chỉ thị|chương trình|công văn|đề án|giấy mời|hướng dẫn|kế hoạch|kết luận|nghị định|nghị quyết",
    "quy chế|quy định|quyết định|thông báo|thông tư|tờ trình",
)
_TWO_SENTENCES = re.compile(r"[.!?…]\s+[^\W\d_a-zđ]")


def find_headline(text: str, *, furniture: Sequence[Span] = ()) -> str | None:
    r"""The headline on one line, or ``None`` where the text begins without one.

    >>> find_headline("18/08/2022\nHội nghị sơ kết công tác Đảng năm 2022\n\nNgày 17 tháng 8 …")
    'Hội nghị sơ kết công tác Đảng năm 2022'
    >>> find_headline("ĐẢNG ỦY SỞ\nSố: 12-BC/ĐU\n\nBÁO CÁO\nSơ kết công tác Đảng\n\nNăm 2022, …")
    'BÁO CÁO Sơ kết công tác Đảng'
    """
    most = _HEAD * LONGEST
    return _headline_of(text[:most], tuple(takewhile(lambda piece: piece.start < most, furniture)))


@lru_cache(maxsize=256)
def _headline_of(text: str, furniture: tuple[Span, ...]) -> str | None:
    """The headline of a text that was cut: an article is asked for it once a passage."""
    head = [
        words
        for line in islice(paragraphs(text), _HEAD)
        if (words := clean_title(" ".join(part.of(text) for part in outside(text, line, pieces=furniture))))
        and not _MOTTO.fullmatch(words)
        and not parse_date(words)
        and not is_byline(words)
    ]
    for words, below in pairwise([*head, ""]):
        if words.isupper() and _KIND.fullmatch(words):
            return (
                f"{words} {below}"
                if _is_headline(below) and not below.endswith((".", ",", ";", ":"))
                else words
            )
    return head[0] if head and _is_headline(head[0]) else None


def clean_title(title: str) -> str:
    r"""A title on one line, without bars, bullets and blanks around it.

    >>> clean_title("| Hội nghị\n  sơ kết |")
    'Hội nghị sơ kết'
    """
    return " ".join(title.split()).strip("|•·#*_ ")


def _is_headline(words: str) -> bool:
    if not words or len(words) > LONGEST or _TWO_SENTENCES.search(words):
        return False
    return not (words.endswith((".", ";", ",")) and len(words) > 100)
