"""An index that grows and shrinks answers as one that was made at once, and writes only what differs."""

from __future__ import annotations

import random

import numpy as np
import pytest

from index import generation, publishing
from index.bm25 import Statistics
from index.build import build_index
from index.generation import Generation, current_name
from index.search import Index

WORDS = [
    "cầu", "thư", "viện", "lễ", "hội", "chè", "đảng", "bộ", "sở", "bí", "năm", "trường", "lớp",
    "huyện", "xã", "mét", "khánh", "thành", "sông", "mây",
]  # fmt: skip
QUESTIONS = ["cầu dài bao nhiêu mét", "Bí thư đảng bộ sở là ai?", "thu vien huyen song may", "lễ hội năm nào"]


@pytest.fixture(autouse=True)
def always_keeping(monkeypatch):
    monkeypatch.setattr(publishing, "KEPT_FROM", 1)
    monkeypatch.setattr(publishing, "MOST_CHANGED", 10.0)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(12):
        write(folder, f"{number:02}.txt", seed=number)
    return folder


@pytest.fixture
def build(tmp_path, articles, encoder):
    def run(state="grown", **options):
        return build_index([articles], index=tmp_path / state, load=lambda _: encoder, **options)

    return run


@pytest.fixture
def opened(tmp_path, encoder):
    return lambda state="grown": Index.open(tmp_path / state, load=lambda _: encoder)


def write(folder, name, *, seed):
    draw = random.Random(seed)
    sentences = [" ".join(draw.choices(WORDS, k=draw.randint(3, 9))).capitalize() for _ in range(4)]
    (folder / name).write_text("Tin số này\n\n" + ". ".join(sentences) + ".\n", encoding="utf-8")


def found(index, question, **filters):
    return [
        (hit.article.id, hit.start, hit.end, hit.score, hit.bm25_rank, hit.dense_rank, hit.cosine)
        for hit in index.search(question, k=20, **filters)
    ]


def assert_same_answers(one, other):
    assert len(one) == len(other)
    assert one.articles() == other.articles()
    assert one.rarity(WORDS).tolist() == other.rarity(WORDS).tolist()
    for question in QUESTIONS:
        assert found(one, question) == found(other, question)
        assert found(one, question, source="1") == found(other, question, source="1")


def parts(tmp_path):
    path = tmp_path / "grown" / "generations" / str(current_name(tmp_path / "grown"))
    return {entry.name for entry in path.iterdir() if entry.is_dir()}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_and_goes_it_answers_as_one_that_was_made_at_once(
    seed, articles, build, opened, tmp_path
):
    draw = random.Random(seed)
    build()
    for step in range(5):
        names = sorted(path.name for path in articles.iterdir())
        for name in draw.sample(names, k=2):
            (articles / name).unlink()
        for _ in range(draw.randint(1, 3)):
            # few seeds, so that whole articles come back under another name and tie with themselves
            write(articles, f"{draw.randrange(30):02}.txt", seed=draw.randrange(6))
        build()
        build(f"at-once-{step}")
        assert_same_answers(opened(), opened(f"at-once-{step}"))
    assert parts(tmp_path) == {"base", "recent", "gone"}


def test_the_base_of_the_generation_before_is_not_written_again(articles, build, tmp_path):
    build()
    write(articles, "moi.txt", seed=99)
    build()
    one, two = (
        {
            path.name: path.stat().st_ino
            for path in (tmp_path / "grown" / "generations" / name / "base").rglob("*.*")
        }
        for name in ("000001", "000002")
    )
    assert one == two
    assert generation.verify(tmp_path / "grown") == []


def test_a_file_system_without_links_gets_copies(articles, build, opened, monkeypatch):
    build()
    write(articles, "moi.txt", seed=99)

    def refused(*_):
        raise OSError("no links here")

    monkeypatch.setattr(publishing.os, "link", refused)
    build()
    build("at-once")
    assert_same_answers(opened(), opened("at-once"))


