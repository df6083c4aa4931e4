"""Word documents: paragraphs and tables in the order of the document, a table row a line."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from index.decoding import repair
from index.formats.extraction import Extract, Extraction
from index.formats.titles import stated_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.table import Table

_LARGEST = 1 << 30
"""Bytes a document may take unpacked; more is a damaged or hostile file."""

# What zipfile and lxml, under python-docx, raise over a missing part, a bad checksum or broken XML besides its own
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    AttributeError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def extract(data: bytes) -> Extraction:
    """The file as one article.

    :raises ValueError: the bytes are no Word document, or one that is encrypted or of the old ``.doc`` format.
    """
    if data.startswith(_OLE):
        raise ValueError("is encrypted or an old Word document; save it as .docx without a password")
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    try:
        size = _unpacked(data)
        text, title = _read(data) if size <= _LARGEST else ("", None)
    except (*_DAMAGED, OpcError, PythonDocxError) as error:
        raise ValueError(
            "is not a Word document, or a damaged one; open it in Word and save it again"
        ) from error
    if size > _LARGEST:
        raise ValueError("is too large when unpacked; split it")
    if not text.strip():
        raise ValueError("holds no text")
    return Extraction((Extract(text, title=stated_title(title, text=text)),))


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _read(data: bytes) -> tuple[str, str | None]:
    """The text and the title that the properties state."""
    import docx

    document = docx.Document(io.BytesIO(data))
    return repair("\n\n".join(_blocks(document))), document.core_properties.title


def _blocks(document: Document) -> Iterator[str]:
    """Paragraphs, and tables with a line for each row."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "\n".join(_rows(block))
        elif block.text.strip():
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        before = None
        for cell in row.cells:
            if cell._tc is not before:  # a merged cell comes once for each column that it covers
                cells.append(" ".join(cell.text.split()))
            before = cell._tc
        if any(cells):
            yield " | ".join(cells)
