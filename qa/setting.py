"""A question and a passage → the body that both are about, where only the rest of the article names it.

"Bí thư Đảng ủy Trường Đại học Công nghệ là ai?" is answered by a passage that says "Bí thư Đảng ủy Phạm Bảo Sơn", in an
article about that school; a reader that sees the passage alone doubts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.abbreviations import folded_words
from qa.phrase import BODIES, Words

if TYPE_CHECKING:
    from index.hit import Hit

_SHORTEST = 4  # words of a name; shorter ones are often half a name, or a kind of body


def setting(question: str, hit: Hit) -> str:
    """The longest name of a body in the question that the hit's article has, but not its passage or header.

    Empty where there is none.
    """
    words = Words(question)
    starts = [first for first in range(len(words)) if words.begins(first, BODIES)]
    if not starts:
        return ""
    here = folded_words(hit.with_header)
    elsewhere = folded_words(hit.article.text)
    named = []
    for first in starts:
        last = first + 1
        while last < len(words) and folded_words(words.span(first, last + 1).of(question)) in elsewhere:
            last += 1
        name = words.span(first, last).of(question)
        if last - first >= _SHORTEST and folded_words(name) not in here:
            named.append(name)
    return max(named, key=len, default="")
