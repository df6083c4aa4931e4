"""PDF: the text layer, page by page, with form feeds between the pages."""

from __future__ import annotations

import io
import struct
import zlib

from index.decoding import repair
from index.formats.extract import Extract, Extraction
from index.formats.titles import stated_title


def extract(data: bytes) -> Extraction:
    """The file as one article.

    :raises ValueError: the bytes are no PDF, or one that is damaged, encrypted or scanned.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    damaged = "is not a PDF, or a damaged one; open it and save it again"
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("is encrypted; save it without a password")
        text = "\f".join(page.extract_text().strip("\n") for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (DependencyError, FileNotDecryptedError) as error:
        raise ValueError("is encrypted; save it without a password") from error
    # pypdf documents that a broken file may raise errors other than its own
    except (PyPdfError, LookupError, TypeError, AttributeError, zlib.error, struct.error) as error:
        raise ValueError(damaged) from error
    except (RecursionError, NotImplementedError, AssertionError) as error:
        raise ValueError(damaged) from error
    if not text.strip():
        raise ValueError("has no text layer (a scan?); run text recognition on it first")
    text = repair(text)
    return Extraction((Extract(text, title=stated_title(title, text=text)),))
