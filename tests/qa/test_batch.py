"""Questions answered side by side get the replies that they get alone, in order, as soon as they are there."""

from __future__ import annotations

import threading

import pytest

from index.build import build_index
from index.errors import UsageError
from index.search import Index
from qa import assistant as module
from qa.assistant import Assistant
from qa.confidence import FEATURES, SUPPORT, Calibration
from qa.ranking import EVIDENCE
from tests.fakes import SentenceReader

NOTHING = (0.0,) * len(FEATURES)
ALWAYS = Calibration(
    tuple(float(name == "margin") for name in EVIDENCE),
    NOTHING,
    0.0,
    NOTHING[: len(SUPPORT)],
    0.0,
    thresholds={"balanced": 0.0},
    highest_margin=0.0,
)
QUESTIONS = [
    ("Cầu Đá Bạc dài bao nhiêu mét?", ()),
    ("cau da bac dai bao nhieu met", ()),
    ("Ai thiết kế?", ("Cầu Đá Bạc dài bao nhiêu mét?",)),
    ("Thư viện có bao nhiêu đầu sách?", ()),
    ("Lễ hội chè có bao nhiêu gian hàng?", ()),
    ("Ai là Giám đốc Thư viện?", ["Thư viện có bao nhiêu đầu sách?"]),
    ("xyz", ()),
] * 5


@pytest.fixture
def index(tmp_path, folder, encoder):
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    return Index.open(tmp_path / "state", load=lambda _: encoder)


def without_seconds(reply):
    fields = reply.to_dict()
    del fields["seconds"]
    return fields


@pytest.mark.parametrize("remembered", [0, 256])
def test_the_replies_are_those_of_one_at_a_time(index, remembered):
    def make():
        return Assistant(index, reader=SentenceReader(), calibration=ALWAYS, remembered=remembered)

    alone = make()
    expected = [
        without_seconds(alone.ask(question, history=history, source="báo sông"))
        for question, history in QUESTIONS
    ]
    replies = make().ask_all(QUESTIONS, source="báo sông")
    assert [without_seconds(reply) for reply in replies] == expected


class WaitingReader(SentenceReader):
    """Waits before it reads about the library until it is told to go on."""

    def __init__(self):
        self.go_on = threading.Event()

    def read(self, questions, hits):
        if questions and "Thư viện" in questions[0]:
            assert self.go_on.wait(10)
        return super().read(questions, hits)


def test_a_reply_does_not_wait_for_later_questions(index):
    reader = WaitingReader()
    helper = Assistant(index, reader=reader, calibration=ALWAYS)
    questions = [("Cầu Đá Bạc dài bao nhiêu mét?", ()), ("Thư viện có bao nhiêu đầu sách?", ())] * 20
    replies = helper.ask_all(questions)
    assert next(replies).question == questions[0][0]
    reader.go_on.set()
    assert [reply.question for reply in replies] == [question for question, _ in questions[1:]]


def test_questions_are_taken_as_they_are_needed(index):
    taken = []

    def questions():
        for number in range(1_000):
            taken.append(number)
            yield f"Cầu số {number} dài bao nhiêu mét?", ()

    replies = Assistant(index, reader=SentenceReader(), calibration=ALWAYS).ask_all(questions())
    next(replies)
    replies.close()
    assert len(taken) == module._WAITING


def test_a_wrong_question_is_an_error_after_the_replies_before_it(index):
    helper = Assistant(index, reader=SentenceReader(), calibration=ALWAYS)
    replies = helper.ask_all([*QUESTIONS[:3], ("", ()), *QUESTIONS[:3]])
    assert [next(replies).question for _ in range(3)] == [question for question, _ in QUESTIONS[:3]]
    with pytest.raises(UsageError, match="empty"):
        next(replies)


@pytest.mark.models
def test_the_shipped_models_answer_side_by_side_as_alone(tmp_path, corpus):
    build_index([corpus], index=tmp_path / "state")
    questions = [
        ("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?", ()),
        ("Hội nghị do ai chủ trì?", ()),
        ("dang bo co bao nhieu chi bo", ()),
        ("Còn ai nữa?", ("Hội nghị do ai chủ trì?",)),
    ]
    helper = Assistant.open(tmp_path / "state")
    alone = [without_seconds(helper.ask(question, history=history)) for question, history in questions]
    again = Assistant.open(tmp_path / "state")
    assert [without_seconds(reply) for reply in again.ask_all(questions)] == alone
