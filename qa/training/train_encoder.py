"""Fine-tune the base encoder for Vietnamese questions, also those typed without tone marks.

    python -m qa.training.train_encoder --base build/base-encoder --data DATA --output build/encoder

Checkpoints go below the output folder, and a run that was interrupted goes on from the last one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.utils.data import SequentialSampler
from transformers.trainer_utils import get_last_checkpoint

from index.encoder import OnnxEncoder, TorchEncoder
from qa.training.data import Example, read_examples, split_pairs
from qa.training.pairs import make_batches, mine_neighbours
from qa.training.reading_data import OWN, read_own, read_paragraphs


class PassageRankingLoss(nn.Module):
    """Cross-entropy of each passage among those of the batch, for both questions, and the other way round.

    This is MultipleNegativesRankingLoss (Henderson et al., 2017, arXiv:1705.00652, section 4.4) with two
    anchors per passage, so that the passage, which costs most, is encoded once.
    """

    def __init__(self, model: SentenceTransformer, *, scale: float) -> None:
        super().__init__()
        self.model = model
        self.scale = scale

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Return the loss of a batch of (question, other question, passage)."""
        question, other, passage = (self.model(feature)["sentence_embedding"].float() for feature in features)
        own = torch.arange(len(passage), device=passage.device)
        total = torch.zeros((), device=passage.device)
        for asked in (question, other):
            scores = self.scale * asked @ passage.T
            total = total + cross_entropy(scores, own) + 0.5 * cross_entropy(scores.T, own)
        return total / 3

    def get_config_dict(self) -> dict[str, Any]:
        """Return what distinguishes this loss, for the trainer's records."""
        return {"scale": self.scale}


def training_examples(data: Path) -> list[Example]:
    """Return the questions to train on, the project's own with them; the paragraphs of the English check left out."""
    english, check = split_pairs(read_examples(data / "multiqa" / "train.jsonl.gz"))
    kept_out = {example.context for example in check}
    path = data / "viqa" / "train.jsonl.gz"
    vietnamese = read_examples(path)
    own = (
        Example(
            id=f"own-{number}",
            source=example.source,
            title=example.title or None,
            context=example.passage,
            question=example.question,
            answers=tuple(span.of(example.passage) for span in example.answers),
        )
        for number, example in enumerate(read_own(OWN, paragraphs=read_paragraphs(path)))
    )
    return [example for example in chain(vietnamese, own, english) if example.context not in kept_out]


def load_trainable(base: Path) -> SentenceTransformer:
    """Load the base encoder without dropout and with a frozen word table.

    Every part that shares the trunk's pruned word table can then share one copy of it, and random numbers
    for dropout would cost a third of a step on a CPU.
    """
    model = SentenceTransformer(
        str(base),
        local_files_only=True,
        model_kwargs={"attn_implementation": "eager" if not torch.cuda.is_available() else "sdpa"},
        config_kwargs={"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0},
    )
    model.max_seq_length = 160
    for name, parameter in model.named_parameters():
        if "word_embeddings" in name or "pooler" in name:
            parameter.requires_grad = False
    return model


def load_neighbours(examples: list[Example], miner: Path, *, kept: Path) -> dict[str, list[str]]:
    """Mine the neighbours with an encoder folder, or read what an earlier run has mined."""
    if not kept.exists():
        exported = (miner / "model.onnx").exists()
        encoder = OnnxEncoder.from_folder(miner) if exported else TorchEncoder.from_name(str(miner))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(mine_neighbours(examples, encoder), ensure_ascii=False), encoding="utf-8")
    neighbours: dict[str, list[str]] = json.loads(kept.read_text(encoding="utf-8"))
    return neighbours


def in_order(dataset: Dataset, **options: Any) -> DefaultBatchSampler:
    """Keep the batches as they were made."""
    options.pop("seed", None)
    options.pop("generator", None)
    return DefaultBatchSampler(SequentialSampler(dataset), **options)


def train(arguments: argparse.Namespace) -> None:
    """Mine, batch, train, and save the float32 folder."""
    torch.set_flush_denormal(True)
    examples = training_examples(arguments.data)
    neighbours = load_neighbours(
        examples, arguments.miner or arguments.base, kept=arguments.output / "neighbours.json"
    )
    answerable = [example for example in examples if example.answers]
    batches = make_batches(
        answerable, neighbours, size=arguments.batch, epochs=arguments.epochs, seed=arguments.seed
    )
    rows = list(chain.from_iterable(batches))
    print(f"{len(answerable)} questions, {len(batches)} batches of {arguments.batch}", flush=True)
    model = load_trainable(arguments.base)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(arguments.output / "checkpoints"),
            num_train_epochs=1,
            max_steps=arguments.steps,
            per_device_train_batch_size=arguments.batch,
            learning_rate=arguments.rate,
            warmup_steps=0.1,
            weight_decay=0.01,
            bf16=True,
            use_cpu=not torch.cuda.is_available(),
            batch_sampler=in_order,
            prompts={"question": "query: ", "other": "query: ", "passage": "passage: "},
            save_steps=30,
            save_total_limit=3,
            logging_steps=5,
            seed=arguments.seed,
            report_to="none",
            dataloader_drop_last=True,
        ),
        train_dataset=Dataset.from_dict(
            {name: [getattr(row, name) for row in rows] for name in ("question", "other", "passage")}
        ),
        loss=PassageRankingLoss(model, scale=arguments.scale),
    )
    checkpoints = arguments.output / "checkpoints"
    last = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None  # type: ignore[no-untyped-call]
    trainer.train(resume_from_checkpoint=last)
    model.max_seq_length = 512
    model.save_pretrained(str(arguments.output / "model"), create_model_card=False)


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", type=Path, required=True, help="what qa.training.base_encoder wrote")
    parser.add_argument(
        "--miner", type=Path, help="an exported folder to mine hard negatives with; default: the base"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the question data")
    parser.add_argument("--output", type=Path, default=Path("build/encoder"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--steps", type=int, default=-1, help="default: all epochs")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--scale", type=float, default=100.0, help="the inverse of the temperature, as in E5")
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
