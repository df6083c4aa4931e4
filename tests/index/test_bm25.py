import numpy as np
import pytest
import rank_bm25
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import BM25, Gone, Statistics
from index.postings import Postings
from index.terms import question_terms, term_counts, term_ids

ARTICLES = [
    "Đảng bộ Sở GDĐT có 07 chi bộ trực thuộc, 72 đảng viên.",
    "Hội nghị sơ kết công tác xây dựng Đảng 6 tháng đầu năm.",
    "Trường Chính trị tổ chức lớp bồi dưỡng cho đảng viên mới.",
    "Toàn tỉnh có 3.789 đảng viên.",
    "",
]
syllables = st.lists(st.sampled_from(["đảng", "bộ", "sở", "bí", "thư", "năm", "2022", "chi"]), max_size=12)
passages = st.lists(syllables.map(" ".join), max_size=10)


def of_articles() -> BM25:
    return BM25.from_counts(map(term_counts, ARTICLES))


def postings(texts: list[str]) -> Postings:
    return Postings.from_counts(map(term_counts, texts))


def gone(texts: list[str], rows: list[int]) -> Gone:
    held = postings([texts[row] for row in rows])
    return Gone(np.array(rows, np.int32), held.term_ids, held.frequencies)


@settings(deadline=None)
@given(passages, passages, st.data())
def test_parts_without_what_is_gone_score_as_what_is_left(
    base: list[str], recent: list[str], data: st.DataObject
) -> None:
    rows = sorted(data.draw(st.sets(st.integers(0, len(base) - 1)))) if base else []
    left = [row for row in range(len(base) + len(recent)) if row not in rows]
    parts = BM25.from_postings([postings(base), postings(recent)], gone=gone(base, rows))
    alone = BM25.from_postings([postings([(base + recent)[row] for row in left])])
    assert parts.statistics == alone.statistics
    ids = term_ids(question_terms("Đảng bộ Sở có bí thư chi bộ nào năm 2022?"))
    np.testing.assert_array_equal(parts.frequencies(ids), alone.frequencies(ids))
    np.testing.assert_array_equal(parts.scores(ids)[left], alone.scores(ids))
    for row, place in zip(left, range(len(alone)), strict=True):
        np.testing.assert_array_equal(parts.explain(ids, row=row), alone.explain(ids, row=place))


def test_known_statistics_are_taken_as_they_are() -> None:
    known = Statistics.of([postings(ARTICLES)], Gone.nothing())
    assert known.passages == 5
    ids = term_ids(question_terms("đảng viên"))
    again = BM25.from_postings([postings(ARTICLES)], statistics=known)
    np.testing.assert_array_equal(again.scores(ids), of_articles().scores(ids))


def test_scores_take_four_bytes_a_passage() -> None:
    assert of_articles().scores(term_ids(["đảng"])).dtype == np.float32


def test_postings_score_as_rank_bm25_over_the_same_terms() -> None:
    corpus = [np.repeat(*term_counts(article)).tolist() for article in ARTICLES]
    ids = term_ids(question_terms("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"))
    expected = rank_bm25.BM25Okapi(corpus).get_scores(ids.tolist())
    np.testing.assert_allclose(of_articles().scores(ids), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    "question", ["Đảng bộ Sở GDĐT có bao nhiêu đảng viên, đảng viên?", "dang vien", "lạ"]
)
def test_the_explanation_adds_up_to_the_score(question: str) -> None:
    bm25 = of_articles()
    ids = term_ids(question_terms(question))
    for row, score in enumerate(bm25.scores(ids)):
        added = bm25.explain(ids, row=row)
        assert added.shape == ids.shape
        assert added.sum() == pytest.approx(score, abs=1e-5)


def test_the_explanation_names_the_terms_that_the_passage_holds() -> None:
    ids = term_ids(["gdđt", "3789", "lạ"])
    added = of_articles().explain(ids, row=0)
    assert added[0] > 0 and added[1:].tolist() == [0.0, 0.0]


def test_frequencies_count_the_passages_that_hold_a_term() -> None:
    ids = term_ids(["đảng", "3789", "lạ", "đảng"])
    assert of_articles().frequencies(ids).tolist() == [4, 1, 0, 4]
