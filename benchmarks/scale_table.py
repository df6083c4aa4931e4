"""The figures of :mod:`benchmarks.scale` → the table that is printed, and the plot of cost against size."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spent:
    """What a piece of work took, in seconds by the clock and of processors."""

    clock: float
    processor: float

    @classmethod
    def on(cls, work: Callable[[], object]) -> Spent:
        """Do it and tell."""
        clock, processor = time.perf_counter(), time.process_time()
        work()
        return cls(time.perf_counter() - clock, time.process_time() - processor)

    def __str__(self) -> str:
        return f"{self.clock:.1f} ({self.processor:.1f})"


@dataclass(slots=True)
class Figures:
    """One row of the table; seconds and bytes."""

    passages: int
    written: Spent = Spent(0, 0)
    disk: int = 0
    asking: dict[str, float] = field(default_factory=dict)
    peers: dict[str, float] = field(default_factory=dict)
    added: Spent = Spent(0, 0)
    embedding: float = 0.0
    deleted: Spent = Spent(0, 0)


def print_head() -> None:
    """The names of the columns."""
    names = [
        "passages",
        "open s",
        "MB",
        "private",
        "p50 ms",
        "p95 ms",
        "BM25 ms",
        "vectors ms",
        "recall@10",
        "disk MB",
    ]
    print("".join(f"{name:>11}" for name in names), end="")
    print(
        "".join(f"{name:>16}" for name in ["write s", "add 10 s", "delete 1 s"]),
        "  encoder; others",
        flush=True,
    )


def print_row(row: Figures) -> None:
    """The figures of one size, and what peers take in multiples of our side."""
    of = row.asking
    cells = [f"{row.passages:,}", f"{of['open']:.2f}", f"{of['memory'] / 1e6:.0f}"]
    cells += [f"{of['private'] / 1e6:.0f}"]
    cells += [f"{of[name] * 1e3:.1f}" for name in ("p50", "p95", "bm25", "dense")]
    cells += [f"{of['recall@10']:.3f}", f"{row.disk / 1e6:.0f}"]
    spent = (row.written, row.added, row.deleted)
    ours = {"FAISS flat": of["dense"], "bm25s": of["bm25"], "rank_bm25": of["bm25"]}
    others = [f"{name} {seconds / ours[name]:.2f}×" for name, seconds in row.peers.items()]
    others.insert(0, f"{of['encoder'] * 1e3:.1f} ms a question, {row.embedding:.1f} s of adding")
    print("".join(f"{cell:>11}" for cell in cells), end="")
    print("".join(f"{one!s:>16}" for one in spent), f"  {'; '.join(others)}", flush=True)


def plot(rows: Sequence[Figures], path: Path) -> None:
    """Cost against size, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "hoidap"  # the same figures give the same file
    from matplotlib import pyplot

    sizes = [row.passages for row in rows]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for name, key in (("search, p50", "p50"), ("of which BM25", "bm25"), ("of which vectors", "dense")):
        left.plot(sizes, [row.asking[key] * 1e3 for row in rows], "o-", label=name)
    flat = [row.peers["FAISS flat"] * 1e3 for row in rows]
    left.plot(sizes, flat, "--", color="gray", label="FAISS flat alone")
    left.set(xscale="log", yscale="log", xlabel="passages", ylabel="ms a question", title="Searching")
    for name, seconds in (
        ("open", [row.asking["open"] for row in rows]),
        ("add 10 articles", [row.added.processor for row in rows]),
        ("delete 1", [row.deleted.processor for row in rows]),
        ("write all again", [row.written.processor for row in rows]),
    ):
        right.plot(sizes, seconds, "o-", label=name)
    right.set(xscale="log", yscale="log", xlabel="passages", ylabel="s", title="Keeping")
    for axes in (left, right):
        axes.legend(frameon=False, fontsize=8)
        axes.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None})
