"""Passages of the database → the files that a run of rows is searched with, and back.

::

    rows.npy         int64 (n, 3): key of the passage and of its article, checksum of both; one row a passage
    dense.faiss      the exact vectors
    approximate.faiss  an index that proposes candidates, where there are many
    bm25/*.npy       the postings

A part never changes. Reading takes no part of it into memory: everything is mapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import load_array
from index.dense import Vectors
from index.errors import IndexDamaged
from index.postings import Postings, PostingsWriter
from index.writer import LivePassages

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from index.approximate import Kind
    from index.writer import StoreWriter


@dataclass(frozen=True, slots=True)
class Part:
    """A run of rows, opened.

    :ivar passages: int64, shape (rows,), key of the passage of each row.
    :ivar articles: int64, shape (rows,), key of the article of each row.
    :ivar checksums: int64, shape (rows,), of the passage and the article of each row.
    """

    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    checksums: NDArray[np.int64]
    postings: Postings
    vectors: Vectors

    @classmethod
    def load(cls, folder: Path) -> Part:
        """The part that :func:`write` wrote.

        :raises IndexDamaged: a file is missing or cut short, or they disagree.
        """
        rows = load_array(folder / "rows.npy")
        if rows.ndim != 2 or rows.shape[1] != 3:
            raise IndexDamaged.in_generation(folder / "rows.npy", f"it has the shape {rows.shape}")
        keys, articles, checksums = rows.T
        part = cls(keys, articles, checksums, Postings.load(folder / "bm25"), Vectors.load(folder))
        sizes = {len(rows), len(part.postings), len(part.vectors)}
        if len(sizes) > 1:
            raise IndexDamaged.in_generation(
                folder, f"its files disagree on the number of passages: {sorted(sizes)}"
            )
        return part

    def __len__(self) -> int:
        return len(self.passages)

    def of(self, rows: NDArray[np.integer[Any]]) -> LivePassages:
        """The keys and checksums of some rows."""
        return LivePassages(self.passages[rows], self.articles[rows], self.checksums[rows])


def write(folder: Path, store: StoreWriter, shown: LivePassages, *, dimensions: int, kind: Kind) -> None:
    """Write the files of the passages, in their order, into ``folder``, which is made.

    :param dimensions: of the vectors.
    :param kind: of the dense index.
    :raises IndexDamaged: a passage is not as it was written.
    """
    folder.mkdir()
    np.save(folder / "rows.npy", np.stack(shown, axis=1))
    vectors = np.empty((len(shown.passages), dimensions), np.float32)
    postings = PostingsWriter(folder / "bm25")
    row = 0
    for encoded in store.encoded(shown):
        vectors[row : row + len(encoded.sizes)] = encoded.vectors
        postings.add(encoded.term_ids, encoded.term_counts, sizes=encoded.sizes)
        row += len(encoded.sizes)
    postings.close()
    Vectors.build(vectors, kind=kind).save(folder)
