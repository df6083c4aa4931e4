"""Hits are verbatim places in articles, ranked the same every time, and filters come before ranking."""

from __future__ import annotations

import gc
import weakref
from datetime import date

import pytest

from index import retrieve, search
from index.build import build_index
from index.errors import UsageError
from index.search import MAX_QUESTION, Index
from index.terms import fold
from tests.fakes import BagEncoder


@pytest.fixture
def index(tmp_path, folder, encoder):
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    return Index.open(tmp_path / "state", load=lambda _: encoder)


def test_a_hit_is_a_place_in_its_article(index):
    for hit in index.search("Cầu Đá Bạc dài bao nhiêu mét?", k=5):
        assert hit.text == hit.article.text[hit.start : hit.end]
        assert all(hit.start <= span.start < span.end <= hit.end for span in hit.sentences)


@pytest.mark.parametrize("question", ["Cầu Đá Bạc dài bao nhiêu mét?", "cau da bac dai bao nhieu met"])
def test_the_article_that_is_asked_about_comes_first(index, question):
    assert index.search(question, k=3)[0].article.id == "cau.txt"


def test_scores_fall_and_ranks_say_where_each_side_had_the_passage(index):
    hits = index.search("Thư viện có bao nhiêu đầu sách?", k=3)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert (hits[0].bm25_rank, hits[0].dense_rank) == (1, 1)


def test_a_question_without_a_known_word_still_gets_the_nearest_passages(index):
    hits = index.search("xyzzy", k=2)
    assert len(hits) == 2
    assert all(hit.bm25_rank is None for hit in hits)


def test_filters_come_before_ranking(index):
    question = "Thư viện có bao nhiêu đầu sách?"
    assert [hit.article.id for hit in index.search(question, k=1, since=date(2022, 1, 1))] == ["cau.txt"]
    assert [hit.article.id for hit in index.search(question, k=5, until=date(2021, 3, 5))] == ["thu-vien.txt"]
    assert [hit.article.id for hit in index.search(question, k=5, source="bao song may")] == ["cau.txt"]
    assert index.search(question, since=date(2030, 1, 1)) == ()


def test_an_article_without_a_date_is_in_no_interval(index):
    found = index.search("Lễ hội chè", k=5, since=date(1900, 1, 1), until=date(2100, 1, 1))
    assert "sau/le-hoi.md" not in {hit.article.id for hit in found}


@pytest.mark.parametrize("question", ["", "  \n", "a" * (MAX_QUESTION + 1), "x" * 100_000])
def test_a_question_that_is_none_is_one_sentence(index, question):
    with pytest.raises(UsageError, match=r"[:.]"):
        index.search(question)


def test_an_interval_that_ends_before_it_begins_is_one_sentence(index):
    with pytest.raises(UsageError, match=r"2022-08-17.*2022-01-01.*: change"):
        index.search("Cầu Đá Bạc", since=date(2022, 8, 17), until=date(2022, 1, 1))
    assert index.search("Cầu Đá Bạc", since=date(2022, 11, 20), until=date(2022, 11, 20))


def test_an_article_is_found_by_its_identifier(index):
    assert index.article("cau.txt").title == "Khánh thành cầu Đá Bạc"
    assert index.article("khong-co.txt") is None


def test_json_has_the_fields_that_scripts_rely_on(index):
    hit = index.search(fold("Cầu Đá Bạc"), k=1)[0].to_dict()
    assert list(hit) == [
        "article", "title", "published", "source", "start", "end", "text", "score", "bm25_rank", "dense_rank",
    ]  # fmt: skip
    assert hit["published"] == "2022-11-20"


def test_a_hit_shows_itself_in_a_terminal_and_in_a_notebook(index):
    from io import StringIO

    from rich.console import Console

    hit = index.search("Cầu Đá Bạc dài bao nhiêu mét?", k=1)[0]
    console = Console(file=StringIO(), width=400)
    console.print(hit)
    for shown in (console.file.getvalue(), hit._repr_html_()):
        assert "Khánh thành cầu Đá Bạc" in shown
        assert "dài 240 mét" in shown


def test_a_newer_generation_has_the_same_encoder_and_the_one_before_is_let_go(tmp_path, folder, encoder):
    state = tmp_path / "state"
    build_index([folder], index=state, load=lambda _: encoder)
    index = Index.open(state, load=lambda _: encoder)
    index.search("Cầu Đá Bạc dài bao nhiêu?", source="cau", k=1)
    assert "cau.txt" in {article.id for article in index.articles()}
    (folder / "cau.txt").unlink()
    build_index([folder], index=state, load=lambda _: encoder)
    newer = index.renewed()
    assert newer.encoder is encoder
    assert "cau.txt" not in {article.id for article in newer.articles()}
    before = weakref.ref(index)
    gc.disable()  # what waits for the collector of cycles is held for minutes
    try:
        del index
        assert before() is None
    finally:
        gc.enable()


def test_a_generation_of_another_encoder_is_opened_with_that_one(index, folder):
    other = BagEncoder(identity="bag-2")
    build_index([folder], index=index.folder, load=lambda _: other, rebuild=True)
    assert Index.open(index.folder, load=lambda _: other, encoder=index.encoder).encoder is other


def test_retrieve_opens_an_index_once_and_again_when_it_changed(tmp_path, folder, encoder, monkeypatch):
    opened = []
    real = Index.open

    def opening(path):
        opened.append(path)
        return real(path, load=lambda _: encoder)

    monkeypatch.setattr(search.Index, "open", opening)
    monkeypatch.setattr(search, "_opened", {})
    state = tmp_path / "state"
    build_index([folder], index=state, load=lambda _: encoder)
    for _ in range(2):
        assert retrieve("Cầu Đá Bạc dài bao nhiêu?", k=1, index=state)[0].article.id == "cau.txt"
    assert len(opened) == 1
    (folder / "cau.txt").unlink()
    build_index([folder], index=state, load=lambda _: encoder)
    assert retrieve("Cầu Đá Bạc dài bao nhiêu?", k=1, index=state)[0].article.id != "cau.txt"
    assert len(opened) == 2
