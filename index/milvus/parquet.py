"""Rows of a table ⇄ Parquet files as a cluster imports them, written by pymilvus's bulk writer.

A row read back is the row that was written, value for value: vectors are float32 as they were, and the weights of
BM25, which the files keep as JSON, are the same floats.  Leaves out which rows go together: see
:mod:`index.milvus.parts`.
"""

from __future__ import annotations

import json
import logging
import threading
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from index.errors import EngineFailed, IndexDamaged, IndexUnavailable, ModelNotFound
from index.generation import sync
from index.milvus.schema import TERMS, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import ModuleType

    from index.milvus.layout import Layout

    Row = dict[str, Any]

_ONE_FILE = 2**62  # bytes: never begin another file by yourself
_TOGETHER = 1_000  # rows that are read at a time


def bulk_writer() -> ModuleType:
    """The package ``pymilvus.bulk_writer``.

    :raises ModelNotFound: it is not installed, or what it needs.
    """
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        module = import_module("pymilvus.bulk_writer")
    except ImportError as error:
        raise ModelNotFound("--bulk needs: pip install 'hoidap[bulk]'") from error
    finally:
        root.setLevel(level)  # it has every library's log printed
        root.handlers[:] = handlers
    for name in ("pymilvus", "pymilvus.bulk_writer", "bulk_writer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # each error is told once, by us
    return module


def write_rows(folder: Path, rows: Iterable[Row], *, name: str, layout: Layout, dimension: int) -> int:
    """Write rows into one Parquet file, ``folder/UUID/1.parquet``; none where there are no rows.

    :param folder: is made where it is not there.
    :param name: of the table that they are of.
    :param dimension: of the vectors of passages.
    :returns: how many rows there were; the file is on the disk.
    :raises IndexUnavailable: the folder cannot be written.
    :raises EngineFailed: Milvus would not take a row.
    """
    library = bulk_writer()
    from pymilvus.exceptions import MilvusException

    schema, _ = table(name, layout=layout, dimension=dimension)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with library.LocalBulkWriter(schema, str(folder), _ONE_FILE, library.BulkFileType.PARQUET) as writer:
            for row in rows:
                writer.append_row(dict(row))
            count: int = writer.total_row_count
            if count:
                with _failures_of_threads() as failures:
                    writer.commit()
                if failures:
                    raise failures[0]
        for path in (*folder.glob("*/*.parquet"), *folder.glob("*"), folder):
            sync(path)
    except OSError as error:
        raise unwritable(folder, error) from error
    except MilvusException as error:
        reason = " ".join(str(error.message).split())[:300]
        raise EngineFailed(f"Milvus would not take a row of {name} ({reason}): split the article.") from error
    return count


def read_rows(folder: Path, *, name: str, layout: Layout, dimension: int) -> Iterator[Row]:
    """The rows that were written into a folder, as :meth:`index.milvus.database.Database.insert` takes them.

    :raises IndexDamaged: a file is damaged.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile
    from pymilvus import DataType

    schema, _ = table(name, layout=layout, dimension=dimension)
    sparse = [field.name for field in schema.fields if field.dtype == DataType.SPARSE_FLOAT_VECTOR]
    for path in files_in(folder):
        try:
            with ParquetFile(path) as file:
                for batch in file.iter_batches(_TOGETHER):
                    for row in batch.to_pylist():
                        for one in sparse:
                            if one in row:  # what Milvus makes itself of other fields is not
                                weights = json.loads(row[one])
                                row[one] = {int(dimension): value for dimension, value in weights.items()}
                        yield row
        except (OSError, ArrowException, ValueError) as error:
            raise damaged(path, str(error), delete=folder if name == TERMS else folder.parent) from error


def files_in(folder: Path) -> list[Path]:
    """The Parquet files of a folder that :func:`write_rows` has written."""
    return sorted(folder.glob("*/*.parquet"))


def unwritable(path: Path, error: OSError) -> IndexUnavailable:
    """What is said where a file cannot be written."""
    reason = error.strerror or str(error)
    return IndexUnavailable(
        f"{path} cannot be written ({reason}): make room there, or give --bulk another folder."
    )


def damaged(path: Path, reason: str, *, delete: Path) -> IndexDamaged:
    """What is said of a file that is not as it was written.

    :param delete: the folder without which all that is in it is written anew.
    """
    reason = " ".join(reason.split())[:200]
    return IndexDamaged(
        f"{path} is damaged ({reason}): delete the folder {delete} and run the command again, which writes it anew."
    )


@contextmanager
def _failures_of_threads() -> Iterator[list[BaseException]]:
    """What threads that begin meanwhile die of: the bulk writer writes in one, and nobody asks it how that went."""
    failures: list[BaseException] = []
    older = frozenset(threading.enumerate())
    before = threading.excepthook

    def note(died: threading.ExceptHookArgs) -> None:
        if died.thread in older or died.exc_value is None:
            before(died)
        else:
            failures.append(died.exc_value)

    threading.excepthook = note
    try:
        yield failures
    finally:
        threading.excepthook = before
