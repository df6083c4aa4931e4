from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dense import DenseIndex
from index.errors import IndexDamaged


def unit_rows(count: int, *, dimensions: int = 16, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def by_brute_force(vectors: np.ndarray, question: np.ndarray, k: int, rows: np.ndarray) -> list[int]:
    products = vectors @ question
    return sorted(np.flatnonzero(rows).tolist(), key=lambda row: (-products[row], row))[:k]


@pytest.mark.parametrize("k", [1, 5, 60, 500])
def test_search_finds_what_brute_force_finds(k: int) -> None:
    vectors, questions = unit_rows(300), unit_rows(3, seed=1)
    scores, rows = DenseIndex.build(vectors).search(questions, k)
    for question, row_scores, found in zip(questions, scores, rows, strict=True):
        assert found.tolist() == by_brute_force(vectors, question, k, np.ones(300, np.bool_))
        np.testing.assert_allclose(row_scores, vectors[found] @ question, atol=1e-6)


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=40, max_size=40), st.integers(1, 50))
def test_a_filtered_search_sees_the_allowed_rows_only(allowed: list[bool], k: int) -> None:
    vectors, rows = unit_rows(40), np.array(allowed)
    (question,) = unit_rows(1, seed=2)
    _, (found,) = DenseIndex.build(vectors).search(question[None], k, rows=rows)
    assert found.tolist() == by_brute_force(vectors, question, k, rows)


@pytest.mark.parametrize("k", [1, 3, 7, 100, 150, 260])
def test_equal_vectors_come_in_the_order_of_their_rows(k: int) -> None:
    # Small integers, so that every order of summation gives the same products.
    vectors = np.random.default_rng(3).integers(-1, 2, size=(300, 4)).astype(np.float32)
    question = np.array([1, 0, 1, 0], np.float32)
    allowed = np.arange(300) % 7 != 0
    index = DenseIndex.build(vectors)
    assert index.search(question[None], k)[1][0].tolist() == by_brute_force(
        vectors, question, k, np.ones(300, np.bool_)
    )
    _, (found,) = index.search(question[None], k, rows=allowed)
    assert found.tolist() == by_brute_force(vectors, question, k, allowed)


def test_chosen_rows_are_scored_in_the_order_asked_for() -> None:
    vectors = unit_rows(20)
    rows = np.array([7, 3, 3, 19])
    scores = DenseIndex.build(vectors).scores(vectors[7], rows)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, vectors[rows] @ vectors[7], rtol=1e-6)
    assert DenseIndex.build(vectors).scores(vectors[0], np.empty(0, np.int64)).shape == (0,)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    DenseIndex.build(np.empty((0, 16), np.float32)).save(tmp_path / "dense.faiss")
    index = DenseIndex.load(tmp_path / "dense.faiss")
    assert (len(index), index.dimensions) == (0, 16)
    scores, rows = index.search(unit_rows(2), 5)
    assert scores.shape == rows.shape == (2, 0)
    assert index.scores(unit_rows(1)[0], np.empty(0, np.int64)).shape == (0,)


def test_a_filter_that_allows_nothing_finds_nothing() -> None:
    index = DenseIndex.build(unit_rows(9))
    assert index.search(unit_rows(1), 5, rows=np.zeros(9, np.bool_))[1].shape == (1, 0)


def test_a_loaded_index_answers_as_the_saved_one(tmp_path: Path) -> None:
    vectors, questions = unit_rows(50), unit_rows(4, seed=1)
    saved = DenseIndex.build(vectors)
    saved.save(tmp_path / "dense.faiss")
    loaded = DenseIndex.load(tmp_path / "dense.faiss")
    assert (len(loaded), loaded.dimensions) == (50, 16)
    for one, other in zip(saved.search(questions, 7), loaded.search(questions, 7), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "garbage", "another kind"])
def test_a_damaged_file_is_reported_with_its_remedy(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "dense.faiss"
    DenseIndex.build(unit_rows(50)).save(path)
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "another kind":
        import faiss

        faiss.write_index(faiss.IndexFlatL2(16), str(path))
    else:
        path.write_bytes({"empty": b"", "cut": whole[:-100], "garbage": b"not an index" * 50}[damage])
    with pytest.raises(IndexDamaged, match=r"dense\.faiss: .*hoidap index --rebuild"):
        DenseIndex.load(path)
