"""Folders and files → a sign whenever an article in them has changed; what indexing writes itself is none.

Leaves out what is done then: see ``hoidap index --watch`` in :mod:`ui.cli`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

from index.errors import UsageError
from index.formats import is_article
from index.milvus.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from watchfiles.main import FileChange

_PATIENCE = 500
"""Milliseconds within which the watcher stands."""


def watching(paths: Sequence[Path], *, where: Path | Place) -> Iterator[set[FileChange]]:
    """Watch from now on; each step waits for changes, and gives those that came since the one before.

    :param paths: folders and single files.
    :param where: what is written when they are indexed.
    :raises UsageError: a path is not there.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} is not there: give folders or files that exist.")
    changes = watch(
        *paths,
        watch_filter=of_articles(paths, where=where),
        debounce=1_000,
        rust_timeout=_PATIENCE,
        yield_on_timeout=True,
    )
    first = next(changes)  # a generator does nothing before
    return _nonempty(first, changes)


def of_articles(paths: Sequence[Path], *, where: Path | Place) -> Callable[[Change, str], bool]:
    """Whether a change is one of an article, or of a folder that may hold some.

    What is deleted may have been a folder, whatever its name.
    """
    given = {path.resolve() for path in paths}
    written = where.file if isinstance(where, Place) else where
    own = written.resolve() if written is not None else None

    def is_one(change: Change, name: str) -> bool:
        path = Path(name).resolve()
        if own is not None and (own == path or own in path.parents or _is_beside(own, path)):
            return False
        below = [path.relative_to(root).parts for root in given if root in path.parents]
        if below and all(any(part.startswith(".") for part in parts) for parts in below):
            return False  # hidden, as .git is
        return path in given or is_article(path) or change is Change.deleted or path.is_dir()

    return is_one


def _is_beside(own: Path, path: Path) -> bool:
    """Whether a file is one that a database keeps beside its own for a while."""
    return own.suffix == ".db" and path.parent == own.parent and path.name.lstrip(".").startswith(own.name)


def _nonempty(first: set[FileChange], changes: Iterator[set[FileChange]]) -> Iterator[set[FileChange]]:
    if first:
        yield first
    yield from filter(None, changes)
