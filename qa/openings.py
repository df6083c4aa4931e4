"""The words that open and join a follow-up, "còn …", "thế …", "… thì …", and words that only look like them:
"thế giới", "con đường", "kỳ thi".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.terms import fold, has_tone_marks, marked_spellings
from qa.phrase import WORD
from qa.question_kind import Kind, asked_for, asks
from qa.tone_marks import common_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

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
"""What is asked about without an opening: "Hải Dương thì sao", as :func:`folded_words` gives it."""
_BEFORE_EXAM = frozenset(
    "ky ki du lich bai de diem thuc kha cuoc mon hoi phong dot vong buoi phan mua cham chi sieu".split()  # noqa: SIM905
)
_BEHIND_EXAM = frozenset(("dua", "hanh", "tuyen", "nghiem", "tran"))
"""What makes one word with another "thi" than "thì", folded: "kỳ thi", "chỉ thị", "thi đua"."""


def opening(question: str) -> int:
    """How many words only open the question: 2 in "thế còn Viện", none in "thế mạnh" and in "con đường"."""
    said = " ".join(WORD.findall(question)).lower()
    if has_tone_marks(question):
        found = _OPENING.match(said)
    else:
        found = None if _begins_with_other_word(said) else _OPENING_FOLDED.match(said)
    return len(found[0].split()) if found else 0


def folded_words(question: str) -> str:
    """The words of a question, folded, one blank apart; with capitals each "thi" that is not "thì".

    >>> folded_words("Lịch thi thì sao?"), folded_words("ky thi the nao"), folded_words("so noi vu thi the nao")
    ('lich THI thi sao', 'ky THI the nao', 'so noi vu thi the nao')
    """
    words = WORD.findall(question)
    joins = _joining(words)
    return " ".join(
        "THI" if n not in joins and fold(word) == "thi" else fold(word) for n, word in enumerate(words)
    )


def around_then(text: str) -> tuple[str, str]:
    """What stands before and behind the first "thì" in a text; all of it and nothing where there is none.

    >>> around_then("chỉ thị 05 thì ngày nào"), around_then("lịch thi môn Toán")
    (('chỉ thị 05', 'ngày nào'), ('lịch thi môn Toán', ''))
    """
    found = list(WORD.finditer(text))
    inside = [n for n in _joining([match[0] for match in found]) if 0 < n < len(found) - 1]
    if not inside:
        return text, ""
    then = found[inside[0]]
    return text[: then.start()].rstrip(), text[then.end() :].lstrip()


def _joining(words: Sequence[str]) -> list[int]:
    """The places of the words that are "thì"; without marks, those that neighbours do not make another word of."""
    if has_tone_marks(" ".join(words)):
        return [n for n, word in enumerate(words) if word.lower() == "thì"]
    plain = ["", *map(fold, words), ""]
    return [
        n
        for n, (before, word, behind) in enumerate(zip(plain, plain[1:], plain[2:], strict=False))
        if word == "thi"
        and (plain[n + 2 :] == ["sao", ""] or not (before in _BEFORE_EXAM or behind in _BEHIND_EXAM))
    ]


def _begins_with_other_word(folded: str) -> bool:
    """Whether the first two words of a question without marks are rather one, as "con so" may be "con số".

    Only where the question asks something by itself: "con so noi vu" leaves that out.
    """
    first, second, *_ = [*folded.split(), "", ""]
    stands = asks(folded) or asked_for(folded).kind is not Kind.THING
    if not stands or first not in _MARKED_OPENING or WHAT_OF.match(folded_words(folded)):
        return False
    pairs, seconds = common_pairs().pairs, marked_spellings(second)
    told = {form: sum(pairs[form, other] for other in seconds) for form in marked_spellings(first)}
    opened = told.pop(_MARKED_OPENING[first], 0)
    return max(told.values(), default=0) >= max(_COMMON, opened + 1)
