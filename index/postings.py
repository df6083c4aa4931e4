"""Term counts of passages in, postings out: which passages hold a term, and how often.

A posting is one passage that holds a term.  They lie in numpy arrays that are mapped from disk, so that opening
takes no time and a question brings only its own terms into memory; there is no Python object a passage.  What a
posting adds to a score depends on the whole collection and is left to :mod:`index.bm25`: postings never change
when other passages come or go.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import load_array
from index.errors import IndexDamaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_MERGED = 8_000_000
"""Postings that are sorted in memory at a time, some 200 MB."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings of a run of passages, ordered by term and then by row.

    :ivar term_ids: uint64, shape (terms,), ascending.
    :ivar offsets: int64, shape (terms + 1,); the postings of term i are ``offsets[i]:offsets[i + 1]``.
    :ivar rows: int32, shape (postings,); ascending within a term.
    :ivar counts: uint16, shape (postings,); how often the passage holds the term.
    :ivar lengths: int32, shape (passages,); terms in each passage.
    """

    term_ids: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.integer[Any]]
    lengths: NDArray[np.int32]

    @classmethod
    def from_counts(cls, counts: Iterable[tuple[NDArray[np.uint64], NDArray[np.integer[Any]]]]) -> Postings:
        """Postings from the term counts of each passage, in row order.

        :param counts: per passage its distinct term ids and, of the same length, how often each occurs, as
            :func:`index.terms.term_counts` gives them.
        """
        pairs = list(counts)
        return cls.from_arrays(
            np.concatenate([np.empty(0, np.uint64), *(ids for ids, _ in pairs)]),
            np.concatenate([np.empty(0, np.uint16), *(times for _, times in pairs)]),
            sizes=np.fromiter((len(ids) for ids, _ in pairs), np.int64, len(pairs)),
        )

    @classmethod
    def from_arrays(
        cls,
        ids: NDArray[np.uint64],
        counts: NDArray[np.integer[Any]],
        *,
        sizes: NDArray[np.int64],
    ) -> Postings:
        """Postings from the term counts of all passages, one after the other.

        :param ids: the distinct term ids of the first passage, of the second, and so on.
        :param counts: how often each occurs, shape of ``ids``.
        :param sizes: how many of them are of each passage, shape (passages,).
        """
        rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        lengths = np.bincount(rows, weights=counts, minlength=len(sizes)).astype(np.int32)
        # A stable sort keeps the rows of one term ascending, which makes adding up their scores fast.
        order = np.argsort(ids, kind="stable")
        ids = ids[order]
        first = np.ones(len(ids), np.bool_)
        first[1:] = ids[1:] != ids[:-1]
        offsets = np.append(np.flatnonzero(first), len(ids)).astype(np.int64)
        return cls(
            term_ids=ids[offsets[:-1]],
            offsets=offsets,
            rows=rows[order],
            counts=counts[order],
            lengths=lengths,
        )

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """The postings in ``folder``, mapped from disk.

        Sizes, types and the ends of the arrays are checked; their contents are not read.

        :raises IndexDamaged: a file is missing, cut short, or disagrees with the others.
        """
        arrays = {name: load_array(folder / f"{name}.npy") for name in cls.__slots__}
        postings = cls(**arrays)
        terms, size = len(postings.term_ids), len(postings.rows)
        if not (
            all(array.ndim == 1 for array in arrays.values())
            and len(postings.offsets) == terms + 1
            and postings.offsets[-1] == size == len(postings.counts)
        ):
            raise IndexDamaged.in_generation(folder, "the BM25 files disagree")
        return postings

    def save(self, folder: Path) -> None:
        """Write one ``.npy`` file per array into ``folder``, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    def __len__(self) -> int:
        """Number of passages."""
        return len(self.lengths)

    @property
    def frequencies(self) -> NDArray[np.int64]:
        """In how many passages each of ``term_ids`` occurs; computed anew."""
        return np.diff(self.offsets)

    def places(self, term_ids: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where in ``self.term_ids`` each term stands, -1 where no passage holds it."""
        return places_in(self.term_ids, term_ids)

    def of(self, place: int) -> slice:
        """The postings of the term at ``place``."""
        return slice(int(self.offsets[place]), int(self.offsets[place + 1]))


def places_in(sorted_ids: NDArray[np.uint64], ids: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where in ``sorted_ids`` each of ``ids`` stands, -1 where it is not there.

    >>> places_in(np.array([3, 5, 9], np.uint64), np.array([9, 4], np.uint64)).tolist()
    [2, -1]
    """
    if not len(sorted_ids):
        return np.full(len(ids), -1, np.int64)
    places = np.searchsorted(sorted_ids, ids)
    return np.where(sorted_ids.take(places, mode="clip") == ids, places, -1).astype(np.int64)


class PostingsWriter:
    """Writes the postings of any number of passages, with a bounded number of them in memory.

    :param folder: where the arrays go; sorted runs lie in it until :meth:`close`.
    :param merged: postings that are sorted in memory at a time.
    """

    def __init__(self, folder: Path, *, merged: int = _MERGED) -> None:
        self._folder = folder
        self._merged = merged
        self._ids: list[NDArray[np.uint64]] = []
        self._counts: list[NDArray[np.uint16]] = []
        self._sizes: list[NDArray[np.int64]] = []
        self._waiting = 0
        self._runs: list[Path] = []

    def add(self, ids: NDArray[np.uint64], counts: NDArray[np.uint16], *, sizes: NDArray[np.int64]) -> None:
        """Add passages; the arguments are those of :meth:`Postings.from_arrays`."""
        self._ids.append(ids)
        self._counts.append(counts)
        self._sizes.append(sizes)
        self._waiting += len(ids)
        if self._waiting >= self._merged:
            run = self._folder / f"run-{len(self._runs)}"
            self._taken().save(run)
            self._runs.append(run)

    def close(self) -> None:
        """Write the arrays for all passages that were added, and delete the runs."""
        last = self._taken()
        if not self._runs:
            last.save(self._folder)
            return
        merge([*map(Postings.load, self._runs), last], self._folder)
        for run in self._runs:
            for file in run.iterdir():
                file.unlink()
            run.rmdir()

    def _taken(self) -> Postings:
        postings = Postings.from_arrays(
            np.concatenate([np.empty(0, np.uint64), *self._ids]),
            np.concatenate([np.empty(0, np.uint16), *self._counts]),
            sizes=np.concatenate([np.empty(0, np.int64), *self._sizes]),
        )
        self._ids, self._counts, self._sizes, self._waiting = [], [], [], 0
        return postings


def merge(parts: Sequence[Postings], folder: Path) -> None:
    """Write the postings of all passages of ``parts``, those of the first part first, into ``folder``.

    The rows of a term come part after part, so that they ascend without sorting.
    """
    term_ids = np.unique(np.concatenate([part.term_ids for part in parts]))
    places = [np.searchsorted(term_ids, part.term_ids) for part in parts]
    frequencies = np.zeros(len(term_ids), np.int64)
    for part, at in zip(parts, places, strict=True):
        frequencies[at] += part.frequencies
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(frequencies)])
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "term_ids.npy", term_ids)
    np.save(folder / "offsets.npy", offsets)
    np.save(folder / "lengths.npy", np.concatenate([part.lengths for part in parts]))
    rows = _created(folder / "rows.npy", np.int32, int(offsets[-1]))
    counts = _created(folder / "counts.npy", np.uint16, int(offsets[-1]))
    free = offsets[:-1].copy()
    first_row = 0
    for part, at in zip(parts, places, strict=True):
        sizes = part.frequencies
        to = np.repeat(free[at] - part.offsets[:-1], sizes)
        to += np.arange(len(to))
        rows[to] = part.rows + np.int32(first_row)
        counts[to] = part.counts
        free[at] += sizes
        first_row += len(part)


def _created(path: Path, dtype: type[np.generic], size: int) -> NDArray[Any]:
    """A new array on the disk, to be filled.

    :raises OSError: the disk is full; a page of a mapped file that finds no room would end the process.
    """
    if not size:  # nothing cannot be mapped
        np.save(path, np.empty(0, dtype))
        return np.empty(0, dtype)
    created: NDArray[Any] = np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=(size,))
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return created
