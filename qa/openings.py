"""The words that open a follow-up, "còn …", "thế …", and words that only look like them: "thế giới", "con đường"."""

from __future__ import annotations

import re

from index.terms import fold, has_tone_marks, marked_spellings
from qa.phrase import WORD
from qa.question_kind import Kind, asked_for, asks
from qa.tone_marks import common_pairs

_OPENS = (
    "thế còn|vậy còn|thế thì|vậy thì|còn(?! lại )|vậy|và|ngoài ra|what about|how about|and"
    "|thế(?! (?:nào|mạnh|hệ|giới|kỷ|kỉ|vận|chiến|lực|trận|chấp|tục|sự|gian|năng|tử|thái|cục|cờ|đứng|phẩm) )"
)
"""Words before what a follow-up is about; but "thế giới", "thế mạnh" and "còn lại" are words of their own."""
_OPENING = re.compile(rf"(?:{_OPENS}) ")
_OPENING_FOLDED = re.compile(fold(_OPENING.pattern))
OPENS_FOLDED = f"(?:{fold(_OPENS)})"
"""The same as a pattern in folded text."""
_MARKED_OPENING = {"con": "còn", "the": "thế", "vay": "vậy", "va": "và"}
"""By the folded word that opens, itself."""
_COMMON = 5
"""How often the table of common pairs must have two words that an opening may be one of."""
WHAT_OF = re.compile(r"^(?P<topic>.+) thi (?:sao|the nao|ra sao)$")
"""What is asked about without an opening: "Hải Dương thì sao", folded."""


def opening(question: str) -> int:
    """How many words only open the question: 2 in "thế còn Viện", none in "thế mạnh" and in "con đường"."""
    said = " ".join(WORD.findall(question)).lower()
    if has_tone_marks(question):
        found = _OPENING.match(said)
    else:
        found = None if _begins_with_other_word(said) else _OPENING_FOLDED.match(said)
    return len(found[0].split()) if found else 0


def _begins_with_other_word(folded: str) -> bool:
    """Whether the first two words of a question without marks are rather one, as "con so" may be "con số".

    Only where the question asks something by itself: "con so noi vu" leaves that out.
    """
    first, second, *_ = [*folded.split(), "", ""]
    stands = asks(folded) or asked_for(folded).kind is not Kind.THING
    if not stands or first not in _MARKED_OPENING or WHAT_OF.match(folded):
        return False
    pairs, seconds = common_pairs().pairs, marked_spellings(second)
    told = {form: sum(pairs[form, other] for other in seconds) for form in marked_spellings(first)}
    opened = told.pop(_MARKED_OPENING[first], 0)
    return max(told.values(), default=0) >= max(_COMMON, opened + 1)
