"""Word documents: paragraphs and tables in the order of the document, a table row a line.

The XML is read as it is: the paragraphs of python-docx lack insertions, smart tags, content controls and text boxes.
Deleted text is left out, and so are headers, footers and notes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from index.decoding import repair
from index.formats.extraction import Extract, Extraction
from index.formats.titles import stated_title

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    TypeError,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT, _BOX = (
    f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "t", "txbxContent")
)
_BLANKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}ptab": "\t", f"{_W}noBreakHyphen": "-"}
_OLDER = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again for older programs
_UNREAD = {
    _OLDER,
    *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr")),
}
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
    return repair("\n\n".join(_blocks(document.element.body))), document.core_properties.title


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs, and tables with a line for each row, whatever they are wrapped in: content controls, insertions."""
    for child in parent.iterchildren():
        if child.tag == _PARAGRAPH:
            text = "".join(_words(child))
            if text.strip():
                yield text
            for box in _boxes(child):
                yield from _blocks(box)
        elif child.tag == _TABLE:
            rows = "\n".join(_rows(child))
            if rows:
                yield rows
        elif child.tag not in _UNREAD:
            yield from _blocks(child)


def _words(parent: Any) -> Iterator[str]:
    """The text below an element of a paragraph, without that of its text boxes."""
    for child in parent.iterchildren():
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _BLANKS:
            yield "" if child.get(f"{_W}type") in ("page", "column") else _BLANKS[child.tag]
        elif child.tag not in _UNREAD and child.tag != _BOX:
            yield from _words(child)


def _boxes(parent: Any) -> Iterator[Any]:
    """The text boxes that are anchored in a paragraph; those within one are left to it."""
    for child in parent.iterchildren():
        if child.tag == _BOX:
            yield child
        elif child.tag not in _UNREAD:
            yield from _boxes(child)


def _rows(table: Any) -> Iterator[str]:
    """The rows, their cells between bars; a cell that is merged with the one above repeats it."""
    above: dict[int, str] = {}
    for row in _parts(table, _ROW):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells = []
        column = 0
        for cell in _parts(row, _CELL):
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is None or merged.get(f"{_W}val") == "restart":
                above[column] = " ".join(" ".join(_blocks(cell)).split())
            cells.append(above.get(column, ""))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            column += 1 if span is None else int(span.get(f"{_W}val"))
        if any(cells):
            yield " | ".join(cells)


def _parts(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, whatever they are wrapped in."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in _UNREAD:
            yield from _parts(child, tag)
