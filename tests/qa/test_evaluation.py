"""Evaluation reads the data as documented and its figures follow from the predictions."""

from __future__ import annotations

import gzip
import json

import pytest

from index.errors import UsageError
from qa.evaluation import evaluate_answers, evaluate_reading, evaluate_retrieval
from qa.examples import read_examples

LINES = [
    {
        "id": "a",
        "source": "one",
        "context": "Cầu Đá Bạc dài 240 mét.",
        "question": "Cầu Đá Bạc dài bao nhiêu?",
        "answers": [{"text": "240 mét", "start": 15}],
    },
    {
        "id": "b",
        "context": "Thư viện có 12.500 đầu sách.",
        "question": "Thư viện mở cửa ngày nào?",
        "answers": [],
    },
]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_questions_are_read_plain_and_compressed(tmp_path, suffix):
    path = tmp_path / f"data{suffix}"
    data = "".join(json.dumps(line) + "\n" for line in LINES).encode()
    path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    first, second = read_examples(path)
    assert (first.id, first.answers, first.source) == ("a", ("240 mét",), "one")
    assert (second.answers, second.source) == ((), "")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "no question"),
        (b'{"id": 1}\n', "line 1"),
        (json.dumps(LINES[0]).encode() + b"\nnot json\n", "line 2"),
        (b'"a text"\n', "line 1 .*not a JSON object"),
        (json.dumps({**LINES[0], "context": 5}).encode(), "line 1 .*5 is not a text"),
        (json.dumps({**LINES[0], "answers": [{"text": None}]}).encode(), "line 1 .*null is not a text"),
        (b"[" * 100_000, "line 1"),
        (b"\x1f\x8bnot gzip", "cannot be read|line 1"),
    ],
)
def test_data_that_is_none_is_one_sentence(tmp_path, data, match):
    for name in ("data.jsonl", "data.jsonl.gz"):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UsageError):
            read_examples(path)
    (tmp_path / "data.jsonl").write_bytes(data)
    with pytest.raises(UsageError, match=match):
        read_examples(tmp_path / "data.jsonl")


@pytest.mark.parametrize("damage", [lambda data: data[:-12], lambda data: data[:20] + b"\xff" * 20])
def test_a_file_that_cannot_be_unpacked_is_one_sentence(tmp_path, damage):
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(damage(gzip.compress(json.dumps(LINES[0]).encode())))
    with pytest.raises(UsageError, match="compress it again"):
        read_examples(path)


def test_half_a_character_is_replaced_in_what_is_read(tmp_path):
    (tmp_path / "data.jsonl").write_text(json.dumps({**LINES[0], "context": "a\ud800"}), encoding="utf-8")
    assert read_examples(tmp_path / "data.jsonl")[0].context == "a?"


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_examples(tmp_path / "none.jsonl")


@pytest.mark.models
@pytest.mark.parametrize("folded", [False, True])
def test_retrieval_ranks_the_paragraph_among_all(tmp_path, folded):
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    evaluation = evaluate_retrieval(read_examples(path), folded=folded)
    assert evaluation.predictions == ({"id": "a", "ranks": [1]},)
    assert evaluation.figures == {
        "n": 1,
        "passages": 2,
        "recall@1": 1.0,
        "recall@3": 1.0,
        "recall@10": 1.0,
        "mrr@10": 1.0,
    }
    assert evaluation.sources == {"one": evaluation.figures}


@pytest.fixture
def examples(tmp_path):
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return read_examples(path)


@pytest.mark.models
def test_reading_answers_each_question_from_its_own_paragraph(examples):
    from qa.reader import Reader

    evaluation = evaluate_reading(examples, reader=Reader.from_folder())
    first, second = evaluation.predictions
    assert (first["id"], first["text"]) == ("a", "240 mét")
    assert first["no_answer_probability"] < second["no_answer_probability"]
    assert evaluation.figures["answerable"] == {"n": 1, "em": 1.0, "f1": 1.0}
    assert evaluation.figures["n"] == 2
    assert set(evaluation.sources) == {"one", ""}
    assert evaluation.sources["one"]["em"] == 1.0


@pytest.mark.models
def test_answers_are_looked_for_in_all_paragraphs(examples):
    evaluation = evaluate_answers(examples, caution="balanced")
    first, _ = evaluation.predictions
    assert (first["text"], first["right_article"]) == ("240 mét", True)
    assert evaluation.figures["right_article"] == 1.0
    assert evaluation.figures["abstained"] == 0.0
