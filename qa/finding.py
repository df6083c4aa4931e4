"""Query + index → the query as it is finally understood, and the passages to read for it.

What the articles say decides: slips are corrected to words that they have, tone marks restored from the passages that
the question finds without them, abbreviations spelled out as they explain them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.search import MAX_QUESTION
from index.terms import FOLDED
from qa.abbreviations import known_meanings, other_forms
from qa.english import is_english
from qa.initials import Short, abbreviations, spelled_out
from qa.joined import without_joins
from qa.meanings import abbreviation_asked
from qa.names_in_english import restore_names
from qa.page_lines import with_page_lines
from qa.partly_marked import complete_tone_marks
from qa.question import did_you_mean
from qa.slips import correct_slips
from qa.tone_marks import hardly_marked, restore_tone_marks, share_marked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from index.engine import Engine
    from index.hit import Hit
    from qa.answer import Note
    from qa.question import Query

WITNESSES = 20  # passages whose words tell which marks a question lacks
_FROM_CITED = 3  # passages of the article that was just cited, which a follow-up is likely to be about


def find(
    query: Query,
    index: Engine,
    *,
    k: int,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
) -> tuple[Query, tuple[Hit, ...]]:
    """The query in the articles' own words, and the passages for it, best first.

    The other arguments are those of :meth:`index.search.Index.search`.
    """

    def search(text: str, k: int, *, article: str | None = None) -> tuple[Hit, ...]:
        return index.search(
            text[:MAX_QUESTION], k=k, since=since, until=until, source=source, article=article
        )

    if query.verbatim:
        return query, with_page_lines(query.text, search(query.text, k))
    text = _as_meant(query, index, lambda text: [hit.with_header for hit in search(text, WITNESSES)])
    if text != query.text:
        query = replace(query, text=text, notes=_with_note(query, text))
    forms, notes = other_forms(text, index)
    query = replace(query, forms=forms, notes=(*query.notes, *notes))
    hits = search(query.searched, k)
    if query.before is not None and query.before.article is not None:
        hits = _preferring(hits, search(query.searched, _FROM_CITED, article=query.before.article))
    return query, with_page_lines(text, hits)


def _as_meant(query: Query, index: Engine, witnesses: Callable[[str], list[str]]) -> str:
    """The question with slips, marks and abbreviations put right; of an English one the names.

    :param witnesses: gives the words of the passages that a question finds.
    """
    if is_english(query.text):
        return restore_names(query.text, witnesses(query.text))
    text = without_joins(query.text, frequency=index.frequency)
    text = correct_slips(text, frequency=index.frequency)
    shorts = [] if abbreviation_asked(text) else _abbreviations(text, index)
    unmarked = not share_marked(query.question) or hardly_marked(query.text)
    if unmarked or any(short.open for short in shorts):
        words = witnesses(text)
        text = spelled_out(text, shorts, words)
        if unmarked:
            return restore_tone_marks(text, words, frequency=index.frequency)
    return complete_tone_marks(text, witnesses, typed=query.text, frequency=index.frequency)


def _abbreviations(text: str, index: Engine) -> list[Short]:
    known = known_meanings(text, index)
    return abbreviations(
        text,
        meanings=lambda short: known.get(short, ()),
        # without tone marks and capitals "duc" may be "dục", which the articles write
        written=lambda short: any(
            index.frequency([short.lower(), *([FOLDED + short] if short.islower() else [])])
        ),
    )


def _with_note(query: Query, text: str) -> tuple[Note, ...]:
    """The notes with one that says how the question was read, instead of the one that said so before."""
    kind = "follow_up" if query.before is not None else "did_you_mean"
    others = [note for note in query.notes if note.kind != kind]
    return (replace(did_you_mean(text, typed=query.question), kind=kind), *others)


def _preferring(hits: tuple[Hit, ...], cited: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with those of the article just cited before them, as well found as the best."""
    preferred = {(hit.article.id, hit.start): replace(hit, score=1.0) for hit in cited}
    others = [hit for hit in hits if (hit.article.id, hit.start) not in preferred]
    return (*preferred.values(), *others)
