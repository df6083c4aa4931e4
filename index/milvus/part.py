"""Some articles with all that is found by them, as Parquet files in a folder: written once, read back, never changed.

::

    000001/passages/UUID/1.parquet    its rows, as in articles/, files/ and short_forms/: see index.milvus.parquet
    000001/counts.npy                 how many of its passages hold each term
    000001/part.json                  what the part holds; written last, a folder without it is no part

What a part holds follows from its rows, and from where its articles stand in their files.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.generation import sync
from index.milvus.parquet import damaged, files_in, read_rows, unwritable, write_rows
from index.milvus.rows import day_of
from index.milvus.schema import ARTICLES, FILES, PASSAGES, SHORT_FORMS
from index.milvus.tally import Tally
from index.milvus.weights import channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.milvus.layout import Layout

    Row = dict[str, Any]

IN_PARTS = (ARTICLES, SHORT_FORMS, FILES, PASSAGES)
"""Tables that a part has rows of."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a part holds.

    :ivar rows: how many there are of each table.
    :ivar files: of each file, by its key in decimal digits, the number of the first article that it has, and how many
        it has from there.
    :ivar whole: keys of the files whose last article it has.
    :ivar years: the first and the last in which an article was published; empty where none says when.
    :ivar replaces: the name of an older part with the same articles and more; empty where there is none.
    """

    rows: dict[str, int]
    files: dict[str, tuple[int, int]]
    whole: list[int]
    years: list[int]
    replaces: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    :param layout: of the collection, of which ``bm25`` matters.
    :param dimension: of the vectors.
    """

    folder: Path
    held: Held
    layout: Layout
    dimension: int

    @classmethod
    def write(
        cls,
        folder: Path,
        rows: Mapping[str, Sequence[Row]],
        *,
        firsts: Mapping[int, int],
        layout: Layout,
        dimension: int,
        replaces: str = "",
    ) -> Part:
        """Write a part into a folder that is not there yet.

        :param rows: by their tables; of ``files`` those that are whole with these articles.
        :param firsts: of each file, the number of the first of these articles in it.
        :raises IndexUnavailable: it cannot be written.
        """
        written = {
            name: write_rows(folder / name, rows[name], name=name, layout=layout, dimension=dimension)
            for name in IN_PARTS
        }
        terms = channel(layout).terms
        tally = Tally()
        for row in rows[PASSAGES]:
            tally.add(np.array(terms(row), np.int64))
        try:
            np.save(folder / "counts.npy", np.stack(tally.counts()))
            sync(folder / "counts.npy")
        except OSError as error:
            raise unwritable(folder, error) from error
        years = {day.year for row in rows[ARTICLES] if (day := day_of(row["published"]))}
        articles = Counter(row["file"] for row in rows[ARTICLES])
        held = Held(
            rows=written,
            files={str(file): (firsts[file], count) for file, count in articles.items()},
            whole=sorted(row["key"] for row in rows[FILES]),
            years=[min(years), max(years)] if years else [],
            replaces=replaces,
        )
        write_json(folder / "part.json", asdict(held))
        return cls(folder, held, layout, dimension)

    @classmethod
    def read(cls, folder: Path, *, layout: Layout, dimension: int) -> Part | None:
        """The part in a folder; ``None`` where it was not written to its end.

        :raises IndexDamaged: what says what it holds cannot be read.
        """
        path = folder / "part.json"
        if not path.exists():
            return None
        try:
            return cls(folder, Held(**read_json(path)), layout, dimension)
        except TypeError as error:
            raise damaged(path, str(error), delete=path.parent) from error

    @property
    def files(self) -> dict[int, tuple[int, int]]:
        """By a file's key, the number of the first article that it has of it, and how many."""
        return {int(key): (first, count) for key, (first, count) in self.held.files.items()}

    @property
    def counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The terms of its passages, ascending, and how many passages hold each.

        :raises IndexDamaged: they cannot be read.
        """
        path = self.folder / "counts.npy"
        try:
            terms, counts = np.load(path)
        except (OSError, ValueError, EOFError) as error:
            raise damaged(path, str(error), delete=path.parent) from error
        return terms, counts

    def rows(self, name: str) -> Iterator[Row]:
        """Its rows of a table, in the order in which they were written.

        :raises IndexDamaged: a file is damaged, or is not there.
        """
        found = 0
        for row in read_rows(self.folder / name, name=name, layout=self.layout, dimension=self.dimension):
            found += 1
            yield row
        if found != self.held.rows[name]:
            reason = f"{found} rows of {self.held.rows[name]}"
            raise damaged(self.folder / name, reason, delete=self.folder)

    def paths(self, name: str) -> list[Path]:
        """Its Parquet files of a table.

        :raises IndexDamaged: none is there, and there should be.
        """
        found = files_in(self.folder / name)
        if bool(found) != bool(self.held.rows[name]):
            raise damaged(self.folder / name, f"{len(found)} files", delete=self.folder)
        return found

    def without(self, files: set[int]) -> dict[str, list[Row]]:
        """Its rows of other files than these, by their tables."""
        return {
            name: [row for row in self.rows(name) if row["key" if name == FILES else "file"] not in files]
            for name in IN_PARTS
        }


def read_json(path: Path) -> dict[str, Any]:
    """What :func:`write_json` has written.

    :raises IndexDamaged: it cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(path, str(error), delete=path.parent) from error
    return found


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a file that is there in full or not at all.

    :raises IndexUnavailable: there is no room for it.
    """
    new = path.with_name(f"{path.name}.tmp")
    try:
        new.write_text(json.dumps(value), encoding="utf-8")
        sync(new)
        new.replace(path)
        sync(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
