"""What an index costs by its size: opening, memory, searching, adding and deleting, beside other libraries.

    python -m benchmarks.scale [--sizes 1000 10000 100000] [--data FOLDER] [--scratch FOLDER] [--plot FILE.svg]

Collections are made with a seed: see :mod:`benchmarks.made_collection`, also for what is real about their vectors.
A million passages (``--sizes 1000000``) take a quarter of an hour and 12 GB of disk.  The encoder is left out of
searching: its time is printed apart.  A question is timed by the processor time of the thread that answers it, which
other work on the machine changes little; the rest by the clock and, in brackets, by processor time.  Peers score the
same terms and vectors in the same run, one question at a time: FAISS's flat index; bm25s and rank_bm25 up to 10,000
passages, beyond that see :mod:`benchmarks.bm25`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import faiss
import numpy as np
import rank_bm25
from numpy.typing import NDArray

from benchmarks.made_collection import Maker, Sources
from benchmarks.scale_table import Figures, Spent, plot, print_head, print_row
from index.build import build_index
from index.encoder import Encoder, load_encoder
from index.fusion import ranking
from index.generation import Generation
from index.search import Index
from index.terms import question_terms, term_ids

QUESTIONS = 200
DEPTH = 100  # candidates of either side, as in a search
ADDED = 10
_ADDED_PASSAGES = 3  # of each article that is added
_LARGEST = {"bm25s": 10_000, "rank_bm25": 10_000}


class TimedEncoder:
    """An encoder that remembers questions, and how long it took to make everything else."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._remembered: dict[str, NDArray[np.float32]] = {}
        self.seconds = 0.0
        self.identity = encoder.identity
        self.dimension = encoder.dimension
        self.max_tokens = encoder.max_tokens

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._encoder, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            started = time.process_time()
            try:
                return method(*arguments, **options)
            finally:
                self.seconds += time.process_time() - started

        return timed

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of questions; the second time they cost nothing."""
        for text in texts:
            if text not in self._remembered:
                started = time.process_time()
                self._remembered[text] = self._encoder.encode_questions([text])[0]
                self.seconds += time.process_time() - started
        return np.stack([self._remembered[text] for text in texts])


def measure(size: int, *, maker: Maker, scratch: Path, seed: int) -> Figures:
    """Make a collection of this size, and everything that the table tells of it.

    :raises ValueError: what was added is not found, or what was deleted is.
    """
    random = np.random.default_rng(seed)
    encoder = TimedEncoder(load_encoder())
    sources = maker.sources
    questions = sources.asked(QUESTIONS, random=random)
    figures = Figures(size)
    maker.make(scratch, size=size, random=random)

    figures.written = Spent.on(lambda: _index(scratch, encoder))
    (generation,) = (scratch / "index" / "generations").iterdir()
    figures.disk = sum(path.stat().st_size for path in generation.rglob("*") if path.is_file())
    (scratch / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    asked = [sys.executable, "-m", "benchmarks.scale", "--ask", str(scratch)]
    figures.asking = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    figures.peers = _peers(scratch, questions, encoder)

    for number in range(ADDED):
        drawn = random.integers(len(sources.sentences), size=(_ADDED_PASSAGES, 4))
        text, _ = sources.article(drawn, number=10_000_000 + number)
        (scratch / "articles" / f"moi-{number}.txt").write_text(text, encoding="utf-8")
    encoder.seconds = 0.0
    figures.added = Spent.on(lambda: _index(scratch, encoder))
    figures.embedding = encoder.seconds
    (scratch / "articles" / "moi-3.txt").unlink()
    figures.deleted = Spent.on(lambda: _index(scratch, encoder))
    opened = Index.open(scratch / "index", load=lambda _: encoder)
    found = {hit.article.id for hit in opened.search("Bài số 10000004", k=10)}
    if not (opened.article("moi-3.txt") is None and "moi-4.txt" in found):
        raise ValueError("what was added is not found, or what was deleted is")
    opened.close()
    return figures


def _index(scratch: Path, encoder: Encoder) -> None:
    build_index([scratch / "articles"], index=scratch / "index", load=lambda _: encoder)


def ask(scratch: Path) -> dict[str, float]:
    """Open the index in this process, search, and tell what it took."""
    questions = json.loads((scratch / "questions.json").read_text(encoding="utf-8"))
    load_encoder()  # its libraries take a while to import, whatever the size
    encoder = TimedEncoder(load_encoder())
    empty = _memory()
    started = time.perf_counter()
    opened = Index.open(scratch / "index", load=lambda _: encoder)
    open_seconds = time.perf_counter() - started
    for question in questions:
        opened.search(question, k=8)  # warm, and every vector remembered
    question_seconds = encoder.seconds / len(questions)
    searches = [_seconds(partial(opened.search, question, k=8)) for question in questions]
    memory, private = _memory(), _memory("RssAnon")

    state = Generation.open_current(scratch / "index")
    ids = [term_ids(question_terms(question)) for question in questions]
    vectors = encoder.encode_questions(questions)

    def best_by_bm25(terms: NDArray[np.uint64]) -> object:
        return ranking(state.bm25.scores(terms), k=DEPTH)

    bm25 = [_seconds(partial(best_by_bm25, i)) for i in ids]
    dense = [_seconds(partial(state.dense.search, v, DEPTH)) for v in vectors]
    exact = state.parts[0].vectors
    recalls = [
        len(set(state.dense.search(v, DEPTH)[:10]) & set(ranking(exact.exact @ v, k=10))) / 10
        for v in vectors
    ]
    return {
        "open": open_seconds,
        "memory": memory,
        "private": private,
        "memory before": empty,
        "p50": median(searches),
        "p95": float(np.quantile(searches, 0.95)),
        "bm25": median(bm25),
        "dense": median(dense),
        "recall@10": float(np.mean(recalls)),
        "encoder": question_seconds,
    }


def _memory(name: str = "VmHWM") -> int:
    """Bytes that the system says this process has: the most that was ever resident, mapped files included."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(kilobytes) * 1024


