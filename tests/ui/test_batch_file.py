"""A file of questions is checked as a whole, before anything is answered."""

import json

import pytest

from index.errors import UsageError
from index.search import MAX_QUESTION
from ui.batch_file import read_batch


def test_marks_at_the_beginning_and_blank_lines_are_nothing(tmp_path):
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"question": "Ai?"}\n\n', encoding="utf-8-sig")
    assert list(read_batch(batch)) == [{"question": "Ai?"}]


@pytest.mark.parametrize("question", [" ", "a" * (MAX_QUESTION + 1)])
def test_a_question_that_cannot_be_asked_is_named_by_its_line(question, tmp_path):
    batch = tmp_path / "questions.jsonl"
    lines = [{"question": "Ai?"}, {"question": question}]
    batch.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        list(read_batch(batch))
