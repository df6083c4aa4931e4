"""Titles that a document's properties state, as far as they are titles."""

from __future__ import annotations

import re

_NOT_A_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|untitled|document\d*|slide \d|tài liệu\d*|không có tiêu đề|scan|powerpoint"
    r"|word document|normal|template|print)\b|.*\.(?:docx?|pdf|rtf|odt|indd|qxd|tmp|html?)$|https?://",
    re.IGNORECASE,
)


def stated_title(title: str | None, *, text: str) -> str | None:
    r"""The title of the properties where it looks like one and stands in the text, else ``None``.

    Programs fill the field with file names and with the title of the document that served as a template; a
    title that the text nowhere shows is one of those.

    >>> stated_title("Báo cáo sơ kết", text="BÁO CÁO SƠ KẾT\nNăm 2022")
    'Báo cáo sơ kết'
    >>> stated_title("Microsoft Word - baocao.doc", text="Báo cáo sơ kết") is None
    True
    """
    words = " ".join((title or "").split())
    if len(words.split()) < 2 or _NOT_A_TITLE.match(words):
        return None
    return words if words.casefold() in " ".join(text[:5000].split()).casefold() else None
