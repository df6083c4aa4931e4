"""Abbreviations that end in a full stop without ending the sentence.

Answers one question: does the full stop at this place belong to an abbreviation?
"""

from __future__ import annotations

import re

from index.syllable import is_syllable

# Titles, ranks, places and parts of documents; compared without case, so none may be a word.
STRONG = frozenset(
    """
    ts tskh pgs gs gsts ths bs bsck bsckii bscki ds ks kts ls cn cnkh ncs ns nsưt nsnd ngưt ngnd nstt kt tm tl tuq
    tp tx tt qđ nđ nq đc đ/c nxb tr ttr trg sđt đt tel fax mr mrs ms dr prof st jr sr vs vol pp fig ltd
    """.split()  # noqa: SIM905 - a table reads better as text
)
_STRONG_AS_WRITTEN = frozenset(("No", "Nos", "v", "Inc", "Co", "Tg", "Ng"))
# These end a sentence where a capital letter follows: "… sách, vở, v.v. Các em …"
_WEAK = frozenset(("v.v", "vv", "v.v.v", "etc", "e.g", "i.e", "al"))
# "ông V. Putin", "nhà văn J. Rowling": a capital after these words is no class or vitamin
_BEFORE_INITIALS = frozenset("ông bà anh chị cô chú bác em thầy văn sĩ sỹ thơ và với".split())  # noqa: SIM905

_TOKEN = re.compile(r"[^\s(\[“\"‘«,;:]{1,24}\Z")
_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"[^\W\d_]\.(?:\s|[^\W\d_]\.|$)")


def is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop ``text[stop]`` belongs to an abbreviation, an initial or a title.

    >>> is_abbreviation("PGS.TS. Phạm Bảo Sơn", 6)
    True
    >>> is_abbreviation("J. K. Rowling", 1), is_abbreviation("nhiều vitamin C. Các em", 15)
    (True, False)
    """
    token = _token_before(text, stop)
    if not token:
        return False
    last = token.rsplit(".", 1)[-1]
    if last.casefold() in STRONG or token.casefold() in STRONG or token in _STRONG_AS_WRITTEN:
        return True
    if token.casefold() in _WEAK:
        return not _next_word(text, stop)[:1].isupper()
    if len(last) == 1 and last.isupper():
        return _is_initial(text, stop, alone=last == token)
    return False


def _is_initial(text: str, stop: int, *, alone: bool) -> bool:
    if not alone:
        return True  # T.Ư. and N.V.A.
    before = _token_before(text, stop - 1, skip_blanks=True)
    if before[:1].isupper() or before == "":
        return True
    following = text[stop + 1 : stop + 40].lstrip()
    if before.casefold() in _BEFORE_INITIALS or _INITIAL.match(following) or following[:1].isdigit():
        return True
    return not is_syllable(_next_word(text, stop))


def _token_before(text: str, end: int, *, skip_blanks: bool = False) -> str:
    window = text[max(0, end - 32) : end]
    match = _TOKEN.search(window.rstrip() if skip_blanks else window)
    return match.group() if match else ""


def _next_word(text: str, stop: int) -> str:
    match = _WORD.search(text, stop + 1, stop + 40)
    return match.group() if match else ""
