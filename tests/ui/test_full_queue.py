"""More people ask than the queue takes: one sentence for the rest, and everybody's own answer for those who wait."""

import asyncio
import html
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

import anyio.to_thread
import pytest
from starlette.testclient import TestClient

from qa.answer import Reply
from tests.ui.fake_assistant import BOOKS, FakeAssistant
from ui import chat as chat_module
from ui.access import Access
from ui.accounts import new_account, with_token, write_accounts
from ui.chat import build_chat
from ui.front import Front
from ui.mcp_server import _WAITING
from ui.server import web_app

BUSY = {"detail": "Đang có nhiều người hỏi: hãy chờ ít giây rồi hỏi lại."}
LINE = 3  # questions that may wait, in these tests


class SlowAssistant(FakeAssistant):
    """Answers once it is let; each reply says what was asked, so that nobody's can be taken for another's."""

    def __init__(self):
        super().__init__()
        self.let = threading.Event()
        self.busy = threading.Event()

    def ask(self, question, **options):
        self.busy.set()
        assert self.let.wait(60)
        return Reply(question, (), (BOOKS,), (), 0.1, understood=f"đã nghe {question}")


@pytest.fixture
def assistant():
    assistant = SlowAssistant()
    yield assistant
    assistant.let.set()


@pytest.fixture
def page(assistant, monkeypatch):
    monkeypatch.setattr(chat_module, "_WAITING_QUESTIONS", LINE)

    async def built():
        return build_chat(assistant)

    return asyncio.run(built())


@pytest.fixture
def client(assistant, page):
    async def built():
        return web_app(page, front=Front(assistant))

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1") as client:
        yield client
        assistant.let.set()


def send(client, question):
    """Ask as a program does."""
    return client.post("/gradio_api/call/v2/ask", json={"question": question})


def heard(client, sent):
    """What a program gets for a question that it sent."""
    text = client.get(f"/gradio_api/call/ask/{sent.json()['event_id']}").text
    return json.loads(re.findall(r"event: complete\ndata: (.*)", text)[-1])[0]["understood"]


def fill(client, assistant):
    """Ask until no more questions may wait; what was sent, by question."""
    sent = {"câu 0": send(client, "câu 0")}
    assert assistant.busy.wait(60)  # the first waits no longer
    return sent | {f"câu {at}": send(client, f"câu {at}") for at in range(1, LINE + 1)}


