"""The project's own training questions are what their README says, and none is over the shipped corpus."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from qa.training.reading_data import OWN_TEXTS

DATA = Path(__file__).parent.parent.parent / "training_data"


def lines(name):
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def questions():
    return [question for path in sorted(DATA.glob("questions*.jsonl")) for question in lines(path.name)]


@pytest.fixture(scope="module")
def articles():
    paths = [path for pattern in OWN_TEXTS for path in DATA.glob(pattern)]
    texts = [text for path in paths for text in lines(path.name)]
    assert len({text["id"] for text in texts}) == len(texts)
    return {text["id"]: text for text in texts}


def test_answers_stand_where_they_are_said_to(questions, articles):
    for question in questions:
        if question["context"] in articles:
            text = articles[question["context"]]["text"]
            for answer in question["answers"]:
                assert text[answer["start"] :].startswith(answer["text"]), question["id"]


def test_every_context_is_an_own_article_or_a_hash(questions, articles):
    for question in questions:
        assert question["context"] in articles or re.fullmatch(r"[0-9a-f]{64}", question["context"]), (
            question["id"]
        )


def test_near_misses_have_no_answer_and_follow_ups_a_history(questions):
    for question in questions:
        if question["kind"] == "near_miss":
            assert question["answers"] == [], question["id"]
        if question["kind"] == "follow_up":
            assert question["history"], question["id"]


def test_identifiers_and_questions_are_not_repeated(questions):
    assert max(Counter(question["id"] for question in questions).values()) == 1
    assert max(Counter((question["context"], question["question"]) for question in questions).values()) == 1


def test_no_sentence_of_the_shipped_corpus_is_trained_on(articles, corpus):
    shipped = {
        line.strip()
        for path in corpus.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.strip()) > 30
    }
    for article in articles.values():
        assert not shipped & {line.strip() for line in article["text"].splitlines()}, article["id"]
