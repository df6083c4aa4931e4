"""What people do at a meeting: chair, open, close, speak, present, attend.

An article names a dozen people in as many sentences, and readers take any of them for whoever is asked about.
"""

from __future__ import annotations

import re

from index.terms import fold, has_tone_marks

_ROLES = {
    "chair": "chu tri|dieu hanh|chu toa|chair\\w*",
    "open": "khai mac|open(?:s|ed|ing)?",
    "close": "be mac|ket luan(?! so)|clos(?:es|ed|ing)",
    "speak": "phat bieu|chia se|noi chuyen|tham luan|nhan manh|khang dinh|cho biet|luu y|sp[eo]ak\\w*|spoken?",
    "present": "trinh bay|bao cao|quan triet|thuyet trinh|truyen dat|present(?:s|ed)",
    "attend": "tham du|(?:den|toi|ve|cung|co) du|du (?:hoi|dai|le|buoi|toa|cuoc|hop|co)|co mat|attend\\w*",
}
_SAID = {role: re.compile(rf"\b(?:{words})\b") for role, words in _ROLES.items()}
_READS = re.compile(r"(?<!bạn )\bđọc\b")
_READS_FOLDED = re.compile(r"(?<!giam )(?<!don )(?<!ban )\bdoc\b(?! (?:lap|quyen|dao|hai|than|duong)\b)")
"""Who reads presents; without tone marks it may be "giám đốc"."""
_NAME = (
    r"\b(?:lễ|buổi|phiên|đêm|trận|chương trình|hội thi|cuộc thi|hội nghị) "
    r"(?:khai mạc|bế mạc|báo cáo|quán triệt|nói chuyện|chia sẻ|thuyết trình|trình bày)\b|\bbáo cáo viên\b"
)
_NAMES = re.compile(f"{_NAME}|{fold(_NAME)}", re.IGNORECASE)
"""What is done at a meeting where it only names the meeting, or who does it for a living."""
_SPEAKING = frozenset(("open", "close"))
"""Who does so speaks, and who only speaks does not."""


def is_of_another_role(question: str, sentence: str) -> bool:
    """Whether a sentence tells who did something at a meeting, and nothing of what the question asks who did.

    >>> is_of_another_role("Ai chủ trì hội nghị?", "Tham dự hội nghị có ông Lê Trình.")
    True
    >>> is_of_another_role("Ai phát biểu khai mạc?", "Ông Phan Sơn phát biểu.")
    True
    >>> is_of_another_role("Ai phát biểu?", "Bế mạc hội nghị, ông Lê Trình cảm ơn các đại biểu.")
    False
    >>> is_of_another_role("Ai hát tại lễ khai mạc?", "Ca sĩ Tùng Dương trình bày ca khúc.")
    False
    """
    asked, told = _roles(_NAMES.sub(" ", question)), _roles(_NAMES.sub(" ", sentence))
    if "attend" in asked:
        return False  # whoever does anything there is there
    if asked & _SPEAKING:
        asked -= {"speak"}
    if told & _SPEAKING:
        told |= {"speak"}
    return bool(asked and told) and asked.isdisjoint(told | _roles(sentence))


def _roles(text: str) -> set[str]:
    folded = fold(text)
    reads = _READS.search(text.lower()) if has_tone_marks(text) else _READS_FOLDED.search(folded)
    return {role for role, said in _SAID.items() if said.search(folded)} | ({"present"} if reads else set())
