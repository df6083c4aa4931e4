"""A generation: the immutable files that one state of the index is searched with.

::

    generations/000012/manifest.json   what it was made of, and every file's size and checksum
                       base/           a part: most rows, or all
                       recent/         a part: the rows that came since base was made
                       gone/*.npy      the rows of base that are shown no longer
                       places.npy      which row comes before which, where there are rows of both
    CURRENT                            the name of the live generation and the checksum of its manifest,
                                       replaced atomically, last

``CURRENT`` vouches for the manifest, the manifest for every file, the rows of the parts for every passage and article
in the database.  What has not changed since the generation before is not written again: its ``base`` is that of the
one before, by hard links.

What is checked when: opening compares the size of every file and the checksums of those up to 16 MB, which in a small
index are all, before any of them is parsed; reading a passage compares its row.  ``hoidap index`` and ``hoidap doctor``
compare every checksum.

How a generation is written, and why a crash at any point leaves the old one or the new one, is told in
:mod:`index.publishing`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays import load_array
from index.bm25 import BM25, Gone, Statistics
from index.dense import DenseIndex
from index.errors import IndexDamaged, IndexMismatch, IndexNotFound, IndexUnfinished
from index.part import Part
from index.store import FORMAT, Store, mismatch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.approximate import Kind
    from index.writer import LivePassages

_POINTER = re.compile(r"(\d{6,})(?: ([0-9a-f]{64}))?\n")
_KEPT = 2  # the live one, and the one that a reader may still be opening
_CHECKED = 16_000_000
"""Bytes; files up to this size are compared with their checksums when a generation is opened."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the index, opened.

    :ivar number: counts up with every change.
    :ivar encoder: identity of the encoder that made the vectors.
    :ivar encoder_name: what ``--encoder`` was given; ``None`` for the shipped encoder.
    :ivar kind: what ``--dense`` was given; ``None`` for whatever fits the size.
    :ivar path: its folder.
    :ivar files: size and checksum of every file in it, by name.
    :ivar parts: base, and what came since.
    :ivar passages: int64, shape (rows,), key of the passage of each row.
    :ivar articles: int64, shape (rows,), key of the article of each row.
    :ivar checksums: int64, shape (rows,), of the passage and the article of each row.
    :ivar shown: bool, shape (rows,), which rows are shown; ``None`` where all are.
    :ivar places: int32, shape (rows,), the order of the rows; ``None`` where it is that of their numbers.
    """

    number: int
    encoder: str
    encoder_name: str | None
    kind: Kind | None
    path: Path
    files: dict[str, dict[str, Any]]
    parts: tuple[Part, ...]
    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    checksums: NDArray[np.int64]
    shown: NDArray[np.bool_] | None
    places: NDArray[np.int32] | None
    bm25: BM25
    dense: DenseIndex

    @classmethod
    def open_current(cls, folder: Path) -> Generation:
        """Open the live generation of an index folder.

        :raises IndexNotFound: nothing was ever published there.
        :raises IndexDamaged: a file is missing, of another size, or, up to 16 MB, not as the manifest says.
        :raises IndexMismatch: it was written by another format version.
        """
        path, manifest = current(folder)
        files = manifest["files"]
        for damaged in _changed_files(path, files, up_to=_CHECKED):
            raise IndexDamaged.in_generation(damaged, "it is not as it was written")
        parts = [Part.load(path / "base")]
        if "recent/rows.npy" in files:
            parts.append(Part.load(path / "recent"))
        gone = Gone.nothing()
        if "gone/rows.npy" in files:
            gone = Gone(*(load_array(path / "gone" / f"{name}.npy") for name in Gone._fields))
        places = load_array(path / "places.npy") if "places.npy" in files else None
        rows = sum(map(len, parts))
        if manifest["passages"] != rows - len(gone.rows) or (places is not None and len(places) != rows):
            raise IndexDamaged.in_generation(path, "its parts disagree on the number of passages")
        shown = None
        if len(gone.rows):
            shown = np.ones(rows, np.bool_)
            shown[gone.rows] = False
        return cls(
            number=manifest["generation"],
            encoder=manifest["encoder"],
            encoder_name=manifest["encoder_name"],
            kind=manifest["dense"],
            path=path,
            files=files,
            parts=tuple(parts),
            passages=_joined([part.passages for part in parts]),
            articles=_joined([part.articles for part in parts]),
            checksums=_joined([part.checksums for part in parts]),
            shown=shown,
            places=places,
            bm25=BM25.from_postings(
                [part.postings for part in parts], gone=gone, statistics=Statistics(**manifest["statistics"])
            ),
            dense=DenseIndex([part.vectors for part in parts], places=places),
        )

    def __len__(self) -> int:
        """Number of passages that are shown."""
        return len(self.passages) - len(self.bm25.gone.rows)

    def shows(self, live: LivePassages) -> bool:
        """Whether it shows exactly these passages of these articles, each as it is in the database."""
        rows = np.stack([self.passages, self.articles, self.checksums], axis=1)
        if self.shown is not None:
            rows = rows[self.shown]
        wanted = np.stack(live, axis=1)
        return np.array_equal(rows[np.argsort(rows[:, 0])], wanted[np.argsort(wanted[:, 0])])


def open_whole(folder: Path) -> Generation | None:
    """The live generation, ``None`` where it is not there or not whole: every file is compared with its checksum."""
    try:
        return None if verify(folder) else Generation.open_current(folder)
    except (IndexNotFound, IndexDamaged, IndexMismatch):
        return None


def check(folder: Path) -> None:
    """Compare every file of the live generation with its checksum.

    :raises IndexDamaged: at the first that differs.
    """
    for name in verify(folder):
        raise IndexDamaged.in_generation(folder / name, "it is not as it was written")


def _joined(arrays: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def switch(folder: Path, number: int) -> None:
    """Make a written generation the live one, atomically."""
    name = f"{number:06}"
    pointer = folder / "CURRENT.tmp"
    manifest = sha256(folder / "generations" / name / "manifest.json")
    pointer.write_text(f"{name} {manifest}\n", encoding="utf-8")
    sync(pointer)
    pointer.replace(folder / "CURRENT")
    sync(folder)


def discard_unpublished(folder: Path) -> None:
    """Delete the generations after the live one: a run was interrupted before it switched to them.

    So numbers have no gaps, and what is retired with one number can be swept away with the next.
    """
    try:
        name = current_name(folder)
    except IndexDamaged:
        name = None
    if name is None or not (folder / "generations").is_dir():
        return  # nobody knows which was live: the next one gets a number that none had
    for path in list((folder / "generations").iterdir()):
        if path.name.isdigit() and int(path.name) > int(name):
            shutil.rmtree(path)


def remove_old(folder: Path) -> None:
    """Delete the generations that no reader can be opening any more, and what a crash left half-written."""
    generations = sorted((folder / "generations").iterdir())
    complete = [path for path in generations if path.name.isdigit()]
    for path in set(generations) - set(complete[-_KEPT:]):
        shutil.rmtree(path)


def is_published(folder: Path) -> bool:
    """Whether there ever was a live generation, whole or not."""
    return (folder / "CURRENT").exists()


def current_name(folder: Path) -> str | None:
    """The name of the live generation, ``None`` where nothing was published.

    :raises IndexDamaged: ``CURRENT`` does not name one.
    """
    pointer = _pointer(folder)
    return pointer[0] if pointer else None


def verify(folder: Path) -> list[str]:
    """Compare every file of the live generation with its checksum.

    :returns: the paths of the files that differ, relative to ``folder``; empty when all is well.
    """
    path, manifest = current(folder)
    return [file.relative_to(folder).as_posix() for file in _changed_files(path, manifest["files"])]


def _pointer(folder: Path) -> tuple[str, str | None] | None:
    """Name and checksum of the manifest that ``CURRENT`` holds; before format 3 there was no checksum."""
    path = folder / "CURRENT"
    try:
        written = _POINTER.fullmatch(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged.in_generation(path, str(error)) from error
    if not written:
        raise IndexDamaged.in_generation(path, "it names no generation")
    return written[1], written[2]


def current(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The folder and the manifest of the live generation.

    :raises IndexNotFound: nothing was ever published.
    :raises IndexUnfinished: nothing yet, or the first run was interrupted.
    :raises IndexDamaged: the manifest is missing or not as it was written.
    :raises IndexMismatch: it was written by another format version.
    """
    pointer = _pointer(folder)
    if pointer is None and (folder / Store.NAME).exists():
        raise IndexUnfinished(
            f"The index in {folder} is not finished: wait for `hoidap index` to end, or run it again if it was stopped."
        )
    if pointer is None:
        raise IndexNotFound(f"There is no index in {folder}: make one with `hoidap index FOLDER`.")
    name, expected = pointer
    path = folder / "generations" / name
    try:
        data = (path / "manifest.json").read_bytes()
        if expected is not None and hashlib.sha256(data).hexdigest() != expected:
            raise IndexDamaged.in_generation(
                path / "manifest.json", f"it is not the one that {folder / 'CURRENT'} names"
            )
        manifest: dict[str, Any] = json.loads(data)
        version = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged.in_generation(
            path / "manifest.json", str(error) or type(error).__name__
        ) from error
    if version != FORMAT:
        raise mismatch(str(path), version)
    if expected is None:
        raise IndexDamaged.in_generation(folder / "CURRENT", "it lacks the checksum of the manifest")
    return path, manifest


def _changed_files(path: Path, files: dict[str, dict[str, Any]], *, up_to: int | None = None) -> list[Path]:
    """The files of a generation that are missing, of another size or differ from their checksums, by name.

    :param up_to: bytes; of larger files only the size is compared.
    """

    def changed(name: str) -> bool:
        file, written = path / name, files[name]
        if not file.is_file() or file.stat().st_size != written["bytes"]:
            return True
        if up_to is not None and written["bytes"] > up_to:
            return False
        return sha256(file) != str(written["sha256"])

    with ThreadPoolExecutor() as pool:  # hashing leaves other threads alone
        return [
            path / name
            for name, is_changed in zip(files, pool.map(changed, files), strict=True)
            if is_changed
        ]


def sha256(path: Path) -> str:
    """The checksum of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()


def sync(path: Path) -> None:
    """Ask the system to put a file or a directory's entries on the disk now; Windows knows no such thing of folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
