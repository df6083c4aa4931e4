"""What is beside the conversation: an open article, the list of articles, or the list of conversations.

Takes an assistant and the visit of one person, gives HTML; knows nothing of Gradio.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import HoidapError
from ui.article_list import article_list_html
from ui.article_view import article_html, missing_html, unopened_html
from ui.history_view import history_html
from ui.language import say_message, speaking
from ui.page import Visit
from ui.place import Place
from ui.problems import problem

if TYPE_CHECKING:
    from ui.conversations import Conversations
    from ui.language import Language
    from ui.late import LateAssistant


class Panel:
    """The behaviour of the panel; keeps nothing of a visit.

    :param conversations: where they are kept; ``None`` where nothing is.
    :param uploads: whether files can be added and removed.
    """

    def __init__(
        self, assistant: LateAssistant, *, conversations: Conversations | None = None, uploads: bool = False
    ) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self._uploads = uploads

    def articles(self, search: str = "", order: str = "title", *, language: Language = "vi") -> str:
        """The list of articles; see :func:`ui.article_list.article_list_html`."""
        with speaking(language):
            try:
                found = self._assistant.articles()
            except HoidapError as error:
                if not self._uploads:
                    return unopened_html(say_message(problem(error)))
                found = ()  # the first files can be added here
            return article_list_html(found, search=search, order=order, uploads=self._uploads)

    def opened(self, query: str, *, language: Language = "vi") -> str:
        """The article at the place that the query of an address names; nothing where it names none."""
        place = Place.from_query(query)
        if place is None:
            return ""
        with speaking(language):
            try:
                article = self._assistant.article(place.article)
            except HoidapError as error:
                return unopened_html(say_message(problem(error)))
            return article_html(article, place) if article else missing_html(place.article)

    def history(self, visit: Visit) -> str:
        """The conversations of the visitor."""
        with speaking(visit.language):
            if self._conversations is None:
                return ""
            try:
                kept = self._conversations.listed(owner=visit.owner)
            except HoidapError as error:
                return unopened_html(say_message(problem(error)))
            return history_html(kept, current=visit.conversation)

    def rename(self, visit: Visit, conversation: str, title: str) -> str:
        """Give a conversation another title; the list as it is then."""
        if self._conversations is not None:
            self._conversations.rename(conversation, owner=visit.owner, title=title)
        return self.history(visit)

    def delete(self, visit: Visit, conversation: str) -> str:
        """Forget a conversation; the list as it is then."""
        if self._conversations is not None:
            self._conversations.delete(conversation, owner=visit.owner)
        return self.history(visit)
