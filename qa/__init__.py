"""Questions in, cited answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.answer import Answer, Citation, Note, Reply

if TYPE_CHECKING:
    from qa.assistant import Assistant

__all__ = ["Answer", "Assistant", "Citation", "Note", "Reply"]


def __getattr__(name: str) -> Any:
    # The assistant brings FAISS and onnxruntime along; the values above need nothing.
    if name == "Assistant":
        from qa.assistant import Assistant

        return Assistant
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
