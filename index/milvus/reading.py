"""Sources → batches of the articles that are not written yet, and the same batches encoded.

What a run by inserts (:mod:`index.milvus.build`) and one by Parquet files (:mod:`index.milvus.bulk`) have in common.
Leaves out where the rows go.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from index.article import read_articles, read_file, reading_problems
from index.encoding import encode_articles
from index.errors import UnreadableArticle, UsageError
from index.milvus.rows import article_row, file_row, key, passage_rows, short_form_rows
from index.spread import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from index.article import Article
    from index.encoder import Encoder
    from index.encoding import EncodedArticle
    from index.formats.extraction import Extraction
    from index.milvus.weights import Channel
    from index.report import Progress
    from index.scan import Source
    from index.spread import Workers

    Row = dict[str, Any]

_BATCH = 100_000  # code points of text that are encoded and written together: about 130 passages


@dataclass(slots=True)
class Batch:
    """Articles that are encoded and written together.

    :ivar files: the key of each article's file.
    :ivar begun: rows of the files whose first article is here, not whole yet.
    :ivar short_forms: rows of the abbreviations of those files.
    :ivar completed: rows of the files that are whole with these articles.
    """

    articles: list[Article] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    begun: list[Row] = field(default_factory=list)
    short_forms: list[Row] = field(default_factory=list)
    completed: list[Row] = field(default_factory=list)

    def extend(self, other: Batch) -> None:
        """Add what another one has."""
        self.articles += other.articles
        self.files += other.files
        self.begun += other.begun
        self.short_forms += other.short_forms
        self.completed += other.completed

    def article_rows(self, encoded: Sequence[EncodedArticle]) -> Iterator[Row]:
        """A row for each article."""
        for one, file in zip(encoded, self.files, strict=True):
            yield article_row(one.article, file=file, passages=len(one.passages))

    def passage_rows(
        self, encoded: Sequence[EncodedArticle], *, channel: Channel, mean_length: float
    ) -> Iterator[Row]:
        """A row for each passage, article by article."""
        for one, file in zip(encoded, self.files, strict=True):
            yield from passage_rows(one, file=file, channel=channel, mean_length=mean_length)


class Reading:
    """The articles of some sources, read once.

    :param encoder: whose vectors are wanted: a file version is one of its.
    :param extract: reads the formats; see :func:`index.article.read_articles`.
    :param whole: keys of the file versions that are written already.
    :param articles: how many articles one of those has; without it, what could not be read of them is not told again.
    :param written: of those that are written in part, how many articles are, from the first.
    :ivar kept: by their paths, the keys and checksums of the file versions that can be read.
    :ivar problems: files, or parts of files, that cannot.
    :ivar unread: paths of the files of which nothing could be read.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        encoder: Encoder,
        progress: Progress,
        extract: Callable[..., Extraction],
        whole: Container[int],
        articles: Callable[[int], int] | None = None,
        written: Mapping[int, int] | None = None,
    ) -> None:
        self._sources = sources
        self._identity = encoder.identity
        self._progress = progress
        self._extract = extract
        self._whole = whole
        self._articles = articles
        self._written = written or {}
        self.kept: dict[str, tuple[int, str]] = {}
        self.problems: list[UnreadableArticle] = []
        self.unread: list[str] = []

    @property
    def keys(self) -> set[int]:
        """Of the file versions that are there now.

        :raises UsageError: there is none.
        """
        if not self.kept:
            reasons = "; ".join(str(problem) for problem in self.problems[:3])
            raise UsageError(f"None of the files could be read, the index was left as it was ({reasons}).")
        return {file for file, _ in self.kept.values()}

    def batches(self) -> Iterator[Batch]:
        """The articles that are not written yet, in the order of the sources."""
        self._progress.files(total=len(self._sources))
        batch, size = Batch(), 0
        for source in self._sources:
            for article in self._new_articles(source):
                batch.extend(article)
                size += sum(len(one.text) for one in article.articles)
                if size >= _BATCH:
                    yield batch
                    batch, size = Batch(), 0
            self._progress.files(done=1)
        if batch.articles:
            yield batch

    def _new_articles(self, source: Source) -> Iterator[Batch]:
        """The articles of a file that are not written yet, each a batch of its own."""
        try:
            data = read_file(source.path, id=source.id)
            sha256 = hashlib.sha256(data).hexdigest()
            file = key(source.id, sha256, self._identity)
            if file in self._whole:
                self.kept[source.id] = file, sha256
                if self._articles is not None:
                    articles = partial(self._articles, file)
                    self.problems += reading_problems(source.path, id=source.id, data=data, articles=articles)
                return
            result = read_articles(source.path, id=source.id, data=data, extract=self._extract)
        except UnreadableArticle as problem:
            self.problems.append(problem)
            self.unread.append(source.id)
            return
        self.problems.extend(result.problems)
        self.kept[source.id] = file, sha256
        row = file_row(source.id, sha256=sha256, encoder=self._identity, whole=False)
        first, last = self._written.get(file, 0), len(result.articles) - 1
        for number, article in enumerate(result.articles[first:], start=first):
            yield Batch(
                [article],
                [file],
                begun=[row] if number == 0 else [],
                short_forms=list(short_form_rows(result.articles, file=file)) if number == 0 else [],
                completed=[row | {"whole": True}] if number == last else [],
            )


def encode(
    batches: Iterable[Batch],
    *,
    encoder: Encoder,
    name: str | None,
    workers: Workers | None,
    load: Callable[[str | None], Encoder],
) -> Iterator[tuple[Batch, list[EncodedArticle]]]:
    """Each batch with its articles encoded, in their order.

    :param encoder: encodes in this process, where ``workers`` is ``None``.
    :param name: of the encoder, for the workers to load it.
    :raises ModelNotFound: Ray is asked for and not installed.
    """
    waiting: deque[Batch] = deque()

    def handed_out() -> Iterator[list[Article]]:
        for batch in batches:
            waiting.append(batch)
            yield batch.articles

    encoded = (
        (encode_articles(articles, encoder) for articles in handed_out())
        if workers is None
        else spread(handed_out(), workers=workers, encoder=name, load=load)
    )
    for articles in encoded:
        yield waiting.popleft(), articles
