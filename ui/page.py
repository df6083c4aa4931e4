"""What happens in the conversation when something is asked: values in, values and HTML out.

Takes an assistant and the visit of one person; knows nothing of Gradio.  Leaves out what is beside the conversation,
see :mod:`ui.panel`, and the wiring to buttons and boxes, see :mod:`ui.wiring`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import HoidapError
from qa.message import Message
from ui.conversation_view import conversation_html, within_html
from ui.conversations import Conversations
from ui.examples import example_questions
from ui.filters import Filters
from ui.language import Language, say, say_message, speaking
from ui.problems import STOPPED, UNFORESEEN, cannot_answer_html, problem, question_problem
from ui.render import problem_html
from ui.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.late import LateAssistant
    from ui.turn import Verdict

_LONGEST_CONVERSATION = 50  # turns that stay on the page
_EXAMPLES_FROM = 12  # articles that are read for example questions when the page is opened


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's page.

    :ivar turns: of the conversation that is open, oldest first.
    :ivar conversation: the identifier that it is kept under; empty before its first question.
    :ivar owner: who is logged in; empty without accounts.
    :ivar earlier: how many turns of the conversation are too old for the page.
    :ivar taken_back: turns that are still kept, until the next answer takes their place.
    """

    turns: tuple[Turn, ...] = ()
    conversation: str = ""
    language: Language = "vi"
    owner: str = ""
    earlier: int = 0
    taken_back: tuple[Turn, ...] = ()


