"""The shipped models on questions of every kind about the shipped articles; every answer is a place in its article."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.questions import ask, figures, read_questions
from index.build import build_index
from qa.assistant import Assistant

DATA = Path(__file__).parent.parent / "data"
SEEDS = 20


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "state"
    build_index([Path(__file__).parents[2] / "corpus"], index=folder)
    return folder


@pytest.mark.models
def test_most_questions_are_answered_rightly_or_refused_rightly(state):
    assistant = Assistant.open(state)
    outcomes = [ask(asked, assistant) for asked in read_questions(DATA / "corpus_questions.jsonl")]
    for outcome in outcomes:
        for answer in outcome.reply.answers:
            for place in answer.citations:
                text = assistant.article(place.article).text
                assert text[place.start : place.end] == place.text
                assert text[place.sentence_start : place.sentence_end] == place.sentence
    told = figures(outcomes)
    assert told["all answerable"]["right"] >= 0.78
    assert told["all answerable"]["refused"] <= 0.12
    assert told["all others"]["refused"] >= 0.78


@pytest.mark.models
@pytest.mark.parametrize("folder", sorted(DATA.glob("collections/*")), ids=lambda folder: folder.name)
def test_articles_of_other_kinds_are_answered_from_as_well(folder, tmp_path):
    build_index([folder / "articles"], index=tmp_path)
    assistant = Assistant.open(tmp_path)
    told = figures([ask(asked, assistant) for asked in read_questions(folder / "questions.jsonl")])
    assert told["all answerable"]["right"] >= 0.72
    assert told["all answerable"]["refused"] <= 0.14
    assert told["all others"]["refused"] >= 0.58


@pytest.mark.models
def test_the_same_questions_get_the_same_answers_whatever_the_hash_seed(state, tmp_path):
    asked = [
        {"id": 1, "question": "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"},
        {"id": 2, "question": "truong dhcn to chuc hoi nghi o dau"},
        {"id": 3, "question": "Còn ai nữa?", "history": ["Ai chủ trì Toạ đàm khoa học?"]},
        {"id": 4, "question": "Những ai phát biểu tại hội nghị của Viện?"},
        {"id": 5, "question": "Giám đốc Sở Y tế là ai?"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in asked), encoding="utf-8")
    command = [sys.executable, "-m", "ui", "ask", "--batch", str(batch), "--index", str(state), "--explain"]

    def replies(seed):
        run = subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            check=True,
            capture_output=True,
            text=True,
        )
        told = [json.loads(line) for line in run.stdout.splitlines()]
        return [{name: value for name, value in reply.items() if name != "seconds"} for reply in told]

    first = replies(0)
    assert len(first) == len(asked)
    for seed in range(1, SEEDS):
        assert replies(seed) == first
