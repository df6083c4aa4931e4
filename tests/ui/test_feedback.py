import json
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from index.milvus.place import Place
from tests.ui.fake_assistant import BOOKS, LIBRARY, QUESTION, FakeAssistant
from ui.conversations import Conversations, ConversationsUnavailable, Judged
from ui.feedback import evaluation_rows, export
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


def test_a_refusal_called_right_that_found_nothing_near_is_one_too():
    turn = judged("Học phí?", verdict="right")
    bare = replace(turn, turn=replace(turn.turn, reply=replace(turn.turn.reply, closest=())))
    (row,) = rows(bare)
    assert (row["context"], row["answers"]) == ("", [])


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


def test_where_no_conversation_was_kept_nothing_is_exported_and_nothing_is_made(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("index.engine.open_engine", lambda _: FakeAssistant())
    export(tmp_path)
    assert capsys.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_written_is_exported(tmp_path, monkeypatch, capsys):
    turn = Turn(QUESTION, verdict="right").answered(FakeAssistant().ask(QUESTION))
    Conversations.open(tmp_path).save(turn, conversation="abc", owner="lan", versions={})

    def refused(_):
        raise ConversationsUnavailable("attempt to write a readonly database")

    monkeypatch.setattr(Conversations, "open", refused)
    monkeypatch.setattr("index.engine.open_engine", lambda _: FakeAssistant())
    export(tmp_path)
    assert json.loads(capsys.readouterr().out)["title"] == LIBRARY.title


def test_what_is_kept_beside_a_collection_in_milvus_is_exported_with_its_articles(
    tmp_path, monkeypatch, capsys
):
    opened = []
    monkeypatch.setattr("index.engine.open_engine", lambda place: opened.append(place) or FakeAssistant())
    turn = Turn(QUESTION, verdict="right").answered(FakeAssistant().ask(QUESTION))
    Conversations.open(tmp_path).save(turn, conversation="abc", owner="lan", versions={})
    export(tmp_path, engine="milvus", uri="http://127.0.0.1:19530", collection="bai_viet")
    assert opened == [Place("http://127.0.0.1:19530", "bai_viet")]
    assert json.loads(capsys.readouterr().out)["title"] == LIBRARY.title
