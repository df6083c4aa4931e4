"""Write a BERT trunk with a head as a small ONNX graph that reads its weights from the safetensors file.

The graph takes the token identifiers of one text, (n,) int64, so there is no padding, no mask, and no other
text in the batch to change a dynamic quantisation scale.  It uses onnxruntime's own fused operators
(``com.microsoft``), int8 weights with activations quantised on the way, and attention in float32.  A head
adds nodes and outputs: ``pooled_head`` for an encoder, ``span_head`` for a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import (
    GraphProto,
    ModelProto,
    NodeProto,
    TensorProto,
    ValueInfoProto,
    helper,
    numpy_helper,
    save_model,
)
from onnx.external_data_helper import set_external_data
from transformers import BertConfig

from qa.training.quantise import SCALE, Location

MICROSOFT = "com.microsoft"
ELEMENT = {"I8": TensorProto.INT8, "F32": TensorProto.FLOAT}


Residual = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Numbers of rows, (k,), and weights to add to them, (k, in)."""


@dataclass(slots=True)
class Graph:
    """Nodes and initialisers while they are being put together.

    :ivar weights: name of the file of weights, beside the graph.
    :ivar located: where the tensors lie in it.
    :ivar residuals: what is added to the int8 weights of a matrix, by its name; so few that the graph holds them.
    """

    weights: str
    located: Mapping[str, Location]
    residuals: Mapping[str, Residual]
    nodes: list[NodeProto] = field(default_factory=list)
    initialisers: dict[str, TensorProto] = field(default_factory=dict)
    outputs: list[ValueInfoProto] = field(default_factory=list)

    def add(
        self,
        operator: str,
        inputs: Sequence[str],
        *,
        count: int = 1,
        domain: str = "",
        **attributes: Any,
    ) -> list[str]:
        """Append a node and return the names of its outputs."""
        number = len(self.nodes)
        names = [f"{operator}_{number}_{i}" if count > 1 else f"{operator}_{number}" for i in range(count)]
        self.nodes.append(
            helper.make_node(operator, inputs, names, f"{operator}_{number}", domain=domain, **attributes)
        )
        return names

    def stored(self, name: str, shape: Sequence[int] | None = None) -> str:
        """Return an initialiser that points to a tensor of the file, with another shape if need be."""
        if name not in self.initialisers:
            place = self.located[name]
            tensor = TensorProto(name=name, data_type=ELEMENT[place.dtype], dims=shape or place.shape)
            tensor.raw_data = b""  # set_external_data looks for the field
            set_external_data(tensor, self.weights, offset=place.offset, length=place.length)
            tensor.ClearField("raw_data")
            self.initialisers[name] = tensor
        return name

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Return an initialiser of a few values inside the graph."""
        self.initialisers.setdefault(name, numpy_helper.from_array(value, name))
        return name


Head = Callable[[Graph, str, BertConfig], None]
"""Adds nodes after the trunk's output, (1, n, hidden) float32, and appends to the graph's outputs."""


Dense = Callable[[Graph, str, Sequence[str]], str]
"""Adds a product of activations with the weights of the named layers."""


def add_trunk(graph: Graph, config: BertConfig) -> str:
    """Add BERT (Devlin et al., 2019) over ``input_ids``, and return its output, (1, n, hidden)."""
    hidden = _add_embeddings(graph, config)
    for layer in range(config.num_hidden_layers):
        name = f"encoder.layer.{layer}"
        attended = _add_attention(graph, hidden, f"{name}.attention.self", heads=config.num_attention_heads)
        projected = _add_projection(graph, attended, f"{name}.attention.output.dense", dense=_add_dense)
        hidden = _add_norm(graph, projected, hidden, f"{name}.attention.output.LayerNorm", config)
        wide = _add_dense_by_token(graph, hidden, [f"{name}.intermediate.dense"])
        [active] = graph.add("Gelu", [wide], domain=MICROSOFT)
        narrow = _add_projection(graph, active, f"{name}.output.dense", dense=_add_dense_by_token)
        hidden = _add_norm(graph, narrow, hidden, f"{name}.output.LayerNorm", config)
    return hidden


def pooled_head(graph: Graph, hidden: str, config: BertConfig) -> None:
    """Add the mean over tokens at unit length: the output ``embedding``, (1, hidden)."""
    [mean] = graph.add("ReduceMean", [hidden, graph.constant("axis_tokens", np.array([1]))], keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["embedding"], axis=-1, p=2))
    graph.outputs.append(
        helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, config.hidden_size])
    )


def span_head(graph: Graph, hidden: str, config: BertConfig) -> None:
    """Add a float32 projection to two logits a token: the output ``logits``, (1, n, 2), start and end."""
    weight = graph.stored("qa_outputs.weight")
    [turned] = graph.add("Transpose", [weight], perm=[1, 0])
    [product] = graph.add("MatMul", [hidden, turned])
    graph.nodes.append(helper.make_node("Add", [product, graph.stored("qa_outputs.bias")], ["logits"]))
    graph.outputs.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "tokens", 2]))


def write_graph(
    config: BertConfig,
    *,
    head: Head,
    weights: Path,
    located: Mapping[str, Location],
    residuals: Mapping[str, Residual],
    output: Path,
) -> None:
    """Write the graph of a trunk and a head; ``weights`` must lie in the same folder as ``output``."""
    graph = Graph(weights.name, located, residuals)
    head(graph, add_trunk(graph, config), config)
    tokens = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["tokens"])
    body = helper.make_graph(
        graph.nodes, "hoidap", [tokens], graph.outputs, list(graph.initialisers.values())
    )
    save_model(_model(body), output)


def _model(body: GraphProto) -> ModelProto:
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9, producer_name="hoidap")


def _add_embeddings(graph: Graph, config: BertConfig) -> str:
    name = "embeddings.word_embeddings.weight"
    [rows] = graph.add("Gather", [graph.stored(name), "input_ids"])
    [scales] = graph.add("Gather", [graph.stored(name + SCALE), "input_ids"])
    [whole] = graph.add("Cast", [rows], to=TensorProto.FLOAT)
    [words] = graph.add("Mul", [whole, scales])
    [shape] = graph.add("Shape", ["input_ids"])
    zero = graph.constant("zero", np.array([0]))
    [places] = graph.add("Slice", [graph.stored("embeddings.position_embeddings.weight"), zero, shape, zero])
    types = graph.stored("embeddings.token_type_embeddings.weight")
    [first] = graph.add("Gather", [types, graph.constant("first_type", np.array(0))])
    [placed] = graph.add("Add", [words, places])
    batch = graph.add("Unsqueeze", [placed, zero])[0]
    [typed] = graph.add("Add", [batch, first])
    weight, bias = (graph.stored(f"embeddings.LayerNorm.{part}") for part in ("weight", "bias"))
    return graph.add("LayerNormalization", [typed, weight, bias], axis=-1, epsilon=config.layer_norm_eps)[0]


def _add_attention(graph: Graph, hidden: str, name: str, *, heads: int) -> str:
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    fused = _add_dense(graph, hidden, parts)
    query, key, value = graph.add("Split", [fused], count=3, axis=2, num_outputs=3)
    return graph.add("MultiHeadAttention", [query, key, value], domain=MICROSOFT, num_heads=heads)[0]


def _add_dense(graph: Graph, hidden: str, names: Sequence[str]) -> str:
    """Add one int8 product for all the named layers side by side; onnxruntime folds the rearranging once."""
    turned, scale, bias = _dense_weights(graph, names)
    return graph.add("DynamicQuantizeMatMul", [hidden, turned, scale, "", bias], domain=MICROSOFT)[0]


def _add_dense_by_token(graph: Graph, hidden: str, names: Sequence[str]) -> str:
    """Add the same with activations scaled to [-1, 1] token by token first, as the feed-forward halves need it.

    One token in a text can carry an activation thirty times as large as the others, and a quantisation scale for the
    whole text would leave those a few steps each.
    """
    turned, scale, bias = _dense_weights(graph, names)
    [size] = graph.add("Abs", [hidden])
    [largest] = graph.add("ReduceMax", [size, graph.constant("axis_last", np.array([-1]))], keepdims=1)
    [scaled] = graph.add("Div", [hidden, largest])
    [product] = graph.add("DynamicQuantizeMatMul", [scaled, turned, scale], domain=MICROSOFT)
    [whole] = graph.add("Mul", [product, largest])
    return graph.add("Add", [whole, bias])[0]


def _add_projection(graph: Graph, hidden: str, name: str, *, dense: Dense) -> str:
    """Add a product that is added to the residual stream, and in float32 what int8 has lost of its coarse rows.

    :param dense: adds the product.
    """
    product = dense(graph, hidden, [name])
    rows, lost = graph.residuals[f"{name}.weight"]
    if not len(rows):
        return product
    [few] = graph.add("MatMul", [hidden, graph.constant(f"{name}.lost", np.ascontiguousarray(lost.T))])
    places = np.eye(graph.located[f"{name}.weight"].shape[0], dtype=np.float32)[rows]
    [spread] = graph.add("MatMul", [few, graph.constant(f"{name}.places", places)])
    return graph.add("Add", [product, spread])[0]


def _dense_weights(graph: Graph, names: Sequence[str]) -> tuple[str, str, str]:
    """Return int8 (in, out) weights, (out,) scales and (out,) biases."""
    weight = _joined(graph, [graph.stored(f"{name}.weight") for name in names])
    rows = [graph.located[f"{name}.weight"].shape[0] for name in names]
    scale = _joined(
        graph, [graph.stored(f"{n}.weight{SCALE}", [r]) for n, r in zip(names, rows, strict=True)]
    )
    bias = _joined(graph, [graph.stored(f"{name}.bias") for name in names])
    return graph.add("Transpose", [weight], perm=[1, 0])[0], scale, bias


def _joined(graph: Graph, names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else graph.add("Concat", names, axis=0)[0]


def _add_norm(graph: Graph, new: str, old: str, name: str, config: BertConfig) -> str:
    """Add a sum and its normalisation, apart: ``SkipLayerNormalization`` takes onnxruntime five times as long."""
    [total] = graph.add("Sum", [new, old])
    inputs = [total, graph.stored(f"{name}.weight"), graph.stored(f"{name}.bias")]
    return graph.add("LayerNormalization", inputs, axis=-1, epsilon=config.layer_norm_eps)[0]
