"""Teach an encoder to read text without tone marks as it reads the same text with them.

    python -m qa.training.unmark --model build/encoder/model --data DATA --output build/encoder-unmarked

The encoder is its own teacher: what it makes of a marked text, syllable by syllable and as a whole, is what its copy
must make of the text without marks.  Each syllable is a target of its own, so a step teaches far more than a question
paired with a passage does.  Needs no questions and no answers, only text.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.training.data import distinct_contexts
from qa.training.questions import strip_marks
from qa.training.train_encoder import load_trainable, training_examples

LONGEST = 80
"""Words of a stretch of a paragraph."""
MOST_WORDS = 1000
"""More than any text has, so that a word's number tells its text."""
LEFT_MARKED = 0.2
"""Share of the texts that the student sees as typed, so that it does not forget them."""


@dataclass(frozen=True, slots=True)
class Side:
    """A padded batch as one of the two models sees it.

    :ivar ids: (texts, tokens) int64.
    :ivar mask: (texts, tokens), 1 for tokens and 0 for padding.
    :ivar words: (texts, tokens) int64, the number of each token's word over the batch; 0 for none.
    """

    ids: Tensor
    mask: Tensor
    words: Tensor


def stretches(data: Path) -> list[str]:
    """Return the training questions and stretches of the training paragraphs, with E5's prefixes."""
    examples = training_examples(data)
    texts = [f"query: {question}" for question in dict.fromkeys(example.question for example in examples)]
    for context in distinct_contexts(examples):
        words = context.split()
        texts += [f"passage: {' '.join(words[i : i + LONGEST])}" for i in range(0, len(words), LONGEST)]
    return texts


def make_batches(texts: Sequence[str], *, words: int, random_: random.Random) -> Iterator[list[str]]:
    """Yield batches of texts of like length, each of about so many words, in random order."""
    order = sorted(texts, key=lambda text: (len(text.split()), random_.random()))
    batches: list[list[str]] = [[]]
    for text in order:
        if (len(batches[-1]) + 1) * len(text.split()) > words:
            batches.append([])
        batches[-1].append(text)
    random_.shuffle(batches)
    yield from batches


def collate(tokenizer: Tokenizer, texts: Sequence[str], *, device: str | torch.device = "cpu") -> Side:
    """Tokenise and pad; words are what blanks separate, the same whether tone marks are there or not."""
    encodings = tokenizer.encode_batch(list(texts))
    length = max(len(encoding.ids) for encoding in encodings)
    ids = torch.ones(len(texts), length, dtype=torch.long)
    mask = torch.zeros(len(texts), length, dtype=torch.long)
    words = torch.zeros(len(texts), length, dtype=torch.long)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding.ids)] = 1
        numbers = [0 if word is None else 1 + row * MOST_WORDS + word for word in encoding.word_ids]
        words[row, : len(numbers)] = torch.tensor(numbers)
    return Side(ids.to(device), mask.to(device), words.to(device))


def word_means(hidden: Tensor, side: Side, numbers: Tensor) -> Tensor:
    """Return the mean hidden state of each word, (words, hidden), for ascending word numbers."""
    flat, words = hidden.flatten(0, 1), side.words.flatten()
    places = torch.searchsorted(numbers, words).clamp(max=len(numbers) - 1)
    inside = (numbers[places] == words).to(flat.dtype)
    total = torch.zeros(len(numbers), flat.shape[1], device=flat.device).index_add(
        0, places, flat * inside[:, None]
    )
    count = torch.zeros(len(numbers), device=flat.device).index_add(0, places, inside)
    return total / count[:, None].clamp(min=1)


def text_means(hidden: Tensor, side: Side) -> Tensor:
    """Return the mean over tokens at unit length, (texts, hidden)."""
    total = (hidden * side.mask[..., None]).sum(dim=1)
    return nn.functional.normalize(total, dim=1)


