"""Turn a trained encoder's float32 folder into the one that ships: int8 weights once, an ONNX graph, a tokenizer.

python -m qa.training.export --model build/encoder --output index/encoder_model
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertConfig, BertModel

from qa.training.graph import Head, pooled_head, write_graph
from qa.training.quantise import (
    PROJECTIONS,
    locate_tensors,
    quantise_trunk,
    quantization_config,
    residual_rows,
    write_tensors,
)

KEPT_FILES = ("modules.json", "config_sentence_transformers.json")
TRAINING_OPTIONS = frozenset(
    {
        "is_local",
        "local_files_only",
        "max_length",
        "pad_to_multiple_of",
        "pad_token_type_id",
        "padding_side",
        "stride",
        "truncation_side",
        "truncation_strategy",
    }
)
"""What a run on this machine leaves in the tokenizer's configuration."""
KEPT_FOLDERS = ("1_Pooling", "2_Normalize")
KEPT_BESIDE = ("README.md", "confidence.json")
"""What belongs to a shipped folder and is not made by an export."""


def export_model(
    config: BertConfig, state: Mapping[str, Tensor], output: Path, *, head: Head, prefix: str = ""
) -> None:
    """Write ``config.json``, ``model.safetensors`` and ``model.onnx`` into a folder.

    :param state: of the trunk and its head.
    :param prefix: what transformers puts before the names of the trunk's tensors in a model with a head.
    """
    weights = output / "model.safetensors"
    values = {name: value.float().numpy() for name, value in state.items()}
    write_tensors(quantise_trunk(values), weights)
    weights.chmod(0o644)
    write_config(config, output)
    write_graph(
        config,
        head=head,
        weights=weights,
        located={name.removeprefix(prefix): place for name, place in locate_tensors(weights).items()},
        residuals={
            name.removeprefix(prefix): residual_rows(value)
            for name, value in values.items()
            if name.endswith(PROJECTIONS)
        },
        output=output / "model.onnx",
    )


def write_config(config: BertConfig, output: Path) -> None:
    """Write the model's configuration with the format of its weights."""
    fields = {**config.to_diff_dict(), "quantization_config": quantization_config()}
    (output / "config.json").write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")


def write_tokenizer(model: Path, output: Path) -> None:
    """Copy the tokenizer without the padding and the shorter length that training has left in it."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(output / "tokenizer.json"), pretty=False)
    name = "tokenizer_config.json"
    options = json.loads((model / name).read_text(encoding="utf-8"))
    kept = {key: value for key, value in options.items() if key not in TRAINING_OPTIONS}
    (output / name).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def write_module_options(model: Path, output: Path) -> None:
    """Copy sentence-transformers' options, with the one that keeps BertModel from making a pooler."""
    name = "sentence_bert_config.json"
    options = json.loads((model / name).read_text(encoding="utf-8"))
    options["model_kwargs"] = {"add_pooling_layer": False}
    (output / name).write_text(json.dumps(options, indent=2) + "\n", encoding="utf-8")


def export_encoder(model: Path, output: Path) -> None:
    """Export a sentence-transformers folder; ``output`` is replaced as a whole, or not at all."""
    scratch = folder_beside(output)
    trunk = BertModel.from_pretrained(model, add_pooling_layer=False)
    export_model(trunk.config, trunk.state_dict(), scratch, head=pooled_head)
    write_tokenizer(model, scratch)
    write_module_options(model, scratch)
    for name in KEPT_FILES:
        shutil.copyfile(model / name, scratch / name)
    for name in KEPT_FOLDERS:
        shutil.copytree(model / name, scratch / name)
    replace_folder(scratch, output)


def folder_beside(output: Path) -> Path:
    """Make an empty folder on the file system of ``output``, to take its place when it is filled."""
    output.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    scratch.chmod(0o755)
    return scratch


def replace_folder(new: Path, old: Path) -> None:
    """Put one folder in the place of another by renaming, so that whoever reads it meets either as a whole.

    Its model card and its calibration stay.
    """
    for name in KEPT_BESIDE:
        if (old / name).exists() and not (new / name).exists():
            shutil.copyfile(old / name, new / name)
    retired = new.with_name(new.name + "-old")
    if old.exists():
        old.rename(retired)
    new.rename(old)
    if retired.exists():
        shutil.rmtree(retired)


def main() -> None:
    """Export an encoder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="a float32 sentence-transformers folder")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    export_encoder(arguments.model, arguments.output)


if __name__ == "__main__":
    main()
