"""What is kept of a conversation is whole, and whatever is written in it does nothing."""

import json
import re
from dataclasses import replace
from datetime import datetime, timezone
from unicodedata import category

import pytest
from markdown_it import MarkdownIt

from qa.answer import Answer, Note, Reply
from qa.message import Message
from tests.ui.fake_assistant import BOOKS, LENGTH, NEW_BOOKS, QUESTION, FakeAssistant
from tests.ui.html_page import HtmlPage
from ui.conversations import Conversation
from ui.exports import as_html, as_json, as_markdown, markdown
from ui.language import speaking
from ui.markup import inert
from ui.render import NO_ANSWER
from ui.turn import Turn

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</blockquote></style></title><svg onload=alert(3)>",
    "[a](javascript:alert(4)) <javascript:alert(5)> ![x](http://evil.example/x.png) [a]: javascript:x",
    "$$x^2$$ $y$ {{value}} ${1 + 1}",
    "**đậm** *b* __c__ _d_ `e` ~~f~~ ~~~ ``` | a | b | &lt; &amp; \\* \\",
    "\x1b[31mđỏ\x1b[0m \x9b1m \x00 \x07 \x7f",
    "7\u202e2\u202c \u2066a\u2069 \u200fb \ufeffc \ud800",
    "một dòng\n\n# hai\r\n- ba\u2028> bốn",
    *(
        "2022. Năm",
        "100) x",
        "123456789. x",
        "1234567890. x",
        "7.",
        "---",
        "- - -",
        "***",
        "___",
        "===",
        "= x",
    ),
    *("- x", "+ x", "* x", "-", "+", "# x", "###### x #", "> x", "    mã", "\tmã", "```", "~~~"),
    *("| a |", ": x", "! x", "\\", "x  ", "“x”", "(x)", "*", "_"),
]
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


def test_without_an_answer_the_closest_sentences_are_kept_and_called_none():
    closest = [BOOKS.sentence, LENGTH.sentence]
    heard = as_markdown(TALK, TURNS[1:])
    assert re.findall(r"^> (?!—)(.+)$", heard, re.MULTILINE) == closest
    assert "Những câu gần nhất (không phải là câu trả lời)\n\n> Thư viện có" in heard
    page = HtmlPage(as_html(TALK, TURNS[1:]))
    assert [quote.text for quote in page.all("blockquote")] == closest
    assert "Những câu gần nhất (không phải là câu trả lời)" in page.elements[0].text
    assert page.all("mark") == []


def test_the_items_of_a_list_stand_over_the_sentence_that_they_share():
    reply = Reply(QUESTION, (Answer(0.9, (BOOKS,)), Answer(0.9, (NEW_BOOKS,))), (), (), 0.1, listed=True)
    turns = [Turn(QUESTION, reply=reply)]
    page = HtmlPage(as_html(TALK, turns))
    assert [quote.text for quote in page.all("blockquote")] == [BOOKS.sentence]
    assert [mark.text for mark in page.all("mark")] == [BOOKS.text, NEW_BOOKS.text]
    text = as_markdown(TALK, turns)
    assert (text.count("**"), text.count(BOOKS.sentence)) == (4, 1)


def test_that_articles_differ_stands_below_the_best_answer_as_on_the_page():
    sides = (
        Message("1 bài nói {}", (f"“{BOOKS.text}”",)),
        Message("{} bài nói {}", ("2", f"“{LENGTH.text}”")),
    )
    notes = (
        Note("conflict", Message("Các bài viết trả lời khác nhau: {}.", (Message("{}, {}", sides),))),
        Note("follow_up", Message("Đã hiểu là: {}", (QUESTION,))),
    )
    turns = [Turn(QUESTION, Reply(QUESTION, (Answer(0.9, (BOOKS,)), Answer(0.8, (LENGTH,))), (), notes, 0.1))]
    in_order = ["Understood as", f"**{BOOKS.text}**", "> —", "2 articles say", f"**{LENGTH.text}**"]
    with speaking("en"):
        text, page = as_markdown(TALK, turns), HtmlPage(as_html(TALK, turns))
    assert sorted(in_order, key=text.index) == in_order
    shown = [one.text for one in page.elements if {*one.classes} & {"answer", "note"}]
    assert [shown.index(BOOKS.text), shown.index(LENGTH.text)] == [1, 4]
    assert "1 article says “12.500 đầu sách”, 2 articles say" in shown[3]


