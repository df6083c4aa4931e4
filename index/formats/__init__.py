"""Article files by format: one small module each, chosen by the file's suffix.

A reader takes the bytes of a file and gives an :class:`~index.formats.extraction.Extraction`; it raises
``ValueError`` with the reason where the file holds nothing to read.  The libraries behind a format are
imported when its first file is read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.formats.extraction import Extraction

_MODULES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "jsonl",
}

SUFFIXES = frozenset(_MODULES)
"""The suffixes that are read, in lower case, with their dot."""

ABOUT_THE_FOLDER = ("readme", "sources", "license", "licence", "changelog")
"""What the names of files about a folder, rather than in it, begin with up to their first dot."""


def is_article(path: Path) -> bool:
    """Whether a file is meant as an article, as far as its name tells.

    Not articles: other suffixes, hidden files, lock files of office programs (``~$…``) and the files about a
    folder (``SOURCES.md``, ``README.txt``).

    >>> from pathlib import Path
    >>> [is_article(Path(name)) for name in ("tin/001.txt", "SOURCES.md", ".nháp.txt", "anh.jpg")]
    [True, False, False, False]
    """
    name = path.name
    return (
        path.suffix.lower() in SUFFIXES
        and not name.startswith((".", "~$"))
        and name.lower().split(".")[0] not in ABOUT_THE_FOLDER
    )


def extract(data: bytes, *, suffix: str) -> Extraction:
    """The articles in the bytes of a file.

    :param suffix: of :data:`SUFFIXES`, in either case.
    :raises ValueError: with the reason, in words for the user.
    """
    module = import_module(f"index.formats.{_MODULES[suffix.lower()]}")
    extraction: Extraction = module.extract(data)
    return extraction
