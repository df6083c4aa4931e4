"""Fit the confidence of answers, ``confidence.json`` beside the reader's weights, on questions with gold answers.

    python -m qa.training.confidence DEV.jsonl.gz --plot docs/images/risk-coverage.svg

How the questions are asked is told in :mod:`qa.training.asking`.  Every figure is of questions that neither ranking nor
regressions were fitted on: five folds, split by paragraph.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from tqdm import tqdm

from qa.confidence import FEATURES, SUPPORT, features
from qa.evaluation import read_paragraph
from qa.examples import read_examples
from qa.metrics import expected_calibration_error
from qa.ranking import EVIDENCE
from qa.reader import SHIPPED, Reader
from qa.training.asking import ask_all
from qa.training.reading_data import OWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qa.examples import Example
    from qa.training.asking import Asked

SUPPORTING = [FEATURES.index(name) for name in SUPPORT]
FOLDS = 5
THRESHOLDS = {"balanced": 0.34, "strict": 0.75}
"""Support below which an answer is not shown."""


CHOICES = {
    "score": (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0),
    "misfit": (0.0, -2.0, -4.0, -8.0, -16.0),
    "nobody": (0.0, -1.0, -2.0, -4.0),
    "coverage": (0.0, 1.0, 2.0, 4.0, 8.0),
}
"""Weights that are tried, in logits of the reader; what is named neither here nor in :data:`START` has none."""
START = {"margin": 1.0, "score": 12.0, "fit": 5.0}
"""Where the search begins.  That of the fit stays: whether a span is the office, the count or the day that is asked for
decides hardly a question of an encyclopaedia (.682 right with any weight from 0 to 5), and many about offices."""
GAIN = 3
"""Questions that another weight must put right to be taken; fewer are chance."""


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


def choose_ranking(asked: Sequence[Asked]) -> tuple[float, ...]:
    """Return the weights of the ranking that put a right candidate first most often.

    One weight after the other, twice, from :data:`START`, with the others fixed; of equal ones the least.
    """
    rows = [
        (np.array(one.evidence), np.array([one.is_right(candidate) for candidate in one.candidates]))
        for one in asked
    ]
    rows = [(values, right) for values, right in rows if right.any()]
    chosen = dict.fromkeys(EVIDENCE, 0.0) | START

    def first_right(weights: dict[str, float]) -> int:
        given = np.array([weights[name] for name in EVIDENCE])
        return sum(bool(right[int(np.argmax(values @ given))]) for values, right in rows)

    for _ in range(2):
        for name, choices in CHOICES.items():
            found = {choice: first_right(chosen | {name: choice}) for choice in choices}
            best = max(found, key=lambda choice: (found[choice], -abs(choice)))
            if found[best] >= found[chosen[name]] + GAIN:
                chosen[name] = best
    return tuple(chosen[name] for name in EVIDENCE)


def observe(asked: Sequence[Asked], *, ranking: Sequence[float]) -> Observations:
    """Return the features of the first candidate for each question, and whether it was right."""
    ranked = [(one, one.ranked(ranking)) for one in asked]
    rows = [features(one.query, candidates, passages=one.passages) for one, candidates in ranked]
    return Observations(
        rows=np.array(rows),
        right=np.array([one.is_right(candidates[0].candidate) for one, candidates in ranked]),
        answerable=np.array([bool(one.golds) for one in asked]),
        groups=np.array([one.group for one in asked]),
    )


def highest_margin(asked: Sequence[Asked]) -> float:
    """Return the margin that the best span of one passage in a hundred goes beyond."""
    best: dict[tuple[int, str, int], float] = {}
    for number, one in enumerate(asked):
        for candidate in one.candidates:
            passage = (number, candidate.article.id, candidate.hit.start)
            best[passage] = max(candidate.margin, best.get(passage, candidate.margin))
    return float(np.quantile(list(best.values()), 0.99))


def regression() -> LogisticRegression:
    """Return a regression, with a little shrinkage."""
    return LogisticRegression(C=10.0, max_iter=5_000)


def fit_confidence(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> LogisticRegression:
    """Fit the probability of being right, over the first of ``FEATURES``."""
    return _fit(rows, right, names=FEATURES[: rows.shape[1]])


def fit_support(seen: Observations) -> LogisticRegression:
    """Fit the probability that the first candidate's passage answers, over the features of ``SUPPORT``."""
    return _fit(seen.rows[:, SUPPORTING], seen.answerable, names=SUPPORT)