def relative_error(given: Tensor, wanted: Tensor) -> Tensor:
    """Return the squared error as a share of the variance of what is wanted: 1 for always saying the mean."""
    return (given - wanted).square().sum() / (wanted - wanted.mean(dim=0)).square().sum().clamp(min=1e-6)


def distil_step(student: nn.Module, teacher: nn.Module, seen: Side, known: Side) -> Tensor:
    """Return the loss of one batch: words and whole texts, weighed alike."""
    with torch.autocast(seen.ids.device.type, dtype=torch.bfloat16):
        with torch.no_grad():
            wanted = teacher(input_ids=known.ids, attention_mask=known.mask).last_hidden_state.float()
        given = student(input_ids=seen.ids, attention_mask=seen.mask).last_hidden_state.float()
    numbers = torch.unique(known.words[known.words > 0])
    numbers = numbers[torch.isin(numbers, seen.words)]
    words = relative_error(word_means(given, seen, numbers), word_means(wanted, known, numbers))
    return words + relative_error(text_means(given, seen), text_means(wanted, known))


def train(arguments: argparse.Namespace) -> None:
    """Train the copy, with a checkpoint every hundred steps, and save it as a sentence-transformers folder."""
    torch.set_flush_denormal(True)
    torch.manual_seed(arguments.seed)
    model = load_trainable(arguments.model)
    student = cast(nn.Module, model[0].auto_model)
    teacher = copy.deepcopy(student).train(False)
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    tokenizer.no_padding()  # collate pads, and masks what it pads
    tokenizer.enable_truncation(256)
    optimiser = torch.optim.AdamW((p for p in student.parameters() if p.requires_grad), lr=arguments.rate)
    warmup = max(1, arguments.steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / warmup, (arguments.steps - step) / (arguments.steps - warmup)),
    )
    parts: dict[str, Any] = {"student": student, "optimiser": optimiser, "schedule": schedule}
    arguments.output.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.output / "checkpoint.pt"
    done = resume(checkpoint, parts)
    student.train()
    for step, texts in enumerate(islice(endless(arguments), done, arguments.steps), start=done):
        random_ = random.Random(arguments.seed * 1_000_003 + step)
        seen = [text if random_.random() < LEFT_MARKED else unmarked(text, random_) for text in texts]
        sides = (collate(tokenizer, some, device=model.device) for some in (seen, texts))
        loss = distil_step(student, teacher, *sides)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % 10 == 9:
            print(f"step {step + 1} of {arguments.steps}: loss {loss.item():.3f}", flush=True)
        if step % 100 == 99:
            torch.save(
                {**{name: part.state_dict() for name, part in parts.items()}, "done": step + 1}, checkpoint
            )
    student.train(False)
    model.max_seq_length = 512
    model.save_pretrained(str(arguments.output / "model"), create_model_card=False)


def resume(checkpoint: Path, parts: Mapping[str, Any]) -> int:
    """Load what an interrupted run has saved, and return how many steps it had done; 0 for none."""
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    for name, part in parts.items():
        part.load_state_dict(state[name])
    done: int = state["done"]
    return done


def endless(arguments: argparse.Namespace) -> Iterator[list[str]]:
    """Yield batches for ever, each pass over the texts in another order."""
    texts = stretches(arguments.data)
    random_ = random.Random(arguments.seed)
    while True:
        yield from make_batches(texts, words=arguments.words, random_=random_)


def unmarked(text: str, random_: random.Random) -> str:
    """Return the text without marks, a third of the time in lower case too; the number of words stays."""
    bare = strip_marks(text)
    return bare.lower() if random_.random() < 1 / 3 else bare


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="a float32 sentence-transformers folder")
    parser.add_argument("--data", type=Path, required=True, help="folder of the question data")
    parser.add_argument("--output", type=Path, default=Path("build/encoder-unmarked"))
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--words", type=int, default=5000, help="words of a batch, padding counted")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
