"""What needs no Milvus: places, layouts, filters, counts of terms and the two halves of BM25."""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
import pytest

from index.bm25 import BM25
from index.errors import ModelNotFound, UsageError
from index.milvus.database import Database
from index.milvus.filters import passing
from index.milvus.layout import Layout
from index.milvus.manifest import Manifest, Statistics
from index.milvus.place import Place
from index.milvus.tally import Tally
from index.milvus.weights import MilvusFunction, OwnWeights, dimensions, question_weights
from index.terms import term_counts, term_ids, terms

TEXTS = [
    "Đảng bộ Sở GDĐT có 72 đảng viên.",
    "Đảng bộ Viện có 35 đảng viên, họp ngày 17/8/2022.",
    "Thư viện huyện mở cửa; thư viện có 12.500 đầu sách.",
    "Cầu Đá Bạc dài 240 mét.",
    "Lễ hội chè có 35 gian hàng.",
]


@pytest.mark.parametrize("uri", ["", "milvus", "thu-muc/tep"])
def test_an_address_that_cannot_be_is_one_sentence(uri):
    with pytest.raises(UsageError, match="--uri"):
        Place(uri)


def test_a_place_does_not_show_its_token():
    assert "bí mật" not in repr(Place("http://host:19530", token="bí mật"))


@pytest.mark.parametrize("text", ["HNSW", "[]", '{"dense": "LSH"}', '{"shard": 2}', '{"shards": 0}'])
def test_a_layout_that_cannot_be_is_one_sentence(text):
    with pytest.raises(UsageError, match="layout"):
        Layout.read(text)


def test_parameters_of_a_layout_go_over_the_usual_ones():
    layout = Layout.read('{"dense": "HNSW", "build": {"M": 16}, "search": {"ef": 400}}')
    assert layout.built_with == {"M": 16, "efConstruction": 200}
    assert layout.searched_with == {"ef": 400}


def test_an_interval_that_no_article_is_in_needs_no_search():
    assert passing(since=date(2024, 1, 1), years=(2019, 2023)) is None
    assert passing(until=date(2024, 1, 1), years=None) is None
    assert passing() == ""


def test_without_pymilvus_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(ModelNotFound, match=r"pip install 'hoidap\[milvus\]'"):
        Database.connect(Place("http://127.0.0.1:19530"))


def test_a_tally_is_the_sum_of_what_came_and_went(monkeypatch):
    monkeypatch.setattr("index.milvus.tally._MOST", 5)  # merged in between, too
    draw = np.random.default_rng(3)
    tally, expected = Tally(), np.zeros(40, np.int64)
    for _ in range(50):
        held, times = np.flatnonzero(draw.random(40) < 0.2), draw.choice([1, -1])
        tally.add(held, times=times)
        expected[held] += times
    counted = np.zeros(40, np.int64)
    found, counts = tally.counts()
    counted[found] = counts
    assert counted.tolist() == expected.tolist()
    assert 0 not in counts


def test_the_mean_idf_is_that_of_all_terms():
    draw = np.random.default_rng(4)
    before, after = draw.integers(0, 900, 5_000), draw.integers(0, 900, 5_000)
    zero = np.zeros_like(before)
    statistics = Statistics().with_counts(zero, before).with_counts(before, after)
    held = after[after > 0]
    log_odds = np.log(900 - held + 0.5) - np.log(held + 0.5)
    assert statistics.vocabulary == len(held)
    assert statistics.mean_idf(900) == pytest.approx(log_odds.mean())


def test_statistics_of_any_collection_fit_into_the_row_of_the_manifest():
    every = np.arange(1, 2_000_000, 7) ** 2 % 1_000_000_000 + 1
    statistics = Statistics().with_counts(np.zeros_like(every), every)
    assert len(str(statistics.terms_held)) < 30_000
    assert Statistics().with_counts(np.array([0]), np.array([123_456])).terms_held == {120_000: 1}


@pytest.mark.parametrize("channel", [OwnWeights(), MilvusFunction()])
@pytest.mark.parametrize("question", ["Đảng bộ có bao nhiêu đảng viên?", "35 gian hang", "thư viện thư viện"])
def test_both_halves_together_are_the_score_of_bm25(channel, question):
    counted = [term_counts(text) for text in TEXTS]
    reference = BM25.from_counts(counted)
    asked = term_ids(terms(question))
    every = np.unique(np.concatenate([ids for ids, _ in counted]))
    held = reference.frequencies(every)
    mean_length = reference.statistics.mean_length
    statistics = Statistics(mean_length).with_counts(np.zeros_like(held), held)
    manifest = Manifest("bag", None, 8, passages=len(TEXTS), statistics=statistics)
    assert statistics.mean_idf(len(TEXTS)) == pytest.approx(
        (np.log(len(TEXTS) - held + 0.5) - np.log(held + 0.5)).mean()
    )
    assert reference.statistics.mean_idf > 0
    worth = question_weights(asked, reference.frequencies(asked), manifest)
    rows = [channel.row(ids, counts, mean_length=mean_length) for ids, counts in counted]
    scores = [channel.score(row, worth, mean_length=mean_length) for row in rows]
    assert scores == pytest.approx(reference.scores(asked).tolist(), abs=1e-5)
    for row, (ids, _) in zip(rows, counted, strict=True):
        assert sorted(channel.terms(row)) == sorted(dimensions(ids).tolist())
