"""Sources → the database, and the generation that is published from it: one run, whatever it was started by.

One batch of passages is encoded while the next is read and the one before is written.  Leaves out which sources
there are, and that nobody else writes: see :mod:`index.build`.
"""

from __future__ import annotations

import hashlib
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from index import generation, publishing
from index.article import Article, read_articles, read_file, reading_problems
from index.encoding import with_terms
from index.errors import UnreadableArticle, UsageError
from index.passage import Passage, cut_passages, search_text
from index.report import BuildReport
from index.uploads import PREFIX
from index.writer import StoreWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from index.approximate import Kind
    from index.encoder import Encoder
    from index.formats.extraction import Extraction
    from index.report import Progress
    from index.scan import Source

BATCH = 128
"""Passages that are embedded and committed together; an interrupted run can lose two batches."""


@dataclass(slots=True)
class _Pending:
    """A file version that was read and waits for its vectors."""

    id: str
    sha256: str
    articles: list[tuple[Article, tuple[Passage, ...]]]

    def texts(self) -> list[str]:
        return [search_text(article, passage) for article, passages in self.articles for passage in passages]


@dataclass(slots=True)
class Run:
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
                texts = [text for pending in batch for text in pending.texts()]
                kept = self.store.kept_vectors(texts, encoder=self.encoder.identity)
                self.embedded += sum(text not in kept for text in texts)
                running = encoding.submit(self._encode, texts, kept, stopped)
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
        """The sources that the database does not have, read and cut, with about :data:`BATCH` passages each time."""
        batch: list[_Pending] = []
        for source in sources:
            try:
                data = read_file(source.path, id=source.id)
                sha256 = hashlib.sha256(data).hexdigest()
                if (key := self.known.get((source.id, sha256))) is not None:
                    self.files[source.id] = key, sha256
                    articles = partial(self.store.count_articles, key)
                    self.problems += reading_problems(source.path, id=source.id, data=data, articles=articles)
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
            if sum(len(passages) for pending in batch for _, passages in pending.articles) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _cut(self, article: Article) -> tuple[Article, tuple[Passage, ...]]:
        passages = cut_passages(article, count_tokens=self.encoder.count_tokens)
        self.progress.passages(found=len(passages))
        return article, passages

    def _encode(
        self, texts: Sequence[str], kept: Mapping[str, NDArray[np.float32]], stopped: threading.Event
    ) -> NDArray[np.float32]:
        """The vectors of texts, (texts, dimension).

        :param kept: those that are known.
        :param stopped: set where nobody waits for them any more.
        :raises CancelledError: it was set meanwhile.
        """

        def progress(done: int) -> None:
            if stopped.is_set():
                raise CancelledError
            self.progress.passages(done=done)

        new = iter(
            self.encoder.encode_passages([text for text in texts if text not in kept], progress=progress)
        )
        progress(sum(text in kept for text in texts))
        return np.array([kept[text] if text in kept else next(new) for text in texts], np.float32)

    def _write(self, batch: Sequence[_Pending], encoded: Future[NDArray[np.float32]]) -> None:
        """Write a batch as soon as its vectors are there."""
        texts = [text for pending in batch for text in pending.texts()]
        remaining = iter(zip(texts, encoded.result(), strict=True))
        with self.store:
            for pending in batch:
                articles = [
                    (article, with_terms(article, passages, remaining))
                    for article, passages in pending.articles
                ]
                key = self.store.add_file(
                    pending.id, sha256=pending.sha256, encoder=self.encoder.identity, articles=articles
                )
                self.files[pending.id] = key, pending.sha256

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
                self.store.forget_kept()
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
