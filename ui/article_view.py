"""An article → escaped HTML, whole and in order, with its cited spans marked.

The law: the text of the ``.text`` element is the article's text, character for character (line ends between the
paragraphs included), and the text of the mark with number *n* is the span that citation *n* cites.
Leaves out the replies: see :mod:`ui.render`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.span import Span
from ui.language import say
from ui.markup import day, escaped, isolated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.article import Article
    from ui.place import Mark, Place

_CHANGED = "Bài viết này đã thay đổi sau khi được trích dẫn, nên chỗ được trích không còn đánh dấu được."


def article_html(article: Article, place: Place) -> str:
    """The article opened at a place.

    :param place: its spans outside the text are left out; none is marked where the text has changed since.
    """
    changed = not article.sha256.startswith(place.checksum)
    marks = [] if changed else _apart([mark for mark in place.marks if mark.span.end <= len(article.text)])
    sentence = None if changed else place.sentence
    warning = f'<p class="problem">{say(_CHANGED)}</p>' if changed else ""
    body = _text_html(article, marks=marks, sentence=sentence)
    bar = _bar_html(article, place, marks=marks)
    return (
        f'<article class="open-article" aria-label="{say("Bài viết")}">{bar}{warning}'
        f'<div class="text" lang="vi">{body}</div></article>'
    )


def missing_html(identifier: str) -> str:
    """What is shown where an address names an article that the index does not hold."""
    return _in_the_way_html(say("Không có bài viết {} trong chỉ mục.", isolated(identifier)))


def unopened_html(message: str) -> str:
    """What is shown where nothing can be opened, ``message`` saying why."""
    return _in_the_way_html(isolated(message))


def _in_the_way_html(words: str) -> str:
    return (
        f'<article class="open-article" aria-label="{say("Bài viết")}"><header>{close_html()}</header>'
        f'<p class="problem" role="alert">{words}</p></article>'
    )


def close_html() -> str:
    """The button that closes what is open beside the chat."""
    return f'<button type="button" class="close" data-action="close">{say("Đóng")}</button>'


def _bar_html(article: Article, place: Place, *, marks: Sequence[Mark]) -> str:
    details = [day(article.published)] if article.published else []
    details += [isolated(article.source)] if article.source else []
    details.append(f'<span class="file">{isolated(article.id)}</span>')
    steps = (
        f'<button type="button" data-action="previous" aria-label="{say("Chỗ được trích phía trước")}">↑</button>'
        f'<button type="button" data-action="next" aria-label="{say("Chỗ được trích tiếp theo")}">↓</button>'
    )
    quote = _copy_html("copy", quoted(article, marks[0].span), say("Chép trích dẫn")) if marks else ""
    link = _copy_html("link", place.query(), say("Chép liên kết"))
    buttons = (steps if len(marks) > 1 else "") + quote + link
    return (
        f'<header><div class="heading"><h2 tabindex="-1">{isolated(article.title)}</h2>{close_html()}</div>'
        f'<p class="details">{" · ".join(details)}</p><div class="tools">{buttons}</div></header>'
    )


def _copy_html(action: str, text: str, label: str) -> str:
    return (
        f'<button type="button" data-action="{action}" data-copy="{escaped(text)}" '
        f'data-done="{say("Đã chép")}" data-failed="{say("Không chép được")}">{label}</button>'
    )


def quoted(article: Article, span: Span) -> str:
    """A span as a quotation with the place it comes from: “…” — title, date, source."""
    source = [article.title, day(article.published) if article.published else "", article.source or ""]
    return f"“{span.of(article.text)}” — {', '.join(part for part in source if part)}"


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those that overlap an earlier one: each mark is one piece, so that its text is its span."""
    kept: list[Mark] = []
    for mark in marks:
        if not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    return kept


def _text_html(article: Article, *, marks: Sequence[Mark], sentence: Span | None) -> str:
    lines = []
    headline = article.title
    for line in _lines(article.text):
        written = line.of(article.text)
        if not written.strip():
            lines.append(escaped(written))
            continue
        style = ' class="headline"' if written.strip() == headline else ""
        headline = "" if style else headline  # only where it stands first
        words = "".join(_pieces(article, line, marks=marks, sentence=sentence))
        lines.append(f"<p{style}>{words}</p>")
    return "\n".join(lines)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _pieces(article: Article, line: Span, *, marks: Sequence[Mark], sentence: Span | None) -> Iterator[str]:
    """The line cut wherever a mark, the sentence or page furniture starts or ends."""
    spans = [mark.span for mark in marks] + list(article.furniture) + ([sentence] if sentence else [])
    edges = {edge for span in spans for edge in span if line.start < edge < line.end}
    cuts = [line.start, *sorted(edges), line.end]
    for piece in map(Span, cuts, cuts[1:]):
        words = escaped(piece.of(article.text))
        for position, mark in enumerate(marks):
            if mark.span.overlaps(piece):
                quote = quoted(article, mark.span) if mark.span.start == piece.start else None
                words = _mark_html(mark, words, first=position == 0, quote=quote)
        if sentence and sentence.overlaps(piece):
            words = f'<span class="cited-sentence">{words}</span>'
        if any(span.overlaps(piece) for span in article.furniture):
            words = f'<span class="furniture">{words}</span>'
        yield words


def _mark_html(mark: Mark, words: str, *, first: bool, quote: str | None) -> str:
    """A mark; one that goes on over a line end is one element a line, of which the first has the identifier.

    :param quote: what to copy of the whole mark; ``None`` where the element only goes on with it.
    """
    opens = quote is not None
    identifier = f' id="cited-{mark.number}" data-copy="{escaped(quote)}"' if quote is not None else ""
    target = ' class="target" tabindex="-1"' if first and opens else ' class="target"' if first else ""
    number = f' data-number="{mark.number}"' if mark.number and opens else ""
    return f"<mark{identifier}{target}{number}>{words}</mark>"
