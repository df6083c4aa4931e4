"""Each test tries an attack on the application as it is served, or what its users do every day."""

import asyncio
import json
import re
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from index.errors import IndexNotFound
from tests.ui.clock import Clock
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui import passwords
from ui.access import Access
from ui.accounts import new_account, read_accounts, with_token, write_accounts
from ui.callers import owned
from ui.chat import build_chat
from ui.conversations import Conversations
from ui.files import export_routes, upload_routes
from ui.front import Front
from ui.gate import USER, user_of_request
from ui.page import Visit
from ui.question_limit import QuestionLimit
from ui.server import web_app
from ui.sessions import IDLE_SECONDS
from ui.turn import Turn

PASSWORD = "sông mây đá bạc"
BROWSER = {"accept": "text/html", "sec-fetch-site": "none", "sec-fetch-mode": "navigate"}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def people(tmp_path, monkeypatch):
    """A file with two users and the token of one."""
    monkeypatch.setattr(passwords, "_N", 16)
    file = tmp_path / "users.json"
    lan, token = with_token(new_account("lan", PASSWORD))
    write_accounts(file, {"lan": lan, "minh": new_account("minh", "mật khẩu của Minh")})
    return SimpleNamespace(file=file, token=token)


def front(access: Access, clock: Clock) -> Front:
    assistant = FakeAssistant()
    assistant.index = SimpleNamespace(number=7)
    return Front(assistant, access, clock=clock)


def browse(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def served(front: Front) -> TestClient:
    """The chat as it is served."""

    async def built():
        return web_app(build_chat(front.assistant), front=front)

    return browse(asyncio.run(built()))


@pytest.fixture
def chat(people, clock):
    """A chat with accounts."""
    with served(front(Access(people.file, per_minute=60), clock)) as client:
        yield client


@pytest.fixture
def client(people, clock):
    """What stands around such a chat, around a page that is made at once."""
    app = FastAPI()
    front(Access(people.file, per_minute=60), clock).install(app)
    app.mount("/", PlainTextResponse("Thư viện"))
    with browse(app) as client:
        yield client


@pytest.fixture
def measured_chat(people, clock):
    with served(front(Access(people.file, metrics=True), clock)) as client:
        yield client


@pytest.fixture(scope="module")
def open_client():
    """Of a chat without accounts."""
    with served(front(Access(), Clock())) as client:
        yield client


def login(client, *, name="lan", password=PASSWORD, wanted="/", language="vi", **headers):
    form = {"username": name, "password": password, "next": wanted, "lang": language}
    return client.post("/login", data=form, headers=headers)


def bearer(people):
    return {"authorization": f"Bearer {people.token}"}


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


@pytest.mark.parametrize("token", ["", "x", "hoidap_", "\u00e9", "Bearer", "hoidap_" + "a" * 43])
def test_a_made_up_token_or_session_is_a_stranger_s(client, token):
    made_up = [{"authorization": f"Bearer {token}".encode()}, {"cookie": f"hoidap-session={token}".encode()}]
    for headers in made_up:
        assert client.get("/config", headers=headers).status_code == 401


def test_a_visitor_is_taken_to_the_login_and_back_to_the_article(client):
    link = "/?article=tin%2Fthu-vien.txt&at=1:0-5"
    to_login = client.get(link, headers=BROWSER)
    assert (to_login.status_code, to_login.headers["location"]) == (
        303,
        f"/login?next={quote(link, safe='')}",
    )
    form = client.get(to_login.headers["location"], headers=BROWSER).text
    assert f'name="next" value="{link.replace("&", "&amp;")}"' in form
    answer = login(client, wanted=link)
    assert (answer.status_code, answer.headers["location"]) == (303, link)
    assert client.get(link, headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "language", "leads_to"),
    [
        ("/", "en", "/?lang=en"),
        ("/?article=c%C3%A2u+1.txt", "en", "/?article=c%C3%A2u+1.txt&lang=en"),
        ("/?c=a&lang=en", "en", "/?c=a&lang=en"),
        ("/?c=a&lang=en", "vi", "/?c=a"),
        ("/", "\r\nx: y", "/"),
    ],
)
def test_the_page_after_the_login_speaks_the_language_of_the_login(client, wanted, language, leads_to):
    assert login(client, wanted=wanted, language=language).headers["location"] == leads_to


def test_a_visitor_of_the_english_page_logs_in_in_english(client):
    to_login = client.get("/?lang=en", headers=BROWSER).headers["location"]
    assert '<html lang="en">' in client.get(to_login, headers=BROWSER).text


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = login(client).headers["set-cookie"].casefold()
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert "secure" not in cookie
    client.base_url = "https://127.0.0.1"
    assert "secure" in login(client).headers["set-cookie"].casefold()


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "/config"]
)
def test_the_login_leads_nowhere_else(client, wanted):
    assert login(client, wanted=wanted).headers["location"] == "/"


def test_a_session_that_was_planted_is_not_the_one_that_is_opened(client):
    """Session fixation."""
    client.cookies.set("hoidap-session", "planted", domain="127.0.0.1")
    first = login(client).cookies["hoidap-session"]
    second = login(client).cookies["hoidap-session"]
    assert len({"planted", first, second}) == 3
    for old in ("planted", first):
        client.cookies.clear()
        assert client.get("/config", headers={"cookie": f"hoidap-session={old}"}).status_code == 401


