"""Whatever the text, a candidate is a place in its article, in the sentence that the reader pointed at."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.hit import Hit
from index.onnx_model import OnnxModel
from index.passage import sentences_of
from index.span import Span
from qa.reader import END, LONGEST_QUESTION, LONGEST_WINDOW, SHIPPED, STRIDE, Reader, whole_words


class Encoding:
    def __init__(self, text):
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        self.ids = [3 + crc32(match[0].encode()) for match in found]
        self.offsets = [match.span() for match in found]


class Words:
    """A tokenizer whose tokens are words and signs."""

    def encode_batch(self, texts, add_special_tokens):
        assert not add_special_tokens
        return [Encoding(text) for text in texts]


class Session:
    """A graph that wants the span from the first ``wanted`` token to the last."""

    class Output:
        shape = (1, None, 2)

    def __init__(self, *wanted):
        self.wanted = [Encoding(word).ids[0] for word in wanted]
        self.seen = []

    def get_outputs(self):
        return [self.Output()]

    def run(self, _names, feed):
        ids = feed["input_ids"].tolist()
        self.seen.append(ids)
        logits = np.zeros((1, len(ids), 2), np.float32)
        for place, id in enumerate(ids):
            logits[0, place, 0] = 5 * (id == self.wanted[0])
            logits[0, place, 1] = 5 * (id == self.wanted[-1])
        return [logits]


def reader(*wanted):
    return Reader(OnnxModel(Path(), Session(*wanted), Words()))


def hit(text, *, title="", score=1.0):
    article = Article.from_text(text, id="bai.txt", title=title)
    return Hit(article, 0, len(article.text), sentences_of(article), score, 1, 1, 0.5)


TEXT = "Cầu dài 240 mét. Lượt xem: 133\nCầu do ông Phan Văn Lộc (kỹ sư) thiết kế."


def test_the_best_candidate_is_what_the_graph_points_at_in_its_sentence():
    (best, *_) = reader("Phan", "Lộc").read(["Ai thiết kế?"], [hit(TEXT)])
    assert best.text == "Phan Văn Lộc"
    assert best.sentence.of(best.article.text) == "Cầu do ông Phan Văn Lộc (kỹ sư) thiết kế."
    assert best.margin == pytest.approx(10.0)


def test_a_span_never_crosses_sentences():
    for candidate in reader("240", "Lộc").read(["Gì?"], [hit(TEXT)]):
        assert candidate.sentence.start <= candidate.span.start < candidate.span.end <= candidate.sentence.end


def test_question_and_headline_stand_before_the_sentences():
    session = Session("x")
    given = hit("Cầu dài 240 mét.", title="Tin cầu")
    Reader(OnnxModel(Path(), session, Words())).read(["Dài mấy?"], [given])
    asked, title, said = (Encoding(text).ids for text in ("Dài mấy?", "Tin cầu", "Cầu dài 240 mét."))
    assert session.seen == [[0, *asked, END, END, *title, END, *said, END]]


def test_a_body_that_only_the_rest_of_the_article_names_stands_before_the_headline():
    text = "Trường Đại học Công nghệ họp.\n\nBí thư là ông Sơn."
    whole = hit(text, title="Tin trường")
    given = replace(whole, start=whole.sentences[-1].start, sentences=whole.sentences[-1:])
    session = Session("x")
    question = "Bí thư Trường Đại học Công nghệ là ai?"
    Reader(OnnxModel(Path(), session, Words())).read([question], [given])
    title = Encoding("Trường Đại học Công nghệ: Tin trường").ids
    assert session.seen == [
        [0, *Encoding(question).ids, END, END, *title, END, *Encoding("Bí thư là ông Sơn.").ids, END]
    ]


def test_a_headline_that_is_the_first_sentence_is_not_read_twice():
    session = Session("x")
    Reader(OnnxModel(Path(), session, Words())).read(["Gì?"], [hit("Tin cầu\n\nCầu dài.", title="Tin cầu")])
    assert session.seen[0].count(Encoding("Tin").ids[0]) == 1


def test_a_long_passage_is_read_in_windows_that_overlap():
    words = [f"w{number}" for number in range(900)]
    text = " ".join(words) + "."
    question = " ".join(["q"] * 100)
    model = reader("w777")
    windows = list(model.windows(question, hit(text)))
    assert all(len(window.ids) <= LONGEST_WINDOW for window in windows)
    assert all(window.ids.count(Encoding("q").ids[0]) >= LONGEST_QUESTION for window in windows)
    starts = [next(span for span in window.spans if span).start for window in windows]
    ends = [[span for span in window.spans if span][-1].end for window in windows]
    assert (starts[0], ends[-1]) == (0, len(text))
    for start, end in zip(starts[1:], ends, strict=False):
        assert len(text[start:end].split()) in (STRIDE, STRIDE + 1)
    assert model.read([question], [hit(text)])[0].text == "w777"


def test_a_place_of_two_overlapping_passages_comes_once():
    one = hit(TEXT)
    found = reader("Phan", "Lộc").read(["Ai?"] * 2, [one, one])
    assert len({candidate.span for candidate in found}) == len(found)


def test_a_sign_is_no_answer():
    found = reader(",", ",").read(["Gì?"], [hit("Cầu, dài 240 mét.")])
    assert all(any(map(str.isalnum, candidate.text)) for candidate in found)


def test_nothing_found_is_nothing_read():
    assert reader("x").read([], []) == ()


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("có 3.789 người", "789", "3.789"),
        ("có 3.789 người", "3", "3.789"),
        ("ngày 17/8/2022, xã", "17/8/2022,", "17/8/2022"),
        ("tăng -5 %.", "-5 %.", "-5 %"),
        ("ông Lộc (kỹ sư) nói", "Lộc (kỹ sư", "Lộc (kỹ sư)"),
        ("ông Lộc (kỹ sư) nói", "kỹ sư)", "kỹ sư"),
        ("báo “Sông Mây” viết", "“Sông Mây", "Sông Mây"),
        ("Lê Thị Hạnh,", "ê Thị Hạn", "Lê Thị Hạnh"),
        ("viết e\u030b\u0323o đó", "o", "e\u030b\u0323o"),
        ("a\u00a0b c", "\u00a0b ", "b"),
        ("…", "…", "…"),
    ],
)
def test_spans_are_whole_words_without_loose_signs(text, part, wanted):
    start = text.index(part)
    assert whole_words(text, Span(start, start + len(part)), inside=Span(0, len(text))).of(text) == wanted


@given(st.text(alphabet="aạ1 .,()“”-\u0301\u00a0", min_size=1, max_size=12), st.data())
def test_a_span_stays_inside_and_is_never_empty(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = whole_words(text, Span(start, end), inside=Span(0, len(text)))
    assert 0 <= span.start < span.end <= len(text)
    assert whole_words(text, span, inside=Span(0, len(text))) == span


@pytest.fixture(scope="module")
def shipped():
    return Reader.from_folder(SHIPPED)


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "question", "wanted"),
    [
        ("Cầu Đá Bạc dài 240 mét và rộng 8 mét.", "Cầu Đá Bạc dài bao nhiêu mét?", "240 mét"),
        ("Lễ khai mạc do ông Phan Văn Lộc chủ trì.", "Ai chủ trì lễ khai mạc?", "Phan Văn Lộc"),
        ("Trường\u00a0Đồi\u00a0Xanh thành lập\u00a0năm\u00a01987.", "Trường thành lập năm nào?", "1987"),
        ("Hoa\u0300 do\u0300ng họp ngày 5/3/2021 tại Huế.", "Họp ngày nào?", "5/3/2021"),
    ],
)
def test_the_shipped_reader_cuts_the_answer_out(shipped, text, question, wanted):
    (best, *_) = shipped.read([question], [hit(text)])
    assert wanted in best.text
    assert len(best.text) < len(text) - 10
    assert best.article.text[best.span.start : best.span.end] == best.text


@pytest.mark.models
@given(st.text(max_size=80))
def test_every_candidate_of_any_text_is_a_place_in_it(shipped, text):
    if not text.strip():
        return
    given_hit = hit(text)
    hits = [given_hit] if given_hit.sentences else []
    for candidate in shipped.read(["Ai chủ trì?"] * len(hits), hits):
        sentence = candidate.sentence
        assert sentence in given_hit.sentences
        assert sentence.start <= candidate.span.start < candidate.span.end <= sentence.end


@pytest.mark.models
def test_a_passage_reads_the_same_whatever_is_read_with_it(shipped):
    one, two = hit(TEXT), hit("Thư viện có 12.500 đầu sách.")
    alone = shipped.read(["Cầu dài mấy mét?"], [one])
    together = [
        c for c in shipped.read(["Cầu dài mấy mét?"] * 2, [two, one]) if c.article.text == one.article.text
    ]
    assert [(c.span, c.margin) for c in alone] == [(c.span, c.margin) for c in together]
