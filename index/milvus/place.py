"""Where a collection is: the address of a Milvus cluster, or a file of Milvus Lite, and a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from index.errors import UsageError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")
_USUAL = "hoidap"


@dataclass(frozen=True, slots=True)
class Place:
    """A collection of articles in Milvus.

    :ivar uri: ``http://HOST:19530`` of a cluster, or the path of a ``.db`` file for Milvus Lite.
    :ivar collection: what it is called; its parts are named after it.
    :ivar token: ``USER:PASSWORD`` or an API key; empty where the server asks for none.
    :raises UsageError: one of them cannot be.
    """

    uri: str
    collection: str = _USUAL
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if "://" not in self.uri and not self.uri.endswith(".db"):
            raise UsageError(
                f"{self.uri!r} is no place for a collection: write --uri http://HOST:19530, or --uri FILE.db."
            )
        if not _NAME.fullmatch(self.collection):
            raise UsageError(
                f"{self.collection!r} is no name for a collection: use letters, digits and underscores."
            )

    def __str__(self) -> str:
        return f"{self.collection} at {self.uri}"

    @property
    def options(self) -> str:
        """How the command line is told of it, but for the token.

        >>> Place("tin tức.db").options, Place("http://10.0.0.7:19530", "tin").options
        ("--engine milvus --uri 'tin tức.db'", '--engine milvus --uri http://10.0.0.7:19530 --collection tin')
        """
        collection = "" if self.collection == _USUAL else f" --collection {self.collection}"
        return f"--engine milvus --uri {quote(self.uri)}{collection}"

    @property
    def file(self) -> Path | None:
        """The file of Milvus Lite, ``None`` for a server."""
        return None if "://" in self.uri else Path(self.uri)

    def part(self, name: str) -> str:
        """What one of its parts is called in Milvus; see :mod:`index.milvus.schema`."""
        return f"{self.collection}_{name}"
