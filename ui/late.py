"""An assistant that is opened when it is first needed, so that the chat can be there before its index is.

Takes where the index is, gives the methods of :class:`qa.assistant.Assistant` that the chat calls; each raises why it
cannot answer yet, and tries again when it is called again.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from qa.assistant import Assistant

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.article import Article
    from index.engine import Where
    from index.hit import ArticleSummary, Hit
    from qa.answer import Reply
    from qa.confidence import Caution


class LateAssistant:
    """The assistant of an index, whether that is there yet or not.

    :param where: the folder of the index, or the place of a collection.
    :param opens: opens the assistant.
    """

    def __init__(
        self, where: Where, *, caution: Caution, opens: Callable[..., Assistant] = Assistant.open
    ) -> None:
        self._where = where
        self._caution = caution
        self._opens = opens
        self._opening = threading.Lock()
        self._opened: Assistant | None = None

    def assistant(self) -> Assistant:
        """The assistant.

        :raises IndexNotFound: there is no index yet, and so on as for :meth:`qa.assistant.Assistant.open`.
        """
        with self._opening:
            if self._opened is None:
                self._opened = self._opens(self._where, caution=self._caution)
            return self._opened

    @property
    def versions(self) -> dict[str, Any]:
        """What answers now."""
        return self.assistant().versions

    def ask(self, question: str, **options: Any) -> Reply:
        """See :meth:`qa.assistant.Assistant.ask`."""
        return self.assistant().ask(question, **options)

    def search(self, question: str, **options: Any) -> tuple[Hit, ...]:
        """See :meth:`qa.assistant.Assistant.search`."""
        return self.assistant().search(question, **options)

    def article(self, id: str) -> Article | None:
        """See :meth:`qa.assistant.Assistant.article`."""
        return self.assistant().article(id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """See :meth:`qa.assistant.Assistant.articles`."""
        return self.assistant().articles()
