"""A question in, the passages that may answer it out: BM25 and vectors, fused.

:class:`Index` is one generation, opened; :func:`retrieve` is the function for scripts.
"""

from __future__ import annotations

import threading
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import generation
from index.encoder import load_encoder
from index.errors import HoidapError, IndexDamaged, IndexMismatch, IndexNotFound, UsageError
from index.fusion import dense_weight, fuse, ranking, relative
from index.generation import Generation
from index.hit import ArticleSummary, Hit
from index.store import Store
from index.terms import question_terms, term_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from index.article import Article
    from index.encoder import Encoder
    from index.passage import Passage
    from index.short_forms import ShortForm

_CANDIDATES = 100  # from each ranking; further down the fused score changes nothing in the first ten
MAX_QUESTION = 2_000
"""Longest question in code points; a longer one is a pasted article, not a question."""


class Index:
    """One generation of an index, opened for questions; safe to share between threads.

    :ivar encoder: makes the vectors of questions.
    """

    def __init__(self, folder: Path, store: Store, state: Generation, encoder: Encoder) -> None:
        self.folder = folder
        self.encoder = encoder
        self._store = store
        self._state = state
        # Answers come from few articles; a cache per opened generation is dropped with it, and at once: none holds the
        # index itself, which would then wait, with all its memory, for the collector of cycles.
        self._article = lru_cache(maxsize=256)(store.article)
        self._passage = lru_cache(maxsize=4096)(partial(_read_passage, state, store))
        self._matching = lru_cache(maxsize=16)(partial(_passing, state, store))
        self._summaries = lru_cache(maxsize=1)(partial(_summaries, state, store))

    @classmethod
    def open(
        cls,
        folder: str | Path = ".hoidap",
        *,
        load: Callable[[str | None], Encoder] = load_encoder,
        encoder: Encoder | None = None,
    ) -> Index:
        """Open the live generation in ``folder``.

        :param load: gives the encoder for a name.
        :param encoder: taken instead where the generation was made by it.
        :raises IndexNotFound: there is none.
        :raises IndexDamaged: a file of it is broken.
        :raises IndexMismatch: it was made by another format version or another version of its encoder.
        """
        folder = Path(folder)
        if not generation.is_published(folder):
            raise IndexNotFound(f"There is no index in {folder}: make one with `hoidap index FOLDER`.")
        store = Store.open(folder)  # first: its format says how to read the rest
        try:
            state = Generation.open_current(folder)
            if encoder is None or encoder.identity != state.encoder:
                encoder = load(state.encoder_name)
            if encoder.identity != state.encoder:
                raise IndexMismatch(
                    f"The index in {folder} was made by the encoder {state.encoder}, this is {encoder.identity}: "
                    "run `hoidap index --rebuild` to embed its articles again."
                )
        except HoidapError:
            store.close()
            raise
        return cls(folder, store, state, encoder)

    def __len__(self) -> int:
        """Number of passages."""
        return len(self._state)

    @property
    def number(self) -> int:
        """Number of the generation."""
        return self._state.number

    @property
    def encoder_name(self) -> str | None:
        """What ``--encoder`` was given when it was made; ``None`` for the shipped encoder."""
        return self._state.encoder_name

    @property
    def is_current(self) -> bool:
        """Whether no newer generation was published since this one was opened."""
        return generation.current_name(self.folder) == f"{self.number:06}"

    def renewed(self) -> Index:
        """The newest generation, opened over the same encoder: a second one takes 40 MB more."""
        return Index.open(self.folder, encoder=self.encoder)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

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
        """The ``k`` passages that most likely answer the question, best first.

        :param since: only articles published on this day or later; an article without a date is left out.
        :param until: only articles published on this day or earlier, likewise.
        :param source: only articles whose source, title or file name contains this, whatever case and tone marks.
        :param article: only passages of the article with this identifier.
        :raises UsageError: the question is empty or longer than :data:`MAX_QUESTION`; the first day comes after the
            last.
        """
        check_question(question)
        check_days(since, until)
        if k < 1:
            raise UsageError(f"k is {k}: ask for one passage or more.")
        allowed = self._matching(since=since, until=until, source=source, article=article)
        if not len(self) or (allowed is not None and not allowed.any()):
            return ()
        return self._rank(question, k=k, allowed=allowed)

    def rarity(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """How much each term narrows the collection down: ln((N + 1) / (n + ½)) with n of N passages holding it.

        :returns: positive, shape (terms,).
        """
        return np.log((len(self) + 1) / (self.frequency(terms) + 0.5))

    def frequency(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """How many passages hold each term, shape (terms,)."""
        return self._state.bm25.frequencies(term_ids(terms))

    def short_forms(self, *, shorts: Sequence[str] = (), longs: Sequence[str] = ()) -> tuple[ShortForm, ...]:
        """The abbreviations that the articles explain, or that are initials of what they name.

        :param shorts: abbreviations to look up, folded.
        :param longs: meanings to look up, folded.
        :returns: explained ones first, then by how many files have them.
        """
        return self._store.short_forms(shorts=shorts, longs=longs)

    def article(self, id: str) -> Article | None:
        """The article with this identifier, ``None`` where the index has none."""
        rows = self._matching(article=id)
        if rows is None or not rows.any():
            return None
        return self._article(int(self._state.articles[rows.argmax()]))

    def articles(self) -> tuple[ArticleSummary, ...]:
        """What is indexed, in the order of identifiers."""
        return self._summaries()

    def _rank(self, question: str, *, k: int, allowed: NDArray[np.bool_] | None) -> tuple[Hit, ...]:
        depth = max(k, _CANDIDATES)
        places = self._state.places
        (vector,) = self.encoder.encode_questions([question])
        try:
            bm25 = self._state.bm25.scores(term_ids(question_terms(question)))
            dense_rows = self._state.dense.search(vector, depth, rows=allowed)
        except IndexError as error:  # large files are not read through on opening
            raise IndexDamaged.in_generation(self._state.path, "it names rows that are not there") from error
        if allowed is not None:
            bm25 *= allowed
        best = ranking(bm25, k=depth, ties=places)
        bm25_rows = best[bm25[best] > 0]

        rows = np.union1d(bm25_rows, dense_rows)
        cosines = self._state.dense.scores(vector, rows)
        fused = relative(fuse(bm25[rows], cosines, weight=dense_weight(question)))
        bm25_ranks = {row: rank for rank, row in enumerate(bm25_rows.tolist(), start=1)}
        dense_ranks = {row: rank for rank, row in enumerate(dense_rows.tolist(), start=1)}
        hits = []
        for place in ranking(fused, k=k, ties=None if places is None else places[rows]).tolist():
            row = int(rows[place])
            article, passage = self._passage(row)
            hits.append(
                Hit(
                    article=self._article(article),
                    start=passage.start,
                    end=passage.end,
                    sentences=passage.sentences,
                    score=float(fused[place]),
                    bm25_rank=bm25_ranks.get(row),
                    dense_rank=dense_ranks.get(row),
                    cosine=float(cosines[place]),
                )
            )
        return tuple(hits)


def _summaries(state: Generation, store: Store) -> tuple[ArticleSummary, ...]:
    keys, counts = np.unique(
        state.articles if state.shown is None else state.articles[state.shown], return_counts=True
    )
    passages = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    return tuple(
        ArticleSummary(identifier, title, published, source, passages[key])
        for key, identifier, title, published, source in store.summaries(passages)
    )


def _passing(
    state: Generation,
    store: Store,
    *,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
    article: str | None = None,
) -> NDArray[np.bool_] | None:
    """Which rows are shown and pass the filters, bool of shape (rows,); ``None`` where all do."""
    if since is None and until is None and not source and article is None:
        return state.shown
    keys = store.article_keys(since=since, until=until, source=source, article=article)
    passing = np.isin(state.articles, keys)
    if state.shown is not None:
        passing &= state.shown
    passing.flags.writeable = False  # questions share it
    return passing


def _read_passage(state: Generation, store: Store, row: int) -> tuple[int, Passage]:
    """The key of the article, and the passage of a row of the generation."""
    return store.passage(int(state.passages[row]), expected=int(state.checksums[row]))


def check_question(question: str) -> None:
    """Check that a question can be asked.

    :raises UsageError: it has no letter and no digit, or is longer than :data:`MAX_QUESTION`.
    """
    if not any(map(str.isalnum, question)):
        raise UsageError("The question is empty: type what you want to know.")
    if len(question) > MAX_QUESTION:
        raise UsageError(
            f"The question has {len(question):,} characters: ask it in at most {MAX_QUESTION:,}."
        )


def check_days(since: date | None, until: date | None) -> None:
    """Check that a day can lie in the interval.

    :raises UsageError: it begins after it ends.
    """
    if since is not None and until is not None and since > until:
        raise UsageError(f"The first day ({since}) comes after the last ({until}): change one of the two.")


_opened: dict[Path, Index] = {}
_opening = threading.Lock()


def retrieve(
    question: str,
    k: int = 5,
    *,
    index: str | Path = ".hoidap",
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
) -> tuple[Hit, ...]:
    """The ``k`` best passages; the index is opened once per process, and again when a new generation is there.

    The arguments are those of :meth:`Index.search`.
    """
    folder = Path(index).resolve()
    with _opening:
        opened = _opened.get(folder)
        if opened is None or not opened.is_current:
            opened = _opened[folder] = Index.open(folder)
    return opened.search(question, k=k, since=since, until=until, source=source)
