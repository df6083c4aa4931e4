"""A question as typed → the query that is searched and read.

Telex and VNI keystrokes are undone, and a follow-up is read together with the question before it. Tone marks are
restored by what the query finds: see :mod:`qa.finding`. Abbreviations and dates are left out so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.search import check_question
from index.terms import fold, has_tone_marks, syllables
from qa.answer import Note
from qa.keystrokes import undo_keystrokes

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENS_FOLLOW_UP = r"(thế còn|vậy còn|còn|thế thì|vậy thì|ngoài ra|and|what about)\b"
_NOUNS = (
    "người|ông|bà|anh|chị|họ|đơn vị|cơ quan|trường|nơi|chỗ|hội nghị|sự kiện|việc|ngày|năm|tháng|ở|lúc|bài|cái"
)
_MORE = r"\b(ai|gì|đâu) nữa\b"
_TYPED = re.compile(rf"^{_OPENS_FOLLOW_UP}|\b({_NOUNS}) (đó|ấy|này|nói trên)\b|{_MORE}")
# Without marks "đó" looks like "do" (by): it points back only where no doer can follow.
_FOLDED = re.compile(
    rf"^{fold(_OPENS_FOLLOW_UP)}|{fold(_MORE)}|\b({fold(_NOUNS)}) "
    r"(ay|nay|noi tren|do(?=$| (la|co|o|nhu|thi|duoc|da|ten|nam|gom)\b))\b"
)
_ASKING = re.compile(
    r"\b(bao nhiêu|bao lâu|bao giờ|bao xa|như thế nào|thế nào|là ai|là gì|vì sao|tại sao|ở đâu|khi nào|lúc nào"
    r"|nào|gì|ai|đâu|mấy|sao)\b"
)
# Alone, the last ones of these would be words of their own without marks: "dau" is also "đầu", "ai" also "ái".
_ASKING_FOLDED = re.compile(
    r"\b(bao nhieu|bao lau|bao gio|bao xa|nhu the nao|the nao|la ai|la gi|vi sao|tai sao|o dau|khi nao|luc nao"
    r"|nao)\b|^ai\b"
)
_QUOTED = re.compile(r'["“](.*\S.*)["”]', re.DOTALL)
_SHORT = 3  # syllables; "Ai chủ trì?" asks about what was talked of, "Ai chủ trì hội nghị?" can stand alone


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for a question.

    :ivar question: as typed, without blanks around it.
    :ivar text: what the index and the reader are asked.
    :ivar notes: what the user should know about the difference.
    :ivar verbatim: typed in quotation marks: it is searched as it is.
    """

    question: str
    text: str
    notes: tuple[Note, ...] = ()
    verbatim: bool = False


def understand(question: str, *, history: Sequence[str] = ()) -> Query:
    """The query for a question.

    :param history: the questions asked before in the same conversation, oldest first.
    :raises UsageError: the question is empty or too long.

    >>> understand("Còn đảng viên dự bị?", history=["Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"]).text
    'Đảng bộ Sở GDĐT có bao nhiêu đảng viên? Còn đảng viên dự bị?'
    >>> understand("Ai chủ trì hội nghị của Trường Chính trị?", history=["Có bao nhiêu chi bộ?"]).text
    'Ai chủ trì hội nghị của Trường Chính trị?'
    >>> understand("ho65i nghi5 nao").text, understand('"ho65i nghi5 nao"').text
    ('hội nghị nao', 'ho65i nghi5 nao')
    """
    check_question(question)
    question = question.strip()
    if quoted := _QUOTED.fullmatch(question):
        return Query(question, quoted[1].strip(), verbatim=True)
    text = undo_keystrokes(question)
    notes = () if text == question else (did_you_mean(text, typed=question),)
    before = understand(history[-1]).text if history and history[-1].strip() else ""
    if not before or not _is_follow_up(text):
        return Query(question, text, notes)
    follows = Note("follow_up", f"Đã hiểu là câu hỏi tiếp theo của: {before}")
    return Query(question, f"{before} {text}", (*notes, follows))


def did_you_mean(text: str, *, typed: str) -> Note:
    """The note that a question was read as another one, with the way to ask it as it was typed."""
    return Note("did_you_mean", f"Đã hiểu là: {text}", alternative=f'"{typed}"')


def asked_about(question: str) -> str:
    """The question without the words that only ask, in lower case.

    >>> asked_about("Đảng bộ có bao nhiêu đảng viên?"), asked_about("ai chu tri hoi nghi")
    ('đảng bộ có đảng viên', 'chu tri hoi nghi')
    """
    words = " ".join(syllable for sentence in syllables(question) for syllable in sentence)
    pattern = _ASKING if has_tone_marks(question) else _ASKING_FOLDED
    return " ".join(pattern.sub(" ", words).split())


def asks_yes_or_no(question: str) -> bool:
    """Whether a question asks if something is so.

    >>> asks_yes_or_no("Cầu dài 240 mét phải không?"), asks_yes_or_no("cau da thong xe chua"), asks_yes_or_no("Ai?")
    (True, True, False)
    """
    words = [syllable for sentence in syllables(question) for syllable in sentence]
    return bool(words) and fold(words[-1]) in {"khong", "chua", "a"}


def _is_follow_up(question: str) -> bool:
    words = " ".join(syllable for sentence in syllables(question) for syllable in sentence)
    if len(words.split()) <= _SHORT:
        return True
    pattern = _TYPED if has_tone_marks(question) else _FOLDED
    return pattern.search(words) is not None
