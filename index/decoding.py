"""Bytes of unknown encoding → text: Unicode, the legacy Vietnamese encodings, or Windows-1252.

Windows-1258, TCVN3 and VNI-Windows give the same bytes other letters.  They are told apart by reading the
bytes in each way and counting well-formed Vietnamese syllables.  What reads as nothing is refused: garbled
text is worse than none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from index.legacy import read_tcvn3, read_vni
from index.normalize import composed
from index.syllable import is_syllable

_SAMPLE = 50_000
"""Bytes or characters from which an encoding is recognised."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ASCII_MARKS = re.escape("".join(chr(code) for code in range(0x21, 0x80) if not chr(code).isalpha()))
# Symbols inside a word are kept: in "§¶ng" they are what shows that it is no syllable.
_WORD = re.compile(rf"[^\s{_ASCII_MARKS}“”‘’…–—«»·•\xa0]+")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")

_CP1252 = {
    byte: char
    for byte in range(0x80, 0xA0)
    if (char := bytes((byte,)).decode("cp1252", "replace")) != "\ufffd"
}
_LATIN_1 = {ord(char): byte for byte, char in _CP1252.items()}


def decode(data: bytes) -> str:
    """The text of a file whose encoding nobody states, in NFC.

    Tried in this order: byte order marks, UTF-16 by its zero bytes, UTF-8, then whichever of Windows-1258,
    TCVN3, VNI-Windows and Windows-1252 reads best.

    :raises ValueError: the bytes are no text, or in none of these encodings.

    >>> decode("Đảng bộ có 72 đảng viên".encode("utf-16-le"))
    'Đảng bộ có 72 đảng viên'
    >>> decode("§¶ng bé cã 72 ®¶ng viªn".encode("latin-1"))
    'Đảng bộ có 72 đảng viên'
    """
    encoding = _unicode_encoding(data)
    if encoding:
        mark, name = encoding
        return _checked(repair(data[len(mark) :].decode(name, errors="replace")))
    try:
        return _checked(repair(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _checked(_decode_8_bit(data))


def repair(text: str) -> str:
    """Text typed in a TCVN3 or VNI font and kept as Unicode, as documents and web pages do, made readable.

    Text that is Vietnamese already, or another language, is given back unchanged.

    >>> repair("Ñaûng boä coù 72 ñaûng vieân")
    'Đảng bộ có 72 đảng viên'
    >>> repair("Müller besucht die Universität"), repair("Đảng bộ")
    ('Müller besucht die Universität', 'Đảng bộ')
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or _VIETNAMESE.search(sample):
        return text
    if _vietnamese(sample) > 0:
        return text
    latin = text.translate(_LATIN_1)
    best, read = _best((read_tcvn3, read_vni), latin[:_SAMPLE])
    return composed(read(latin).translate(_CP1252)) if best >= 3 else text


def _unicode_encoding(data: bytes) -> tuple[bytes, str] | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    # UTF-16 without a mark shows by its zeros: each ASCII character has one, always on the same side
    first, second = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if second > 0.2 and first < 0.02:
        return b"", "utf-16-le"
    if first > 0.2 and second < 0.02:
        return b"", "utf-16-be"
    return None


def _decode_8_bit(data: bytes) -> str:
    latin = _checked(data.decode("latin-1"))
    mostly = data.decode("utf-8", errors="replace")
    if mostly.count("\ufffd") * 50 < len(mostly) - len(mostly.encode("ascii", errors="ignore")):
        return mostly  # a few damaged bytes in a file that is UTF-8 otherwise: they show as U+FFFD
    best, read = _best((_read_cp1258, read_tcvn3, read_vni), latin[:_SAMPLE])
    if best > 0:
        return read(latin).translate(_CP1252)
    western = latin.translate(_CP1252)
    if _is_western(western[:_SAMPLE]):
        return western
    raise ValueError("is in an encoding that was not recognised; save it as UTF-8")


def _is_western(text: str) -> bool:
    """Whether a text read as Windows-1252 looks like one: some words with marks, no symbols inside of words."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    if re.search("[\x80-\x9f]", text) or len(marked) * 3 > len(text.split()):
        return False
    return all(character.isascii() or character.isalpha() for word in marked for character in word)


def _best(readers: tuple[Callable[[str], str], ...], latin: str) -> tuple[int, Callable[[str], str]]:
    """The reading with most Vietnamese in it, the earlier one of equals, and how much."""
    scores = [_vietnamese(read(latin).translate(_CP1252)) for read in readers]
    best = max(scores)
    return best, readers[scores.index(best)]


def _vietnamese(text: str) -> int:
    """Of the words beyond ASCII, how many are Vietnamese syllables, less twice those that are not."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(map(is_syllable, words))
    return good - 2 * (len(words) - good)


def _read_cp1258(latin: str) -> str:
    """Windows-1258: base letters and combining tones."""
    text = latin.encode("latin-1").decode("cp1258", errors="replace")
    return composed(text)


def _checked(text: str) -> str:
    """The text in NFC, refused where it holds more control characters than a text does."""
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) * 20 > len(sample):
        raise ValueError("is not a text file")
    return composed(text)
