"""Word documents: paragraphs and tables in the order of the document, a table row a line."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from index.formats.extract import Extract, Extraction
from index.formats.titles import stated_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.table import Table

_LARGEST = 1 << 30
"""Bytes a document may take unpacked; more is a damaged or hostile file."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def extract(data: bytes) -> Extraction:
    """The file as one article.

    :raises ValueError: the bytes are no Word document, or one that is encrypted or of the old ``.doc`` format.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    if data.startswith(_OLE):
        raise ValueError("is encrypted or an old Word document; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise ValueError("is too large when unpacked")
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_lines(document))
        title = document.core_properties.title
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OpcError,
        LxmlError,
        KeyError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise ValueError(
            "is not a Word document, or a damaged one; open it in Word and save it again"
        ) from error
    return Extraction((Extract(text, title=stated_title(title, text)),))


def _lines(document: Document) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen = None
        for cell in row.cells:
            if cell._tc is not seen:  # a merged cell comes once for each column it covers
                cells.append(" ".join(cell.text.split()))
            seen = cell._tc
        yield " | ".join(cells)
