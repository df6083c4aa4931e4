"""What is installed, what ships with it and whether the index is whole."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoder import load_encoder
from index.errors import HoidapError, IndexDamaged
from index.generation import verify
from index.search import Index

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
    :ivar model_files: sha256 of each file of the shipped encoder.
    :ivar index: figures of the index where it opens.
    :ivar problem: one sentence with the remedy where it does not.
    :ivar exit_status: 0, or that of the problem.
    """

    versions: dict[str, str | None]
    encoder: str
    model_files: dict[str, str]
    index: dict[str, Any]
    problem: str | None
    exit_status: int

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "versions": self.versions,
            "encoder": self.encoder,
            "model_files": self.model_files,
            "index": self.index,
            "problem": self.problem,
        }

    def __rich_console__(self, *_: object) -> Iterator[str]:
        for name, version in self.versions.items():
            yield f"{name:22} {version or 'not installed'}"
        yield f"{'encoder':22} {self.encoder}"
        for name, figure in self.index.items():
            yield f"{'index ' + name:22} {figure}"
        yield f"{'state':22} {self.problem or 'all is well'}"


def examine(folder: Path) -> Report:
    """Look at the installation and at the index in ``folder``, reading every file of it."""
    import index.encoder

    model = Path(index.encoder.__file__).parent / "encoder_model"
    figures: dict[str, Any] = {"folder": str(folder)}
    problem: HoidapError | None = None
    try:
        opened = Index.open(folder)
        figures |= {"generation": opened.number, "articles": len(opened.articles()), "passages": len(opened)}
        opened.close()
        if damaged := verify(folder):
            problem = IndexDamaged(f"{folder / damaged[0]} is damaged: run `hoidap index` to make it again.")
    except HoidapError as error:
        problem = error
    return Report(
        versions={"hoidap": _version("hoidap"), "python": platform.python_version()}
        | {name: _version(name) for name in _LIBRARIES},
        encoder=load_encoder().identity,
        model_files={
            path.relative_to(model).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(model.rglob("*"))
            if path.is_file()
        },
        index=figures,
        problem=str(problem) if problem else None,
        exit_status=problem.exit_status if problem else 0,
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
