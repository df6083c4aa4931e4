"""Take the tone marks of marked questions away, restore them, and count what came back.

    python -m benchmarks.tone_marks DATA/viqa/dev.jsonl.gz --questions 400

The questions, drawn with a seed, are restored as the product restores them: by the passages that they find without
marks among all paragraphs of the file.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from index.passage import header
from index.terms import has_tone_marks, spelled, syllables
from qa.examples import index_contexts, read_examples
from qa.finding import WITNESSES
from qa.tone_marks import restore_tone_marks
from qa.training.questions import strip_marks


def syllables_of(text: str) -> list[str]:
    """All syllables of a text, in their one spelling."""
    return [spelled(syllable) for part in syllables(text) for syllable in part]


def main() -> None:
    """Restore and print two shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="a .jsonl.gz file of questions with their paragraphs")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    examples = read_examples(arguments.data)
    questions = [one.question for one in examples if one.answers and has_tone_marks(one.question)]
    random.Random(arguments.seed).shuffle(questions)
    questions = questions[: arguments.questions]
    right = total = whole = 0
    with tempfile.TemporaryDirectory() as scratch:
        index, _ = index_contexts(examples, Path(scratch))
        for question in questions:
            bare = strip_marks(question)
            found = [f"{header(hit.article)}\n{hit.text}" for hit in index.search(bare, k=WITNESSES)]
            restored = syllables_of(restore_tone_marks(bare, found, frequency=index.frequency))
            wanted = syllables_of(question)
            right += sum(one == other for one, other in zip(restored, wanted, strict=False))
            total += len(wanted)
            whole += restored == wanted
    print(
        f"{len(questions)} questions: {right / total:.3f} of the syllables, {whole / len(questions):.3f} whole"
    )


if __name__ == "__main__":
    main()
