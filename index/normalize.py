r"""Raw text → the text an article keeps: NFC, ``\n`` line ends, nothing that cannot be stored or shown.

Apart from NFC and ``\r\n`` → ``\n``, characters are replaced one for one, never dropped.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
# C0 and C1 controls but for tab, line feed and form feed (a page break)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def normalize(text: str) -> str:
    r"""The text in NFC with ``\n`` line ends; controls become blanks, lone surrogates U+FFFD.

    The result can always be encoded as UTF-8.  A leading byte order mark is dropped.

    >>> normalize("Đảng\u0020bộ\r\ncó 72\x00đảng viên")
    'Đảng bộ\ncó 72 đảng viên'
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))
    return unicodedata.normalize("NFC", text)
