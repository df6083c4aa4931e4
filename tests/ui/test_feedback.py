from dataclasses import replace
from datetime import datetime, timezone

import pytest

from tests.ui.fake_assistant import BOOKS, LIBRARY, QUESTION, FakeAssistant
from ui.conversations import Judged
from ui.feedback import evaluation_rows
from ui.turn import Turn

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
article = FakeAssistant().article


def judged(question: str = QUESTION, **fields) -> Judged:
    turn = Turn(question, **fields).answered(FakeAssistant().ask(question))
    return Judged("abc", turn, NOON, {"generation": 7})


def rows(*turns: Judged, articles=article, everything=False):
    return list(evaluation_rows(turns, articles, everything=everything))


def test_an_answer_called_right_is_the_gold_answer_in_its_article():
    (row,) = rows(judged(verdict="right"))
    assert (row["id"], row["question"], row["title"]) == ("abc-0", QUESTION, LIBRARY.title)
    (answer,) = row["answers"]
    assert row["context"][answer["start"] :].startswith(answer["text"])
    assert answer["text"] == row["shown"] == BOOKS.text
    assert (row["confidence"], row["versions"]) == (0.93, {"generation": 7})


def test_a_refusal_called_right_is_a_question_without_an_answer():
    (row,) = rows(judged("Học phí?", verdict="right"))
    assert (row["answers"], row["shown"]) == ([], None)


def test_a_correction_that_the_article_has_is_the_gold_answer():
    (row,) = rows(judged(verdict="wrong", correction="Bà Lê Thị Hạnh"))
    (answer,) = row["answers"]
    assert row["context"][answer["start"] :].startswith("Bà Lê Thị Hạnh, Giám đốc")


@pytest.mark.parametrize("correction", ["", "Không có trong bài"])
def test_what_does_not_tell_the_right_answer_comes_only_with_everything(correction):
    turn = judged(verdict="wrong", correction=correction)
    assert rows(turn) == []
    assert rows(turn, everything=True)[0]["answers"] is None


def test_of_an_article_that_has_changed_the_cited_sentence_is_kept():
    changed = replace(LIBRARY, text=f"Mới. {LIBRARY.text}")
    (row,) = rows(judged(verdict="right"), articles=lambda _: changed)
    (answer,) = row["answers"]
    assert row["context"] == BOOKS.sentence
    assert row["context"][answer["start"] :].startswith(BOOKS.text)
