"""Who logs in gets a session of their own, and guessing passwords gets slower and slower."""

from urllib.parse import quote

import pytest

from tests.ui.front_chat import BROWSER, bearer, login
from ui.accounts import new_account, read_accounts, write_accounts
from ui.sessions import IDLE_SECONDS


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


def test_who_has_to_wait_for_a_name_does_not_lock_the_address_for_others(client):
    for guess in range(30):
        login(client, password=f"sai {guess}")
    assert login(client, name="minh", password="sai").status_code == 401
