"""Every answer, sentence and highlight is words of a file on the disk, at the places that are stated with it."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from itertools import islice, repeat
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.article import read_articles
from index.build import build_index
from qa import Assistant
from qa.answer import NO_ANSWER
from tests.trust.shown_page import ShownPage
from ui.access import Access
from ui.article_view import article_html
from ui.chat import build_chat
from ui.conversations import Conversations
from ui.exports import EXPORTS
from ui.front import Front
from ui.late import LateAssistant
from ui.markup import inert
from ui.page import Page, Visit
from ui.place import Place
from ui.render import answer_html
from ui.server import web_app

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.models


def law_holds(said, files: Path) -> None:
    """One answer or closest sentence, as JSON, against the file that it names, read anew."""
    (article,) = read_articles(files / said["article"], id=said["article"]).articles
    assert article.text[said["start"] : said["end"]] == said["text"]
    assert article.text[said["sentence_start"] : said["sentence_end"]] == said["sentence"]
    assert said["sentence_start"] <= said["start"] < said["end"] <= said["sentence_end"]
    assert said["sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
    assert said["title"] == article.title


def places(reply):
    """Everything that a reply quotes, as JSON."""
    return [place for answer in reply["answers"] for place in (answer, *answer["citations"])] + reply[
        "closest"
    ]


def shown_is_said(assistant: Assistant, question: str) -> int:
    """The page of a reply, and the articles that its citations open, against what they cite; how many there are."""
    reply = assistant.ask(question)
    cited = [place for answer in reply.answers for place in answer.citations] + list(reply.closest)
    page = ShownPage(answer_html(reply))
    sentences = {inert(place.sentence) for place in cited}
    assert {re.sub(r"( \[\d+\])+$", "", text) for text in page.texts("blockquote", "sentence")} <= sentences
    assert set(page.texts("mark")) <= {inert(place.text) for place in cited}
    for number, place in enumerate(cited, start=1):
        article = assistant.article(place.article)
        opened = ShownPage(article_html(article, Place.of(place, number=number, others=[(number, place)])))
        assert opened.texts("div", "text") == [inert(article.text)]
        assert "".join(opened.texts("mark")) == inert(place.text).replace("\n", "")
    return len(cited)


def random_questions(files: Path, count: int) -> list[str]:
    """Words of the articles in no order, with and without what no article says; each has a letter or a digit."""
    draw = random.Random(23)
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(files.glob("*.txt"))).split()
    odd = ["ai", "bao nhiêu", "\u202e", "<b>", "“", "17/8", "???", "Sao Hỏa", "\x1b[31m", "n\u0303"]
    made = (" ".join(draw.choices([*words, *odd * 30], k=draw.randrange(1, 25))) for _ in repeat(None))
    return list(islice((one for one in made if any(map(str.isalnum, one))), count))


def questions(file: str, *, every: int, made_up: int) -> list[str]:
    """Some of the project's questions, and random ones."""
    lines = (ROOT / "tests" / "data" / file).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[::every]] + random_questions(
        ROOT / "corpus", made_up
    )


def on_one_line(text: str) -> str:
    """Text as it stands on one line."""
    return " ".join(inert(text).split())


