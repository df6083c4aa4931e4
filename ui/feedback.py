"""What users thought of answers → questions to evaluate with, in the format that ``hoidap eval`` reads.

Takes the judged turns and the articles, gives JSON values: ``id, source, title, context, question, answers`` as in
question-answering data, and beside them what was shown, how sure it was, and what answered.  The context is the
article as it was when it was cited, or the cited sentence where the article has changed since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.options import DEFAULT_INDEX, Collection, EngineName, IndexFolder, Token, Uri, where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from index.article import Article
    from qa.answer import Citation, Reply
    from ui.conversations import Judged

app = typer.Typer(help="What users thought of the answers.", no_args_is_help=True)


@app.command()
def export(
    index: IndexFolder = DEFAULT_INDEX,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what says no more than that an answer was wrong.")
    ] = False,
    engine: EngineName = "local",
    uri: Uri = None,
    token: Token = "",
    collection: Collection = "hoidap",
) -> None:
    """Write the judged questions as JSON lines, to evaluate with.

    They are kept in the folder of --index that the chat was given, also where the articles are in Milvus.
    """
    import json

    from index.engine import open_engine

    opened = open_engine(where(index, engine=engine, uri=uri, token=token, collection=collection))
    for row in evaluation_rows(_judged(index), opened.article, everything=everything):
        print(json.dumps(row, ensure_ascii=False))  # noqa: T201 — a command's result


def _judged(folder: Path) -> Iterator[Judged]:
    """The judged turns that a folder keeps; none where no conversation was ever kept in it."""
    from ui.conversations import NAME, Conversations, ConversationsUnavailable

    path = folder / NAME
    if not path.is_file():
        return iter(())
    try:
        return Conversations.open(folder).judged()
    except ConversationsUnavailable:  # the folder may be for reading only: see index.store.Store.open
        log = path.with_name(f"{NAME}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return Conversations(path, options="immutable=1").judged()


def evaluation_rows(
    judged: Iterable[Judged], article: Callable[[str], Article | None], *, everything: bool
) -> Iterator[dict[str, Any]]:
    """A row for each turn whose right answer is known: called right, or corrected by words of an article.

    :param article: the article with an identifier.
    :param everything: also the other turns, whose ``answers`` are ``None``.
    """
    for one in judged:
        turn = one.turn
        if turn.reply is None:
            continue
        gold = _gold(turn.reply, right=turn.verdict == "right", correction=turn.correction, article=article)
        if gold is None and not everything:
            continue
        first = turn.reply.answers[0] if turn.reply.answers else None
        yield {
            "id": f"{one.conversation}-{turn.number}",
            "source": "feedback",
            **(gold or {"title": None, "context": None, "answers": None}),
            "question": turn.reply.understood or turn.question,
            "typed": turn.question,
            "verdict": turn.verdict,
            "correction": turn.correction,
            "shown": first.text if first else None,
            "confidence": round(first.confidence, 4) if first else None,
            "asked": one.asked.isoformat(),
            "versions": dict(one.versions),
        }


def _gold(
    reply: Reply, *, right: bool, correction: str, article: Callable[[str], Article | None]
) -> dict[str, Any] | None:
    """Title, context and answers, where the judgement tells what the right answer is."""
    cited = [citation for answer in reply.answers for citation in answer.citations] or list(reply.closest)
    if right and not cited:
        return {"title": None, "context": "", "answers": []}
    if right:
        title, context, offset = _context(cited[0], article)
        start = cited[0].start - offset
        answers = [{"text": cited[0].text, "start": start}] if reply.answered else []
        return {"title": title, "context": context, "answers": answers}
    for citation in cited if correction else ():
        title, context, _ = _context(citation, article)
        if (start := context.find(correction)) >= 0:
            return {
                "title": title,
                "context": context,
                "answers": [{"text": correction, "start": start}],
            }
    return None


def _context(citation: Citation, article: Callable[[str], Article | None]) -> tuple[str, str, int]:
    """Title, text, and where in the article the text starts."""
    found = article(citation.article)
    if found is not None and found.sha256 == citation.sha256:
        return found.title, found.text, 0
    return citation.title, citation.sentence, citation.sentence_start
