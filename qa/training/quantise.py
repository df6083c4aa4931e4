"""Weights to int8, one scale a row, in the one file that transformers and onnxruntime both read.

The safetensors file follows the ``int-quantized`` format of compressed-tensors, which transformers loads by
itself: an int8 ``weight`` of (out, in) and a float32 ``weight_scale`` of (out, 1).  ``Location`` says where in
the file a tensor lies, so that an ONNX graph can point there instead of carrying a second copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

SCALE = "_scale"
"""What compressed-tensors appends to the name of a quantised weight."""
MATRICES = ("dense.weight", "query.weight", "key.weight", "value.weight")
"""How the names of BERT's matrices end."""
PROJECTIONS = "output.dense.weight"
"""How the names of those end whose products are added to the residual stream."""
COARSE = 8
"""Times the median step of a matrix from which a row's step is coarse."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where one tensor lies in a safetensors file.

    :ivar dtype: safetensors' name, ``I8`` or ``F32``.
    :ivar offset: bytes from the start of the file.
    :ivar length: bytes.
    """

    dtype: str
    shape: tuple[int, ...]
    offset: int
    length: int


def quantise_rows(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row to 255 symmetric steps of its own size.

    :param weight: (rows, columns).
    :returns: int8 (rows, columns) in [-127, 127], and scales (rows, 1); their product is the weight.
    """
    scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-12) / 127
    return np.rint(weight / scale).astype(np.int8), scale.astype(np.float32)


def residual_rows(weight: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return what rounding loses of the rows whose steps one outlying weight makes coarse.

    BERT writes to one or two of its dimensions with weights twenty times as large as the others of their row
    (Kovaleva et al., BERT Busters, 2021), which leave the others a few steps each.

    :param weight: (rows, columns).
    :returns: the numbers of the rows, (coarse,), and the weight less its rounded form there, (coarse, columns).
    """
    rounded, scale = quantise_rows(weight)
    rows = np.flatnonzero(scale[:, 0] > COARSE * np.median(scale))
    return rows, weight[rows] - rounded[rows] * scale[rows]


def quantise_trunk(state: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """Quantise the matrices and the word table of a BertModel's state; the rest stays float32."""
    tensors: dict[str, NDArray[Any]] = {}
    for name, value in state.items():
        if name.endswith((*MATRICES, "word_embeddings.weight")):
            tensors[name], tensors[name + SCALE] = quantise_rows(value)
        else:
            tensors[name] = np.ascontiguousarray(value, dtype=np.float32)
    return tensors


def quantization_config() -> dict[str, Any]:
    """Return what ``config.json`` must say for transformers to load such a file as float32."""
    weights = {"num_bits": 8, "type": "int", "symmetric": True, "strategy": "channel", "dynamic": False}
    return {
        "quant_method": "compressed-tensors",
        "format": "int-quantized",
        "quantization_status": "compressed",
        "dequantize": True,
        "config_groups": {"rows": {"targets": ["Linear", "Embedding"], "weights": weights}},
        "ignore": ["re:.*position_embeddings", "re:.*token_type_embeddings", "re:.*qa_outputs"],
    }


def write_tensors(tensors: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Write the file with the mark that transformers asks for."""
    save_file(dict(tensors), path, metadata={"format": "pt"})


def locate_tensors(path: Path) -> dict[str, Location]:
    """Read where each tensor of a safetensors file lies: u64 header bytes, a JSON header, the values."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
    header.pop("__metadata__", None)
    return {
        name: Location(
            dtype=entry["dtype"],
            shape=tuple(entry["shape"]),
            offset=8 + size + entry["data_offsets"][0],
            length=entry["data_offsets"][1] - entry["data_offsets"][0],
        )
        for name, entry in header.items()
    }
