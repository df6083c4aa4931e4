"""PDF: the text layer, page by page, with form feeds between the pages."""

from __future__ import annotations

import io
import struct
import zlib

from index.decoding import repair
from index.formats.extraction import Extract, Extraction
from index.formats.titles import stated_title

# pypdf documents that a broken file may raise errors other than its own; these are what damaged ones were seen to
# raise or what its decoders do.
_DAMAGED = (
    zlib.error,
    struct.error,
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
    ArithmeticError,
    AssertionError,
    EOFError,
    RuntimeError,
)


def extract(data: bytes) -> Extraction:
    """The file as one article.

    :raises ValueError: the bytes are no PDF, or one that is damaged, encrypted or scanned.
    """
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        text, title = _read(data)
    except (DependencyError, FileNotDecryptedError) as error:
        raise ValueError("is encrypted; save it without a password") from error
    except (*_DAMAGED, PyPdfError) as error:
        raise ValueError("is not a PDF, or a damaged one; open it and save it again") from error
    if not text.strip():
        raise ValueError("has no text layer (a scan?); run text recognition on it first")
    return Extraction((Extract(text, title=stated_title(title, text=text)),))


def _read(data: bytes) -> tuple[str, str | None]:
    """The text and the title that the properties state."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError
    text = "\f".join(page.extract_text().strip("\n") for page in reader.pages)
    return repair(text), reader.metadata.title if reader.metadata else None