class Page:
    """The behaviour of the conversation; keeps nothing of a visit, so that all visitors share it.

    :param conversations: where they are kept; ``None`` where nothing is.
    :param uploads: whether files can be added on the page.
    """

    def __init__(
        self, assistant: LateAssistant, *, conversations: Conversations | None = None, uploads: bool = False
    ) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self._uploads = uploads

    def ask(
        self, question: str, visit: Visit, *, since: str = "", until: str = "", source: str = ""
    ) -> Iterator[tuple[Visit, str]]:
        """First the question with a sign that it is being answered, then the reply; for a blank question no change.

        An expected error is shown in place of the reply; the questions before are the history of the new one, those
        asked on another page of the same conversation among them.

        :param since: the filters as they were typed; see :class:`ui.filters.Filters`.
        """
        if not question.strip():
            yield self._with(visit, *visit.turns)  # where nothing is yielded Gradio empties the page
            return
        visit = self._caught_up(visit)
        before = visit.turns
        turn = Turn(question, number=before[-1].number + 1 if before else 0)
        try:
            filters = Filters.read(since, until, source)
        except HoidapError as error:
            yield self._with(visit, *before, replace(turn, error=problem(error)))
            return
        turn = replace(turn, within=filters.active, error=question_problem(question))
        waiting = self._with(visit, *before, turn)
        yield waiting
        if turn.error is not None:
            return
        try:
            history = [earlier.question for earlier in before if earlier.reply]
            reply = self._assistant.ask(question, history=history, **filters.as_arguments())
            turn = turn.answered(reply)
            yield waiting  # whoever stopped it while it was answered is not gone on with: nothing of it is kept
            visit, turn = self._kept(visit, turn)
            visit = self._caught_up(visit)  # a turn may have been judged meanwhile
            before = tuple(one for one in visit.turns if one.number != turn.number)
        except HoidapError as error:
            turn = replace(turn, error=problem(error))
        yield self._with(visit, *before, turn)

    def _kept(self, visit: Visit, turn: Turn) -> tuple[Visit, Turn]:
        if self._conversations is None:
            return visit, turn
        conversation = visit.conversation or Conversations.new_id()
        turn = self._conversations.save(
            turn,
            conversation=conversation,
            owner=visit.owner,
            versions=self._assistant.versions,
            instead_of=visit.taken_back,
            begun=bool(visit.conversation),
        )
        return replace(visit, conversation=conversation, taken_back=()), turn

    def _caught_up(self, visit: Visit) -> Visit:
        """The visit with what other pages made of its conversation; what could not be asked is on this page alone."""
        if self._conversations is None or not visit.conversation:
            return visit
        try:
            turns = self._conversations.turns(visit.conversation, owner=visit.owner)
        except HoidapError:  # then the answer cannot be kept either, which is said in its place
            return visit
        gone = {turn.number for turn in visit.taken_back}
        kept = (turn for turn in turns if turn.number not in gone)
        failed = (turn for turn in visit.turns if turn.error is not None)
        together = sorted((*failed, *kept), key=lambda turn: turn.number)
        return _cut(replace(visit, turns=tuple(together), earlier=0))

    def retry(self, visit: Visit, **filters: str) -> Iterator[tuple[Visit, str]]:
        """Ask the last question again, in its own place."""
        if visit.turns:
            yield from self.ask(visit.turns[-1].question, _without_last(visit), **filters)
        else:
            yield self._with(visit)

    def edit(self, visit: Visit) -> tuple[str, Visit, str]:
        """Take the last question back, to be changed and asked again: its text, and the conversation before it."""
        if not visit.turns:
            return "", *self._with(visit)
        visit, last = _without_last(visit), visit.turns[-1]
        return last.question, *self._with(visit, *visit.turns)

    def stop(self, visit: Visit) -> tuple[Visit, str]:
        """Wait for no answer any more."""
        return self._settled(visit, STOPPED)

    def give_up(self, visit: Visit) -> tuple[Visit, str]:
        """Leave no question waiting after an error that nobody foresaw; the server's log has the details."""
        return self._settled(visit, UNFORESEEN)

    def _settled(self, visit: Visit, error: Message) -> tuple[Visit, str]:
        return self._with(
            visit, *(replace(turn, error=error) if turn.waits else turn for turn in visit.turns)
        )

    def begin(self, visit: Visit) -> tuple[Visit, str]:
        """A new conversation; the one before stays in the list of conversations."""
        return self._with(Visit(language=visit.language, owner=visit.owner))

    def reopen(self, visit: Visit, conversation: str) -> tuple[Visit, str]:
        """Another conversation of the same owner; an empty one where there is no such."""
        turns: tuple[Turn, ...] = ()
        if self._conversations is not None and conversation:
            try:
                turns = self._conversations.turns(conversation, owner=visit.owner)
            except HoidapError as error:
                turns = (Turn("", error=problem(error)),)
        found = Visit(conversation=conversation if turns else "", language=visit.language, owner=visit.owner)
        return self._with(found, *turns)

    def judge(
        self, visit: Visit, *, number: int, verdict: Verdict, correction: str = ""
    ) -> tuple[Visit, str]:
        """Keep what the user thinks of a reply; what is said of that beside the reply.

        :param number: of the turn.
        """
        if self._conversations is None or not visit.conversation:
            return visit, ""
        try:
            self._conversations.judge(
                visit.conversation, owner=visit.owner, number=number, verdict=verdict, correction=correction
            )
        except HoidapError as error:
            with speaking(visit.language):
                return visit, say_message(problem(error))
        turns = (
            replace(turn, verdict=verdict, correction=correction) if turn.number == number else turn
            for turn in visit.turns
        )
        with speaking(visit.language):
            return replace(visit, turns=tuple(turns)), say("Đã ghi lại, cảm ơn bạn.")

    def filtered(self, since: str, until: str, source: str, *, language: Language = "vi") -> str:
        """What the filters leave to be searched, or what is wrong with them, as HTML; nothing where nothing is."""
        with speaking(language):
            try:
                return within_html(Filters.read(since, until, source).active)
            except HoidapError as error:
                return problem_html(say_message(problem(error)))

    def conversation(self, visit: Visit) -> str:
        """The conversation as HTML; without turns a welcome with example questions, or what there is to do first."""
        with speaking(visit.language):
            try:
                summaries = self._assistant.articles()
                first = () if visit.turns else summaries[:_EXAMPLES_FROM]
                articles = [self._assistant.article(summary.id) for summary in first]
            except (
                HoidapError
            ) as error:  # there is no index yet, or it was replaced by one that cannot be opened
                talk = conversation_html(visit.turns, articles=0) if visit.turns else ""
                return talk + cannot_answer_html(error, uploads=self._uploads)
            return conversation_html(
                visit.turns,
                articles=len(summaries),
                examples=example_questions(article for article in articles if article),
                conversation=visit.conversation,
                earlier=visit.earlier,
            )

    def _with(self, visit: Visit, *turns: Turn) -> tuple[Visit, str]:
        visit = _cut(replace(visit, turns=turns))
        return visit, self.conversation(visit)


def _cut(visit: Visit) -> Visit:
    older = max(len(visit.turns) - _LONGEST_CONVERSATION, 0)
    return replace(visit, turns=visit.turns[older:], earlier=visit.earlier + older)


def _without_last(visit: Visit) -> Visit:
    *before, last = visit.turns
    kept = (last,) if visit.conversation and last.error is None else ()
    return replace(visit, turns=tuple(before), taken_back=(*visit.taken_back, *kept))
