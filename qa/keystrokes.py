"""Telex and VNI keystrokes that no input method took → the Vietnamese they stand for.

"dduwowngf" is "đường" and "ho65i nghi5" is "hội nghị".  A word is read as keystrokes only where it is no syllable
as it stands and the keys spell one; a question with English function words is left alone, since "this" would be "thí".
So is one in which no word must be keys: "bus", "Rex" and "chi bo3" may be what they look like.
"""

from __future__ import annotations

import re
import unicodedata

from index.syllable import parse
from qa.tone_marks import share_marked

_WORD = re.compile(r"[^\W\d_]+(?:[1-9][^\W\d_]*)*")
_ENGLISH = re.compile(
    r"\b(the|who|what|which|when|where|why|how|was|were|did|does|is|are|of|this|that)\b", re.IGNORECASE
)
TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Key → combining mark."""
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_LETTERS = {"6": ("aeo", _CIRCUMFLEX), "7": ("uo", _HORN), "8": ("a", _BREVE)}
_VOWELS = "aeiouy"
_SHAPED = frozenset("đăâêôơư")
_NAME = re.compile(r"[aeiou]\d", re.IGNORECASE)
"""Of a class, a size or a road, rather than keys: A1."""
_PLAIN_KEYS = re.compile(r"dd|d9|.*[jf]$|.*\d.*\d", re.IGNORECASE)
"""Words that hardly are anything but keys, if these spell a syllable."""


def undo_keystrokes(question: str) -> str:
    """The question with the marks that its keystrokes meant.

    In a question with marks some input method was at work: what it left are keys for a tone and for a letter.  In one
    without, a word that has them, or most of the words, tell that the others are keys as well.

    >>> undo_keystrokes("ho65i nghi5 owr ddaau"), undo_keystrokes("Who chaired this?"), undo_keystrokes("Quận 7")
    ('hội nghị ở đâu', 'Who chaired this?', 'Quận 7')
    >>> undo_keystrokes("xe bus ddi ddaau"), undo_keystrokes("xe bus so 7 di dau"), undo_keystrokes("lop A1")
    ('xe bú đi đâu', 'xe bus so 7 di dau', 'lop A1')
    """
    if _ENGLISH.search(question):
        return question
    words = _WORD.findall(question)
    meant = {word: spelled for word in words if (spelled := spelled_by_keys(word))}
    marked = share_marked(question) > 0
    plain = {word for word in meant if _is_plain(word, meant[word], marked=marked)}
    if not marked:
        keyed = sum(word in meant for word in words)
        plain = {*meant} if plain or (keyed > 1 and 2 * keyed > len(words)) else set()
    return _WORD.sub(lambda match: meant[match[0]] if match[0] in plain else match[0], question)


def spelled_by_keys(word: str) -> str:
    """The syllable that the keys of a word spell, in its case; empty for none."""
    if parse(word) is not None or _NAME.fullmatch(word):
        return ""
    spelled = _vni(word.lower()) if any(char.isdigit() for char in word) else _telex(word.lower())
    if spelled is None or parse(spelled) is None:
        return ""
    return spelled.upper() if word.isupper() else spelled.capitalize() if word[0].isupper() else spelled


def _is_plain(word: str, spelled: str, *, marked: bool) -> bool:
    """Whether a word must be the keys of a syllable: they have a tone and a letter that has no key of its own.

    :param marked: the question has marks, so that nothing less will do.
    """
    syllable = parse(spelled)
    if syllable is None:
        return False
    both = syllable.tone != "ngang" and bool(_SHAPED & {*syllable.onset, *syllable.rhyme})
    return both or (not marked and _PLAIN_KEYS.match(word) is not None)


def _telex(keys: str) -> str | None:
    """What the keys spell; nothing where they hold no Telex key."""
    letters: list[str] = []
    tone = ""
    marked = False
    for key in keys:
        plain = [letter[0] for letter in letters]
        vowel = any(letter in _VOWELS for letter in plain)
        if key in TELEX_TONES and vowel and not tone:
            tone = TELEX_TONES[key]
        elif key == "w" and (
            places := [at for at, letter in enumerate(letters) if letter in ("u", "o", "a")]
        ):
            _add_horn_or_breve(letters, places)
            marked = True
        elif key in "aeo" and key in letters and plain[-1] == key:
            letters[-1] += _CIRCUMFLEX
            marked = True
        elif key == "d" and letters == ["d"]:
            letters[-1] = "đ"
            marked = True
        else:
            letters.append(key)
    return _spelled(letters, tone) if tone or marked else None


def _vni(keys: str) -> str | None:
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _VNI_TONES and not tone:
            tone = _VNI_TONES[key]
        elif key in _VNI_LETTERS:
            bases, mark = _VNI_LETTERS[key]
            places = [at for at, letter in enumerate(letters) if letter in bases]
            if not places:
                return None
            if mark == _HORN:
                _add_horn_or_breve(letters, [at for at in places if letters[at] != "a"])
            else:
                letters[places[-1]] += mark
        elif key == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key.isdigit():
            return None
        else:
            letters.append(key)
    return _spelled(letters, tone)


def _add_horn_or_breve(letters: list[str], places: list[int]) -> None:
    """Mark the last of the vowels; of "uo" both, as "duowng" and "du7o7ng" are typed."""
    last = places[-1]
    if letters[last] == "o" and last > 0 and letters[last - 1] == "u" and letters[:1] != ["q"]:
        letters[last - 1] += _HORN
    letters[last] += _BREVE if letters[last] == "a" else _HORN


def _spelled(letters: list[str], tone: str) -> str | None:
    """The syllable with its tone on the letter that carries it."""
    from index.terms import syllables

    bare = unicodedata.normalize("NFC", "".join(letters))
    if bare.endswith(
        "ươ"
    ):  # "thuowr" is "thuở"; only with a letter behind it, as in "duowngf", are both meant
        bare = f"{bare[:-2]}uơ"
    vowels = [at for at, letter in enumerate(bare) if unicodedata.normalize("NFD", letter)[0] in _VOWELS]
    for at in vowels:
        toned = unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])
        if parse(toned) is not None:
            [[spelled]] = syllables(toned)
            return spelled
    return None
