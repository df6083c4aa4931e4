"""How often one address may ask where there are no accounts."""

import json

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from tests.ui.clock import Clock
from ui.question_limit import QuestionLimit

ASK = "/gradio_api/call/ask"
MCP = "/gradio_api/mcp/"
PER_MINUTE = 12
BURST = 2


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rejected():
    return []


@pytest.fixture
def visitor(clock, rejected):
    """Opens a client that comes from an address."""
    limit = QuestionLimit(
        PlainTextResponse("asked"), per_minute=PER_MINUTE, rejected=rejected.append, clock=clock
    )
    return lambda address: TestClient(limit, client=(address, 1234))


def test_an_address_asks_so_often_and_is_told_when_to_ask_again(visitor, clock, rejected):
    client = visitor("192.0.2.1")
    assert [client.post(ASK).status_code for _ in range(BURST + 1)] == [200, 200, 429]
    refused = client.post(ASK)
    assert (refused.headers["retry-after"], rejected) == ("5", ["rate", "rate"])
    clock.now += 60 / PER_MINUTE
    assert [client.post(ASK).status_code for _ in range(2)] == [200, 429]


def test_another_address_has_a_share_of_its_own(visitor):
    busy, other = visitor("192.0.2.1"), visitor("192.0.2.2")
    for _ in range(BURST + 1):
        busy.post(ASK)
    assert (busy.post(ASK).status_code, other.post(ASK).status_code) == (429, 200)


def test_every_way_of_asking_counts_alike_and_reading_is_free(visitor):
    client = visitor("192.0.2.1")
    tool = json.dumps({"method": "tools/call"})
    greeting = json.dumps({"method": "tools/list"})
    for _ in range(10):
        assert client.post("/gradio_api/call/articles").status_code == 200
        assert client.get("/").status_code == 200
        assert client.post(MCP, content=greeting).status_code == 200
    assert client.post("/gradio_api/queue/join").status_code == 200
    assert client.post(MCP, content=tool).status_code == 200
    for path in (ASK, "/gradio_api/run/search", "/gradio_api/api/ask/", "/gradio_api/call/v2/search"):
        assert client.post(path).status_code == 429
    for written in (tool, tool.replace("/", "\\/"), f"[{tool}]", "{"):
        assert client.post(MCP, content=written).status_code == 429
