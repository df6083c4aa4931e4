"""Folders of articles → a new generation of the index; only what changed is read, cut and embedded.

The index mirrors exactly the paths it was last given: what is no longer in them is no longer found.
"""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filelock import FileLock, Timeout

from index import generation
from index.encoder import Encoder, load_encoder
from index.errors import (
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexUnavailable,
)
from index.indexer import Run
from index.isolation import Isolated, Limits
from index.report import BuildReport, NoProgress, Progress
from index.scan import Source, scan
from index.store import Store
from index.uploads import PREFIX, uploaded
from index.writer import StoreWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.approximate import Kind


def build_index(
    paths: Sequence[str | Path],
    *,
    index: str | Path = ".hoidap",
    encoder: str | None = None,
    dense: Kind | Literal["auto"] | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
    load: Callable[[str | None], Encoder] = load_encoder,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
) -> BuildReport:
    """Make the index in ``index`` mirror the articles in ``paths``.

    :param paths: folders, searched through to the bottom, and single files; what lies in a folder ``uploads`` of theirs
        goes by ``./uploads/…``, because ``uploads/…`` are the files added in the chat.
    :param encoder: any sentence-transformers model by name or path; ``None`` for the shipped one.
    :param dense: kind of the dense index; ``"auto"`` for the one that fits the number of passages, ``None`` to leave it
        as it was told before.
    :param rebuild: forget everything and embed every article again.
    :param load: gives the encoder for a name.
    :param limits: what reading one file may take; one that takes more is a problem of the report.
    :raises UsageError: a path is not there, or there is no readable article in any of them; the index is then left
        as it was.
    :raises IndexMismatch: the index was made by another encoder or format, and ``rebuild`` is false.
    :raises IndexLocked: another process is writing to it.
    :raises IndexUnavailable: the folder cannot be written; the index is then as it was.
    """
    folder = Path(index)
    mirrored = (_apart(source) for source in scan([Path(path) for path in paths], skip=folder))
    sources = sorted([*mirrored, *uploaded(folder)])
    if encoder is not None and Path(encoder).is_dir():
        encoder = str(Path(encoder).resolve())  # questions may be asked from another working directory
    return _build(
        folder,
        sources,
        encoder=encoder,
        dense=dense,
        rebuild=rebuild,
        mirrored=True,
        progress=progress,
        load=load,
        limits=limits,
    )


def index_uploads(
    *,
    index: str | Path = ".hoidap",
    progress: Progress | None = None,
    load: Callable[[str | None], Encoder] = load_encoder,
    limits: Limits = Limits(),  # noqa: B008 - a value that never changes
) -> BuildReport:
    """Bring the index up to date with the files that were added to it or removed; see :mod:`index.uploads`.

    All other articles stay as they are.  Where none is left, the index is removed.

    :raises IndexLocked: another process is writing to it.
    """
    folder = Path(index)
    encoder = generation.current(folder)[1]["encoder_name"] if generation.current_name(folder) else None
    return _build(
        folder,
        uploaded(folder),
        encoder=encoder,
        dense=None,
        rebuild=False,
        mirrored=False,
        progress=progress,
        load=load,
        limits=limits,
    )


def _apart(source: Source) -> Source:
    """A file that would go by the name of an added one, under another; no other file is called so.

    >>> _apart(Source("uploads/tin.txt", Path("uploads/tin.txt"))).id
    './uploads/tin.txt'
    """
    return source._replace(id=f"./{source.id}") if source.id.startswith(PREFIX) else source


def _build(
    folder: Path,
    sources: Sequence[Source],
    *,
    encoder: str | None,
    dense: Kind | Literal["auto"] | None,
    rebuild: bool,
    mirrored: bool,
    progress: Progress | None,
    load: Callable[[str | None], Encoder],
    limits: Limits,
) -> BuildReport:
    """Index the sources.

    :param mirrored: nothing but the sources stays in the index; else what was not uploaded stays too.
    """
    started = time.perf_counter()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", blocking=False):
            loaded = load(encoder)
            store = _open_store(folder, rebuild=rebuild)
            try:
                if rebuild:
                    with store:
                        store.forget_kept()
                else:
                    store.check_encoder(loaded.identity)
                known = store.pending_files if rebuild else store.known_files
                run = Run(
                    folder,
                    store,
                    loaded,
                    encoder,
                    dense,
                    known(encoder=loaded.identity),
                    progress or NoProgress(),
                )
                if not mirrored:
                    run.keep(store.live_files())
                with Isolated(limits) as isolated:
                    run.read(sources, extract=isolated)
                if not mirrored and not run.files:
                    before = store.live_files()
                    store.close()
                    _forget(folder)
                    return run.report(0, articles=0, passages=0, before=before, started=started)
                return run.publish(started)
            finally:
                store.close()
    except Timeout as error:
        raise IndexLocked(f"Another process is writing to {folder}: wait until it has finished.") from error
    except OSError as error:
        raise IndexUnavailable(
            f"{folder} cannot be written ({error.strerror or error}): see to its permissions and to room on its "
            "disk, and run the command again, or choose another folder with --index."
        ) from error


def _open_store(folder: Path, *, rebuild: bool) -> StoreWriter:
    """The database for writing; a rebuild does not mind what is wrong with the one that is there."""
    if rebuild:
        try:
            with closing(StoreWriter.create(folder)) as store:
                store.check()
        except (IndexDamaged, IndexMismatch):
            _forget(folder)
    return StoreWriter.create(folder)


def _forget(folder: Path) -> None:
    """Delete the state of an index, and nothing else that may lie in its folder."""
    (folder / "CURRENT").unlink(missing_ok=True)
    shutil.rmtree(folder / "generations", ignore_errors=True)
    for suffix in ("", "-wal", "-shm"):
        (folder / f"{Store.NAME}{suffix}").unlink(missing_ok=True)
