"""Web pages: the article without menus, links and comments; headings on lines of their own."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.dates import parse_date
from index.decoding import decode
from index.formats.extraction import Extract, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='pubdate' or @name='publishdate' or @name='date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_BELOW = 12
"""Elements after the headline that may hold the date; further down stand those of other articles."""
_ZONED = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(?:[Zz]|(?:UTC|GMT)?([+-]\d\d):?(\d\d))"
)
_VIETNAM = timezone(timedelta(hours=7))
_NO_TEXT = "//script|//style|//noscript|//template|//nav|//footer|//head|//form|//svg|//comment()"
_BLOCKS = "//p|//div|//br|//li|//tr|//h1|//h2|//h3|//h4|//h5|//h6|//td|//section|//blockquote|//pre"


def extract(data: bytes) -> Extraction:
    """The file as one article; its date only where the page states it.

    :raises ValueError: the bytes are no text, or a page without any.
    """
    from trafilatura import extract as extract_text
    from trafilatura import extract_metadata, load_html

    page = decode(data).replace("\0", " ")
    if "<html" not in page[:2000].lower():
        page = f"<html><body>{page}</body></html>"  # trafilatura takes a fragment for something else
    tree = load_html(page)
    if tree is None:
        raise ValueError("is not a web page")
    heading, headline = _headline(tree)
    published = _published(tree, heading)
    # trafilatura drops captions, which articles are asked about; as paragraphs they stay
    for caption in tree.iter("figcaption"):
        caption.tag = "p"
    for figure in tree.iter("figure"):
        figure.tag = "div"
    text = extract_text(tree, include_comments=False, include_links=False) or _all_text(tree)
    # one line of trafilatura's is one paragraph; its ruling of tables is no text
    text = "\n\n".join(line for line in text.split("\n") if line.strip("|- "))
    if not text:
        raise ValueError("holds no text")
    metadata = extract_metadata(page, date_config={"original_date": True, "extensive_search": False})
    title = headline or metadata.title
    if title and " ".join(title.split()).casefold() not in " ".join(text[:2000].split()).casefold():
        text = f"{title}\n\n{text}"  # the headline can be asked about, so it belongs to the text
    return Extraction(
        (
            Extract(
                text, title=title, published=published, source=metadata.author, publisher=metadata.sitename
            ),
        )
    )


def _headline(tree: Any) -> tuple[Any, str | None]:
    """The heading that the page's own title repeats, as an element and in words.

    A page may give its logo a heading, too; the longest that is repeated is the article's.
    """
    headings = [(words, heading) for heading in tree.xpath("//h1") if (words := _words(heading))]
    shared = [" ".join(title.split()) for title in tree.xpath("//meta[@property='og:title']/@content")]
    titles = [*shared, *(" ".join(title.split()) for title in tree.xpath("//head/title/text()"))]
    repeated = [
        found for found in headings if any(found[0].casefold() in title.casefold() for title in titles)
    ]
    if repeated or len(headings) == 1:
        words, heading = max(repeated or headings, key=lambda found: len(found[0]))
        return heading, words
    return None, next(filter(None, shared), None)


def _published(tree: Any, heading: Any) -> date | None:
    """The day that the page states in its metadata or right below the headline, never one that is guessed."""
    stated = [value for path in _PUBLISHED for value in tree.xpath(path)]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        stated += _stated_in_json(script)
    if heading is not None:
        stated += map(_words, islice(heading.xpath("following::*"), _BELOW))
    return next((day for value in stated if (day := _day(str(value).strip()))), None)


def _day(stated: str) -> date | None:
    """The day that it was in Vietnam.

    >>> _day("2022-08-16T22:30:00+00:00"), _day("2022-08-16T22:30:00")
    (datetime.date(2022, 8, 17), datetime.date(2022, 8, 16))
    """
    if zoned := _ZONED.fullmatch(stated):
        day, clock, hours, minutes = zoned.groups()
        with suppress(ValueError, OverflowError):  # no such day, hour or zone; the day after the last
            then = datetime.fromisoformat(f"{day}T{clock}{hours or '+00'}:{minutes or '00'}")
            return then.astimezone(_VIETNAM).date()
    return parse_date(stated)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split()) if isinstance(element.tag, str) else ""


def _stated_in_json(script: str) -> Iterator[str]:
    try:
        nodes = [json.loads(script)]
    except (json.JSONDecodeError, RecursionError):
        return
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                yield node["datePublished"]
            nodes.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            nodes.extend(reversed(node))


def _all_text(tree: Any) -> str:
    """Everything a reader sees, for pages too small or too odd to tell the article from the rest."""
    for element in tree.xpath(_NO_TEXT):
        element.drop_tree()
    for element in tree.xpath(_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag != "br":
            element.text = "\n" + (element.text or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
