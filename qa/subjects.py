"""Whether a sentence tells of another person, or of another rank, than the one that a question names.

"Bà Hạnh năm nay 49 tuổi" does not tell how old bà Pâng is, nor who came second "Lan về nhất".  Leaves out who holds an
office, see :mod:`qa.offices`.
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import fold
from qa.abbreviations import folded_words
from qa.people import people_in
from qa.question_kind import Kind, asked_for

_SUBJECT = re.compile(
    r"[\W_]*(?:(?:Ông|Bà|Anh|Chị|Cô|Thầy|Đồng chí|Bị cáo|Em|Cháu|GS|PGS|TS|ThS|BS)\.? ?)+"
    r"(?P<name>[^\W\d_a-zđ][^\W\d_]*(?: [^\W\d_a-zđ][^\W\d_]*){0,4})\b"
)
"""Who a sentence begins with, by title and name."""
_RANK = re.compile(
    r"\b(?:(?:giai|hang|dung|xep|dung hang|xep hang)(?: thu)? (?P<rank>nhat|nhi|hai|ba|tu|bon|dau|[1-9])"
    r"|ve (?:thu (?P<th>hai|ba|tu|bon|[1-9])|(?P<place>nhat|nhi)))\b"
)
"""A rank that somebody reached, in folded text."""
_RANKS = {"nhat": "1", "dau": "1", "nhi": "2", "hai": "2", "ba": "3", "tu": "4", "bon": "4"}


def is_of_another_person(question: str, sentence: str) -> bool:
    """Whether a question names one person and asks something of them, and the sentence begins with another and does not
    mention them.

    >>> asked = "Phó Chủ tịch Lò Thị Pâng bao nhiêu tuổi?"
    >>> [is_of_another_person(asked, said) for said in ("Bà Hạnh 49 tuổi.", "Bà Pâng 40 tuổi.", "49 tuổi, bà Hạnh")]
    [True, False, False]
    """
    if asked_for(question).kind is Kind.PERSON:
        return False
    asked = [name.of(question).split()[-1] for name in people_in(question, Span(0, len(question)))]
    subject = _SUBJECT.match(sentence)
    return len(asked) == 1 and subject is not None and folded_words(asked[0]) not in folded_words(sentence)


def is_of_another_rank(question: str, sentence: str) -> bool:
    """Whether a sentence tells ranks, and none of those that the question names.

    >>> is_of_another_rank("Ai về nhì?", "Lan về nhất."), is_of_another_rank("Ai đứng nhì?", "Lan xếp thứ hai.")
    (True, False)
    """
    asked = _ranks(question)
    told = _ranks(sentence) if asked else set()
    return bool(told) and told.isdisjoint(asked)


def _ranks(text: str) -> set[str]:
    found = (rank["rank"] or rank["th"] or rank["place"] for rank in _RANK.finditer(fold(text)))
    return {_RANKS.get(name, name) for name in found}
