"""Query + index → the query as it is finally understood, and the passages to read for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.passage import header
from index.terms import has_tone_marks
from qa.question import did_you_mean
from qa.tone_marks import restore_tone_marks

if TYPE_CHECKING:
    from datetime import date

    from index.search import Hit, Index
    from qa.question import Query

_WITNESSES = 20  # passages whose words tell which marks a question lacks


def find(
    query: Query,
    index: Index,
    *,
    k: int,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
) -> tuple[Query, tuple[Hit, ...]]:
    """The passages for a query, best first; one typed without tone marks is given them first, by what it finds.

    The other arguments are those of :meth:`index.search.Index.search`.
    """

    def search(text: str, k: int) -> tuple[Hit, ...]:
        return index.search(text, k=k, since=since, until=until, source=source)

    if query.verbatim or has_tone_marks(query.question):
        return query, search(query.text, k)
    hits = search(query.text, max(k, _WITNESSES))
    words = [f"{header(hit.article)}\n{hit.text}" for hit in hits]
    restored = restore_tone_marks(query.text, words, frequency=index.frequency)
    if restored == query.text:
        return query, hits[:k]
    notes = [note for note in query.notes if note.kind != "did_you_mean"]
    return replace(
        query, text=restored, notes=(did_you_mean(restored, typed=query.question), *notes)
    ), search(restored, k)
