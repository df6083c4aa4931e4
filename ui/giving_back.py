"""Questions that were counted and then could not be asked: whoever asked gets them back.

:mod:`ui.question_limit` leaves in the scope of a request how its question is given back.  Here is who does so: the
queue of MCP calls when it is full, and an assistant without an index that can be opened.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gradio.context import LocalContext

from index.errors import HoidapError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from index.hit import Hit
    from qa.answer import Reply
    from ui.late import LateAssistant

COUNTED = "hoidap.counted"
"""Where the scope of a request whose question was counted has the function that gives it back."""


def give_back(scope: MutableMapping[str, Any]) -> None:
    """Give the question of a request back, once; nothing where none was counted."""
    back = scope.pop(COUNTED, None)
    if back is not None:
        back()


@contextmanager
def counting_answers(scope: MutableMapping[str, Any]) -> Iterator[None]:
    """Give the question of a request back where there is nothing to ask; a question that is wrong in itself counts."""
    try:
        yield
    except UsageError:
        raise
    except HoidapError:
        give_back(scope)
        raise


class GivingBack:
    """An assistant that gives back what pages and programs cannot ask it; everything else is the assistant's own."""

    def __init__(self, assistant: LateAssistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, **how: Any) -> Reply:
        """Ask the assistant."""
        with counting_answers(_scope()):
            return self._assistant.ask(question, **how)

    def search(self, question: str, **how: Any) -> tuple[Hit, ...]:
        """Let the assistant search."""
        with counting_answers(_scope()):
            return self._assistant.search(question, **how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)


def _scope() -> MutableMapping[str, Any]:
    """Of the request whose event Gradio is running; it tells that to the thread of the event alone."""
    event = LocalContext.request.get(None)
    return event.request.scope if event is not None and event.request is not None else {}
