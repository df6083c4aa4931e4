"""What a run of the indexer says while it goes on, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from index.errors import UnreadableArticle


class Progress(Protocol):
    """What a progress bar needs; every call says what was done since the last one."""

    def files(self, *, done: int = 0, total: int | None = None) -> None:
        """Files read; ``total`` once it is known."""

    def passages(self, *, done: int = 0, found: int = 0) -> None:
        """Passages embedded, and passages that were found and wait to be."""


class NoProgress:
    """Progress that nobody watches."""

    def files(self, *, done: int = 0, total: int | None = None) -> None:
        """Nothing."""

    def passages(self, *, done: int = 0, found: int = 0) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run did.

    :ivar generation: number of the live generation afterwards.
    :ivar articles: articles in it.
    :ivar passages: passages in it.
    :ivar added: files that were not in the index before.
    :ivar changed: files whose content changed.
    :ivar removed: files that are no longer there, or no longer readable.
    :ivar embedded: passages that had to be embedded.
    :ivar problems: files, or lines of files, that could not be read.
    :ivar unread: files of which nothing could be read; :attr:`problems` says why.
    """

    generation: int
    articles: int
    passages: int
    added: int
    changed: int
    removed: int
    embedded: int
    problems: tuple[UnreadableArticle, ...]
    seconds: float
    unread: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values, without :attr:`unread`."""
        problems = [{"file": problem.path, "reason": problem.reason} for problem in self.problems]
        counts = {name: getattr(self, name) for name in self.__slots__ if name != "unread"}
        return {**counts, "problems": problems, "seconds": round(self.seconds, 3)}
