"""The same questions over the same passages, in a folder of this machine and in Milvus, side by side in one run.

    python -m benchmarks.engines DATA/viqa/dev.jsonl.gz --distractors DATA/viqa/train.jsonl.gz [--uri URI]

Prints recall and time of each engine, how many of its hits differ from those of the folder, how fast it was written,
and the bytes that a passage takes, from which docs/scale.md is worked out.  Each text is encoded once for all
engines.  Without ``--uri`` Milvus Lite is asked, which is Python: its times say nothing about a cluster.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.build import build_index
from index.encoder import Encoder, load_encoder
from index.engine import Engine, open_engine
from index.milvus.build import build_collection
from index.milvus.database import Database
from index.milvus.layout import Layout
from index.milvus.place import Place
from index.milvus.schema import ARTICLES, PASSAGES, SHORT_FORMS, TERMS
from qa.evaluation import evaluate_engine
from qa.examples import Example, read_examples, write_contexts

_COMPARED = 8  # hits that the reader would read


@dataclass(slots=True)
class OnceEncoder:
    """An encoder that encodes each passage once, however many engines ask for it."""

    inner: Encoder
    seen: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    seconds: float = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """The vectors, new ones made and timed."""
        started = time.perf_counter()
        missing = [text for text in dict.fromkeys(texts) if text not in self.seen]
        self.seen |= zip(missing, self.inner.encode_passages(missing, progress=progress), strict=True)
        self.seconds += time.perf_counter() - started
        vectors = np.empty((len(texts), self.inner.dimension), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.seen[text]
        return vectors


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine.

    :ivar figures: of retrieval.
    :ivar written: passages a second, encoding left out.
    :ivar asked: seconds for each search, one question at a time.
    :ivar hits: the places of the first hits of each question.
    :ivar order: whether they are compared in order.
    """

    name: str
    figures: dict[str, Any]
    written: float
    asked: list[float]
    hits: list[tuple[tuple[str, int], ...]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--distractors", type=Path, nargs="*", default=[])
    parser.add_argument("--uri", help="of a Milvus server; Milvus Lite by default")
    parser.add_argument("--layouts", nargs="*", default=["{}", '{"bm25": "function"}'])
    parser.add_argument("--questions", type=int, help="only the first so many")
    options = parser.parse_args()
    examples = read_examples(options.data)
    others = [example for path in options.distractors for example in read_examples(path)]
    asked = [example for example in examples if example.answers][: options.questions]
    with tempfile.TemporaryDirectory() as scratch:
        compare(asked, [*examples, *others], Path(scratch), uri=options.uri, layouts=options.layouts)


def compare(
    asked: Sequence[Example],
    examples: Sequence[Example],
    folder: Path,
    *,
    uri: str | None,
    layouts: Sequence[str],
    encoder: OnceEncoder | None = None,
) -> None:
    """Build, ask and print each engine in turn."""
    path, contexts = write_contexts(examples, folder)
    encoder = encoder or OnceEncoder(load_encoder())

    def load(_: str | None) -> Encoder:
        return encoder

    local = folder / "index"
    took = _seconds(lambda: build_index([path], index=local, load=load), encoder)
    print(
        f"{len(encoder.seen)} passages encoded, {len(encoder.seen) / max(encoder.seconds, 1e-9):.1f} a second"
    )
    base = _measure("folder", open_engine(local), took, asked, contexts)
    _show(base, base)
    for number, text in enumerate(layouts):
        place = Place(uri or str(folder / f"engine{number}.db"), f"benchmark{number}")
        layout = Layout.read(text)

        def build(place: Place = place, layout: Layout = layout) -> object:
            return build_collection([path], place=place, rebuild=True, layout=layout, load=load)

        took = _seconds(build, encoder)
        engine = open_engine(place)
        _show(_measure(f"Milvus {text}", engine, took, asked, contexts), base)
        engine.close()
        _show_bytes(place)


def _seconds(build: Callable[[], object], encoder: OnceEncoder) -> float:
    """How long a build took beside the encoding."""
    before, started = encoder.seconds, time.perf_counter()
    build()
    return time.perf_counter() - started - (encoder.seconds - before)


def _measure(
    name: str, engine: Engine, took: float, asked: Sequence[Example], contexts: dict[str, str]
) -> Measured:
    times, hits = [], []
    for example in asked:
        started = time.perf_counter()
        found = engine.search(example.question, k=_COMPARED)
        times.append(time.perf_counter() - started)
        hits.append(tuple((hit.article.id, hit.start) for hit in found))
    figures = evaluate_engine(asked, engine, contexts=contexts).figures
    return Measured(name, figures, len(engine) / took, times, hits)


def _show(measured: Measured, base: Measured) -> None:
    same = sum(ours == theirs for ours, theirs in zip(measured.hits, base.hits, strict=True))
    first = sum(ours[:1] == theirs[:1] for ours, theirs in zip(measured.hits, base.hits, strict=True))
    p50, p95 = np.percentile(measured.asked, [50, 95]) * 1000
    print(f"\n{measured.name}")
    print("  " + "  ".join(f"{name} {value}" for name, value in measured.figures.items()))
    print(f"  of {len(base.hits)} questions the same first hit {first}, the same {_COMPARED} in order {same}")
    print(f"  search p50 {p50:.1f} ms, p95 {p95:.1f} ms; written {measured.written:.0f} passages a second")


def _show_bytes(place: Place) -> None:
    """What a passage takes, over all passages."""
    database = Database.connect(place)
    passages = database.count(PASSAGES)
    sizes: dict[str, float] = {}
    for name, fields in (
        (PASSAGES, ("id", "named", "sentences", "vector")),
        (ARTICLES, ("id", "title", "source", "pieces")),
        (SHORT_FORMS, ("short", "long", "folded_short", "folded_long")),
    ):
        for row in database.every(name, fields=fields):
            for field_name, size in _sizes(row):
                sizes[f"{name}.{field_name}"] = sizes.get(f"{name}.{field_name}", 0.0) + size
    # a posting is a dimension and a weight, four bytes each
    postings = sum(row["count"] for row in database.every(TERMS, fields=["count"]))
    sizes[f"{PASSAGES}.weights"] = 8.0 * postings
    print("  bytes a passage: " + ", ".join(f"{name} {size / passages:.0f}" for name, size in sizes.items()))
    for name in (ARTICLES, TERMS, SHORT_FORMS):
        print(f"  rows of {name} a passage: {database.count(name) / passages:.2f}")
    database.close()
    if place.file is not None:
        disk = sum(path.stat().st_size for path in place.file.rglob("*") if path.is_file())
        print(f"  on disk in Milvus Lite: {disk / passages:.0f} bytes a passage")


def _sizes(row: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for name, value in row.items():
        if name == "vector":
            yield name, 4 * len(value)
        elif isinstance(value, str):
            yield name, len(value.encode())
        elif name == "pieces":
            yield name, sum(len(piece.encode()) for piece in value)
        elif name == "sentences":
            yield name, 8 * len(value)


if __name__ == "__main__":
    main()
