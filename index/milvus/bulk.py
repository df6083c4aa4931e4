"""Folders of articles → Parquet files → a collection that is filled with them: a first load, or all anew.

What has to be known before the first row is the mean length of a passage, which is measured on a sample; how many
passages hold each term is counted while the rows are written, and is a table of its own.  So everything is written
once, in one pass, and Milvus need not be there meanwhile.  A run that was interrupted is gone on with: what is in a
part is not embedded again.

Then the tables are made and filled, the manifest last: before it there is no collection, whatever its tables hold.
A cluster imports the files from its own bucket, into which the folder was copied; into Milvus Lite, which has no
import, the same rows are inserted.  Changes later are the work of :mod:`index.milvus.build`.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from index.encoder import load_encoder
from index.errors import EngineFailed, IndexLocked, UsageError
from index.isolation import Isolated, Limits
from index.milvus.build import starting_manifest
from index.milvus.database import Database
from index.milvus.importing import import_files
from index.milvus.layout import Layout
from index.milvus.manifest import Manifest, current_number
from index.milvus.parquet import bulk_writer
from index.milvus.part import IN_PARTS
from index.milvus.parts import Parts, Recipe, open_parts
from index.milvus.reading import Reading, encode
from index.milvus.sample import mean_length
from index.milvus.schema import ARTICLES, FILES, PASSAGES, SHORT_FORMS, TERMS
from index.milvus.weights import channel
from index.report import BuildReport, NoProgress
from index.scan import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.encoder import Encoder
    from index.encoding import EncodedArticle
    from index.milvus.place import Place
    from index.milvus.reading import Batch
    from index.report import Progress
    from index.spread import Workers

    Row = dict[str, Any]

_PASSAGES = 2_000
"""A part: what is lost when the machine fails.  The process takes up to 600 MB with it, 820 with twice as many."""


def bulk_load(
    paths: Sequence[str | Path],
    *,
    place: Place,
    folder: str | Path,
    bucket: str | None = None,
    encoder: str | None = None,
    rebuild: bool = False,
    layout: Layout | None = None,
    workers: Workers | None = None,
    progress: Progress | None = None,
    load: Callable[[str | None], Encoder] = load_encoder,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
) -> BuildReport:
    """Write the articles in ``paths`` as Parquet files, and fill the collection at ``place`` with them.

    A cluster is filled where ``bucket`` is given, and not even connected to otherwise: the report then has the
    generation 0.

    :param folder: of the files; one of an earlier run is brought up to date.
    :param bucket: the path of a copy of ``folder`` in the bucket of the cluster.
    :param rebuild: empty a collection that is there; files in ``folder`` are not written again for that.

    The other arguments are those of :func:`index.milvus.build.build_collection`.

    :raises UsageError: a path is not there, no article is readable, ``folder`` has other things in it, the
        collection is filled already, or ``bucket`` does not fit the place.
    :raises ModelNotFound: a library is not installed.
    :raises IndexMismatch: the collection has another format, and ``rebuild`` is false.
    :raises IndexLocked: another run writes to the folder, or has filled the collection meanwhile.
    :raises IndexUnavailable: the folder cannot be written.
    :raises IndexDamaged: a file in it is damaged.
    :raises EngineFailed: Milvus does not answer, or cannot import a file.
    """
    started = time.perf_counter()
    if bucket is not None and (place.file is not None or "://" in bucket):
        raise UsageError(
            "--bucket is a path in the bucket of a Milvus cluster, as in --bucket hoidap/first: leave it out for "
            "Milvus Lite, which has none."
        )
    bulk_writer()  # before hours of work
    folder = Path(folder)
    sources = scan([Path(path) for path in paths], skip=folder)
    if encoder is not None and Path(encoder).is_dir():
        encoder = str(Path(encoder).resolve())
    loaded = load(encoder)
    manifest = Manifest(loaded.identity, encoder, loaded.dimension, layout or Layout())
    with ExitStack() as stack:
        database = None
        if place.file is not None or bucket is not None:
            database = Database.connect(place, create=True)
            stack.callback(database.close)
            manifest = _empty(database, manifest, rebuild=rebuild)
        isolated = stack.enter_context(Isolated(limits))
        recipe = Recipe(loaded.identity, loaded.dimension, manifest.layout.bm25)
        parts = stack.enter_context(
            open_parts(folder, recipe, mean_length=lambda: mean_length(sources, loaded, extract=isolated))
        )
        progress = progress or NoProgress()
        reading = Reading(
            sources,
            encoder=loaded,
            progress=progress,
            extract=isolated,
            whole=parts.whole,
            written=parts.written,
        )
        writing = _Writing(parts, progress)
        batches = encode(reading.batches(), encoder=loaded, name=encoder, workers=workers, load=load)
        try:
            for batch, encoded in batches:
                writing.write(batch, encoded)
        finally:
            writing.finish()  # also of a run that is broken off
        parts.keep(reading.keys)
        manifest = replace(
            manifest,
            articles=parts.total(ARTICLES),
            passages=parts.total(PASSAGES),
            years=manifest.spanning(parts.years),
            statistics=parts.count(),
        )
        if database is not None:
            manifest = _fill(database, parts, manifest, bucket=bucket)
    return BuildReport(
        generation=manifest.number,
        articles=manifest.articles,
        passages=manifest.passages,
        added=len(reading.kept),
        changed=0,
        removed=0,
        embedded=writing.embedded,
        problems=tuple(reading.problems),
        seconds=time.perf_counter() - started,
        unread=tuple(reading.unread),
    )


def next_step(folder: str | Path) -> str:
    """What is to be done for a cluster, with the folder that was written."""
    return (
        f"Milvus has none of it yet: copy {folder} into the bucket of the cluster, and run the same command with "
        "--bucket and the path of the copy there."
    )


def _empty(database: Database, new: Manifest, *, rebuild: bool) -> Manifest:
    """The manifest of a collection that is not there yet, or is to be made anew.

    :raises UsageError: it is there.
    """
    manifest = starting_manifest(database, new, rebuild=rebuild)
    if not rebuild and manifest is not new:
        raise UsageError(
            f"The collection {database.place} is filled already: leave out --bulk to bring it up to date, or give "
            "--rebuild to load all of it anew."
        )
    return manifest


class _Writing:
    """Encoded batches → parts."""

    def __init__(self, parts: Parts, progress: Progress) -> None:
        self._parts = parts
        self._progress = progress
        self._channel = channel(Layout(bm25=parts.recipe.bm25))
        self._rows: dict[str, list[Row]] = {}
        self.embedded = 0
        self._begin()

    def _begin(self) -> None:
        self._rows = {name: [] for name in IN_PARTS}

    def write(self, batch: Batch, encoded: Sequence[EncodedArticle]) -> None:
        """Add a batch to the part that is being made."""
        passages = list(
            batch.passage_rows(encoded, channel=self._channel, mean_length=self._parts.recipe.mean_length)
        )
        self._rows[ARTICLES] += batch.article_rows(encoded)
        self._rows[SHORT_FORMS] += batch.short_forms
        self._rows[FILES] += batch.completed
        self._rows[PASSAGES] += passages
        self.embedded += len(passages)
        self._progress.passages(found=len(passages), done=len(passages))
        if len(self._rows[PASSAGES]) >= _PASSAGES:
            self.finish()

    def finish(self) -> None:
        """Write the part that is being made, if anything is in it."""
        rows = self._rows
        self._begin()  # what cannot be written is not tried again
        if rows[ARTICLES]:
            self._parts.add(rows)


def _fill(database: Database, parts: Parts, manifest: Manifest, *, bucket: str | None) -> Manifest:
    """Make the tables anew and fill them, the manifest last."""
    database.drop()
    database.create(manifest.layout, dimension=manifest.dimension)
    for name in (ARTICLES, SHORT_FORMS, FILES, TERMS, PASSAGES):
        if bucket is None:
            database.insert(name, parts.rows(name))
            continue
        database.release(name)
        relative = (path.relative_to(parts.folder).as_posix() for path in parts.paths(name))
        import_files(database.place, name, (str(PurePosixPath(bucket.strip("/"), one)) for one in relative))
        database.load(name, replicas=manifest.layout.replicas)
    database.settle()
    expected = {name: parts.total(name) for name in IN_PARTS}
    for name, rows in (expected | {TERMS: manifest.statistics.vocabulary}).items():
        if (found := database.count(name)) != rows:
            raise EngineFailed(
                f"Milvus at {database.place.uri} has {found} rows of {name} and should have {rows}: run the command "
                "again, which fills the collection from the beginning."
            )
    if current_number(database) is not None:
        raise IndexLocked(
            f"Another run has written to the collection {database.place}: run `hoidap index` again, alone."
        )
    manifest = replace(manifest, number=manifest.number + 1)
    manifest.write(database)
    return manifest
