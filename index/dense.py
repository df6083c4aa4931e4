"""Unit vectors in, nearest rows out: an exact inner-product index over FAISS.

Rows are passages in the order of their generation.  Making vectors is the encoder's part; approximate
indexes for larger collections are left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged


class DenseIndex:
    """The vectors of a collection, searched exactly.

    :param index: a FAISS ``IndexFlatIP``; use :meth:`build` or :meth:`load` instead.
    """

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """An index of ``vectors``.

        :param vectors: float32, shape (passages, dimensions); unit rows make the scores cosines.
        """
        import faiss  # half a second that a plain `hoidap --help` does not need

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index that :meth:`save` wrote.

        :raises IndexDamaged: the file is missing, cut short, or not a flat inner-product index.
        """
        import faiss

        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexDamaged(f"{path}: {_reason(error)}; run: hoidap index --rebuild") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexDamaged(f"{path}: not a flat inner-product index; run: hoidap index --rebuild")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to ``path`` in FAISS's own format.

        :raises OSError: the disk is full; FAISS's own writer would leave a shorter file and say nothing.
        """
        import faiss

        patched: Any = faiss
        with path.open("wb") as file:
            faiss.write_index(self._index, patched.PyCallbackIOWriter(file.write))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return int(self._index.d)

    def search(
        self, vectors: NDArray[np.float32], k: int, *, rows: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The ``k`` nearest rows of each vector, nearest first, equal ones by row.

        :param vectors: float32, shape (questions, dimensions).
        :param rows: shape (passages,); only rows that are True are searched; None searches all.
        :returns: inner products and rows, both of shape (questions, at most k): fewer columns where fewer
            rows may be searched.
        """
        import faiss

        searchable = len(self) if rows is None else int(np.count_nonzero(rows))
        k = min(k, searchable)
        if k < 1 or not len(vectors):
            return np.empty((len(vectors), 0), np.float32), np.empty((len(vectors), 0), np.int64)
        params = None
        if rows is not None:
            bits = np.packbits(rows, bitorder="little")
            patched: Any = faiss  # its stubs describe these two as they are before faiss wraps them
            params = patched.SearchParameters(sel=patched.IDSelectorBitmap(bits))
        vectors = np.ascontiguousarray(vectors, np.float32)

        # FAISS keeps any of the rows that tie for the last place: look on until the tie is over.
        fetch = k
        while True:
            fetch = min(fetch + 1, searchable)
            scores, found = self._index.search(vectors, fetch, params=params)
            if fetch == searchable or (scores[:, -1] < scores[:, k - 1]).all():
                break
            fetch *= 2
        order = np.lexsort((found, -scores), axis=-1)[:, :k]
        return np.take_along_axis(scores, order, axis=-1), np.take_along_axis(found, order, axis=-1)

    def scores(self, vector: NDArray[np.float32], rows: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The inner products of one vector with the chosen rows.

        :param vector: float32, shape (dimensions,).
        :param rows: integers, shape (n,), each in [0, passages).
        :returns: shape (n,), in the order of ``rows``.
        """
        products: NDArray[np.float32] = self._vectors()[rows] @ np.asarray(vector, np.float32)
        return products

    def _vectors(self) -> NDArray[np.float32]:
        """A view of all vectors, shape (passages, dimensions), that copies nothing."""
        import faiss

        if not len(self):
            return np.empty((0, self.dimensions), np.float32)
        flat = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self.dimensions)
        view: NDArray[np.float32] = flat.reshape(len(self), self.dimensions)
        return view


def _reason(error: RuntimeError) -> str:
    """The end of a FAISS message, which begins with the C++ function and line."""
    return str(error).rsplit("Error: ", 1)[-1].strip()
