"""Words as people shorten them in messages → the words: "ko", "ntn", "đ/c".

Only what means one thing whoever types it; abbreviations of offices and bodies are left to :mod:`qa.abbreviations`.
"""

from __future__ import annotations

import re

from index.terms import fold, has_tone_marks
from qa.phrase import capitalised

_WORDS = {
    "ko": "không",
    "hok": "không",
    "ntn": "như thế nào",
    "bn": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "bao nhiu": "bao nhiêu",
    "bnhiu": "bao nhiêu",
    "j": "gì",
    "vs": "với",
    "đ/c": "đồng chí",
    "d/c": "đồng chí",
}
_WAS = re.compile(r"(?<=\w )[đd]c(?= (?!n[àa]o\b)(?P<next>\w))")
_NAMED_BEHIND = frozenset(
    "la do cua va voi gom co cac nhung may nhieu so hoi biet vang cong cu giao".split()  # noqa: SIM905
)
"""Behind one of these, folded, "đc" is a đồng chí or an address, not "được"."""
_SHORT = re.compile(rf"(?<![\w/.-])(?:{'|'.join(_WORDS)})(?![\w/.-])", re.IGNORECASE)


def written_out(question: str) -> str:
    """The question with such words written out; without tone marks where it has none itself.

    In capitals they are something else: BN may be a ward of a hospital.

    >>> written_out("Đ/c nào chủ trì, có họp trực tuyến ko?"), written_out("hop ntn"), written_out("BN ở đâu?")
    ('Đồng chí nào chủ trì, có họp trực tuyến không?', 'hop nhu the nao', 'BN ở đâu?')
    >>> written_out("trường nào đc khen"), written_out("bi thu la dc le an"), written_out("dc nao chu tri")
    ('trường nào được khen', 'bi thu la dc le an', 'dc nao chu tri')
    """
    marked = has_tone_marks(_WAS.sub("", _SHORT.sub("", question)))

    def words(short: re.Match[str]) -> str:
        if len(short[0]) > 1 and short[0].isupper() and "/" not in short[0]:
            return short[0]
        whole = _WORDS[short[0].lower()]
        whole = whole if marked else fold(whole)
        return capitalised(whole) if short[0][0].isupper() else whole

    def was(short: re.Match[str]) -> str:
        before = question[: short.start()].split()[-1].lower()
        named = before.isdigit() or fold(before) in _NAMED_BEHIND or short["next"].isupper()
        return short[0] if named else "được" if marked else "duoc"

    question = _WAS.sub(was, question)
    return _SHORT.sub(words, question)
