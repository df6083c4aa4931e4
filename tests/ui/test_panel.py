import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from index.errors import IndexDamaged, IndexNotFound
from tests.ui.fake_assistant import BOOKS, QUESTION, FakeAssistant
from tests.ui.html_page import HtmlPage
from ui import conversations
from ui.conversations import NAME, Conversations
from ui.page import Page, Visit
from ui.panel import Panel
from ui.place import Place
from ui.turn import Turn


def can_be_seen_and_closed(shown: str) -> bool:
    """Whether the page shows it: ``chat.css`` hides a panel without ``.open-article``."""
    page = HtmlPage(shown)
    closes = [button.attributes["data-action"] for button in page.all("button")] == ["close"]
    return len(page.of_class("open-article")) == 1 and closes


def test_an_address_opens_its_article_and_no_other():
    panel = Panel(FakeAssistant())
    place = Place.of(BOOKS, number=1)
    assert HtmlPage(panel.opened(place.query())).of_class("target")[0].text == BOOKS.text
    assert panel.opened("") == ""
    assert "không có bài viết" in panel.opened("article=../../etc/passwd").lower()
    assert "There is no article" in panel.opened("article=x", language="en")


def test_an_index_that_breaks_while_the_chat_runs_is_told(monkeypatch):
    assistant = FakeAssistant()

    def broken(*_):
        raise IndexDamaged("dense.faiss is missing.")

    monkeypatch.setattr(assistant, "articles", broken)
    monkeypatch.setattr(assistant, "article", broken)
    panel = Panel(assistant)
    for shown in (panel.articles(), panel.opened("article=a")):
        assert "hoidap doctor" in HtmlPage(shown).one("problem").text
        assert can_be_seen_and_closed(shown)


def test_the_first_files_can_be_added_where_there_is_no_index(monkeypatch):
    assistant = FakeAssistant()

    def nothing():
        raise IndexNotFound("There is no index.")

    monkeypatch.setattr(assistant, "articles", nothing)
    assert HtmlPage(Panel(assistant, uploads=True).articles()).one("upload").tag == "form"
    without = Panel(assistant).articles()
    assert "hoidap index" in HtmlPage(without).one("problem").text
    assert can_be_seen_and_closed(without)


@pytest.fixture
def talk(tmp_path):
    """A panel over one kept conversation, and its owner's visit."""
    kept = Conversations.open(tmp_path)
    *_, (visit, _) = Page(FakeAssistant(), conversations=kept).ask(QUESTION, Visit(owner="lan"))
    return Panel(FakeAssistant(), conversations=kept), visit


def test_a_long_list_of_conversations_says_how_much_of_it_is_shown(tmp_path):
    kept = Conversations.open(tmp_path)
    turn = Turn(QUESTION).answered(FakeAssistant().ask(QUESTION))
    for number in range(201):
        kept.save(turn, conversation=str(number), owner="", versions={})
    listed = HtmlPage(Panel(FakeAssistant(), conversations=kept).history(Visit()))
    assert listed.of_class("details")[0].text == "201 cuộc trò chuyện, 200 cuộc gần đây nhất được hiện"
    assert len(listed.of_class("reopen")) == 200


def test_conversations_are_searched_by_title_and_date_also_those_too_old_to_be_shown(tmp_path):
    noon = datetime(2026, 3, 1, 12).astimezone()
    Conversations.open(tmp_path)
    kept = Conversations(tmp_path / NAME, now=lambda: noon)
    kept.save(Turn("Cầu <b>Đá Bạc</b> ở đâu?"), conversation="cau", owner="", versions={})
    kept = Conversations(tmp_path / NAME, now=lambda: noon + timedelta(days=1))
    for number in range(201):
        kept.save(Turn(QUESTION), conversation=str(number), owner="", versions={})
    panel = Panel(FakeAssistant(), conversations=kept)

    def found(shown):
        return [one.text for one in HtmlPage(shown).of_class("reopen")]

    title = "Cầu <b>Đá Bạc</b> ở đâu?"
    assert title not in found(panel.history(Visit()))
    for search in ("cau DA bac", "1/03/2026", "đâu 01/03"):
        assert found(panel.history(Visit(), search)) == [title]
    hostile = HtmlPage(panel.history(Visit(), '"><b>'))
    assert hostile.of_class("search")[0].attributes["value"] == '"><b>'
    assert hostile.of_class("nothing")[0].text == "Không có cuộc trò chuyện nào khớp."
    assert found(panel.rename(Visit(), "cau", "Cầu", search="cầu")) == ["Cầu"]
    _, deleted = panel.delete(Visit(), "cau", search="cầu")
    assert found(deleted) == []
    assert HtmlPage(deleted).of_class("search")[0].attributes["value"] == "cầu"


def test_conversations_are_listed_renamed_and_deleted_by_their_owner_alone(talk):
    panel, visit = talk
    listed = HtmlPage(panel.history(visit))
    assert [one.text for one in listed.of_class("reopen")] == [QUESTION]
    assert [one.attributes["href"] for one in listed.all("a")] == [
        f"conversations/{visit.conversation}.{suffix}" for suffix in ("md", "json", "html")
    ]
    english = HtmlPage(panel.history(replace(visit, language="en")))
    assert all((one.attributes["href"] or "").endswith("?lang=en") for one in english.all("a"))
    stranger = Visit(owner="minh")
    assert HtmlPage(panel.rename(stranger, visit.conversation, "Của tôi")).of_class("reopen") == []
    assert HtmlPage(panel.delete(stranger, visit.conversation)[1]).of_class("reopen") == []
    (renamed,) = HtmlPage(panel.rename(visit, visit.conversation, " <b>Sách</b> ")).of_class("reopen")
    assert renamed.text == "<b>Sách</b>"
    assert panel.delete(visit, "another")[0] is visit
    begun, deleted = panel.delete(visit, visit.conversation)
    assert begun == Visit(owner="lan")
    assert HtmlPage(deleted).of_class("reopen") == []


def test_what_cannot_be_done_with_a_conversation_is_told_above_the_list_and_nothing_is_lost(
    talk, tmp_path, monkeypatch
):
    monkeypatch.setattr(conversations, "_WAIT_SECONDS", 0)
    panel, visit = talk
    with closing(sqlite3.connect(tmp_path / NAME)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        renamed = panel.rename(replace(visit, language="en"), visit.conversation, "Sách")
        then, deleted = panel.delete(visit, visit.conversation)
    assert "free space on the disk" in HtmlPage(renamed).one("problem").text
    assert "--no-history" in HtmlPage(deleted).one("problem").text
    assert then is visit
    for shown in (renamed, deleted, panel.history(visit)):
        assert [one.text for one in HtmlPage(shown).of_class("reopen")] == [QUESTION]


def test_kept_conversations_that_are_damaged_are_told_by_whatever_is_done_with_them(talk, tmp_path):
    panel, visit = talk
    (tmp_path / NAME).write_bytes(b"no database" * 1000)
    _, deleted = panel.delete(visit, visit.conversation)
    for shown in (panel.history(visit), panel.rename(visit, visit.conversation, "Sách"), deleted):
        assert "chuyển nó đi nơi khác" in HtmlPage(shown).one("problem").text
        assert can_be_seen_and_closed(shown)


def test_without_history_there_is_none():
    assert Panel(FakeAssistant()).history(Visit()) == ""
