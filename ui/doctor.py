"""What is installed, what ships with it and whether the index is whole."""

from __future__ import annotations

import hashlib
import platform
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

import index.encoder
import qa.reader
from index import generation
from index.encoder import load_encoder
from index.errors import HoidapError
from index.milvus.checkup import examine_collection
from index.milvus.place import Place
from index.search import Index
from index.store import Store
from qa.reader import Reader
from ui.conversations import NAME, Conversations
from ui.network import reaching

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIBRARIES = (
    "faiss-cpu",
    "gradio",
    "numpy",
    "onnxruntime",
    "rank-bm25",
    "sentence-transformers",
    "tokenizers",
    "torch",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`examine` found.

    :ivar versions: of this package, Python and the libraries; ``None`` for one that is not installed.
    :ivar encoder: identity of the shipped encoder; ``reader`` likewise.
    :ivar model_files: sha256 of each file of the shipped models.
    :ivar index: figures of the index where it opens.
    :ivar network: a sentence for each thing in the configuration that would reach another machine.
    :ivar problem: one sentence with the remedy where it does not.
    :ivar exit_status: 0, or that of the problem.
    """

    versions: dict[str, str | None]
    encoder: str
    reader: str
    model_files: dict[str, str]
    index: dict[str, Any]
    network: tuple[str, ...]
    problem: str | None
    exit_status: int

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "versions": self.versions,
            "encoder": self.encoder,
            "reader": self.reader,
            "model_files": self.model_files,
            "index": self.index,
            "network": list(self.network),
            "problem": self.problem,
        }

    def __rich_console__(self, *_: object) -> Iterator[Text]:
        yield from map(Text, self._lines())  # a path may look like markup

    def _lines(self) -> Iterator[str]:
        for name, version in self.versions.items():
            yield f"{name:22} {version or 'not installed'}"
        yield f"{'encoder':22} {self.encoder}"
        yield f"{'reader':22} {self.reader}"
        for name, digest in self.model_files.items():
            yield f"{name}  {digest}"
        for name, figure in self.index.items():
            yield f"{'index ' + name:22} {figure}"
        yield from (f"{'network':22} {told}" for told in self.network or ("nothing is looked up or sent",))
        yield f"{'state':22} {self.problem or 'all is well'}"


def examine(where: Path | Place) -> Report:
    """Look at the installation and at what is indexed: every file of a folder, or the rows of a collection."""
    folders: dict[str, Path] = {}
    if isinstance(where, Place):
        figures, problem = examine_collection(where)
        network = () if where.file else (f"questions and passages go to Milvus at {where.uri}",)
    else:
        figures, folders, problem = _examine_folder(where)
        network = ()
    return Report(
        versions={"hoidap": _version("hoidap"), "python": platform.python_version()}
        | {name: _version(name) for name in _LIBRARIES},
        encoder=load_encoder().identity,
        reader=Reader.from_folder().identity,
        model_files={
            path.relative_to(model.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for model in (index.encoder.SHIPPED, qa.reader.SHIPPED)
            for path in sorted(model.rglob("*"))
            if path.is_file()
        },
        index=figures,
        network=(*network, *reaching(folders=folders)),
        problem=str(problem) if problem else None,
        exit_status=problem.exit_status if problem else 0,
    )


def _examine_folder(folder: Path) -> tuple[dict[str, Any], dict[str, Path], HoidapError | None]:
    """The figures of an index, the folders that it uses by name, and what is wrong with it or the conversations."""
    figures: dict[str, Any] = {"folder": str(folder)}
    folders = {"index": folder}
    try:
        generation.check(folder)
        opened = Index.open(folder)
        if opened.encoder_name:
            folders["encoder"] = Path(opened.encoder_name)
        figures |= {"generation": opened.number, "articles": len(opened.articles()), "passages": len(opened)}
        opened.close()
        with closing(Store.open(folder)) as store:
            store.check()
        Conversations(folder / NAME).check()
    except HoidapError as error:
        return figures, folders, error
    return figures, folders, None


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