def hostile(text: str) -> tuple[Conversation, list[Turn]]:
    """A conversation in which everything that an article or a user writes is this text."""
    cited = replace(
        BOOKS, text=text, sentence=text, title=text, source=text, article=text, start=0, end=len(text),
        sentence_start=0, sentence_end=len(text),
    )  # fmt: skip
    note = Note("x", Message(text))
    replies = (
        Reply(text, (Answer(0.9, (cited,)),), (), (note,), 0.1),
        Reply(text, (Answer(0.9, (cited,)), Answer(0.9, (cited,))), (), (), 0.1, listed=True),
        Reply(text, (), (cited,), (), 0.1),
    )
    turns = [Turn(text, reply=reply, correction=text) for reply in replies]
    return replace(TALK, title=text), [*turns, Turn(text, error=Message(text))]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_printed_page_shows_hostile_text_and_does_nothing(text):
    page = HtmlPage(as_html(*hostile(text)))
    assert {element.tag for element in page.elements} <= {
        *("html", "meta", "title", "style", "h1", "h2", "article", "p", "blockquote", "mark")
    }
    assert {name for element in page.elements for name in element.attributes} <= {"lang", "charset", "class"}
    assert {question.text for question in page.all("h2")} == {inert(text)}
    assert {quote.text for quote in page.all("blockquote")} == {inert(text)}


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_renders_hostile_text_word_for_word(text):
    def line(words):
        return " ".join(inert(words).split())

    shown, place = line(text), line(f"— {text}, 05/03/2021, {text} ({text})")
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = HtmlPage(renderer.render(as_markdown(*hostile(text))))
    assert {element.tag for element in page.elements} <= {"h1", "h2", "p", "blockquote", "strong"}
    assert [one.text for one in page.all("h1")] == [shown]
    assert [one.text for one in page.all("h2")] == [shown] * 4
    assert [one.text for one in page.all("strong")] == [shown] * 3
    assert [one.text for one in page.all("blockquote")] == [f"\n{shown}\n{place}\n"] * 3


@pytest.mark.parametrize("text", HOSTILE)
def test_json_shows_hostile_text_and_gives_it_back_as_it_was(text):
    written = as_json(*hostile(text))
    assert {letter for letter in written if category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} == {"\n"}
    value = json.loads(written)
    assert value["title"] == text
    assert [turn["question"] for turn in value["turns"]] == [text] * 4
    assert value["turns"][0]["reply"]["answers"][0]["sentence"] == text


def test_json_keeps_letters_as_they_are_and_writes_what_cannot_be_seen_as_its_number():
    written = as_json(replace(TALK, title="Đảng \u202e\x9b\u2028\ud800\U000e0041"), [])
    assert '"Đảng \\u202e\\u009b\\u2028\\ud800\\udb40\\udc41"' in written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2022. Năm", "2022\\. Năm"),
        ("100) x", "100\\) x"),
        ("12.500 đầu sách", "12.500 đầu sách"),
        ("-5 độ", "\\-5 độ"),
        ("ngày 4-3-2021", "ngày 4-3-2021"),
    ],
)
def test_only_what_markdown_would_take_for_itself_is_escaped(text, written):
    assert markdown(text) == written


def test_that_only_some_articles_were_searched_is_told():
    turns = [replace(TURNS[1], within=(Message("đăng từ {}", ("01/01/2021",)),))]
    told = "Chỉ tìm trong các bài: đăng từ 01/01/2021"
    assert told in as_markdown(TALK, turns)
    assert told in HtmlPage(as_html(TALK, turns)).elements[0].text
    assert json.loads(as_json(TALK, turns))["turns"][0]["within"] == ["đăng từ 01/01/2021"]
