"""What happens on the page when something is asked or opened: values in, values and HTML out.

Takes an assistant and the turns of a conversation; knows nothing of Gradio.  Leaves out the wiring to buttons and
boxes: see :mod:`ui.chat`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import HoidapError
from ui.article_list import article_list_html
from ui.article_view import article_html, missing_html
from ui.examples import example_questions
from ui.filters import Filters
from ui.place import Place
from ui.render import Turn, conversation_html, problem_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.assistant import Assistant

Turns = tuple[Turn, ...]

_LONGEST_CONVERSATION = 50  # turns that stay on the page
_EXAMPLES_FROM = 12  # articles that are read for example questions when the page is opened
_UNFORESEEN = "Có lỗi ngoài dự kiến: hãy hỏi lại; nếu vẫn lỗi, xem nhật ký của máy chủ."


class Page:
    """The behaviour of the page over one assistant; keeps nothing between calls, so that all visitors share it."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(
        self, question: str, turns: Turns, *, since: str = "", until: str = "", source: str = ""
    ) -> Iterator[tuple[Turns, str]]:
        """First the question with a sign that it is being answered, then the reply; nothing for a blank question.

        An expected error is shown in place of the reply; the questions before are the history of the new one.

        :param since: the filters as they were typed; see :class:`ui.filters.Filters`.
        """
        if not question.strip():
            return
        before = turns[-(_LONGEST_CONVERSATION - 1) :]
        history = [turn.question for turn in before if turn.reply]
        turn = Turn(question)
        try:
            filters = Filters.read(since, until, source)
            turn = replace(turn, within=filters.active)
            yield self._with((*before, turn))
            turn = replace(
                turn, reply=self._assistant.ask(question, history=history, **filters.as_arguments())
            )
        except HoidapError as error:
            turn = replace(turn, error=str(error))
        yield self._with((*before, turn))

    def edit(self, turns: Turns) -> tuple[str, Turns, str]:
        """Take the last question back, to be changed and asked again: its text, and the conversation before it."""
        if not turns:
            return "", *self._with(turns)
        return turns[-1].question, *self._with(turns[:-1])

    def filtered(self, since: str, until: str, source: str) -> str:
        """What the filters leave to be searched, or what is wrong with them, as HTML; nothing where nothing is."""
        try:
            active = Filters.read(since, until, source).active
        except HoidapError as error:
            return problem_html(str(error))
        return f'<p class="within">{active}</p>' if active else ""

    def give_up(self, turns: Turns) -> tuple[Turns, str]:
        """Leave no question waiting after an error that nobody foresaw; the server's log has the details."""
        return self._with(
            tuple(Turn(turn.question, error=_UNFORESEEN) if turn.waits else turn for turn in turns)
        )

    def conversation(self, turns: Turns) -> str:
        """The conversation as HTML; without turns a welcome with example questions."""
        try:
            summaries = self._assistant.articles()
            first = () if turns else summaries[:_EXAMPLES_FROM]
            articles = [self._assistant.article(summary.id) for summary in first]
        except HoidapError as error:  # the index was replaced by one that cannot be opened
            return conversation_html(turns, articles=0) + problem_html(str(error))
        examples = example_questions(article for article in articles if article)
        return conversation_html(turns, articles=len(summaries), examples=examples)

    def listed(self, search: str = "", order: str = "title") -> str:
        """The list of articles; see :func:`ui.article_list.article_list_html`."""
        try:
            return article_list_html(self._assistant.articles(), search=search, order=order)
        except HoidapError as error:
            return problem_html(str(error))

    def opened(self, query: str) -> str:
        """The article at the place that the query of an address names; nothing where it names none."""
        place = Place.from_query(query)
        if place is None:
            return ""
        try:
            article = self._assistant.article(place.article)
        except HoidapError as error:
            return problem_html(str(error))
        return article_html(article, place) if article else missing_html(place.article)

    def _with(self, turns: Turns) -> tuple[Turns, str]:
        return turns, self.conversation(turns)
