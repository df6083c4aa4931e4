"""The folder of a first load, part by part: what is in it, and what has to be written again.

::

    FOLDER/run.json      what the rows follow from besides the articles
    FOLDER/000001/ …     the parts: see index.milvus.part
    FOLDER/terms/        how many passages of all parts hold each term, as rows, and counted.json: of which files
    FOLDER/lock          one run at a time

A part holds whole articles, in the order of their file; of a file that is spread over several parts, the last one has
its row in ``files``.  So what is missing is told without reading a Parquet file.  The name of each Parquet file is a
new one every time: a copy of the folder that is behind lacks files, and is not imported.
"""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from filelock import FileLock, Timeout

from index.errors import IndexLocked, UsageError
from index.milvus.layout import Layout
from index.milvus.manifest import FORMAT, Statistics
from index.milvus.parquet import files_in, read_rows, unwritable, write_rows
from index.milvus.part import Part, read_json, write_json
from index.milvus.schema import ARTICLES, PASSAGES, TERMS
from index.milvus.tally import Tally, term_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Row = dict[str, Any]

_TERMS = 1_000_000  # rows a file


@dataclass(frozen=True, slots=True)
class Recipe:
    """What all rows of a folder follow from besides the articles.

    :ivar encoder: identity of the encoder.
    :ivar bm25: of the layout: what is kept of the terms.
    :ivar mean_length: what lengths are measured by; see :class:`index.milvus.manifest.Statistics`.
    """

    encoder: str
    dimension: int
    bm25: Literal["weights", "function"]
    mean_length: float = 0.0
    format: int = FORMAT


