"""Folders of articles → a new generation of the index; only what changed is read, cut and embedded.

The index mirrors exactly the paths it was last given: what is no longer in them is no longer found.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from filelock import FileLock, Timeout

from index import generation, publishing
from index.article import Article, read_articles, read_file
from index.encoder import Encoder, load_encoder
from index.errors import (
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexUnavailable,
    UnreadableArticle,
    UsageError,
)
from index.isolation import Isolated, Limits
from index.moments import written_about
from index.passage import Passage, cut_passages, search_text
from index.scan import Source, scan
from index.store import Store
from index.terms import term_counts
from index.uploads import PREFIX, uploaded
from index.writer import EncodedPassage, StoreWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from index.approximate import Kind
    from index.formats.extraction import Extraction

_BATCH = 128  # passages that are embedded and committed together: an interrupted run can lose two batches


class Progress(Protocol):
    """What a progress bar needs; every call says what was done since the last one."""

    def files(self, *, done: int = 0, total: int | None = None) -> None:
        """Files read; ``total`` once it is known."""

    def passages(self, *, done: int = 0, found: int = 0) -> None:
        """Passages embedded, and passages that were found and wait to be."""


class NoProgress:
    """Progress that nobody watches."""

    def files(self, *, done: int = 0, total: int | None = None) -> None:
        """Nothing."""

    def passages(self, *, done: int = 0, found: int = 0) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run did.

    :ivar generation: number of the live generation afterwards.
    :ivar articles: articles in it.
    :ivar passages: passages in it.
    :ivar added: files that were not in the index before.
    :ivar changed: files whose content changed.
    :ivar removed: files that are no longer there, or no longer readable.
    :ivar embedded: passages that had to be embedded.
    :ivar problems: files, or lines of files, that could not be read.
    :ivar unread: files of which nothing could be read; :attr:`problems` says why.
    """

    generation: int
    articles: int
    passages: int
    added: int
    changed: int
    removed: int
    embedded: int
    problems: tuple[UnreadableArticle, ...]
    seconds: float
    unread: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values, without :attr:`unread`."""
        problems = [{"file": problem.path, "reason": problem.reason} for problem in self.problems]
        counts = {name: getattr(self, name) for name in self.__slots__ if name != "unread"}
        return {**counts, "problems": problems, "seconds": round(self.seconds, 3)}


def build_index(
    paths: Sequence[str | Path],
    *,
    index: str | Path = ".hoidap",
    encoder: str | None = None,
    dense: Kind | Literal["auto"] | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
    load: Callable[[str | None], Encoder] = load_encoder,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
) -> BuildReport:
    """Make the index in ``index`` mirror the articles in ``paths``.

    :param paths: folders, searched through to the bottom, and single files.
    :param encoder: any sentence-transformers model by name or path; ``None`` for the shipped one.
    :param dense: kind of the dense index; ``"auto"`` for the one that fits the number of passages, ``None`` to leave it
        as it was told before.
    :param rebuild: forget everything and embed every article again.
    :param load: gives the encoder for a name.
    :param limits: what reading one file may take; one that takes more is a problem of the report.
    :raises UsageError: a path is not there, or there is no readable article in any of them; the index is then left
        as it was.
    :raises IndexMismatch: the index was made by another encoder or format, and ``rebuild`` is false.
    :raises IndexLocked: another process is writing to it.
    :raises IndexUnavailable: the folder cannot be written; the index is then as it was.
    """
    folder = Path(index)
    sources = sorted([*scan([Path(path) for path in paths], skip=folder), *uploaded(folder)])
    if encoder is not None and Path(encoder).is_dir():
        encoder = str(Path(encoder).resolve())  # questions may be asked from another working directory
    return _build(
        folder,
        sources,
        encoder=encoder,
        dense=dense,
        rebuild=rebuild,
        mirrored=True,
        progress=progress,
        load=load,
        limits=limits,
    )


def index_uploads(
    *,
    index: str | Path = ".hoidap",
    progress: Progress | None = None,
    load: Callable[[str | None], Encoder] = load_encoder,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
) -> BuildReport:
    """Bring the index up to date with the files that were added to it or removed; see :mod:`index.uploads`.

    All other articles stay as they are.  Where none is left, the index is removed.

    :raises IndexLocked: another process is writing to it.
    """
    folder = Path(index)
    encoder = generation.current(folder)[1]["encoder_name"] if generation.current_name(folder) else None
    return _build(
        folder,
        uploaded(folder),
        encoder=encoder,
        dense=None,
        rebuild=False,
        mirrored=False,
        progress=progress,
        load=load,
        limits=limits,
    )


def _build(
    folder: Path,
    sources: Sequence[Source],
    *,
    encoder: str | None,
    dense: Kind | Literal["auto"] | None,
    rebuild: bool,
    mirrored: bool,
    progress: Progress | None,
    load: Callable[[str | None], Encoder],
    limits: Limits,
) -> BuildReport:
    """Index the sources.

    :param mirrored: nothing but the sources stays in the index; else what was not uploaded stays too.
    """
    started = time.perf_counter()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", blocking=False):
            loaded = load(encoder)
            store = _open_store(folder, rebuild=rebuild)
            try:
                if not rebuild:
                    store.check_encoder(loaded.identity)
                known = store.pending_files if rebuild else store.known_files
                run = _Run(
                    folder,
                    store,
                    loaded,
                    encoder,
                    dense,
                    known(encoder=loaded.identity),
                    progress or NoProgress(),
                )
                if not mirrored:
                    run.keep(store.live_files())
                with Isolated(limits) as isolated:
                    run.read(sources, extract=isolated)
                if not mirrored and not run.files:
                    before = store.live_files()
                    store.close()
                    _forget(folder)
                    return run.report(0, articles=0, passages=0, before=before, started=started)
                return run.publish(started)
            finally:
                store.close()
    except Timeout as error:
        raise IndexLocked(f"Another process is writing to {folder}: wait until it has finished.") from error
    except OSError as error:
        raise IndexUnavailable(
            f"{folder} cannot be written ({error.strerror or error}): see to its permissions and to room on its "
            "disk, and run the command again, or choose another folder with --index."
        ) from error


@dataclass(slots=True)
class _Pending:
    """A file version that was read and waits for its vectors."""

    id: str
    sha256: str
    articles: list[tuple[Article, tuple[Passage, ...]]]

    def texts(self) -> list[str]:
        return [search_text(article, passage) for article, passages in self.articles for passage in passages]


@dataclass(slots=True)
class _Run:
    """One run of the indexer, from the sources to the published generation."""

    folder: Path
    store: StoreWriter
    encoder: Encoder
    encoder_name: str | None
    dense: Kind | Literal["auto"] | None
    known: dict[tuple[str, str], int]
    progress: Progress
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    problems: list[UnreadableArticle] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    embedded: int = 0

    def keep(self, live: Mapping[str, tuple[int, str]]) -> None:
        """Leave in the index what is live in it and was not uploaded."""
        self.files.update({path: file for path, file in live.items() if not path.startswith(PREFIX)})

    def read(self, sources: Sequence[Source], *, extract: Callable[..., Extraction]) -> None:
        """Bring every source into the database; one batch is encoded while the next is read and the last is written."""
        self.progress.files(total=len(sources))
        encoding = ThreadPoolExecutor(1, thread_name_prefix="encoding")
        stopped = threading.Event()
        try:
            before: tuple[list[_Pending], Future[NDArray[np.float32]]] | None = None
            for batch in self._batches(sources, extract=extract):
                running = encoding.submit(self._encode, batch, stopped)
                if before:
                    self._write(*before)
                before = batch, running
            if before:
                self._write(*before)
        finally:
            stopped.set()
            encoding.shutdown(cancel_futures=True)

    def _batches(
        self, sources: Sequence[Source], *, extract: Callable[..., Extraction]
    ) -> Iterator[list[_Pending]]:
        """The sources that the database does not have, read and cut, with about :data:`_BATCH` passages each time."""
        batch: list[_Pending] = []
        for source in sources:
            try:
                data = read_file(source.path, id=source.id)
                sha256 = hashlib.sha256(data).hexdigest()
                if (key := self.known.get((source.id, sha256))) is not None:
                    self.files[source.id] = key, sha256
                else:
                    result = read_articles(source.path, id=source.id, data=data, extract=extract)
                    self.problems.extend(result.problems)
                    batch.append(
                        _Pending(source.id, sha256, [self._cut(article) for article in result.articles])
                    )
            except UnreadableArticle as problem:
                self.problems.append(problem)
                self.unread.append(source.id)
            self.progress.files(done=1)
            if sum(len(passages) for pending in batch for _, passages in pending.articles) >= _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _cut(self, article: Article) -> tuple[Article, tuple[Passage, ...]]:
        passages = cut_passages(article, count_tokens=self.encoder.count_tokens)
        self.progress.passages(found=len(passages))
        return article, passages

    def _encode(self, batch: Sequence[_Pending], stopped: threading.Event) -> NDArray[np.float32]:
        """The vectors of a batch's passages, (passages, dimension).

        :param stopped: set where nobody waits for them any more.
        :raises CancelledError: it was set meanwhile.
        """

        def progress(done: int) -> None:
            if stopped.is_set():
                raise CancelledError
            self.progress.passages(done=done)

        return self.encoder.encode_passages(
            [text for pending in batch for text in pending.texts()], progress=progress
        )

    def _write(self, batch: Sequence[_Pending], encoded: Future[NDArray[np.float32]]) -> None:
        """Write a batch as soon as its vectors are there."""
        rows = iter(encoded.result())
        with self.store:
            for pending in batch:
                articles = [
                    (article, [_encoded(article, passage, next(rows)) for passage in passages])
                    for article, passages in pending.articles
                ]
                key = self.store.add_file(
                    pending.id, sha256=pending.sha256, encoder=self.encoder.identity, articles=articles
                )
                self.files[pending.id] = key, pending.sha256
                self.embedded += sum(len(passages) for _, passages in pending.articles)

    def publish(self, started: float) -> BuildReport:
        """Make what was read the live generation, unless it is that already."""
        if not self.files:
            reasons = "; ".join(str(problem) for problem in self.problems[:3])
            raise UsageError(f"None of the files could be read, the index was left as it was ({reasons}).")
        before = self.store.live_files()
        keys = [key for key, _ in self.files.values()]
        live = self.store.live_passages(keys)
        current = generation.open_whole(self.folder)
        if self.dense is None:
            kind = current.kind if current else None
        else:
            kind = None if self.dense == "auto" else self.dense
        same = {key for key, _ in before.values()} == set(keys)
        if same and current and current.kind == kind and current.shows(live):
            number = current.number
        else:
            generation.discard_unpublished(self.folder)
            number = publishing.write(
                self.folder,
                self.store,
                live,
                dimensions=self.encoder.dimension,
                encoder=self.encoder.identity,
                encoder_name=self.encoder_name,
                kind=kind,
                before=current,
            )
            with self.store:
                self.store.set_live(keys, generation=number)
            generation.switch(self.folder, number)
            with self.store:
                self.store.sweep(generation=number)
            generation.remove_old(self.folder)
        articles = len(np.unique(live.articles))
        return self.report(
            number, articles=articles, passages=len(live.passages), before=before, started=started
        )

    def report(
        self,
        number: int,
        *,
        articles: int,
        passages: int,
        before: Mapping[str, tuple[int, str]],
        started: float,
    ) -> BuildReport:
        """What the run did to the files that were live before."""
        return BuildReport(
            generation=number,
            articles=articles,
            passages=passages,
            added=len(self.files.keys() - before.keys()),
            changed=sum(before.get(path, version)[1] != version[1] for path, version in self.files.items()),
            removed=len(before.keys() - self.files.keys()),
            embedded=self.embedded,
            problems=tuple(self.problems),
            seconds=time.perf_counter() - started,
            unread=tuple(self.unread),
        )


def _encoded(article: Article, passage: Passage, vector: NDArray[np.float32]) -> EncodedPassage:
    ids, counts = term_counts(search_text(article, passage), about=written_about(article))
    return EncodedPassage(passage, ids, counts, vector)


def _open_store(folder: Path, *, rebuild: bool) -> StoreWriter:
    """The database for writing; a rebuild does not mind what is wrong with the one that is there."""
    if rebuild:
        try:
            with closing(StoreWriter.create(folder)) as store:
                store.check()
        except (IndexDamaged, IndexMismatch):
            _forget(folder)
    return StoreWriter.create(folder)


def _forget(folder: Path) -> None:
    """Delete the state of an index, and nothing else that may lie in its folder."""
    (folder / "CURRENT").unlink(missing_ok=True)
    shutil.rmtree(folder / "generations", ignore_errors=True)
    for suffix in ("", "-wal", "-shm"):
        (folder / f"{Store.NAME}{suffix}").unlink(missing_ok=True)
