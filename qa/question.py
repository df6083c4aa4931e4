"""A question as typed → the query that is searched and read.

Telex and VNI keystrokes are undone, and a follow-up gets what it leaves out from the turn before.  What takes an index
comes later: slips, tone marks and abbreviations, see :mod:`qa.finding`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.search import check_question
from qa.abbreviations import in_words_of, with_both, with_offices
from qa.answer import Note
from qa.english import is_english
from qa.follow_up import is_follow_up, resolve
from qa.keystrokes import undo_keystrokes
from qa.meanings import abbreviation_asked
from qa.message import Message
from qa.question_kind import Asked, asked_for
from qa.shorthand import written_out
from qa.wording import as_plain_question, as_settled, without_courtesy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.hit import Hit
    from qa.abbreviations import OtherForm
    from qa.turn import Turn

_QUOTED = re.compile(r'["“]([^"“”]*[^"“”\s][^"“”]*)["”]')


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for a question.

    :ivar question: as typed, without blanks around it.
    :ivar text: as it was understood.
    :ivar forms: of its abbreviations and names, that the articles may have instead.
    :ivar notes: what the user should know about the difference.
    :ivar verbatim: typed in quotation marks: it is searched as it is.
    :ivar before: the turn that it leans on; ``None`` where it stands alone.
    :ivar more: it asks for other answers than those of that turn.
    """

    question: str
    text: str
    notes: tuple[Note, ...] = ()
    verbatim: bool = False
    before: Turn | None = None
    more: bool = False
    forms: tuple[OtherForm, ...] = ()

    @property
    def searched(self) -> str:
        """What the index is asked: with all forms."""
        return with_both(self.text, self.forms)

    def worded_for(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        """What the reader is asked of each passage: a question, with the forms that the passage has or its article."""
        if self.verbatim:
            return tuple(self._worded_for(hit, self.text) for hit in hits)
        if short := abbreviation_asked(self.text):
            return (f"{short} là viết tắt của từ gì?",) * len(hits)
        plain = as_settled(as_plain_question(with_offices(self.text, self.forms)))
        return tuple(self._worded_for(hit, plain) for hit in hits)

    def _worded_for(self, hit: Hit, plain: str) -> str:
        here = in_words_of(hit.with_header, plain, self.forms)
        return in_words_of(hit.article.text, here, self.forms)

    @property
    def asked(self) -> Asked:
        """What an answer has to be."""
        plain = as_plain_question(with_offices(self.text, self.forms))
        return Asked(asked_for(plain).kind, asked_for(self.text).several)


def understand(question: str, *, before: Turn | None = None) -> Query:
    """The query for a question.

    :param before: the turn before in the same conversation.
    :raises UsageError: the question is empty or too long.

    >>> from qa.turn import Turn
    >>> before = Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?")
    >>> understand("Còn đảng viên dự bị?", before=before).text
    'Đảng bộ Sở GDĐT có bao nhiêu đảng viên dự bị?'
    >>> understand("Ai chủ trì hội nghị của Trường Chính trị?", before=before).text
    'Ai chủ trì hội nghị của Trường Chính trị?'
    >>> understand("ho65i nghi5 nao").text, understand('"ho65i nghi5 nao"').text
    ('hội nghị nao', 'ho65i nghi5 nao')
    """
    check_question(question)
    question = unicodedata.normalize("NFC", question).strip()
    if quoted := _QUOTED.fullmatch(question):
        return Query(question, quoted[1].strip(), verbatim=True)
    text = question if is_english(question) else written_out(undo_keystrokes(question))
    plain = without_courtesy(text)
    if before is not None and is_follow_up(plain):
        resolved = resolve(plain, before=before)
        note = Note("follow_up", Message("Đã hiểu là: {}", (resolved.text,)), alternative=f'"{question}"')
        notes = () if resolved.text == question else (note,)
        return Query(question, resolved.text, notes, before=before, more=resolved.more)
    notes = () if text == question else (did_you_mean(text, typed=question),)
    return Query(question, plain, notes)


def did_you_mean(text: str, *, typed: str) -> Note:
    """The note that a question was read as another one, with the way to ask it as it was typed."""
    return Note("did_you_mean", Message("Đã hiểu là: {}", (text,)), alternative=f'"{typed}"')