def test_who_logs_out_of_an_english_page_may_log_in_in_english(client):
    login(client)
    assert client.post("/logout?lang=en").headers["location"] == "/login?lang=en"


def test_who_logs_out_after_the_session_has_ended_may_log_in_again_in_the_same_language(client, clock):
    login(client)
    clock.now += 12 * 3600 + 1
    for path, place in (("/logout", "/login"), ("/logout?lang=en", "/login?lang=en")):
        answer = client.post(path)
        assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_who_logged_out_is_out_even_with_a_copy_of_the_cookie(client):
    copy = login(client).cookies["hoidap-session"]
    assert client.get("/logout").status_code == 404
    assert client.get("/config").status_code == 200
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/config").status_code == 401
    assert client.get("/config", headers={"cookie": f"hoidap-session={copy}"}).status_code == 401


def test_an_idle_session_is_out(client, clock):
    login(client)
    clock.now += IDLE_SECONDS + 1
    assert client.get("/config").status_code == 401


def test_a_user_who_was_removed_or_got_a_new_password_is_out_at_once(client, people):
    login(client)
    accounts = read_accounts(people.file)
    write_accounts(people.file, {**accounts, "lan": new_account("lan", "một mật khẩu mới")})
    assert client.get("/config").status_code == 401
    login(client, password="một mật khẩu mới")
    assert client.get("/config").status_code == 200
    write_accounts(people.file, {"minh": accounts["minh"]})
    assert client.get("/config").status_code == 401


def test_the_name_of_a_user_and_a_made_up_name_are_answered_alike(client):
    known, unknown = (login(client, name=name, password="sai mật khẩu") for name in ("lan", "ma"))
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace('value="lan"', "") == unknown.text.replace('value="ma"', "")


@pytest.mark.parametrize("name", ["lan", "nobody"])
def test_guessing_locks_the_name_for_longer_and_longer(client, clock, name):
    """Brute force; the right password is not heard either."""
    statuses = [login(client, name=name, password=f"sai {guess}").status_code for guess in range(6)]
    assert statuses == [401] * 5 + [429]
    locked = login(client, name=name)
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "30")
    assert "hãy thử lại sau 30 giây" in locked.text
    clock.now += 31
    assert login(client, name=name, password="sai nữa").status_code == 401
    assert login(client, name=name).headers["retry-after"] == "60"


def test_a_locked_user_goes_on_where_already_logged_in_and_gets_in_again_later(client, clock):
    login(client)
    for guess in range(6):
        login(client, password=f"sai {guess}")
    assert client.get("/config").status_code == 200
    clock.now += 31
    assert login(client).status_code == 303


def test_a_user_whose_name_is_locked_still_has_a_token(client, people):
    for guess in range(6):
        login(client, password=f"sai {guess}")
    assert login(client).status_code == 429
    assert client.get("/config", headers=bearer(people)).status_code == 200


def test_trying_one_password_on_many_names_locks_the_address(client):
    """Password spraying; logging in to one's own account in between does not help."""
    statuses = []
    for guess in range(25):
        statuses.append(login(client, name=f"user{guess}", password="123456789a").status_code)
        if guess % 5 == 4:
            login(client)
    assert statuses[:20] == [401] * 20
    assert set(statuses[20:]) == {429}


def test_saying_to_come_from_elsewhere_does_not_help(client):
    statuses = [
        login(client, password=f"sai {guess}", **{"x-forwarded-for": f"192.0.2.{guess}"}).status_code
        for guess in range(6)
    ]
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "body", [b"", b"username=lan", b"\xff" * 100, b"username=" + b"a" * 10_000, b"a=1&" * 50]
)
def test_a_form_that_is_none_is_a_wrong_password(client, body):
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/login", content=body, headers=headers).status_code == 401


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


def call(client, name, body, **headers):
    begun = client.post(f"/gradio_api/call/{name}", json=body, headers=headers)
    if begun.status_code != 200:
        return begun.status_code, begun.json()["detail"]
    name = name.removeprefix("v2/")
    text = client.get(f"/gradio_api/call/{name}/{begun.json()['event_id']}", headers=headers).text
    kind, data = re.findall(r"event: (\w+)\ndata: (.*)", text)[-1]
    return kind, json.loads(data)


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


def test_nothing_is_kept_of_a_call_whose_result_was_read_and_a_page_keeps_its_conversation(clock):
    built = []

    async def app():
        built.append(build_chat(FakeAssistant()))
        return web_app(built[0], front=Front(FakeAssistant(), clock=clock))

    with browse(asyncio.run(app())) as client:
        by_page(client)
        for _ in range(5):
            assert call(client, "ask", {"data": [QUESTION]})[0] == "complete"
        assert set(built[0].state_holder.session_data) == {"a"}
        assert set(built[0]._queue.pending_event_ids_session) == {"a"}
        assert by_page(client).count("12.500") > 1


def test_of_pages_by_the_thousand_the_latest_are_kept(clock, monkeypatch):
    monkeypatch.setattr("ui.server._MOST_PAGES", 3)
    built = []

    async def app():
        built.append(build_chat(FakeAssistant()))
        return web_app(built[0], front=Front(FakeAssistant(), clock=clock))

    with browse(asyncio.run(app())) as client:
        for number in range(5):
            by_page(client, session=f"page {number}")
        assert list(built[0].state_holder.session_data) == ["page 2", "page 3", "page 4"]


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
