"""The numbers of documents: 05-CT/TW, 29/2023/QĐ-UBND."""

from __future__ import annotations

import re

CODE = re.compile(r"\b\d+(?:/\d+)?[-/][^\W\d_]{2,}(?:[-/][^\W_]+)*")
"""The number of a document, in any text."""
_NUMBER = re.compile(r"\b0*(\d+)((?:/\d{4})?/[a-z]+(?:-[a-z]+)+|-[a-z]{2,}/[a-z]{2,})\b")
_DATED = re.compile(r"\d+/(?:19|20)\d\d/[a-z]")


def document_numbers(folded: str) -> list[tuple[str, str]]:
    """Numbers, each with what comes behind it, the same for the documents of one body and year.

    >>> document_numbers("nghi dinh 045/2023/nd-cp va chi thi 05-ct/tw, 2.000 dong/kg")
    [('45', '/2023/nd-cp'), ('5', '-ct/tw')]
    """
    return _NUMBER.findall(folded)


def without_years_of_documents(folded: str) -> str:
    """The folded text without the beginnings of such numbers: their years are none that something happened in.

    >>> without_years_of_documents("nam 2022 thay quyet dinh 44/2017/qd-ubnd")
    'nam 2022 thay quyet dinh  d-ubnd'
    """
    return _DATED.sub(" ", folded)
