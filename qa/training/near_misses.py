"""Questions made wrong for their passage: another year, number, office or name than the passage speaks of.

The reader meets such questions all the time: an index holds the right organisation in another year, or another
organisation in the same year.  A question that was answered by its passage is changed in one place, to
something that the passage does not mention; the passage no longer answers it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.training.reading_data import ReadingExample

NUMBER = re.compile(r"(?<![\d.,/-])\d{1,4}(?![\d.,/-]*\d)")
NAME = re.compile(r"(?<=\s)[^\W\d_a-zà-ỹđ]\w+(?: [^\W\d_a-zà-ỹđ]\w+)+")
"""Two or more capitalised words, not at the start of the question."""
OFFICES = (
    ("chủ tịch", "phó chủ tịch"),
    ("giám đốc", "phó giám đốc"),
    ("bí thư", "phó bí thư"),
    ("hiệu trưởng", "phó hiệu trưởng"),
    ("trưởng phòng", "phó trưởng phòng"),
    ("bộ trưởng", "thứ trưởng"),
    ("thủ tướng", "tổng thống"),
)


def near_misses(
    examples: Sequence[ReadingExample], *, share: float, draw: random.Random
) -> Iterator[ReadingExample]:
    """Yield a changed copy of answerable Vietnamese questions, where one of them can be changed.

    :param share: of the answerable examples that are tried.
    """
    usable = [example for example in examples if example.answers and example.language == "vi"]
    named: dict[str, dict[str, None]] = {}
    for example in usable:
        named.setdefault(example.title, {}).update(dict.fromkeys(NAME.findall(example.question)))
    everywhere = list(dict.fromkeys(name for names in named.values() for name in names))
    for example in usable:
        if draw.random() < share:
            names = list(named[example.title]) if example.title else []
            changed = (
                _other_number(example, draw),
                _other_office(example, draw),
                _other_name(example, draw, names if len(names) > 1 else everywhere),
            )
            if questions := [question for question in changed if question is not None]:
                yield replace(example, question=draw.choice(questions), answers=())


def _other_number(example: ReadingExample, draw: random.Random) -> str | None:
    found = [match for match in NUMBER.finditer(example.question) if match[0] in example.passage]
    if not found:
        return None
    match = draw.choice(found)
    step = draw.choice([-7, -3, -2, -1, 1, 2, 3, 7])
    other = str(max(1, int(match[0]) + step))
    if other in example.passage or other == match[0]:
        return None
    return example.question[: match.start()] + other + example.question[match.end() :]


def _other_office(example: ReadingExample, draw: random.Random) -> str | None:
    passage = example.passage.casefold()
    for pair in draw.sample(OFFICES, len(OFFICES)):
        for old, new in (pair, pair[::-1]):
            match = re.search(rf"(?<!phó )(?<!tổng )\b{old}\b", example.question, re.IGNORECASE)
            if match and new not in passage:
                return example.question[: match.start()] + new + example.question[match.end() :]
    return None


def _other_name(example: ReadingExample, draw: random.Random, names: Sequence[str]) -> str | None:
    found = [match for match in NAME.finditer(example.question) if match[0] in example.passage]
    if not found or not names or (other := draw.choice(names)) in example.passage:
        return None
    match = draw.choice(found)
    return example.question[: match.start()] + other + example.question[match.end() :]
