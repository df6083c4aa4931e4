"""Each test tries an attack on the application as it is served, or what its users do every day."""

import re
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from starlette.websockets import WebSocketDisconnect

from tests.ui.fake_assistant import QUESTION
from tests.ui.front_chat import BROWSER, bearer, browse, front, login, served
from ui.access import Access
from ui.callers import owned
from ui.conversations import Conversations
from ui.files import export_routes, upload_routes
from ui.gate import user_of_request
from ui.page import Visit
from ui.turn import Turn

EVERYTHING = [
    ("GET", "/config"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/queue/data?session_hash=a"),
    ("GET", "/gradio_api/heartbeat/a"),
    ("GET", "/gradio_api/file=pyproject.toml"),
    ("GET", "/metrics"),
    ("GET", "/theme.css"),
    ("HEAD", "/"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/call/v2/ask"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/mcp/"),
    ("GET", "/hoidap/../config"),
    ("GET", "/conversations/abc.json"),
    ("POST", "/uploads"),
    ("DELETE", "/uploads?article=uploads/a.txt"),
]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_a_stranger_gets_nothing(client, method, path):
    answer = client.request(method, path)
    assert answer.status_code in {401, 404}
    assert "Thư viện" not in answer.text


FOREIGN = [
    {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
    {"origin": "http://evil.example"},
    {"origin": "http://127.0.0.1:8000"},
    {"origin": "null"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    "path", ["/login", "/logout", "/gradio_api/call/ask", "/gradio_api/queue/join", "/gradio_api/upload"]
)
def test_a_page_of_another_site_cannot_act_for_its_visitor(client, headers, path):
    """CSRF, login CSRF included."""
    login(client)
    answer = client.post(path, json={"data": [QUESTION]}, headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:8000", "http://localhost", "null"]
)
@pytest.mark.parametrize(("host", "name"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "hoidap.example.vn")])
def test_no_answer_may_be_read_by_a_page_of_another_site(people, clock, origin, host, name):
    """CORS: Gradio would let other ports of this machine read, and under a public name any site."""
    asking = {"origin": origin, "access-control-request-method": "POST"}
    with served(front(Access(people.file), clock, host=host)) as chat:
        chat.base_url = f"http://{name}"
        login(chat)
        assert chat.get("/config").status_code == 200
        for path in ("/", "/config", "/gradio_api/call/ask", "/uploads", "/login", "/healthz"):
            for answer in (chat.get(path, headers={"origin": origin}), chat.options(path, headers=asking)):
                assert [name for name in answer.headers if name.startswith("access-control-")] == []


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/call/ask", "/login", "/healthz"])
def test_another_name_that_leads_to_this_machine_is_refused(open_client, path):
    """DNS rebinding."""
    answer = open_client.get(path, headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "Thư viện" not in answer.text


def test_a_link_from_another_site_asks_once_more_with_the_cookie(client):
    from_mail = {**BROWSER, "sec-fetch-site": "cross-site"}
    to_login = client.get("/?article=cau.txt", headers=from_mail).headers["location"]
    again = client.get(to_login, headers=from_mail).text
    assert (target := re.search(r'content="0;url=([^"]+)"', again)[1]) == "login?next=%2F%3Farticle%3Dcau.txt"
    assert "<form" in client.get(f"/{target}", headers=BROWSER).text
    login(client)
    assert client.get(f"/{target}", headers=BROWSER).headers["location"] == "/?article=cau.txt"


NOT_SERVED = [
    "/gradio_api/file=http://example.com/",
    "/gradio_api/file=HTTPS://example.com/",
    "/gradio_api/proxy=https://example.com/",
    "/gradio_api/deep_link?session_hash=a",
    "/gradio_api/vibe-code",
    "/gradio_api/run-history/buckets",
    "/gradio_api/openapi.json",
    "/gradio_api/token",
    "/gradio_api/dev/reload",
    "/gradio_api/custom_component/x/client/y/z",
    "/gradio_api/startup-events/x",
    "/monitoring/summary",
    "/pwa_icon",
    "/login",
    "/login/",
    "/logout",
]


@pytest.mark.parametrize("path", NOT_SERVED)
def test_what_gradio_serves_and_the_page_does_not_need_is_not_served(open_client, path):
    assert open_client.get(path).status_code == 404
    assert open_client.post(path).status_code == 404


def test_a_socket_that_stays_open_is_refused(client, people):
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        client.websocket_connect("/gradio_api/queue/join", headers=bearer(people)),
    ):
        pass
    assert closed.value.code == 1008


def test_articles_are_neither_added_nor_removed_unless_asked_for(open_client):
    files = {"file": ("cau.txt", b"C\xe1\xba\xa7u")}
    assert open_client.post("/uploads", files=files).status_code in {404, 405}
    assert open_client.delete("/uploads?article=uploads/a.txt").status_code in {404, 405}


def test_the_file_of_users_and_other_files_of_this_machine_are_not_served(chat, people, monkeypatch):
    monkeypatch.chdir(people.file.parent)
    login(chat)
    for path in (people.file, "users.json", "/etc/passwd", "./users.json", "../users.json", "//etc/passwd"):
        for way in ("file=", "file/"):
            answer = chat.get(f"/gradio_api/{way}{path}")
            assert answer.status_code in {403, 404}
            assert "scrypt" not in answer.text


def test_the_page_and_the_login_may_not_be_framed(chat):
    for path in ("/login", "/healthz"):
        assert "frame-ancestors 'self'" in chat.get(path).headers["content-security-policy"]


def test_a_user_reaches_no_conversation_of_another(people, clock, tmp_path):
    kept = Conversations.open(tmp_path)
    kept.save(Turn(QUESTION), conversation="abc", owner="minh", versions={})
    app = FastAPI()
    front(Access(people.file), clock).install(app)
    app.router.routes.extend(export_routes(kept, owner_of=lambda request: user_of_request(request) or ""))
    with browse(app) as client:
        assert client.get("/conversations/abc.json", headers=bearer(people)).status_code == 404
        login(client, name="minh", password="mật khẩu của Minh")
        assert QUESTION in client.get("/conversations/abc.json").text


def test_an_event_sees_none_but_the_visit_of_its_caller():
    visit = Visit((Turn(QUESTION),), conversation="abc", owner="minh")

    @owned
    def shown(visit: Visit, more: str) -> tuple[Visit, str]:
        return visit, more

    assert shown(visit, "x", SimpleNamespace(username="minh")) == (visit, "x")
    assert shown(visit, "x", SimpleNamespace(username="lan")) == (Visit(owner="lan"), "x")
    assert shown(visit, "x", SimpleNamespace(username=None)) == (Visit(), "x")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_can_neither_add_nor_remove_articles(clock, tmp_path, site):
    app = FastAPI()
    front(Access(), clock).install(app)
    app.router.routes.extend(upload_routes(tmp_path, update=pytest.fail))
    with browse(app) as client:
        headers = {"sec-fetch-site": site}
        files = {"file": ("a.txt", b"x")}
        assert client.post("/uploads", files=files, headers=headers).status_code == 403
        assert client.delete("/uploads?article=uploads/a.txt", headers=headers).status_code == 403
    assert list(tmp_path.iterdir()) == []
