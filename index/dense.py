"""Unit vectors in, nearest rows out: inner products over FAISS, exact or by an approximate index.

Up to :data:`index.approximate.FLAT_UP_TO` rows all vectors are looked at, mapped from disk; beyond that an approximate
index proposes candidates, whose exact vectors are read from the file.  Either way the scores that come out are exact,
and those of a row depend on nothing but the row.  Making vectors is the encoder's part.
"""

from __future__ import annotations

import os
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index import approximate
from index.approximate import bitmap, kind_for, propose
from index.errors import IndexDamaged
from index.fusion import ranking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.approximate import Kind

_PROPOSED = 3
"""Candidates for each row that is wanted; 8-bit values put few of the nearest further down."""
_FEW = 20_000
"""So few rows are all looked at, whatever the index: a filter that lets few pass loses nothing."""
_ROUNDING = 1e-5
"""More than two ways to add up one inner product differ by."""
_FLAT, _APPROXIMATE = "dense.faiss", "approximate.faiss"


class RowFile:
    """Single rows of a matrix at the end of a file.

    Of a mapped file the system keeps 64 KB around every row that was ever looked at: after some thousand questions
    all of it, where nobody needs it.

    :param path: float32 values, row after row, up to the end; it may be deleted later.
    """

    def __init__(self, path: Path, *, rows: int, dimensions: int) -> None:
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._dimensions = dimensions
        self._start = path.stat().st_size - 4 * rows * dimensions

    def read(self, rows: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The chosen rows, shape (n, dimensions)."""
        size = 4 * self._dimensions
        read = b"".join(os.pread(self._file, size, self._start + size * row) for row in rows.tolist())
        return np.frombuffer(read, np.float32).reshape(len(rows), self._dimensions)


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a run of rows.

    :ivar flat: a FAISS ``IndexFlatIP``, which holds the exact vectors.
    :ivar approximate: an index over the same rows that proposes candidates; ``None`` where all rows are looked at.
    :ivar file: the file of ``flat``, to read single rows from; ``None`` where it is to be read as it is mapped.
    """

    flat: Any
    approximate: Any = None
    file: RowFile | None = None

    @classmethod
    def build(cls, vectors: NDArray[np.float32], *, kind: Kind | None = None) -> Vectors:
        """Index the vectors.

        :param vectors: float32, shape (rows, dimensions); unit rows make the scores cosines.
        :param kind: ``None`` for the one that fits their number.
        """
        import faiss  # half a second that a plain `hoidap --help` does not need

        vectors = np.ascontiguousarray(vectors, np.float32)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        return cls(flat, approximate.build(vectors, kind or kind_for(len(vectors))))

    @classmethod
    def load(cls, folder: Path) -> Vectors:
        """The vectors that :meth:`save` wrote, mapped from disk.

        :raises IndexDamaged: a file is missing, cut short, or of another kind.
        """
        import faiss

        flat = approximate.read(folder / _FLAT)
        if not isinstance(flat, faiss.IndexFlatIP):
            raise IndexDamaged.in_generation(folder / _FLAT, "not a flat inner-product index")
        if not (path := folder / _APPROXIMATE).is_file():
            return cls(flat)
        file = RowFile(folder / _FLAT, rows=flat.ntotal, dimensions=flat.d) if hasattr(os, "pread") else None
        vectors = cls(flat, approximate.read(path), file)
        if (vectors.approximate.ntotal, vectors.approximate.d) != (flat.ntotal, flat.d):
            raise IndexDamaged.in_generation(path, "not of the vectors beside it")
        return vectors

    def save(self, folder: Path) -> None:
        """Write the files into ``folder``, which is made if need be.

        :raises OSError: the disk is full.
        """
        folder.mkdir(parents=True, exist_ok=True)
        approximate.write(self.flat, folder / _FLAT)
        if self.approximate is not None:
            approximate.write(self.approximate, folder / _APPROXIMATE)

    def __len__(self) -> int:
        return int(self.flat.ntotal)

    @property
    def exact(self) -> NDArray[np.float32]:
        """A view of all vectors, shape (rows, dimensions), that copies nothing."""
        import faiss

        if not len(self):
            return np.empty((0, self.flat.d), np.float32)
        values = faiss.rev_swig_ptr(self.flat.get_xb(), len(self) * self.flat.d)
        view: NDArray[np.float32] = values.reshape(len(self), self.flat.d)
        return view

    def scores(self, vector: NDArray[np.float32], rows: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The inner products of one vector with the chosen rows; those of one row, whatever the others are."""
        # A matrix product adds up a row by where it stands among the others; einsum does not.
        held = self.exact[rows] if self.file is None else self.file.read(rows)
        products: NDArray[np.float32] = np.einsum("ij,j->i", held, vector)
        return products

    def near(
        self, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Rows among which are the ``k`` nearest ones, all that tie for the last place included.

        With an approximate index a few of them may be missing.

        :param rows: shape (n,); only rows that are True are searched.
        """
        searchable = len(self) if rows is None else int(np.count_nonzero(rows))
        if searchable <= k:
            return np.arange(len(self)) if rows is None else np.flatnonzero(rows)
        if self.approximate is not None and searchable > _FEW:
            proposed = propose(self.approximate, vector, min(_PROPOSED * k, searchable), rows=rows)
            if len(proposed) >= k:
                return proposed
            # What the filter lets pass lies elsewhere than what is near.
        return self._nearest(vector, k, rows=rows, searchable=searchable)

    def _nearest(
        self, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.bool_] | None, searchable: int
    ) -> NDArray[np.int64]:
        import faiss

        patched: Any = faiss
        params = None if rows is None else patched.SearchParameters(sel=bitmap(rows))
        # One question keeps one core busy; more threads only wait for each other.
        faiss.omp_set_num_threads(1)
        # FAISS keeps any of the rows that tie for the last place: look on until the tie is over.
        fetch = k
        while True:
            fetch = min(fetch + 1, searchable)
            (scores,), (found,) = self.flat.search(vector[None], fetch, params=params)
            if fetch == searchable or scores[-1] < scores[k - 1] - _ROUNDING * max(1.0, abs(scores[k - 1])):
                return np.asarray(found, np.int64)
            fetch *= 2


class DenseIndex:
    """The vectors of a collection, in parts one after the other.

    :param parts: the rows of a part count on from those of the part before.
    :param places: which row comes before which where scores are equal, int, shape (rows,); by row for ``None``.
    """

    def __init__(self, parts: Sequence[Vectors], *, places: NDArray[np.integer[Any]] | None = None) -> None:
        self._parts = tuple(parts)
        self._places = places
        self._starts = np.cumsum([0, *map(len, parts)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return int(self._parts[0].flat.d)

    def search(
        self, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The ``k`` rows nearest to a vector, nearest first, equal ones by place.

        :param vector: float32, shape (dimensions,).
        :param rows: shape (rows,); only rows that are True are searched; None searches all.
        :returns: shape (at most k,): fewer where fewer rows may be searched.
        """
        if k < 1:
            return np.empty(0, np.int64)
        vector = np.ascontiguousarray(vector, np.float32)
        found: list[NDArray[np.int64]] = []
        scores: list[NDArray[np.float32]] = []
        for part, start in zip(self._parts, self._starts.tolist(), strict=False):
            of_part = None if rows is None else rows[start : start + len(part)]
            near = part.near(vector, k, rows=of_part)
            found.append(start + near)
            scores.append(part.scores(vector, near))
        near = np.concatenate(found)
        ties = near if self._places is None else self._places[near]
        return near[ranking(np.concatenate(scores), k=k, ties=ties)]

    def scores(self, vector: NDArray[np.float32], rows: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The inner products of one vector with the chosen rows.

        :param vector: float32, shape (dimensions,).
        :param rows: integers, shape (n,), each in [0, rows).
        :returns: shape (n,), in the order of ``rows``.
        """
        products = np.empty(len(rows), np.float32)
        for part, start in zip(self._parts, self._starts.tolist(), strict=False):
            here = (rows >= start) & (rows < start + len(part))
            products[here] = part.scores(np.asarray(vector, np.float32), rows[here] - start)
        return products
