"""A file of questions for ``hoidap ask --batch``: JSON Lines, checked line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.errors import UsageError
from index.search import check_question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_batch(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the questions of a file: ``question``, and ``id`` and ``history`` where they are given.

    :raises UsageError: the file cannot be read, or a line is no question.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a line may hold other ends of lines
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}): give a UTF-8 file of JSON lines.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            if not isinstance(asked["question"], str):
                raise TypeError("question is not a text")
            check_question(asked["question"])
            before = asked.get("history") or []
            if not isinstance(before, list) or not all(isinstance(one, str) for one in before):
                raise TypeError("history is not a list of texts")
        except UsageError as error:
            raise UsageError(f"{path} line {number}: {error}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f'{path} line {number} is no question ({error}): write {{"id": 1, "question": "…"}}.'
            ) from error
        yield asked
