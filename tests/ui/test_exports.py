import json
import re
from dataclasses import replace
from datetime import datetime, timezone

from qa.answer import Answer, Note, Reply
from qa.message import Message
from tests.ui.fake_assistant import BOOKS, QUESTION, FakeAssistant
from tests.ui.html_page import HtmlPage
from ui.conversations import Conversation
from ui.exports import as_html, as_json, as_markdown, markdown
from ui.render import NO_ANSWER
from ui.turn import Turn

HOSTILE = "<script>x()</script><img src=x onerror=y()>[a](javascript:z()) $$q$$ **b** \x1b[31m# \u202e"
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
TALK = Conversation("abc", "Thư viện *Sông Mây*", NOON, NOON, 2)
TURNS = (
    Turn(QUESTION).answered(FakeAssistant().ask(QUESTION)),
    Turn("Cầu?", number=1).answered(FakeAssistant().ask("Cầu?")),
)


def test_markdown_has_every_question_answer_and_place():
    text = as_markdown(TALK, TURNS)
    assert text.startswith(
        "# Thư viện \\*Sông Mây\\*\n\n## Thư viện có bao nhiêu đầu sách?\n\n**12.500 đầu sách**"
    )
    assert "> Thư viện có 12.500 đầu sách, trong đó 500 sách mới.\n>\n> — Thư viện huyện Sông Mây" in text
    assert markdown(NO_ANSWER) in text


def test_json_has_the_replies_of_the_command_line():
    value = json.loads(as_json(TALK, TURNS))
    assert [turn["question"] for turn in value["turns"]] == [QUESTION, "Cầu?"]
    assert value["turns"][0]["reply"] == TURNS[0].reply.to_dict()


def test_the_printed_page_marks_the_answer_in_its_sentence():
    page = HtmlPage(as_html(TALK, TURNS))
    assert page.all("mark")[0].text == BOOKS.text
    assert page.all("blockquote")[0].text == BOOKS.sentence
    assert page.all("a") == page.all("script") == []


def test_whatever_articles_and_users_wrote_is_inert():
    cited = replace(
        BOOKS, text=HOSTILE, sentence=HOSTILE, title=HOSTILE, source=HOSTILE, article=HOSTILE, start=0,
        end=len(HOSTILE), sentence_start=0, sentence_end=len(HOSTILE),
    )  # fmt: skip
    note = Note("x", Message(HOSTILE))
    turn = Turn(HOSTILE, reply=Reply(HOSTILE, (Answer(0.9, (cited,)),), (), (note,), 0.1))
    talk = replace(TALK, title=HOSTILE)
    page = HtmlPage(as_html(talk, [turn]))
    assert {element.tag for element in page.elements}.isdisjoint({"script", "img", "a"})
    text = as_markdown(talk, [turn])
    assert re.findall(r"(?<!\\)[<\[$`]", text) == []
    assert set(text).isdisjoint("\x1b\u202e")
    assert json.loads(as_json(talk, [turn]))["turns"][0]["question"] == HOSTILE
