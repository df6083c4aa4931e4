"""What the files of a first load of Milvus cost: passages a second, bytes a passage, memory.

    python -m benchmarks.bulk [--passages 20000] [--data FOLDER] [--inserted 2000]

`hoidap index --engine milvus --bulk` over articles made of the sentences of ``corpus/`` (or of ``.jsonl.gz`` files in
FOLDER) with a seed: they are read, cut, counted and written as always, but their vectors are random, since encoding
is what everything else is small beside.  Their sentences repeat, which makes the files smaller than those of as many
real articles, by some percent: what is repeated is compressed only where it lies near.  Beside it the same first
passages are inserted into Milvus Lite, which is Python and says nothing about a cluster, from the files and without.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.made_collection import PASSAGES as OF_AN_ARTICLE
from benchmarks.made_collection import SENTENCES, Sources
from index.encoder import Encoder, load_encoder
from index.milvus.build import build_collection
from index.milvus.bulk import bulk_load
from index.milvus.part import Part
from index.milvus.place import Place
from index.milvus.schema import ARTICLES, FILES, PASSAGES, SHORT_FORMS, TERMS


class RandomEncoder:
    """An encoder whose vectors of passages are random unit rows, made in no time."""

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner
        self._random = np.random.default_rng(0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """A row a text."""
        rows = self._random.normal(size=(len(texts), self._inner.dimension)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


def main() -> None:
    """Make the articles, write them, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--data", type=Path, help="folder of .jsonl.gz files with contexts")
    parser.add_argument("--inserted", type=int, default=2_000, help="passages that Milvus Lite gets as well")
    parser.add_argument("--scratch", type=Path, help="folder on a disk with room; a temporary one by default")
    options = parser.parse_args()
    encoder = RandomEncoder(load_encoder())
    sources = Sources.read(options.data)
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        make(Path(scratch) / "articles", sources, passages=options.passages)
        written(Path(scratch), encoder)
        make(Path(scratch) / "fewer", sources, passages=options.inserted)
        inserted(Path(scratch), encoder)


def make(folder: Path, sources: Sources, *, passages: int) -> None:
    """Write articles with about so many passages, a thousand a folder."""
    random = np.random.default_rng(1)
    for number in range(max(1, passages // OF_AN_ARTICLE)):
        drawn = random.integers(len(sources.sentences), size=(OF_AN_ARTICLE, SENTENCES))
        text, _ = sources.article(drawn, number=number)
        path = folder / f"{number // 1_000:04}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def written(scratch: Path, encoder: RandomEncoder) -> None:
    """Write the files for a cluster, and tell how fast and how large."""
    spent = {"clock": 0.0, "processor": 0.0}
    write = Part.write

    def timed(*arguments: Any, **options: Any) -> Part:
        clock, processor = time.perf_counter(), time.process_time()
        part = write(*arguments, **options)
        spent["clock"] += time.perf_counter() - clock
        spent["processor"] += time.process_time() - processor
        return part

    clock, processor = time.perf_counter(), time.process_time()
    before = _most_memory()
    with patch.object(Part, "write", timed):
        report = bulk_load(
            [scratch / "articles"],
            place=Place("http://127.0.0.1:19530"),  # nobody is asked there
            folder=scratch / "bulk",
            load=lambda _: encoder,
        )
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    count = report.passages
    print(f"{count} passages of {report.articles} articles; by the clock (and of the processor) a second:")
    print(f"  read, cut, counted and written: {count / clock:.0f} ({count / processor:.0f})")
    print(f"  written alone: {count / spent['clock']:.0f} ({count / spent['processor']:.0f})")
    print(
        f"  most memory: {_most_memory() / 1e6:.0f} MB, {before / 1e6:.0f} MB before the first article was read"
    )
    held = sum(int(np.load(path)[1].sum()) for path in (scratch / "bulk").glob("*/counts.npy"))
    print(f"  different terms a passage: {held / count:.0f}")
    files = [path for path in (scratch / "bulk").rglob("*") if path.is_file()]
    for name in (PASSAGES, ARTICLES, SHORT_FORMS, FILES, TERMS):
        size = sum(path.stat().st_size for path in files if name in path.parts and path.suffix == ".parquet")
        print(f"  bytes a passage, {name}: {size / count:.0f}")
    others = sum(path.stat().st_size for path in files if path.suffix != ".parquet")
    print(f"  bytes a passage, of what Milvus does not read: {others / count:.0f}")
    parts = [path for path in files if path.name == "part.json"]
    print(
        f"  {len(parts)} parts, {len([path for path in files if path.suffix == '.parquet'])} files for Milvus"
    )


def inserted(scratch: Path, encoder: RandomEncoder) -> None:
    """Fill Milvus Lite from files that are there, and without files."""
    builds: dict[str, Callable[[], int]] = {
        "from the files": partial(_bulk, scratch, encoder, "a.db"),
        "by inserts, no files": partial(_insert, scratch, encoder, "b.db"),
    }
    for name, build in builds.items():
        if name == "from the files":
            _bulk(scratch, encoder, "warm.db")  # writes them
        clock = time.perf_counter()
        count = build()
        print(f"  into Milvus Lite {name}: {count / (time.perf_counter() - clock):.0f} passages a second")


def _bulk(scratch: Path, encoder: RandomEncoder, name: str) -> int:
    return bulk_load(
        [scratch / "fewer"],
        place=Place(str(scratch / name)),
        folder=scratch / "fewer-bulk",
        load=lambda _: encoder,
    ).passages


def _insert(scratch: Path, encoder: RandomEncoder, name: str) -> int:
    place = Place(str(scratch / name))
    return build_collection([scratch / "fewer"], place=place, load=lambda _: encoder).passages


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
