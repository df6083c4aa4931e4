"""One file in, its articles out: the only reader of article files.

An article states its title, date and source itself; what it does not state stays empty.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.bylines import find_byline
from index.dates import find_dateline
from index.errors import UnreadableArticle
from index.formats import SUFFIXES, extract
from index.formats.jsonl import count_lines
from index.furniture import find_furniture
from index.headline import clean_title, find_headline
from index.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from index.formats.extraction import Extract, Extraction
    from index.span import Span

LONGEST = 4_000_000
"""Code points of an article, a third more than "War and Peace" has; a longer one is a data set or an attack."""
_LARGEST = {".pdf": 256 << 20, ".docx": 256 << 20, ".jsonl": 128 << 20}
_LARGEST_TEXT = 32 << 20
"""Bytes of a file of any other format; in UTF-16 or as a page it takes several for a character."""


@dataclass(frozen=True, slots=True)
class Article:
    r"""An article as the index keeps it.

    :ivar id: path of the file relative to the folder that was indexed, with ``/``; articles of a ``.jsonl`` file
        append ``#`` and their ``id`` or line number.
    :ivar title: the headline; the file's name without suffix where the text has none.
    :ivar text: NFC, line ends as ``\n``; every offset of the product counts code points of it.
    :ivar published: the day it was published, ``None`` where the text does not say.
    :ivar source: byline, agency or publisher, ``None`` where the text does not say.
    :ivar furniture: page furniture (view counters, "read aloud" buttons) in order; never answered with.
    """

    id: str
    title: str
    text: str
    published: date | None = None
    source: str | None = None
    furniture: tuple[Span, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str,
        title: str | None = None,
        published: date | None = None,
        source: str | None = None,
    ) -> Article:
        r"""An article from its text, normalised; what is not given is read from the text.

        >>> article = Article.from_text("Tin trường\n\n01/07/2022\n\nHội nghị đã họp.\n\nTác giả: Lê An", id="a.txt")
        >>> article.title, article.published, article.source
        ('Tin trường', datetime.date(2022, 7, 1), 'Lê An')
        """
        text = normalize(text)
        furniture = find_furniture(text)
        headline = find_headline(text, furniture=furniture)
        dateline = find_dateline(text)
        byline = find_byline(text, furniture=furniture)
        return cls(
            id=id,
            title=clean_title(normalize(title or "")) or headline or name_of(id),
            text=text,
            published=published or (dateline.day if dateline else None),
            source=clean_title(normalize(source or "")) or (byline.source if byline else None),
            furniture=furniture,
        )

    @property
    def headline(self) -> str | None:
        r"""The title, ``None`` where the article has none and is called by its file's name.

        >>> Article.from_text("Sơ kết\n\nĐảng ủy đã họp.", id="tin/Sơ kết.txt").headline
        'Sơ kết'
        """
        if self.title != name_of(self.id):
            return self.title
        return self.title if find_headline(self.text, furniture=self.furniture) == self.title else None

    @property
    def sha256(self) -> str:
        """Checksum of :attr:`text` in UTF-8, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one file gave.

    :ivar articles: at least one.
    :ivar problems: parts of the file that could not be read (lines of a ``.jsonl`` file); the articles are
        not affected.
    """

    articles: tuple[Article, ...]
    problems: tuple[UnreadableArticle, ...] = field(default=())


def read_articles(
    path: Path, *, id: str, data: bytes | None = None, extract: Callable[..., Extraction] = extract
) -> ReadResult:
    """The articles in one file.

    :param id: what its articles are called; see :attr:`Article.id`.
    :param data: the bytes of the file, where they have been read already.
    :param extract: reads the format; :class:`index.isolation.Isolated` does it in another process.
    :raises UnreadableArticle: the file is not there, may not be read, is empty, too large, damaged or encrypted, or
        holds no text; the reason is in words for the user.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableArticle(id, f"has a suffix that is not read (read are {', '.join(sorted(SUFFIXES))})")
    if data is None:
        data = read_file(path, id=id)
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableArticle(id, "is empty")
    try:
        extraction = extract(data, suffix=suffix)
    except ValueError as error:
        raise UnreadableArticle(id, str(error)) from error
    articles, problems = [], [UnreadableArticle(id, reason) for reason in extraction.problems]
    for part in extraction.extracts:
        reason = _unfit(part.text)
        if reason is None:
            articles.append(_article(part, id))
        else:
            problems.append(UnreadableArticle(id if part.key is None else f"{id}#{part.key}", reason))
    if not articles:
        raise problems[0]
    return ReadResult(tuple(articles), tuple(problems))


def reading_problems(
    path: Path, *, id: str, data: bytes, articles: Callable[[], int]
) -> tuple[UnreadableArticle, ...]:
    """What could not be read of a file that is indexed; it is not read again where all of it could.

    :param articles: how many articles of it are indexed.
    """
    if path.suffix.lower() != ".jsonl" or count_lines(data) == articles():
        return ()
    return read_articles(path, id=id, data=data).problems


def read_file(path: Path, *, id: str) -> bytes:
    """The bytes of an article file.

    :raises UnreadableArticle: it is not there, may not be read, is no regular file or too large.
    """
    largest = _LARGEST.get(path.suffix.lower(), _LARGEST_TEXT)
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            closed = (
                ""
                if os.access(path, os.R_OK)
                else " that may not be read; give yourself permission to read it"
            )
            raise UnreadableArticle(id, f"is a folder{closed}")
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableArticle(id, "is no file but a pipe or a device")  # reading one may never end
        with path.open("rb") as file:
            data = file.read(largest + 1) if state.st_size <= largest else b""
    except FileNotFoundError as error:
        gone = (
            "is a link that leads nowhere; remove it"
            if path.is_symlink()
            else "is no longer there; run the command again"
        )
        raise UnreadableArticle(id, gone) from error
    except PermissionError as error:
        raise UnreadableArticle(id, "may not be read; give yourself permission to read it") from error
    except OSError as error:
        raise UnreadableArticle(id, f"could not be read ({error.strerror or error})") from error
    if max(len(data), state.st_size) > largest:
        raise UnreadableArticle(id, f"is larger than {largest >> 20} MiB; split it")
    return data


def _unfit(text: str) -> str | None:
    """Why a text is no article."""
    if len(text) > LONGEST:
        return f"holds more than {LONGEST:,} characters; split it"
    return None if any(character.isalnum() for character in text) else "holds no words"


def _article(part: Extract, id: str) -> Article:
    article = Article.from_text(
        part.text,
        id=id if part.key is None else f"{id}#{part.key}",
        title=part.title,
        published=part.published,
        source=part.source,
    )
    if article.source is None and part.publisher:
        return replace(article, source=normalize(part.publisher).strip() or None)
    return article


def name_of(id: str) -> str:
    """What an article without a headline is called: its file without folder and suffix, and its own id in it.

    >>> name_of("tin/hội nghị.txt"), name_of("tin/năm.2022.jsonl#7")
    ('hội nghị', 'năm.2022#7')
    """
    path, mark, key = id.partition("#")
    return PurePosixPath(path).stem + mark + key
