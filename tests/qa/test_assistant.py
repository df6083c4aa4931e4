"""From question to reply: cited places in the newest articles, in the JSON that scripts rely on."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from unittest.mock import ANY

import pytest

from index.build import build_index
from index.search import Index
from qa.answer import Answer
from qa.assistant import PASSAGES, Assistant
from qa.confidence import FEATURES, SUPPORT, Calibration
from qa.explanation import explain
from qa.ranking import EVIDENCE
from tests.fakes import SentenceReader

BY_MARGIN = tuple(float(name == "margin") for name in EVIDENCE)
NOTHING = (0.0,) * len(FEATURES)
ALWAYS = Calibration(
    BY_MARGIN, NOTHING, 0.0, NOTHING[: len(SUPPORT)], 0.0, {"balanced": 0.0, "strict": 1.0}, 0.0
)
NEVER = Calibration(BY_MARGIN, NOTHING, 0.0, NOTHING[: len(SUPPORT)], 0.0, {"balanced": 1.0}, 0.0)


@pytest.fixture
def assistant(tmp_path, folder, encoder):
    def make(calibration=ALWAYS, **options):
        build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
        index = Index.open(tmp_path / "state", load=lambda _: encoder)
        return Assistant(index, reader=SentenceReader(), calibration=calibration, **options)

    return make


@pytest.mark.parametrize("question", ["Cầu Đá Bạc dài bao nhiêu mét?", "cau da bac dai bao nhieu met"])
def test_the_sentence_that_answers_is_cited(assistant, question):
    answer = assistant().ask(question).answers[0]
    assert answer.citation.article == "cau.txt"
    assert "240 mét" in answer.text


def test_every_citation_is_a_place_in_its_article(assistant):
    helper = assistant()
    words = ["cầu", "thư viện", "lễ hội chè", "ai", "bao nhiêu", "ngày nào", "ở đâu", "Đá Bạc", "xyz", "240"]
    draw = random.Random(7)
    for _ in range(30):
        reply = helper.ask(" ".join(draw.choices(words, k=draw.randint(1, 8))))
        for citation in [place for answer in reply.answers for place in answer.citations] + list(
            reply.closest
        ):
            article = helper.article(citation.article)
            assert article.text[citation.start : citation.end] == citation.text
            assert article.text[citation.sentence_start : citation.sentence_end] == citation.sentence
            assert article.sha256 == citation.sha256


def test_an_abstaining_reply_shows_the_closest_sentences(assistant):
    reply = assistant(NEVER).ask("Cầu Đá Bạc dài bao nhiêu mét?")
    assert not reply.answered
    assert "240 mét" in reply.closest[0].text


class NotingReader(SentenceReader):
    """A reader that remembers how many passages it was given each time."""

    def __init__(self):
        self.given = []

    def read(self, questions, hits):
        self.given.append(len(hits))
        return super().read(questions, hits)


ONLY_THE_BEST = replace(
    ALWAYS,
    support_weights=tuple({"margin": 0.1, "found": 1.0}.get(name, 0.0) for name in SUPPORT),
    support_bias=-1.45,
    thresholds={"balanced": 0.5},
    highest_margin=5.0,
)
"""A calibration by which no margin outweighs that a passage was not found best."""


def test_passages_that_no_answer_can_come_from_are_not_read(assistant):
    helper = assistant(ONLY_THE_BEST)
    helper.reader = NotingReader()
    assert helper.ask("Cầu Đá Bạc dài bao nhiêu mét?").answers[0].citation.article == "cau.txt"
    assert helper.reader.given == [1]


def test_where_nothing_is_answered_all_are_read_for_the_closest_sentences(assistant):
    question = "Cầu Đá Bạc do công ty xây dựng nào thi công với bao nhiêu công nhân?"
    helper = assistant(ONLY_THE_BEST)
    helper.reader = NotingReader()
    reply = helper.ask(question)
    assert not reply.answered
    assert helper.reader.given == [1, len(helper.search(question, k=PASSAGES)) - 1]
    assert reply.closest == assistant(NEVER).ask(question).closest


def test_a_stricter_user_gets_fewer_answers(assistant):
    question = "Cầu Đá Bạc dài bao nhiêu mét?"
    assert assistant(caution="balanced").ask(question).answered
    assert not assistant(caution="strict").ask(question).answered


def test_a_filter_that_nothing_passes_gives_an_empty_reply(assistant):
    reply = assistant().ask("Cầu Đá Bạc dài bao nhiêu mét?", source="báo khác")
    assert (reply.answers, reply.closest) == ((), ())


def test_the_next_question_sees_a_newer_generation(assistant, tmp_path, folder, encoder):
    helper = assistant()
    helper.ask("Trường Đồi Xanh có bao nhiêu lớp?")
    (folder / "truong.txt").write_text("Trường mới\n\nTrường Đồi Xanh có 18 lớp.\n", encoding="utf-8")
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    assert helper.ask("Trường Đồi Xanh có bao nhiêu lớp?").answers[0].text == "Trường Đồi Xanh có 18 lớp."


def test_the_same_question_gets_the_same_reply(assistant):
    helper = assistant()
    first, second = (helper.ask("Thư viện có bao nhiêu đầu sách?").to_dict() for _ in range(2))
    del first["seconds"], second["seconds"]
    assert first == second


def test_json_has_the_fields_that_scripts_rely_on(assistant):
    reply = json.loads(json.dumps(assistant().ask("Cầu Đá Bạc dài bao nhiêu mét?").to_dict()))
    assert set(reply) >= {"question", "answered", "answers", "closest", "notes", "seconds"}
    wanted = {"text", "confidence", "article", "title", "published", "source", "start", "end", "sentence"}
    wanted |= {"sentence_start", "sentence_end", "sha256"}
    assert wanted <= set(reply["answers"][0])
    closest = assistant(NEVER).ask("Cầu Đá Bạc dài bao nhiêu mét?").to_dict()["closest"][0]
    assert set(closest) == wanted - {"confidence"}


def test_a_reply_shows_itself_in_a_notebook_with_the_answer_marked(assistant):
    shown = assistant().ask("Cầu Đá Bạc dài bao nhiêu mét?")._repr_html_()
    assert "<mark>" in shown
    assert "Khánh thành cầu Đá Bạc" in shown


def test_a_reply_shows_itself_in_a_terminal(assistant):
    from io import StringIO

    from rich.console import Console

    console = Console(file=StringIO(), width=200)
    console.print(assistant(NEVER).ask("Cầu Đá Bạc dài bao nhiêu mét?"))
    shown = console.file.getvalue()
    assert shown.startswith("Không tìm thấy câu trả lời")
    assert "240 mét" in shown


def test_an_article_that_answers_in_several_places_is_named_once_in_a_terminal(assistant):
    reply = assistant().ask("Cầu Đá Bạc dài bao nhiêu mét?")
    place = reply.answers[0].citation
    twice = replace(reply, answers=(Answer(0.9, (place, replace(place, start=place.start + 1))),), notes=())
    *_, source = (line.plain for line in twice.__rich_console__())
    assert [line.plain for line in twice.__rich_console__()].count(source) == 1
    assert source == f"  {place}"


class CountingReader(SentenceReader):
    """Counts how often it was asked to read."""

    def __init__(self):
        self.times = 0

    def read(self, questions, hits):
        self.times += 1
        return super().read(questions, hits)


def test_a_question_asked_again_is_not_read_again_until_the_index_changes(
    tmp_path, folder, encoder, monkeypatch
):
    def build():
        build_index([folder], index=tmp_path / "state", load=lambda _: encoder)

    build()
    monkeypatch.setattr("index.search.load_encoder", lambda _: encoder)
    reader = CountingReader()
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    helper = Assistant(index, reader=reader, calibration=ALWAYS)
    first = helper.ask("Cầu Đá Bạc dài bao nhiêu mét?")
    assert helper.ask("Cầu Đá Bạc dài bao nhiêu mét?") == replace(first, seconds=ANY)
    assert reader.times == 1
    helper.ask("Cầu Đá Bạc dài bao nhiêu mét?", since=date(2030, 1, 1))
    assert reader.times == 2


def test_a_follow_up_is_answered_from_the_article_of_the_turn_before(assistant):
    helper = assistant()
    reply = helper.ask("Ai thiết kế?", history=["Cầu Đá Bạc dài bao nhiêu mét?"])
    assert reply.answers[0].citation.article == "cau.txt"
    assert reply.understood == "Ai thiết kế Cầu Đá Bạc?"
    assert "follow_up" in [note.kind for note in reply.notes]


@pytest.mark.parametrize("unasked", ["", "  \n", "dài " * 1_000])
def test_what_cannot_be_asked_is_left_out_of_the_history(assistant, unasked):
    helper = assistant()
    bridge = "Cầu Đá Bạc dài bao nhiêu mét?"
    for history in ([unasked, bridge], [bridge, unasked]):
        assert helper.ask("Ai thiết kế?", history=history).understood == "Ai thiết kế Cầu Đá Bạc?"
    assert helper.ask("Ai thiết kế?", history=[unasked]).understood == "Ai thiết kế?"


def test_what_a_reply_was_made_of_can_be_explained(assistant):
    reply = assistant().ask("Cầu Đá Bạc dài bao nhiêu mét?")
    told = explain(reply.evidence)
    assert told.searched == "Cầu Đá Bạc dài bao nhiêu mét?"
    assert told.passages[0].hit.article.id == "cau.txt"
    assert {"cầu", "đá", "bạc", "dài", "mét"} <= set(told.passages[0].matched)
    assert told.spans[0].candidate.text == reply.answers[0].text
    json.dumps(told.to_dict())
    assert any("BM25 hạng 1" in str(line) for line in told.lines())


def test_a_reranked_search_gives_the_same_hits_those_first_that_the_reader_finds_an_answer_in(assistant):
    helper = assistant()
    question = "Cầu Đá Bạc dài bao nhiêu mét?"
    hits = helper.search(question, k=20)
    reranked = helper.search(question, k=20, rerank=True)
    assert {(hit.article.id, hit.start) for hit in reranked} == {(hit.article.id, hit.start) for hit in hits}
    assert reranked[0].article.id == "cau.txt"
    assert helper.search(question, k=2, rerank=True) == reranked[:2]
