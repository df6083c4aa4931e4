"""Question + hits → candidate answers: spans of the hits, by the shipped extractive reader.

The reader sees ``<s> question </s> </s> title </s> sentences </s>``, sentence by sentence, so that page furniture
between them is never read and every token knows its place in the article.  Passages longer than a window are
read in windows that overlap.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.normalize import sound
from index.onnx_model import OnnxModel
from index.span import Span
from qa.bodies import with_seat, with_second_half
from qa.contacts import with_contact
from qa.counted import with_counted
from qa.days import only_the_day, with_day_word
from qa.edges import fit_of_edges
from qa.fit import fit
from qa.labels import stands_behind_label
from qa.meanings import with_meaning
from qa.reasons import with_reason
from qa.setting import setting
from qa.spans import best_spans
from qa.whole import only_links, with_whole_amount, with_whole_code, with_whole_name, with_whole_office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.hit import Hit
    from qa.spans import TokenSpan

SHIPPED = Path(__file__).with_name("reader_model")

BEGIN, END = 0, 2
"""Token identifiers of ``<s>`` and ``</s>``."""
LONGEST_QUESTION = 64
LONGEST_TITLE = 32
LONGEST_WINDOW = 320
"""Tokens in all; the reader was trained on windows about as long."""
STRIDE = 128
"""Tokens that a window shares with the one before."""
SPANS = 4
"""Candidates that are taken from one passage."""
_EDGE = 5.0
"""Logits that a place which is told by its form is worth to who asks for that: a byline for the author, the words that
an abbreviation stands for, a telephone number; to the reader a name in a line of its own tells little."""
_LABEL = 3.0
"""Logits that a label is worth whose words the question has."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer.

    :ivar span: in the article's text.
    :ivar sentence: around it, likewise.
    :ivar margin: the reader's score less its score for no answer; comparable between passages.
    :ivar probability: the reader's, among all spans of the window and no answer.
    :ivar fit: 1 where it is of what the question names, -1 where it is of something else; see :func:`qa.fit.fit`.
    """

    hit: Hit
    span: Span
    sentence: Span
    margin: float
    probability: float
    fit: int = 0

    @property
    def article(self) -> Article:
        """What it is a span of."""
        return self.hit.article

    @property
    def text(self) -> str:
        """The words of the span."""
        return self.span.of(self.hit.article.text)


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens that are read at once.

    :ivar ids: of the tokens.
    :ivar spans: their places in the article; ``None`` for those of question and title.
    :ivar sentences: number of each token's sentence in the hit, shape (tokens,); -1 for question and title.
    """

    hit: Hit
    ids: tuple[int, ...]
    spans: tuple[Span | None, ...]
    sentences: NDArray[np.int64]


