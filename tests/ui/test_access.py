from pathlib import Path

import pytest

from index.errors import UsageError
from ui.access import Access
from ui.accounts import Account, write_accounts
from ui.chat import serve

USERS = Path("users.json")


@pytest.fixture
def users(tmp_path):
    write_accounts(
        tmp_path / "users.json", {"lan": Account("lan", f"scrypt$16$8$3${'a' * 22}==${'a' * 43}=")}
    )
    return tmp_path / "users.json"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "hoidap.example.vn", ""])
def test_without_accounts_only_this_machine_is_served(host, tmp_path):
    with pytest.raises(UsageError, match="could read every article: name the users with --auth FILE"):
        serve(tmp_path / "no index", host=host, port=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_is_served_without_accounts(host):
    Access().check(host)


def test_with_accounts_any_address_may_be_served(users):
    Access(accounts=users).check("0.0.0.0")


def test_accounts_that_cannot_be_read_serve_nobody(tmp_path):
    with pytest.raises(UsageError, match="hoidap user add"):
        Access(accounts=tmp_path / "users.json").check("127.0.0.1")


def test_a_proxy_needs_accounts_too():
    with pytest.raises(UsageError, match="--auth FILE"):
        Access(public_url="https://hoidap.example.vn").check("127.0.0.1")


@pytest.mark.parametrize(
    "url", ["hoidap.example.vn", "ftp://hoidap.example.vn", "https://", "https://a.vn/chat", "https://[x"]
)
def test_a_public_address_is_one_of_the_web(url, users):
    with pytest.raises(UsageError, match="no address of a proxy"):
        Access(accounts=users, public_url=url).check("127.0.0.1")


def test_on_loopback_a_server_goes_by_its_own_names_and_the_proxy_s():
    own = {"localhost", "127.0.0.1", "::1"}
    assert Access().host_names("127.0.0.1") == own
    assert Access(USERS, "https://hoidap.example.vn").host_names("::1") == own | {"hoidap.example.vn"}
    assert Access(USERS).host_names("0.0.0.0") is None


def test_https_is_known_in_capitals_too():
    assert Access(USERS, "HTTPS://hoidap.example.vn").is_https
    assert not Access(USERS, "http://https.example.vn").is_https
    assert not Access().is_https


def test_questions_are_limited_where_others_can_ask():
    assert Access().questions_per_minute is None
    assert Access(USERS).questions_per_minute == 60
    assert Access(USERS, per_minute=5).questions_per_minute == 5


def test_a_name_is_known_as_browsers_send_it():
    names = Access(USERS, "https://hỏiđáp.vn").host_names("127.0.0.1")
    assert "xn--hip-fla3vo54n.vn" in names


def test_a_proxy_elsewhere_is_believed_where_it_is_named(users):
    assert Access(users).proxies is None
    assert Access(users, "https://a.vn").proxies == ["127.0.0.1", "::1"]
    behind = Access(users, "https://a.vn", "172.16.0.0/12")
    behind.check("0.0.0.0")
    assert behind.proxies == ["127.0.0.1", "::1", "172.16.0.0/12"]


@pytest.mark.parametrize(("url", "proxy"), [("https://a.vn", "proxy"), (None, "10.0.0.7")])
def test_a_proxy_is_an_address_that_shows_something(url, proxy, users):
    with pytest.raises(UsageError, match="--proxy"):
        Access(users, url, proxy).check("127.0.0.1")
