"""Whether a span stands behind a label that the question repeats: "Thư ký: bà Hoa" tells who the secretary was.

Minutes, notices and forms are lines of labels; readers learn from running text and hardly heed them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.terms import fold
from qa.abbreviations import folded_words

if TYPE_CHECKING:
    from index.span import Span

_LABEL = re.compile(r"(?:[-–•+*]\s*|\d{1,2}[.)]\s*)?(?P<label>[^\W\d_][^:;.?!\n]{2,60}):\s+(?=\S)")
_EMPTY = frozenset("cac nhung va cua cho ve tai o la co duoc theo".split())  # noqa: SIM905
_FEWEST = 2  # words of a label that tell something


def stands_behind_label(question: str, text: str, span: Span, *, sentence: Span) -> bool:
    """Whether the sentence begins with a label that the question repeats, small words aside, and the span is behind it.

    >>> from index.span import Span
    >>> text = "Các Hội thẩm nhân dân: ông Lộc Văn Tính và bà Đổng Thị Chuyên."
    >>> whole, name = Span(0, len(text)), Span(27, 40)
    >>> stands_behind_label("Hội thẩm nhân dân gồm những ai?", text, name, sentence=whole)
    True
    >>> stands_behind_label("Kiểm sát viên nhân dân là ai?", text, name, sentence=whole)
    False
    """
    label = _LABEL.match(text, sentence.start, sentence.end)
    if label is None or span.start < label.end():
        return False
    asked = folded_words(question)
    words = [word for word in re.findall(r"\w+", fold(label["label"])) if word not in _EMPTY]
    said = f" {' '.join(words)} "
    return len(words) >= _FEWEST and said in asked and f" pho{said}" not in asked