def _peers(scratch: Path, questions: Sequence[str], encoder: Encoder) -> dict[str, float]:
    """Median seconds of a question for each library that is feasible at this size."""
    state = Generation.open_current(scratch / "index")
    size = len(state)
    vectors = encoder.encode_questions(questions)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(state.parts[0].vectors.exact)
    faiss.omp_set_num_threads(1)
    found = {"FAISS flat": median(_seconds(partial(flat.search, v[None], DEPTH)) for v in vectors)}
    ids = [[str(term) for term in term_ids(question_terms(question))] for question in questions]
    engines: dict[str, Callable[[list[list[str]]], Callable[[list[str]], object]]] = {"rank_bm25": _rank_bm25}
    if find_spec("bm25s"):
        engines["bm25s"] = _bm25s
    wanted = [name for name in engines if size <= _LARGEST[name]]
    passages = _terms_of(state) if wanted else []
    for name in wanted:
        scorer = engines[name](passages)
        asked = ids if name == "bm25s" else ids[: max(5, 200_000 // size)]
        found[name] = median(_seconds(partial(scorer, q)) for q in asked)
    return found


def _terms_of(state: Generation) -> list[list[str]]:
    """The terms of every passage, repeated as often as they occur, out of the postings."""
    postings = state.parts[0].postings
    terms = np.repeat(np.arange(len(postings.term_ids)), postings.frequencies)
    order = np.argsort(postings.rows, kind="stable")
    times = postings.counts[order]
    names = np.array([str(term) for term in postings.term_ids], dtype=object)
    repeated = names[np.repeat(terms[order], times)]
    ends = np.cumsum(postings.lengths)[:-1]
    return [of_passage.tolist() for of_passage in np.split(repeated, ends)]


def _rank_bm25(passages: list[list[str]]) -> Callable[[list[str]], object]:
    engine = rank_bm25.BM25Okapi(passages)
    return lambda question: ranking(engine.get_scores(question), k=DEPTH)


def _bm25s(passages: list[list[str]]) -> Callable[[list[str]], object]:
    import bm25s

    engine = bm25s.BM25(method="atire", k1=1.5, b=0.75)
    engine.index(passages, show_progress=False)
    return lambda question: ranking(engine.get_scores(question), k=DEPTH)


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description="what an index costs by its size")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--data", type=Path, help="folder of .jsonl.gz files with contexts and questions")
    parser.add_argument("--scratch", type=Path, help="folder on a disk with room; a temporary one by default")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.ask:
        print(json.dumps(ask(arguments.ask)))
        return
    maker = Maker(Sources.read(arguments.data), load_encoder())
    rows = []
    print_head()
    for size in arguments.sizes:
        scratch = Path(tempfile.mkdtemp(dir=arguments.scratch))
        try:
            rows.append(measure(size, maker=maker, scratch=scratch, seed=arguments.seed))
        finally:
            shutil.rmtree(scratch)
        print_row(rows[-1])
    if arguments.plot:
        plot(rows, arguments.plot)


if __name__ == "__main__":
    main()
