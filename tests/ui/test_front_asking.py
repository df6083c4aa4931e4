"""What programs, pages and MCP clients ask: defaults, limits, what is given back, kept and counted."""

import asyncio
import json
import re
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from index.errors import IndexNotFound
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from tests.ui.front_chat import bearer, browse, call, login
from ui.access import Access
from ui.chat import build_chat
from ui.front import Front
from ui.gate import USER
from ui.question_limit import QuestionLimit
from ui.server import web_app


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("ask", {"data": [QUESTION]}),
        ("ask", {"data": [QUESTION, []]}),
        ("ask", {"data": [QUESTION, None, None, None, None]}),
        ("v2/ask", {"question": QUESTION}),
        ("v2/ask", {"source": None, "question": QUESTION}),
    ],
)
def test_what_a_program_leaves_out_has_its_default(chat, people, name, body):
    kind, data = call(chat, name, body, **bearer(people))
    assert kind == "complete"
    assert data[0]["answers"][0]["text"] == "12.500 đầu sách"


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("ask", {"data": []}, 422),
        ("ask", {"data": [QUESTION, [], None, None, None, None]}, 422),
        ("v2/ask", {"question": QUESTION, "k": 5}, 422),
        ("v2/ask", {}, 422),
        ("ask", [], 400),
        ("ask", {"data": "x"}, 400),
        ("v2/ask", [QUESTION], 400),
        ("start", {"data": []}, 404),
        ("list_articles", {"data": []}, 404),
        ("v2/nothing", {}, 404),
    ],
)
def test_arguments_that_do_not_fit_and_private_events_are_refused(open_client, capsys, name, body, status):
    assert call(open_client, name, body)[0] == status
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 200_000, b"x" * (1 << 21)])
def test_a_body_that_is_none_is_refused(open_client, body):
    assert open_client.post("/gradio_api/call/ask", content=body).status_code in {400, 413}


