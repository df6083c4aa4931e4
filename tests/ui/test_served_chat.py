"""The chat as its own process on loopback, called as programs, users and attackers call it."""

import asyncio
import socket
import subprocess
import sys
from importlib.util import find_spec
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest
from gradio_client import Client as GradioClient

from tests.ui.fake_assistant import QUESTION, FakeAssistant
from tests.ui.fake_chat import ROOT, fake_chat
from ui.accounts import new_account, with_token, write_accounts

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning",  # gradio_client leaves its threads' sockets to the end of the process
    "ignore::pytest.PytestUnraisableExceptionWarning",
)

PASSWORD = "sông mây đá bạc"
REPLY = FakeAssistant().ask(QUESTION).to_dict()


@pytest.fixture(scope="module")
def chat(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chat")
    lan, token = with_token(new_account("lan", PASSWORD))
    write_accounts(folder / "users.json", {"lan": lan})
    options = ["--auth", str(folder / "users.json"), "--rate", "600"]
    if find_spec("mcp"):
        options.append("--mcp")
    with fake_chat(folder, *options) as served:
        yield SimpleNamespace(
            url=served.url, log=served.log, headers={"Authorization": f"Bearer {token}"}, token=token
        )


@pytest.fixture
def browser(chat):
    with httpx.Client(base_url=chat.url) as browser:
        yield browser


def test_gradio_client_asks_with_a_token_and_gets_the_reply(chat):
    client = GradioClient(chat.url, headers=chat.headers, verbose=False, analytics_enabled=False)
    assert client.predict(QUESTION, api_name="/ask") == REPLY
    assert len(client.predict("cầu", k=1, api_name="/search")["hits"]) == 1
    assert [article["article"] for article in client.predict(api_name="/articles")] == [
        "tin/thu-vien.txt",
        "cau.txt",
    ]


def test_gradio_client_without_a_token_gets_nothing(chat):
    with pytest.raises(ValueError, match="Please login"):
        GradioClient(chat.url, verbose=False, analytics_enabled=False)


async def over_mcp(url, headers, *calls):
    """Names of the tools, and what the calls give."""
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(f"{url}/gradio_api/mcp/", http_client=http)) as client,
    ):
        names = [tool.name for tool in (await client.list_tools()).tools]
        return names, [await client.call_tool(name, arguments) for name, arguments in calls]


def test_an_mcp_client_asks_with_a_token_and_gets_the_reply(chat):
    calls = [("ask", {"question": QUESTION}), ("search", {"question": "cầu", "k": 1}), ("articles", {})]
    names, (asked, searched, listed) = asyncio.run(over_mcp(chat.url, chat.headers, *calls))
    assert names == ["ask", "search", "articles"]
    assert asked.structured_content == REPLY
    assert [hit["article"] for hit in searched.structured_content["hits"]] == ["tin/thu-vien.txt"]
    assert len(listed.structured_content["result"]) == 2


def test_an_expected_error_reaches_an_mcp_client_as_its_sentence(chat):
    _, (asked,) = asyncio.run(over_mcp(chat.url, chat.headers, ("ask", {"question": "a" * 1001})))
    assert asked.is_error
    assert "The question is too long: ask in at most 1000 characters." in asked.content[0].text


def test_an_mcp_client_without_a_token_gets_nothing(browser):
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = browser.post("/gradio_api/mcp/", json=call)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_login_lockout_and_logout_over_a_real_socket(browser):
    form = {"username": "lan", "password": PASSWORD}
    assert browser.post("/login", data=form).status_code == 303
    assert "Thư viện" not in browser.get("/").text  # the page itself; articles come by its events
    assert browser.get("/config").status_code == 200
    assert browser.post("/logout").status_code == 303
    assert browser.get("/config").status_code == 401
    wrong = {"username": "minh", "password": "sai mật khẩu"}
    statuses = [
        browser.post("/login", data=wrong, headers={"X-Forwarded-For": f"192.0.2.{guess}"}).status_code
        for guess in range(7)
    ]
    assert statuses == [401] * 5 + [429] * 2


def raw(url, request):
    """What a server says to exactly these bytes."""
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(1 << 16)


