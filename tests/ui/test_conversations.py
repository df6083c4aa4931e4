import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from index.errors import IndexMismatch
from qa.answer import Note
from qa.message import Message
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui.conversations import (
    NAME,
    ConversationOfAnother,
    Conversations,
    ConversationsDamaged,
    ConversationsUnavailable,
)
from ui.turn import Turn

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
VERSIONS = {"generation": 7}


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def kept(tmp_path) -> Conversations:
    Conversations.open(tmp_path)
    return Conversations(tmp_path / NAME, now=Clock())


def turn(question: str = QUESTION, number: int = 0, **fields) -> Turn:
    asked = Turn(question, number=number, **fields)
    return asked.answered(FakeAssistant().ask(question, history=["Trước đó?"]))


def test_a_turn_comes_back_as_it_was_also_after_a_restart(kept, tmp_path):
    before = turn(within=(Message("đăng từ {}", ("01/01/2021",)),))
    kept.save(before, conversation="a", owner="lan", versions=VERSIONS)
    assert Conversations.open(tmp_path).turns("a", owner="lan") == (before,)


def test_a_sentence_within_a_sentence_comes_back_as_it_was(kept):
    sides = (Message("1 bài nói {}", ("“8”",)), Message("{} bài nói {}", ("2", "“9”")))
    note = Note("conflict", Message("Các bài viết trả lời khác nhau: {}.", (Message("{}, {}", sides),)))
    answered = turn()
    before = replace(answered, reply=replace(answered.reply, notes=(note,)))
    kept.save(before, conversation="a", owner="", versions=VERSIONS)
    assert kept.turns("a", owner="") == (before,)


def test_two_pages_that_count_alike_both_keep_their_turns(kept):
    for question in ("a", "b", "c"):
        kept.save(turn(question, 0), conversation="a", owner="", versions=VERSIONS)
    assert [(one.number, one.question) for one in kept.turns("a", owner="")] == [(0, "a"), (1, "b"), (2, "c")]


def test_turns_asked_anew_are_forgotten_and_their_numbers_are_never_given_again(kept):
    first, second, third = (
        kept.save(turn(question), conversation="a", owner="", versions=VERSIONS) for question in "abc"
    )
    anew = {"conversation": "a", "owner": "", "versions": VERSIONS}
    assert kept.save(turn("d", 1), **anew, instead_of=(second, third)).number == 3
    assert kept.save(turn("e", 1), **anew, instead_of=(second,)).number == 4
    assert [one.question for one in kept.turns("a", owner="")] == ["a", "d", "e"]
    assert first.number == 0


def test_a_title_follows_the_first_question_until_somebody_gives_another(kept):
    anew = {"conversation": "a", "owner": "", "versions": VERSIONS}
    first = kept.save(turn("a"), **anew)
    second = kept.save(turn("b", 1), **anew)
    kept.save(turn("c", 1), **anew, instead_of=(second,))
    assert kept.find("a", owner="").title == "a"
    last = kept.save(turn("d"), **anew, instead_of=(first,))
    assert kept.find("a", owner="").title == "c"
    kept.rename("a", owner="", title="Sách")
    kept.save(turn("e"), **anew, instead_of=(*kept.turns("a", owner=""), last))
    assert kept.find("a", owner="").title == "Sách"


def test_the_newest_conversation_is_listed_first_under_its_first_question(kept):
    kept.save(turn("a  " * 100), conversation="a", owner="", versions=VERSIONS)
    kept.save(turn("b"), conversation="b", owner="", versions=VERSIONS)
    kept.save(turn("c", 1), conversation="a", owner="", versions=VERSIONS)
    first, second = kept.listed(owner="")
    assert (first.id, first.questions, first.title[:5], len(first.title)) == ("a", 2, "a a a", 120)
    assert (second.id, second.updated) == ("b", NOON + timedelta(minutes=2))


def test_nobody_reaches_the_conversation_of_somebody_else(kept):
    kept.save(turn(), conversation="a", owner="lan", versions=VERSIONS)
    assert kept.turns("a", owner="minh") == ()
    assert kept.find("a", owner="minh") is None
    kept.rename("a", owner="minh", title="x")
    kept.judge("a", owner="minh", number=0, verdict="wrong")
    kept.delete("a", owner="minh")
    with pytest.raises(ConversationOfAnother, match="somebody else"):
        kept.save(turn("Chen vào"), conversation="a", owner="minh", versions=VERSIONS)
    assert kept.turns("a", owner="lan") == (turn(),)
    assert kept.find("a", owner="lan").title == QUESTION


def test_a_deleted_conversation_leaves_nothing(kept):
    kept.save(turn(), conversation="a", owner="", versions=VERSIONS)
    kept.judge("a", owner="", number=0, verdict="right")
    kept.delete("a", owner="")
    assert kept.listed(owner="") == ()
    assert list(kept.judged()) == []


def test_the_last_verdict_counts_and_keeps_what_answered(kept):
    kept.save(turn(), conversation="a", owner="lan", versions=VERSIONS)
    kept.judge("a", owner="lan", number=0, verdict="wrong", correction=" 500 sách ")
    kept.judge("a", owner="lan", number=0, verdict="wrong", correction="500 sách mới")
    (judged,) = kept.judged()
    assert (judged.turn.verdict, judged.turn.correction, judged.versions) == (
        "wrong",
        "500 sách mới",
        VERSIONS,
    )


def test_a_file_of_a_newer_version_is_refused(kept, tmp_path):
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexMismatch, match="newer version"):
        Conversations.open(tmp_path)


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(ConversationsDamaged, match=NAME):
        Conversations.open(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / NAME).mkdir()
    (tmp_path / "file").touch()
    for folder in (tmp_path, tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ConversationsUnavailable, match="--no-history"):
            Conversations.open(folder)
