"""A generation: the immutable files that one state of the index is searched with.

::

    generations/000012/manifest.json   what it was made of, and every file's size and checksum
                       rows.npy        int64 (n, 3): key of the passage and of its article, checksum of both
                       dense.faiss     the vectors
                       bm25/*.npy      the postings
    CURRENT                            the name of the live generation and the checksum of its manifest,
                                       replaced atomically, last

``CURRENT`` vouches for the manifest, the manifest for every file, ``rows.npy`` for every passage and article in the
database: opening compares the files with their checksums before any of them is parsed, reading compares the rows.

A generation is written under a temporary name, renamed, and only then named by ``CURRENT``, so that a crash at any
point leaves the old generation or the new one.  A power cut may also lose or reorder what was not synced, so each step
is on the disk before the next one begins:

1. the files of the generation and its folders, then the new name of its folder (``generations/``);
2. the database, which commits with ``synchronous = FULL``: these file versions are live, those are retired;
3. ``CURRENT.tmp``, then its new name ``CURRENT`` (the folder of the index): from here on the new state is the state;
4. only then are rows and generations deleted that neither the new state nor the one before it shows.
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

from index.bm25 import BM25
from index.dense import DenseIndex
from index.errors import IndexDamaged, IndexNotFound, IndexUnfinished
from index.store import FORMAT, Store, mismatch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.writer import LivePassages

_POINTER = re.compile(r"(\d{6,})(?: ([0-9a-f]{64}))?\n")
_KEPT = 2  # the live one, and the one that a reader may still be opening


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the index, opened.

    :ivar number: counts up with every change.
    :ivar encoder: identity of the encoder that made the vectors.
    :ivar encoder_name: what ``--encoder`` was given; ``None`` for the shipped encoder.
    :ivar passages: int64, shape (n,), key of the passage of each row.
    :ivar articles: int64, shape (n,), key of the article of each row.
    :ivar checksums: int64, shape (n,), of the passage and the article of each row.
    """

    number: int
    encoder: str
    encoder_name: str | None
    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    checksums: NDArray[np.int64]
    bm25: BM25
    dense: DenseIndex

    @classmethod
    def open_current(cls, folder: Path) -> Generation:
        """Open the live generation of an index folder.

        :raises IndexNotFound: nothing was ever published there.
        :raises IndexDamaged: a file is missing or not as the manifest says.
        :raises IndexMismatch: it was written by another format version.
        """
        path, manifest = current(folder)
        for damaged in _changed_files(path, manifest):
            raise _damaged(damaged, "it is not as it was written")
        try:
            rows = np.load(path / "rows.npy", mmap_mode="r")
        except (OSError, ValueError) as error:
            raise _damaged(path / "rows.npy", str(error)) from error
        generation = cls(
            number=manifest["generation"],
            encoder=manifest["encoder"],
            encoder_name=manifest["encoder_name"],
            passages=rows[:, 0],
            articles=rows[:, 1],
            checksums=rows[:, 2],
            bm25=BM25.load(path / "bm25"),
            dense=DenseIndex.load(path / "dense.faiss"),
        )
        sizes = {len(rows), len(generation.bm25), len(generation.dense), manifest["passages"]}
        if len(sizes) > 1:
            raise _damaged(path, f"its parts disagree on the number of passages: {sorted(sizes)}")
        return generation


def write(folder: Path, live: LivePassages, *, encoder: str, encoder_name: str | None) -> int:
    """Write a new generation to the disk; nobody reads it before :func:`switch`.

    :returns: its number.
    """
    generations = folder / "generations"
    generations.mkdir(exist_ok=True)
    _sync(folder)
    number = 1 + max((int(path.name) for path in generations.iterdir() if path.name.isdigit()), default=0)
    scratch = generations / f"{number:06}.tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        _write_files(scratch, live, number=number, encoder=encoder, encoder_name=encoder_name)
        scratch.rename(generations / f"{number:06}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)  # a disk that is full should not stay full
    _sync(generations)
    return number


def _write_files(
    scratch: Path, live: LivePassages, *, number: int, encoder: str, encoder_name: str | None
) -> None:
    """Write and sync everything in the folder of a generation, the manifest last."""
    np.save(scratch / "rows.npy", np.stack([live.passages, live.articles, live.checksums], axis=1))
    DenseIndex.build(live.vectors).save(scratch / "dense.faiss")
    BM25.from_counts(live.term_counts).save(scratch / "bm25")
    manifest = {
        "format": FORMAT,
        "generation": number,
        "encoder": encoder,
        "encoder_name": encoder_name,
        "dimension": live.vectors.shape[1],
        "articles": len(np.unique(live.articles)),
        "passages": len(live.passages),
        "files": {
            path.relative_to(scratch).as_posix(): {"bytes": path.stat().st_size, "sha256": _sha256(path)}
            for path in sorted(scratch.rglob("*"))
            if path.is_file()
        },
    }
    (scratch / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")

    for path in [*scratch.rglob("*"), scratch]:
        _sync(path)


def switch(folder: Path, number: int) -> None:
    """Make a written generation the live one, atomically."""
    name = f"{number:06}"
    pointer = folder / "CURRENT.tmp"
    manifest = _sha256(folder / "generations" / name / "manifest.json")
    pointer.write_text(f"{name} {manifest}\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / "CURRENT")
    _sync(folder)


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
    return [file.relative_to(folder).as_posix() for file in _changed_files(path, manifest)]


def _pointer(folder: Path) -> tuple[str, str | None] | None:
    """Name and checksum of the manifest that ``CURRENT`` holds; before format 3 there was no checksum."""
    path = folder / "CURRENT"
    try:
        written = _POINTER.fullmatch(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    if not written:
        raise _damaged(path, "it names no generation")
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
            raise _damaged(path / "manifest.json", f"it is not the one that {folder / 'CURRENT'} names")
        manifest: dict[str, Any] = json.loads(data)
        version = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path / "manifest.json", str(error) or type(error).__name__) from error
    if version != FORMAT:
        raise mismatch(str(path), version)
    if expected is None:
        raise _damaged(folder / "CURRENT", "it lacks the checksum of the manifest")
    return path, manifest


def _changed_files(path: Path, manifest: dict[str, Any]) -> list[Path]:
    """The files of a generation that are missing or differ from their checksums, by name."""
    files = [path / name for name in manifest["files"]]
    with ThreadPoolExecutor() as pool:  # hashing leaves other threads alone
        sums = pool.map(lambda file: _sha256(file) if file.is_file() else None, files)
        return [
            file
            for file, found, written in zip(files, sums, manifest["files"].values(), strict=True)
            if found != written["sha256"]
        ]


def _damaged(path: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(
        f"{path} is damaged ({reason}): run `hoidap index` to make it again from the database."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()


def _sync(path: Path) -> None:
    """Ask the system to put a file or a directory's entries on the disk now; Windows knows no such thing of folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
