"""Questions as people type them: without tone marks, in lower case, with slips, without question mark.

Pure functions of a text and a random generator; what comes out has the same meaning as what goes in.
"""

import random
import re
from unicodedata import combining, normalize

TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
BLANK_BEFORE = re.compile(r"\s+([,.;:!?%)\]}»”…])")
BLANK_AFTER = re.compile(r"([(\[{«“])\s+")


def strip_marks(text: str) -> str:
    """Return the text without tone marks and letter marks.

    >>> strip_marks("Đảng bộ có bao nhiêu đảng viên?")
    'Dang bo co bao nhieu dang vien?'
    """
    bare = "".join(c for c in normalize("NFD", text) if not combining(c))
    return normalize("NFC", bare).replace("đ", "d").replace("Đ", "D")


def telex(word: str) -> str:
    """Return the keys that Telex takes for a lower-case word, as when the input method is off.

    >>> telex("đảng"), telex("trường")
    ('ddangr', 'truwowngf')
    """
    keys, tone = [], ""
    for letter in word:
        base = ""
        for part in normalize("NFD", letter):
            if part in TELEX_TONES:
                tone = TELEX_TONES[part]
            else:
                base += part
        base = normalize("NFC", base)
        keys.append(TELEX_LETTERS.get(base, base))
    return "".join(keys) + tone


def slip(text: str, *, random: random.Random) -> str:
    """Return the text with one typing slip: a letter doubled, dropped or swapped, or a word left in Telex."""
    words = text.split(" ")
    longest = [i for i, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    if not longest:
        return text
    chosen = random.choice(longest)
    word = words[chosen]
    place = random.randrange(1, len(word))
    kind = random.randrange(4)
    if kind == 0:
        word = word[:place] + word[place - 1 :]
    elif kind == 1:
        word = word[:place] + word[place + 1 :]
    elif kind == 2:
        word = word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
    else:
        word = telex(word.lower())
    words[chosen] = word
    return " ".join(words)


def retype(question: str, *, random: random.Random, stripped: float = 0.45) -> str:
    """Return the question as somebody might type it.

    :param random: drawn from a fixed number of times, so that one seed gives one training set.
    :param stripped: the share of questions that lose their tone marks.
    """
    draws = [random.random() for _ in range(4)]
    if draws[0] < stripped:
        question = strip_marks(question)
    if draws[1] < 0.3:
        question = question.lower()
    if draws[2] < 0.4:
        question = question.rstrip(" ?")
    if draws[3] < 0.06:
        question = slip(question, random=random)
    return question


def detokenise(text: str) -> str:
    """Undo the blanks that a tokeniser put around punctuation.

    >>> detokenise("Hà Nội , thủ đô ( từ 1010 ) .")
    'Hà Nội, thủ đô (từ 1010).'
    """
    return BLANK_AFTER.sub(r"\1", BLANK_BEFORE.sub(r"\1", text))
