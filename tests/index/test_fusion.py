import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import fuse, min_max, ranking

few_values = arrays(np.float32, st.integers(0, 30), elements=st.sampled_from([-1.0, 0.0, 0.25, 0.5, 3.0]))
scores = arrays(np.float32, st.integers(1, 30), elements=st.floats(-100, 100, width=32))


@given(scores)
def test_scaled_scores_span_zero_to_one_in_the_same_order(values: np.ndarray) -> None:
    scaled = min_max(values)
    assert scaled.dtype == np.float32
    if values.min() == values.max():
        assert not scaled.any()
    else:
        assert (scaled.min(), scaled.max()) == (0, 1)
        assert (np.diff(scaled[np.argsort(values, kind="stable")]) >= 0).all()


def test_the_sum_is_weighted() -> None:
    bm25, dense = np.array([10.0, 0.0, 5.0]), np.array([0.5, 0.9, 0.7])
    np.testing.assert_allclose(fuse(bm25, dense, weight=0.25), [0.75, 0.25, 0.5])
    np.testing.assert_array_equal(fuse(bm25, dense, weight=0), min_max(bm25))
    np.testing.assert_array_equal(fuse(bm25, dense, weight=1), min_max(dense))


def test_constant_scores_leave_the_other_side_to_decide() -> None:
    assert ranking(fuse(np.zeros(3), np.array([0.1, 0.3, 0.2]))).tolist() == [1, 2, 0]
    assert fuse(np.zeros(2), np.full(2, 0.7)).tolist() == [0, 0]


def test_nothing_fuses_to_nothing() -> None:
    assert fuse(np.empty(0), np.empty(0)).shape == (0,)
    assert ranking(np.empty(0)).shape == (0,)


@given(few_values, st.integers(0, 35))
def test_the_first_k_of_a_ranking_are_those_of_a_full_sort(values: np.ndarray, k: int) -> None:
    expected = sorted(range(len(values)), key=lambda row: (-values[row], row))
    assert ranking(values).tolist() == expected
    assert ranking(values, k=k).tolist() == expected[:k]


@pytest.mark.parametrize("weight", [0.0, 0.3, 0.5, 1.0])
def test_fused_scores_stay_within_zero_and_one(weight: float) -> None:
    random = np.random.default_rng(0)
    fused = fuse(random.normal(size=50), random.normal(size=50), weight=weight)
    assert fused.min() >= 0 and fused.max() <= 1
