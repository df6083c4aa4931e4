"""Web pages: the article without menus, links and comments; headings on lines of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.dates import parse_date
from index.decoding import decode
from index.formats.extract import Extract, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='pubdate' or @name='publishdate' or @name='date' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)


def extract(data: bytes) -> Extraction:
    """The file as one article; its date only where the page states it, never guessed.

    :raises ValueError: the bytes are no text, or a page without any.
    """
    from lxml.html import document_fromstring
    from lxml.etree import LxmlError
    from trafilatura import extract as extract_text
    from trafilatura import extract_metadata, html2txt

    page = decode(data)
    try:
        tree = document_fromstring(page.encode("utf-8", "replace"), parser=_parser())
    except (LxmlError, ValueError) as error:
        raise ValueError("holds no web page") from error
    text = extract_text(page, include_comments=False, include_links=False, include_tables=True) or html2txt(
        page
    )
    if not text.strip():
        raise ValueError("holds no text")
    metadata = extract_metadata(page, date_config={"extensive_search": False, "original_date": True})
    heading = " ".join(" ".join(tree.xpath("string(//h1)")).split()) if False else _heading(tree)
    title = heading or (metadata.title if metadata else None)
    source = (metadata.author or metadata.sitename) if metadata else None
    if title and title.casefold() not in " ".join(text[:2000].split()).casefold():
        text = f"{title}\n\n{text}"  # a headline can be asked about, so it belongs to the text
    return Extraction((Extract(text, title=title, published=_published(tree), source=source),))


def _parser() -> Any:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8")


def _heading(tree: Any) -> str | None:
    headings = [" ".join(heading.text_content().split()) for heading in tree.xpath("//h1")]
    headings = [heading for heading in headings if heading]
    return headings[0] if len(headings) == 1 else None


def _published(tree: Any) -> Any:
    stated = [value for path in _PUBLISHED for value in tree.xpath(path)]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        stated += _stated_in_json(script)
    return next((day for value in stated if (day := parse_date(str(value).strip()))), None)


def _stated_in_json(script: str) -> Iterator[str]:
    try:
        nodes = [json.loads(script)]
    except (json.JSONDecodeError, RecursionError):
        return
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                yield node["datePublished"]
            nodes.extend(node.values())
        elif isinstance(node, list):
            nodes.extend(node)
