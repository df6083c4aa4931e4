"""Ask a set of questions of an index and count, for each kind of question, what came back.

    python -m benchmarks.questions tests/data/corpus_questions.jsonl --corpus corpus

Each line of the set has ``id``, ``kind``, ``question``, ``history``, ``articles`` (file names that answer; none for a
question that no article answers), ``gold`` (spans, word for word) and ``items`` (all of a list).  A question counts as
right where an answer from one of its articles holds a gold span, as refused where nothing was answered.  For lists,
recall and precision of the items are counted besides.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.build import build_index
from qa.assistant import Assistant
from qa.confidence import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.answer import Reply

UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the set.

    :ivar articles: identifiers of the articles that answer it.
    :ivar gold: spans of which an answer must hold one.
    :ivar items: all that a list must have.
    """

    id: str
    kind: str
    question: str
    history: tuple[str, ...]
    articles: tuple[str, ...]
    gold: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    :ivar first: whether the first answer is right, not one of the others.
    :ivar found: items of the list that were given.
    :ivar belonging: answers that hold an item.
    :ivar given: how many answers were given.
    """

    asked: Asked
    reply: Reply
    right: bool
    first: bool
    found: int
    belonging: int
    given: int


def read_questions(path: Path) -> tuple[Asked, ...]:
    """The questions of a set."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Asked(
            id=row["id"],
            kind=row["kind"],
            question=row["question"],
            history=tuple(row["history"]),
            articles=tuple(row["articles"]),
            gold=tuple(row["gold"]),
            items=tuple(row["items"]),
        )
        for row in rows
    )


def ask(asked: Asked, assistant: Assistant) -> Outcome:
    """Ask one question and judge the reply."""
    reply = assistant.ask(asked.question, history=asked.history)
    rights = [
        any(citation.article in asked.articles for citation in answer.citations)
        and any(_holds(answer.text, gold) for gold in asked.gold)
        for answer in reply.answers
    ]
    texts = [answer.text for answer in reply.answers]
    return Outcome(
        asked=asked,
        reply=reply,
        right=any(rights),
        first=bool(rights) and rights[0],
        found=sum(any(_holds(text, item) for text in texts) for item in asked.items),
        belonging=sum(any(_holds(text, item) for item in asked.items) for text in texts),
        given=len(texts),
    )


def figures(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """The figures of each kind and of all together."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.asked.kind].append(outcome)
        kinds["all answerable" if outcome.asked.gold else "all others"].append(outcome)
    return {kind: _figures(members) for kind, members in kinds.items()}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    n = len(outcomes)
    items = sum(len(outcome.asked.items) for outcome in outcomes)
    found = sum(outcome.found for outcome in outcomes)
    listed = sum(outcome.given for outcome in outcomes if outcome.asked.items)
    belonging = sum(outcome.belonging for outcome in outcomes)
    return {
        "n": n,
        "right": round(sum(outcome.right for outcome in outcomes) / n, 3),
        "first right": round(sum(outcome.first for outcome in outcomes) / n, 3),
        "refused": round(sum(not outcome.reply.answered for outcome in outcomes) / n, 3),
        "item recall": round(found / items, 3) if items else "",
        "item precision": round(belonging / listed, 3) if listed else "",
    }


def _holds(text: str, gold: str) -> bool:
    return f" {spoken(gold)} " in f" {spoken(text)} "


def _table(rows: dict[str, dict[str, Any]]) -> Iterable[str]:
    columns = list(next(iter(rows.values())))
    yield f"| kind | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for kind, row in rows.items():
        yield f"| {kind} | {' | '.join(str(row[column]) for column in columns)} |"


def main() -> None:
    """Ask all questions and print the figures as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--caution", default="balanced", choices=("balanced", "strict"))
    parser.add_argument("--failures", action="store_true", help="print what went wrong")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        build_index([arguments.corpus], index=scratch)
        assistant = Assistant.open(scratch, caution=arguments.caution)
        outcomes = [ask(asked, assistant) for asked in read_questions(arguments.questions)]
    if arguments.failures:
        for outcome in outcomes:
            if not (outcome.right if outcome.asked.gold else not outcome.reply.answered):
                answers = [f"{answer.text} ({answer.confidence:.2f})" for answer in outcome.reply.answers]
                understood = outcome.reply.understood
                print(
                    f"{outcome.asked.id}: {outcome.asked.question} → {understood}\n  {answers or 'refused'}"
                )
                print(f"  gold: {outcome.asked.gold}")
    print("\n".join(_table(figures(outcomes))))


if __name__ == "__main__":
    main()
