"""A generation: the immutable files that one state of the index is searched with.

::

    generations/000012/manifest.json   what it was made of, and every file's size and checksum
                       rows.npy        int64 (n, 2): key of the passage and of its article, one row a passage
                       dense.faiss     the vectors
                       bm25/*.npy      the postings
    CURRENT                            the name of the live generation, replaced atomically, last

A generation is written under a temporary name, synced to the disk, renamed, and only then named by ``CURRENT``, so
that a crash at any point leaves the old generation or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
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

_KEPT = 2  # the live one, and the one that a reader may still be opening


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the index, opened.

    :ivar number: counts up with every change.
    :ivar encoder: identity of the encoder that made the vectors.
    :ivar encoder_name: what ``--encoder`` was given; ``None`` for the shipped encoder.
    :ivar passages: int64, shape (n,), key of the passage of each row.
    :ivar articles: int64, shape (n,), key of the article of each row.
    """

    number: int
    encoder: str
    encoder_name: str | None
    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    bm25: BM25
    dense: DenseIndex

    @classmethod
    def open_current(cls, folder: Path) -> Generation:
        """Open the live generation of an index folder.

        :raises IndexNotFound: nothing was ever published there.
        :raises IndexDamaged: a file is missing or not as long as the manifest says.
        :raises IndexMismatch: it was written by another format version.
        """
        name = current_name(folder)
        if name is None:
            if (folder / Store.NAME).exists():
                raise IndexUnfinished(
                    f"The index in {folder} is not finished: wait for `hoidap index` to end, "
                    "or run it again if it was stopped."
                )
            raise IndexNotFound(f"There is no index in {folder}: make one with `hoidap index FOLDER`.")
        path = folder / "generations" / name
        manifest = read_manifest(path)
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
    number = 1 + max((int(path.name) for path in generations.iterdir() if path.name.isdigit()), default=0)
    scratch = generations / f"{number:06}.tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()

    np.save(scratch / "rows.npy", np.stack([live.passages, live.articles], axis=1))
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
    final = generations / f"{number:06}"
    scratch.rename(final)
    _sync(generations)
    return number


def switch(folder: Path, number: int) -> None:
    """Make a written generation the live one, atomically."""
    pointer = folder / "CURRENT.tmp"
    pointer.write_text(f"{number:06}\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / "CURRENT")
    _sync(folder)


def remove_old(folder: Path) -> None:
    """Delete the generations that no reader can be opening any more, and what a crash left half-written."""
    generations = sorted((folder / "generations").iterdir())
    complete = [path for path in generations if path.name.isdigit()]
    for path in set(generations) - set(complete[-_KEPT:]):
        shutil.rmtree(path)


def current_name(folder: Path) -> str | None:
    """The name of the live generation, ``None`` where nothing was published."""
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(folder / "CURRENT", str(error)) from error


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a generation, after checking that its files are there in full.

    :raises IndexDamaged: the manifest is broken, or a file is missing or of another size.
    :raises IndexMismatch: it was written by another format version.
    """
    try:
        manifest: dict[str, Any] = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        version, files = manifest["format"], manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path / "manifest.json", str(error) or type(error).__name__) from error
    if version != FORMAT:
        raise mismatch(str(path), version)
    for name, expected in files.items():
        file = path / name
        if not file.is_file() or file.stat().st_size != expected["bytes"]:
            raise _damaged(file, f"it should be a file of {expected['bytes']} bytes")
    return manifest


def verify(folder: Path) -> list[str]:
    """Compare every file of the live generation with its checksum.

    :returns: the paths of the files that differ, relative to ``folder``; empty when all is well.
    """
    name = current_name(folder)
    if name is None:
        raise IndexNotFound(f"There is no index in {folder}: make one with `hoidap index FOLDER`.")
    path = folder / "generations" / name
    files = read_manifest(path)["files"]
    return [
        (path / name).relative_to(folder).as_posix()
        for name, expected in files.items()
        if _sha256(path / name) != expected["sha256"]
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
    """Ask the system to put a file or a directory's entries on the disk now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
