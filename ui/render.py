"""Reply → escaped HTML: the answer in its sentence, numbered citations, notes, and what to say when there is none.

Takes values of :mod:`qa.answer`, gives strings; pure.  Everything that an article or a user wrote goes through
:mod:`ui.markup`.  Leaves out the article beside the chat: see :mod:`ui.article_view`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answer import NO_ANSWER
from qa.explanation import explain
from ui.markup import day, escaped, isolated
from ui.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Answer, Citation, Note, Reply
    from qa.explanation import Explanation

_LONG_ANSWER = 60  # characters; a longer answer is a clause, and large print would shout it
_CONFIDENCE_WORDS = ((0.85, "sure", "chắc chắn"), (0.6, "likely", "khá chắc"), (0.0, "unsure", "chưa chắc"))

_Numbered = tuple[int, "Citation"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it.

    :ivar reply: ``None`` while the question is being answered, and where it could not be asked.
    :ivar error: why it could not be asked, one sentence.
    :ivar within: which articles were searched, as HTML; empty where all of them were.
    """

    question: str
    reply: Reply | None = None
    error: str | None = None
    within: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is still being answered."""
        return self.reply is None and self.error is None


def conversation_html(turns: Sequence[Turn], *, articles: int, examples: Sequence[str] = ()) -> str:
    """The whole conversation; a welcome with example questions where there is none yet.

    :param articles: how many articles are searched.
    """
    if not turns:
        return _welcome_html(articles=articles, examples=examples)
    body = "".join(
        _turn_html(turn, articles=articles, last=turn is turns[-1] and not turn.waits) for turn in turns
    )
    return f'<section class="turns" role="log" aria-label="Cuộc trò chuyện">{body}</section>'


def answer_html(reply: Reply) -> str:
    """Everything that is shown for a reply: notes, answers with citations, or the closest sentences."""
    if reply.listed:
        answers = _list_html(reply.answers)
    elif reply.answered:
        answers = "".join(_answers_html(reply.answers, together=_disagree(reply)))
    else:
        answers = _no_answer_html(reply)
    why = _why_html(explain(reply.evidence)) if reply.evidence else ""
    return _notes_html(reply.notes) + answers + why


def problem_html(message: str) -> str:
    """What stands in the way, in a sentence."""
    return f'<p class="problem"><strong>Chưa trả lời được.</strong> {isolated(message)}</p>'


def confidence_html(confidence: float) -> str:
    """The confidence as a word; the number is in the tooltip.

    >>> confidence_html(0.91)
    '<span class="confidence sure" title="Xác suất đúng ước tính: 91%">chắc chắn</span>'
    """
    name, word = next((name, word) for least, name, word in _CONFIDENCE_WORDS if confidence >= least)
    return f'<span class="confidence {name}" title="Xác suất đúng ước tính: {confidence:.0%}">{word}</span>'


def _welcome_html(*, articles: int, examples: Sequence[str]) -> str:
    button = '<li><button type="button" class="example" data-question="{0}">{0}</button></li>'
    buttons = "".join(button.format(escaped(question)) for question in examples)
    offer = f'<p class="offer">Thử hỏi</p><ul class="examples">{buttons}</ul>' if buttons else ""
    return (
        f'<section class="welcome"><h2>Bạn muốn biết điều gì trong {articles} bài viết?</h2>'
        "<p>Câu trả lời được trích nguyên văn, kèm nguồn để bạn mở ra và kiểm tra. "
        "Bài viết không nói thì sẽ không có câu trả lời.</p>"
        f"{offer}</section>"
    )


def _turn_html(turn: Turn, *, articles: int, last: bool) -> str:
    if turn.error is not None:
        body = problem_html(turn.error)
    elif turn.reply is None:
        body = f'<p class="pending">Đang tìm trong {articles} bài viết…</p>'
    else:
        body = answer_html(turn.reply)
    edit = '<button type="button" class="edit">Sửa câu hỏi</button>' if last else ""
    within = f'<p class="within">{turn.within}</p>' if turn.within else ""
    return (
        f'<article class="turn"><h2 class="question">{isolated(turn.question)}</h2>{edit}{within}'
        f'<div class="reply">{body}</div></article>'
    )


def _notes_html(notes: Sequence[Note]) -> str:
    return "".join(_note_html(note) for note in notes)


def _note_html(note: Note) -> str:
    instead = ""
    if note.alternative is not None:
        instead = (
            f' <button type="button" class="instead" data-question="{escaped(note.alternative)}">'
            "Tìm đúng như đã gõ</button>"
        )
    return f'<p class="note {escaped(note.kind)}">{isolated(note.text)}{instead}</p>'


def _disagree(reply: Reply) -> bool:
    return any(note.kind == "conflict" for note in reply.notes)


def _numbered(answers: Sequence[Answer]) -> list[tuple[_Numbered, ...]]:
    """The citations of each answer, numbered through the reply."""
    numbered, number = [], 0
    for answer in answers:
        numbered.append(tuple(enumerate(answer.citations, start=number + 1)))
        number += len(answer.citations)
    return numbered


def _list_html(answers: Sequence[Answer]) -> str:
    """The items of a list, each with its number; sources that several items share are told once."""
    numbered = _numbered(answers)
    everything = [citation for citations in numbered for citation in citations]
    items = "".join(
        f"<li>{isolated(answer.text)} {_number_html(citations[0], beside=everything)}</li>"
        for answer, citations in zip(answers, numbered, strict=True)
    )
    size = "items long" if any(len(answer.text) > _LONG_ANSWER for answer in answers) else "items"
    first = list({citation.article: (number, citation) for number, citation in reversed(everything)}.values())
    return (
        f'<div class="answer listed"><p class="count">{len(answers)} mục {confidence_html(answers[0].confidence)}</p>'
        f'<ol class="{size}">{items}</ol>{_citations_html(first[::-1], beside=everything)}</div>'
    )


def _why_html(explanation: Explanation) -> str:
    """Why the reply says what it says, folded."""
    lines = "".join(f"<li>{isolated(line)}</li>" for line in explanation.lines())
    return f'<details class="why"><summary>Vì sao?</summary><ul>{lines}</ul></details>'


def _answers_html(answers: Sequence[Answer], *, together: bool) -> list[str]:
    """The best answer in full, the others folded, or all of them where they contradict each other."""
    numbered = _numbered(answers)
    everything = [citation for citations in numbered for citation in citations]
    parts = [
        _one_answer_html(answer, citations, beside=everything)
        for answer, citations in zip(answers, numbered, strict=True)
    ]
    if len(parts) == 1 or together:
        return parts
    others = f"<summary>{len(parts) - 1} câu trả lời khác</summary>{''.join(parts[1:])}"
    return [parts[0], f'<details class="others">{others}</details>']


def _one_answer_html(answer: Answer, citations: Sequence[_Numbered], *, beside: Sequence[_Numbered]) -> str:
    whole_sentence = answer.text.strip() == answer.citation.sentence.strip()
    size = "short long" if len(answer.text) > _LONG_ANSWER else "short"
    link = _number_html(citations[0], beside=beside) if whole_sentence else ""
    short = f"{isolated(answer.text)} {link} {confidence_html(answer.confidence)}"
    marked = _marked(answer.citation)
    sentence = "" if whole_sentence else _sentence_html(marked, citations[0], beside=beside)
    sources = _citations_html(citations, beside=beside)
    return f'<div class="answer"><p class="{size}">{short}</p>{sentence}{sources}</div>'


def _no_answer_html(reply: Reply) -> str:
    looked = f'<p class="looked">Đã tìm: {isolated(reply.understood)}</p>' if reply.understood else ""
    verdict = f'<p class="short none">{NO_ANSWER}</p>{looked}'
    if not reply.closest:
        return verdict
    numbered = list(enumerate(reply.closest, start=1))
    sentences = "".join(
        f"<li>{_sentence_html(escaped(one[1].sentence), one, beside=numbered)}"
        f"{_citations_html([one], beside=numbered)}</li>"
        for one in numbered
    )
    return (
        f'{verdict}<div class="closest"><h3>Những câu gần nhất <span>(không phải là câu trả lời)</span></h3>'
        f"<ul>{sentences}</ul></div>"
    )


def _sentence_html(words: str, numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """A quoted sentence, ``words`` being its HTML, with its number."""
    link = _number_html(numbered, beside=beside)
    return f'<blockquote class="sentence"><bdi>{words}</bdi> {link}</blockquote>'


def _marked(citation: Citation) -> str:
    """The sentence with the cited span marked."""
    sentence = citation.sentence
    start, end = citation.start - citation.sentence_start, citation.end - citation.sentence_start
    if not 0 <= start < end <= len(sentence):
        return escaped(sentence)
    return f"{escaped(sentence[:start])}<mark>{escaped(sentence[start:end])}</mark>{escaped(sentence[end:])}"


def _number_html(numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """``[1]`` as a link; for a screen reader, with the title it leads to."""
    number, citation = numbered
    name = escaped(f"[{number}] Mở bài “{citation.title}”")
    return f'<a class="cite" {_to_place(numbered, beside=beside)} aria-label="{name}">[{number}]</a>'


def _citations_html(citations: Sequence[_Numbered], *, beside: Sequence[_Numbered]) -> str:
    items = "".join(
        f'<li><a class="source" {_to_place(one, beside=beside)}>{_source_html(one)}</a></li>'
        for one in citations
    )
    return f'<ol class="citations">{items}</ol>'


def _source_html(numbered: _Numbered) -> str:
    number, citation = numbered
    details = [day(citation.published)] if citation.published else []
    details += [isolated(citation.source)] if citation.source else []
    return (
        f'<span class="number">{number}</span><span class="title">{isolated(citation.title)}</span>'
        f'<span class="details">{" · ".join([*details, ""])}<span class="open">mở bài</span></span>'
    )


def _to_place(numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """The attributes of a link to the place; it works without a script too, in a new tab for instance."""
    number, citation = numbered
    query = Place.of(citation, number=number, others=beside).query()
    return f'href="{escaped(query)}" data-place'
