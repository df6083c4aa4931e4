"""A collection, talked to: rows in, rows out, errors in one sentence.

The only module that calls pymilvus's client.  Leaves out what the rows mean.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.errors import EngineFailed, IndexNotFound, ModelNotFound
from index.milvus.schema import FILES, PASSAGES, SHORT_FORMS, STATE, TABLES, TERMS, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.milvus.layout import Layout
    from index.milvus.place import Place

    Row = dict[str, Any]

_BATCH = 1_000  # rows a call; a call may carry 64 MB
_HEAVY = 16 << 20  # bytes of text a call
_MOST = 16_384  # rows that one query may give
_CONNECTING = 10.0  # seconds
_NO_PINGS = {"grpc.keepalive_time_ms": 2**31 - 1}
"""Milvus Lite hangs up on a client that asks every ten seconds whether it is there."""
_STRONG = {"consistency_level": "Strong"}
"""What was deleted is not found again, though it costs a wait for Milvus's clock."""


class Database:
    """The tables of one collection; safe to share between threads.

    :param client: a ``pymilvus.MilvusClient``; use :meth:`connect`.
    """

    def __init__(self, client: Any, place: Place) -> None:
        self._client = client
        self.place = place

    @classmethod
    def connect(cls, place: Place, *, create: bool = False) -> Database:
        """Open a connection.

        :param create: make the file of Milvus Lite where there is none.
        :raises ModelNotFound: pymilvus is not installed, or Milvus Lite, where it is needed.
        :raises IndexNotFound: there is no such file.
        :raises EngineFailed: the server does not answer, or does not let us in.
        """
        try:
            from pymilvus import MilvusClient

            if place.file is not None:
                import milvus_lite  # noqa: F401 — pymilvus would only say that it cannot connect
        except ImportError as error:
            raise ModelNotFound("--engine milvus needs: pip install 'hoidap[milvus]'") from error
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # each error is told once, by us
        if place.file is not None and not place.file.exists():
            if not create:
                raise IndexNotFound(
                    f"There is no index in {place.uri}: make one with `hoidap index FOLDER {place.options}`."
                )
            place.file.parent.mkdir(parents=True, exist_ok=True)
        quiet = {} if place.file is None else {"grpc_options": _NO_PINGS}
        with _told(place):
            return cls(MilvusClient(place.uri, token=place.token, timeout=_CONNECTING, **quiet), place)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def exists(self) -> bool:
        """Whether the collection was ever made in full."""
        with _told(self.place):
            return bool(self._client.has_collection(self.place.part(STATE)))

    def create(self, layout: Layout, *, dimension: int) -> None:
        """Make the tables that are not there, ``state`` last."""
        for name in TABLES:
            schema, indexes = table(name, layout=layout, dimension=dimension)
            with _told(self.place):
                if self._client.has_collection(self.place.part(name)):
                    continue
                partitions = {"num_partitions": layout.partitions} if name == PASSAGES else {}
                self._client.create_collection(
                    self.place.part(name), schema=schema, num_shards=layout.shards, **partitions
                )
                self._client.create_index(self.place.part(name), indexes, sync=False)  # loading waits for it
                self._client.load_collection(self.place.part(name), replica_number=layout.replicas)

    def load(self, name: str, *, replicas: int = 1) -> None:
        """Have a table in memory, as Milvus Lite has not when it is opened."""
        with _told(self.place):
            if self._client.get_load_state(self.place.part(name))["state"].name != "Loaded":
                self._client.load_collection(self.place.part(name), replica_number=replicas)

    def release(self, name: str) -> None:
        """Have a table out of memory: what is imported into it is found for certain where it is loaded afterwards."""
        with _told(self.place):
            self._client.release_collection(self.place.part(name))

    def drop(self) -> None:
        """Delete every table, ``state`` first."""
        for name in reversed(TABLES):
            with _told(self.place):
                self._client.drop_collection(self.place.part(name))

    def insert(self, name: str, rows: Iterable[Row]) -> None:
        """Add rows whose keys are new."""
        for batch in _batches(rows):
            with _told(self.place):
                self._client.insert(self.place.part(name), batch)

    def upsert(self, name: str, rows: Iterable[Row]) -> None:
        """Add rows, in place of those with the same keys."""
        for batch in _batches(rows):
            with _told(self.place):
                self._client.upsert(self.place.part(name), batch)

    def delete(self, name: str, keys: Iterable[int], *, field: str = "key") -> None:
        """Delete the rows with these keys, or those with these values in another field."""
        for chosen in _chunks(keys):
            with _told(self.place):
                self._client.delete(self.place.part(name), filter=one_of(field, chosen))

    def rows(self, name: str, filter: str, *, fields: Sequence[str], limit: int = _MOST) -> list[Row]:
        """The rows that pass, up to ``limit`` of them, which must not be above 16,384."""
        with _told(self.place):
            found: list[Row] = self._client.query(
                self.place.part(name), filter=filter, output_fields=list(fields), limit=limit, **_STRONG
            )
        return found

    def rows_by_key(self, name: str, keys: Iterable[int], *, fields: Sequence[str]) -> list[Row]:
        """The rows with these keys, as far as they are there, in any order."""
        return [
            row for chosen in _chunks(keys) for row in self.rows(name, one_of("key", chosen), fields=fields)
        ]

    def every(self, name: str, filter: str = "", *, fields: Sequence[str]) -> Iterator[Row]:
        """All rows that pass, however many."""
        with _told(self.place):
            pages = self._client.query_iterator(
                self.place.part(name), _BATCH, filter=filter, output_fields=list(fields), **_STRONG
            )
        while True:
            with _told(self.place):
                page = pages.next()
            if not page:
                break
            yield from page
        pages.close()

    def count(self, name: str, filter: str = "") -> int:
        """How many rows of a table pass."""
        with _told(self.place):
            counted = self._client.query(
                self.place.part(name), filter=filter, output_fields=["count(*)"], **_STRONG
            )
        return int(counted[0]["count(*)"])

    def nearest(
        self,
        field: str,
        wanted: object,
        *,
        limit: int,
        filter: str,
        fields: Sequence[str],
        metric: str = "IP",
        parameters: dict[str, Any] | None = None,
    ) -> list[tuple[Row, float]]:
        """The passages nearest to a vector, or to a text where the field is one of BM25, with their scores."""
        with _told(self.place):
            (found,) = self._client.search(
                self.place.part(PASSAGES),
                data=[wanted],
                anns_field=field,
                limit=limit,
                filter=filter,
                output_fields=list(fields),
                search_params={"metric_type": metric, "params": parameters or {}},
                **_STRONG,
            )
        return [({"key": hit["key"], **hit["entity"]}, float(hit["distance"])) for hit in found]

    def settle(self) -> None:
        """Write what was inserted to segments, which are indexed; searching finds it before that, too."""
        for name in (PASSAGES, FILES, TERMS, SHORT_FORMS):
            with _told(self.place):
                self._client.flush(self.place.part(name))


def one_of(field: str, values: Sequence[int]) -> str:
    """The expression that is true where a field has one of the values."""
    return f"{field} in [{','.join(map(str, values))}]"


def _chunks(values: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(values)
    while chunk := list(islice(remaining, 4 * _BATCH)):
        yield chunk


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    heavy = 0
    for row in rows:
        size = sum(map(len, row.get("pieces", ())))
        if batch and (len(batch) == _BATCH or heavy + size > _HEAVY):
            yield batch
            batch, heavy = [], 0
        batch.append(row)
        heavy += size
    if batch:
        yield batch


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Turn what the client or the server complains about into one sentence with the remedy."""
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except MilvusException as error:
        reason = " ".join(str(error.message).split())[:300]
        raise EngineFailed(
            f"Milvus at {place.uri} cannot do this ({reason}): check --uri and --token, and that it is running "
            "and nobody else has its file open."
        ) from error
