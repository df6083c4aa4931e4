"""Reply → escaped HTML: the answer in its sentence, numbered citations, notes, and what to say when there is none.

Takes values of :mod:`qa.answer`, gives strings; pure.  Everything that an article or a user wrote goes through
:mod:`ui.markup`.  Leaves out the conversation around it and the article beside the chat: see
:mod:`ui.conversation_view` and :mod:`ui.article_view`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.answer import NO_ANSWER
from ui.language import say, say_message
from ui.markup import day, escaped, isolated
from ui.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Answer, Citation, Note, Reply
    from qa.message import Message

_LONG_ANSWER = 60  # characters; a longer answer is a clause, and large print would shout it
_CONFIDENCE_WORDS = ((0.85, "sure", "chắc chắn"), (0.6, "likely", "khá chắc"), (0.0, "unsure", "chưa chắc"))

_Numbered = tuple[int, "Citation"]


def answer_html(reply: Reply) -> str:
    """Everything that is shown for a reply: notes, answers with citations, or the closest sentences."""
    if reply.listed:
        answers = _list_html(reply.answers)
    elif reply.answered:
        answers = "".join(_answers_html(reply.answers, together=_disagree(reply)))
    else:
        answers = _no_answer_html(reply)
    return "".join(map(_note_html, reply.notes)) + answers


def problem_html(message: str) -> str:
    """What stands in the way, in a sentence."""
    return f'<p class="problem"><strong>{say("Chưa trả lời được.")}</strong> {isolated(message)}</p>'


def confidence_html(confidence: float) -> str:
    """The confidence as a word; the number is in the tooltip.

    >>> confidence_html(0.91)
    '<span class="confidence sure" title="Xác suất đúng ước tính: 91%">chắc chắn</span>'
    """
    name, word = next((name, word) for least, name, word in _CONFIDENCE_WORDS if confidence >= least)
    tip = say("Xác suất đúng ước tính: {}", f"{confidence:.0%}")
    return f'<span class="confidence {name}" title="{tip}">{say(word)}</span>'


def _note_html(note: Note) -> str:
    instead = ""
    if note.alternative is not None:
        instead = (
            f' <button type="button" class="instead" data-question="{escaped(note.alternative)}">'
            f"{say('Tìm đúng như đã gõ')}</button>"
        )
    return f'<p class="note {escaped(note.kind)}">{isolated(say_message(note.message))}{instead}</p>'


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
    count = f"{say('{} mục', len(answers))} {confidence_html(answers[0].confidence)}"
    return (
        f'<div class="answer listed"><p class="count">{count}</p>'
        f'<ol class="{size}">{items}</ol>{_citations_html(first[::-1], beside=everything)}</div>'
    )


def why_html(lines: Sequence[Message]) -> str:
    """Why the reply says what it says, folded."""
    items = "".join(f"<li>{isolated(say_message(line))}</li>" for line in lines)
    return f'<details class="why"><summary>{say("Vì sao?")}</summary><ul>{items}</ul></details>'


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
    others = f"<summary>{say('{} câu trả lời khác', len(parts) - 1)}</summary>{''.join(parts[1:])}"
    return [parts[0], f'<details class="others">{others}</details>']


def _one_answer_html(answer: Answer, citations: Sequence[_Numbered], *, beside: Sequence[_Numbered]) -> str:
    whole_sentence = answer.text.strip() == answer.citation.sentence.strip()
    size = "short long" if len(answer.text) > _LONG_ANSWER else "short"
    link = _number_html(citations[0], beside=beside) if whole_sentence else ""
    short = f"{isolated(answer.text)} {link} {confidence_html(answer.confidence)}"
    marked = marked_html(answer.citation)
    sentence = "" if whole_sentence else _sentence_html(marked, citations[0], beside=beside)
    sources = _citations_html(citations, beside=beside)
    return f'<div class="answer"><p class="{size}">{short}</p>{sentence}{sources}</div>'


def _no_answer_html(reply: Reply) -> str:
    looked = (
        f'<p class="looked">{say("Đã tìm: {}", isolated(reply.understood))}</p>' if reply.understood else ""
    )
    verdict = f'<p class="short none">{say(NO_ANSWER)}</p>{looked}'
    if not reply.closest:
        return verdict
    numbered = list(enumerate(reply.closest, start=1))
    sentences = "".join(
        f"<li>{_sentence_html(escaped(one[1].sentence), one, beside=numbered)}"
        f"{_citations_html([one], beside=numbered)}</li>"
        for one in numbered
    )
    return (
        f'{verdict}<div class="closest"><h3>{say("Những câu gần nhất")} '
        f"<span>{say('(không phải là câu trả lời)')}</span></h3>"
        f"<ul>{sentences}</ul></div>"
    )


def _sentence_html(words: str, numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """A quoted sentence, ``words`` being its HTML, with its number."""
    link = _number_html(numbered, beside=beside)
    return f'<blockquote class="sentence"><bdi>{words}</bdi> {link}</blockquote>'


def marked_html(citation: Citation) -> str:
    """The sentence with the cited span marked."""
    sentence = citation.sentence
    start, end = citation.start - citation.sentence_start, citation.end - citation.sentence_start
    if not 0 <= start < end <= len(sentence):
        return escaped(sentence)
    return f"{escaped(sentence[:start])}<mark>{escaped(sentence[start:end])}</mark>{escaped(sentence[end:])}"


def _number_html(numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """``[1]`` as a link; for a screen reader, with the title it leads to."""
    number, citation = numbered
    name = escaped(say("[{}] Mở bài “{}”", number, citation.title))
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
        f'<span class="details">{" · ".join([*details, ""])}<span class="open">{say("mở bài")}</span></span>'
    )


def _to_place(numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """The attributes of a link to the place; it works without a script too, in a new tab for instance."""
    number, citation = numbered
    query = Place.of(citation, number=number, others=beside).query()
    return f'href="{escaped(query)}" data-place'