def unmarked(line: str) -> str:
    """A line of Markdown as it reads: a backslash before punctuation is none."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("law") / "state"
    build_index([ROOT / "corpus"], index=folder)
    return folder


def test_the_command_says_what_the_files_say(state, tmp_path):
    asked = questions("corpus_questions.jsonl", every=16, made_up=10)
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        "".join(json.dumps({"id": number, "question": one}) + "\n" for number, one in enumerate(asked)),
        encoding="utf-8",
    )
    ran = subprocess.run(
        [sys.executable, "-m", "ui", "ask", "--batch", str(batch), "--index", str(state)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    replies = [json.loads(line) for line in ran.stdout.decode().splitlines()]
    assert [reply["id"] for reply in replies] == list(range(len(asked)))
    said = [place for reply in replies for place in places(reply)]
    assert len(said) > 2 * len(asked)
    for place in said:
        law_holds(place, ROOT / "corpus")


def test_the_terminal_shows_what_the_files_say(state):
    """What is in bold are answers, what stands beside them the sentence or, dim, where they come from."""
    assistant = Assistant.open(state)
    bold = 0
    for question in questions("corpus_questions_held_out.jsonl", every=24, made_up=6):
        reply = assistant.ask(question)
        cited = [place for answer in reply.answers for place in answer.citations] + list(reply.closest)
        for place in cited:
            law_holds(place.to_dict(), ROOT / "corpus")
        answers, sentences = {place.text for place in cited}, {place.sentence for place in cited}
        quoted = [f"  Câu gần nhất, không phải câu trả lời: {sentence}" for sentence in sentences]
        beside = {f"{indent}{place}" for place in cited for indent in ("  ", "    ")}
        beside |= {note.text for note in reply.notes} | {f"Đã tìm: {reply.understood}"}
        for shown in reply.__rich_console__():
            for span in shown.spans:
                assert shown.plain[span.start : span.end] in answers
                assert shown.plain in sentences
                bold += 1
            if shown.style == "bold green":
                assert re.sub(r"^• |  \(\d+%\)$", "", shown.plain) in answers
                bold += 1
            elif shown.style == "dim":
                assert shown.plain in beside or shown.plain in quoted
            elif not shown.spans:
                assert shown.plain == NO_ANSWER
        for hit in assistant.search(question, k=3):
            (article,) = read_articles(ROOT / "corpus" / hit.article.id, id=hit.article.id).articles
            title, place, text = (shown.plain for shown in hit.__rich_console__())
            assert title.startswith(article.title)
            start, end = map(int, place.rpartition(":")[2].split("–"))
            assert text == article.text[start:end]
    assert bold > 20


def test_the_chat_shows_what_the_files_say(state):
    assistant = Assistant.open(state)
    asked = questions("corpus_questions_held_out.jsonl", every=32, made_up=6)
    assert sum(shown_is_said(assistant, question) for question in asked) > len(asked)


@pytest.fixture(scope="module")
def client(state):
    """Programs and MCP clients, before the chat over the index."""

    async def built():
        front = Front(LateAssistant(state, caution="balanced"), Access(mcp=True))
        return web_app(build_chat(front.assistant), front=front)

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1") as client:
        yield client


def over_http(client, name, arguments):
    begun = client.post(f"/gradio_api/call/v2/{name}", json=arguments).json()
    told = client.get(f"/gradio_api/call/{name}/{begun['event_id']}").text
    return json.loads(re.findall(r"event: complete\ndata: (.*)", told)[-1])[0]


def over_mcp(client, name, arguments):
    call = {"name": name, "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {"accept": "application/json, text/event-stream"}
    result = client.post("/gradio_api/mcp/", json=body, headers=headers).json()["result"]
    (shown,) = result["content"]  # what a client without schemas reads
    assert json.loads(shown["text"]) == result["structuredContent"]
    return result["structuredContent"]


@pytest.mark.parametrize("call", [over_http, over_mcp])
def test_programs_are_told_what_the_files_say(client, call):
    asked = questions("corpus_questions.jsonl", every=64, made_up=3)
    said = [place for one in asked for place in places(call(client, "ask", {"question": one}))]
    assert len(said) > len(asked)
    for place in said:
        law_holds(place, ROOT / "corpus")
    for question in asked[::4]:
        hits = call(client, "search", {"question": question, "k": 3})["hits"]
        assert hits
        for hit in hits:
            (article,) = read_articles(ROOT / "corpus" / hit["article"], id=hit["article"]).articles
            assert article.text[hit["start"] : hit["end"]] == hit["text"]


@pytest.fixture(scope="module")
def kept(state, tmp_path_factory):
    """A conversation as it was kept, and everything that it cites, each compared with its file."""
    conversations = Conversations.open(tmp_path_factory.mktemp("kept"))
    page, visit = Page(Assistant.open(state), conversations=conversations), Visit()
    for question in questions("corpus_questions_held_out.jsonl", every=48, made_up=3):
        *_, (visit, _) = page.ask(question, visit)
    turns = conversations.turns(visit.conversation, owner="")
    replies = [turn.reply for turn in turns if turn.reply]
    assert len(replies) > 3
    cited = [place for reply in replies for answer in reply.answers for place in answer.citations]
    cited += [place for reply in replies for place in reply.closest]
    for place in cited:
        law_holds(place.to_dict(), ROOT / "corpus")
    return conversations.find(visit.conversation, owner=""), turns, cited


def test_a_json_export_says_what_the_files_say(kept):
    conversation, turns, cited = kept
    exported = json.loads(EXPORTS["json"][1](conversation, turns))
    said = [place for turn in exported["turns"] if turn["reply"] for place in places(turn["reply"])]
    assert len(said) >= len(cited)
    for place in said:
        law_holds(place, ROOT / "corpus")


def test_a_printable_export_says_what_the_files_say(kept):
    conversation, turns, cited = kept
    page = ShownPage(EXPORTS["html"][1](conversation, turns).partition("</style>")[2].replace("</html>", ""))
    quoted = page.texts("blockquote")
    assert set(quoted) == {inert(place.sentence) for place in cited}
    assert page.texts("mark")
    assert {*page.texts("mark"), *page.texts("p", "answer")} <= {inert(place.text) for place in cited}


def test_a_markdown_export_says_what_the_files_say(kept):
    conversation, turns, cited = kept
    lines = EXPORTS["md"][1](conversation, turns).splitlines()
    quoted = {unmarked(line[2:]) for line in lines if line.startswith("> ") and not line.startswith("> — ")}
    assert quoted == {on_one_line(place.sentence) for place in cited}
    bold = {unmarked(found[1]) for line in lines if (found := re.fullmatch(r"\*\*(.*)\*\* \(.*\)", line))}
    assert bold
    assert bold <= {on_one_line(place.text) for place in cited}


@pytest.mark.trust
def test_nothing_is_invented_about_other_data(tmp_path):
    """``HOIDAP_DEV`` names question-answering data: ``.jsonl.gz`` with ``context`` and ``question`` on each line."""
    if "HOIDAP_DEV" not in os.environ:
        pytest.skip("HOIDAP_DEV names no data")
    with gzip.open(os.environ["HOIDAP_DEV"], "rt", encoding="utf-8") as lines:
        records = random.Random(29).sample([json.loads(line) for line in lines], 120)
    files = tmp_path / "files"
    files.mkdir()
    for number, context in enumerate(dict.fromkeys(record["context"] for record in records)):
        (files / f"{number}.txt").write_text(context, encoding="utf-8")
    build_index([files], index=tmp_path / "state")
    assistant = Assistant.open(tmp_path / "state")
    for record in records:
        for place in places(assistant.ask(record["question"]).to_dict()):
            law_holds(place, files)
        shown_is_said(assistant, record["question"])
