"""An English question → the same with the tone marks of the Vietnamese names in it: "in Vinh Tra" is "in Vĩnh Trà".

A name is what the passages found mostly write with capitals.  No other word is touched, as "the", "in" and "can" would
be Vietnamese that lacks its marks: what is typed in lower case is a name only if two of its words are no English.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from index.terms import fold, has_tone_marks, spelled, words
from qa.english import is_english_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_BEGIN = re.compile(r"(?:^|(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Prof)[.!?:]\s)\W*$")
"""What stands before the first word of a sentence."""
_LONGEST = 7  # words of a name


def restore_names(question: str, texts: Iterable[str]) -> str:
    """The English question with the marks of its names, as the texts write them.

    :param texts: what the question found, with marks.

    >>> texts = ["Giá nước ở Hưng Phú do ông Lê Thế Hiền công bố, có thể tăng."]
    >>> restore_names("When did Le The Hien raise the price in hung phu?", texts)
    'When did Lê Thế Hiền raise the price in Hưng Phú?'
    """
    matches = list(_WORD.finditer(question))
    typed = [match[0] for match in matches]
    ends = [_end_of_run(question, matches, at) for at in range(len(matches))]
    runs = [(at, end) for at, last in enumerate(ends) for end in range(last, at, -1)]
    spellings = _spellings(texts, {_folded(typed[at:end]) for at, end in runs})
    parts, read = [], 0
    place = 0
    for at, end in runs:
        name = _name(typed[at:end], spellings.get(_folded(typed[at:end]), ())) if at >= place else ()
        if not name or (end == at + 1 and _BEGIN.search(question, 0, matches[at].start())):
            continue
        for match, word in zip(matches[at:end], name, strict=True):
            parts += [question[read : match.start()], word.upper() if match[0].isupper() else word]
            read = match.end()
        place = end
    return "".join([*parts, question[read:]])


def _end_of_run(question: str, matches: Sequence[re.Match[str]], at: int) -> int:
    """The number behind the last of the words from one on that only blanks part, of no more than a name has."""
    end = at + 1
    while (
        end < min(len(matches), at + _LONGEST)
        and question[matches[end - 1].end() : matches[end].start()].isspace()
    ):
        end += 1
    return end


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(spelled(word)) for word in words)


def _spellings(texts: Iterable[str], wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """How the texts mostly write each of some runs of folded words; one word only where it begins no sentence."""
    found: defaultdict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for sentence in (sentence for text in texts for sentence in words(text)):
        folded = _folded(sentence)
        sentence = [word.capitalize() if word.isupper() else word for word in sentence]  # as in headings
        for at in range(len(sentence)):
            for end in range(at + 1 if at else at + 2, min(len(sentence), at + _LONGEST) + 1):
                if folded[at:end] in wanted:
                    found[folded[at:end]][tuple(sentence[at:end])] += 1
    return {run: max(counts, key=lambda run: (counts[run], run)) for run, counts in found.items()}


def _name(typed: Sequence[str], spelled: Sequence[str]) -> Sequence[str]:
    """The spelling of typed words if they are a name in it; nothing where they are none, or have marks."""
    if not spelled or any(map(has_tone_marks, typed)):
        return ()
    foreign = sum(not is_english_word(word) for word in typed)
    capitals = [word[0].isupper() for word in typed]
    if not any(capitals):
        named = foreign > 1 and all(word[0].isupper() for word in spelled)
    else:
        alike = capitals == [word[0].isupper() for word in spelled]
        named = alike and capitals[0] and (foreign > 0 or sum(capitals) > 1)
        named = named and (capitals[-1] or not is_english_word(typed[-1]))
    return spelled if named else ()
