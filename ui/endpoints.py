"""The three named endpoints that programs call over HTTP: JSON values in, the JSON of docs/command-line.md out.

Takes an assistant, gives typed functions whose names are the endpoints'.  Nothing is checked before these functions
are called, whatever the types say: each checks what it is given.  Leaves out the server: see :mod:`ui.server`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from index.dates import parse_date
from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ui.late import LateAssistant

_MOST_HITS = 100
_MOST_HISTORY = 50  # questions; a conversation that goes on longer is about something else by then


def endpoints(assistant: LateAssistant) -> dict[str, Callable[..., Any]]:
    """The functions by the name of their endpoint."""

    def ask(
        question: str,
        history: list[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the articles, word for word and cited, or say that they do not."""
        reply = assistant.ask(
            _text(question, name="question"),
            history=_questions(history),
            since=_day(since, name="since"),
            until=_day(until, name="until"),
            source=_text(source, name="source") if source else None,
        )
        return reply.to_dict()

    def search(
        question: str,
        k: int = 5,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        rerank: bool = False,
    ) -> dict[str, Any]:
        """Find the passages nearest to a question; reranked, those first that answer likeliest."""
        started = time.perf_counter()
        if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= _MOST_HITS:
            raise UsageError(f"k must be a whole number from 1 to {_MOST_HITS}.")
        hits = assistant.search(
            _text(question, name="question"),
            k=k,
            since=_day(since, name="since"),
            until=_day(until, name="until"),
            source=_text(source, name="source") if source else None,
            rerank=_flag(rerank, name="rerank"),
        )
        seconds = round(time.perf_counter() - started, 4)
        return {"question": question, "hits": [hit.to_dict() for hit in hits], "seconds": seconds}

    def articles() -> list[dict[str, Any]]:
        """List what is indexed."""
        return [article.to_dict() for article in assistant.articles()]

    return {"ask": ask, "search": search, "articles": articles}


def _flag(value: object, *, name: str) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{name} must be true or false.")
    return value


def _day(value: object, *, name: str) -> date | None:
    if value is None or value == "":
        return None
    day = parse_date(_text(value, name=name))
    if day is None:
        raise UsageError(f"{name} must be a day: write it as 2022-08-17 or 17/8/2022.")
    return day


def _questions(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise UsageError("history must be a list of questions, oldest first.")
    return [_text(question, name="history") for question in value][-_MOST_HISTORY:]


def _text(value: object, *, name: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name} must be text.")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # JSON can carry half a surrogate pair
        raise UsageError(f"{name} must be text that UTF-8 can carry.") from error
    return value
