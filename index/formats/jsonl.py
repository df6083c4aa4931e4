"""JSON lines: one article a line, with ``text`` and perhaps ``title``, ``published``, ``source``, ``id``.

A line that cannot be read is a problem of its own; the other lines are kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.dates import parse_date
from index.decoding import decode
from index.formats.extraction import Extract, Extraction
from index.identifier import identifier

if TYPE_CHECKING:
    from collections.abc import Container


def extract(data: bytes) -> Extraction:
    """The articles of the lines, keyed by their ``id`` or else by their line number, from 1.

    A line whose number is the ``id`` of another is keyed as ``line 1``.  A date that is not one
    (``31/02/2022``) is no date.

    :raises ValueError: no line could be read; names the first and its reason.
    """
    read: list[tuple[int, Extract]] = []
    stated: set[str] = set()
    problems = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        if line.strip():
            try:
                extract = _read(line)
                if extract.key in stated:
                    raise ValueError(f'the id "{extract.key}" was used by an earlier line')
                if extract.key is not None:
                    stated.add(extract.key)
                read.append((number, extract))
            except ValueError as error:
                problems.append(f"line {number}: {error}")
    if not read:
        raise ValueError(problems[0] if problems else "is empty")
    extracts = (
        extract if extract.key is not None else replace(extract, key=_numbered(number, stated))
        for number, extract in read
    )
    return Extraction(tuple(extracts), tuple(problems))


def count_lines(data: bytes) -> int:
    r"""How many lines are not blank; in UTF-16, or where they hold blanks beyond ASCII, it may be more.

    >>> count_lines(b'{"text": "A"}\n\n{"text": "B"}')
    2
    """
    return sum(not line.isspace() for line in data.split(b"\n") if line)


def _numbered(number: int, stated: Container[str]) -> str:
    """What a line without an ``id`` is called.

    >>> _numbered(1, {"2"}), _numbered(1, {"1"})
    ('1', 'line 1')
    """
    name = str(number)
    while name in stated:
        name = f"line {name}"
    return name


def _read(line: str) -> Extract:
    try:
        record: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg} at character {error.pos + 1})") from error
    except ValueError as error:  # Python reads no longer one, and says so in words for its programmers
        raise ValueError("holds a number of thousands of digits") from error
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if not isinstance(record, dict):
        raise ValueError('is not a JSON object with a "text"')
    text = _field(record, "text")
    if not text:
        raise ValueError('has no "text"')
    key = record.get("id")
    if key is not None and (isinstance(key, bool) or not isinstance(key, str | int) or key == ""):
        raise ValueError('"id" is neither a text nor a whole number')
    published = _field(record, "published")
    return Extract(
        text,
        key=None if key is None else identifier(str(key)),
        title=_field(record, "title"),
        published=parse_date(published) if published else None,
        source=_field(record, "source"),
    )


def _field(record: dict[str, Any], name: str) -> str | None:
    """A field of text, ``None`` where it is missing, null or blank."""
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f'"{name}" is not a text')
    return value if value and value.strip() else None
