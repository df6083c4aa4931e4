"""What the database shows → the files of a new generation.

Most rows are those of the generation before.  While few have come or gone since its base was made, the new
generation takes that base as it is and writes only what differs; otherwise everything is written from the database.

A generation is written under a temporary name, renamed, and only then named by ``CURRENT``, so that a crash at any
point leaves the old generation or the new one.  A power cut may also lose or reorder what was not synced, so each step
is on the disk before the next one begins:

1. the files of the generation and its folders, then the new name of its folder (``generations/``);
2. the database, which commits with ``synchronous = FULL``: these file versions are live, those are retired;
3. ``CURRENT.tmp``, then its new name ``CURRENT`` (the folder of the index): from here on the new state is the state;
4. only then are rows and generations deleted that neither the new state nor the one before it shows.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index import part
from index.approximate import kind_for
from index.bm25 import Gone, Statistics
from index.errors import IndexDamaged
from index.generation import sha256, sync
from index.part import Part
from index.postings import places_in
from index.store import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from index.approximate import Kind
    from index.generation import Generation
    from index.writer import LivePassages, StoreWriter

KEPT_FROM = 20_000
"""Rows; a smaller base is written again with every change, which takes a second or two."""
MOST_CHANGED = 0.05
"""Share of the rows of base that may have come or gone before it is written again."""


@dataclass(frozen=True, slots=True)
class _Change:
    """How what is shown differs from a base.

    :ivar gone: the rows of base that are not shown.
    :ivar recent: what is shown and not in base.
    :ivar places: int32, the order of the rows of base and then of ``recent``.
    """

    gone: Gone
    recent: LivePassages
    places: NDArray[np.int32]


def write(
    folder: Path,
    store: StoreWriter,
    shown: LivePassages,
    *,
    dimensions: int,
    encoder: str,
    encoder_name: str | None,
    kind: Kind | None = None,
    before: Generation | None = None,
) -> int:
    """Write a new generation to the disk; nobody reads it before :func:`index.generation.switch`.

    :param kind: of the dense index; ``None`` for the one that fits the number of passages.
    :param before: the generation before, if it is whole.
    :returns: its number.
    """
    generations = folder / "generations"
    generations.mkdir(exist_ok=True)
    sync(folder)
    number = 1 + max((int(path.name) for path in generations.iterdir() if path.name.isdigit()), default=0)
    scratch = generations / f"{number:06}.tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        change = _change(before, shown, store, encoder=encoder, kind=kind)
        if change is None or before is None:
            kept: dict[str, dict[str, Any]] = {}
            fitting = kind or kind_for(len(shown.passages))
            part.write(scratch / "base", store, shown, dimensions=dimensions, kind=fitting)
            statistics = Statistics.of([Part.load(scratch / "base").postings], Gone.nothing())
        else:
            kept = _link(before, scratch, "base/")
            statistics = _write_change(scratch, store, change, before=before, dimensions=dimensions)
        manifest = {
            "format": FORMAT,
            "generation": number,
            "encoder": encoder,
            "encoder_name": encoder_name,
            "dense": kind,
            "dimension": dimensions,
            "articles": len(np.unique(shown.articles)),
            "passages": len(shown.passages),
            "statistics": statistics._asdict(),
            "files": {
                name: kept.get(name) or {"bytes": path.stat().st_size, "sha256": sha256(path)}
                for name, path in _files(scratch)
            },
        }
        (scratch / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")

        for path in [*scratch.rglob("*"), scratch]:
            sync(path)
        scratch.rename(generations / f"{number:06}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)  # a disk that is full should not stay full
    sync(generations)
    return number


def _change(
    before: Generation | None,
    shown: LivePassages,
    store: StoreWriter,
    *,
    encoder: str,
    kind: Kind | None,
) -> _Change | None:
    """What differs from the base of the generation before, ``None`` where a new base is to be written."""
    if before is None or (before.encoder, before.kind) != (encoder, kind):
        return None
    base = before.parts[0]
    if len(base) < KEPT_FROM:
        return None
    by_key = np.argsort(base.passages, kind="stable")
    row = by_key.take(np.searchsorted(base.passages, shown.passages, sorter=by_key), mode="clip")
    # The database gives the keys of rows that it has forgotten to new ones: a key alone says nothing.
    kept = np.all([own == other for own, other in zip(base.of(row), shown, strict=True)], axis=0)
    # Rows that are gone come last, in any order: nobody sees them.
    places = np.full(len(base) + int((~kept).sum()), len(shown.passages), np.int32)
    places[row[kept]] = np.flatnonzero(kept)
    places[len(base) :] = np.flatnonzero(~kept)
    gone = np.flatnonzero(places == len(shown.passages))
    if len(gone) + int((~kept).sum()) > MOST_CHANGED * len(base):
        return None
    try:
        return _Change(_gone(gone, before, store), shown.of(~kept), places)
    except IndexDamaged:  # of what is shown no longer; a new base needs none of it
        return None


def _write_change(
    folder: Path, store: StoreWriter, change: _Change, *, before: Generation, dimensions: int
) -> Statistics:
    """Write what a generation has beside its base, and work out what its scores depend on."""
    postings = [before.parts[0].postings]
    if len(change.recent.passages):
        part.write(folder / "recent", store, change.recent, dimensions=dimensions, kind="flat")
        np.save(folder / "places.npy", change.places)
        postings.append(Part.load(folder / "recent").postings)
    if len(change.gone.rows):
        (folder / "gone").mkdir()
        for name, array in change.gone._asdict().items():
            np.save(folder / "gone" / f"{name}.npy", array)
    return Statistics.of(postings, change.gone)


def _gone(rows: NDArray[np.int64], before: Generation, store: StoreWriter) -> Gone:
    """The rows of base that are gone, and their terms.

    Those of rows that were gone before are told by the generation before, for the database has forgotten them.

    :raises IndexDamaged: the database lacks one that was shown until now, or has changed it.
    """
    known = before.bm25.gone
    again = np.setdiff1d(known.rows, rows)  # came back with their old keys, within a generation
    news = np.setdiff1d(rows, known.rows)
    term_ids, frequencies = known.term_ids, known.frequencies
    for changed, sign in ((news, 1), (again, -1)):
        for encoded in store.encoded(before.parts[0].of(changed)):
            ids, times = np.unique(encoded.term_ids, return_counts=True)
            places = places_in(term_ids, ids)
            frequencies = frequencies.copy()
            frequencies[places[places >= 0]] += sign * times[places >= 0]
            term_ids = np.concatenate([term_ids, ids[places < 0]])
            frequencies = np.concatenate([frequencies, times[places < 0]])
            order = np.argsort(term_ids)
            term_ids, frequencies = term_ids[order], frequencies[order]
    held = frequencies > 0
    return Gone(rows.astype(np.int32), term_ids[held], frequencies[held])


def _link(before: Generation, folder: Path, prefix: str) -> dict[str, dict[str, Any]]:
    """Give a new generation the files of the one before whose names begin so, and tell their checksums."""
    files = {name: of for name, of in before.files.items() if name.startswith(prefix)}
    for name in files:
        to = folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(before.path / name, to)
        except OSError:  # a file system without hard links
            shutil.copyfile(before.path / name, to)
    return files


def _files(folder: Path) -> list[tuple[str, Path]]:
    return [
        (path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()
    ]
