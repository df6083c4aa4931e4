"""Every answer, sentence and highlight is words of a file on the disk, at the places that are stated with it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from index.article import read_articles
from index.build import build_index
from qa import Assistant
from tests.trust.shown_page import ShownPage
from ui.article_view import article_html
from ui.markup import inert
from ui.place import Place
from ui.render import answer_html

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
    assert {text.rsplit(" [", 1)[0] for text in page.texts("blockquote", "sentence")} <= sentences
    assert set(page.texts("mark")) <= {inert(place.text) for place in cited}
    for number, place in enumerate(cited, start=1):
        article = assistant.article(place.article)
        opened = ShownPage(article_html(article, Place.of(place, number=number, others=[(number, place)])))
        assert opened.texts("div", "text") == [inert(article.text)]
        assert "".join(opened.texts("mark")) == inert(place.text).replace("\n", "")
    return len(cited)


def random_questions(files: Path, count: int) -> list[str]:
    """Words of the articles in no order, with and without what no article says."""
    draw = random.Random(23)
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(files.glob("*.txt"))).split()
    odd = ["ai", "bao nhiêu", "\u202e", "<b>", "“", "17/8", "???", "Sao Hỏa", "\x1b[31m", "n\u0303"]
    return [" ".join(draw.choices([*words, *odd * 30], k=draw.randrange(1, 25))) for _ in range(count)]


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("law") / "state"
    build_index([ROOT / "corpus"], index=folder)
    return folder


def test_the_command_says_what_the_files_say(state, tmp_path):
    lines = (ROOT / "tests" / "data" / "corpus_questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines[::16]] + random_questions(ROOT / "corpus", 10)
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


def test_the_chat_shows_what_the_files_say(state):
    assistant = Assistant.open(state)
    lines = (
        (ROOT / "tests" / "data" / "corpus_questions_held_out.jsonl").read_text(encoding="utf-8").splitlines()
    )
    asked = [json.loads(line)["question"] for line in lines[::32]] + random_questions(ROOT / "corpus", 6)
    assert sum(shown_is_said(assistant, question) for question in asked) > len(asked)


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
