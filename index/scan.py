"""Paths → the article files in them, each with the name its articles go by."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import UsageError
from index.formats import SUFFIXES, is_article
from index.identifier import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Source(NamedTuple):
    r"""A file that is to be indexed.

    :ivar id: its path below the folder that was given, with ``/``; its name where the file itself was given. Line
        ends, control characters and bytes that are no UTF-8 are written as escapes (``\n``).
    """

    id: str
    path: Path


def scan(paths: Sequence[Path], *, skip: Path) -> list[Source]:
    """The files to index, in the order of their identifiers; a folder that may not be read is one of them.

    :param paths: folders, searched to the bottom, and single files.
    :param skip: a folder to leave out: the index itself.
    :raises UsageError: a path is not there, no file is an article, or two would go by one name.
    """
    sources: list[Source] = []
    for path in paths:
        if path.is_dir():
            sources += (
                Source(identifier(file.relative_to(path).as_posix()), file)
                for file in _walk(path, skip=skip.resolve())
            )
        elif path.exists():
            sources.append(Source(identifier(path.name), path))
        else:
            raise UsageError(f"{path} is not there: give folders or files that exist.")
    if not sources:
        raise UsageError(
            f"There is no article in {', '.join(map(str, paths))}: "
            f"put {', '.join(sorted(SUFFIXES))} files there (an index that exists was left as it was)."
        )
    twice = [id for id, count in Counter(source.id for source in sources).items() if count > 1]
    if twice:
        raise UsageError(
            f"Two of the files would both be called {twice[0]}: index the folder above them instead."
        )
    return sorted(sources)


def _walk(folder: Path, *, skip: Path) -> Iterator[Path]:
    """The article files below a folder; links are followed only to files that lie in it too."""
    root = folder.resolve()
    closed: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [
            name for name in folders if not name.startswith(".") and (Path(parent) / name).resolve() != skip
        ]
        for name in names:
            path = Path(parent) / name
            if is_article(path) and not (path.is_symlink() and _leads_out(path, root)):
                yield path
    yield from closed


def _leads_out(link: Path, root: Path) -> bool:
    """Whether a link leads out of a folder; one that leads nowhere does not, and is found out when it is read."""
    try:
        return root not in link.resolve().parents
    except (OSError, RuntimeError):  # a loop of links
        return False
