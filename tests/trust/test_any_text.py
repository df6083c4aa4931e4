"""The law on any Unicode string: what is a span of an article is words of that article, and nothing raises."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from index.article import Article, read_articles
from index.dates import find_dateline, parse_date
from index.decoding import decode
from index.errors import UnreadableArticle
from index.furniture import find_furniture
from index.hit import Hit
from index.lines import lines, paragraphs
from index.moments import moments
from index.normalize import normalize
from index.numerals import numerals
from index.passage import cut_passages, search_text, sentences_of
from index.sentences import split_sentences
from index.short_forms import short_forms
from index.span import Span
from index.terms import fold, question_terms, syllables, term_counts, terms
from qa.answer import Answer, Reply
from qa.decision import cite
from qa.lists import list_around
from qa.people import people_in
from qa.question import understand
from qa.question_kind import Kind
from qa.spans import best_spans
from tests.fakes import BagEncoder
from tests.trust.shown_page import ShownPage
from ui.article_view import article_html
from ui.markup import inert
from ui.place import Place
from ui.render import answer_html

# Pieces that the rules look for, glued by anything: single characters alone hardly ever make a date or a list.
PIECES = st.sampled_from(
    [
        "Hội nghị",
        "Đảng bộ",
        "ông Lê An",
        "TS.",
        "PGS.TS.",
        "Tin: ",
        "Lượt xem: 7",
        "17/8/2022",
        "ngày 31 tháng 2",
        "(1) ",
        "; ",
        ": ",
        "“",
        "”",
        "…",
        ".",
        "\n",
        "\n\n",
        "\x0c",
        "\r\n",
        "\u2028",
        "́",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x00",
        "\x85",
        "�",
        "😀",
        "ﬁ",
        "İ",
        "ß",
        "½",
        "²",
        "٣",
        "a) ",
        "- ",
        "• ",
        "1.",
        "gồm ",
        "<b>",
        "&amp;",
        "</p>",
        "'",
        '"',
        "Số 5",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6), st.characters()), max_size=40).map("".join)
fuzz = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def in_order(spans, text):
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@fuzz
@given(TEXTS)
def test_a_normal_text_is_nfc_and_stays_as_it_is(raw):
    text = normalize(raw)
    assert normalize(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\r]", text)
    text.encode("utf-8")


@fuzz
@given(TEXTS)
def test_lines_paragraphs_and_furniture_are_in_order(raw):
    text = normalize(raw)
    for spans in (list(lines(text)), list(paragraphs(text)), list(find_furniture(text))):
        in_order(spans, text)


@fuzz
@given(TEXTS)
def test_sentences_are_in_order_and_leave_nothing_out(raw):
    text = normalize(raw)
    sentences = split_sentences(text)
    in_order(sentences, text)
    covered = "".join(sentence.of(text) for sentence in sentences)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(sentence.of(text) == sentence.of(text).strip() for sentence in sentences)


@fuzz
@given(TEXTS)
def test_passages_and_hits_are_words_of_their_article(raw):
    article = Article.from_text(raw, id="a.txt")
    in_order(article.furniture, article.text)
    encoder = BagEncoder()
    for passage in cut_passages(article, count_tokens=encoder.count_tokens, max_tokens=12):
        in_order(passage.sentences, article.text)
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert not any(one.overlaps(piece) for one in passage.sentences for piece in article.furniture)
        hit = Hit(article, passage.start, passage.end, passage.sentences, 1.0, None, None, 0.0)
        assert hit.text == article.text[hit.start : hit.end]
        ids, counts = term_counts(search_text(article, passage))
        assert len(ids) == len(counts) and list(ids) == sorted(set(ids.tolist()))


@fuzz
@given(TEXTS)
def test_dates_numbers_and_terms_of_any_text(raw):
    text = normalize(raw)
    day = parse_date(text)
    assert day is None or day.year > 1800
    dateline = find_dateline(text)
    assert dateline is None or parse_date(dateline.span.of(text)) == dateline.day
    for moment in moments(fold(text)):
        assert 1 <= moment.month <= 12
    for words in syllables(text):
        assert all(number.isdecimal() for number in numerals(list(words)))
    for short, long, _ in short_forms(text):
        assert long in " ".join(text.split()), short
    assert terms(text) == terms(text)
    question_terms(text)


@fuzz
@given(TEXTS)
def test_any_question_is_understood_as_something(raw):
    assume(any(map(str.isalnum, raw)))
    assert understand(raw).text


@fuzz
@given(st.binary(max_size=400) | TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_are_text_or_a_reason(data):
    try:
        text = decode(data)
    except ValueError as error:
        assert str(error)
    else:
        assert unicodedata.is_normalized("NFC", text)
    for suffix in (".txt", ".md", ".jsonl"):
        try:
            found = read_articles(_Named(suffix), id=f"a{suffix}", data=data)
        except UnreadableArticle as problem:
            assert problem.reason
        else:
            assert all(article.text == normalize(article.text) for article in found.articles)


class _Named:
    """As much of a path as reading bytes needs."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix


