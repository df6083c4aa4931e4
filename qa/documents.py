"""The numbers of documents: 05-CT/TW, 29/2023/QĐ-UBND."""

from __future__ import annotations

import re

CODE = re.compile(r"\b\d+(?:/\d+)?[-/][^\W\d_]{2,}(?:[-/][^\W_]+)*")
"""The number of a document, in any text."""
_NUMBER = re.compile(r"\b0*(\d+)((?:/\d{4})?/[a-z]+(?:-[a-z]+)+|-[a-z]{2,}/[a-z]{2,})\b")
_DATED = re.compile(
    r"\d+/(?:19|20)\d\d/[a-z]|(?P<code>\b\d[\w/-]*[/-][a-z]{2,}),?"
    r" ngay (?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2} thang \d{1,2}(?: nam|,) )(?:19|20)\d\d\b"
)


def document_numbers(folded: str) -> list[tuple[str, str]]:
    """Numbers, each with what comes behind it, the same for the documents of one body and year.

    >>> document_numbers("nghi dinh 045/2023/nd-cp va chi thi 05-ct/tw, 2.000 dong/kg")
    [('45', '/2023/nd-cp'), ('5', '-ct/tw')]
    """
    return _NUMBER.findall(folded)


def without_years_of_documents(folded: str) -> str:
    """The folded text without the years of such numbers and the days behind them: nothing is told to happen then.

    >>> without_years_of_documents("nam 2022 thay quyet dinh 44/2017/qd-ubnd, ke ca ket luan 21-kl/tw, ngay 25/10/2021")
    'nam 2022 thay quyet dinh  d-ubnd, ke ca ket luan 21-kl/tw '
    """
    return _DATED.sub(lambda found: f"{found['code'] or ''} ", folded)
