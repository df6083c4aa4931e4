"""Figures for Prometheus: what was asked, how long it took, how often there was no answer, what was refused.

Takes replies as they are given; gives the text of ``/metrics``.  Nothing in it is anybody's question or name.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from index.errors import HoidapError, ModelNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from qa.answer import Reply

_SECONDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one server, in a registry of its own.

    :param generation: gives the number of the index's generation; left out of the figures where it raises an error
        of this program.
    :raises ModelNotFound: the package ``prometheus-client`` is not installed.
    """

    def __init__(self, *, generation: Callable[[], float]) -> None:
        try:
            import prometheus_client as prometheus
        except ModuleNotFoundError as error:
            raise ModelNotFound(
                "--metrics needs the package prometheus-client: run `pip install 'hoidap[metrics]'`."
            ) from error

        self._prometheus = prometheus
        self._registry = prometheus.CollectorRegistry()
        self._questions = prometheus.Counter(
            "hoidap_questions", "Questions that got a reply.", registry=self._registry
        )
        self._abstentions = prometheus.Counter(
            "hoidap_abstentions", "Replies without an answer.", registry=self._registry
        )
        self._seconds = prometheus.Histogram(
            "hoidap_question_seconds",
            "Seconds from question to reply, without the queue.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._rejected = prometheus.Counter(
            "hoidap_rejected",
            "Requests refused: rate, busy, stopping, lockout, password, login, origin, host.",
            ["reason"],
            registry=self._registry,
        )
        self._registry.register(_Generation(generation))

    def replied(self, reply: Reply, *, seconds: float) -> None:
        """Count a reply."""
        self._questions.inc()
        self._seconds.observe(seconds)
        if not reply.answered:
            self._abstentions.inc()

    def rejected(self, reason: str) -> None:
        """Count a refusal, by one word that says why."""
        self._rejected.labels(reason).inc()

    async def figures(self, _: Request) -> Response:
        """The figures in Prometheus's format."""
        text = self._prometheus.generate_latest(self._registry)
        return Response(text, headers={"Content-Type": self._prometheus.CONTENT_TYPE_LATEST})


class _Generation:
    """A collector of Prometheus: one figure where there is an index that can be opened, none where there is not."""

    def __init__(self, generation: Callable[[], float]) -> None:
        self._generation = generation

    def collect(self) -> Iterator[Any]:
        """The figure as it is now."""
        from prometheus_client.core import GaugeMetricFamily

        with suppress(HoidapError):
            yield GaugeMetricFamily(
                "hoidap_index_generation",
                "Number of the index's generation in use.",
                value=self._generation(),
            )


class Measured:
    """An assistant whose replies are counted; everything else is the assistant's own."""

    def __init__(self, assistant: Any, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics

    def ask(self, question: str, **how: Any) -> Reply:
        """Ask the assistant."""
        started = time.perf_counter()
        reply: Reply = self._assistant.ask(question, **how)
        self._metrics.replied(reply, seconds=time.perf_counter() - started)
        return reply

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)