@fuzz
@given(st.integers(0, 2**32 - 1), st.integers(0, 30), st.integers(1, 5))
def test_decoded_spans_are_the_best_ones_by_brute_force(seed, tokens, n):
    draw = np.random.default_rng(seed)
    logits = draw.normal(size=(tokens + 1, 2)).astype(np.float32)
    sentences = np.sort(draw.integers(-1, 4, tokens + 1))
    sentences[0] = -1
    found = best_spans(logits, sentences, n=n, longest=6)
    possible = [
        (first, last)
        for first in range(tokens + 1)
        for last in range(first, min(tokens + 1, first + 6))
        if sentences[first] == sentences[last] >= 0
    ]
    assert len(found) <= n
    taken: list[tuple[int, int]] = []
    for span in found:
        free = [one for one in possible if all(one[1] < two[0] or one[0] > two[1] for two in taken)]
        best = max(float(logits[first, 0]) + float(logits[last, 1]) for first, last in free)
        got = float(logits[span.first, 0]) + float(logits[span.last, 1])
        assert got == pytest.approx(best)
        assert (span.first, span.last) in free
        taken.append((span.first, span.last))


@fuzz
@given(TEXTS, st.data())
def test_items_of_lists_and_names_are_words_of_the_article(raw, data):
    article = Article.from_text(raw, id="a.txt")
    sentences = sentences_of(article)
    if not sentences:
        return
    sentence = data.draw(st.sampled_from(sentences))
    start = data.draw(st.integers(sentence.start, sentence.end - 1))
    span = Span(start, data.draw(st.integers(start + 1, sentence.end)))
    in_order(list(people_in(article.text, sentence)), article.text)
    for kind in (Kind.PERSON, Kind.THING):
        for item in list_around(article.text, span, sentences=sentences, kind=kind, question="Có những ai?"):
            assert cite(article, item.span, sentence=item.sentence).text == item.span.of(article.text)


@fuzz
@given(TEXTS, TEXTS, st.data())
def test_what_the_chat_shows_is_what_the_article_says(raw, question, data):
    """The rendered page, read as a browser does, against the spans that it cites."""
    article = Article.from_text(raw, id=f"tin/{raw[:9]}.txt")
    sentences = sentences_of(article)
    if not sentences:
        return
    citations = []
    for _ in range(data.draw(st.integers(1, 3))):
        sentence = data.draw(st.sampled_from(sentences))
        start = data.draw(st.integers(sentence.start, sentence.end - 1))
        citations.append(
            cite(article, Span(start, data.draw(st.integers(start + 1, sentence.end))), sentence=sentence)
        )
    said = [inert(citation.text) for citation in citations]
    within = {inert(citation.sentence) for citation in citations}

    answers = tuple(Answer(0.9, (citation,)) for citation in citations)
    page = ShownPage(answer_html(Reply(question, answers, (), (), 0.0)))
    shown = [text.rsplit(" ", 2)[0].rstrip() for text in page.texts("p", "short")]
    assert len(shown) == len(said)
    for text, words in zip(page.texts("p", "short"), said, strict=True):
        assert text.startswith(words)
    assert all(any(mark == words for words in said) for mark in page.texts("mark"))
    quoted = [text.rsplit(" [", 1)[0] for text in page.texts("blockquote", "sentence")]
    assert set(quoted) <= within

    page = ShownPage(answer_html(Reply(question, (), tuple(citations), (), 0.0)))
    quoted = [text.rsplit(" [", 1)[0] for text in page.texts("blockquote", "sentence")]
    assert quoted == [inert(citation.sentence) for citation in citations]

    page = ShownPage(article_html(article, Place.of(citations[0], number=1, others=[(1, citations[0])])))
    assert page.texts("div", "text") == [inert(article.text)]
    assert "".join(page.texts("mark")) == inert(citations[0].text).replace("\n", "")