class Parts:
    """The parts of a folder, for one run; use :func:`open_parts`.

    :ivar written: how many articles are written of each file version, from its first.
    """

    def __init__(self, folder: Path, recipe: Recipe, parts: list[Part]) -> None:
        self.folder = folder
        self.recipe = recipe
        self._parts = parts
        self._last = max((int(path.name) for path in _numbered(folder)), default=0)
        self.written: Counter[int] = Counter()
        for part in parts:
            self.written.update(_counts(part))

    @property
    def whole(self) -> set[int]:
        """Keys of the file versions that are written in full."""
        return {key for part in self._parts for key in part.held.whole}

    @property
    def years(self) -> set[int]:
        """The first and the last year of each part."""
        return {year for part in self._parts for year in part.held.years}

    def add(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Write a part; see :meth:`index.milvus.part.Part.write`.

        :raises IndexUnavailable: the folder cannot be written.
        """
        self._add(rows, firsts=self.written)

    def keep(self, files: set[int]) -> None:
        """Write the parts that have articles of other files than these again, without those; nothing is embedded.

        :raises IndexDamaged: a file is damaged.
        :raises IndexUnavailable: the folder cannot be written.
        """
        for part in list(self._parts):
            self._drop(part, part.files.keys() - files)

    def mend(self) -> None:
        """Where somebody has deleted a part, drop the articles that came after its own in their file.

        :raises IndexDamaged: a file is damaged.
        :raises IndexUnavailable: the folder cannot be written.
        """
        places = [
            (first, part.folder.name, file, count)
            for part in self._parts
            for file, (first, count) in part.files.items()
        ]
        ends: Counter[int] = Counter()
        after_a_gap: dict[str, set[int]] = {}
        for first, name, file, count in sorted(places):
            if first == ends[file]:
                ends[file] += count
            else:
                after_a_gap.setdefault(name, set()).add(file)
        for part in list(self._parts):
            self._drop(part, after_a_gap.get(part.folder.name, set()))

    def _drop(self, part: Part, files: set[int]) -> None:
        if not files:
            return
        kept = part.without(files)
        if kept[ARTICLES]:
            firsts = {file: first for file, (first, _) in part.files.items()}
            self._add(kept, firsts=firsts, replaces=part.folder.name)
        self._parts.remove(part)
        self.written.subtract(_counts(part))
        shutil.rmtree(part.folder)

    def count(self) -> Statistics:
        """Count over all parts how many passages hold each term, and write that as rows, unless it is done.

        :raises IndexDamaged: a file is damaged.
        :raises IndexUnavailable: the folder cannot be written.
        """
        folder = self.folder / TERMS
        files = [path.parent.name for path in self.paths(PASSAGES)]
        counted = folder / "counted.json"
        if counted.exists() and (found := read_json(counted))["files"] == files:
            held = {int(number): terms for number, terms in found["terms_held"].items()}
            return Statistics(self.recipe.mean_length, held)
        if folder.exists():
            shutil.rmtree(folder)
        tally = Tally()
        for part in self._parts:
            terms, counts = part.counts
            tally.add(terms, times=counts)
        terms, counts = tally.counts()
        for start in range(0, len(terms), _TERMS):
            rows = term_rows(terms[start : start + _TERMS], counts[start : start + _TERMS])
            write_rows(folder, rows, name=TERMS, layout=Layout(), dimension=self.recipe.dimension)
        statistics = Statistics(self.recipe.mean_length).with_counts(np.zeros_like(counts), counts)
        write_json(counted, {"files": files, "terms_held": statistics.terms_held})
        return statistics

    def rows(self, name: str) -> Iterator[Row]:
        """All rows of a table, in the order in which they were written; of ``terms`` after :meth:`count`.

        :raises IndexDamaged: a file is damaged, or is not there.
        """
        if name == TERMS:
            folder = self.folder / TERMS
            yield from read_rows(folder, name=TERMS, layout=Layout(), dimension=self.recipe.dimension)
            return
        for part in self._parts:
            yield from part.rows(name)

    def paths(self, name: str) -> Iterator[Path]:
        """The Parquet files of a table, in the same order.

        :raises IndexDamaged: one is not there.
        """
        if name == TERMS:
            yield from files_in(self.folder / TERMS)
            return
        for part in self._parts:
            yield from part.paths(name)

    def total(self, name: str) -> int:
        """How many rows of a table there are; of ``terms``, :meth:`count` tells."""
        return sum(part.held.rows[name] for part in self._parts)

    def _add(
        self, rows: Mapping[str, Sequence[Row]], *, firsts: Mapping[int, int], replaces: str = ""
    ) -> None:
        self._last += 1
        part = Part.write(
            self.folder / f"{self._last:06}",
            rows,
            firsts=firsts,
            layout=Layout(bm25=self.recipe.bm25),
            dimension=self.recipe.dimension,
            replaces=replaces,
        )
        self._parts.append(part)
        self.written.update(_counts(part))


@contextmanager
def open_parts(folder: Path, recipe: Recipe, *, mean_length: Callable[[], float]) -> Iterator[Parts]:
    """Open a folder, or make it; nobody else writes to it meanwhile.

    :param recipe: without its mean length.
    :param mean_length: measures it, for a folder without parts.
    :raises UsageError: the folder has other things in it, or rows by another recipe.
    :raises IndexLocked: another run writes to it.
    :raises IndexUnavailable: it cannot be written.
    :raises IndexDamaged: a part of it is damaged.
    """
    run = folder / "run.json"
    lock = FileLock(folder / "lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not run.exists() and any(one.name not in ("lock", "run.json.tmp") for one in folder.iterdir()):
            raise UsageError(f"{folder} has other files in it: give --bulk a new or an empty folder.")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexLocked(f"Another run writes to {folder}: wait until it is done.") from error
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        layout = Layout(bm25=recipe.bm25)
        read = (Part.read(path, layout=layout, dimension=recipe.dimension) for path in _numbered(folder))
        parts = _tidy(folder, [part for part in read if part is not None])
        if not parts:
            recipe = replace(recipe, mean_length=mean_length())
            write_json(run, asdict(recipe))
        found = read_json(run)
        wanted = asdict(recipe) | {"mean_length": found.get("mean_length")}
        if found != wanted:
            differs = ", ".join(
                f"{name} {value}" for name, value in found.items() if wanted.get(name) != value
            )
            raise UsageError(
                f"The files in {folder} were written otherwise ({differs}): give the --encoder and the --layout that "
                "they were written with, or give --bulk a new folder."
            )
        opened = Parts(folder, Recipe(**found), parts)
        opened.mend()
        yield opened
    finally:
        lock.release()


def _counts(part: Part) -> dict[int, int]:
    return {file: count for file, (_, count) in part.files.items()}


def _numbered(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.isdigit())


def _tidy(folder: Path, parts: list[Part]) -> list[Part]:
    """Delete what a run that was interrupted has left: folders that are no part, and parts that were replaced."""
    replaced = {part.held.replaces for part in parts}
    kept = [part for part in parts if part.folder.name not in replaced]
    for path in set(_numbered(folder)) - {part.folder for part in kept}:
        shutil.rmtree(path)
    return kept
