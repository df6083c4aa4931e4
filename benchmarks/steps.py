"""What each step between a question and its answer is worth: the figures of ``hoidap eval answers`` with it left out.

    python -m benchmarks.steps DATA/viqa/dev.jsonl.gz [--questions 400] [--seed 1]

One step is left out at a time and all others stay, on the same questions over all paragraphs of the file, as typed and
without tone marks.  What the reader says of a passage is remembered, so that a line costs what it changes.  Steps that
these data have no questions for (lists, follow-ups, abbreviations, near misses) are counted on the questions about
``corpus/``; see docs/quality.md.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from index.onnx_model import OnnxModel
from index.terms import fold
from qa.assistant import Assistant
from qa.confidence import load_calibration
from qa.evaluation import evaluate_assistant
from qa.examples import Example, index_contexts, read_examples
from qa.ranking import EVIDENCE
from qa.reader import SHIPPED, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qa.confidence import Calibration

LEFT_OUT: dict[str, dict[str, Any]] = {
    "nothing": {},
    "slips undone": {"qa.finding.correct_slips": lambda text, **_: text},
    "tone marks restored": {"qa.finding.restore_tone_marks": lambda text, *_, **__: text},
    "other forms of words: abbreviations, synonyms, English": {"qa.finding.other_forms": lambda *_: ((), ())},
    "days and months as terms": {"index.terms.moment_terms": lambda *_, **__: []},
    "orders and courtesies read as questions": {
        "qa.question.as_plain_question": lambda text: text,
        "qa.question.without_courtesy": lambda text: text,
    },
    "the body that only the rest of the article names": {"qa.reader.setting": lambda *_: ""},
    "spans grown to what is counted, and to whole names": {
        "qa.reader.with_counted": lambda _, span, **__: span,
        "qa.reader.with_second_half": lambda _, span, **__: span,
    },
    "fit: number, office, day, year": {"qa.reader.fit": lambda *_, **__: 0},
    "what an article contradicts": {"qa.contradiction.Contradiction.of": lambda *_: False},
}
"""Steps, and what stands in for the functions that they are made of."""
UNWEIGHTED = ("score", "cosine", "coverage", "fit", "probability")
"""Evidence that candidates are ranked without, one at a time."""


class RememberingModel(OnnxModel):
    """A model that runs once for the same tokens."""

    @cached_property
    def _known(self) -> dict[tuple[int, ...], NDArray[np.float32]]:
        return {}

    def run_all(self, texts: Sequence[Sequence[int]]) -> Iterator[NDArray[np.float32]]:
        """The outputs for several texts, in their order."""
        known = self._known
        keys = [tuple(text) for text in texts]
        new = list(dict.fromkeys(key for key in keys if key not in known))
        known.update(zip(new, super().run_all(new), strict=True))
        yield from (known[key] for key in keys)


def row(name: str, asked: Sequence[Sequence[Example]], assistant: Assistant, contexts: dict[str, str]) -> str:
    """One line of the table.

    :param asked: the questions as typed, and without tone marks.
    """
    cells = []
    for examples in asked:
        figures = evaluate_assistant(examples, assistant, contexts=contexts).figures
        told = figures["answerable"]
        cells.append(
            f"{told['em']:.3f} / {told['f1']:.3f}, {figures['right_article']:.3f}, {figures['abstained']:.3f}, "
            f"{figures['abstained_rightly']:.3f}"
        )
    return f"| {name} | {' | '.join(cells)} |"


def without(calibration: Calibration, evidence: str) -> Calibration:
    """The calibration with candidates ranked without one kind of evidence."""
    weights = [
        0.0 if name == evidence else weight
        for name, weight in zip(EVIDENCE, calibration.ranking, strict=True)
    ]
    return replace(calibration, ranking=tuple(weights))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="a .jsonl.gz file of questions with their contexts")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    examples = list(read_examples(arguments.data))
    typed = random.Random(arguments.seed).sample(examples, min(arguments.questions, len(examples)))
    asked = typed, [replace(example, question=fold(example.question)) for example in typed]
    with tempfile.TemporaryDirectory() as scratch:
        index, contexts = index_contexts(examples, Path(scratch))
        reader = Reader(RememberingModel.from_folder(SHIPPED))
        print(
            f"{len(typed)} questions, {len(index)} passages; exact match / F1 of the answerable, right article, "
            "refused, and refused of the others"
        )
        print("| left out | as typed | without tone marks |")
        print("|---|---|---|")
        for name, stand_ins in LEFT_OUT.items():
            with ExitStack() as patched:
                for function, stand_in in stand_ins.items():
                    patched.enter_context(patch(function, stand_in))
                print(row(name, asked, Assistant(index, reader=reader, remembered=0), contexts), flush=True)
        for evidence in UNWEIGHTED:
            assistant = Assistant(
                index, reader=reader, calibration=without(load_calibration(), evidence), remembered=0
            )
            print(row(f"ranking: {evidence}", asked, assistant, contexts), flush=True)


if __name__ == "__main__":
    main()
