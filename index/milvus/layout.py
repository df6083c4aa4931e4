"""How a collection is laid out in Milvus: chosen when it is made, kept in its manifest."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from index.errors import UsageError

_BUILT_WITH: dict[str, dict[str, Any]] = {
    "FLAT": {},
    "AUTOINDEX": {},
    "HNSW": {"M": 32, "efConstruction": 200},
    "IVF_FLAT": {"nlist": 4096},
    "IVF_SQ8": {"nlist": 4096},
    "DISKANN": {},
}
_SEARCHED_WITH: dict[str, dict[str, Any]] = {
    "HNSW": {"ef": 256},
    "IVF_FLAT": {"nprobe": 64},
    "IVF_SQ8": {"nprobe": 64},
    "DISKANN": {"search_list": 200},
}
_KEEP_VECTORS = frozenset({"FLAT", "HNSW", "IVF_FLAT"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The choices of a collection.

    :ivar dense: index of the vectors: ``FLAT`` is exact; ``HNSW``, ``IVF_FLAT``, ``IVF_SQ8``, ``DISKANN`` and
        ``AUTOINDEX`` are for millions.
    :ivar bm25: ``weights``, our own in a sparse vector, or ``function``, candidates by Milvus's BM25 function.
    :ivar shards: how many channels take what is written, 1 to 16.
    :ivar partitions: how many partitions the years are spread over, 1 to 1,024.
    :ivar replicas: copies in memory on different query nodes.
    :ivar build: parameters of the index of the vectors, over the usual ones.
    :ivar search: parameters of each search in it, likewise.
    """

    dense: Literal["FLAT", "AUTOINDEX", "HNSW", "IVF_FLAT", "IVF_SQ8", "DISKANN"] = "FLAT"
    bm25: Literal["weights", "function"] = "weights"
    shards: int = 1
    partitions: int = 16
    replicas: int = 1
    build: dict[str, Any] = field(default_factory=dict)
    search: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = self.dense in _BUILT_WITH and self.bm25 in ("weights", "function")
        if not known or min(self.shards, self.partitions, self.replicas) < 1:
            raise UsageError(
                f"{json.dumps(asdict(self))} is no layout: see docs/scale.md for what it may be."
            )

    @classmethod
    def read(cls, text: str) -> Layout:
        """The layout in a JSON object; what it leaves out is as usual.

        :raises UsageError: it is no such object.

        >>> Layout.read('{"dense": "HNSW", "shards": 4}').shards
        4
        """
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            names = ", ".join(one.name for one in fields(cls))
            raise UsageError(f"{text!r} is no layout ({error}): write a JSON object of {names}.") from error

    @property
    def built_with(self) -> dict[str, Any]:
        """Parameters of the index of the vectors."""
        return _BUILT_WITH[self.dense] | self.build

    @property
    def searched_with(self) -> dict[str, Any]:
        """Parameters of each search among the vectors."""
        return _SEARCHED_WITH.get(self.dense, {}) | self.search

    @property
    def gives_cosines(self) -> bool:
        """Whether the distances that a search gives are those of the vectors themselves, not of shortened ones."""
        return self.dense in _KEEP_VECTORS
