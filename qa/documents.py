"""The numbers of documents, 05-CT/TW, 29/2023/QĐ-UBND, and their names in a text."""

from __future__ import annotations

import re

from index.span import Span

CODE = re.compile(r"\b\d+(?:/\d+)?[-/][^\W\d_]{2,}(?:[-/][^\W_]+)*")
"""The number of a document, in any text."""
_NUMBER = re.compile(r"\b0*(\d+)((?:/\d{4})?/[a-z]+(?:-[a-z]+)+|-[a-z]{2,}/[a-z]{2,})\b")
_DATED = re.compile(
    r"\d+/(?:19|20)\d\d/[a-z]|(?P<code>\b\d[\w/-]*[/-][a-z]{2,}),?"
    r" ngay (?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2} thang \d{1,2}(?: nam|,) )(?:19|20)\d\d\b"
)

_KINDS = (
    "Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư|Hướng dẫn|Kế hoạch|Quy định|Quy chế|Thông báo|Công văn"
    "|Thông tri|Pháp lệnh|Luật"
)
_ASKS_SEVERAL = re.compile(
    rf"\b(?:các|những|liệt kê|kể tên)\b.*\b(?:văn bản|{_KINDS.lower()})\b"
    rf"|\b(?:{_KINDS.lower()})(?:,| và| hay) (?:{_KINDS.lower()})\b"
)
_NAME = re.compile(
    rf"\b(?:{_KINDS})(?: số)? (?:(?!(?:của|về|ngày|và|do|được|đã|là|tại|trong)\b)[^\s,;:.“”\"()]+ ?){{1,8}}"
    r"(?:, [IVX]+\b)*(?: và [IVX]+\b)?"
)
"""A document with what tells it from others: "Nghị quyết Trung ương 4 khóa XI, XII"."""


def documents_in(text: str, sentence: Span, *, question: str) -> list[Span]:
    """The documents that a sentence names, numbered or of a kind that has names, if the question asks for several.

    Those in quotation marks are part of the name of another.

    >>> text = "Thực hiện Nghị quyết số 5-NQ/TW, Chỉ thị 3-CT/TW “Về thi hành Luật Đất đai” và Luật Biển."
    >>> asked = "Trường thực hiện những văn bản nào?"
    >>> [one.of(text) for one in documents_in(text, Span(0, len(text)), question=asked)]
    ['Nghị quyết số 5-NQ/TW', 'Chỉ thị 3-CT/TW', 'Luật Biển']
    """
    if not _ASKS_SEVERAL.search(question.lower()):
        return []
    found = []
    for name in _NAME.finditer(text, *sentence):
        told = name[0].rstrip()
        before = text[sentence.start : name.start()]
        if before.count("“") <= before.count("”") and (
            told.startswith("Luật") or re.search(r"\d|\b[IVX]+\b", told)
        ):
            found.append(Span(name.start(), name.start() + len(told)))
    return found


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
