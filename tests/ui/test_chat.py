import asyncio
import json
import re
import socket

import pytest
from starlette.testclient import TestClient

from index.errors import UsageError
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui.chat import build_chat
from ui.front import Front
from ui.server import run, web_app


@pytest.fixture(scope="module")
def client():
    async def built():
        assistant = FakeAssistant()
        return web_app(build_chat(assistant), front=Front(assistant))

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1") as client:
        yield client


def call(client: TestClient, name: str, *arguments: object) -> tuple[str, object]:
    """Call a named endpoint over plain HTTP; the kind of its last event, and that event's data."""
    event = client.post(f"/gradio_api/call/{name}", json={"data": arguments}).json()["event_id"]
    text = client.get(f"/gradio_api/call/{name}/{event}").text
    kind, data = re.findall(r"event: (\w+)\ndata: (.*)", text)[-1]
    return kind, json.loads(data)


def test_ask_answers_over_plain_http(client):
    kind, (reply,) = call(client, "ask", QUESTION, [], None, None, None)
    assert kind == "complete"
    assert reply["answers"][0]["text"] == "12.500 đầu sách"


def test_search_and_articles_answer_over_plain_http(client):
    assert len(call(client, "search", "cầu", 1, None, None, None)[1][0]["hits"]) == 1
    assert [article["article"] for article in call(client, "articles")[1][0]] == [
        "tin/thu-vien.txt",
        "cau.txt",
    ]


def test_an_expected_error_reaches_the_caller_as_its_sentence(client):
    kind, data = call(client, "ask", "a" * 1001, [], None, None, None)
    assert kind == "error"
    assert data["error"] == "The question is too long: ask in at most 1000 characters."


def test_only_three_endpoints_are_named(client):
    info = client.get("/gradio_api/info").json()
    assert sorted(info["named_endpoints"]) == ["/articles", "/ask", "/search"]
    assert info["unnamed_endpoints"] == {}


def test_the_active_filters_are_told_in_the_language_that_the_page_is_switched_to(client):
    config = client.get("/config").json()
    (button,) = (part["id"] for part in config["components"] if part["props"].get("elem_id") == "language")
    (switch,) = (event["id"] for event in config["dependencies"] if [button, "click"] in event["targets"])
    sent = {"data": [None, "1/7/2022", "", "Vinh"], "fn_index": switch, "session_hash": "a"}
    shown = client.post("/gradio_api/run/predict", json=sent).json()["data"]
    assert (
        '<p class="within">Searching only articles that match: <bdi>source, title or file name has “Vinh”; '
        "published from 01/07/2022</bdi></p>" in shown
    )


def test_the_browser_is_told_to_talk_to_no_other_host(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_the_page_loads_nothing_from_another_host(client):
    page = client.get("/").text
    assert re.findall(r'(?:src|href)="(https?:[^"]*)"', page) == []
    assert "fonts.googleapis" not in page


def test_the_style_sheet_and_its_fonts_are_served(client):
    style = client.get("/hoidap/chat.css")
    assert style.headers["content-type"].startswith("text/css")
    fonts = re.findall(r'url\("([^"]+)"\)', style.text)
    assert len(fonts) == 2
    assert [client.get(f"/hoidap/{font}").content[:4] for font in fonts] == [b"wOF2", b"wOF2"]
    assert "http" not in style.text


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=pyproject.toml",
        "/gradio_api/file=/etc/passwd",
        "/hoidap/%2e%2e/chat.py",
        "/docs",
        "/openapi.json",
        "/gradio_api/runs",
        "/monitoring",
    ],
)
def test_nothing_else_of_this_machine_is_served(client, path):
    assert client.get(path).status_code in {403, 404}


def test_no_file_is_taken(client):
    sent = client.post("/gradio_api/upload", files={"files": ("a.txt", b"hai byte")})
    assert sent.status_code == 413


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="another --port"):
            run(
                pytest.fail,
                front=Front(FakeAssistant()),
                host="127.0.0.1",
                port=taken.getsockname()[1],
                ready=pytest.fail,
            )
