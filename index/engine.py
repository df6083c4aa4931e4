"""What answers a search: an index in a folder of this machine, or a collection in Milvus; both do the same.

Takes where it is, gives an :class:`Engine`.  The packages above know no other name for either.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from index.errors import UsageError
from index.milvus.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from index.approximate import Kind
    from index.article import Article
    from index.encoder import Encoder
    from index.hit import ArticleSummary, Hit
    from index.report import BuildReport, Progress
    from index.short_forms import ShortForm

Where = str | Path | Place
"""The folder of an index, or the place of a collection."""


class Engine(Protocol):
    """One state of what is indexed, opened for questions; see :class:`index.search.Index` for what each method does."""

    def __len__(self) -> int:
        """Number of passages."""

    @property
    def encoder(self) -> Encoder:
        """What makes the vectors of questions."""

    @property
    def number(self) -> int:
        """Counts up with every change."""

    @property
    def is_current(self) -> bool:
        """Whether nothing has changed since it was opened."""

    def renewed(self) -> Engine:
        """The state that is current now."""

    def close(self) -> None:
        """Let go of files and connections."""

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        article: str | None = None,
    ) -> tuple[Hit, ...]:
        """The passages that most likely answer the question, best first."""

    def rarity(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """How much each term narrows the collection down."""

    def frequency(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """How many passages hold each term."""

    def short_forms(self, *, shorts: Sequence[str] = (), longs: Sequence[str] = ()) -> tuple[ShortForm, ...]:
        """The abbreviations that the articles explain."""

    def article(self, id: str) -> Article | None:
        """The article with this identifier."""

    def articles(self) -> tuple[ArticleSummary, ...]:
        """What is indexed."""


def open_engine(where: Where) -> Engine:
    """Open what is indexed there.

    :raises IndexNotFound: there is nothing.
    :raises IndexMismatch: it was made by another version or another encoder.
    :raises EngineFailed: Milvus does not answer.
    """
    if isinstance(where, Place):
        from index.milvus.search import MilvusIndex

        return MilvusIndex.open(where)
    from index.search import Index

    return Index.open(where)


def build_engine(
    paths: Sequence[str | Path],
    *,
    where: Where,
    layout: str | None = None,
    workers: str | None = None,
    bulk: str | Path | None = None,
    bucket: str | None = None,
    encoder: str | None = None,
    dense: Kind | Literal["auto"] | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Make what is indexed there mirror the articles in ``paths``.

    :param layout: of a new collection in Milvus, a JSON object; see :class:`index.milvus.layout.Layout`.
    :param workers: who encodes for Milvus; see :func:`index.spread.read_workers`.
    :param bulk: a folder for the Parquet files that a collection is loaded from at first; see
        :func:`index.milvus.bulk.bulk_load`.
    :param bucket: the path of a copy of it in the bucket of a Milvus cluster.
    :raises UsageError: one of these is wrong, or was given for a folder; ``dense`` was given for a collection.

    The other arguments and errors are those of :func:`index.build.build_index`.
    """
    made: dict[str, Any] = {"encoder": encoder, "rebuild": rebuild, "progress": progress}
    if isinstance(where, Place):
        if dense is not None:
            raise UsageError("--dense goes with an index in a folder: leave it out, or see --layout.")
        from index.milvus.layout import Layout
        from index.spread import read_workers

        made["place"] = where
        made["layout"] = Layout.read(layout) if layout is not None else None
        made["workers"] = read_workers(workers) if workers is not None else None
        if bulk is not None:
            from index.milvus.bulk import bulk_load

            return bulk_load(paths, folder=bulk, bucket=bucket, **made)
        if bucket is not None:
            raise UsageError("--bucket says where the folder of --bulk was copied to: give both, or neither.")
        from index.milvus.build import build_collection

        return build_collection(paths, **made)
    if any(one is not None for one in (layout, workers, bulk, bucket)):
        raise UsageError(
            "--layout, --workers, --bulk and --bucket go with --engine milvus: leave them out, or give it."
        )
    from index.build import build_index

    return build_index(paths, index=where, dense=dense, **made)