class Tab:
    """The chat in a browser, as far as its requests go."""

    def __init__(self, client, session, *, language=""):
        self._client = client
        self._session = session
        self._page = f"http://127.0.0.1/?lang={language}" if language else "http://127.0.0.1/"
        config = client.get("/config").json()
        (box,) = (part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
        (self._event,) = (
            event["id"] for event in config["dependencies"] if [box, "submit"] in event["targets"]
        )

    def send(self, question):
        body = {"data": [question, None, "", "", ""], "fn_index": self._event, "session_hash": self._session}
        headers = {"referer": self._page, "origin": "http://127.0.0.1"}
        return self._client.post("/gradio_api/queue/join", json=body, headers=headers)

    def shown(self):
        """The conversation once everything is answered: questions, and what each reply says it was asked."""
        answer = self._client.get("/gradio_api/queue/data", params={"session_hash": self._session})
        messages = [json.loads(line) for line in re.findall(r"^data: (.*)$", answer.text, re.MULTILINE)]
        conversation = [one for one in messages if one["msg"] == "process_completed"][-1]["output"]["data"][2]
        text = html.unescape(re.sub(r"<bdi>|</bdi>", "", conversation))
        questions = re.findall(r'<h2 class="question">(.*?)</h2>', text)
        return list(zip(questions, re.findall(r"đã nghe ([^<]*)", text), strict=True))


def test_a_program_past_the_limit_is_told_so_and_nobody_before_it_loses_anything(client, assistant):
    sent = fill(client, assistant)
    refused = send(client, "một câu nữa")
    assert (refused.status_code, refused.json(), refused.headers["retry-after"]) == (503, BUSY, "5")
    assistant.let.set()
    assert {question: heard(client, one) for question, one in sent.items()} == {
        question: f"đã nghe {question}" for question in sent
    }
    again = send(client, "một câu nữa")
    assert heard(client, again) == "đã nghe một câu nữa"


def test_a_page_past_the_limit_is_told_so_in_its_language_and_keeps_its_conversation(client, assistant):
    vietnamese, english = Tab(client, "a"), Tab(client, "b", language="en")
    assistant.let.set()
    vietnamese.send("câu trước")
    assert vietnamese.shown() == [("câu trước", "câu trước")]
    assistant.let.clear()
    assistant.busy.clear()
    sent = fill(client, assistant)
    refused = vietnamese.send("câu này")
    assert (refused.status_code, refused.json()) == (429, BUSY)
    assert english.send("câu này").json() == {
        "detail": "Many people are asking: wait a few seconds and ask again."
    }
    assistant.let.set()
    for one in sent.values():
        heard(client, one)
    assert vietnamese.send("câu này").status_code == 200
    assert vietnamese.shown() == [("câu trước", "câu trước"), ("câu này", "câu này")]


def test_who_asks_while_the_server_stops_is_told_that_and_not_that_many_are_asking(client, page, monkeypatch):
    monkeypatch.setattr(page._queue, "stopped", True)
    stopping = {"detail": "Máy chủ đang dừng: hãy chờ ít phút rồi tải lại trang."}
    asked = send(client, "câu này")
    assert (asked.status_code, asked.json()) == (503, stopping)
    assert Tab(client, "a").send("câu này").json() == stopping
    told = Tab(client, "b", language="en").send("câu này")
    assert (told.status_code, told.json()) == (
        429,  # at which the page shows the sentence
        {"detail": "The server is stopping: wait a few minutes and reload the page."},
    )


def test_a_question_that_finds_the_queue_full_uses_up_none_of_a_user_s(page, assistant, tmp_path):
    lan, token = with_token(new_account("lan", "sông mây đá bạc"))
    write_accounts(tmp_path / "users.json", {"lan": lan})

    async def built():
        per_minute = 6 * (2 + LINE)  # that many at once and one more
        return web_app(page, front=Front(assistant, Access(tmp_path / "users.json", per_minute=per_minute)))

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1") as client:
        client.headers["authorization"] = f"Bearer {token}"
        fill(client, assistant)
        assert [send(client, "một câu nữa").status_code for _ in range(5)] == [503] * 5
        assert Tab(client, "a").send("câu này").json() == BUSY
        assistant.let.set()


def test_users_who_wait_at_once_get_their_own_answers(client, assistant):
    tabs = [Tab(client, f"người {at}") for at in range(LINE)]
    for turn in range(5):
        assistant.let.clear()
        for at, tab in enumerate(tabs):
            assert tab.send(f"người {at} hỏi câu {turn}").status_code == 200
        assistant.let.set()
        with ThreadPoolExecutor(LINE) as pool:
            shown = list(pool.map(Tab.shown, tabs))
        expected = [[f"người {at} hỏi câu {asked}" for asked in range(turn + 1)] for at in range(LINE)]
        assert shown == [[(question, question) for question in questions] for questions in expected]


def test_other_answers_with_an_error_are_left_as_they_are(client):
    assert client.post("/gradio_api/call/nothing", json={"data": []}).status_code == 404
    assert client.post("/gradio_api/queue/join", json={}).status_code == 422


def test_a_refusal_is_counted(assistant, monkeypatch):
    monkeypatch.setattr(chat_module, "_WAITING_QUESTIONS", LINE)

    async def built():
        front = Front(assistant, Access(metrics=True))
        return web_app(build_chat(front.assistant), front=front)

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1") as client:
        fill(client, assistant)
        send(client, "một câu nữa")
        assert 'hoidap_rejected_total{reason="busy"} 1.0' in client.get("/metrics").text
        assistant.let.set()


def test_an_mcp_call_past_the_limit_is_told_so_and_the_page_is_still_served(assistant):

    async def built():
        front = Front(assistant, Access(mcp=True))
        return web_app(build_chat(front.assistant), front=front)

    def tool(question):
        call = {"name": "ask", "arguments": {"question": question}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        headers = {"accept": "application/json, text/event-stream"}
        return client.post("/gradio_api/mcp/", json=body, headers=headers).json()["result"]

    with TestClient(asyncio.run(built()), base_url="http://127.0.0.1") as client:
        most = 1 + _WAITING
        assert client.portal.call(threads) > most
        with ThreadPoolExecutor(most + 1) as pool:
            calls = {pool.submit(tool, f"câu {at}"): f"câu {at}" for at in range(most + 1)}
            refused = next(as_completed(calls, timeout=60))  # all others wait for the assistant
            assert refused.result()["isError"]
            assert BUSY["detail"] in refused.result()["content"][0]["text"]
            assert client.get("/hoidap/chat.css").status_code == 200
            assistant.let.set()
            for call, question in calls.items():
                if call is not refused:
                    assert call.result()["structuredContent"]["understood"] == f"đã nghe {question}"


async def threads():
    """How many threads the server has for everything that is not asynchronous."""
    return anyio.to_thread.current_default_thread_limiter().total_tokens
