"""The whole way from a question to a reply, in one short function."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from index.search import Hit, Index
from qa.answer import Reply
from qa.confidence import Calibration, load_calibration
from qa.decision import decide
from qa.finding import find
from qa.question import understand
from qa.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from index.article import Article
    from index.search import ArticleSummary
    from qa.confidence import Caution

PASSAGES = 8  # that are read; recall@8 of the ranking is within a point of recall@10


class Assistant:
    """Answers questions from one index; safe to share between threads.

    :param index: opened; when a newer generation is published, the next question switches to it.
    :param reader: cuts answers out of passages; the shipped one by default.
    :param calibration: turns scores into probabilities.
    :param caution: how sure an answer must be to be shown.
    """

    def __init__(
        self,
        index: Index,
        *,
        reader: Reader | None = None,
        calibration: Calibration | None = None,
        caution: Caution = "balanced",
    ) -> None:
        self._caution = caution
        self._index = index
        self._reader = reader or Reader.from_folder()
        self._calibration = calibration or load_calibration()
        self._switching = threading.Lock()

    @classmethod
    def open(cls, folder: str | Path = ".hoidap", *, caution: Caution = "balanced") -> Assistant:
        """An assistant over the index in ``folder``.

        :param caution: how sure an answer must be to be shown.

        :raises IndexNotFound: there is none.
        :raises IndexDamaged: a file of it is broken.
        :raises IndexMismatch: it was made by another version or another encoder.
        :raises ModelNotFound: a model is missing.
        """
        return cls(Index.open(folder), caution=caution)

    @property
    def index(self) -> Index:
        """The newest generation of the index."""
        with self._switching:
            if not self._index.is_current:
                self._index = Index.open(self._index.folder)
            return self._index

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
    ) -> Reply:
        """Answer a question from the articles, or say that they do not.

        :param history: the questions asked before in the same conversation, oldest first.
        :param since: only articles published on this day or later, and so on as for :meth:`Index.search`.
        :raises UsageError: the question is empty or too long.
        """
        started = time.perf_counter()
        index = self.index
        query, hits = find(
            understand(question, history=history),
            index,
            k=PASSAGES,
            since=since,
            until=until,
            source=source,
        )
        candidates = self._reader.read(query.text, hits)
        answers, closest = decide(
            query, candidates, calibration=self._calibration, caution=self._caution, rarity=index.rarity
        )
        return Reply(
            question=query.question,
            answers=answers,
            closest=closest,
            notes=query.notes,
            seconds=time.perf_counter() - started,
        )

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
    ) -> tuple[Hit, ...]:
        """The passages that :meth:`ask` would read; see :meth:`Index.search`."""
        query = understand(question)
        return find(query, self.index, k=k, since=since, until=until, source=source)[1]

    def article(self, id: str) -> Article | None:
        """The article with this identifier."""
        return self.index.article(id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """What is indexed."""
        return self.index.articles()
