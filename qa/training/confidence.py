"""Fit the confidence of answers, ``confidence.json`` beside the reader's weights, on questions with gold answers.

    python -m qa.training.confidence DEV.jsonl.gz --plot docs/images/risk-coverage.svg

Each question is asked of all indexed paragraphs at once, by the way the product answers; a third of them without tone
marks.  The paragraphs of two thirds of the questions are indexed, so that the other third asks what no article says.
An answer counts as right where it shares half of its words with a gold answer (F1 ≥ 0.5) of a paragraph that is
indexed.  Every figure is of questions that the regression was not fitted on: five folds, split by paragraph; only the
weight of retrieval in the ranking is chosen on all of them.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from tqdm import tqdm

from index.terms import fold
from qa.assistant import PASSAGES
from qa.confidence import FEATURES, features, rank
from qa.coverage import Coverage
from qa.evaluation import index_contexts, read_examples, read_paragraph
from qa.finding import find
from qa.metrics import best_over, expected_calibration_error, f1
from qa.question import understand
from qa.reader import SHIPPED, Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qa.evaluation import Example
    from qa.question import Query
    from qa.reader import Candidate

FOLDS = 5
RIGHT = 0.5
"""F1 with a gold answer from which an answer counts as right."""
THRESHOLDS = {"balanced": 0.35, "strict": 0.65}
"""Probabilities below which an answer is not shown."""


RETRIEVAL_WEIGHTS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0)
"""Of which the one is taken that puts a right candidate first most often."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what was read for it.

    :ivar golds: the answers that count as right; none where no indexed paragraph answers.
    :ivar group: number of the question's paragraph.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    coverage: Coverage
    golds: tuple[str, ...]
    group: int

    def is_right(self, candidate: Candidate) -> bool:
        """Whether a candidate is an answer."""
        return bool(self.golds) and best_over(f1, candidate.text, self.golds) >= RIGHT


@dataclass(frozen=True, slots=True)
class Observations:
    """What came first for each question.

    :ivar rows: features, shape (n, features).
    :ivar right: whether it was right, shape (n,).
    :ivar answerable: whether any indexed paragraph answers the question, shape (n,).
    :ivar groups: number of the question's paragraph, shape (n,).
    """

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    answerable: NDArray[np.bool_]
    groups: NDArray[np.int64]


