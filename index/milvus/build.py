"""Folders of articles → a collection in Milvus that mirrors them; only what changed is read, cut and embedded.

What :func:`index.build.build_index` does for a folder on this machine, with the same arguments and report.  A file
version is written under ``whole = false``, marked whole with its last article, and what it replaces is deleted at the
end; questions that are asked meanwhile may find both, never half of an article.  A run that was interrupted leaves
files that are not whole: the next one deletes them, embeds them again, and counts all terms anew.  One writer at a
time is not enforced beyond noticing, at the end, that there was another.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import load_encoder
from index.errors import IndexLocked, IndexMismatch, IndexNotFound, UsageError
from index.isolation import Isolated, Limits
from index.milvus.database import Database, one_of
from index.milvus.layout import Layout
from index.milvus.manifest import Manifest, Statistics, current_number
from index.milvus.reading import Reading, encode
from index.milvus.sample import mean_length
from index.milvus.schema import ARTICLES, FILES, PASSAGES, SHORT_FORMS
from index.milvus.tally import Tally, apply, recount
from index.milvus.weights import Channel, channel, dimensions
from index.report import BuildReport, NoProgress
from index.scan import Source, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.encoder import Encoder
    from index.encoding import EncodedArticle
    from index.formats.extraction import Extraction
    from index.milvus.place import Place
    from index.milvus.reading import Batch
    from index.report import Progress
    from index.spread import Workers


def build_collection(
    paths: Sequence[str | Path],
    *,
    place: Place,
    encoder: str | None = None,
    rebuild: bool = False,
    layout: Layout | None = None,
    workers: Workers | None = None,
    progress: Progress | None = None,
    load: Callable[[str | None], Encoder] = load_encoder,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
) -> BuildReport:
    """Make the collection at ``place`` mirror the articles in ``paths``.

    :param paths: folders, searched through to the bottom, and single files.
    :param encoder: any sentence-transformers model by name or path; ``None`` for the shipped one.
    :param rebuild: empty the collection and embed every article again; questions find nothing before it is done.
    :param layout: of a collection that is made now; the usual one by default.
    :param workers: who encodes; this process by default.
    :param load: gives the encoder for a name.
    :param limits: what reading one file may take; one that takes more is a problem of the report.
    :raises UsageError: a path is not there, no article is readable, or the collection has another layout; it is then
        left as it was.
    :raises IndexMismatch: it was made by another encoder or format, and ``rebuild`` is false.
    :raises IndexLocked: another run has written to it meanwhile.
    :raises EngineFailed: Milvus does not answer.
    """
    started = time.perf_counter()
    sources = scan([Path(path) for path in paths], skip=place.file or Path(".hoidap"))
    if encoder is not None and Path(encoder).is_dir():
        encoder = str(Path(encoder).resolve())
    loaded = load(encoder)
    with ExitStack() as stack:
        database = Database.connect(place, create=True)
        stack.callback(database.close)
        isolated = stack.enter_context(Isolated(limits))
        new = Manifest(loaded.identity, encoder, loaded.dimension, layout or Layout())
        manifest = starting_manifest(database, new, rebuild=rebuild)
        if layout is not None and manifest.layout != layout and not rebuild:
            raise UsageError(f"The collection {place} has another layout: give --rebuild to make it anew.")
        run = _Run(
            database,
            manifest,
            loaded,
            sources,
            progress or NoProgress(),
            extract=isolated,
            anew=rebuild or manifest is new,
        )
        for batch, encoded in encode(run.batches(), encoder=loaded, name=encoder, workers=workers, load=load):
            run.write(batch, encoded)
        return run.publish(started)


def starting_manifest(database: Database, new: Manifest, *, rebuild: bool) -> Manifest:
    """The manifest of the collection, or ``new`` where there is none or it is to be forgotten.

    :raises IndexMismatch: what is there was made by another encoder or format.
    """
    try:
        found = Manifest.read(database)
    except IndexNotFound:
        return new
    except IndexMismatch:
        if not rebuild:
            raise
        return new
    if rebuild:
        return replace(
            new, number=found.number, layout=found.layout if new.layout == Layout() else new.layout
        )
    if found.encoder != new.encoder:
        raise IndexMismatch(
            f"The collection {database.place} was made by the encoder {found.encoder}, not by {new.encoder}: "
            "give that one with --encoder, or run `hoidap index --rebuild` to embed the articles again."
        )
    return found


class _Run:
    """One run of the indexer, from the sources to the new number.

    :param anew: whether what is in the tables is to go: tables without a manifest are those of a load that was
        interrupted.
    """

    def __init__(
        self,
        database: Database,
        manifest: Manifest,
        encoder: Encoder,
        sources: Sequence[Source],
        progress: Progress,
        *,
        extract: Callable[..., Extraction],
        anew: bool,
    ) -> None:
        self._database = database
        self._manifest = manifest
        self._encoder = encoder
        self._sources = sources
        self._progress = progress
        self._extract = extract
        self._anew = anew
        self._channel: Channel = channel(manifest.layout)
        self._counted = manifest.counted
        self._writing = False
        self._tally = Tally()
        self._years: set[int] = set()
        self._embedded = 0
        there = [] if anew else list(database.every(FILES, fields=["key", "path", "sha256", "whole"]))
        self._before = {row["path"]: (row["key"], row["sha256"]) for row in there if row["whole"]}
        self._whole = {row["key"] for row in there if row["whole"]}
        self._halves = [row["key"] for row in there if not row["whole"]]
        self._reading = Reading(
            sources,
            encoder=encoder,
            progress=progress,
            extract=extract,
            whole=self._whole,
            articles=lambda file: database.count(ARTICLES, one_of("file", [file])),
        )

    def batches(self) -> Iterator[Batch]:
        """The articles that are not in the collection yet; their files are in it, half-written, before they are."""
        for batch in self._reading.batches():
            self._begin()
            self._database.insert(FILES, batch.begun)
            self._database.insert(SHORT_FORMS, batch.short_forms)
            yield batch

    def write(self, batch: Batch, encoded: Sequence[EncodedArticle]) -> None:
        """Put a batch into the collection."""
        for one in encoded:
            for passage in one.passages:
                self._tally.add(dimensions(passage.term_ids))
            if one.article.published:
                self._years.add(one.article.published.year)
        passages = list(
            batch.passage_rows(
                encoded, channel=self._channel, mean_length=self._manifest.statistics.mean_length
            )
        )
        # the passages last: what they lead to is there before they are found
        self._database.insert(ARTICLES, batch.article_rows(encoded))
        self._database.insert(PASSAGES, passages)
        self._database.upsert(FILES, batch.completed)
        self._embedded += len(passages)
        self._progress.passages(found=len(passages), done=len(passages))

    def _begin(self) -> None:
        """Before anything is written: say that it is, and clear away what an earlier run left half-written."""
        if self._writing:
            return
        self._writing = True
        if self._anew:
            self._database.drop()
        if not self._manifest.statistics.mean_length:
            statistics = Statistics(mean_length(self._sources, self._encoder, extract=self._extract))
            self._manifest = replace(self._manifest, statistics=statistics)
        self._database.create(self._manifest.layout, dimension=self._encoder.dimension)
        replace(self._manifest, counted=False).write(self._database)
        self._delete(self._halves)

    def publish(self, started: float) -> BuildReport:
        """Delete what is no longer there, count, and give the collection its new number."""
        kept = self._reading.keys
        gone = [file for file in self._whole if file not in kept]
        if self._writing or gone or self._halves or not self._counted:
            self._begin()
            self._forget(gone)
            self._renumber()
        return self._report(started)

    def _forget(self, files: Sequence[int]) -> None:
        if files:
            for row in self._database.every(PASSAGES, one_of("file", files), fields=self._channel.holds):
                self._tally.add(np.array(self._channel.terms(row), np.int64), times=-1)
        self._delete(files)

    def _delete(self, files: Sequence[int]) -> None:
        for name in (PASSAGES, ARTICLES, SHORT_FORMS):
            self._database.delete(name, files, field="file")
        self._database.delete(FILES, files)

    def _renumber(self) -> None:
        database, statistics = self._database, self._manifest.statistics
        statistics = (
            apply(self._tally, database, statistics)
            if self._counted
            else recount(database, self._channel, statistics)
        )
        database.settle()
        if current_number(database) != self._manifest.number:
            raise IndexLocked(
                f"Another run has written to the collection {database.place}: run `hoidap index` again, alone."
            )
        self._manifest = replace(
            self._manifest,
            number=self._manifest.number + 1,
            articles=database.count(ARTICLES),
            passages=database.count(PASSAGES),
            years=self._manifest.spanning(self._years),
            statistics=statistics,
            counted=True,
        )
        self._manifest.write(database)

    def _report(self, started: float) -> BuildReport:
        return BuildReport(
            generation=self._manifest.number,
            articles=self._manifest.articles,
            passages=self._manifest.passages,
            added=len(self._reading.kept.keys() - self._before.keys()),
            changed=sum(
                self._before.get(path, version)[1] != version[1]
                for path, version in self._reading.kept.items()
            ),
            removed=len(self._before.keys() - self._reading.kept.keys()),
            embedded=self._embedded,
            problems=tuple(self._reading.problems),
            seconds=time.perf_counter() - started,
            unread=tuple(self._reading.unread),
        )
