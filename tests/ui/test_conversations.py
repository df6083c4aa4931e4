import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from index.errors import HoidapError, IndexMismatch
from qa.answer import Note
from qa.message import Message
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui import conversation_format
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
    with pytest.raises(ConversationsDamaged, match=f"{NAME} .*`mv "):
        Conversations.open(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE turns SET turn = replace(turn, '12.500', '12.600')",
        "UPDATE turns SET turn = substr(turn, 1, 40)",
        "UPDATE turns SET asked = '1999-01-01T00:00:00+00:00'",
        "UPDATE turns SET versions = '{}'",
        "UPDATE turns SET number = 7",
    ],
)
def test_an_answer_that_changed_on_the_disk_is_not_shown_again(kept, tmp_path, change):
    kept.save(turn(), conversation="abc", owner="", versions=VERSIONS)
    kept.judge("abc", owner="", number=0, verdict="right")
    kept.check()
    with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
        assert database.execute(change).rowcount == 1
    for read in (kept.check, lambda: kept.turns("abc", owner=""), lambda: list(kept.judged())):
        with pytest.raises(ConversationsDamaged, match=r"not as it was written|malformed JSON"):
            read()


def test_no_damage_to_the_file_changes_an_answer_or_is_an_error_of_another_kind(tmp_path):
    draw = random.Random(5)
    whole = tmp_path / "whole"
    truth = keep_some(Conversations.open(whole))
    data = (whole / NAME).read_bytes()
    damaged = 0
    for number in range(90):
        folder = tmp_path / str(number)
        folder.mkdir()
        place = draw.randrange(len(data))
        flipped = bytes((data[place] ^ (1 << draw.randrange(8)),))
        cut = number % 3 == 0
        (folder / NAME).write_bytes(data[:place] if cut else data[:place] + flipped + data[place + 1 :])
        try:
            kept = Conversations.open(folder)
            for conversation in kept.listed(owner=""):
                assert set(kept.turns(conversation.id, owner="")) <= truth
            list(kept.judged())
            kept.check()
        except HoidapError as error:
            assert NAME in str(error)
            damaged += 1
    assert damaged > 30


def keep_some(kept):
    """Twenty conversations in a file without a log beside it; their turns."""
    for number in range(20):
        kept.save(turn(f"{QUESTION} {number}"), conversation=f"c{number}", owner="", versions=VERSIONS)
    with closing(sqlite3.connect(kept._path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {one for number in range(20) for one in kept.turns(f"c{number}", owner="")}


def test_a_file_of_the_format_before_gets_its_checksums(kept, tmp_path):
    said = kept.save(turn(), conversation="abc", owner="", versions=VERSIONS)
    with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
        database.execute("ALTER TABLE turns DROP COLUMN checksum")
        database.execute("PRAGMA user_version = 1")
    Conversations(tmp_path / NAME).check()
    opened = Conversations.open(tmp_path)
    opened.check()
    assert opened.turns("abc", owner="") == (said,)


def test_a_file_whose_making_was_interrupted_is_made_again(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("ui.conversation_format._SCHEMA", f"{conversation_format._SCHEMA}; SELECT nothing")
        with pytest.raises(ConversationsDamaged):
            Conversations.open(tmp_path)
    assert Conversations.open(tmp_path).listed(owner="") == ()


def test_half_a_character_is_kept_as_a_question_mark(kept):
    kept.save(turn("a\ud800b?"), conversation="abc", owner="", versions=VERSIONS)
    kept.judge("abc", owner="", number=0, verdict="wrong", correction="\udfff")
    (said,) = kept.turns("abc", owner="")
    assert (said.question, said.correction) == ("a?b?", "?")
    assert kept.find("abc", owner="").title == "a?b?"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / NAME).mkdir()
    (tmp_path / "file").touch()
    for folder in (tmp_path, tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ConversationsUnavailable, match="--no-history"):
            Conversations.open(folder)


def test_a_conversation_that_was_deleted_while_a_question_was_answered_stays_deleted(kept):
    kept.save(turn(), conversation="a", owner="", versions=VERSIONS)
    kept.delete("a", owner="")
    kept.save(turn("Cầu?"), conversation="a", owner="", versions=VERSIONS, begun=True)
    assert kept.listed(owner="") == ()
