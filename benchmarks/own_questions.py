"""Ask the project's own questions, made for training and calibration, and count what came back.

    python -m benchmarks.own_questions
    python -m benchmarks.own_questions --follow-ups DATA/viqa/train.jsonl.gz

The questions about news are asked of folders of ten of the made-up articles that they are about, follow-ups of all
paragraphs and articles that they are about, some of which are public and named by hash.  No reader was trained on those
about news.  An answer is right where it is from the article, and holds a gold span or shares half of its words with it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.build import build_index
from qa.assistant import Assistant
from qa.confidence import spoken
from qa.metrics import best_over, f1
from qa.training.asking import RIGHT
from qa.training.reading_data import CALIBRATION, OWN, own_questions, read_paragraphs, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.answer import Answer

FOLDER = 10
"""Articles of a folder of news."""

Row = dict[str, Any]


def ask_all(articles: Sequence[Row], questions: Sequence[Row]) -> Iterator[tuple[Row, bool, bool, bool]]:
    """Ask the questions of one index; yield each, and whether an answer, the first answer and no answer was given
    rightly, rightly, and at all.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "articles.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in articles), encoding="utf-8")
        build_index([path], index=Path(scratch) / "index")
        assistant = Assistant.open(Path(scratch) / "index")
        for row in questions:
            reply = assistant.ask(row["question"], history=tuple(row["history"]))
            rights = [is_right(answer, row) for answer in reply.answers]
            yield row, any(rights), rights[:1] == [True], not reply.answered


def is_right(answer: Answer, row: Row) -> bool:
    """Whether an answer is from the question's article and agrees with a gold span."""
    golds = [gold["text"] for gold in row["answers"]]
    said = f" {spoken(answer.text)} "
    agrees = any(f" {spoken(gold)} " in said for gold in golds) or best_over(f1, answer.text, golds) >= RIGHT
    return bool(golds) and agrees and any(c.article.endswith(f"#{row['context']}") for c in answer.citations)


def main() -> None:
    """Ask and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--follow-ups", type=Path, metavar="TRAIN", help="the public paragraphs; asks follow-ups"
    )
    arguments = parser.parse_args()
    articles = {row["id"]: row for row in read_rows(OWN / "articles.jsonl")}
    if arguments.follow_ups:
        paragraphs = read_paragraphs(arguments.follow_ups)
        articles |= {id: {"id": id, "title": "", "text": text} for id, (_, _, text) in paragraphs.items()}
        asked = [row for row in own_questions(OWN) if row["kind"] == "follow_up"]
        about = [list(dict.fromkeys(row["context"] for row in asked))]
    else:
        asked = list(read_rows(OWN / CALIBRATION))
        contexts = {row["context"] for row in asked}
        ids = [id for id in articles if id in contexts]
        about = [ids[begin : begin + FOLDER] for begin in range(0, len(ids), FOLDER)]
    kinds: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for ids in about:
        questions = [row for row in asked if row["context"] in ids]
        for row, right, first, refused in ask_all([articles[id] for id in ids], questions):
            for kind in (row["kind"], "all answerable" if row["answers"] else "all others"):
                kinds[kind].append((right, first, refused))
    print("| kind | n | right | first right | refused |\n|---|---|---|---|---|")
    for kind, rows in sorted(kinds.items()):
        shares = (f"{sum(column) / len(rows):.3f}" for column in zip(*rows, strict=True))
        print(f"| {kind} | {len(rows)} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
