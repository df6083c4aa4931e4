"""Articles in, ranked passages out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.article import Article
    from index.build import build_index
    from index.errors import HoidapError
    from index.hit import Hit
    from index.report import BuildReport
    from index.search import Index, retrieve

__all__ = ["Article", "BuildReport", "Hit", "HoidapError", "Index", "build_index", "retrieve"]

_HOME = {
    "Article": "index.article",
    "BuildReport": "index.report",
    "build_index": "index.build",
    "HoidapError": "index.errors",
    "Hit": "index.hit",
    "Index": "index.search",
    "retrieve": "index.search",
}


def __getattr__(name: str) -> Any:
    # Imported when first used: `hoidap --help` and the readers of one module need neither FAISS nor onnxruntime.
    if name not in _HOME:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