def ask_all(examples: Sequence[Example], *, reader: Reader, seed: int) -> list[Asked]:
    """Ask every question; one that finds nothing at all is left out."""
    draw = random.Random(seed)
    contexts = list(dict.fromkeys(example.context for example in examples))
    draw.shuffle(contexts)
    indexed = set(contexts[: 2 * len(contexts) // 3])
    groups = {context: number for number, context in enumerate(contexts)}
    asked = []
    with tempfile.TemporaryDirectory() as scratch:
        index, _ = index_contexts([e for e in examples if e.context in indexed], Path(scratch))
        for example in tqdm(examples, unit=" questions"):
            question = fold(example.question) if draw.random() < 1 / 3 else example.question
            query, hits = find(understand(question), index, k=PASSAGES)
            candidates = reader.read(query.text, hits)
            coverage = Coverage(query.text, rarity=index.rarity)
            golds = example.answers if example.context in indexed else ()
            if candidates:
                asked.append(Asked(query, candidates, coverage, golds, groups[example.context]))
        index.close()
    return asked


def choose_retrieval_weight(asked: Sequence[Asked]) -> float:
    """Return the weight with which a right candidate comes first most often; of equal ones the least."""
    found = {
        weight: sum(one.is_right(rank(one.candidates, retrieval_weight=weight)[0]) for one in asked)
        for weight in RETRIEVAL_WEIGHTS
    }
    for weight, count in found.items():
        print(f"retrieval weight {weight:4}: {count} of {len(asked)} right")
    return max(found, key=lambda weight: (found[weight], -weight))


def observe(asked: Sequence[Asked], *, retrieval_weight: float) -> Observations:
    """Return the features of the first candidate for each question, and whether it was right."""
    firsts = [(one, rank(one.candidates, retrieval_weight=retrieval_weight)) for one in asked]
    rows = [
        features(one.query, ranked, coverage=one.coverage, retrieval_weight=retrieval_weight)
        for one, ranked in firsts
    ]
    return Observations(
        rows=np.array(rows),
        right=np.array([one.is_right(ranked[0]) for one, ranked in firsts]),
        answerable=np.array([bool(one.golds) for one in asked]),
        groups=np.array([one.group for one in asked]),
    )


def regression() -> LogisticRegression:
    """Return the regression, with a little shrinkage."""
    return LogisticRegression(C=10.0, max_iter=5_000)


def held_out_probabilities(seen: Observations) -> NDArray[np.float64]:
    """Return the probability of each observation by a regression of the other folds."""
    probabilities = np.zeros(len(seen.right))
    for fitted, held_out in GroupKFold(FOLDS).split(seen.rows, seen.right, seen.groups):
        model = regression().fit(seen.rows[fitted], seen.right[fitted])
        probabilities[held_out] = model.predict_proba(seen.rows[held_out])[:, 1]
    return probabilities


def risk_coverage(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share answered, and share of these that is wrong, as the threshold falls (El-Yaniv and Wiener, 2010).

    >>> coverage, risk = risk_coverage(np.array([0.9, 0.2, 0.6]), np.array([True, False, False]))
    >>> coverage.round(2).tolist(), risk.round(2).tolist()
    ([0.33, 0.67, 1.0], [0.0, 0.5, 0.67])
    """
    order = np.argsort(-probabilities, kind="stable")
    counts = np.arange(1, len(order) + 1)
    return counts / len(order), np.cumsum(~right[order]) / counts


def report(seen: Observations, probabilities: NDArray[np.float64]) -> dict[str, Any]:
    """Figures of held-out probabilities."""
    figures: dict[str, Any] = {
        "questions": len(seen.right),
        "expected_calibration_error": expected_calibration_error(probabilities.tolist(), seen.right.tolist()),
        "auc_right": float(roc_auc_score(seen.right, probabilities)),
        "auc_answerable": float(roc_auc_score(seen.answerable, probabilities)),
    }
    for caution, threshold in THRESHOLDS.items():
        shown = probabilities >= threshold
        figures[caution] = {
            "answered": _share(shown),
            "right_of_answered": _share(seen.right[shown]),
            "answered_of_answerable": _share(shown[seen.answerable]),
            "answered_of_unanswerable": _share(shown[~seen.answerable]),
        }
    return figures


def _share(of: NDArray[np.bool_]) -> float:
    return float(of.mean()) if len(of) else 0.0


def fit_reading(examples: Sequence[Example], *, reader: Reader) -> dict[str, float]:
    """Fit the probability that a given paragraph answers, by the margin alone."""
    margins, answers = [], []
    for example in tqdm(examples, unit=" paragraphs"):
        if candidates := read_paragraph(example, reader=reader):
            margins.append(candidates[0].margin)
            answers.append(bool(example.answers))
    model = regression().fit(np.array(margins)[:, None], answers)
    weight, bias = float(model.coef_[0, 0]), float(model.intercept_[0])
    return {
        "weight": weight,
        "bias": bias,
        "least_margin": -bias / weight,
        "auc_answerable": float(roc_auc_score(answers, margins)),
    }


def plot(probabilities: NDArray[np.float64], seen: Observations, path: Path) -> None:
    """Draw the risk–coverage curve with both thresholds."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    coverage, risk = risk_coverage(probabilities, seen.right)
    matplotlib.rcParams["svg.hashsalt"] = "hoidap"
    figure, axes = pyplot.subplots(figsize=(6, 3.6))
    axes.plot(coverage, risk, color="#1f6f5c")
    for caution, threshold in THRESHOLDS.items():
        place = max(0, int((probabilities >= threshold).sum()) - 1)
        axes.plot(coverage[place], risk[place], "o", color="#b5542f")
        axes.annotate(
            f"{caution} ({threshold})",
            (coverage[place], risk[place]),
            xytext=(6, -12),
            textcoords="offset points",
        )
    axes.set(
        xlabel="share of questions answered",
        ylabel="share of answers that are wrong",
        xlim=(0, 1),
        ylim=(0, None),
    )
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def rounded(value: Any) -> Any:
    """Return the value with every number in it at four places."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--output", type=Path, default=SHIPPED / "confidence.json")
    parser.add_argument("--plot", type=Path, help="draw the risk–coverage curve here (needs matplotlib)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    examples = read_examples(arguments.data)
    reader = Reader.from_folder()
    asked = ask_all(examples, reader=reader, seed=arguments.seed)
    weight = choose_retrieval_weight(asked)
    seen = observe(asked, retrieval_weight=weight)
    probabilities = held_out_probabilities(seen)
    model = regression().fit(seen.rows, seen.right)
    fitted = rounded(
        {
            "reader": reader.identity,
            "answers": {
                "retrieval_weight": weight,
                "weights": dict(zip(FEATURES, model.coef_[0].tolist(), strict=True)),
                "bias": float(model.intercept_[0]),
                "thresholds": THRESHOLDS,
                "held_out": report(seen, probabilities),
            },
            "reading": fit_reading(examples, reader=reader),
        }
    )
    arguments.output.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=1))
    if arguments.plot:
        plot(probabilities, seen, arguments.plot)


if __name__ == "__main__":
    main()
