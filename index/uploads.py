"""Files that users add through the chat: kept in the folder of the index, and indexed beside the folders it mirrors.

Takes a file and the name it came with, gives the identifier of its articles, which begins with :data:`PREFIX`.
Leaves out indexing: see :func:`index.build.index_uploads`.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO
from unicodedata import category, normalize

from index.errors import FileTooLarge, IndexUnavailable, NotAdded, NotAnArticle, TooManyFiles
from index.formats import SUFFIXES, is_article
from index.scan import Source, scan

FOLDER = "uploads"
PREFIX = f"{FOLDER}/"
LARGEST = 50_000_000
"""Bytes of a file."""
MOST = 2_000
"""Files that are kept."""
_LONGEST_NAME = 160  # bytes; file systems take 255
_ROW = re.compile(r"(.+?\.jsonl)#.+", re.IGNORECASE | re.DOTALL)


def uploaded(index: Path) -> list[Source]:
    """The files that were added, in the order of their identifiers."""
    folder = index / FOLDER
    if not folder.is_dir() or not any(map(is_article, folder.iterdir())):
        return []
    return [Source(PREFIX + source.id, source.path) for source in scan([folder], skip=index)]


def add_upload(index: Path, file: BinaryIO, *, name: str, size: int) -> str:
    """Keep a copy of a file; one of the same name is replaced, and kept aside until :func:`settle_upload`.

    :param size: of the file, in bytes.
    :param name: as the user's machine calls it; folders before it are left out.
    :returns: the identifier.
    :raises FileTooLarge: it is.
    :raises NotAnArticle: its kind is not read.
    :raises TooManyFiles: as many as are kept were added already.
    :raises IndexUnavailable: it cannot be written.
    """
    kept = _name(name)
    if size > LARGEST:
        raise FileTooLarge(
            f"{kept} has {size / 1e6:.0f} MB: add files of at most {LARGEST // 1_000_000} MB, or split it."
        )
    folder = index / FOLDER
    if not (folder / kept).exists() and len(uploaded(index)) >= MOST:
        raise TooManyFiles(f"There are {MOST:,} added files already: remove some, or index a folder instead.")
    partial = folder / f".{kept}.part"  # hidden, so that no run takes half a file for an article
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        before = _before(folder / kept)
        if (
            folder / kept
        ).exists() and not before.exists():  # of two in one request the first aside is the one to keep
            os.link(folder / kept, before)
        partial.replace(folder / kept)
    except OSError as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise IndexUnavailable(
            f"{kept} cannot be kept ({reason}): free the disk or mend its permissions."
        ) from error
    return PREFIX + kept


def settle_upload(index: Path, identifier: str, *, readable: bool) -> bool:
    """End what :func:`add_upload` began: let go of the file that was replaced, or put it back for an unreadable one.

    :returns: whether one was put back, so that the index has to be brought up to date.
    """
    kept = index / FOLDER / identifier.removeprefix(PREFIX)
    before = _before(kept)
    if readable:
        before.unlink(missing_ok=True)
        return False
    if before.exists():
        before.replace(kept)
        return True
    kept.unlink(missing_ok=True)  # nobody could see or remove it, and each run would tell again
    return False


def _before(kept: Path) -> Path:
    """Where the file is that an added one replaced; hidden, so that it is no article."""
    return kept.with_name(f".{kept.name}.before")


def file_of(identifier: str) -> str:
    """The identifier of the file that an article is in; see :attr:`index.article.Article.id`.

    >>> file_of("uploads/tin.jsonl#7"), file_of("uploads/C#.txt")
    ('uploads/tin.jsonl', 'uploads/C#.txt')
    """
    row = _ROW.fullmatch(identifier)
    return row[1] if row else identifier


def remove_upload(index: Path, identifier: str) -> None:
    """Delete a file that was added; nothing else can be deleted.

    :param identifier: of the file, or of an article in it.
    :raises NotAdded: the identifier is not that of such a file.
    """
    known = {source.id: source.path for source in uploaded(index)}
    path = known.get(identifier) or known.get(file_of(identifier))
    if path is None:
        raise NotAdded(
            f"{identifier} was not added here: remove it from its own folder and index that again."
        )
    path.unlink(missing_ok=True)


def _name(name: str) -> str:
    r"""A file name that can do no harm.

    >>> _name("..\\bài/Báo cáo.pdf")
    'Báo cáo.pdf'

    :raises NotAnArticle: nothing of it is left, or its kind is not read.
    """
    last = PurePosixPath(PureWindowsPath(name).as_posix()).name
    visible = "".join(letter for letter in normalize("NFC", last) if category(letter)[0] != "C")
    kept = visible.strip(" .")
    path = Path(kept)
    stem = path.stem.encode()[:_LONGEST_NAME].decode(errors="ignore")
    kept = f"{stem}{path.suffix}"
    if not is_article(Path(kept)):
        raise NotAnArticle(
            f"{kept or 'A file without a name'} is no article: add {', '.join(sorted(SUFFIXES))} files."
        )
    return kept