@pytest.mark.parametrize(
    "path",
    [
        b"//config",
        b"/./config",
        b"/hoidap/../config",
        b"/hoidap/%2e%2e/config",
        b"/hoidap/..%2fconfig",
        b"/%63onfig",
        b"/login/../config",
        b"/config;/login",
        b"/config%00/login",
        b"/healthz/../config",
        b"http://127.0.0.1/config",
        b"/gradio_api/file=/etc/passwd",
        b"/hoidap/%2e%2e/%2e%2e/pyproject.toml",
        b"/hoidap//etc/passwd",
    ],
)
def test_no_way_of_writing_a_path_gets_round_the_gate(chat, path):
    answer = raw(chat.url, b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ")[1] in {b"400", b"401", b"403", b"404"}
    assert b"dependencies" not in answer


@pytest.mark.parametrize(
    "hosts", [[], ["evil.example"], ["127.0.0.1", "evil.example"], ["evil.example", "127.0.0.1"]]
)
def test_a_request_with_another_name_or_with_two_is_refused(chat, hosts):
    lines = "".join(f"Host: {host}\r\n" for host in hosts).encode()
    token = f"Authorization: Bearer {chat.token}\r\n".encode()
    answer = raw(chat.url, b"GET /config HTTP/1.1\r\n" + lines + token + b"Connection: close\r\n\r\n")
    assert answer.split(b" ")[1] in {b"400", b"421"}


def test_a_private_event_is_for_users_only_and_gives_nothing_of_this_machine(chat, browser):
    events = browser.get("/config", headers=chat.headers).json()["dependencies"]
    for event in events:
        for data in (["/etc/passwd"] * 8, [{"path": "/etc/passwd"}] * 8):
            body = {
                "fn_index": event["id"],
                "data": data,
                "session_hash": "a",
                "event_data": {"query": "?article=/etc/passwd"},
            }
            assert browser.post("/gradio_api/run/predict", json=body).status_code == 401
            answer = browser.post("/gradio_api/run/predict", json=body, headers=chat.headers)
            assert "root:" not in answer.text


def test_the_log_tells_of_logins_and_of_no_question(chat, browser):
    secret = "Bí mật của Sông Mây là gì?"
    short = {"data": [], "fn_index": 0, "session_hash": "a"}
    browser.post("/gradio_api/call/ask", json={"data": [secret]}, headers=chat.headers)
    browser.post("/gradio_api/call/ask", json={"data": [secret, 5]}, headers=chat.headers)
    for body in (
        short,
        {**short, "data": [secret]},
        {**short, "data": [secret] * 9},
        {**short, "fn_index": 3, "data": [secret]},
    ):
        browser.post("/gradio_api/queue/join", json=body, headers=chat.headers)
        browser.post("/gradio_api/run/predict", json=body, headers=chat.headers)
    GradioClient(chat.url, headers=chat.headers, verbose=False, analytics_enabled=False).predict(
        secret, api_name="/ask"
    )
    browser.post("/login", data={"username": "hạnh\n<b>", "password": "mật khẩu thật"})
    log = chat.log.read_text(encoding="utf-8")
    assert "wrong name or password: 'hạnh\\n<b>' from 127.0.0.1" in log
    assert "Bí mật" not in log
    assert "mật khẩu thật" not in log
    assert chat.token not in log


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy")
    lan, token = with_token(new_account("lan", PASSWORD))
    write_accounts(folder / "users.json", {"lan": lan})
    options = ("--auth", str(folder / "users.json"), "--public-url", "https://hoidap.example.vn")
    with fake_chat(folder, *options, "--log-questions") as served:
        yield SimpleNamespace(url=served.url, log=served.log, headers={"Authorization": f"Bearer {token}"})


def test_behind_a_proxy_the_visitor_s_address_counts_and_the_cookie_is_for_https(behind_proxy):
    with httpx.Client(base_url=behind_proxy.url) as proxy:

        def through_the_proxy(address, **form):
            headers = {
                "Host": "hoidap.example.vn",
                "Origin": "https://hoidap.example.vn",
                "X-Forwarded-For": address,
                "X-Forwarded-Proto": "https",
            }
            return proxy.post("/login", data={"username": "lan", **form}, headers=headers)

        answer = through_the_proxy("192.0.2.1", password=PASSWORD)
        assert answer.status_code == 303
        assert "secure" in answer.headers["set-cookie"].casefold()
        through_the_proxy("192.0.2.2", password="sai mật khẩu")
        assert "from 192.0.2.2" in behind_proxy.log.read_text(encoding="utf-8")
        assert proxy.get("/login", headers={"Host": "evil.example"}).status_code == 421


def test_questions_are_logged_when_asked_for_on_one_line_each(behind_proxy):
    client = GradioClient(
        behind_proxy.url, headers=behind_proxy.headers, verbose=False, analytics_enabled=False
    )
    client.predict("Ai?\nroot asks \x1b[31m\u202e", api_name="/ask")
    lines = [line for line in behind_proxy.log.read_text(encoding="utf-8").split("\n") if " asks " in line]
    assert [line.split(": ", 1)[1] for line in lines] == ['lan asks "Ai?\\nroot asks \\u001b[31m\\u202e"']


@pytest.mark.parametrize(
    "options", [["--host", "0.0.0.0"], ["--host", "::"], ["--auth", "no-such-file.json"]]
)
def test_a_chat_for_strangers_is_refused_in_one_sentence(options):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.ui.fake_chat", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("hoidap: ")
    assert ran.stderr.count("\n") == 1
    assert "hoidap user add" in ran.stderr
