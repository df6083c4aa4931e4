"""Batches of articles → the same batches encoded, in their order, by several processes or by the machines of a Ray
cluster.

Every worker opens the encoder once and encodes one text at a time, on one core.  Articles travel to the workers;
nothing but the encoder's own files needs to be there.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from index.encoder import load_encoder
from index.encoding import EncodedArticle, encode_articles
from index.errors import ModelNotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from index.article import Article
    from index.encoder import Encoder

    Batches = Iterable[list[Article]]
    EncodedBatches = Iterator[list[EncodedArticle]]
    Load = Callable[[str | None], Encoder]

Workers = int | Literal["ray"]

_AHEAD = 2  # batches that wait for each process
_WINDOW = 256  # batches that Ray is given at a time


def read_workers(text: str) -> Workers:
    """What ``--workers`` was given.

    :raises UsageError: it is neither a number above 0 nor ``ray``.
    """
    if text == "ray":
        return "ray"
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"{text!r} is no number of workers: write --workers 4, or --workers ray.")
    return int(text)


def spread(
    batches: Batches, *, workers: Workers, encoder: str | None, load: Load = load_encoder
) -> EncodedBatches:
    """Encode batches.

    :param workers: how many processes on this machine, or ``ray`` for all cores of the Ray cluster.
    :param encoder: its name, as for :func:`index.encoder.load_encoder`.
    :param load: gives the encoder for a name; must be a function that a process can import.
    :raises ModelNotFound: Ray is not installed.
    """
    if workers == "ray":
        return _by_ray(batches, encoder=encoder, load=load)
    return _by_processes(batches, workers=workers, encoder=encoder, load=load)


_opened: Encoder | None = None


def _open(load: Load, name: str | None) -> None:
    global _opened
    _opened = load(name)


def _encode(batch: list[Article]) -> list[EncodedArticle]:
    assert _opened is not None
    return encode_articles(batch, _opened, together=1)


def _by_processes(batches: Batches, *, workers: int, encoder: str | None, load: Load) -> EncodedBatches:
    # A fork would copy the locks of threads that hold them: those of onnxruntime and of the database's connection.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, fresh, initializer=_open, initargs=(load, encoder)) as pool:
        running: deque[Future[list[EncodedArticle]]] = deque()
        for batch in batches:
            running.append(pool.submit(_encode, batch))
            if len(running) > _AHEAD * workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


class _RayWorker:
    """An actor of Ray Data."""

    def __init__(self, load: Load, name: str | None) -> None:
        self._encoder = load(name)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        batch = pickle.loads(row["batch"])  # what this process's driver pickled
        return {
            "place": row["place"],
            "batch": pickle.dumps(encode_articles(batch, self._encoder, together=1)),
        }


def _by_ray(batches: Batches, *, encoder: str | None, load: Load) -> EncodedBatches:
    try:
        ray = import_module("ray")
        import_module("ray.data")
    except ImportError as error:
        raise ModelNotFound("--workers ray needs: pip install 'hoidap[ray]'") from error
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False, logging_level=logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    remaining = iter(batches)
    while window := list(islice(remaining, _WINDOW)):
        rows = [{"place": place, "batch": pickle.dumps(batch)} for place, batch in enumerate(window)]
        encoded = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
            _RayWorker,
            fn_constructor_args=(load, encoder),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=min(cores, len(rows))),
            num_cpus=1,
        )
        done: dict[int, bytes] = {}
        place = 0
        for row in encoded.iter_rows():  # as they come; handed on as they were given
            done[row["place"]] = row["batch"]
            while place in done:
                yield pickle.loads(done.pop(place))
                place += 1
