from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import approximate, dense
from index.approximate import FLAT_UP_TO, kind_for
from index.dense import DenseIndex, Vectors
from index.errors import IndexDamaged


def unit_rows(count: int, *, dimensions: int = 16, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def index_of(*parts: np.ndarray, kind=None, places=None) -> DenseIndex:
    return DenseIndex([Vectors.build(part, kind=kind) for part in parts], places=places)


def by_brute_force(vectors: np.ndarray, question: np.ndarray, k: int, rows: np.ndarray) -> list[int]:
    products = vectors @ question
    return sorted(np.flatnonzero(rows).tolist(), key=lambda row: (-products[row], row))[:k]


@pytest.mark.parametrize("k", [1, 5, 60, 500])
@pytest.mark.parametrize("cut", [300, 200, 0])
def test_search_finds_what_brute_force_finds(k: int, cut: int) -> None:
    vectors = unit_rows(300)
    index = index_of(vectors[:cut], vectors[cut:])
    for question in unit_rows(3, seed=1):
        expected = by_brute_force(vectors, question, k, np.ones(300, np.bool_))
        assert index.search(question, k).tolist() == expected


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=40, max_size=40), st.integers(0, 50), st.integers(0, 40))
def test_a_filtered_search_sees_the_allowed_rows_only(allowed: list[bool], k: int, cut: int) -> None:
    vectors, rows = unit_rows(40), np.array(allowed)
    (question,) = unit_rows(1, seed=2)
    found = index_of(vectors[:cut], vectors[cut:]).search(question, k, rows=rows)
    assert found.tolist() == by_brute_force(vectors, question, k, rows)


@pytest.mark.parametrize("k", [1, 3, 7, 100, 150, 260])
@pytest.mark.parametrize("cut", [300, 150])
def test_equal_vectors_come_in_the_order_of_their_rows(k: int, cut: int) -> None:
    # Small integers, so that every order of summation gives the same products.
    vectors = np.random.default_rng(3).integers(-1, 2, size=(300, 4)).astype(np.float32)
    question = np.array([1, 0, 1, 0], np.float32)
    allowed = np.arange(300) % 7 != 0
    index = index_of(vectors[:cut], vectors[cut:])
    assert index.search(question, k).tolist() == by_brute_force(vectors, question, k, np.ones(300, np.bool_))
    assert index.search(question, k, rows=allowed).tolist() == by_brute_force(vectors, question, k, allowed)


def test_places_decide_between_equal_vectors() -> None:
    vectors = np.ones((6, 4), np.float32)
    index = index_of(vectors[:4], vectors[4:], places=np.array([5, 0, 3, 4, 2, 1]))
    assert index.search(vectors[0], 3).tolist() == [1, 5, 4]


def test_chosen_rows_are_scored_in_the_order_asked_for() -> None:
    vectors = unit_rows(20)
    rows = np.array([7, 3, 3, 19])
    index = index_of(vectors[:5], vectors[5:])
    scores = index.scores(vectors[7], rows)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, vectors[rows] @ vectors[7], rtol=1e-6)
    assert index.scores(vectors[0], np.empty(0, np.int64)).shape == (0,)


def test_the_score_of_a_row_does_not_depend_on_the_others() -> None:
    vectors = unit_rows(50, dimensions=384)
    index = index_of(vectors[:20], vectors[20:])
    together = index.scores(vectors[0], np.arange(50))
    assert together.tolist() == [float(index.scores(vectors[0], np.array([row]))[0]) for row in range(50)]


@pytest.mark.parametrize("kind", ["ivf", "hnsw"])
def test_an_approximate_index_finds_nearly_all_and_scores_exactly(kind: str, monkeypatch) -> None:
    monkeypatch.setattr(dense, "_FEW", 100)
    vectors = unit_rows(4_000, dimensions=32)
    allowed = np.random.default_rng(1).random(4_000) < 0.1
    exact, index = index_of(vectors), index_of(vectors, kind=kind)
    for rows in (None, allowed):
        missed = 0
        for question in unit_rows(20, dimensions=32, seed=4):
            wanted, found = (some.search(question, 10, rows=rows).tolist() for some in (exact, index))
            assert len(found) == len(set(found)) == 10
            assert rows is None or rows[found].all()
            products = index.scores(question, np.array(found))
            assert products.tolist() == exact.scores(question, np.array(found)).tolist()
            assert products.tolist() == sorted(products.tolist(), reverse=True)
            missed += len(set(wanted) - set(found))
        assert missed <= 4  # of 200


