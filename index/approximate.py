"""Many vectors in, an index of FAISS out that proposes near rows without looking at all of them.

What it proposes is not ranked for good: :mod:`index.dense` scores it again on the exact vectors.  Training takes
its sample with a seed, so that the same vectors give the same index.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from index.errors import IndexDamaged
from index.onnx_model import available_cores

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Kind = Literal["flat", "ivf", "hnsw"]
"""``flat`` looks at every vector; ``ivf`` at those of the nearest of many groups; ``hnsw`` follows a graph."""

FLAT_UP_TO = 100_000
"""Passages; up to here a look at every vector takes some 8 ms on one core, and nothing can be missed."""
PROBES = 64
"""Groups that ``ivf`` looks into: 0.993 of the ten nearest of a million vectors are found so, 0.963 with 16."""
EFFORT = 256
"""Rows that ``hnsw`` keeps in view."""
_NEIGHBOURS = 32  # of each row in the graph
_SAMPLE = 64  # vectors a group that training looks at
_ROUNDS = 8  # of k-means
_BLOCK = 65_536  # vectors that are added at a time
_SEED = 5


def kind_for(passages: int) -> Kind:
    """The kind of index that fits a number of passages."""
    return "flat" if passages <= FLAT_UP_TO else "ivf"


def build(vectors: NDArray[np.float32], kind: Kind) -> Any:
    """An index of this kind, values in 8 bits; ``None`` for ``flat``, which needs none.

    :param vectors: float32, shape (n, d); may be mapped from disk.
    """
    faiss = _faiss()
    rows, dimensions = vectors.shape
    if kind == "flat" or not rows:
        return None
    groups = max(1, min(int(2 * rows**0.5), rows // _SAMPLE))
    name = f"IVF{groups},SQ8" if kind == "ivf" else f"HNSW{_NEIGHBOURS},SQ8"
    index = faiss.index_factory(dimensions, name, faiss.METRIC_INNER_PRODUCT)
    if kind == "ivf":
        index.cp.niter = _ROUNDS
        index.cp.max_points_per_centroid = _SAMPLE
        index.cp.min_points_per_centroid = 1
    sample = np.random.default_rng(_SEED).choice(rows, min(rows, groups * _SAMPLE), replace=False)
    faiss.omp_set_num_threads(available_cores())
    index.train(vectors[np.sort(sample)])
    for start in range(0, rows, _BLOCK):
        index.add(np.ascontiguousarray(vectors[start : start + _BLOCK]))
    return index


def propose(
    index: Any, vector: NDArray[np.float32], k: int, *, rows: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    """About ``k`` rows near a vector, in no order that means anything.

    :param vector: shape (d,).
    :param rows: shape (n,); only rows that are True are proposed.  The fewer there are, the more is looked at.
    """
    faiss = _faiss()
    share = 1.0 if rows is None else np.count_nonzero(rows) / len(rows)
    selector = None if rows is None else bitmap(rows)
    if isinstance(index, faiss.IndexIVF):
        probes = min(index.nlist, round(PROBES / share))
        parameters = faiss.SearchParametersIVF(nprobe=probes, sel=selector)
    else:
        effort = min(index.ntotal, round(max(EFFORT, 2 * k) / share))
        parameters = faiss.SearchParametersHNSW(efSearch=effort, sel=selector)
    faiss.omp_set_num_threads(1)
    _, found = index.search(np.ascontiguousarray(vector[None], np.float32), k, params=parameters)
    proposed: NDArray[np.int64] = found[0][found[0] >= 0]
    return proposed


def bitmap(rows: NDArray[np.bool_]) -> Any:
    """FAISS's selector of the rows that are True."""
    return _faiss().IDSelectorBitmap(np.packbits(rows, bitorder="little"))


def read(path: Path) -> Any:
    """An index that FAISS wrote, mapped from disk where the system can.

    :raises IndexDamaged: it is missing, cut short, or not an index.
    """
    import faiss

    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if os.name == "posix" else 0)
    except RuntimeError as error:
        reason = str(error).rsplit("Error: ", 1)[-1].strip()  # the rest is the C++ function and line
        raise IndexDamaged.in_generation(path, reason) from error


def write(index: Any, path: Path) -> None:
    """Write an index in FAISS's own format.

    :raises OSError: the disk is full; FAISS's own writer would leave a shorter file and say nothing.
    """
    faiss = _faiss()
    with path.open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))


def _faiss() -> Any:
    """FAISS, whose stubs describe it as it is before it wraps itself; half a second that `--help` does not need."""
    import faiss

    return faiss
