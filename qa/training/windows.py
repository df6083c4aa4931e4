"""Examples → token windows with the places of their answers, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from index.span import Span
from qa.reader import BEGIN, END, LONGEST_QUESTION, LONGEST_TITLE
from qa.training.reading_data import ReadingExample

PAD = 1
"""Token identifier of ``<pad>``."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens as the reader sees them.

    :ivar ids: ``<s> question </s> </s> title </s> passage </s>``, the title left out where there is none.
    :ivar first: place of the passage's first token.
    :ivar start: place of the answer's first token; 0 for no answer.
    :ivar end: place of its last token; 0 for no answer.
    """

    ids: tuple[int, ...]
    first: int
    start: int
    end: int


def cut_window(
    example: ReadingExample, tokenizer: Tokenizer, *, longest: int, draw: random.Random
) -> Window | None:
    """Cut one window out of an example, around one of its answers where it has any.

    :param longest: tokens of the window; longer passages lose tokens on a random side.
    :returns: nothing where the answer is no run of whole tokens or does not fit.
    """
    question, title, passage = tokenizer.encode_batch(
        [example.question, example.title, example.passage], add_special_tokens=False
    )
    head = [BEGIN, *question.ids[:LONGEST_QUESTION], END, END]
    if example.title:
        head += [*title.ids[:LONGEST_TITLE], END]
    room = longest - len(head) - 1
    place = _place(passage.offsets, draw.choice(example.answers)) if example.answers else None
    if example.answers and (place is None or place[1] - place[0] >= room):
        return None
    count = len(passage.ids)
    if place is None:
        left = draw.randint(0, max(0, count - room))
    else:
        least, most = max(0, place[1] + 1 - room), min(place[0], max(0, count - room))
        left = draw.randint(min(least, most), most)
    ids = (*head, *passage.ids[left : left + room], END)
    first = len(head)
    if place is None:
        return Window(ids, first, 0, 0)
    return Window(ids, first, first + place[0] - left, first + place[1] - left)


def batches(windows: Sequence[Window], *, tokens: int, draw: random.Random) -> list[list[Window]]:
    """Group windows of like length into batches of at most so many tokens, padding counted."""
    order = sorted(windows, key=lambda window: len(window.ids))
    grouped: list[list[Window]] = [[]]
    for window in order:
        if (len(grouped[-1]) + 1) * len(window.ids) > tokens and grouped[-1]:
            grouped.append([])
        grouped[-1].append(window)
    draw.shuffle(grouped)
    return grouped


def collate(windows: Sequence[Window], *, device: str) -> dict[str, Tensor]:
    """Pad to the longest: ``ids`` and ``mask`` (n, tokens), ``allowed`` (n, tokens), ``start``, ``end`` (n,)."""
    length = max(len(window.ids) for window in windows)
    ids = torch.full((len(windows), length), PAD, dtype=torch.long)
    mask = torch.zeros(len(windows), length, dtype=torch.long)
    allowed = torch.zeros(len(windows), length, dtype=torch.bool)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size] = torch.tensor(window.ids)
        mask[row, :size] = 1
        allowed[row, 0] = True
        allowed[row, window.first : size - 1] = True
    ends = {name: torch.tensor([getattr(w, name) for w in windows]) for name in ("start", "end")}
    named = {"ids": ids, "mask": mask, "allowed": allowed, **ends}
    return {name: value.to(device) for name, value in named.items()}


def stream(
    examples: Sequence[ReadingExample], tokenizer: Tokenizer, *, longest: range, tokens: int, seed: int
) -> Iterator[list[Window]]:
    """Yield batches of one pass over the examples in the order given, tokenised some thousand at a time."""
    draw = random.Random(seed)
    for begin in range(0, len(examples), 2048):
        cut = (
            cut_window(example, tokenizer, longest=draw.choice(longest), draw=draw)
            for example in examples[begin : begin + 2048]
        )
        yield from batches([window for window in cut if window], tokens=tokens, draw=draw)


def _place(offsets: Sequence[tuple[int, int]], answer: Span) -> tuple[int, int] | None:
    """First and last token that touch the answer."""
    inside = [
        number
        for number, (start, end) in enumerate(offsets)
        if start < answer.end and end > answer.start and end > start
    ]
    return (inside[0], inside[-1]) if inside else None
