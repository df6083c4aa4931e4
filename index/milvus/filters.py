"""What a question is narrowed to → the expression that Milvus filters by, before it ranks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from index.terms import fold

if TYPE_CHECKING:
    from datetime import date


def passing(
    *,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
    article: str | None = None,
    years: tuple[int, int] | None = None,
) -> str | None:
    """The expression for passages: empty where nothing is filtered, ``None`` where nothing can pass.

    The arguments are those of a search.  A day is its proleptic Gregorian ordinal, 0 for an article without one; the
    years are named besides, since they are what passages are partitioned by.

    :param years: the first and the last that any article was published in, ``None`` where none has a date.

    >>> from datetime import date
    >>> passing(since=date(2022, 11, 1), source="Báo", years=(2019, 2023))
    'published >= 738460 and year in [2022,2023] and named like "%bao%"'
    """
    conditions = []
    if since is not None or until is not None:
        conditions.append(f"published >= {since.toordinal() if since else 1}")
        if until is not None:
            conditions.append(f"published <= {until.toordinal()}")
        first, last = years or (1, 0)
        first, last = max(first, since.year if since else first), min(last, until.year if until else last)
        if first > last:
            return None
        conditions.append(f"year in [{','.join(map(str, range(first, last + 1)))}]")
    if source:
        conditions.append(f"named like {literal('%' + _escaped(fold(source)) + '%')}")
    if article is not None:
        conditions.append(f"id == {literal(article)}")
    return " and ".join(conditions)


def literal(text: str) -> str:
    r"""A text as an expression has it.

    >>> literal('nói "có"')
    '"nói \\"có\\""'
    """
    return json.dumps(text, ensure_ascii=False)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
