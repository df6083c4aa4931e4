"""Plain text: the text is the file."""

from __future__ import annotations

from index.decoding import decode
from index.formats.extraction import Extract, Extraction


def extract(data: bytes) -> Extraction:
    """The file as one article; title, date and source are read from the text.

    :raises ValueError: the bytes are no text.
    """
    return Extraction((Extract(decode(data)),))