class Reader:
    """The extractive reader; safe to share between threads.

    :param model: a graph from tokens to start and end logits, (tokens, 2).
    """

    def __init__(self, model: OnnxModel) -> None:
        self._model = model

    @classmethod
    def from_folder(cls, folder: Path = SHIPPED) -> Reader:
        """Load a reader; takes about a tenth of a second.

        :raises ModelNotFound: if a file is missing.
        """
        return cls(OnnxModel.from_folder(folder))

    @property
    def identity(self) -> str:
        """``hoidap-reader-1:`` and 16 hexadecimal digits over the weights, the graph and the tokenizer."""
        return f"hoidap-reader-1:{self._model.digest}"

    def read(self, questions: Sequence[str], hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The likeliest spans of each hit that say a word, those with the highest margin first; each place comes once.

        :param questions: one for each hit, in words that it may have.
        """
        windows = [
            (question, window)
            for question, hit in zip(questions, hits, strict=True)
            for window in self.windows(question, hit)
        ]
        best: dict[tuple[str, Span], Candidate] = {}
        read = self._model.run_all([window.ids for _, window in windows])
        for (question, window), logits in zip(windows, read, strict=True):
            for found in best_spans(logits, window.sentences, n=SPANS):
                candidate = _candidate(window, found, question=question)
                if not any(map(str.isalnum, candidate.text)) or only_links(candidate.text):
                    continue
                place = (candidate.article.id, candidate.span)
                known = best.get(place)
                if known is None or candidate.margin > known.margin:
                    best[place] = candidate
        return tuple(sorted(best.values(), key=lambda c: (-c.margin, c.article.id, c.span)))

    def windows(self, question: str, hit: Hit) -> Iterator[Window]:
        """The windows that a hit is read in; most hits fit into one."""
        article = hit.article
        sentences = [sentence.of(article.text) for sentence in hit.sentences]
        headline = article.headline if sentences[:1] != [article.title] else None
        about = [part for part in (setting(question, hit), headline) if part]
        texts = [question, ": ".join(about), *sentences]
        asked, title, *said = self._model.tokenizer.encode_batch(
            [sound(text) for text in texts], add_special_tokens=False
        )
        head = [BEGIN, *asked.ids[:LONGEST_QUESTION], END, END]
        if title.ids:
            head += [*title.ids[:LONGEST_TITLE], END]
        ids = [id for encoding in said for id in encoding.ids]
        spans = [
            Span(sentence.start + start, sentence.start + end)
            for sentence, encoding in zip(hit.sentences, said, strict=True)
            for start, end in encoding.offsets
        ]
        numbers = [number for number, encoding in enumerate(said) for _ in encoding.ids]
        room = LONGEST_WINDOW - len(head) - 1
        for start in range(0, max(1, len(ids) - STRIDE), room - STRIDE) if len(ids) > room else (0,):
            part = slice(start, start + room)
            yield Window(
                hit=hit,
                ids=(*head, *ids[part], END),
                spans=(*[None] * len(head), *spans[part], None),
                sentences=np.array([*[-1] * len(head), *numbers[part], -1], np.int64),
            )


def _candidate(window: Window, found: TokenSpan, *, question: str) -> Candidate:
    hit = window.hit
    first, last = window.spans[found.first], window.spans[found.last]
    if first is None or last is None:
        raise ValueError(f"{found} is no place of the passage")
    sentence = hit.sentences[int(window.sentences[found.first])]
    span = whole_words(hit.article.text, Span(first.start, last.end), inside=sentence)
    span = with_second_half(hit.article.text, span, inside=sentence)
    span = with_seat(hit.article.text, span, inside=sentence)
    span = with_counted(hit.article.text, span, inside=sentence, question=question)
    span = with_day_word(hit.article.text, span, inside=sentence, question=question)
    span = with_whole_amount(hit.article.text, span, inside=sentence)
    span = with_whole_code(hit.article.text, span, inside=sentence)
    span = with_whole_name(hit.article.text, span, inside=sentence, question=question)
    span = with_whole_office(hit.article.text, span, inside=sentence, question=question)
    span = with_reason(hit.article.text, span, inside=sentence, question=question)
    span = only_the_day(hit.article.text, span, question=question)
    span, meaning = with_meaning(hit.article.text, span, inside=sentence, question=question)
    span, contact = with_contact(hit.article.text, span, inside=sentence, question=question)
    edge = meaning or contact or fit_of_edges(question, hit.article, span)
    labelled = stands_behind_label(question, hit.article.text, span, sentence=sentence)
    # what the article itself says in brackets is there, however unlikely the reader finds it
    margin = max(found.margin, 0.0) if meaning > 0 else found.margin
    return Candidate(
        hit,
        span,
        sentence,
        margin + (_EDGE if edge > 0 else _LABEL if labelled else 0.0),
        found.probability,
        edge or fit(question, hit.article.text, span, sentence=sentence),
    )


_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_LOOSE = ",;:.…-–"
"""What may follow or precede an answer without belonging to it."""
_BOTH = re.compile(r"\b(?:(?P<both>vừa)|không chỉ|không những) $", re.IGNORECASE)
_AND = {True: " vừa ", False: " mà "}
"""What stands between the two things that such a word announces."""


def whole_words(text: str, span: Span, *, inside: Span) -> Span:
    """The span grown to whole words, without blanks, loose punctuation and brackets that it only holds half of.

    What begins behind the first of "vừa … vừa" begins with it.

    >>> text = "Dự có ông Phạm Bảo Sơn (Giám đốc), bà Hoa; 3.789 người."
    >>> whole_words(text, Span(11, 32), inside=Span(0, 55)).of(text)
    'Phạm Bảo Sơn (Giám đốc)'
    >>> whole_words(text, Span(23, 32), inside=Span(0, 55)).of(text)
    'Giám đốc'
    >>> whole_words(text, Span(42, 44), inside=Span(0, 55)).of(text)
    '3.789'
    >>> whole_words("Họ vừa dạy vừa học.", Span(7, 18), inside=Span(0, 19)).of("Họ vừa dạy vừa học.")
    'vừa dạy vừa học'
    """
    start, end = span
    while start > inside.start and _joined(text, start):
        start -= 1
    while end < inside.end and _joined(text, end):
        end += 1
    while end - start > 1:
        first, last, rest = text[start], text[end - 1], text[start:end]
        if first.isspace() or (first in _LOOSE and not text[start + 1].isdigit()):
            start += 1
        elif last.isspace() or last in _LOOSE:
            end -= 1
        elif first in _PAIRS and _PAIRS[first] not in rest:
            start += 1
        elif last in _OPENING and _OPENING[last] not in rest:
            end -= 1
        else:
            break
    if end < inside.end and text[end] == _waiting(text[start:end]):
        end += 1
    both = _BOTH.search(text, inside.start, start)
    if both and _AND[bool(both["both"])] in text[start:end]:
        start = both.start()
    return Span(start, end)


def _joined(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong to one word or number."""
    before, after = text[place - 1], text[place]
    if before in ".," and after.isdigit():
        return text[place - 2 : place - 1].isdigit()
    if after in ".," and before.isdigit():
        return text[place + 1 : place + 2].isdigit()
    return all(char.isalnum() or unicodedata.combining(char) for char in (before, after))


def _waiting(part: str) -> str | None:
    """The closing bracket that the part lacks."""
    return next((end for begin, end in _PAIRS.items() if part.count(begin) > part.count(end)), None)
