"""Questions with gold answers, each about one paragraph, and an index of these paragraphs.

The data are JSON Lines, plain or gzip-compressed, one question a line: ``id``, ``context`` (one paragraph),
``question`` and ``answers``, a list of ``{"text", "start"}`` that is empty where the paragraph does not answer.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.build import build_index
from index.errors import UsageError
from index.normalize import sound
from index.report import NoProgress
from index.search import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.report import Progress


@dataclass(frozen=True, slots=True)
class Example:
    """A question about one paragraph.

    :ivar answers: texts of the gold answers; empty where the paragraph has none.
    :ivar source: the part of the data it comes from.
    """

    id: str
    context: str
    question: str
    answers: tuple[str, ...]
    source: str


def read_examples(path: Path) -> tuple[Example, ...]:
    """The questions of a ``.jsonl`` or ``.jsonl.gz`` file.

    :raises UsageError: the file is not there or a line is not such a question.
    """
    examples = []
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                examples.append(_example(json.loads(line), number=number))
    except (EOFError, zlib.error) as error:
        raise UsageError(
            f"{path} cannot be unpacked ({error}): it is cut off or damaged, fetch or compress it again."
        ) from error
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror or error}): give a .jsonl or .jsonl.gz file."
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{path} line {len(examples) + 1} is no question ({type(error).__name__}: {error}): "
            "each line needs id, context, question and answers."
        ) from error
    if not examples:
        raise UsageError(f"{path} holds no question: give a file with one a line.")
    return tuple(examples)


def _example(fields: Any, *, number: int) -> Example:
    """The question of a line.

    :raises KeyError: a field is missing.
    :raises TypeError: a field, or the line itself, is something else than it should be.
    """
    if not isinstance(fields, dict):
        raise TypeError("not a JSON object")
    return Example(
        id=str(fields.get("id", number)),
        context=_text(fields["context"]),
        question=_text(fields["question"]),
        answers=tuple(_text(answer["text"]) for answer in fields["answers"]),
        source=str(fields.get("source") or ""),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{json.dumps(value)[:40]} is not a text")
    return sound(value)  # JSON can carry half a surrogate pair


def index_contexts(
    examples: Sequence[Example], folder: Path, *, encoder: str | None = None, progress: Progress | None = None
) -> tuple[Index, dict[str, str]]:
    """An index with one article a distinct context, and the article of each context."""
    path, ids = write_contexts(examples, folder)
    build_index([path], index=folder / "index", encoder=encoder, progress=progress or NoProgress())
    return Index.open(folder / "index"), ids


def write_contexts(examples: Sequence[Example], folder: Path) -> tuple[Path, dict[str, str]]:
    """A file with one article a distinct context, and the article of each context."""
    contexts = list(dict.fromkeys(example.context for example in examples))
    path = folder / "contexts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, context in enumerate(contexts):
            file.write(
                json.dumps({"id": str(number), "title": "", "text": context}, ensure_ascii=False) + "\n"
            )
    return path, {context: f"{path.name}#{number}" for number, context in enumerate(contexts)}
