"""Examples → token windows with the places of their answers, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from index.span import Span
from qa.reader import BEGIN, END, LONGEST_QUESTION, LONGEST_TITLE
from qa.training.reading_data import Passage, ReadingExample

PAD = 1
"""Token identifier of ``<pad>``."""


STEP = 32
"""Windows are padded to a multiple of so many tokens: oneDNN keeps memory for every shape that it meets."""


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


Group = tuple[Window, ...]
"""The windows of one question, of which the first may have its answer."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: identifiers, and where each starts and ends in the text, all (tokens,)."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def place(self, answer: Span) -> tuple[int, int] | None:
        """First and last token that touch the answer."""
        inside = (self.starts < answer.end) & (self.ends > answer.start) & (self.ends > self.starts)
        numbers = np.flatnonzero(inside)
        return (int(numbers[0]), int(numbers[-1])) if len(numbers) else None


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """Texts → tokens; those of titles and passages are kept, since each has many questions."""

    tokenizer: Tokenizer
    _kept: dict[str, Tokens] = field(default_factory=dict)

    def questions(self, texts: Sequence[str]) -> list[list[int]]:
        """Return identifiers only."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch(texts, add_special_tokens=False)]

    def passages(self, texts: Iterable[str]) -> list[Tokens]:
        """Tokenise what was not met before."""
        wanted = list(texts)
        new = [text for text in dict.fromkeys(wanted) if text not in self._kept]
        for text, encoding in zip(
            new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True
        ):
            offsets = np.array(encoding.offsets, np.int32).reshape(-1, 2)
            self._kept[text] = Tokens(np.array(encoding.ids, np.int32), offsets[:, 0], offsets[:, 1])
        return [self._kept[text] for text in wanted]


def cut_windows(
    examples: Sequence[ReadingExample], tokeniser: Tokeniser, *, longest: range, draw: random.Random
) -> list[Group]:
    """Cut a window out of the passage of each example, around one of its answers where it has any, and of its rivals.

    :param longest: tokens a window may have, drawn for each; longer passages lose tokens on a random side.
    :returns: none for an example whose answer is no run of whole tokens or does not fit.
    """
    questions = tokeniser.questions([example.question for example in examples])
    read = [[Passage(example.title, example.passage), *example.rivals] for example in examples]
    titles = iter(tokeniser.passages(passage.title for passages in read for passage in passages))
    texts = iter(tokeniser.passages(passage.text for passages in read for passage in passages))
    groups = []
    for example, question, passages in zip(examples, questions, read, strict=True):
        answers: Sequence[Span] = example.answers
        cut = []
        for _ in passages:
            size = draw.choice(longest)
            cut.append(_cut_window(question, next(titles), next(texts), answers, longest=size, draw=draw))
            answers = ()
        own, *rivals = cut
        if own:
            groups.append((own, *(window for window in rivals if window)))
    return groups


def _cut_window(
    question: Sequence[int],
    title: Tokens,
    passage: Tokens,
    answers: Sequence[Span],
    *,
    longest: int,
    draw: random.Random,
) -> Window | None:
    head = [BEGIN, *question[:LONGEST_QUESTION], END, END]
    if len(title.ids):
        head += [*title.ids[:LONGEST_TITLE].tolist(), END]
    room = longest - len(head) - 1
    place = passage.place(draw.choice(answers)) if answers else None
    if answers and (place is None or place[1] - place[0] >= room):
        return None
    count = len(passage.ids)
    if place is None:
        left = draw.randint(0, max(0, count - room))
    else:
        least, most = max(0, place[1] + 1 - room), min(place[0], max(0, count - room))
        left = draw.randint(min(least, most), most)
    ids = (*head, *passage.ids[left : left + room].tolist(), END)
    first = len(head)
    if place is None:
        return Window(ids, first, 0, 0)
    return Window(ids, first, first + place[0] - left, first + place[1] - left)


def batches(groups: Sequence[Group], *, tokens: int, draw: random.Random) -> list[list[Group]]:
    """Put groups of like length into batches of at most so many tokens, padding to the longest counted."""

    def length(group: Group) -> int:
        return max(len(window.ids) for window in group)

    made: list[list[Group]] = [[]]
    windows = 0
    for group in sorted(groups, key=length):
        windows += len(group)
        if windows * length(group) > tokens and made[-1]:
            made.append([])
            windows = len(group)
        made[-1].append(group)
    draw.shuffle(made)
    return made


def collate(groups: Sequence[Group]) -> dict[str, Tensor]:
    """Pad to the longest, in whole steps: ``ids`` and ``mask`` (n, tokens), ``allowed`` (n, tokens), ``start``, ``end``
    and ``group``, the number of each window's question (n,).
    """
    windows = [window for group in groups for window in group]
    length = -(-max(len(window.ids) for window in windows) // STEP) * STEP
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
    numbers = torch.tensor([number for number, group in enumerate(groups) for _ in group])
    return {"ids": ids, "mask": mask, "allowed": allowed, "group": numbers, **ends}


def stream(
    examples: Sequence[ReadingExample], tokeniser: Tokeniser, *, longest: range, tokens: int, seed: int
) -> Iterator[list[Group]]:
    """Yield batches of one pass over the examples in the order given, tokenised some thousand at a time."""
    draw = random.Random(seed)
    for begin in range(0, len(examples), 2048):
        groups = cut_windows(examples[begin : begin + 2048], tokeniser, longest=longest, draw=draw)
        yield from batches(groups, tokens=tokens, draw=draw)
