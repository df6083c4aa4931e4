"""What reading a file of any format gives: the texts it holds and what it says about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Extract:
    """One article of a file, as its format stores it.

    :ivar key: the article's own identifier inside the file, ``None`` where the file is the article.
    :ivar title: stated by the format (a heading, a field), ``None`` to have it read from the text; so are
        :attr:`published` and :attr:`source`.
    :ivar publisher: the site it is from, for articles whose text names no source either.
    """

    text: str
    key: str | None = None
    title: str | None = None
    published: date | None = None
    source: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All articles of a file.

    :ivar problems: one reason for each part of the file that could not be read.
    """

    extracts: tuple[Extract, ...]
    problems: tuple[str, ...] = field(default=())
