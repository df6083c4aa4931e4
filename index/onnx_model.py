"""A shipped model opened: ``model.onnx`` over ``model.safetensors``, with ``tokenizer.json``; onnxruntime alone.

The graph takes the tokens of one text, without padding, and several texts are run side by side in threads:
activations are quantised with scales of the text itself, so what comes out for a text does not depend on what
else is run with it, to the last bit, and no time goes into padding.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelNotFound

if TYPE_CHECKING:
    from typing_extensions import Self

FILES = ("model.safetensors", "model.onnx", "tokenizer.json")
"""What the outputs of a model depend on."""


class OnnxModel:
    """A graph with one output, and the tokenizer that belongs to it.

    :ivar tokenizer: a ``tokenizers.Tokenizer``.
    :ivar output_shape: as the graph declares it.
    """

    def __init__(self, folder: Path, session: Any, tokenizer: Any) -> None:
        self._folder = folder
        self._session = session
        self.tokenizer = tokenizer
        self.output_shape: tuple[Any, ...] = tuple(session.get_outputs()[0].shape)

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """Load the model; takes about a tenth of a second.

        :raises ModelNotFound: if a file is missing.
        """
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelNotFound(f"The model in {folder} lacks {', '.join(missing)}: install hoidap again.")
        options = SessionOptions()
        options.intra_op_num_threads = 1  # texts run side by side instead, which needs no waiting
        options.inter_op_num_threads = 1
        session = InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        return cls(folder, session, Tokenizer.from_file(str(folder / "tokenizer.json")))

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits over the weights, the graph and the tokenizer."""
        digest = sha256()
        for name in FILES:
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()[:16]

    def run(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The output for the tokens of one text, without the graph's leading axis of one."""
        outputs = self._session.run(None, {"input_ids": np.asarray(ids, dtype=np.int64)})
        output: NDArray[np.float32] = outputs[0][0]
        return output

    def run_all(self, texts: Sequence[Sequence[int]]) -> Iterator[NDArray[np.float32]]:
        """The outputs for several texts, in their order; whoever asks, as many run at a time as there are cores."""
        if len(texts) < 2:
            yield from map(self.run, texts)
            return
        # The longest first, so that no thread is left with a long one at the end.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        running = {row: _threads().submit(self.run, texts[row]) for row in order}
        try:
            for row in range(len(texts)):
                yield running[row].result()
        finally:
            for waiting in running.values():  # of a caller that has gone
                waiting.cancel()


@cache
def _threads() -> ThreadPoolExecutor:
    """The threads that texts are run in, of all models; what runs in them waits for none of them."""
    return ThreadPoolExecutor(available_cores(), thread_name_prefix="texts")


def available_cores() -> int:
    """Count the physical cores that this process may use, at least 1.

    Heeds the CPU affinity and, on Linux, the quota of the control group; two threads of one core gain
    nothing for int8 products, so they count once.
    """
    if not hasattr(os, "sched_getaffinity"):
        return max(1, (os.cpu_count() or 2) // 2)
    allowed = os.sched_getaffinity(0)
    cores = {_core(cpu) for cpu in allowed}
    return max(1, min(len(cores), _quota() or len(cores)))


def _core(cpu: int) -> str:
    siblings = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
    return siblings.read_text() if siblings.is_file() else str(cpu)


def _quota() -> int | None:
    """Return the whole CPUs that the control group (version 2) grants, None for no limit."""
    limit = Path("/sys/fs/cgroup/cpu.max")
    quota, period = limit.read_text().split() if limit.is_file() else ("max", "")
    return None if quota == "max" else -(-int(quota) // int(period))
