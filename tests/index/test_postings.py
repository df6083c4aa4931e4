from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.postings import Postings, PostingsWriter, merge
from index.terms import term_counts, term_ids

ARTICLES = [
    "Đảng bộ Sở GDĐT có 07 chi bộ trực thuộc, 72 đảng viên.",
    "Hội nghị sơ kết công tác xây dựng Đảng 6 tháng đầu năm.",
    "",
    "Toàn tỉnh có 3.789 đảng viên.",
]
counts = st.lists(st.dictionaries(st.integers(0, 12), st.integers(1, 9), max_size=6), max_size=9)


def of(passages: list[dict[int, int]]) -> Postings:
    return Postings.from_counts(
        (np.array(sorted(held), np.uint64), np.array([held[term] for term in sorted(held)], np.uint16))
        for held in passages
    )


def of_articles() -> Postings:
    return Postings.from_counts(map(term_counts, ARTICLES))


def assert_equal(one: Postings, other: Postings) -> None:
    for name in Postings.__slots__:
        first, second = getattr(one, name), getattr(other, name)
        np.testing.assert_array_equal(first, second)
        assert first.dtype == second.dtype


@settings(deadline=None)
@given(counts)
def test_a_posting_is_a_passage_that_holds_a_term(passages: list[dict[int, int]]) -> None:
    found = of(passages)
    assert {
        (int(term), int(row)): int(count)
        for place, term in enumerate(found.term_ids)
        for row, count in zip(found.rows[found.of(place)], found.counts[found.of(place)], strict=True)
    } == {(term, row): count for row, held in enumerate(passages) for term, count in held.items()}
    assert found.lengths.tolist() == [sum(held.values()) for held in passages]


def test_types_are_those_that_the_disk_format_promises() -> None:
    for postings in (of_articles(), of([])):
        types = [getattr(postings, name).dtype for name in Postings.__slots__]
        assert types == [np.uint64, np.int64, np.int32, np.uint16, np.int32]


@settings(deadline=None)
@given(counts, counts, counts)
def test_merged_parts_are_the_postings_of_all_passages(tmp_path_factory, one, two, three) -> None:
    folder = tmp_path_factory.mktemp("merged")
    merge([of(one), of(two), of(three)], folder)
    assert_equal(Postings.load(folder), of(one + two + three))


@pytest.mark.parametrize("merged", [1, 20, 10_000])
def test_a_writer_makes_the_same_files_however_little_it_may_keep_in_memory(
    tmp_path: Path, merged: int
) -> None:
    writer = PostingsWriter(tmp_path / "written", merged=merged)
    for ids, times in map(term_counts, ARTICLES):
        writer.add(ids, times, sizes=np.array([len(ids)]))
    writer.close()
    of_articles().save(tmp_path / "saved")
    written, saved = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("written", "saved")
    )
    assert written == saved


def test_loaded_postings_are_the_saved_ones(tmp_path: Path) -> None:
    of_articles().save(tmp_path / "bm25")
    assert_equal(Postings.load(tmp_path / "bm25"), of_articles())


def test_nothing_can_be_saved_and_loaded(tmp_path: Path) -> None:
    of([]).save(tmp_path)
    loaded = Postings.load(tmp_path)
    assert len(loaded) == 0
    assert loaded.places(term_ids(["đảng"])).tolist() == [-1]


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "garbage", "pickle", "disagreeing"])
def test_damaged_files_are_reported_with_their_remedy(tmp_path: Path, damage: str) -> None:
    of_articles().save(tmp_path)
    path = tmp_path / "counts.npy"
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "pickle":
        np.save(path, np.array([object()]), allow_pickle=True)
    elif damage == "disagreeing":
        np.save(path, np.zeros(3, np.uint16))
    else:
        path.write_bytes({"empty": b"", "cut": whole[:-20], "garbage": b"not an array" * 9}[damage])
    with pytest.raises(IndexDamaged, match="run `hoidap index`"):
        Postings.load(tmp_path)