def _fit(rows: NDArray[np.float64], wanted: NDArray[np.bool_], *, names: Sequence[str]) -> LogisticRegression:
    """Fit a regression; what a passage lacks of the question may not speak for it, though it does by chance in some
    data: such a feature is left out.
    """
    model = regression().fit(rows, wanted)
    lacking = [
        column
        for column, name in enumerate(names)
        if name.startswith("missing") and model.coef_[0, column] > 0
    ]
    if lacking:
        rows = rows.copy()
        rows[:, lacking] = 0
        model = regression().fit(rows, wanted)
    return model


def held_out_probabilities(seen: Observations) -> NDArray[np.float64]:
    """Return the probability of each observation by a regression of the other folds."""
    probabilities = np.zeros(len(seen.right))
    for fitted, held_out in GroupKFold(FOLDS).split(seen.rows, seen.right, seen.groups):
        model = fit_confidence(seen.rows[fitted], seen.right[fitted])
        probabilities[held_out] = model.predict_proba(seen.rows[held_out])[:, 1]
    return probabilities


def held_out_of(
    asked: Sequence[Asked],
) -> tuple[NDArray[np.float64], NDArray[np.float64], Observations]:
    """Return confidence and support by what the other folds fitted, and the observations in that order."""
    groups = [one.group for one in asked]
    probabilities, supports, parts = [], [], []
    for fitted, held_out in GroupKFold(FOLDS).split(asked, groups=groups):
        ranking = choose_ranking([asked[place] for place in fitted])
        known = observe([asked[place] for place in fitted], ranking=ranking)
        part = observe([asked[place] for place in held_out], ranking=ranking)
        model = fit_confidence(known.rows, known.right)
        probabilities.append(model.predict_proba(part.rows)[:, 1])
        supports.append(fit_support(known).predict_proba(part.rows[:, SUPPORTING])[:, 1])
        parts.append(part)
    joined = Observations(
        rows=np.concatenate([part.rows for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        answerable=np.concatenate([part.answerable for part in parts]),
        groups=np.concatenate([part.groups for part in parts]),
    )
    return np.concatenate(probabilities), np.concatenate(supports), joined


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


def report(
    seen: Observations, probabilities: NDArray[np.float64], supports: NDArray[np.float64]
) -> dict[str, Any]:
    """Figures of held-out confidence and support."""
    figures: dict[str, Any] = {
        "questions": len(seen.right),
        "first_right_of_answerable": _share(seen.right[seen.answerable]),
        "expected_calibration_error": expected_calibration_error(probabilities.tolist(), seen.right.tolist()),
        "auc_right": float(roc_auc_score(seen.right, probabilities)),
        "auc_answerable": float(roc_auc_score(seen.answerable, supports)),
    }
    for caution, threshold in THRESHOLDS.items():
        shown = supports >= threshold
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
    asked = ask_all(examples, reader=reader, seed=arguments.seed, own=OWN)
    probabilities, supports, held_out = held_out_of(asked)
    ranking = choose_ranking(asked)
    seen = observe(asked, ranking=ranking)
    model, support = fit_confidence(seen.rows, seen.right), fit_support(seen)
    fitted = rounded(
        {
            "reader": reader.identity,
            "answers": {
                "ranking": dict(zip(EVIDENCE, ranking, strict=True)),
                "weights": dict(zip(FEATURES, model.coef_[0].tolist(), strict=True)),
                "bias": float(model.intercept_[0]),
                "support_weights": dict(zip(SUPPORT, support.coef_[0].tolist(), strict=True)),
                "support_bias": float(support.intercept_[0]),
                "thresholds": THRESHOLDS,
                "highest_margin": highest_margin(asked),
                "held_out": report(held_out, probabilities, supports),
            },
            "reading": fit_reading(examples, reader=reader),
        }
    )
    arguments.output.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=1))
    if arguments.plot:
        plot(supports, held_out, arguments.plot)


if __name__ == "__main__":
    main()
