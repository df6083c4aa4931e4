"""JSON lines: one article a line, with ``text`` and perhaps ``title``, ``published``, ``source``, ``id``.

A line that cannot be read is a problem of its own; the other lines are kept.
"""

from __future__ import annotations

import json
from typing import Any

from index.dates import parse_date
from index.decoding import decode
from index.formats.extraction import Extract, Extraction
from index.identifier import identifier


def extract(data: bytes) -> Extraction:
    """The articles of the lines, keyed by their ``id`` or else by their line number, from 1.

    A date that is not one (``31/02/2022``) is no date.

    :raises ValueError: no line could be read; names the first and its reason.
    """
    extracts: dict[str, Extract] = {}
    problems = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        if line.strip():
            try:
                extract = _read(line, number)
                if extract.key in extracts:
                    raise ValueError(f'the id "{extract.key}" was used by an earlier line')
                extracts[str(extract.key)] = extract
            except ValueError as error:
                problems.append(f"line {number}: {error}")
    if not extracts:
        raise ValueError(problems[0] if problems else "is empty")
    return Extraction(tuple(extracts.values()), tuple(problems))


def _read(line: str, number: int) -> Extract:
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
        key=identifier(str(number if key is None else key)),
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
