"""Count neighbouring syllables in the project's own articles and questions: ``qa/common_pairs.txt``.

    python -m qa.training.common_pairs

Restoring tone marks needs the words that only ask, and common words that the passages found do not say.  A line is a
pair and how often it occurs; an empty first or second syllable is the begin or the end of a question.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from index.terms import has_tone_marks, syllables
from qa.tone_marks import COMMON
from qa.training.reading_data import OWN, own_questions


def own_sentences(folder: Path) -> Iterator[list[str]]:
    """Yield the syllables of each sentence, a question with its begin and its end."""
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        yield from syllables(json.loads(line)["text"])
    for row in own_questions(folder):
        for question in filter(has_tone_marks, [*row["history"], row["question"]]):
            yield ["", *(syllable for part in syllables(question) for syllable in part), ""]


def main() -> None:
    """Write the table, pairs in alphabetical order."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--least", type=int, default=2, help="how often a pair must occur")
    parser.add_argument("--output", type=Path, default=COMMON)
    arguments = parser.parse_args()
    pairs = Counter(pair for sentence in own_sentences(OWN) for pair in pairwise(sentence))
    kept = sorted((pair, count) for pair, count in pairs.items() if count >= arguments.least)
    lines = [f"{first} {second} {count}\n" for (first, second), count in kept]
    arguments.output.write_text("".join(lines), encoding="utf-8")
    print(f"{len(kept)} pairs of {len(pairs)}, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
