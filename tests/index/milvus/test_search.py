"""Milvus gives the hits, the scores and the lists of a local index."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.encoder import load_encoder
from index.errors import UsageError
from index.milvus.layout import Layout

pytestmark = pytest.mark.milvus

QUESTIONS = [
    "Thư viện huyện Sông Mây có bao nhiêu đầu sách?",
    "cau da bac dai bao nhieu met",
    "Lễ hội chè có bao nhiêu gian hàng?",
    "xyzzy",
    "Ai thiết kế cầu?",
]
FILTERS = [
    {},
    {"since": date(2022, 1, 1)},
    {"until": date(2021, 3, 5)},
    {"since": date(2021, 3, 5), "until": date(2022, 11, 20)},
    {"since": date(1900, 1, 1), "until": date(2100, 1, 1)},
    {"since": date(2030, 1, 1)},
    {"source": "bao song may"},
    {"source": "LE-HOI"},
    {"source": "50%"},
    {"source": "sau_le"},
    {"source": 'nói "có" \\'},
    {"article": "sau/le-hoi.md"},
    {"article": "khong-co.txt"},
    {"source": "cau", "since": date(2022, 1, 1)},
]


@pytest.fixture(params=["weights", "function"])
def engines(request, build, opened, local, folder):
    for number in range(12):  # enough that terms differ in how rare they are
        (folder / f"tin-{number}.txt").write_text(
            f"Tin số {number}\n\n{number + 1}/6/{2019 + number % 4}\n\n"
            f"Ủy ban kiểm tra (UBKT) xã Đồi {number} họp về cầu, chợ và thư viện; có {number * 7} đại biểu dự.\n",
            encoding="utf-8",
        )
    build(layout=Layout(bm25=request.param))
    return opened(), local()


def assert_same(found, expected):
    assert [(hit.article, hit.start, hit.end, hit.sentences) for hit in found] == [
        (hit.article, hit.start, hit.end, hit.sentences) for hit in expected
    ]
    assert [hit.bm25_rank for hit in found] == [hit.bm25_rank for hit in expected]
    for hit, other in zip(found, expected, strict=True):  # cosines may be equal but for their last bits
        assert hit.dense_rank == pytest.approx(other.dense_rank, abs=1)
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-5)
    assert [hit.cosine for hit in found] == pytest.approx([hit.cosine for hit in expected], abs=1e-5)


def test_hits_filters_and_lists_are_those_of_a_local_index(engines):
    index, local = engines
    assert len(index) == len(local)
    for question in QUESTIONS:
        for filters in FILTERS:
            assert_same(index.search(question, k=6, **filters), local.search(question, k=6, **filters))
    assert index.articles() == local.articles()
    assert index.article("cau.txt") == local.article("cau.txt")
    assert index.article("khong-co.txt") is None
    asked = {"shorts": ["ubkt", "xyz"], "longs": ["thu vien", "uy ban kiem tra"]}
    assert index.short_forms(**asked) == local.short_forms(**asked) != ()
    assert index.short_forms() == ()


def test_an_interval_that_ends_before_it_begins_is_refused(build, opened):
    build()
    with pytest.raises(UsageError, match="comes after"):
        opened().search("Cầu Đá Bạc", since=date(2022, 8, 17), until=date(2022, 1, 1))


def test_an_article_that_is_deleted_meanwhile_makes_room_for_the_next(build, opened):
    build()
    index = opened()
    first, second = index.search("Thư viện có bao nhiêu đầu sách?", k=2)
    again = opened()
    key = index._database.rows("articles", f'id == "{first.article.id}"', fields=["key"])[0]["key"]
    index._database.delete("articles", [key])
    assert [hit.article for hit in again.search("Thư viện có bao nhiêu đầu sách?", k=1)] == [second.article]


@pytest.mark.models
def test_questions_about_the_shipped_articles_get_the_same_hits_and_answers(tmp_path, place, corpus):
    from index.build import build_index
    from index.milvus.build import build_collection
    from qa.assistant import Assistant

    encoder = load_encoder()
    build_index([corpus], index=tmp_path / "state", load=lambda _: encoder)
    build_collection([corpus], place=place, load=lambda _: encoder)
    milvus, local = Assistant.open(place), Assistant.open(tmp_path / "state")
    questions = Path(__file__).parents[2] / "data" / "corpus_questions.jsonl"
    asked = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    for line in asked[::12]:
        assert_same(milvus.search(line["question"], k=8), local.search(line["question"], k=8))
    for line in asked[::80]:
        replies = [one.ask(line["question"], history=line["history"]) for one in (milvus, local)]
        shown = [replace(reply, seconds=0.0).to_dict() for reply in replies]
        assert shown[0] == shown[1]
    milvus.index.close()
