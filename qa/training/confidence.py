"""Fit ``qa/confidence.json`` on questions with gold answers.

    python -m qa.training.confidence TRAIN.jsonl.gz --held-out DEV.jsonl.gz

Each question is asked of all indexed paragraphs at once, by the way the product answers. The paragraphs of two thirds
of the questions are indexed, so that the other third asks what no article says; a third is asked without tone marks.
An answer counts as right where the best sentence holds a gold answer and stands in the question's own paragraph. The
regression is fitted on one file and reported on the other.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from index.terms import fold
from qa.assistant import PASSAGES
from qa.confidence import FEATURES, Calibration, features
from qa.evaluation import index_contexts, read_examples
from qa.metrics import expected_calibration_error
from qa.question import understand
from qa.sentence_reader import read_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qa.evaluation import Example

THRESHOLD = 0.35
"""Below this a sentence is not shown as an answer: it is then wrong about twice as often as right."""


def observe(examples: Sequence[Example], *, seed: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Features of the best sentence for each question, and whether it was right.

    :returns: shapes (n, features) and (n,).
    """
    draw = random.Random(seed)
    rows, right = [], []
    with tempfile.TemporaryDirectory() as scratch:
        index, articles = index_contexts(examples[: 2 * len(examples) // 3], Path(scratch))
        for example in tqdm(examples, unit=" questions"):
            question = fold(example.question) if draw.random() < 1 / 3 else example.question
            query = understand(question)
            hits = index.search(query.text, k=PASSAGES)
            sentences = read_sentences(query, hits, encoder=index.encoder, rarity=index.rarity)
            best = sentences[0]
            rows.append(features(sentences))
            right.append(
                best.article.id == articles.get(example.context)
                and any(answer in best.text for answer in example.answers)
            )
        index.close()
    return np.array(rows, np.float64), np.array(right, np.bool_)


def fit(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    """The regression that fits the observations best, with a little shrinkage."""
    model = LogisticRegression(C=10.0, max_iter=1_000).fit(rows, right)
    return Calibration(
        weights=tuple(model.coef_[0].tolist()), bias=float(model.intercept_[0]), threshold=THRESHOLD
    )


def report(calibration: Calibration, rows: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, float]:
    """Figures of a calibration on questions that it was not fitted on."""
    from sklearn.metrics import roc_auc_score

    probabilities = np.array([calibration.probability(row) for row in rows.tolist()])
    shown = probabilities >= calibration.threshold
    return {
        "questions": len(right),
        "right": float(right.mean()),
        "expected_calibration_error": expected_calibration_error(probabilities.tolist(), right.tolist()),
        "auc": float(roc_auc_score(right, probabilities)),
        "answered": float(shown.mean()),
        "right_of_answered": float(right[shown].mean()) if shown.any() else 0.0,
    }


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=2_000, help="how many of each file (default 2,000)")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "confidence.json")
    arguments = parser.parse_args()
    train, held_out = (
        _sample(read_examples(path), arguments.questions) for path in (arguments.train, arguments.held_out)
    )
    calibration = fit(*observe(train, seed=1))
    figures = report(calibration, *observe(held_out, seed=2))
    fitted = {
        "weights": dict(zip(FEATURES, (round(weight, 4) for weight in calibration.weights), strict=True)),
        "bias": round(calibration.bias, 4),
        "threshold": calibration.threshold,
        "held_out": {name: round(value, 4) for name, value in figures.items()},
    }
    arguments.output.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=1))


def _sample(examples: Sequence[Example], most: int) -> list[Example]:
    shuffled = list(examples)
    random.Random(0).shuffle(shuffled)
    return shuffled[:most]


if __name__ == "__main__":
    main()
