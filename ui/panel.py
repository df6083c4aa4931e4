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
    from qa.message import Message
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

    def history(self, visit: Visit, search: str = "") -> str:
        """The conversations of the visitor; see :func:`ui.history_view.history_html`."""
        return self._listed(visit, search)

    def rename(self, visit: Visit, conversation: str, title: str, *, search: str = "") -> str:
        """Give a conversation another title; the list as it is then."""
        try:
            if self._conversations is not None:
                self._conversations.rename(conversation, owner=visit.owner, title=title)
        except HoidapError as error:
            return self._listed(visit, search, failed=problem(error))
        return self._listed(visit, search)

    def delete(self, visit: Visit, conversation: str, *, search: str = "") -> tuple[Visit, str]:
        """Forget a conversation: the visit, which begins anew where that was open, and the list as it is then."""
        try:
            if self._conversations is not None:
                self._conversations.delete(conversation, owner=visit.owner)
        except HoidapError as error:
            return visit, self._listed(visit, search, failed=problem(error))
        if conversation == visit.conversation:
            visit = Visit(language=visit.language, owner=visit.owner)
        return visit, self._listed(visit, search)

    def _listed(self, visit: Visit, search: str, *, failed: Message | None = None) -> str:
        """The list of conversations, below why something could not be done with one of them."""
        with speaking(visit.language):
            if self._conversations is None:
                return ""
            try:
                kept = self._conversations.listed(owner=visit.owner)
            except HoidapError as error:
                return unopened_html(say_message(problem(error)))
            told = say_message(failed) if failed else ""
            return history_html(kept, current=visit.conversation, search=search, failed=told)
