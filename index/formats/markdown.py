"""Markdown: the words without their marks; the first heading is the title, front matter is metadata."""

from __future__ import annotations

import re

from index.dates import parse_date
from index.decoding import decode
from index.formats.extraction import Extract, Extraction

# What opens with a rule and no field is no front matter.
_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\n(?P<fields>[\w-]+[ \t]*:.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^(?P<name>\w+)[ \t]*:[ \t]*[\"']?(?P<value>.*?)[\"']?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})[ \t]+(?P<words>.*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?!-+[ \t]*$)(?P<words>\S.*)\n(?P<line>=+|-{2,})[ \t]*$", re.MULTILINE)
_FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LABEL = r"[a-zA-Z0-9-]{1,63}"
_TAG = r"[a-zA-Z][a-zA-Z0-9-]{0,30}"
_ATTRIBUTE = (
    r"\s+(?:[a-zA-Z_:][\w.:-]{0,60}\s?=\s?(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'=<>`]{1,2000})"
    r"|hidden|open|controls|checked|disabled|allowfullscreen|async|defer|loop|muted|autoplay|reversed|nowrap)"
)
# A mark that is opened and never closed must not make each later one look through the rest of the file: what stands
# between two marks is short, or holds no other mark of its kind.
_MARKS = (
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"!\[(?P<words>[^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\g<words>"),
    (
        re.compile(r"\[(?P<words>[^\[\]]+)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\)"),
        r"\g<words>",
    ),
    (re.compile(r"\[(?P<words>[^\[\]]+)\]\[[^\[\]]*\]"), r"\g<words>"),
    (re.compile(r"^[ \t]*\[[^\[\]]+\]:[ \t]*\S+.*$", re.MULTILINE), ""),
    (re.compile(r"<(?P<words>(?:https?://|mailto:)[^<>\s]+)>"), r"\g<words>"),
    (
        re.compile(rf"<(?P<words>[\w.!#$%&'*+/=?^{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{0,9}})>"),
        r"\g<words>",
    ),
    (re.compile(rf"<(?:/{_TAG}\s*|{_TAG}(?:{_ATTRIBUTE}){{0,20}}\s*/?)>"), ""),
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE), ""),
    (
        re.compile(r"(?<![\w\\])(?P<mark>\*{1,3}|~~|`{1,2})(?=\S)(?P<words>[^\n]{0,2000}?\S)(?P=mark)"),
        r"\g<words>",
    ),
    (re.compile(r"(?<!\w)(?P<mark>_{1,3})(?=\S)(?P<words>[^\n]{0,2000}?\S)(?P=mark)(?!\w)"), r"\g<words>"),
    (
        re.compile(
            r"^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*(?:\|[ \t]*)?$", re.MULTILINE
        ),
        "",
    ),
    (re.compile(r"\\(?P<mark>[\\`*_{}\[\]()#+\-.!|>~])"), r"\g<mark>"),
)


def extract(data: bytes) -> Extraction:
    """The file as one article.

    :raises ValueError: the bytes are no text.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    fields = {}
    front = _FRONT_MATTER.match(text)
    if front:
        fields = {field["name"].lower(): field["value"].strip() for field in _FIELD.finditer(front["fields"])}
        text = text[front.end() :]
    title = fields.get("title") or _first_heading(text)
    published = fields.get("published") or fields.get("date")
    return Extraction(
        (
            Extract(
                plain(text),
                title=plain(title) if title else None,
                published=parse_date(published) if published else None,
                source=fields.get("source") or fields.get("author") or None,
            ),
        )
    )


def plain(text: str) -> str:
    r"""Markdown without its marks; lists keep their bullets and numbers, tables their bars.

    >>> plain("## Kết luận\n\nĐảng bộ có **72 đảng viên** ([nguồn](https://vnu.edu.vn)).")
    'Kết luận\n\nĐảng bộ có 72 đảng viên (nguồn).'
    """
    text = _HEADING.sub(_heading_words, text)
    text = _UNDERLINED.sub(lambda heading: heading["words"], text)
    # A comment that is opened behind the last "-->" would be followed to the end, again and again.
    before, close, behind = text.rpartition("-->")
    text = _COMMENT.sub("", before + close) + behind
    for pattern, words in _MARKS:
        text = pattern.sub(words, text)
    return text


def _first_heading(text: str) -> str | None:
    """The first heading of the highest level, in either notation; a comment in a block of code is none."""
    text = _FENCED.sub("", text)
    headings = [
        (len(heading["level"]), heading.start(), _heading_words(heading))
        for heading in _HEADING.finditer(text)
    ]
    headings += [(1 if h["line"][0] == "=" else 2, h.start(), h["words"]) for h in _UNDERLINED.finditer(text)]
    return min(headings, default=(0, 0, None))[2]


def _heading_words(heading: re.Match[str]) -> str:
    """Without the marks that may close it."""
    return heading["words"].rstrip(" \t").rstrip("#").rstrip(" \t")
