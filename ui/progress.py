"""Progress bars on stderr, where they never mix with a result."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

errors = Console(stderr=True, soft_wrap=True, highlight=False)
"""Where messages go."""


class IndexingBars:
    """Bars while an index is built, files read and passages embedded with their rate, and while it is asked.

    :param quiet: show nothing, for programs that read stderr.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=errors,
            disable=quiet or not errors.is_terminal,
            transient=True,
        )
        self._files = self._bars.add_task("Reading articles", total=None, rate="")
        self._passages = self._bars.add_task("Embedding passages", total=0, rate="")

    def __enter__(self) -> IndexingBars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def files(self, *, done: int = 0, total: int | None = None) -> None:
        """Files were read."""
        self._bars.update(self._files, advance=done, total=total)

    def passages(self, *, done: int = 0, found: int = 0) -> None:
        """Passages were embedded, or found."""
        task = self._bars.tasks[self._passages]
        rate = f"{task.speed:.0f} a second" if task.speed else ""
        total = (task.total or 0) + found if found else None  # no change: they are found by one thread, and
        self._bars.update(self._passages, advance=done, total=total, rate=rate)  # embedded by another

    def asking(self, *, total: int) -> Callable[[int], object]:
        """One more bar, for questions; call what it gives with the number asked."""
        task = self._bars.add_task("Asking", total=total, rate="")
        return lambda done: self._bars.update(task, advance=done)


@contextmanager
def counting(description: str, *, total: int, quiet: bool = False) -> Iterator[Callable[[int], object]]:
    """One bar; call what it gives with the number of steps done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
        disable=quiet or not errors.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(description, total=total)
        yield lambda done: bar.advance(task, done)