@pytest.mark.parametrize("kind", ["ivf", "hnsw"])
def test_a_filter_that_lets_few_pass_loses_nothing(kind: str) -> None:
    vectors = unit_rows(3_000)
    allowed = np.random.default_rng(1).random(3_000) < 0.01
    for question in unit_rows(5, seed=4):
        found = index_of(vectors, kind=kind).search(question, 10, rows=allowed).tolist()
        assert found == by_brute_force(vectors, question, 10, allowed)


@pytest.mark.parametrize("kind", ["ivf", "hnsw"])
def test_rows_that_pass_are_found_though_none_of_them_is_near(kind: str, monkeypatch) -> None:
    monkeypatch.setattr(dense, "_FEW", 10)
    monkeypatch.setattr(approximate, "PROBES", 1)
    near, far = unit_rows(2_000), unit_rows(2_000, seed=1)
    near[:, 0], far[:, 0] = 20, -20
    vectors = np.concatenate([near, far])
    allowed = np.arange(4_000) >= 2_000
    for question in near[:5]:
        found = index_of(vectors, kind=kind).search(question, 10, rows=allowed).tolist()
        assert len(found) == 10 and min(found) >= 2_000


@pytest.mark.parametrize("kind", ["flat", "ivf", "hnsw"])
def test_a_loaded_index_answers_as_the_saved_one(tmp_path: Path, kind: str, monkeypatch) -> None:
    monkeypatch.setattr(dense, "_FEW", 10)
    saved = Vectors.build(unit_rows(500), kind=kind)
    saved.save(tmp_path)
    loaded = Vectors.load(tmp_path)
    assert (len(loaded), (loaded.approximate is None)) == (500, kind == "flat")
    np.testing.assert_array_equal(loaded.exact, saved.exact)
    if kind != "flat":
        (tmp_path / "dense.faiss").unlink()  # a newer generation was published, and this one removed
        rows = np.array([7, 499, 0, 7])
        np.testing.assert_array_equal(loaded.file.read(rows), saved.exact[rows])
        assert loaded.file.read(rows[:0]).shape == (0, 16)
    for question in unit_rows(4, seed=1):
        assert (
            DenseIndex([loaded]).search(question, 7).tolist()
            == DenseIndex([saved]).search(question, 7).tolist()
        )


@pytest.mark.parametrize("kind", ["ivf", "hnsw"])
def test_the_same_vectors_make_the_same_approximate_index(tmp_path: Path, kind: str) -> None:
    for name in ("one", "two"):
        Vectors.build(unit_rows(500), kind=kind).save(tmp_path / name)
    one, two = ((tmp_path / name / "approximate.faiss").read_bytes() for name in ("one", "two"))
    assert one == two


def test_the_kind_follows_from_the_number_of_passages() -> None:
    assert (kind_for(5), kind_for(FLAT_UP_TO), kind_for(FLAT_UP_TO + 1)) == ("flat", "flat", "ivf")


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    Vectors.build(np.empty((0, 16), np.float32)).save(tmp_path)
    index = DenseIndex([Vectors.load(tmp_path)])
    assert (len(index), index.dimensions) == (0, 16)
    assert index.search(unit_rows(1)[0], 5).shape == (0,)
    assert index.scores(unit_rows(1)[0], np.empty(0, np.int64)).shape == (0,)


def test_a_filter_that_allows_nothing_finds_nothing() -> None:
    assert index_of(unit_rows(9)).search(unit_rows(1)[0], 5, rows=np.zeros(9, np.bool_)).shape == (0,)


# An approximate index that is missing makes a flat part; that it should be there is told by the manifest.
@pytest.mark.parametrize(
    ("name", "damage"),
    [("dense.faiss", "missing")]
    + [
        (name, damage)
        for name in ("dense.faiss", "approximate.faiss")
        for damage in ("empty", "cut", "garbage", "another kind")
    ],
)
def test_a_damaged_file_is_reported_with_its_remedy(tmp_path: Path, name: str, damage: str) -> None:
    path = tmp_path / name
    Vectors.build(unit_rows(50), kind="ivf").save(tmp_path)
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "another kind":
        import faiss

        faiss.write_index(faiss.IndexFlatL2(8), str(path))
    else:
        path.write_bytes({"empty": b"", "cut": whole[:-100], "garbage": b"not an index" * 50}[damage])
    with pytest.raises(IndexDamaged, match=rf"{name} is damaged .*: run `hoidap index`"):
        Vectors.load(tmp_path)