@pytest.mark.parametrize(
    "path",
    ["queue/join", "cancel", "reset", "run/predict", "api/ask", "call/ask", "upload", "startup-events"],
)
def test_a_body_that_never_ends_is_refused_before_it_fills_the_memory(open_client, path):
    in_chunks = iter([b"x" * (1 << 18)] * 64)
    answer = open_client.post(
        f"/gradio_api/{path}", content=in_chunks, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


def test_questions_do_not_wait_in_a_queue_that_can_be_passed(open_client):
    config = open_client.get("/config").json()
    for event in config["dependencies"]:
        if event["queue"] and event["backend_fn"]:
            body = {"fn_index": event["id"], "data": [QUESTION] * 5, "session_hash": "a"}
            assert open_client.post("/gradio_api/run/predict", json=body).status_code == 404


def test_a_user_asks_so_often_and_is_told_when_to_ask_again(chat, people, clock):
    ask = {"data": [QUESTION]}
    headers = bearer(people)
    statuses = [chat.post("/gradio_api/call/ask", json=ask, headers=headers).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    refused = chat.post("/gradio_api/queue/join", json={}, headers=headers)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert refused.json() == {"detail": "Bạn đang hỏi quá nhanh: hãy chờ 1 giây rồi hỏi lại."}
    assert chat.post("/gradio_api/call/articles", json={"data": []}, headers=headers).status_code == 200
    login(chat, name="minh", password="mật khẩu của Minh")
    assert chat.post("/gradio_api/call/ask", json=ask).status_code == 200
    clock.now += 1
    assert chat.post("/gradio_api/call/ask", json=ask, headers=headers).status_code == 200


class WithoutIndex(FakeAssistant):
    """There is no index until there is."""

    there = False

    def ask(self, question, **options):
        if not self.there:
            raise IndexNotFound("There is no index.")
        return super().ask(question, **options)


REFUSED = "refused"


def by_program(client):
    kind, data = call(client, "ask", {"data": [QUESTION]})
    return REFUSED if kind == 429 else json.dumps(data, ensure_ascii=False)


def by_page(client, *, session="a"):
    config = client.get("/config").json()
    (box,) = (part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
    (event,) = (one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"])
    body = {"fn_index": event, "data": [QUESTION, None, "", "", ""], "session_hash": session}
    sent = client.post("/gradio_api/queue/join", json=body)
    return (
        REFUSED
        if sent.status_code == 429
        else client.get(f"/gradio_api/queue/data?session_hash={session}").text
    )


def by_mcp(client):
    tool = {"name": "ask", "arguments": {"question": QUESTION}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": tool}
    sent = client.post(
        "/gradio_api/mcp/", json=body, headers={"accept": "application/json, text/event-stream"}
    )
    return REFUSED if sent.status_code == 429 else sent.text


@pytest.mark.parametrize("ask", [by_program, by_page, by_mcp])
def test_a_question_that_finds_no_index_uses_up_none_of_a_user_s(people, clock, ask):
    assistant = WithoutIndex()

    async def built():
        front = Front(assistant, Access(people.file, per_minute=6, mcp=ask is by_mcp), clock=clock)
        return web_app(build_chat(front.assistant), front=front)

    with browse(asyncio.run(built())) as client:  # one question, and the next in ten seconds
        client.headers.update(bearer(people))
        for _ in range(3):
            told = ask(client)
            assert told != REFUSED
            assert "12.500" not in told
        assistant.there = True
        assert "12.500" in ask(client)
        assert ask(client) == REFUSED


def test_a_user_whom_the_address_keeps_from_asking_loses_no_question(clock):
    limit = QuestionLimit(
        PlainTextResponse("Thư viện"), per_minute=6, rejected=lambda reason: None, clock=clock
    )

    async def named(scope, receive, send):
        await limit(scope | {USER: scope["query_string"].decode()}, receive, send)

    client = TestClient(named)
    asks = [client.post(f"/gradio_api/call/ask?{number}").status_code for number in range(5)]
    assert asks == [200] * 4 + [429]
    clock.now += 2.5  # one more from the address, while a user waits ten seconds
    assert client.post("/gradio_api/call/ask?4").status_code == 200


@contextmanager
def served(clock):
    """A client of a chat that is served, and its blocks."""
    built = []

    async def app():
        built.append(build_chat(FakeAssistant()))
        return web_app(built[0], front=Front(FakeAssistant(), clock=clock))

    with browse(asyncio.run(app())) as client:
        yield client, built[0]


def test_nothing_is_kept_of_a_call_whose_result_was_read_and_a_page_keeps_its_conversation(clock):
    with served(clock) as (client, blocks):
        by_page(client)
        for _ in range(5):
            assert call(client, "ask", {"data": [QUESTION]})[0] == "complete"
        assert set(blocks.state_holder.session_data) == {"a"}
        assert set(blocks._queue.pending_event_ids_session) == {"a"}
        assert by_page(client).count("12.500") > 1


def test_a_page_that_asks_on_and_on_gets_no_parts_of_its_own(clock):
    with served(clock) as (client, blocks):
        for _ in range(3):
            assert "12.500" in by_page(client)
        (kept,) = blocks.state_holder.session_data.values()
        assert kept.blocks_config.blocks == blocks.default_config.blocks
        assert not kept.config_values


def test_what_is_kept_of_a_page_is_small_however_long_its_conversation(clock):
    with served(clock) as (client, blocks):
        for _ in range(20):
            shown = by_page(client)
        (kept,) = blocks.state_holder.session_data.values()
        packed = sum(len(value.data) for value in kept.state_data.values())
        assert packed < len(shown.encode()) / 20


def test_of_pages_by_the_thousand_the_latest_are_kept(clock, monkeypatch):
    monkeypatch.setattr("ui.server._MOST_PAGES", 3)
    with served(clock) as (client, blocks):
        for number in range(5):
            by_page(client, session=f"page {number}")
        assert list(blocks.state_holder.session_data) == ["page 2", "page 3", "page 4"]


def test_health_is_told_to_everybody_and_tells_nothing(chat, open_client):
    for served_ in (chat, open_client):
        answer = served_.get("/healthz")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def figures(text):
    return {name: float(value) for name, value in re.findall(r"^(hoidap\S+) (\S+)$", text, re.MULTILINE)}


def test_the_figures_count_what_happened_and_name_nobody(measured_chat, people):
    for question in (QUESTION, "Ai?", "Khi nào?"):
        call(measured_chat, "ask", {"data": [question]}, **bearer(people))
    login(measured_chat, password="sai mật khẩu")
    measured_chat.get("/config", headers={"origin": "null", "sec-fetch-site": "cross-site"})
    text = measured_chat.get("/metrics", headers=bearer(people)).text
    found = figures(text)
    assert found["hoidap_questions_total"] == 3
    assert found["hoidap_abstentions_total"] == 2
    assert found["hoidap_question_seconds_count"] == 3
    assert found['hoidap_question_seconds_bucket{le="10.0"}'] == 3
    assert found["hoidap_index_generation"] == 7
    assert found['hoidap_rejected_total{reason="password"}'] == 1
    assert found['hoidap_rejected_total{reason="origin"}'] == 1
    assert "lan" not in text.replace("balance", "")


def test_without_an_index_the_figures_leave_its_generation_out(clock, monkeypatch):
    assistant = FakeAssistant()
    app = FastAPI()
    Front(assistant, Access(metrics=True), clock=clock).install(app)

    def nothing(_):
        raise IndexNotFound("There is no index.")

    monkeypatch.setattr(FakeAssistant, "versions", property(nothing))
    with browse(app) as client:
        answer = client.get("/metrics")
    assert (answer.status_code, figures(answer.text)["hoidap_questions_total"]) == (200, 0)
    assert "hoidap_index_generation" not in answer.text


def test_there_are_no_figures_unless_asked_for(open_client):
    assert open_client.get("/metrics").status_code == 404
