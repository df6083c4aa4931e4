import json

import numpy as np
import pytest
import rank_bm25
from hypothesis import example, given
from hypothesis import strategies as st

from index.okapi import BM25Okapi

tokens = st.lists(st.sampled_from(["đảng", "bộ", "sở", "bí", "thư", "năm", "2022", "chi"]), max_size=12)
corpora = st.lists(tokens, min_size=1, max_size=12)
questions = st.lists(st.sampled_from(["đảng", "bộ", "sở", "bí", "thư", "2022", "lạ", "~dang"]), max_size=6)


def okapi_pair(corpus: list[list[str]], **constants: float) -> tuple[BM25Okapi, rank_bm25.BM25Okapi]:
    return BM25Okapi(corpus, **constants), rank_bm25.BM25Okapi(corpus, **constants)


@given(corpora.filter(any), questions)
@example([["đảng"]], ["đảng"])  # one passage
@example([["đảng"], []], ["đảng", "đảng"])  # half of the passages: idf 0
@example([["đảng", "bộ"], ["đảng"], ["đảng"], ["sở"]], ["đảng"])  # negative idf: the floor
@example([["đảng"], ["đảng", "bộ"], ["đảng"]], ["đảng", "bộ"])  # the mean idf is negative, and so the floor
@example([["đảng"], [], ["bộ", "bộ"]], [])
def test_scores_are_those_of_rank_bm25(corpus: list[list[str]], question: list[str]) -> None:
    ours, theirs = okapi_pair(corpus)
    expected = theirs.get_scores(question)
    np.testing.assert_allclose(ours.get_scores(question), expected, rtol=1e-4, atol=1e-5)
    rows = [len(corpus) - 1, 0, 0]
    np.testing.assert_allclose(
        ours.get_batch_scores(question, rows), theirs.get_batch_scores(question, rows), rtol=1e-4, atol=1e-5
    )


@given(
    corpora.filter(any),
    questions,
    st.floats(0.1, 3),
    st.floats(0, 0.99),  # at 1 rank_bm25 divides nothing by nothing where a passage is empty
    st.floats(0, 1),
)
def test_scores_follow_the_constants(
    corpus: list[list[str]], question: list[str], k1: float, b: float, epsilon: float
) -> None:
    ours, theirs = okapi_pair(corpus, k1=k1, b=b, epsilon=epsilon)
    np.testing.assert_allclose(ours.get_scores(question), theirs.get_scores(question), rtol=1e-4, atol=1e-5)


def test_scores_of_a_large_random_corpus_are_those_of_rank_bm25() -> None:
    random = np.random.default_rng(0)
    corpus = [
        [str(term) for term in random.zipf(1.3, size=random.integers(1, 200)) % 5_000] for _ in range(500)
    ]
    ours, theirs = okapi_pair(corpus)
    for start in range(0, 100, 10):
        question = corpus[start][:12]
        np.testing.assert_allclose(ours.get_scores(question), theirs.get_scores(question), rtol=1e-4)


@given(corpora.filter(any))
def test_the_attributes_of_rank_bm25_are_there(corpus: list[list[str]]) -> None:
    ours, theirs = okapi_pair(corpus)
    assert isinstance(ours, rank_bm25.BM25Okapi)
    assert (ours.corpus_size, ours.doc_len) == (theirs.corpus_size, theirs.doc_len)
    assert ours.avgdl == pytest.approx(theirs.avgdl)
    assert ours.idf == pytest.approx(theirs.idf)
    assert ours.average_idf == pytest.approx(theirs.average_idf)


def test_scores_are_plain_numbers_to_json() -> None:
    corpus = [["đảng"], ["bộ"], ["sở"]]
    assert json.loads(json.dumps(list(BM25Okapi(corpus).get_scores(["bộ"])))) == pytest.approx(
        rank_bm25.BM25Okapi(corpus).get_scores(["bộ"]).tolist()
    )


def test_tokens_may_be_anything_hashable() -> None:
    ours, theirs = okapi_pair([[1, ("a", 2)], [1], [3, 3], [4], [5]])
    np.testing.assert_allclose(ours.get_scores([3, ("a", 2)]), theirs.get_scores([3, ("a", 2)]), rtol=1e-4)


def test_a_tokenizer_is_applied_to_the_corpus() -> None:
    okapi = BM25Okapi(["đảng bộ", "chi bộ", "đảng viên"], tokenizer=lambda text: text.split())
    assert sorted(okapi.idf) == ["bộ", "chi", "viên", "đảng"]


def test_the_best_documents_come_first_and_equal_ones_in_corpus_order() -> None:
    corpus = [["sở"], ["đảng"], ["đảng", "bộ", "sở"], ["đảng"], ["chi"], ["năm"], ["bí"]]
    okapi = BM25Okapi(corpus)
    assert okapi.get_top_n(["đảng"], list("abcdefg"), n=4) == ["b", "d", "c", "a"]
    with pytest.raises(ValueError, match="2 documents given for a corpus of 7"):
        okapi.get_top_n(["đảng"], ["a", "b"])


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_what_divides_by_zero_in_rank_bm25_scores_zero(corpus: list[list[str]]) -> None:
    with pytest.raises(ZeroDivisionError):
        rank_bm25.BM25Okapi(corpus)
    okapi = BM25Okapi(corpus)
    assert okapi.get_scores(["đảng"]).tolist() == [0.0] * len(corpus)
    assert okapi.get_top_n(["đảng"], list(corpus)) == list(corpus)
