"""Reply → escaped HTML: the answer in its sentence, numbered citations, notes, and what to say when there is none.

Takes values of :mod:`qa.answer`, gives strings; pure.  Everything that an article or a user wrote goes through
:mod:`ui.markup`.  Leaves out the conversation around it and the article beside the chat: see
:mod:`ui.conversation_view` and :mod:`ui.article_view`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from qa.answer import NO_ANSWER
from ui.language import say, say_message
from ui.markup import day, escaped, isolated
from ui.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qa.answer import Answer, Citation, Note, Reply
    from qa.message import Message

_LONG_ANSWER = 60  # characters; a longer answer is a clause, and large print would shout it
_CONFIDENCE_WORDS = ((0.85, "sure", "chắc chắn"), (0.6, "likely", "khá chắc"), (0.0, "unsure", "chưa chắc"))
_CONFLICT = "conflict"  # the kind of note that speaks of the answers, not of the question

_Numbered = tuple[int, "Citation"]
_Value = TypeVar("_Value")


def answer_html(reply: Reply) -> str:
    """Everything that is shown for a reply: notes, answers with citations, or the closest sentences.

    That the articles contradict each other is told between the best answer and those that contradict it.
    """
    above, conflicts = placed_notes(reply)
    if reply.listed:
        answers = _list_html(reply.answers)
    elif reply.answered:
        answers = "".join(_answers_html(reply.answers, conflicts=conflicts))
    else:
        answers = _no_answer_html(reply)
    return "".join(map(_note_html, above)) + answers


def placed_notes(reply: Reply) -> tuple[list[Note], list[Note]]:
    """The notes above the answers, and those below the best of them, which say what contradicts it."""
    compete = reply.answered and not reply.listed
    below = [note for note in reply.notes if compete and note.kind == _CONFLICT]
    return [note for note in reply.notes if note not in below], below


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


def _numbered(answers: Sequence[Answer]) -> list[tuple[_Numbered, ...]]:
    """The citations of each answer, numbered through the reply."""
    numbered, number = [], 0
    for answer in answers:
        numbered.append(tuple(enumerate(answer.citations, start=number + 1)))
        number += len(answer.citations)
    return numbered


def _list_html(answers: Sequence[Answer]) -> str:
    """The items of a list, each with its number, then the sentences that they stand in."""
    numbered = _numbered(answers)
    everything = [citation for citations in numbered for citation in citations]
    items = "".join(
        f"<li>{isolated(answer.text)} {_number_html(citations[0], beside=everything)}</li>"
        for answer, citations in zip(answers, numbered, strict=True)
    )
    size = "items long" if any(len(answer.text) > _LONG_ANSWER for answer in answers) else "items"
    count = f"{say('{} mục', len(answers))} {confidence_html(answers[0].confidence)}"
    by_article = grouped(everything, key=lambda one: one[1].article)
    sources = "".join(_sentences_html(citations, beside=everything) for citations in by_article)
    return f'<div class="answer listed"><p class="count">{count}</p><ol class="{size}">{items}</ol>{sources}</div>'


def _sentences_html(citations: Sequence[_Numbered], *, beside: Sequence[_Numbered]) -> str:
    """The sentences of one article, each once with everything marked that is cited from it, and the article once."""
    by_sentence = grouped(citations, key=lambda one: one[1].sentence_start)
    sentences = "".join(
        _sentence_html(marked_html(*(citation for _, citation in shared)), shared, beside=beside)
        for shared in by_sentence
        if not _is_sentence(shared[0][1])
    )
    return sentences + _citations_html(citations, beside=beside)


def grouped(values: Iterable[_Value], *, key: Callable[[_Value], object]) -> list[list[_Value]]:
    """The values with the same key together, in the order of the first of each.

    >>> grouped(["Cầu", "Thư viện", "Chợ"], key=lambda word: word[0])
    [['Cầu', 'Chợ'], ['Thư viện']]
    """
    groups: dict[object, list[_Value]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return list(groups.values())


def _is_sentence(citation: Citation) -> bool:
    """Whether the whole sentence is cited, so that it need not be written twice."""
    return citation.text.strip() == citation.sentence.strip()


def why_html(lines: Sequence[Message]) -> str:
    """Why the reply says what it says, folded."""
    items = "".join(f"<li>{isolated(say_message(line))}</li>" for line in lines)
    return f'<details class="why"><summary>{say("Vì sao?")}</summary><ul>{items}</ul></details>'


def _answers_html(answers: Sequence[Answer], *, conflicts: Sequence[Note]) -> list[str]:
    """The best answer in full, the others folded, or all of them where they contradict each other."""
    numbered = _numbered(answers)
    everything = [citation for citations in numbered for citation in citations]
    parts = [
        _one_answer_html(answer, citations, beside=everything)
        for answer, citations in zip(answers, numbered, strict=True)
    ]
    if len(parts) == 1 or conflicts:
        return [parts[0], *map(_note_html, conflicts), *parts[1:]]
    others = f"<summary>{say('{} câu trả lời khác', len(parts) - 1)}</summary>{''.join(parts[1:])}"
    return [parts[0], f'<details class="others">{others}</details>']


def _one_answer_html(answer: Answer, citations: Sequence[_Numbered], *, beside: Sequence[_Numbered]) -> str:
    whole_sentence = _is_sentence(answer.citation)
    size = "short long" if len(answer.text) > _LONG_ANSWER else "short"
    link = _number_html(citations[0], beside=beside) if whole_sentence else ""
    short = f"{isolated(answer.text)} {link} {confidence_html(answer.confidence)}"
    marked = marked_html(answer.citation)
    sentence = "" if whole_sentence else _sentence_html(marked, citations[:1], beside=beside)
    sources = _citations_html(*([one] for one in citations), beside=beside)
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
        f"<li>{_sentence_html(escaped(one[1].sentence), [one], beside=numbered)}"
        f"{_citations_html([one], beside=numbered)}</li>"
        for one in numbered
    )
    return (
        f'{verdict}<div class="closest"><h3>{say("Những câu gần nhất")} '
        f"<span>{say('(không phải là câu trả lời)')}</span></h3>"
        f"<ul>{sentences}</ul></div>"
    )


def _sentence_html(words: str, cited: Sequence[_Numbered], *, beside: Sequence[_Numbered]) -> str:
    """A quoted sentence, ``words`` being its HTML, with the numbers of what is cited from it."""
    links = " ".join(_number_html(numbered, beside=beside) for numbered in cited)
    return f'<blockquote class="sentence"><bdi>{words}</bdi> {links}</blockquote>'


def marked_html(*citations: Citation) -> str:
    """The sentence that the citations share, with their spans marked; of spans that overlap, the first."""
    sentence, offset = citations[0].sentence, citations[0].sentence_start
    pieces, place = [], 0
    for start, end in sorted((citation.start - offset, citation.end - offset) for citation in citations):
        if place <= start < end <= len(sentence):
            pieces += [escaped(sentence[place:start]), f"<mark>{escaped(sentence[start:end])}</mark>"]
            place = end
    return "".join([*pieces, escaped(sentence[place:])])


def _number_html(numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """``[1]`` as a link; for a screen reader, with the title it leads to."""
    number, citation = numbered
    name = escaped(say("[{}] Mở bài “{}”", number, citation.title))
    return f'<a class="cite" {_to_place(numbered, beside=beside)} aria-label="{name}">[{number}]</a>'


def _citations_html(*sources: Sequence[_Numbered], beside: Sequence[_Numbered]) -> str:
    """The articles that are cited, each with all the citations that it stands for."""
    items = "".join(
        f'<li><a class="source" {_to_place(cited[0], beside=beside)}>{_source_html(cited)}</a></li>'
        for cited in sources
    )
    return f'<ol class="citations">{items}</ol>'


def _source_html(cited: Sequence[_Numbered]) -> str:
    _, citation = cited[0]
    numbers = numbered_as([number for number, _ in cited])
    details = [day(citation.published)] if citation.published else []
    details += [isolated(citation.source)] if citation.source else []
    return (
        f'<span class="number">{numbers}</span><span class="title">{isolated(citation.title)}</span>'
        f'<span class="details">{" · ".join([*details, ""])}<span class="open">{say("mở bài")}</span></span>'
    )


def numbered_as(numbers: Sequence[int]) -> str:
    """Ascending numbers, those without a gap by the first and the last.

    >>> numbered_as([1]), numbered_as([1, 3]), numbered_as([2, 3, 4])
    ('1', '1, 3', '2–4')
    """
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{first}–{last}"
    return ", ".join(map(str, numbers))


def _to_place(numbered: _Numbered, *, beside: Sequence[_Numbered]) -> str:
    """The attributes of a link to the place; it works without a script too, in a new tab for instance."""
    number, citation = numbered
    query = Place.of(citation, number=number, others=beside).query()
    return f'href="{escaped(query)}" data-place'
