r"""Raw text → the text an article keeps: NFC, ``\n`` line ends, nothing that cannot be stored or shown.

Apart from NFC and ``\r\n`` → ``\n``, characters are replaced one for one, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
    return composed(text)


def composed(text: str) -> str:
    """The text in NFC; of more combining marks in a row than any script has, those after the 64th become U+FFFD.

    Putting marks into their canonical order takes the square of how many there are.

    >>> composed("Đả" + "ng"), len(composed("a" + "\u0323\u0301" * 1000))
    ('Đảng', 2000)
    """
    if text.isascii():
        return text
    text = _too_many_marks().sub(lambda run: run[1] + "\ufffd" * (len(run[0]) - len(run[1])), text)
    return unicodedata.normalize("NFC", text)


@lru_cache(1)
def _too_many_marks() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{64}})[{marks}]+")


def sound(text: str) -> str:
    r"""Lone surrogates, which no tokenizer takes, replaced one for one.

    >>> sound("a\ud800b")
    'a?b'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
