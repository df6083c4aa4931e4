"""Encoding in several processes gives what encoding in this one gives, in the same order."""

from __future__ import annotations

import numpy as np
import pytest

from index.article import Article
from index.encoding import encode_articles
from index.errors import UsageError
from index.spread import read_workers, spread
from tests.fakes import BagEncoder

BATCHES = [
    [
        Article.from_text(f"Tin {n}.{m}\n\nXã Đồi {n} họp ngày {m + 1}/3/2021. " * (m + 1), id=f"{n}-{m}.txt")
        for m in range(3)
    ]
    for n in range(4)
]


def bag_encoder(_name):
    return BagEncoder()


def assert_same(spread_out):
    alone = [encode_articles(batch, BagEncoder()) for batch in BATCHES]
    assert len(spread_out) == len(alone)
    for found, expected in zip(spread_out, alone, strict=True):
        assert [one.article for one in found] == [one.article for one in expected]
        for mine, other in zip(found, expected, strict=True):
            for left, right in zip(mine.passages, other.passages, strict=True):
                assert left.passage == right.passage
                assert np.array_equal(left.term_ids, right.term_ids)
                assert np.array_equal(left.term_counts, right.term_counts)
                assert np.array_equal(left.vector, right.vector)


def test_processes_encode_as_this_one_does():
    assert_same(list(spread(BATCHES, workers=2, encoder=None, load=bag_encoder)))


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore::DeprecationWarning:ray", "ignore::FutureWarning:ray")
def test_ray_encodes_as_this_process_does(monkeypatch):
    ray = pytest.importorskip("ray", reason="needs: pip install 'hoidap[ray]'")
    monkeypatch.setattr("index.spread._WINDOW", 3)  # the last window is not full
    try:
        assert_same(list(spread(BATCHES, workers="ray", encoder=None, load=bag_encoder)))
    finally:
        ray.shutdown()


def test_workers_are_a_number_or_ray():
    assert (read_workers("4"), read_workers("ray")) == (4, "ray")
    for text in ("0", "-1", "dask", ""):
        with pytest.raises(UsageError, match="--workers"):
            read_workers(text)
