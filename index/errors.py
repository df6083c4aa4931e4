"""Every error a user can meet, in one tree; each message is one sentence that ends in the remedy.

An empty result is never an error: no hits and no answers are empty tuples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class HoidapError(Exception):
    """Base of all errors that are shown as one sentence instead of a traceback.

    :cvar exit_status: what the command line exits with (see the table in docs/command-line.md).
    """

    exit_status = 2


class UsageError(HoidapError):
    """An argument is wrong: an empty question, an unknown date, a path that is not there."""


class NotAnArticle(UsageError):
    """A file of a kind that is not read."""


class FileTooLarge(UsageError):
    """A file that is larger than what can be added."""


class NotAdded(UsageError):
    """A file that was not added through the chat, or was removed meanwhile."""


class TooManyFiles(UsageError):
    """There is no room for another file."""


class IndexNotFound(HoidapError):
    """There is no index in the folder, or it holds no article."""

    exit_status = 3


class IndexUnfinished(IndexNotFound):
    """The first run of the indexer is still going on, or was interrupted."""


class IndexDamaged(HoidapError):
    """A file of the index is missing, truncated or disagrees with its manifest."""

    exit_status = 3

    @classmethod
    def in_generation(cls, path: Path, reason: str) -> IndexDamaged:
        """What is wrong with a file of a generation, all of which follows from the database."""
        return cls(f"{path} is damaged ({reason}): run `hoidap index` to make it again from the database.")


class IndexUnavailable(HoidapError):
    """The index cannot be read or written for a reason outside of it: no permission, no room on the disk."""

    exit_status = 3


class IndexMismatch(HoidapError):
    """The index was made by another format version or another encoder than the one in use."""

    exit_status = 3


class IndexLocked(HoidapError):
    """Another process is writing to the index."""

    exit_status = 3


class EngineFailed(HoidapError):
    """The database server that keeps the index does not answer, or refuses."""

    exit_status = 3


class ModelNotFound(HoidapError):
    """The files of the encoder or the reader are not on this machine, or a library is not installed."""


class UnreadableArticle(HoidapError):
    """One file could not be read as an article; the other files are not affected.

    :param reason: why, in a few words, without the file's name.
    """

    exit_status = 4

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