def test_what_is_gone_is_found_no_more_from_the_next_generation_on(articles, build, opened):
    build()
    (articles / "03.txt").unlink()
    report = build()
    index = opened()
    assert report.passages == len(index)
    assert index.article("03.txt") is None
    assert all(id != "03.txt" for question in QUESTIONS for id, *_ in found(index, question))
    assert "03.txt" not in [summary.id for summary in index.articles()]


def test_an_article_that_comes_back_within_a_generation_is_in_base_again(articles, build, opened, tmp_path):
    build()
    text = (articles / "03.txt").read_bytes()
    (articles / "03.txt").unlink()
    build()
    (articles / "03.txt").write_bytes(text)
    build()
    assert parts(tmp_path) == {"base"}
    build("at-once")
    assert_same_answers(opened(), opened("at-once"))


def test_a_new_passage_with_the_key_of_one_that_was_forgotten_is_not_taken_for_it(
    articles, build, opened, tmp_path
):
    write(articles, "zz.txt", seed=98)
    build()
    base = Generation.open_current(tmp_path / "grown").passages.tolist()
    (articles / "zz.txt").unlink()
    build()
    (articles / "00.txt").unlink()
    build()  # which sweeps the rows of zz.txt away
    write(articles, "zz.txt", seed=99)
    build()
    state = Generation.open_current(tmp_path / "grown")
    assert set(state.parts[1].passages.tolist()) <= set(base), "no key came back"
    build("at-once")
    assert_same_answers(opened(), opened("at-once"))


def test_one_of_two_that_were_gone_comes_back(articles, build, opened, tmp_path):
    build()
    text = (articles / "03.txt").read_bytes()
    for name in ("03.txt", "05.txt"):
        (articles / name).unlink()
    build()
    (articles / "03.txt").write_bytes(text)
    build()
    assert parts(tmp_path) == {"base", "gone"}
    build("at-once")
    assert_same_answers(opened(), opened("at-once"))


def test_statistics_of_a_generation_are_those_of_its_passages(articles, build, tmp_path):
    build()
    (articles / "03.txt").unlink()
    write(articles, "moi.txt", seed=99)
    build()
    state = Generation.open_current(tmp_path / "grown")
    postings = [part.postings for part in state.parts]
    assert state.bm25.statistics == Statistics.of(postings, state.bm25.gone)
    assert state.bm25.statistics.passages == len(state) == int(np.count_nonzero(state.shown))


@pytest.mark.parametrize("reason", ["much changed", "small", "another kind", "damaged"])
def test_the_base_is_written_again_where_it_does_not_serve(articles, build, tmp_path, monkeypatch, reason):
    build()
    write(articles, "moi.txt", seed=99)
    options = {}
    if reason == "much changed":
        monkeypatch.setattr(publishing, "MOST_CHANGED", 0.01)
    elif reason == "small":
        monkeypatch.setattr(publishing, "KEPT_FROM", 20_000)
    elif reason == "another kind":
        options = {"dense": "hnsw"}
    else:
        path = tmp_path / "grown" / "generations" / "000001" / "base" / "dense.faiss"
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    build(**options)
    assert parts(tmp_path) == {"base"}


def test_the_kind_of_dense_index_stays_until_another_is_asked_for(articles, build, opened, tmp_path):
    def approximate():
        return list((tmp_path / "grown").glob("generations/*/base/approximate.faiss"))

    build(dense="ivf")
    first = len(approximate())
    write(articles, "moi.txt", seed=99)
    build()
    kinds = Generation.open_current(tmp_path / "grown").kind, len(approximate()) - first
    assert kinds == ("ivf", 1)
    before = build().generation
    assert build(dense="auto").generation == before + 1
    assert Generation.open_current(tmp_path / "grown").kind is None
    build("at-once")
    assert_same_answers(opened(), opened("at-once"))
