"""The whole way from a question to a reply, in one short function."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from index.engine import open_engine
from index.errors import UsageError
from index.onnx_model import available_cores
from index.search import check_question
from qa.answer import Reply
from qa.confidence import Calibration, load_calibration
from qa.decision import decide
from qa.explanation import Evidence
from qa.finding import find
from qa.follow_up import is_follow_up
from qa.question import understand
from qa.reader import Reader
from qa.reranking import DEPTH, reranked
from qa.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from index.article import Article
    from index.engine import Engine, Where
    from index.hit import ArticleSummary, Hit
    from qa.confidence import Caution
    from qa.decision import Decision
    from qa.question import Query
    from qa.reader import Candidate

_WAITING = 16  # questions of a batch that are answered or wait to be printed
_TURNS = 3  # of a conversation that a follow-up can lean on
PASSAGES = 8  # that are read; recall@8 of the ranking is within a point of recall@10


class Assistant:
    """Answers questions from one index; safe to share between threads.

    :param index: opened; when a newer generation is published, the next question switches to it.
    :param reader: cuts answers out of passages; the shipped one by default.
    :param calibration: turns scores into probabilities.
    :param caution: how sure an answer must be to be shown.
    :param remembered: how many replies are kept, until a newer generation is published.
    :ivar reader: cuts answers out of passages.
    """

    def __init__(
        self,
        index: Engine,
        *,
        reader: Reader | None = None,
        calibration: Calibration | None = None,
        caution: Caution = "balanced",
        remembered: int = 256,
    ) -> None:
        self.reader = reader or Reader.from_folder()
        self._caution = caution
        self._calibration = calibration or load_calibration()
        self._remembered = remembered
        self._switching = threading.Lock()
        self._switch(index)

    @classmethod
    def open(cls, where: Where = ".hoidap", *, caution: Caution = "balanced") -> Assistant:
        """An assistant over the index in a folder, or over a collection in Milvus.

        :param caution: how sure an answer must be to be shown.

        :raises IndexNotFound: there is none.
        :raises IndexDamaged: a file of it is broken.
        :raises IndexMismatch: it was made by another version or another encoder.
        :raises ModelNotFound: a model is missing.
        """
        return cls(open_engine(where), caution=caution)

    @property
    def index(self) -> Engine:
        """The newest generation of the index."""
        return self._current()[0]

    @property
    def versions(self) -> dict[str, Any]:
        """What answers now: generation of the index, encoder and reader, as JSON values."""
        index = self.index
        return {
            "generation": index.number,
            "encoder": index.encoder.identity,
            "reader": self.reader.identity,
        }

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
        _, answer = self._current()
        reply = answer(question, tuple(history[-_TURNS:]), since=since, until=until, source=source)
        return replace(reply, seconds=time.perf_counter() - started)

    def ask_all(
        self,
        questions: Iterable[tuple[str, Sequence[str]]],
        *,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
    ) -> Iterator[Reply]:
        """Answer many questions, several side by side, so that no core waits for another.

        :param questions: each with the questions asked before it in the same conversation, oldest first.
        :returns: the replies that :meth:`ask` would give, in the order of the questions, each as soon as it and those
            before it are there.
        :raises UsageError: as for :meth:`ask`, after the replies before it.
        """
        running: deque[Future[Reply]] = deque()
        # One more than cores: while the models read for the others, one is being searched for.
        pool = ThreadPoolExecutor(available_cores() + 1)
        try:
            for question, history in questions:
                running.append(
                    pool.submit(self.ask, question, history=history, since=since, until=until, source=source)
                )
                if len(running) == _WAITING:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _current(self) -> tuple[Engine, Callable[..., Reply]]:
        """The newest generation, and the function that answers from it and remembers."""
        with self._switching:
            if not self._index.is_current:
                self._switch(self._index.renewed())
            return self._index, self._answered

    def _switch(self, index: Engine) -> None:
        self._index = index
        self._answered = lru_cache(self._remembered)(partial(self._answer, index))

    def _answer(self, index: Engine, question: str, history: tuple[str, ...], **filters: Any) -> Reply:
        query = understand(question)
        if history and is_follow_up(query.text):
            query = understand(question, before=self._turn(history, **filters))
        query, hits = find(query, index, k=PASSAGES, **filters)
        decision = self._decide(query, hits, rarity=index.rarity, passages=len(index))
        return Reply(
            question=query.question,
            answers=decision.answers,
            closest=decision.closest,
            notes=(*query.notes, *decision.notes),
            seconds=0.0,
            understood=query.text,
            listed=decision.listed,
            evidence=Evidence(query.searched, hits, decision.considered, decision.threshold),
        )

    def _decide(self, query: Query, hits: Sequence[Hit], **collection: Any) -> Decision:
        """Read the passages that can be answered from; where that gives no answer, the others too."""

        def decided(candidates: Sequence[Candidate]) -> Decision:
            return decide(
                query, candidates, calibration=self._calibration, caution=self._caution, **collection
            )

        worth = self._calibration.worth_reading(hits, caution=self._caution)
        first = [hit for hit, is_worth in zip(hits, worth, strict=True) if is_worth]
        others = [hit for hit, is_worth in zip(hits, worth, strict=True) if not is_worth]
        candidates = self.reader.read(query.worded_for(first), first)
        decision = decided(candidates)
        if others and not decision.answers:
            decision = decided((*candidates, *self.reader.read(query.worded_for(others), others)))
        return decision

    def _turn(self, history: tuple[str, ...], **filters: Any) -> Turn | None:
        """The last turn of a conversation, asked again: history is questions only, and of those what can be asked."""
        asked: list[str] = []
        for question in history:
            with suppress(UsageError):
                check_question(question)
                asked.append(question)
        if not asked:
            return None
        reply = self.ask(asked[-1], history=asked[:-1], **filters)
        if reply.answers:
            texts = tuple(answer.text for answer in reply.answers)
            return Turn(reply.understood, texts, reply.answers[0].citation.article, reply.listed)
        # whoever goes on asking saw something of use in the closest sentences
        article = reply.closest[0].article if reply.closest else None
        return Turn(reply.understood, article=article)

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        rerank: bool = False,
    ) -> tuple[Hit, ...]:
        """The passages that :meth:`ask` would read; see :meth:`Index.search`.

        :param rerank: read the first of them, and put those before the others that answer likeliest; takes as long as
            :meth:`ask`.
        """
        query, hits = find(
            understand(question),
            self.index,
            k=max(k, DEPTH) if rerank else k,
            since=since,
            until=until,
            source=source,
        )
        return reranked(hits, query=query, reader=self.reader)[:k] if rerank else hits

    def article(self, id: str) -> Article | None:
        """The article with this identifier."""
        return self.index.article(id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """What is indexed."""
        return self.index.articles()
