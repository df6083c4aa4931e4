"""The one row that says what a collection is: by whom it was made, what it holds, and the figures behind its BM25."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexMismatch, IndexNotFound
from index.milvus.layout import Layout
from index.milvus.schema import NO_VECTOR, STATE, TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.milvus.database import Database

FORMAT = 2
"""Version of everything in Milvus; raised whenever reading, cutting or the tables change."""
_KEY = 0
_EXACT = 1_000


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is known of all terms together.

    :ivar mean_length: terms of a passage when the collection was made; what lengths are measured by;
        0 before it was.
    :ivar terms_held: by a number of passages, how many terms that many passages hold; numbers from a thousand on
        have two significant digits.
    """

    mean_length: float = 0.0
    terms_held: dict[int, int] = field(default_factory=dict)

    @property
    def vocabulary(self) -> int:
        """How many different terms there are."""
        return sum(self.terms_held.values())

    def mean_idf(self, passages: int) -> float:
        """The mean over all terms of ln(N - n + ½) - ln(n + ½), with n of N passages holding a term.

        >>> round(Statistics(terms_held={1: 1, 2: 1}).mean_idf(100), 3)
        3.934
        """
        if not self.terms_held:
            return 0.0
        held = np.fromiter(self.terms_held, np.float64)
        terms = np.fromiter(self.terms_held.values(), np.float64)
        return float(
            np.average(np.log(np.maximum(passages - held, 0) + 0.5) - np.log(held + 0.5), weights=terms)
        )

    def with_counts(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> Statistics:
        """The statistics after some terms changed the number of passages that hold them."""
        held = Counter(self.terms_held)
        held.subtract(_rounded(before[before > 0]).tolist())
        held.update(_rounded(after[after > 0]).tolist())
        return replace(
            self, terms_held={number: terms for number, terms in sorted(held.items()) if terms > 0}
        )


def _rounded(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    scale = 10 ** np.maximum(np.log10(np.maximum(numbers, 1)).astype(np.int64) - 1, 0)
    return np.where(numbers < _EXACT, numbers, (numbers + scale // 2) // scale * scale)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a collection is.

    :ivar encoder: identity of the encoder that made the vectors.
    :ivar encoder_name: what ``--encoder`` was given; ``None`` for the shipped encoder.
    :ivar number: counts up with every change.
    :ivar counted: whether ``terms`` agrees with the passages; false while they are being written, and after a run
        that was interrupted.
    :ivar years: the first and the last year that an article was published in; ``None`` before the first.
    """

    encoder: str
    encoder_name: str | None
    dimension: int
    layout: Layout = field(default_factory=Layout)
    number: int = 0
    articles: int = 0
    passages: int = 0
    counted: bool = True
    years: tuple[int, int] | None = None
    statistics: Statistics = field(default_factory=Statistics)
    format: int = FORMAT

    @classmethod
    def read(cls, database: Database) -> Manifest:
        """The manifest of a collection, whose tables are in memory afterwards.

        :raises IndexNotFound: there is no collection of this name, or none that was made in full.
        :raises IndexMismatch: it was made by another format version.
        """
        place = database.place
        found = []
        if database.exists():
            database.load(STATE)
            found = database.rows_by_key(STATE, [_KEY], fields=["manifest"])
        if not found:
            raise IndexNotFound(
                f"There is no collection {place}: make one with `hoidap index FOLDER {place.options}`."
            )
        fields = json.loads(found[0]["manifest"])
        if fields.get("format") != FORMAT:
            raise IndexMismatch(
                f"The collection {place} has format {fields.get('format')}, this hoidap reads format {FORMAT}: "
                "update hoidap, or run `hoidap index --rebuild` with this version."
            )
        layout = Layout(**fields["layout"])
        for name in TABLES:
            database.load(name, replicas=layout.replicas)
        held = {int(number): terms for number, terms in fields["statistics"]["terms_held"].items()}
        return cls(
            **fields
            | {
                "layout": layout,
                "years": tuple(fields["years"]) if fields["years"] else None,
                "statistics": Statistics(fields["statistics"]["mean_length"], held),
            }
        )

    def write(self, database: Database) -> None:
        """Put it in place of the one that is there."""
        row = {"key": _KEY, "vector": NO_VECTOR, "number": self.number, "manifest": json.dumps(asdict(self))}
        database.upsert(STATE, [row])

    def spanning(self, years: set[int]) -> tuple[int, int] | None:
        """The first and the last year, with some more."""
        every = {*years, *(self.years or ())}
        return (min(every), max(every)) if every else None


def current_number(database: Database) -> int | None:
    """The number of a collection's manifest, without the rest of it; ``None`` where it has none."""
    found = database.rows_by_key(STATE, [_KEY], fields=["number"])
    return int(found[0]["number"]) if found else None
